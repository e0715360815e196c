//! Directives and tasks.

use crate::world::{World, press};
use http::Method;
use serde_json::json;
use testkit::{Answer, Client, in_both_languages};

const NEW: &str = "/lam-viec/nhiem-vu/moi";

/// The chairman charges the officer, and the village head beside them; the address of the task.
pub async fn given(world: &World, due: &str) -> String {
    let (officer, head) = (world.account("registry_officer"), world.account("village_head"));
    let fields = [("viec", "Dọn kênh mương"), ("chu-tri", &officer), ("phoi-hop", &head), ("han", due)];
    give(&world.chairman, &fields).await.is(303).location()
}

async fn give(who: &Client, fields: &[(&str, &str)]) -> Answer {
    press_new(who, fields).await
}

async fn press_new(who: &Client, fields: &[(&str, &str)]) -> Answer {
    let key = who.get(NEW).await.field_of(NEW, "khoa");
    let mut all = vec![("khoa", key.as_str())];
    all.extend(fields);
    who.post(NEW, &all).await
}

#[tokio::test]
async fn the_giver_sees_who_has_seen_who_has_it_and_how_far_it_is() {
    let world = World::start().await;
    let task = given(&world, "20/03/2026").await;
    world.chairman.get(&task).await.shows("Chưa xem");
    world.head.get("/lam-viec").await.shows("1 việc được giao đang chờ ông/bà");
    world.head.get("/lam-viec/hop-thu").await.shows("phối hợp việc NV-01/2026");
    world.head.get(&task).await.shows("Dọn kênh mương");
    world.chairman.get(&task).await.shows("Đã xem");
    press(&world.head, &task, "/nhan", &[]).await.is(303);
    world.head.get(&task).await.hides("/nhan\"");
    let page = world.head.get(&task).await;
    let key = page.field_of(&format!("{task}/bao-cao"), "khoa");
    let picture = photograph();
    let fields = [("khoa", key.as_str()), ("tien-do", "40"), ("lam", "tien-do")];
    world.head.upload(&format!("{task}/bao-cao"), &fields, "tep", "muong.jpg", &picture).await.is(303);
    let seen = world.chairman.get(&task).await;
    seen.shows("40 %").shows("Báo cáo tiến độ").shows("muong.jpg");
    let file = seen.text().split(&format!("{task}/tep/")).nth(1).unwrap()[..36].to_owned();
    world.chairman.get(&format!("{task}/tep/{file}")).await.ok();
    let stranger = world.app.sign_in(&world.cast.home, "village_head_2").await;
    stranger.get(&task).await.is(404);
    stranger.get(&format!("{task}/tep/{file}")).await.is(404);
    world.app.end().await;
}

fn photograph() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(40, 30, image::Rgb([40, 90, 40]))
        .write_to(&mut bytes, image::ImageFormat::Jpeg)
        .unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn done_is_looked_at_sent_back_and_accepted() {
    let world = World::start().await;
    let task = given(&world, "20/03/2026").await;
    press(&world.officer, &task, "/bao-cao", &[("lam", "xong")]).await.is(422).shows("Hãy ghi vài lời");
    let wrong = [("bao-cao", "x"), ("tien-do", "140"), ("lam", "tien-do")];
    press(&world.officer, &task, "/bao-cao", &wrong).await.is(422).shows("từ 0 đến 100");
    press(&world.officer, &task, "/bao-cao", &[("bao-cao", "Xong"), ("lam", "xong")]).await.is(303);
    let action = format!("{task}/lam-lai");
    let key = world.chairman.get(&task).await.field_of(&format!("{task}/dat"), "khoa");
    world.chairman.post(&action, &[("khoa", &key), ("loi", "")]).await.is(422).shows("Hãy ghi lý do");
    let key = world.chairman.get(&task).await.field_of(&format!("{task}/dat"), "khoa");
    world.chairman.post(&action, &[("khoa", &key), ("loi", "Còn đoạn cuối")]).await.is(303);
    world.officer.get(&task).await.shows("Còn đoạn cuối").shows("Báo cáo hoàn thành");
    press(&world.officer, &task, "/bao-cao", &[("bao-cao", "Xong cả đoạn cuối"), ("lam", "xong")])
        .await
        .is(303);
    press(&world.chairman, &task, "/dat", &[]).await.is(303);
    world.officer.get(&task).await.shows("Hoàn thành");
    // The key of a form that was used is led to the same place; a new one meets a task that is over.
    let fresh = platform::ids::new_id(world.app.clock.now()).to_string();
    world.chairman.post(&format!("{task}/dat"), &[("khoa", &fresh)]).await.is(409);
    world.officer.post(&format!("{task}/dat"), &[("khoa", &fresh)]).await.is(403);
    world.app.end().await;
}

