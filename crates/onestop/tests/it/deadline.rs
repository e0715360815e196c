//! Promised days: working days, the 15:00 rule, stops, one apology before the day.

use crate::world::{World, press};
use chrono::{DateTime, Utc};
use onestop::dossier::{DeskRules, Light};
use onestop::procedure::catalogue;

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(&format!("{text}:00+07:00")).unwrap().to_utc()
}

#[tokio::test]
async fn days_are_promised_by_the_calendar_of_the_office() {
    let world = World::start().await;
    let ctx = world.ctx();
    let desk = DeskRules::load(&ctx).unwrap();
    let catalogue = catalogue(&ctx).await.unwrap();
    let due =
        |code: &str, received: &str| desk.due(&catalogue.get(code).unwrap().procedure, at(received)).unwrap();
    // Same day until 15:00, then the next working day; Friday after three is due on Monday.
    assert_eq!(due("1.001193", "2026-03-10T14:59"), at("2026-03-10T17:00"));
    assert_eq!(due("1.001193", "2026-03-10T15:01"), at("2026-03-11T17:00"));
    assert_eq!(due("1.001193", "2026-03-13T15:30"), at("2026-03-16T17:00"));
    // Three working days over Tet 2026 (16 to 20 February are off).
    assert_eq!(due("1.004873", "2026-02-12T09:00"), at("2026-02-24T17:00"));
    // The clock stood for a day and an hour: the promised moment moves by as much working time.
    let moved = desk.moved(at("2026-03-12T17:00"), at("2026-03-11T09:00"), at("2026-03-12T10:00"));
    assert_eq!(moved, at("2026-03-16T08:30"));
    let light = |due: &str, now: &str| desk.light(Some(at(due)), at(now));
    assert_eq!(light("2026-03-10T17:00", "2026-03-09T09:00"), Light::Green);
    assert_eq!(light("2026-03-10T17:00", "2026-03-10T14:00"), Light::Amber);
    assert_eq!(light("2026-03-10T17:00", "2026-03-10T17:01"), Light::Red);
    assert_eq!(desk.light(None, at("2026-03-10T17:01")), Light::Standing);
    world.app.end().await;
}

#[tokio::test]
async fn an_apology_comes_once_and_before_the_day() {
    let mut world = World::start().await;
    let (own, id) = world.send_birth("Lý A Pao").await;
    press(&world.desk, id, "tiep-nhan", &[]).await.is(303);
    let early =
        press(&world.specialist, id, "xin-loi", &[("hen-moi", "09/03/2026"), ("ly-do", "Mất điện")]).await;
    early.is(422).shows("phải sau ngày hẹn cũ");
    let off =
        press(&world.specialist, id, "xin-loi", &[("hen-moi", "14/03/2026"), ("ly-do", "Mất điện")]).await;
    off.is(422).shows("Ngày này cơ quan nghỉ");
    press(&world.specialist, id, "xin-loi", &[("hen-moi", "12/03/2026"), ("ly-do", "Mất điện")])
        .await
        .is(303);
    world.me.get("/lam-viec/hop-thu").await.shows("12/03/2026");
    world.me.get(&own).await.ok().shows("12/03/2026 17:00");
    let letter = world.desk.get(&format!("/lam-viec/mot-cua/{id}/phieu/04")).await;
    letter.ok().shows("10/03/2026 17:00").shows("12/03/2026 17:00").shows("Mất điện").shows("xin lỗi");
    // No second one.
    world.specialist.get(&format!("/lam-viec/mot-cua/{id}")).await.ok().hides("/viec/xin-loi");
    world.later(chrono::Duration::days(3)).await;
    world.desk.get("/lam-viec/mot-cua?viec=dang-lam").await.ok().shows("Quá hạn");
    world.app.end().await;
}
