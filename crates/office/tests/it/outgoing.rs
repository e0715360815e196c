//! Outgoing documents on their way to the leader: versions, comments, approval.

use crate::desk::{Desk, PATH, TEXT, read, send};
use platform::Lang;
use testkit::in_both_languages;

#[tokio::test]
async fn every_save_is_a_version_that_can_be_compared() {
    let desk = Desk::start().await;
    desk.drafter
        .get(&format!("{PATH}/soan"))
        .await
        .ok()
        .shows("Ủy ban nhân dân – Công văn")
        .hides("Đảng ủy – ");
    let first = desk.drafter.get(&format!("{PATH}/soan?loai=ubnd/quyet-dinh")).await;
    first.ok().shows("có hiệu lực kể từ ngày ký").shows("data-draft");
    let url = desk.drafted("ubnd/quyet-dinh", "Về việc thành lập Tổ công nghệ số").await;
    // It looks like a draft: no number, no date.
    let (text, signatures) = read(&desk.drafter.get(&format!("{url}/ban-xem")).await.ok().bytes);
    for part in [
        "DỰ",
        "QUYẾT ĐỊNH",
        "/QĐ-UBND",
        "ỦY BAN NHÂN DÂN XÃ GIA PHÚ",
        "QUYẾT ĐỊNH:",
        "- Trưởng 14 thôn;",
        "- Lưu: VT.",
    ] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    assert!(
        !text.contains("ngày 10") && !text.contains("[H38.4]") && !signatures.contains("Valid"),
        "{text}"
    );

    let page = desk.drafter.get(&format!("{url}/soan")).await;
    let (key, revision) = (page.field("khoa"), page.field("phien-ban"));
    let changed = TEXT.replace("ông Nguyễn Văn An", "bà Giàng Thị Mỷ");
    let fields = [
        ("khoa", key.as_str()),
        ("phien-ban", &revision),
        ("loai", "ubnd/quyet-dinh"),
        ("trich-yeu", "Về việc thành lập Tổ công nghệ số"),
        ("noi-dung", &changed),
        ("noi-nhan", "Lưu: VT"),
    ];
    desk.drafter.post(&format!("{url}/soan"), &fields).await.is(303).leads_to(&url);
    // Pressed twice it is saved once; from an old page nothing is overwritten.
    desk.drafter.post(&format!("{url}/soan"), &fields).await.is(303);
    let key = desk.fresh();
    let mut stale = fields;
    stale[0] = ("khoa", &key);
    desk.drafter.post(&format!("{url}/soan"), &stale).await.is(409).shows("vừa được người khác thay đổi");
    desk.drafter.get(&url).await.ok().shows("bản 2").hides("bản 3");
    let compared = desk.drafter.get(&format!("{url}/so-sanh?truoc=1&sau=2")).await;
    compared.ok().shows("<del>").shows("<mark>").shows("Giàng").shows("Nội dung").shows("Nơi nhận");
    desk.drafter.get(&format!("{url}/so-sanh?truoc=1&sau=9")).await.is(404);
    desk.app.end().await;
}

#[tokio::test]
async fn a_draft_is_nobody_elses_until_it_is_handed_on() {
    let desk = Desk::start().await;
    let url = desk.drafted("ubnd/ke-hoach", "Chuyển đổi số năm 2026").await;
    desk.drafter.get(&format!("{PATH}?xem=cua-toi")).await.ok().shows("Chuyển đổi số năm 2026");
    desk.drafter
        .get(&format!("{PATH}?xem=tat-ca&q=chuyen+doi+so"))
        .await
        .ok()
        .shows("Chuyển đổi số năm 2026");
    desk.colleague.get(&url).await.is(404);
    desk.chairman.get(&url).await.is(404);
    desk.colleague
        .get(&format!("{PATH}?xem=tat-ca&q=chuyen+doi+so"))
        .await
        .ok()
        .hides("Chuyển đổi số năm 2026");
    desk.colleague.get("/lam-viec/tim?q=chuyen+doi+so").await.ok().hides("Chuyển đổi số năm 2026");
    send(&desk.drafter, &url, "trinh", &[]).await.is(303);
    desk.colleague.get(&url).await.ok().shows("Đang trình duyệt");
    desk.colleague
        .get(&format!("{PATH}?xem=dang-lam&q=chuyen+doi+so"))
        .await
        .ok()
        .shows("Chuyển đổi số năm 2026");
    // Not yet handed out: the search over everything does not know it.
    desk.colleague.get("/lam-viec/tim?q=chuyen+doi+so").await.ok().hides("Chuyển đổi số năm 2026");
    desk.app.visitor().get(&url).await.is(303);
    desk.app.sign_in(&desk.cast.home, "resident").await.get(&url).await.is(403);
    let far = desk.app.sign_in(&desk.cast.other, "chairman").await.header("host", "bencanh.example");
    far.get(&url).await.is(404);
    desk.app.end().await;
}

