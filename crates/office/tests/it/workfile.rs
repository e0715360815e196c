//! Work files, from the task with which one opens to the archive.

use crate::desk::send;
use crate::world::{LETTER, Letter, World, id_of, press, task_of};
use http::Method;
use serde_json::json;
use testkit::{Client, in_both_languages};

const FILES: &str = "/lam-viec/ho-so-cong-viec";
const ARCHIVE: &str = "/lam-viec/nop-luu";

/// A letter that the chairman gave to the officer; the addresses of the letter, the task and the file.
async fn begun(world: &World) -> (String, String, String) {
    let letter = world.registered(&LETTER).await;
    let officer = world.account("registry_officer");
    let fields = [("viec", "Rà soát hộ nghèo"), ("chu-tri", officer.as_str()), ("han", "20/03/2026")];
    press(&world.chairman, &letter, "/chi-dao", &fields).await.is(303);
    let task = task_of(&world.chairman.get(&letter).await);
    (letter, task, first_file(&world.officer).await)
}

async fn first_file(who: &Client) -> String {
    let list = who.get(FILES).await;
    let text = list.text();
    let rest = text.split(&format!("href=\"{FILES}/")).find(|rest| rest.as_bytes().get(8) == Some(&b'-'));
    format!("{FILES}/{}", rest.expect("a file").split('"').next().unwrap())
}

async fn opened(who: &Client, title: &str) -> String {
    let new = format!("{FILES}/moi");
    let key = who.get(&new).await.field_of(&new, "khoa");
    let fields = [("khoa", key.as_str()), ("ten", title), ("de-muc", "KT")];
    who.post(&new, &fields).await.is(303).location()
}

/// A sheet of paper in a folder.
async fn paper(who: &Client, file: &str) {
    let fields = [
        ("ten-tai-lieu", "Biên bản họp thôn"),
        ("noi-de", "Cặp số 3"),
        ("so-to", "2"),
        ("ngay", "09/03/2026"),
    ];
    send(who, file, "them", &fields).await.is(303);
}

async fn ended(world: &World, task: &str) {
    press(&world.officer, task, "/bao-cao", &[("bao-cao", "Đã rà soát"), ("lam", "xong")]).await.is(303);
    press(&world.chairman, task, "/dat", &[]).await.is(303);
}

#[tokio::test]
async fn a_task_opens_a_file_that_gathers_the_document_the_answer_and_the_result() {
    let world = World::start().await;
    let (letter, task, file) = begun(&world).await;
    let page = world.officer.get(&file).await;
    page.ok().shows("Rà soát hộ nghèo").shows("01.TH/2026").shows("1204/UBND-KT").shows("NV-01/2026");
    world.officer.get(&task).await.shows(&file);
    world.chairman.get(&letter).await.shows(&file);

    // A second directive on the same document joins the file.
    let head = world.account("village_head");
    let fields = [("viec", "Thông báo cho các hộ"), ("chu-tri", head.as_str())];
    press(&world.chairman, &letter, "/chi-dao", &fields).await.is(303);
    world.officer.get(&file).await.shows("NV-02/2026");
    world.chairman.get(&format!("{FILES}?xem=tat-ca")).await.hides("02.TH/2026");

    // The answer that is drafted to the document joins it, and is found from the document.
    let document = id_of(&letter).to_string();
    let key = platform::ids::new_id(world.app.clock.now()).to_string();
    let fields = [
        ("khoa", key.as_str()),
        ("phien-ban", "0"),
        ("loai", "ubnd/bao-cao"),
        ("trich-yeu", "Kết quả rà soát hộ nghèo"),
        ("noi-dung", "Xã đã rà soát xong."),
        ("tra-loi", document.as_str()),
    ];
    world.officer.post("/lam-viec/van-ban-di/soan", &fields).await.is(303);
    world.officer.get(&file).await.shows("Kết quả rà soát hộ nghèo");
    world.officer.get(&letter).await.shows("Văn bản trả lời").shows("Kết quả rà soát hộ nghèo");
    world.officer.get(&format!("{FILES}?q=bao+cao+truoc+ngay")).await.hides("Rà soát hộ nghèo");
    world.clerk.get(&format!("{FILES}?xem=tat-ca&q=bao+cao+truoc+ngay")).await.shows("Rà soát hộ nghèo");

    // It cannot end before its tasks.
    send(&world.officer, &file, "ket-thuc", &[("ket-qua", "Xong")]).await.is(409).shows("NV-01/2026");
    ended(&world, &task).await;
    send(&world.officer, &file, "ket-thuc", &[("ket-qua", "Xong")]).await.is(409).shows("NV-02/2026");
    world.app.end().await;
}

