//! Documents that come in.

use crate::world::{LETTER, Letter, TAKE, World, area, chosen, id_of, press, register, take, task_of};
use http::Method;
use platform::sql;
use serde_json::json;
use testkit::in_both_languages;

#[tokio::test]
async fn a_document_is_read_registered_directed_and_settled() {
    let world = World::start().await;
    let path = world.arrives(&LETTER).await;
    let form = world.clerk.get(&format!("{path}/vao-so")).await;
    let action = format!("{path}/vao-so");
    assert_eq!(form.field_of(&action, "so"), "1204");
    assert_eq!(form.field_of(&action, "ky-hieu"), "UBND-KT");
    assert_eq!(form.field_of(&action, "noi-gui"), "Ủy ban nhân dân tỉnh Lào Cai");
    assert_eq!(form.field_of(&action, "ngay-van-ban"), "05/03/2026");
    assert_eq!(form.field_of(&action, "han"), "15/07/2026");
    assert_eq!(
        (area(&form, "trich-yeu").as_str(), chosen(&form, "loai").as_str()),
        ("Rà soát hộ nghèo", "Công văn")
    );
    register(&world.clerk, &path, &[]).await.is(303).leads_to(&path);
    world.chairman.get("/lam-viec").await.shows("1 văn bản đến chờ ý kiến chỉ đạo");
    world.chairman.get("/lam-viec/van-ban-den").await.shows("Rà soát hộ nghèo").shows("1204/UBND-KT");

    let (officer, head) = (world.account("registry_officer"), world.account("village_head"));
    let directive = [
        ("viec", "Rà soát hộ nghèo toàn xã"),
        ("y-kien", "Từng thôn lập danh sách"),
        ("chu-tri", &officer),
        ("phoi-hop", &head),
        ("han", "20/03/2026"),
    ];
    press(&world.chairman, &path, "/chi-dao", &directive).await.is(303).leads_to(&path);
    let task = task_of(&world.chairman.get(&path).await);
    world.head.get(&path).await.ok().shows("1204/UBND-KT");
    world.head.get(&task).await.shows("Từng thôn lập danh sách").shows("den.pdf");
    press(&world.head, &task, "/nhan", &[]).await.is(303);
    press(&world.officer, &task, "/bao-cao", &[("bao-cao", "Đã lập xong"), ("lam", "xong")]).await.is(303);
    world.chairman.get("/lam-viec").await.shows("1 việc báo cáo hoàn thành chờ xem xét");
    press(&world.chairman, &task, "/dat", &[("loi", "Tốt")]).await.is(303);
    world.clerk.get(&path).await.shows("Đã xong");
    world
        .clerk
        .get("/lam-viec/van-ban-den/so")
        .await
        .shows("1204/UBND-KT")
        .shows("Công văn: Rà soát hộ nghèo");
    world.app.end().await;
}

#[tokio::test]
async fn what_is_secret_leaves_nothing_behind() {
    let world = World::start().await;
    let secret = Letter { stamp: "TỐI MẬT", ..LETTER };
    take(&world.clerk, "mat.pdf", &secret.pdf()).await.is(422).shows("Luật Bảo vệ bí mật nhà nước");
    let key = world.clerk.get(TAKE).await.field("khoa");
    let unasked = world.clerk.upload(TAKE, &[("khoa", key.as_str())], "tep", "a.pdf", &LETTER.pdf()).await;
    unasked.is(422).shows("xác nhận không phải văn bản mật");
    for table in ["incoming_document", "incoming_file", "incoming_event", "file", "text_entry"] {
        let rows = sql(format!("SELECT COUNT(*) FROM {table} /* all rows */ WHERE commune_id = "));
        let rows = rows.arg(world.cast.home.id).count(&world.app.app.db).await.unwrap();
        assert_eq!(rows, 0, "{table}");
    }
    world.app.end().await;
}