#[tokio::test]
async fn colleagues_comment_and_the_leader_sends_back_or_approves() {
    let desk = Desk::start().await;
    let url = desk.drafted("ubnd/bao-cao", "Kết quả tháng 3").await;
    send(&desk.drafter, &url, "trinh", &[]).await.is(303);
    desk.chairman.get("/lam-viec/hop-thu").await.ok().shows("Có văn bản trình ông/bà duyệt");
    desk.chairman.get("/lam-viec").await.ok().shows("văn bản đi chờ ông/bà");
    send(&desk.colleague, &url, "gop-y", &[("y-kien", "")]).await.is(422).shows("Chưa ghi mục này");
    send(&desk.colleague, &url, "gop-y", &[("y-kien", "Thiếu số liệu thôn <Soi Cờ>.")]).await.is(303);
    desk.drafter.get(&url).await.ok().shows("Góp ý").shows("Thiếu số liệu thôn &#60;Soi Cờ&#62;.");
    // Handed on it cannot be changed; who signs stands on it, and only they decide.
    desk.drafter.get(&format!("{url}/soan")).await.is(409);
    desk.deputy.get(&url).await.ok().hides(&format!("{url}/duyet"));
    desk.drafter.get(&url).await.ok().hides(&format!("{url}/duyet"));
    desk.drafter.post(&format!("{url}/duyet"), &[("khoa", &desk.fresh()), ("phien-ban", "2")]).await.is(403);
    desk.deputy.post(&format!("{url}/duyet"), &[("khoa", &desk.fresh()), ("phien-ban", "2")]).await.is(409);
    send(&desk.chairman, &url, "tra-lai", &[("ly-do", " ")]).await.is(422).shows("hãy ghi lý do");
    send(&desk.chairman, &url, "tra-lai", &[("ly-do", "Bổ sung số liệu.")]).await.is(303);
    desk.drafter.get("/lam-viec/hop-thu").await.ok().shows("được trả lại để sửa");
    desk.drafter.get(&url).await.ok().shows("Trả lại để sửa").shows("Bổ sung số liệu.");
    send(&desk.drafter, &url, "trinh", &[]).await.is(303);
    send(&desk.chairman, &url, "duyet", &[]).await.is(303);
    desk.clerk.get("/lam-viec/hop-thu").await.ok().shows("Văn bản đã được duyệt");
    // The clerk finds a fault of form.
    send(&desk.clerk, &url, "tra-lai", &[("ly-do", "Sai thể thức.")]).await.is(303);
    desk.drafter.get(&url).await.ok().shows("Sai thể thức.").shows("Trả lại để sửa");
    desk.app.end().await;
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field() {
    let desk = Desk::start().await;
    let good = [("trich-yeu", "Về việc A"), ("noi-dung", "Một đoạn.")];
    let wrong = async |field: &'static str, value: &str, said: &str| {
        let mut fields = good.to_vec();
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        desk.draft(&desk.drafter, "ubnd/cong-van", &fields).await.is(422).shows(said).shows("Về việc A");
    };
    wrong("noi-dung", "", "Chưa ghi mục này").await;
    wrong("linh-vuc", "V-X", "Chỉ ghi chữ và số").await;
    wrong("so-ban", "nhiều", "số").await;
    wrong("so-ban", "99999", "từ 0 đến 10.000").await;
    wrong("nguoi-ky", "secretary", "chọn").await;
    wrong("tra-loi", "khong-phai-ma", "chọn").await;
    desk.draft(&desk.drafter, "", &good).await.is(422).shows("hãy chọn loại văn bản");
    desk.draft(&desk.drafter, "ubnd/khong-co", &good).await.is(422).shows("hãy chọn loại văn bản");
    desk.draft(&desk.drafter, "ubnd/cong-van", &[("trich-yeu", ""), ("noi-dung", "x")]).await.is(422);
    let long = "a".repeat(501);
    desk.draft(&desk.drafter, "ubnd/cong-van", &[("trich-yeu", &long), ("noi-dung", "x")])
        .await
        .is(422)
        .shows("500");
    desk.app.end().await;
}