#[tokio::test]
async fn a_file_is_filled_closed_and_opened_again() {
    let world = World::start().await;
    let file = opened(&world.officer, "Hồ sơ hội chợ nông sản").await;
    send(&world.officer, &file, "ket-thuc", &[("ket-qua", "Xong")]).await.is(409).shows("chưa có tài liệu");
    let action = format!("{file}/them");
    let key = world.officer.get(&file).await.field_of(&action, "khoa");
    let sent = world.officer.upload(&action, &[("khoa", &key)], "tep", "to-trinh.pdf", &LETTER.pdf()).await;
    sent.is(303);
    let page = world.officer.get(&file).await;
    page.shows("to-trinh");
    let item = page.text().split(&format!("{file}/tep/")).nth(1).unwrap()[..36].to_owned();
    world.officer.get(&format!("{file}/tep/{item}")).await.ok();
    assert_eq!(share(&world).await, 100.0);
    paper(&world.officer, &file).await;
    world.officer.get(&file).await.shows("Cặp số 3").shows("không tính là xử lý hoàn toàn trên mạng");
    assert_eq!(share(&world).await, 0.0);
    send(&world.officer, &file, "bo-ra", &[("tai-lieu", &item)]).await.is(303);
    world.officer.get(&file).await.hides(&format!("{file}/tep/")).shows("Bỏ tài liệu ra");
    send(&world.officer, &file, "ket-thuc", &[]).await.is(422).shows("Hãy ghi kết quả");
    send(&world.officer, &file, "ket-thuc", &[("ket-qua", "Hội chợ đã tổ chức")]).await.is(303);
    let page = world.officer.get(&file).await;
    // Twenty years from the end of this one; a year to hand it over.
    page.shows("Hội chợ đã tổ chức").shows("31/12/2046").shows("10/03/2027").hides("/them\"");
    send(&world.officer, &file, "mo-lai", &[("ly-do", "")]).await.is(422).shows("Hãy ghi lý do");
    send(&world.officer, &file, "mo-lai", &[("ly-do", "Thiếu biên bản")]).await.is(303);
    world.officer.get(&file).await.shows("Thiếu biên bản").shows("Đang mở");
    world.app.end().await;
}

async fn share(world: &World) -> f64 {
    let answer = world.chairman.get("/api/v1/figures/work_files_online_pct").await;
    answer.ok();
    let value = &answer.json()["value"];
    value.as_f64().or_else(|| value.as_str()?.parse().ok()).expect("a share")
}

#[tokio::test]
async fn a_file_is_handed_over_and_seen_by_those_it_concerns() {
    let world = World::start().await;
    let (letter, task, file) = begun(&world).await;
    let desk = world.app.sign_in(&world.cast.home, "onestop_officer").await;
    desk.get(&file).await.is(404);
    desk.get(&format!("{FILES}?xem=tat-ca")).await.hides("01.TH/2026");
    world.head.get(FILES).await.is(403);
    send(&world.officer, &file, "ban-giao", &[]).await.is(422).shows("Hãy chọn người nhận");
    let head = world.account("village_head");
    send(&world.officer, &file, "ban-giao", &[("nguoi-nhan", &head)])
        .await
        .is(422)
        .shows("không giữ hồ sơ được");
    let to = world.account("onestop_officer");
    send(&world.officer, &file, "ban-giao", &[("nguoi-nhan", &to), ("loi", "Nhờ làm tiếp")]).await.is(303);
    desk.get("/lam-viec/hop-thu").await.shows("bàn giao hồ sơ 01.TH/2026");
    // What the file holds comes with it: the new keeper reads the document; of tasks that are not theirs they read the name.
    desk.get(&file).await.shows("Nhờ làm tiếp").shows("1204/UBND-KT").shows("NV-01/2026").hides(&task);
    desk.get(&letter).await.ok();
    // The main doer still sees the file of the task, and may not write in it.
    world.officer.get(&file).await.ok().hides("/them\"");
    let fresh = platform::ids::new_id(world.app.clock.now()).to_string();
    let fields = [("khoa", fresh.as_str()), ("ten-tai-lieu", "Khác"), ("noi-de", "Cặp 1")];
    world.officer.post(&format!("{file}/them"), &fields).await.is(409).shows("không do ông/bà giữ");
    world.app.end().await;
}