#[tokio::test]
async fn a_scan_is_recognised_and_a_stamp_in_it_takes_it_out_again() {
    let world = World::start().await;
    for (stamp, stays) in [("", true), ("TUYỆT MẬT", false)] {
        let picture = Letter { stamp, ..LETTER }.scan();
        let answer = take(&world.clerk, "scan.png", &picture).await;
        let path = answer.is(303).location().trim_end_matches("/vao-so").to_owned();
        world.clerk.get(&path).await.shows("đang nhận dạng chữ");
        world.app.run_jobs().await;
        let after = world.clerk.get(&path).await;
        if stays {
            after.shows("nhận dạng từ ảnh").shows("<h1>Rà soát hộ nghèo</h1>").shows("Công văn");
            world
                .clerk
                .get("/lam-viec/van-ban-den?viec=tat-ca&q=ho+ngheo")
                .await
                .shows("Rà soát hộ nghèo")
                .shows(&path);
        } else {
            after.is(404);
        }
    }
    world.app.end().await;
}

#[tokio::test]
async fn bad_files_get_a_clear_word() {
    let world = World::start().await;
    let macros =
        docx(&[("word/document.xml", "<a/>"), ("word/vbaProject.bin", "x"), ("[Content_Types].xml", "<a/>")]);
    take(&world.clerk, "a.docx", &macros).await.is(422).shows("macro");
    take(&world.clerk, "a.pdf", b"just words").await.is(422).shows("application/octet-stream");
    let mut broken = LETTER.pdf();
    let xref = broken.windows(9).rposition(|part| part == b"startxref").unwrap();
    broken.truncate(xref - 200);
    broken[200..].reverse();
    let path = take(&world.clerk, "hong.pdf", &broken).await.is(303).location();
    let path = path.trim_end_matches("/vao-so");
    world.clerk.get(path).await.shows("không đọc được chữ").shows("hong.pdf");
    let kept = world.clerk.get(path).await;
    let file = kept.text().split(&format!("{path}/tep/")).nth(1).unwrap()[..36].to_owned();
    assert_eq!(world.clerk.get(&format!("{path}/tep/{file}")).await.ok().bytes, broken);
    register(&world.clerk, path, &[("noi-gui", "")]).await.is(422).shows("Hãy ghi cơ quan ban hành");
    press(&world.clerk, path, "/tra-lai", &[("ly-do", "")]).await.is(422).shows("Hãy ghi lý do");
    press(&world.clerk, path, "/tra-lai", &[("ly-do", "Tệp hỏng")]).await.is(303);
    world.clerk.get(path).await.shows("Tệp hỏng").shows("Đã trả lại");
    register_refused(&world, path).await;
    world.app.end().await;
}

async fn register_refused(world: &World, path: &str) {
    let fields = [("noi-gui", "Sở"), ("loai", "Công văn"), ("trich-yeu", "x")];
    register(&world.clerk, path, &fields).await.is(409).shows("đã được vào sổ hoặc đã trả lại");
}

fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[tokio::test]
async fn the_same_document_twice_is_warned_of() {
    let world = World::start().await;
    world.registered(&LETTER).await;
    let second = world.arrives(&LETTER).await;
    register(&world.clerk, &second, &[]).await.is(422).shows("số đến 1").shows("Đây là văn bản khác");
    register(&world.clerk, &second, &[("trung", "1")]).await.is(303);
    world.clerk.get(&second).await.shows("2 (Sổ văn bản đến của Ủy ban nhân dân)");
    world.app.end().await;
}

#[tokio::test]
async fn numbers_of_a_year_have_no_gap_however_many_are_given_at_once() {
    let world = World::start().await;
    let mut paths = Vec::new();
    for n in 1..=8 {
        let number = n.to_string();
        paths.push(world.arrives(&Letter { number: &number, ..LETTER }).await);
    }
    let all = paths.iter().map(|path| register(&world.clerk, path, &[]));
    for answer in futures_util::future::join_all(all).await {
        answer.is(303);
    }
    let numbers: Vec<i64> =
        sql("SELECT arrival_number FROM incoming_document /* all rows */ WHERE commune_id = $1 ORDER BY arrival_number")
            .bind(world.cast.home.id)
            .column(&world.app.app.db)
            .await
            .unwrap();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8]);
    world.app.end().await;
}

#[tokio::test]
async fn only_who_may_finds_and_reads_a_document() {
    let world = World::start().await;
    let path = world.registered(&LETTER).await;
    for who in ["registry_officer", "village_head", "resident", "onestop_officer"] {
        let who = world.app.sign_in(&world.cast.home, who).await;
        who.get(&path).await.is(404);
        who.get("/lam-viec/van-ban-den").await.is(403);
        who.get("/tim?q=ra+soat+ho+ngheo").await.hides(&path);
    }
    world.app.sign_in(&world.cast.other, "clerk").await.get(&path).await.is(404);
    world.clerk.get("/lam-viec/van-ban-den?viec=tat-ca&q=bao+cao+truoc+ngay").await.shows(&path);
    world.clerk.get("/lam-viec/van-ban-den?viec=tat-ca&q=khong+co+chu+nay").await.hides(&path);
    world.app.end().await;
}

