//! Number, signature, issue, register, recall and replacement.

use crate::desk::{Desk, PASSWORD, PATH, TEXT, hidden, keeps_a_key, key_file, read, run, send};
use pades::{Key, Signing};

#[tokio::test]
async fn the_leader_signs_and_it_is_issued_in_one_press() {
    let desk = Desk::start().await;
    let url = desk.approved("ubnd/quyet-dinh", "Về việc thành lập Tổ công nghệ số").await;
    desk.chairman.get(&url).await.ok().shows("chưa có chứng thư số");
    keeps_a_key(&desk.chairman, "Thử chairman").await;
    send(&desk.chairman, &url, "ky", &[("mat-khau-ky", "sai")])
        .await
        .is(422)
        .shows("Mật khẩu không mở được chứng thư");
    desk.chairman.get(&url).await.ok().shows("Đã duyệt, chờ ký").hides("01/QĐ-UBND");
    send(&desk.chairman, &url, "ky", &[("mat-khau-ky", PASSWORD)]).await.is(303).leads_to(&url);
    desk.colleague
        .get(&url)
        .await
        .ok()
        .shows("Đã ban hành")
        .shows("01/QĐ-UBND")
        .shows("Chờ gửi qua trục")
        .shows("H38.4");
    let file = desk.colleague.get(&format!("{url}/ban-xem")).await;
    let (text, signatures) = read(&file.ok().bytes);
    assert!(signatures.contains("Signature Validation: Signature is Valid."), "{signatures}");
    assert!(signatures.contains("Total document signed"), "{signatures}");
    for part in
        ["Số: 01/QĐ-UBND", "Gia Phú, ngày 10 tháng 3 năm 2026", "CHỦ TỊCH", "Thử chairman", "Đông Căm"]
    {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    assert!(!text.contains("DỰ"), "{text}");
    // Everybody of the staff finds it now; others do not.
    desk.colleague.get("/lam-viec/tim?q=01+qd+ubnd").await.ok().shows("Quyết định 01/QĐ-UBND");
    desk.app.visitor().get("/tim?q=thanh+lap+to+cong+nghe").await.ok().hides("01/QĐ-UBND");
    // The clerk hands out what goes on paper.
    send(&desk.clerk, &url, "da-giao/1", &[]).await.is(303);
    desk.clerk.get(&url).await.ok().shows("Đã giao").hides(&format!("{url}/da-giao/1"));
    let key = desk.fresh();
    desk.clerk.post(&format!("{url}/da-giao/2"), &[("khoa", &key)]).await.is(409);
    let key = desk.fresh();
    desk.clerk.post(&format!("{url}/da-giao/9"), &[("khoa", &key)]).await.is(404);
    desk.app.end().await;
}

#[tokio::test]
async fn a_document_is_signed_on_another_computer() {
    let desk = Desk::start().await;
    let typed = [
        ("trich-yeu", "mời dự lớp tập huấn kỹ năng số"),
        ("kinh-gui", "Trưởng 14 thôn\nCác đoàn thể xã"),
        ("noi-dung", "Ủy ban nhân dân xã mời các thôn cử người dự."),
        ("linh-vuc", "VX"),
        ("muc-khan", "3"),
        ("nguoi-soan", "PL"),
        ("so-ban", "30"),
        ("nguoi-ky", "vice_chairman"),
    ];
    let url = desk.draft(&desk.drafter, "ubnd/cong-van", &typed).await.is(303).location();
    send(&desk.drafter, &url, "trinh", &[]).await.is(303);
    send(&desk.deputy, &url, "duyet", &[]).await.is(303);
    desk.clerk.get(&format!("{url}/ban-ky")).await.is(404);
    send(&desk.clerk, &url, "lay-so", &[]).await.is(303);
    // Numbered it goes no way back.
    desk.clerk.get(&url).await.ok().shows("01/UBND-VX").hides(&format!("{url}/tra-lai"));
    let given = desk.deputy.get(&format!("{url}/ban-ky")).await;
    assert!(given.ok().header("content-disposition").contains("01-UBND-VX-chua-ky.pdf"));
    assert_eq!(given.bytes, desk.clerk.get(&format!("{url}/ban-ky")).await.bytes);
    let (text, _) = read(&given.bytes);
    for part in
        ["Số: 01/UBND-VX", "V/v mời dự", "HỎA TỐC", "Kính gửi:", "KT. CHỦ TỊCH", "- Lưu: VT, PL.(30)."]
    {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    let back = async |bytes: &[u8]| {
        let page = desk.clerk.get(&url).await;
        let action = format!("{url}/nop-ban-ky");
        let (key, revision) =
            (hidden(&page, &action, "khoa").unwrap(), hidden(&page, &action, "phien-ban").unwrap());
        let fields = [("khoa", key.as_str()), ("phien-ban", revision.as_str())];
        desk.clerk.upload(&action, &fields, "ban-da-ky", "a.pdf", bytes).await
    };
    back(b"%PDF-1.4\n%%EOF\n").await.is(422).shows("không phải file đã tải từ trang này");
    back(&given.bytes).await.is(422).shows("chưa có chữ ký số hợp lệ");
    let key = Key::from_pkcs12(&key_file("Thử vice_chairman"), PASSWORD).unwrap();
    let at = "2026-03-10T09:30:00+07:00".parse().unwrap();
    let signed = pades::sign(&given.bytes, &key, &Signing { at, reason: "", place: "" }).unwrap();
    back(&signed).await.is(303);
    let issued = desk.colleague.get(&format!("{url}/ban-xem")).await;
    assert_eq!(issued.ok().bytes, signed);
    desk.app.end().await;
}

#[tokio::test]
async fn word_opens_the_same_paper() {
    let desk = Desk::start().await;
    let url = desk.drafted("ubnd/quyet-dinh", "Về việc thành lập Tổ công nghệ số").await;
    let file = desk.drafter.get(&format!("{url}/word")).await;
    assert!(file.ok().header("content-type").contains("wordprocessingml") && file.bytes.starts_with(b"PK"));
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.docx"), &file.bytes).unwrap();
    run(folder.path(), "soffice", &["--headless", "--convert-to", "pdf", "a.docx"]);
    let about = run(folder.path(), "pdfinfo", &["a.pdf"]);
    assert!(about.contains("(A4)"), "{about}");
    let text = run(folder.path(), "pdftotext", &["-layout", "a.pdf", "-"]);
    for part in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "/QĐ-UBND",
        "Về việc thành lập",
        "QUYẾT ĐỊNH:",
        "Điều 1.",
        "Đông Căm",
        "Nơi nhận:",
        "- Lưu: VT.",
    ] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    let fonts = run(folder.path(), "pdffonts", &["a.pdf"]);
    assert!(fonts.contains("Liberation") || fonts.contains("Times"), "{fonts}");
    desk.app.end().await;
}

#[tokio::test]
async fn a_leader_who_signs_a_pile_at_once_has_typed_nothing_wrong() {
    let desk = Desk::start().await;
    keeps_a_key(&desk.chairman, "Thử chairman").await;
    let mut presses = Vec::new();
    for at in 0..8 {
        let url = desk.approved("ubnd/giay-moi", &format!("Mời họp {at}")).await;
        let page = desk.chairman.get(&url).await;
        let action = format!("{url}/ky");
        let (key, revision) =
            (hidden(&page, &action, "khoa").unwrap(), hidden(&page, &action, "phien-ban").unwrap());
        presses.push((desk.chairman.same(), action, key, revision));
    }
    let sent = presses.into_iter().map(async |(who, action, key, revision)| {
        let fields = [("khoa", key.as_str()), ("phien-ban", revision.as_str()), ("mat-khau-ky", PASSWORD)];
        who.post(&action, &fields).await.status.as_u16()
    });
    let answers = futures_util::future::join_all(sent).await;
    assert!(answers.iter().all(|status| *status == 303), "{answers:?}");
    desk.clerk.get(&format!("{PATH}/so?nam=2026")).await.ok().shows("08/GM-UBND").hides("09/GM-UBND");
    desk.app.end().await;
}

#[tokio::test]
async fn appendices_follow_on_pages_of_their_own() {
    let desk = Desk::start().await;
    let typed = |appendices: &'static str, stamp: &'static str| {
        [
            ("trich-yeu", "Giao nhiệm vụ chuyển đổi số"),
            ("noi-dung", TEXT),
            ("phu-luc", appendices),
            ("luu-hanh", stamp),
            ("noi-nhan", "Lưu: VT"),
        ]
    };
    let secret = typed("Phụ lục\nBiểu\nTỐI MẬT\n1. Một.", "");
    desk.draft(&desk.drafter, "ubnd/quyet-dinh", &secret).await.is(422);
    let other = typed("", "ĐỌC XONG ĐỐT");
    desk.draft(&desk.drafter, "ubnd/quyet-dinh", &other).await.is(422).shows("Phạm vi lưu hành");
    let text = "Phụ lục\nDanh mục nhiệm vụ\n1. Mở lớp.\nPhụ lục (ngang)\nBiểu theo thôn\n| Thôn | Hạn |\n| Đông Căm | Quý II |";
    let url = desk.draft(&desk.drafter, "ubnd/quyet-dinh", &typed(text, "LƯU HÀNH NỘI BỘ")).await;
    let url = url.is(303).location();
    let form = desk.drafter.get(&format!("{url}/soan")).await;
    form.ok().shows("Phụ lục (ngang)").shows("LƯU HÀNH NỘI BỘ");
    let folder = tempfile::tempdir().unwrap();
    for (way, name) in [("ban-xem", "a.pdf"), ("word", "b.docx")] {
        let file = desk.drafter.get(&format!("{url}/{way}")).await;
        std::fs::write(folder.path().join(name), &file.ok().bytes).unwrap();
    }
    run(folder.path(), "soffice", &["--headless", "--convert-to", "pdf", "b.docx"]);
    for name in ["a.pdf", "b.pdf"] {
        let text = run(folder.path(), "pdftotext", &["-layout", name, "-"]);
        let pages: Vec<&str> = text.split('\u{c}').collect();
        assert!(pages[0].contains("LƯU HÀNH NỘI BỘ") && pages[0].contains("Nơi nhận"), "{name}: {text}");
        assert!(pages[1].contains("Phụ lục I") && pages[1].contains("DANH MỤC NHIỆM VỤ"), "{name}: {text}");
        assert!(pages[2].contains("Phụ lục II") && pages[2].contains("Quý II"), "{name}: {text}");
        assert!(pages[2].contains("Kèm theo Quyết định số"), "{name}: {text}");
        assert!(pages[2].contains("của Ủy ban nhân dân xã"), "{name}: {text}");
        let about = run(folder.path(), "pdfinfo", &["-f", "3", "-l", "3", name]);
        assert!(about.contains("841.") && about.contains("x 595."), "{name}: {about}");
    }
    desk.app.end().await;
}

#[tokio::test]
async fn the_register_has_ten_columns() {
    let desk = Desk::start().await;
    keeps_a_key(&desk.chairman, "Thử chairman").await;
    let url = desk.issued("ubnd/thong-bao", "Lịch tiếp công dân").await;
    desk.issued("ubnd/thong-bao", "Lịch cắt điện").await;
    desk.issued("ubnd/ke-hoach", "Chuyển đổi số").await;
    send(&desk.clerk, &url, "da-giao/1", &[]).await.is(303);
    let book = desk.clerk.get(&format!("{PATH}/so?nam=2026")).await;
    book.ok().shows("01/TB-UBND").shows("02/TB-UBND").shows("01/KH-UBND").shows("Thông báo: Lịch cắt điện");
    assert_eq!(book.text().matches("<th scope=\"col\">").count(), 10);
    book.shows("Trưởng 14 thôn; Sở Nội vụ").shows("Trưởng 14 thôn: Đã giao").shows("10/03/2026");
    desk.clerk
        .get(&format!("{PATH}/so?nam=2026&loai=ke-hoach"))
        .await
        .ok()
        .shows("01/KH-UBND")
        .hides("01/TB-UBND");
    desk.clerk.get(&format!("{PATH}/so?nam=2025")).await.ok().shows("chưa có văn bản nào được cấp số");
    let sheet = desk.clerk.get(&format!("{PATH}/so?nam=2026&dinh-dang=csv")).await;
    sheet.ok().shows("Tên loại và trích yếu").shows("02/TB-UBND");
    let sheet = desk.clerk.get(&format!("{PATH}/so?nam=2026&dinh-dang=xlsx")).await;
    assert!(sheet.ok().bytes.starts_with(b"PK"));
    desk.colleague.get(&format!("{PATH}/so")).await.is(403);
    desk.app.sign_in(&desk.cast.home, "auditor").await.get(&format!("{PATH}/so")).await.ok().hides("Đảng ủy");
    desk.app.end().await;
}

#[tokio::test]
async fn a_recalled_document_stays_as_it_is_and_gets_a_successor() {
    let desk = Desk::start().await;
    keeps_a_key(&desk.chairman, "Thử chairman").await;
    let url = desk.issued("ubnd/quyet-dinh", "Về việc A").await;
    let before = desk.clerk.get(&format!("{url}/ban-xem")).await.bytes;
    desk.colleague.get(&url).await.ok().hides(&format!("{url}/thu-hoi"));
    send(&desk.clerk, &url, "thu-hoi", &[("ly-do-thu-hoi", "")]).await.is(422).shows("hãy ghi lý do");
    send(&desk.clerk, &url, "thu-hoi", &[("ly-do-thu-hoi", "Sai tên người.")]).await.is(303);
    desk.colleague.get(&url).await.ok().shows("Đã thu hồi").shows("Sai tên người.").shows("01/QĐ-UBND");
    assert_eq!(desk.clerk.get(&format!("{url}/ban-xem")).await.bytes, before);
    desk.clerk.get(&format!("{PATH}/so?nam=2026")).await.ok().shows("Thu hồi: Sai tên người.");

    let next = send(&desk.drafter, &url, "thay-the", &[]).await.is(303).location();
    assert_ne!(next, url);
    desk.drafter
        .get(&next)
        .await
        .ok()
        .shows("Đang soạn")
        .shows("Thay thế 01/QĐ-UBND")
        .shows("Thành lập Tổ công nghệ số");
    send(&desk.drafter, &next, "trinh", &[]).await.is(303);
    send(&desk.chairman, &next, "duyet", &[]).await.is(303);
    send(&desk.chairman, &next, "ky", &[("mat-khau-ky", PASSWORD)]).await.is(303);
    desk.colleague
        .get(&url)
        .await
        .ok()
        .shows("Đã có văn bản thay thế")
        .shows("Được thay thế bằng 02/QĐ-UBND");
    desk.colleague.get(&next).await.ok().shows("Thay thế 01/QĐ-UBND");
    desk.clerk.get(&format!("{PATH}/so?nam=2026")).await.ok().shows("Được thay thế bằng 02/QĐ-UBND");
    // It has a successor: no second one is begun.
    desk.drafter.get(&url).await.ok().hides(&format!("{url}/thay-the"));
    desk.app.end().await;
}

#[tokio::test]
async fn the_party_committee_has_its_own_heading_numbers_and_readers() {
    let desk = Desk::start().await;
    keeps_a_key(&desk.secretary, "Thử secretary").await;
    desk.draft(&desk.drafter, "dang-uy/nghi-quyet", &[("trich-yeu", "Về X"), ("noi-dung", TEXT)])
        .await
        .is(422);
    let typed =
        [("trich-yeu", "Về chuyển đổi số"), ("noi-dung", "Đảng ủy quyết nghị."), ("noi-nhan", "Các chi bộ")];
    let url = desk.draft(&desk.clerk, "dang-uy/nghi-quyet", &typed).await.is(303).location();
    send(&desk.clerk, &url, "trinh", &[]).await.is(303);
    desk.colleague.get(&url).await.is(404);
    desk.chairman.get(&url).await.ok().hides(&format!("{url}/duyet"));
    send(&desk.secretary, &url, "duyet", &[]).await.is(303);
    send(&desk.secretary, &url, "ky", &[("mat-khau-ky", PASSWORD)]).await.is(303);
    let (text, signatures) = read(&desk.secretary.get(&format!("{url}/ban-xem")).await.ok().bytes);
    for part in
        ["ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG ỦY XÃ GIA PHÚ", "Số 01-NQ/ĐU", "NGHỊ QUYẾT", "T/M ĐẢNG ỦY", "BÍ THƯ"]
    {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    assert!(
        !text.contains("CỘNG HÒA") && !text.contains("TỈNH") && signatures.contains("is Valid"),
        "{text}"
    );
    // Its readers find it on the list; the search over everything finds nothing, and others nothing anywhere.
    desk.clerk.get(&format!("{PATH}?xem=tat-ca&q=chuyen+doi+so")).await.ok().shows("Về chuyển đổi số");
    desk.colleague.get(&format!("{PATH}?xem=tat-ca&q=chuyen+doi+so")).await.ok().hides("Về chuyển đổi số");
    for who in [&desk.colleague, &desk.chairman] {
        who.get("/lam-viec/tim?q=chuyen+doi+so").await.ok().hides("01-NQ/ĐU");
    }
    desk.clerk.get(&format!("{PATH}/so?nam=2026&so=dang-uy")).await.ok().shows("01-NQ/ĐU");
    desk.clerk.get(&format!("{PATH}/so?nam=2026&so=ubnd")).await.ok().hides("01-NQ/ĐU");
    desk.app.end().await;
}
