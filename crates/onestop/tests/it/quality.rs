//! The quality index: counted from the dossiers of the month, open to everybody.

use crate::world::{PDF, World, attach, day, hidden, press};
use onestop::quality::{Month, month};

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

#[tokio::test]
async fn feedback_payments_and_versions_are_counted_and_the_rest_says_why_not() {
    let world = World::start().await;
    let visitor = world.app.visitor();
    let index = async || visitor.get("/api/v1/quality?month=2026-03").await.ok().json();
    let line = |index: &serde_json::Value, name: &str| {
        let all = index["indicators"].as_array().unwrap();
        let one = all.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("no line {name}"));
        (one["part"].as_i64(), one["whole"].as_i64(), one["points"].as_f64())
    };
    let on_time = "Phản ánh, kiến nghị được xử lý đúng hạn";
    let content = "Hài lòng với việc xử lý phản ánh, kiến nghị";
    let nothing = index().await;
    assert_eq!(line(&nothing, on_time), (Some(0), Some(0), Some(6.0)), "no feedback is full");
    assert_eq!(line(&nothing, "Hồ sơ thanh toán trực tuyến"), (Some(0), Some(0), None));
    let sync = "Hồ sơ đồng bộ lên Cổng Dịch vụ công quốc gia";
    assert_eq!(line(&nothing, sync), (None, None, None));
    let page = world.app.visitor().get("/chat-luong-phuc-vu?thang=2026-03").await;
    page.ok()
        .shows("Không có phản ánh nào")
        .shows("Xã chưa nối với hệ thống của tỉnh")
        .shows("do Chủ tịch tỉnh ký");
    visitor
        .get("/chat-luong-phuc-vu?thang=2026-03&lang=en")
        .await
        .ok()
        .shows("not connected to the province");

    // Cash at the counter is not paid online; a transfer or what the portal took is.
    let (own, cash) = world.send_birth("Lý A Pao").await;
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
    assert_eq!(line(&index().await, "Hồ sơ thanh toán trực tuyến"), (Some(1), Some(2), Some(3.0)));

    // A complaint that is answered in time, and found unsatisfying.
    let say = format!("/api/v1/my/dossiers/{cash}/complaints");
    let keyed = |client: &testkit::Client| client.same().header("idempotency-key", &world.fresh());
    let new = serde_json::json!({ "kind": "wrong-fee", "text": "Thu hai lần." });
    let made = keyed(&world.me).json(http::Method::POST, &say, &new).await.ok().json();
    let one = made["id"].as_str().unwrap();
    let answer = serde_json::json!({ "revision": 1, "text": "Không đúng." });
    let to = format!("/api/v1/complaints/{one}/answer");
    keyed(&world.leader).json(http::Method::POST, &to, &answer).await.ok();
    let rate = format!("{say}/{one}/rating");
    keyed(&world.me).json(http::Method::POST, &rate, &serde_json::json!({ "rating": 1 })).await.ok();
    let counted = index().await;
    assert_eq!(line(&counted, on_time), (Some(1), Some(1), Some(6.0)));
    assert_eq!(line(&counted, content), (Some(0), Some(1), Some(0.0)));
    // Who complained is not counted as satisfied, however fast it went.
    for id in [cash, online] {
        press(&world.specialist, id, "dung", &[("ly-do", "Không thuộc xã này.")]).await.is(303);
    }
    let ended = month(&world.ctx(), day("2026-03-10")).await.unwrap();
    assert_eq!((ended.ended, ended.on_time, ended.satisfied), (2, 2, 1));
    world.me.get(&own).await.ok();
    // One whose time is over and that nobody answered counts as not in time.
    keyed(&world.me)
        .json(http::Method::POST, &say, &serde_json::json!({ "kind": "late", "text": "Lâu quá." }))
        .await
        .ok();
    world.app.clock.advance(chrono::Duration::days(12));
    assert_eq!(line(&index().await, on_time), (Some(1), Some(2), Some(3.0)));
    visitor.get("/api/v1/quality?month=2027-01").await.is(404);
    world.app.end().await;
}