#[tokio::test]
async fn a_document_is_put_into_a_file_from_its_own_page() {
    let world = World::start().await;
    let file = opened(&world.clerk, "Hồ sơ hộ nghèo năm 2026").await;
    let letter = world.registered(&LETTER).await;
    let (document, into) = (id_of(&letter).to_string(), id_of(&file).to_string());
    let put = format!("{FILES}/dua-vao");
    let fields = |key: &str, file: &str| {
        [("khoa", key), ("loai", "incoming"), ("doi-tuong", &document), ("ho-so", file)]
            .map(|(name, value)| (name, value.to_owned()))
    };
    for _ in 0..2 {
        let key = platform::ids::new_id(world.app.clock.now()).to_string();
        let fields = fields(&key, &into);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        world.clerk.post(&put, &fields).await.is(303);
    }
    let page = world.clerk.get(&file).await;
    assert_eq!(
        page.text().matches(&format!("href=\"{letter}\"")).count(),
        1,
        "put in twice, it stands there once"
    );
    world.clerk.get(&letter).await.shows("Hồ sơ hộ nghèo năm 2026");
    // A new file for it.
    let new = fields("", "moi");
    let new: Vec<(&str, &str)> = new.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let form = world.clerk.post(&put, &new).await.is(303).location();
    let page = world.clerk.get(&form).await;
    let action = format!("{FILES}/moi");
    let key = page.field_of(&action, "khoa");
    let fields = [
        ("khoa", key.as_str()),
        ("ten", "Hồ sơ riêng"),
        ("de-muc", "VHXH"),
        ("thoi-han", "permanent"),
        ("loai", "incoming"),
        ("doi-tuong", document.as_str()),
    ];
    let second = world.clerk.post(&action, &fields).await.is(303).location();
    world.clerk.get(&second).await.shows("1204/UBND-KT").shows("Vĩnh viễn").shows("01.VHXH/2026");
    // What one may not see does not go into a file.
    let own = opened(&world.officer, "Của cán bộ").await;
    let body = json!({ "kind": "incoming", "object_id": id_of(&letter) });
    let items = format!("/api/v1/work-files/{}/items", id_of(&own));
    world.officer.json(Method::POST, &items, &body).await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn closed_files_go_to_the_archive_by_a_list() {
    let mut world = World::start().await;
    let mut files = Vec::new();
    for title in ["Hồ sơ một", "Hồ sơ hai"] {
        let file = opened(&world.officer, title).await;
        paper(&world.officer, &file).await;
        send(&world.officer, &file, "ket-thuc", &[("ket-qua", "Xong")]).await.is(303);
        files.push(file);
    }
    world.clerk.get("/lam-viec").await.hides("hồ sơ đến hạn nộp lưu");
    world.later(360).await;
    world.clerk.get("/lam-viec").await.shows("2 hồ sơ đến hạn nộp lưu");
    world.officer.get(ARCHIVE).await.is(403);
    let list = async |ids: &[&str]| {
        let key = world.clerk.get(ARCHIVE).await.field_of(ARCHIVE, "khoa");
        let mut fields = vec![("khoa", key.as_str())];
        fields.extend(ids.iter().map(|id| ("ho-so", *id)));
        world.clerk.post(ARCHIVE, &fields).await
    };
    list(&[]).await.is(422).shows("ít nhất một hồ sơ");
    let ids: Vec<String> = files.iter().map(|file| id_of(file).to_string()).collect();
    let made = list(&[&ids[0]]).await.is(303).location();
    list(&[&ids[0]]).await.is(409).shows("01.KT/2026");
    world.officer.get(&files[0]).await.shows("Đang nộp lưu").hides("/mo-lai\"");
    // A list that was wrong is dropped: its files wait again.
    send(&world.clerk, &made, "bo", &[]).await.is(303);
    let made = list(&[&ids[0], &ids[1]]).await.is(303).location();
    let page = world.clerk.get(&made).await;
    page.shows("NL-02/2027").shows("Hồ sơ một").shows("Hồ sơ hai").shows("31/12/2046");
    send(&world.clerk, &made, "nhan", &[]).await.is(303);
    world.clerk.get(&made).await.shows("Đã nhận").hides("/nhan\"");
    world.officer.get(&files[1]).await.shows("Đã nộp lưu").shows("Lưu trữ đã nhận");
    world.clerk.get(&format!("{made}?dinh-dang=csv")).await.ok().shows("01.KT/2026");
    world.clerk.get(ARCHIVE).await.shows("Không có hồ sơ nào chờ nộp lưu");
    world.app.end().await;
}

#[tokio::test]
async fn bad_input_gets_a_clear_word_at_its_field() {
    let world = World::start().await;
    let new = format!("{FILES}/moi");
    let open = async |title: &str, heading: &str, term: &str| {
        let key = world.officer.get(&new).await.field_of(&new, "khoa");
        let fields = [("khoa", key.as_str()), ("ten", title), ("de-muc", heading), ("thoi-han", term)];
        world.officer.post(&new, &fields).await
    };
    open("", "KT", "").await.is(422).shows("Hãy ghi tên hồ sơ");
    open("Việc", "khong-co", "").await.is(422).shows("Việc");
    open("Việc", "KT", "mai-mai").await.is(422);
    let file = opened(&world.officer, "Việc").await;
    let add = async |fields: &[(&str, &str)]| send(&world.officer, &file, "them", fields).await;
    add(&[("ten-tai-lieu", "")]).await.is(422).shows("Hãy ghi tên tài liệu");
    add(&[("ten-tai-lieu", "Tờ trình")]).await.is(422).shows("ghi nơi để bản giấy").shows("Tờ trình");
    add(&[("ten-tai-lieu", "Tờ trình"), ("noi-de", "Cặp"), ("so-to", "0")])
        .await
        .is(422)
        .shows("từ 1 đến 9.999");
    add(&[("ten-tai-lieu", "Tờ trình"), ("noi-de", "Cặp"), ("ngay", "31/02/2026")]).await.is(422);
    let key = world.officer.get(&file).await.field_of(&format!("{file}/them"), "khoa");
    let secret = crate::world::Letter { stamp: "TỐI MẬT", ..LETTER };
    let (action, pdf) = (format!("{file}/them"), secret.pdf());
    world.officer.upload(&action, &[("khoa", &key)], "tep", "mat.pdf", &pdf).await.is(422).shows("mật");
    world.officer.get(&file).await.shows("Hồ sơ chưa có tài liệu");
    // Two who name it anew: the second is told.
    let form = format!("{file}/sua");
    let page = world.officer.get(&form).await;
    let (key, revision) = (page.field_of(&form, "khoa"), page.field_of(&form, "phien-ban"));
    let fields = [("khoa", key.as_str()), ("phien-ban", &revision), ("ten", "Việc mới"), ("de-muc", "CDS")];
    world.officer.post(&form, &fields).await.is(303);
    let fresh = platform::ids::new_id(world.app.clock.now()).to_string();
    let stale = [("khoa", fresh.as_str()), ("phien-ban", &revision), ("ten", "Việc khác"), ("de-muc", "CDS")];
    world.officer.post(&form, &stale).await.is(409).shows("Việc khác");
    world.app.end().await;
}

#[tokio::test]
async fn the_same_by_program_and_in_both_languages() {
    let world = World::start().await;
    let (letter, task, file) = begun(&world).await;
    let body = json!({ "title": "Việc riêng", "heading": "TH" });
    let key = platform::ids::new_id(world.app.clock.now()).to_string();
    let program = world.officer.same().header("Idempotency-Key", &key);
    let made = program.json(Method::POST, "/api/v1/work-files", &body).await.ok().json();
    let again = program.json(Method::POST, "/api/v1/work-files", &body).await.ok().json();
    assert_eq!(made["id"], again["id"]);
    assert_eq!(made["code"], "02.TH/2026");
    let wrong = json!({ "title": "", "heading": "TH" });
    let fresh = platform::ids::new_id(world.app.clock.now()).to_string();
    let program = world.officer.same().header("Idempotency-Key", &fresh);
    let answer = program.json(Method::POST, "/api/v1/work-files", &wrong).await;
    answer.is(422).shows("\"title\"");
    let own = format!("/api/v1/work-files/{}", made["id"].as_str().unwrap());
    let item = json!({ "kind": "task", "object_id": id_of(&task) });
    let filled = world.officer.json(Method::POST, &format!("{own}/items"), &item).await.ok().json();
    assert_eq!(filled["items"][0]["symbol"], "NV-01/2026");
    ended(&world, &task).await;
    let closing = json!({ "note": "Đã xong", "revision": filled["revision"] });
    let fresh = platform::ids::new_id(world.app.clock.now()).to_string();
    let program = world.officer.same().header("Idempotency-Key", &fresh);
    let closed = program.json(Method::POST, &format!("{own}/close"), &closing).await.ok().json();
    assert_eq!(
        (closed["state"].as_str(), closed["keep_until"].as_str()),
        (Some("closed"), Some("2036-12-31"))
    );
    let listed = world.officer.get("/api/v1/work-files?state=open&mine=true").await.ok().json();
    assert_eq!(listed.as_array().unwrap().len(), 1);
    in_both_languages(async |lang| {
        let code = lang.code();
        for path in [FILES, &format!("{FILES}/moi"), &file, &format!("{file}/sua"), &task] {
            world.officer.get(&format!("{path}?lang={code}")).await.ok();
        }
        for path in [ARCHIVE, &letter, &format!("{FILES}?xem=tat-ca&dinh-dang=csv")] {
            let join = if path.contains('?') { '&' } else { '?' };
            world.clerk.get(&format!("{path}{join}lang={code}")).await.ok();
        }
    })
    .await;
    world.app.end().await;
}

#[tokio::test]
async fn documents_are_counted_with_the_word_of_a_leader() {
    let world = World::start().await;
    let value = async |key: &str| {
        let answer = world.chairman.get(&format!("/api/v1/figures/{key}")).await;
        answer.ok();
        answer.json()["value"].clone()
    };
    let letter = world.registered(&LETTER).await;
    assert_eq!(number(&value("documents_on_software_pct").await), 0.0);
    let officer = world.account("registry_officer");
    press(&world.chairman, &letter, "/chi-dao", &[("viec", "Rà soát"), ("chu-tri", &officer)]).await.is(303);
    assert_eq!(number(&value("documents_on_software_pct").await), 100.0);
    assert_eq!(number(&value("documents_exchanged_electronically").await), 0.0);
    let rows = world.chairman.get("/lam-viec/so-lieu/documents_on_software_pct/dong").await;
    rows.ok().shows("1204/UBND-KT");
    world.app.end().await;
}

fn number(value: &serde_json::Value) -> f64 {
    value.as_f64().or_else(|| value.as_str()?.parse().ok()).expect("a number")
}

#[tokio::test]
async fn a_scan_in_a_file_is_found_by_its_words_and_a_stamp_in_it_takes_it_out() {
    let world = World::start().await;
    let file = opened(&world.officer, "Hồ sơ hội chợ nông sản").await;
    let action = format!("{file}/them");
    let put = async |name: &str, bytes: &[u8]| {
        let key = world.officer.get(&file).await.field_of(&action, "khoa");
        world.officer.upload(&action, &[("khoa", &key)], "tep", name, bytes).await.is(303);
    };
    let search = format!("{FILES}?xem=tat-ca&q=ra+soat+ho+ngheo");
    put("ban-quet.png", &LETTER.scan()).await;
    world.officer.get(&search).await.hides("Hồ sơ hội chợ");
    world.app.run_jobs().await;
    world.officer.get(&search).await.shows("Hồ sơ hội chợ");
    // What a reader may not see they do not find.
    world.app.sign_in(&world.cast.home, "editor").await.get(&search).await.hides("Hồ sơ hội chợ");

    // A PDF carries its text: found at once, and no more once it was taken out.
    let other = Letter { subject: "mùa vụ cây chè", body: "Thu hoạch chè xuân.", ..LETTER };
    put("che.pdf", &other.pdf()).await;
    let tea = format!("{FILES}?xem=tat-ca&q=thu+hoach+che+xuan");
    let page = world.officer.get(&tea).await;
    page.shows("Hồ sơ hội chợ");
    let page = world.officer.get(&file).await;
    let text = page.text();
    let item = text[text.find(">che<").or(text.find("che</a>")).expect("the item")..]
        .split("name=\"tai-lieu\" value=\"")
        .nth(1)
        .expect("a button that takes it out")[..36]
        .to_owned();
    send(&world.officer, &file, "bo-ra", &[("tai-lieu", &item)]).await.is(303);
    world.officer.get(&tea).await.hides("Hồ sơ hội chợ");

    let secret = Letter { stamp: "TUYỆT MẬT", subject: "việc kín", ..LETTER };
    put("viec-kin.png", &secret.scan()).await;
    world.officer.get(&file).await.shows("viec-kin");
    world.app.run_jobs().await;
    world.officer.get(&file).await.hides("viec-kin").shows("bỏ ra một tệp mang dấu mật");
    world.officer.get("/lam-viec/hop-thu").await.shows("mang dấu chỉ độ mật");
    world.officer.get(&format!("{FILES}?xem=tat-ca&q=viec+kin")).await.hides("Hồ sơ hội chợ");
    world.app.end().await;
}
