//! The weekly schedule of the leaders.

use crate::world::World;
use testkit::{Answer, Client, in_both_languages};

const KEEP: &str = "/lam-viec/lich-cong-tac";
const WEEK: &str = "/lich-lam-viec?tuan=2026-03-12";

async fn add(who: &Client, day: &str, from: &str, what: &str) -> Answer {
    let key = who.get(KEEP).await.field_of(KEEP, "khoa");
    let fields = [
        ("khoa", key.as_str()),
        ("ngay", day),
        ("gio", from),
        ("noi-dung", what),
        ("dia-diem", "Hội trường xã"),
    ];
    who.post(KEEP, &fields).await
}

async fn publish(who: &Client) {
    let action = format!("{KEEP}/cong-bo");
    let page = who.get(&format!("{KEEP}?tuan=2026-03-12")).await;
    let (key, week) = (page.field_of(&action, "khoa"), page.field_of(&action, "tuan"));
    who.post(&action, &[("khoa", &key), ("tuan", &week)]).await.is(303);
}

fn entry(page: &Answer) -> String {
    let text = page.text();
    format!("{KEEP}/{}", &text.split(&format!("href=\"{KEEP}/")).nth(1).expect("an entry")[..36])
}

#[tokio::test]
async fn a_week_is_kept_published_changed_and_followed_by_calendars() {
    let world = World::start().await;
    let anybody = world.app.visitor();
    add(&world.clerk, "12/03/2026", "7h30", "Tiếp công dân; họp giao ban").await.is(303).leads_to(KEEP);
    anybody.get(WEEK).await.ok().shows("chưa công bố").hides("Tiếp công dân");
    anybody.get("/lich-lam-viec.ics").await.ok().hides("SUMMARY");
    publish(&world.clerk).await;
    anybody
        .get(WEEK)
        .await
        .shows("Thứ Năm, 12/03/2026")
        .shows("07:30")
        .shows("Tiếp công dân")
        .hides("Có thay đổi");
    let feed = anybody.get("/lich-lam-viec.ics").await;
    feed.ok()
        .shows("BEGIN:VCALENDAR")
        .shows("DTSTART:20260312T003000Z")
        .shows("Tiếp công dân\\; họp giao ban");
    assert!(feed.header("content-type").starts_with("text/calendar"));

    world.app.clock.advance(chrono::Duration::minutes(5));
    let path = entry(&world.clerk.get(&format!("{KEEP}?tuan=2026-03-12")).await);
    let form = world.clerk.get(&path).await;
    let (key, revision) = (form.field_of(&path, "khoa"), form.field_of(&path, "phien-ban"));
    let fields = [
        ("khoa", key.as_str()),
        ("phien-ban", &revision),
        ("ngay", "12/03/2026"),
        ("gio", "9:00"),
        ("noi-dung", "Tiếp công dân"),
    ];
    world.clerk.post(&path, &fields).await.is(303);
    anybody.get(WEEK).await.shows("09:00").shows("Có thay đổi");
    let fresh = platform::ids::new_id(world.app.clock.now()).to_string();
    let stale = [
        ("khoa", fresh.as_str()),
        ("phien-ban", &revision),
        ("ngay", "12/03/2026"),
        ("gio", "10:00"),
        ("noi-dung", "Khác"),
    ];
    world.clerk.post(&path, &stale).await.is(409).shows("vừa được người khác cập nhật");

    let action = format!("{path}/huy");
    let key = world.clerk.get(&format!("{KEEP}?tuan=2026-03-12")).await.field_of(&action, "khoa");
    world.clerk.post(&action, &[("khoa", &key), ("lam", "huy")]).await.is(303);
    anybody.get(WEEK).await.shows("Đã hoãn");
    anybody.get("/lich-lam-viec.ics").await.shows("STATUS:CANCELLED");
    world.app.end().await;
}

#[tokio::test]
async fn bad_input_and_who_may_not() {
    let world = World::start().await;
    add(&world.clerk, "12/03/2026", "sáng", "Họp").await.is(422).shows("Giờ chưa đúng").shows("Họp");
    add(&world.clerk, "", "8:00", "Họp").await.is(422);
    add(&world.clerk, "12/03/2026", "8:00", "").await.is(422).shows("Hãy ghi nội dung");
    world.officer.get(KEEP).await.is(403);
    in_both_languages(async |lang| {
        let code = lang.code();
        world.clerk.get(&format!("{KEEP}?lang={code}")).await.ok();
        world.app.visitor().get(&format!("/lich-lam-viec?lang={code}")).await.ok();
    })
    .await;
    world.app.end().await;
}