#[tokio::test]
async fn a_document_late_for_the_book_is_seen() {
    let mut world = World::start().await;
    world.arrives(&LETTER).await;
    world.clerk.get("/lam-viec/van-ban-den").await.hides("Chậm vào sổ");
    world.later(1).await;
    world.clerk.get("/lam-viec/van-ban-den").await.hides("Chậm vào sổ");
    world.later(1).await;
    world.clerk.get("/lam-viec/van-ban-den").await.shows("Chậm vào sổ");
    world.app.end().await;
}

#[tokio::test]
async fn the_facts_are_corrected_ended_and_opened_again() {
    let world = World::start().await;
    let path = world.registered(&LETTER).await;
    register(&world.clerk, &path, &[("trich-yeu", "Rà soát hộ cận nghèo")]).await.is(303);
    world.clerk.get(&path).await.shows("Rà soát hộ cận nghèo").shows("Sửa thông tin");
    let stale = [("phien-ban", "1"), ("trich-yeu", "Khác")];
    register(&world.clerk, &path, &stale).await.is(409).shows("vừa được người khác cập nhật").shows("Khác");
    press(&world.chairman, &path, "/ket-thuc", &[("ghi-chu", "Để biết")]).await.is(303);
    world.clerk.get(&path).await.shows("Đã xong").shows("Để biết");
    press(&world.clerk, &path, "/mo-lai", &[("ly-do", "Còn việc")]).await.is(303);
    world.clerk.get(&path).await.shows("Chờ chỉ đạo");
    world.app.end().await;
}

#[tokio::test]
async fn the_same_by_program_and_in_both_languages() {
    let world = World::start().await;
    let path = world.registered(&LETTER).await;
    in_both_languages(async |lang| {
        let code = lang.code();
        for page in
            ["/lam-viec/van-ban-den", TAKE, "/lam-viec/van-ban-den/so", &path, &format!("{path}/vao-so")]
        {
            world.clerk.get(&format!("{page}?lang={code}")).await.ok();
        }
        world.chairman.get(&format!("{path}?lang={code}")).await.ok();
    })
    .await;
    let sheet = world.clerk.get("/lam-viec/van-ban-den/so?dinh-dang=xlsx").await;
    assert!(sheet.ok().bytes.starts_with(b"PK"));

    let key = platform::ids::new_id(world.app.clock.now()).to_string();
    let program = world.clerk.same().header("Idempotency-Key", &key);
    let url = "/api/v1/incoming-documents";
    let other = Letter { number: "7", ..LETTER }.pdf();
    program.upload(url, &[], "file", "a.pdf", &other).await.is(422).shows("not_secret");
    let first = program.upload(url, &[("not_secret", "1")], "file", "a.pdf", &other).await.ok().json();
    let again = program.upload(url, &[("not_secret", "1")], "file", "a.pdf", &other).await.ok().json();
    assert_eq!((&first["id"], &first["facts"]["number"]), (&again["id"], &json!("7")));
    let id = first["id"].as_str().unwrap();
    let mut facts = first["facts"].clone();
    facts["kind"] = json!("");
    let wrong = json!({ "revision": 1, "book": "ubnd", "facts": facts });
    program.json(Method::POST, &format!("{url}/{id}/register"), &wrong).await.is(422).shows("\"kind\"");
    let right = json!({ "revision": 1, "book": "ubnd", "facts": first["facts"] });
    let done = program.json(Method::POST, &format!("{url}/{id}/register"), &right).await.ok().json();
    assert_eq!((done["state"].as_str(), done["arrival_number"].as_i64()), (Some("registered"), Some(2)));
    program.json(Method::POST, &format!("{url}/{id}/register"), &right).await.is(409);
    let list = world.clerk.get(&format!("{url}?state=registered")).await.ok().json();
    assert_eq!(list.as_array().unwrap().len(), 2);
    world.clerk.get(&format!("{url}/{}", id_of(&path))).await.ok();
    world.app.end().await;
}