#[tokio::test]
async fn more_time_is_asked_for_and_answered() {
    let world = World::start().await;
    let task = given(&world, "12/03/2026").await;
    let early = [("den-ngay", "11/03/2026"), ("ly-do", "Mưa")];
    press(&world.officer, &task, "/gia-han", &early).await.is(422).shows("phải sau hạn hiện nay");
    let ask = [("den-ngay", "18/03/2026"), ("ly-do", "Mưa lớn")];
    press(&world.officer, &task, "/gia-han", &ask).await.is(303);
    press(&world.officer, &task, "/gia-han", &ask).await.is(409).shows("đang chờ trả lời");
    let page = world.chairman.get(&task).await;
    page.shows("Mưa lớn");
    let extension = page.text().split(&format!("{task}/gia-han/")).nth(1).unwrap()[..36].to_owned();
    let answer = format!("/gia-han/{extension}");
    press(&world.chairman, &task, &answer, &[("lam", "khong")]).await.is(422).shows("Hãy ghi lý do");
    press(&world.chairman, &task, &answer, &[("lam", "dong-y")]).await.is(303);
    world.officer.get(&task).await.shows("18/03/2026").shows("Cho gia hạn");
    world.app.end().await;
}

#[tokio::test]
async fn who_forgets_is_reminded_and_the_leaders_learn_what_stays_undone() {
    let mut world = World::start().await;
    // Thursday of the same week.
    let task = given(&world, "12/03/2026").await;
    world.later(1).await;
    run(&world).await;
    run(&world).await;
    let inbox = world.officer.get("/lam-viec/hop-thu").await;
    assert_eq!(inbox.text().matches("sắp đến hạn (12/03/2026)").count(), 1);
    world.later(2).await;
    run(&world).await;
    world.officer.get("/lam-viec/hop-thu").await.shows("đã quá hạn (12/03/2026)");
    world.chairman.get("/lam-viec/hop-thu").await.shows("quá hạn (12/03/2026) chưa xong");
    world.chairman.get("/lam-viec/nhiem-vu?xem=qua-han").await.shows("Dọn kênh mương");
    world.chairman.get(&task).await.shows("Báo lãnh đạo việc quá hạn");
    run(&world).await;
    let inbox = world.chairman.get("/lam-viec/hop-thu").await;
    assert_eq!(inbox.text().matches("chưa xong").count(), 1);
    world.app.end().await;
}

async fn run(world: &World) {
    let ctx = world.ctx();
    let tx = ctx.begin().await.unwrap();
    let work = platform::jobs::Work::new("office.remind", json!({}));
    platform::jobs::enqueue(&ctx, &tx, work).await.unwrap();
    tx.commit().await.unwrap();
    world.app.run_jobs().await;
}

