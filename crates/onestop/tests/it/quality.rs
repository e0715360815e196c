//! The quality index: counted from the dossiers of the month, open to everybody.

use crate::world::{PDF, World, attach, day, hidden, press};
use http::Method;
use onestop::quality::{Month, month};
use serde_json::{Value, json};
use testkit::Client;

#[tokio::test]
async fn the_index_is_counted_from_the_dossiers_of_the_month() {
    let mut world = World::start().await;
    assert_eq!(month(&world.ctx(), day("2026-03-10")).await.unwrap(), Month::default());
    world.app.visitor().get("/chat-luong-phuc-vu").await.ok().shows("Trong tháng chưa có hồ sơ nào");
    let (_, in_time) = world.send_birth("Lý A Pao").await;
    let (_, late) = world.send_birth("Lý Thị Dợ").await;
    let (_, refused) = world.send_birth("Lý Thị Mai").await;
    press(&world.desk, refused, "tu-choi", &[("ly-do", "Không thuộc xã này.")]).await.is(303);
    for id in [in_time, late] {
        press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    }
    let finish = async |world: &World, id| {
        press(&world.specialist, id, "chuyen-buoc", &[]).await.is(303);
        attach(&world.leader, id, "ket-qua.pdf", PDF).await.is(303);
        press(&world.leader, id, "chuyen-buoc", &[]).await.is(303);
    };
    finish(&world, in_time).await;
    world.later(chrono::Duration::days(2)).await;
    finish(&world, late).await;
    let expected = Month { ended: 2, on_time: 1, satisfied: 1, well: 2, with_result: 2, with_papers: 2 };
    assert_eq!(month(&world.ctx(), day("2026-03-31")).await.unwrap(), expected);
    let page = world.app.visitor().get("/chat-luong-phuc-vu?thang=2026-03").await;
    page.ok().shows("Tiến độ giải quyết").shows("1 / 2").shows("10,00").shows("Phần mềm này chưa có số liệu");
    world
        .app
        .visitor()
        .get("/chat-luong-phuc-vu?thang=2026-02&lang=en")
        .await
        .ok()
        .shows("No dossiers in this month");
    world.app.visitor().get("/chat-luong-phuc-vu?thang=2027-01").await.is(404);
    world.app.end().await;
}

/// The index of March as a program reads it.
async fn index(visitor: &Client) -> Value {
    visitor.get("/api/v1/quality?month=2026-03").await.ok().json()
}

/// Counted, of all, points.
fn line(index: &Value, name: &str) -> (Option<i64>, Option<i64>, Option<f64>) {
    let all = index["indicators"].as_array().unwrap();
    let one = all.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("no line {name}"));
    (one["part"].as_i64(), one["whole"].as_i64(), one["points"].as_f64())
}

const ON_TIME: &str = "Phản ánh, kiến nghị được xử lý đúng hạn";
const CONTENT: &str = "Hài lòng với việc xử lý phản ánh, kiến nghị";
const SYNC: &str = "Hồ sơ đồng bộ lên Cổng Dịch vụ công quốc gia";
const PAID: &str = "Hồ sơ thanh toán trực tuyến";

#[tokio::test]
async fn payments_are_counted_and_what_is_not_measured_says_why() {
    let world = World::start().await;
    let visitor = world.app.visitor();
    let nothing = index(&visitor).await;
    assert_eq!(line(&nothing, ON_TIME), (Some(0), Some(0), Some(6.0)), "no feedback is full");
    assert_eq!(line(&nothing, PAID), (Some(0), Some(0), None));
    assert_eq!(line(&nothing, SYNC), (None, None, None));
    let page = visitor.get("/chat-luong-phuc-vu?thang=2026-03").await;
    page.ok()
        .shows("Không có phản ánh nào")
        .shows("Xã chưa nối với hệ thống của tỉnh")
        .shows("do Chủ tịch tỉnh ký");
    world
        .app
        .visitor()
        .get("/chat-luong-phuc-vu?thang=2026-03&lang=en")
        .await
        .ok()
        .shows("not connected to the province");

    // Cash at the counter is not paid online; a transfer or what the portal took is.
    let (_, cash) = world.send_birth("Lý A Pao").await;
    let (_, online) = world.send_birth("Lý Thị Dợ").await;
    for id in [cash, online] {
        press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    }
    let pay = async |id, to: &str, typed: &[(&str, &str)]| {
        let path = format!("/lam-viec/mot-cua/{id}");
        let action = format!("{path}/{to}");
        let page = world.desk.get(&path).await;
        let (key, revision) = (hidden(&page, &action, "khoa"), hidden(&page, &action, "phien-ban"));
        let mut fields = vec![("khoa", key.as_str()), ("phien-ban", revision.as_str())];
        fields.extend(typed);
        world.desk.post(&action, &fields).await.is(303);
    };
    pay(cash, "thu-phi", &[]).await;
    let took = [("ma-giao-dich", "DVC-1"), ("so-tien", "16000"), ("ngay-nop", "10/03/2026")];
    pay(online, "nop-qua-cong", &took).await;
    assert_eq!(line(&index(&visitor).await, PAID), (Some(1), Some(2), Some(3.0)));

    world.app.end().await;
}