#[tokio::test]
async fn a_secret_document_is_refused_at_the_door() {
    let desk = Desk::start().await;
    let typed = [("trich-yeu", "Về việc A"), ("noi-dung", "TỐI MẬT\nNội dung.")];
    desk.draft(&desk.drafter, "ubnd/cong-van", &typed).await.is(422).shows("dấu độ mật");
    desk.drafter.get(&format!("{PATH}?xem=cua-toi")).await.ok().hides("Về việc A");
    let url = desk.drafted("ubnd/cong-van", "mời họp").await;
    send(&desk.drafter, &url, "trinh", &[]).await.is(303);
    send(&desk.colleague, &url, "gop-y", &[("y-kien", "Mật")]).await.is(422).shows("dấu độ mật");
    desk.app.end().await;
}

#[tokio::test]
async fn every_page_speaks_both_languages() {
    let desk = Desk::start().await;
    crate::desk::keeps_a_key(&desk.chairman, "Thử chairman").await;
    let url = desk.issued("ubnd/thong-bao", "Lịch tiếp công dân").await;
    let waiting = desk.approved("ubnd/giay-moi", "Họp thôn").await;
    in_both_languages(async |lang| {
        let say = format!("lang={}", lang.code());
        let word = |vi, en| if lang == Lang::Vi { vi } else { en };
        for tab in ["cho-toi", "cua-toi", "dang-lam", "da-ban-hanh", "thu-hoi", "tat-ca"] {
            let page = desk.chairman.get(&format!("{PATH}?xem={tab}&{say}")).await;
            page.ok().shows(word("Văn bản đi", "Outgoing documents"));
        }
        desk.drafter
            .get(&format!("{PATH}/soan?{say}"))
            .await
            .ok()
            .shows(word("Bắt đầu soạn", "Begin the draft"));
        let form = desk.drafter.get(&format!("{PATH}/soan?loai=ubnd/cong-van&{say}")).await;
        form.ok().shows(word("Trích yếu", "Subject")).shows(word("Mức độ khẩn", "Urgency"));
        let page = desk.chairman.get(&format!("{url}?{say}")).await;
        page.ok().shows(word("Đã ban hành", "Issued")).shows(word("Thu hồi", "Recall"));
        desk.chairman
            .get(&format!("{waiting}?{say}"))
            .await
            .ok()
            .shows(word("Ký và ban hành", "Sign and issue"));
        desk.clerk.get(&format!("{waiting}?{say}")).await.ok().shows(word("Cấp số", "Give a number"));
        let same = desk.drafter.get(&format!("{url}/so-sanh?truoc=1&sau=1&{say}")).await;
        same.ok().shows(word("Hai bản giống nhau", "Both versions are the same"));
        let book = desk.clerk.get(&format!("{PATH}/so?nam=2026&{say}")).await;
        book.ok().shows(word("Ngày tháng văn bản", "Date of the document")).shows("01/TB-UBND");
    })
    .await;
    desk.app.end().await;
}