#[tokio::test]
async fn bad_input_gets_a_clear_word_at_its_field() {
    let world = World::start().await;
    let officer = world.account("registry_officer");
    give(&world.chairman, &[("chu-tri", &officer)]).await.is(422).shows("Hãy ghi việc cần làm");
    give(&world.chairman, &[("viec", "Việc")]).await.is(422).shows("Hãy chọn người chủ trì");
    let past = [("viec", "Việc"), ("chu-tri", officer.as_str()), ("han", "01/03/2026")];
    give(&world.chairman, &past).await.is(422).shows("hôm nay hoặc một ngày sau");
    let stranger = world.cast.other.accounts["registry_officer"].to_string();
    give(&world.chairman, &[("viec", "Việc"), ("chu-tri", &stranger)])
        .await
        .is(422)
        .shows("không giao việc được");
    world.officer.get(NEW).await.is(403);
    world.app.end().await;
}

#[tokio::test]
async fn all_village_heads_are_charged_with_one_tick_and_a_task_is_taken_back() {
    let world = World::start().await;
    let officer = world.account("registry_officer");
    let fields = [("viec", "Họp thôn"), ("chu-tri", officer.as_str()), ("ca-truong-thon", "1")];
    let task = give(&world.chairman, &fields).await.is(303).location();
    let second = world.app.sign_in(&world.cast.home, "village_head_2").await;
    second.get(&task).await.ok();
    world.head.get(&task).await.ok();
    let key = world.chairman.get(&task).await.field_of(&format!("{task}/dat"), "khoa");
    world.chairman.post(&format!("{task}/huy"), &[("khoa", &key), ("loi", "Hoãn")]).await.is(303);
    second.get(&task).await.shows("Đã thu hồi").shows("Hoãn");
    let fresh = platform::ids::new_id(world.app.clock.now()).to_string();
    second.post(&format!("{task}/nhan"), &[("khoa", &fresh)]).await.is(409).shows("đã kết thúc");
    world.app.end().await;
}

#[tokio::test]
async fn the_same_by_program_and_in_both_languages() {
    let world = World::start().await;
    let task = given(&world, "20/03/2026").await;
    in_both_languages(async |lang| {
        let code = lang.code();
        for page in ["/lam-viec/nhiem-vu", NEW, &task] {
            world.chairman.get(&format!("{page}?lang={code}")).await.ok();
        }
        world.officer.get(&format!("{task}?lang={code}")).await.ok();
    })
    .await;
    let key = || platform::ids::new_id(world.app.clock.now()).to_string();
    let program = world.chairman.same().header("Idempotency-Key", &key());
    let new =
        json!({ "title": "Kiểm kê", "main": world.account("registry_officer"), "due_on": "2026-03-20" });
    let first = program.json(Method::POST, "/api/v1/tasks", &new).await.ok().json();
    let again = program.json(Method::POST, "/api/v1/tasks", &new).await.ok().json();
    assert_eq!((&first["id"], first["code"].as_str()), (&again["id"], Some("NV-02/2026")));
    let wrong = json!({ "title": "", "main": world.account("registry_officer") });
    let program = world.chairman.same().header("Idempotency-Key", &key());
    program.json(Method::POST, "/api/v1/tasks", &wrong).await.is(422).shows("\"title\"");
    let url = format!("/api/v1/tasks/{}", first["id"].as_str().unwrap());
    world.officer.json(Method::POST, &format!("{url}/acknowledge"), &json!({})).await.ok();
    let doer = world.officer.same().header("Idempotency-Key", &key());
    let done = json!({ "words": "Xong", "done": true });
    let reported = doer.json(Method::POST, &format!("{url}/report"), &done).await.ok().json();
    assert_eq!(reported["state"], "reported");
    assert_eq!(reported["recipients"][0]["progress"], 100);
    assert_eq!(world.officer.get("/api/v1/tasks").await.ok().json().as_array().unwrap().len(), 1);
    assert_eq!(world.chairman.get("/api/v1/tasks?given=true").await.ok().json().as_array().unwrap().len(), 2);
    world.chairman.get(&url).await.ok();
    world.app.end().await;
}
