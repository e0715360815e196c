//! The week's plan.

use crate::world::{API, WORK, World};
use http::Method;
use serde_json::json;

#[tokio::test]
async fn a_programme_is_planned_skipped_on_a_day_and_taken_out() {
    let world = World::start().await;
    let id = world.approved("Bản tin sáng", 440.0, 2.0).await;
    let village = world.village(0);
    let typed = [
        ("chuong-trinh", id.as_str()),
        ("gio", "05:00"),
        ("tu-ngay", "10/03/2026"),
        ("thu", "2"),
        ("thu", "4"),
        ("thon", village.as_str()),
    ];
    world.send(&world.officer, &format!("{WORK}/lich/moi"), &typed).await.is(303);
    let week = world.officer.get(&format!("{WORK}/lich")).await;
    week.ok().shows("Bản tin sáng").shows("05:00");
    let leads = |part: &&str| part.get(36..).is_some_and(|rest| rest.starts_with("?ngay="));
    let slot = week.text().split(&format!("{WORK}/lich/")).find(leads).unwrap()[..36].to_owned();
    let line = format!("{WORK}/lich/{slot}");
    // Thursday without it, and with it again.
    let skip = format!("{line}/nghi");
    world
        .send(&world.officer, &skip, &[("ngay", "2026-03-12"), ("ly-do", "")])
        .await
        .is(422)
        .shows("Hãy ghi lý do");
    world.send(&world.officer, &skip, &[("ngay", "2026-03-11"), ("ly-do", "x")]).await.is(422);
    world.send(&world.officer, &skip, &[("ngay", "2026-03-12"), ("ly-do", "Mất điện")]).await.is(303);
    world.officer.get(&format!("{WORK}/lich")).await.ok().shows("Mất điện");
    let aired = async |day: &str| -> usize {
        let plan = world.visitor().get(&format!("{API}/plan?day={day}")).await.ok().json();
        plan.as_array().unwrap().len()
    };
    assert_eq!((aired("2026-03-10").await, aired("2026-03-11").await, aired("2026-03-12").await), (1, 0, 0));
    world.send(&world.officer, &skip, &[("ngay", "2026-03-12"), ("lam", "co")]).await.is(303);
    assert_eq!(aired("2026-03-12").await, 1);
    // The calendar says the weekdays as they are in UTC: five in the morning is ten in the evening before.
    let calendar = world.visitor().get("/truyen-thanh/lich.ics").await;
    calendar.ok().shows("RRULE:FREQ=WEEKLY;BYDAY=MO,WE").shows("DTSTART:20260309T220000Z");
    // What began yesterday stays in yesterday's week.
    world.app.clock.advance(chrono::Duration::days(1));
    let officer = world.app.sign_in(&world.cast.home, "radio_officer").await;
    let form = officer.get(&line).await;
    let revision = form.ok().field_of(&format!("{line}/bo"), "phien-ban");
    world.send(&officer, &format!("{line}/bo"), &[("phien-ban", &revision)]).await.is(303);
    assert_eq!((aired("2026-03-10").await, aired("2026-03-12").await), (1, 0));
    world.app.end().await;
}

#[tokio::test]
async fn what_meets_another_falls_into_quiet_hours_or_has_no_length_is_refused() {
    let world = World::start().await;
    let (one, two) = (world.approved("Một", 440.0, 2.0).await, world.approved("Hai", 880.0, 2.0).await);
    let relay = json!({ "title": "Tiếp âm tỉnh", "kind": "relay", "origin": "province", "language": "vi", "form": "relay",
        "address": "https://tinh.example/a.mp3" });
    let relay = world
        .keyed(&world.officer)
        .json(Method::POST, &format!("{API}/programmes"), &relay)
        .await
        .ok()
        .json();
    let relay = relay["id"].as_str().unwrap().to_owned();
    let here = [world.village(0)];
    world.planned(&one, "17:00", &[]).await.ok();
    world.planned(&two, "17:00:01", &here).await.is(422).shows("Một").shows("17:00").shows("10/03/2026");
    world.planned(&two, "17:00:02", &here).await.ok();
    world.planned(&two, "23:00", &[]).await.is(422).shows("21:00–04:30");
    world.planned(&relay, "17:00", &[]).await.is(422).shows("minutes");
    let line = json!({ "programme_id": relay, "from_on": "2026-03-10", "at": "17:00", "minutes": 30 });
    world.keyed(&world.officer).json(Method::POST, &format!("{API}/plan"), &line).await.ok();
    let past = json!({ "programme_id": one, "from_on": "2026-03-09", "at": "08:00" });
    world
        .keyed(&world.officer)
        .json(Method::POST, &format!("{API}/plan"), &past)
        .await
        .is(422)
        .shows("from_on");
    world.leader.json(Method::POST, &format!("{API}/programmes"), &json!({})).await.is(403);
    // Not approved: planned, and not aired.
    world.officer.get(&format!("{WORK}/lich")).await.ok().shows("Đang viết");
    let plan = world.visitor().get(&format!("{API}/plan?day=2026-03-10")).await.ok().json();
    assert_eq!(plan.as_array().unwrap().len(), 2);
    world.app.end().await;
}

#[tokio::test]
async fn everybody_reads_what_comes_in_their_village() {
    let world = World::start().await;
    let (all, mine) =
        (world.approved("Cho cả xã", 440.0, 2.0).await, world.approved("Riêng một thôn", 880.0, 2.0).await);
    world.planned(&all, "17:00", &[]).await.ok();
    world.planned(&mine, "18:00", &[world.village(1)]).await.ok();
    world
        .visitor()
        .get("/truyen-thanh")
        .await
        .ok()
        .shows("Cho cả xã")
        .shows("Riêng một thôn")
        .shows("xa.mp3");
    let ctx = world.app.ctx(&world.cast.home);
    let villages = units::village_list(&ctx, ctx.today()).await.unwrap();
    let first = villages.iter().find(|unit| unit.id == world.cast.home.villages[0]).unwrap();
    let page = world.visitor().get(&format!("/truyen-thanh?thon={}", first.slug)).await;
    page.ok().shows("Cho cả xã").hides("Riêng một thôn").shows(&format!("{}.mp3", first.slug));
    world.visitor().get(&format!("/thon/{}", first.slug)).await.ok().shows("Loa của thôn").shows("Cho cả xã");
    world.app.end().await;
}