#[tokio::test]
async fn feedback_is_counted_from_the_complaints_of_the_month() {
    let world = World::start().await;
    let visitor = world.app.visitor();
    let (_, id) = world.send_birth("Lý A Pao").await;
    let (_, other) = world.send_birth("Lý Thị Dợ").await;
    for id in [id, other] {
        press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    }
    // A complaint that is answered in time, and found unsatisfying.
    let say = format!("/api/v1/my/dossiers/{id}/complaints");
    let keyed = |client: &Client| client.same().header("idempotency-key", &world.fresh());
    let new = json!({ "kind": "wrong-fee", "text": "Thu hai lần." });
    let made = keyed(&world.me).json(Method::POST, &say, &new).await.ok().json();
    let one = made["id"].as_str().unwrap();
    let answer = json!({ "revision": 1, "text": "Không đúng." });
    let to = format!("/api/v1/complaints/{one}/answer");
    keyed(&world.leader).json(Method::POST, &to, &answer).await.ok();
    let rate = format!("{say}/{one}/rating");
    keyed(&world.me).json(Method::POST, &rate, &json!({ "rating": 1 })).await.ok();
    let counted = index(&visitor).await;
    assert_eq!(line(&counted, ON_TIME), (Some(1), Some(1), Some(6.0)));
    assert_eq!(line(&counted, CONTENT), (Some(0), Some(1), Some(0.0)));
    // Who complained is not counted as satisfied, however fast it went.
    for id in [id, other] {
        press(&world.specialist, id, "dung", &[("ly-do", "Không thuộc xã này.")]).await.is(303);
    }
    let ended = month(&world.ctx(), day("2026-03-10")).await.unwrap();
    assert_eq!((ended.ended, ended.on_time, ended.satisfied), (2, 2, 1));
    // One whose time is over and that nobody answered counts as not in time.
    keyed(&world.me).json(Method::POST, &say, &json!({ "kind": "late", "text": "Lâu quá." })).await.ok();
    world.app.clock.advance(chrono::Duration::days(12));
    assert_eq!(line(&index(&visitor).await, ON_TIME), (Some(1), Some(2), Some(3.0)));
    visitor.get("/api/v1/quality?month=2027-01").await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn versions_and_what_the_province_knows_are_counted() {
    let world = World::start().await;
    let visitor = world.app.visitor();
    let updated = "Cập nhật, công khai thủ tục đúng hạn";
    assert_eq!(line(&index(&visitor).await, updated), (Some(0), Some(0), None));
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    let file = include_str!("../../../../data/procedures/1.001193/2026-01-01.toml");
    for (from, of) in [("10/03/2026", (1, 1, 4.0)), ("09/03/2026", (1, 2, 2.0))] {
        let key = admin.get("/lam-viec/thu-tuc").await.field("khoa");
        let fields = [("khoa", key.as_str()), ("tu-ngay", from)];
        admin.upload("/lam-viec/thu-tuc", &fields, "tep", "khai-sinh.toml", file.as_bytes()).await.is(303);
        assert_eq!(line(&index(&visitor).await, updated), (Some(of.0), Some(of.1), Some(of.2)), "{from}");
    }
    // Without a line to the province nothing is known; with one, what came from outside is known there.
    assert_eq!(line(&index(&visitor).await, SYNC), (None, None, None));
    crate::upward::connect(&world, "127.0.0.1:9");
    let new = crate::api::birth(platform::ids::new_id(world.app.clock.now()));
    let made = world.desk.json(Method::POST, "/api/v1/dossiers", &new).await.ok().json();
    let (_, own) = world.send_birth("Lý Thị Mai").await;
    for id in [made["id"].as_str().unwrap().parse().unwrap(), own] {
        press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    }
    assert_eq!(line(&index(&visitor).await, SYNC), (Some(1), Some(2), Some(3.0)));
    world.app.end().await;
}
