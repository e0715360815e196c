//! Appointments: an hour at the desk, from the telephone to the called number.

use crate::world::{World, hidden};
use chrono::{DateTime, Duration};
use platform::Lang;
use testkit::{Answer, Client, in_both_languages};

const COPIES: &str = "2.000815";
const BOOK: &str = "/thu-tuc/2.000815/hen";
const DESK: &str = "/lam-viec/lich-hen";

/// The value of an hour: "2026-03-11T08:00".
fn at(local: &str) -> String {
    let moment = DateTime::parse_from_rfc3339(&format!("{local}:00+07:00")).unwrap();
    moment.timestamp().to_string()
}

async fn book(client: &Client, path: &str, hour: &str, more: &[(&str, &str)]) -> Answer {
    let page = client.get(path).await;
    let hour = at(hour);
    let (key, person, day) = (page.field("khoa"), page.field("cho"), page.field("ngay"));
    let mut fields = vec![
        ("khoa", key.as_str()),
        ("cho", person.as_str()),
        ("ngay", day.as_str()),
        ("gio", hour.as_str()),
    ];
    fields.extend(more);
    client.post(path.split('?').next().unwrap(), &fields).await
}

async fn press(client: &Client, list: &str, path: &str, act: &str) -> Answer {
    let page = client.get(list).await;
    let action = format!("{DESK}/{}/{act}", path.rsplit('/').next().unwrap());
    let (key, revision) = (hidden(&page, &action, "khoa"), hidden(&page, &action, "phien-ban"));
    client.post(&action, &[("khoa", &key), ("phien-ban", &revision)]).await
}

async fn cancel(client: &Client, path: &str) -> Answer {
    let page = client.get(path).await;
    let action = format!("{path}/huy");
    let (key, revision) = (hidden(&page, &action, "khoa"), hidden(&page, &action, "phien-ban"));
    client.post(&action, &[("khoa", &key), ("phien-ban", &revision)]).await
}

#[tokio::test]
async fn an_hour_is_booked_and_its_number_is_called_at_that_hour() {
    let mut world = World::start().await;
    world.me.get(&format!("/thu-tuc/{COPIES}")).await.ok().shows(BOOK).shows("Hẹn giờ đến quầy");
    let form = world.me.get(BOOK).await;
    form.ok().shows("Thứ Ba 10/03").shows("Thứ Tư 11/03").hides("Chủ nhật").shows("Bản chính");
    let sent = book(&world.me, BOOK, "2026-03-10T10:30", &[("so-giay", "5")]).await;
    let path = sent.is(303).location();
    let shown = world.me.get(&path).await;
    shown.ok().shows("H260310-001").shows("10/03/2026 10:30").shows("5 giấy tờ").shows("class=\"qr\"");
    world.me.get("/lich-hen").await.ok().shows("H260310-001");
    world.me.get("/lam-viec/hop-thu").await.ok().shows("Đã đặt hẹn H260310-001");
    // The desk sees who comes; the look is recorded for the person.
    world.desk.get("/lam-viec").await.ok().shows("1 người hẹn đến quầy hôm nay");
    let list = world.desk.get(DESK).await;
    list.ok().shows("Giàng Thị Mỷ").shows("0912 345 678").shows("10:30");
    world.desk.get(&format!("{DESK}?ma=H260310-001")).await.ok().shows("Giàng Thị Mỷ");
    world.desk.get(&format!("{DESK}?ma=H260310-009")).await.ok().hides("Giàng Thị Mỷ");
    let views = audit::views_of(&world.ctx(), world.mother, None, 10).await.unwrap();
    assert!(views.iter().any(|view| view.fields == "full_name,phone"));
    world.desk.get(&format!("{DESK}?ngay=2026-03-11")).await.ok().hides("Giàng Thị Mỷ");
    // Who comes too early waits; at the hour the number is first.
    world.later(Duration::minutes(70)).await;
    let ticket = press(&world.desk, DESK, &path, "lay-so").await.is(303).location();
    world.desk.get(&ticket).await.ok().shows("A001").shows("Hẹn 10:30");
    let page = world.desk.get("/lay-so").await.field("khoa");
    world.desk.post("/lay-so", &[("khoa", &page), ("nhom", "ho-tich")]).await.is(303);
    let follow = ticket.trim_end_matches("/phieu").to_owned();
    world.app.visitor().get(&follow).await.ok().shows("Còn 1 người").hides("Giàng");
    world.later(Duration::minutes(21)).await;
    world.app.visitor().get(&follow).await.ok().shows("người kế tiếp");
    world.me.get(&path).await.ok().shows("Đã đến").hides("/huy");
    world.app.end().await;
}

#[tokio::test]
async fn two_people_cannot_take_the_last_place_and_cancelling_frees_it() {
    let world = World::start().await;
    let head = world.app.sign_in(&world.cast.home, "village_head").await;
    let people = registry::person::members(&world.ctx(), world.household).await.unwrap();
    let father = people.iter().find(|one| one.id != world.mother).unwrap().id;
    let hour = "2026-03-11T08:00";
    let agreed = [("dong-y", "1")];
    let helped = book(&head, &format!("{BOOK}?cho={father}"), hour, &agreed).await;
    let first = helped.is(303).location();
    // One place is left; two press at once.
    let other = format!("/thu-tuc/khac/hen?cho={father}");
    let (one, two) = tokio::join!(book(&world.me, BOOK, hour, &[]), book(&head, &other, hour, &agreed));
    let mut answers = [&one, &two];
    answers.sort_by_key(|answer| answer.status);
    answers[0].is(303);
    answers[1].is(422).shows("Giờ này vừa hết chỗ").shows("gio-error");
    world.me.get(&format!("{BOOK}?ngay=2026-03-11")).await.ok().shows("Hết chỗ");
    // The helper may cancel, a stranger sees nothing; then there is a place again.
    world.me.get(&first).await.is(404);
    head.get(&first).await.ok().shows("H260311-001");
    cancel(&head, &first).await.is(303);
    head.get(&first).await.ok().shows("Đã hủy").hides("/huy");
    book(&head, &format!("/thu-tuc/2.000635/hen?cho={father}"), hour, &agreed).await.is(303);
    world.app.end().await;
}

#[tokio::test]
async fn nobody_holds_more_than_two_and_a_double_click_books_once() {
    let mut world = World::start().await;
    let page = world.me.get(BOOK).await;
    let (key, hour) = (page.field("khoa"), at("2026-03-11T08:00"));
    let fields = [("khoa", key.as_str()), ("gio", hour.as_str())];
    let first = world.me.post(BOOK, &fields).await.is(303).location();
    assert_eq!(world.me.post(BOOK, &fields).await.is(303).location(), first);
    book(&world.me, BOOK, "2026-03-11T08:00", &[]).await.is(422).shows("đã có lịch hẹn vào giờ này");
    book(&world.me, BOOK, "2026-03-11T08:30", &[]).await.is(303);
    let third = book(&world.me, BOOK, "2026-03-11T09:00", &[]).await;
    third.is(422).shows("Mỗi người được giữ 2 lịch hẹn").shows("href=\"#gio\"");
    book(&world.me, "/thu-tuc/khac/hen", "2026-03-11T09:00", &[]).await.is(303);
    // What is over, or was cancelled, counts no more.
    cancel(&world.me, &first).await.is(303);
    book(&world.me, BOOK, "2026-03-11T09:30", &[]).await.is(303);
    world.later(Duration::days(2)).await;
    book(&world.me, BOOK, "2026-03-13T09:00", &[]).await.is(303);
    world.me.get("/lich-hen").await.ok().shows("Đã qua").shows("Đã hủy").shows("Đã hẹn");
    world.app.end().await;
}

#[tokio::test]
async fn a_holiday_has_no_hours_and_bad_input_is_told_at_its_field() {
    let mut world = World::start().await;
    // The weekend, a passed hour, an hour between the hours.
    for hour in
        ["2026-03-14T08:00", "2026-03-10T08:00", "2026-03-11T08:10", "2026-03-11T12:00", "2027-03-11T08:00"]
    {
        book(&world.me, BOOK, hour, &[]).await.is(422).shows("không đặt hẹn được nữa").shows("gio-error");
    }
    book(&world.me, BOOK, "2026-03-11T08:00", &[("so-giay", "51")]).await.is(422).shows("từ 0 đến 50");
    book(&world.me, BOOK, "2026-03-11T08:00", &[("so-giay", "mấy")]).await.is(422).shows("so-giay-error");
    let key = world.me.get(BOOK).await.field("khoa");
    world.me.post(BOOK, &[("khoa", &key)]).await.is(422).shows("Mời ông/bà chọn giờ đến");
    world.me.get("/thu-tuc/9.999999/hen").await.is(404);
    world.me.get("/lich-hen").await.ok().shows("Chưa có lịch hẹn");
    // From 24 April on: 30 April and 1 May are days off.
    world.later(Duration::days(45)).await;
    world.me.get(BOOK).await.ok().shows("29/04").hides("30/04").hides("01/05").shows("04/05");
    book(&world.me, BOOK, "2026-04-30T08:00", &[]).await.is(422).shows("gio-error");
    world.app.end().await;
}

#[tokio::test]
async fn the_wrong_role_is_refused_and_help_needs_consent() {
    let world = World::start().await;
    assert!(world.app.visitor().get(BOOK).await.is(303).location().starts_with("/dang-nhap"));
    world.desk.get(BOOK).await.is(403);
    world.me.get(DESK).await.is(403);
    world.specialist.get(DESK).await.is(403);
    let head = world.app.sign_in(&world.cast.home, "village_head").await;
    let path = format!("{BOOK}?cho={}", world.mother);
    head.get(&path).await.ok().shows("Hẹn giúp Giàng Thị Mỷ");
    book(&head, &path, "2026-03-11T08:00", &[]).await.is(422).shows("dong-y-error");
    let sent = book(&head, &path, "2026-03-11T08:00", &[("dong-y", "1")]).await;
    let visit = sent.is(303).location();
    // The person learns of it and may cancel it.
    world.me.get("/lam-viec/hop-thu").await.ok().shows("Đã đặt hẹn");
    world.me.get(&visit).await.ok().shows("/huy");
    let other = world.app.sign_in(&world.cast.home, "village_head_2").await;
    other.get(&path).await.is(404);
    other.get(&visit).await.is(404);
    // Not today: nobody has come, nobody has missed it.
    let list = format!("{DESK}?ngay=2026-03-11");
    let id = visit.rsplit('/').next().unwrap();
    world
        .desk
        .get(&list)
        .await
        .ok()
        .shows("Giàng Thị Mỷ")
        .hides(&format!("{id}/lay-so"))
        .hides(&format!("{id}/vang"));
    let key = platform::ids::new_id(world.app.clock.now()).to_string();
    let early = world.desk.post(&format!("{DESK}/{id}/vang"), &[("khoa", &key), ("phien-ban", "1")]).await;
    early.is(409).shows("Chưa đến lúc");
    world.app.end().await;
}

#[tokio::test]
async fn who_does_not_come_is_noted_and_the_pages_speak_both_languages() {
    let mut world = World::start().await;
    let visit = book(&world.me, BOOK, "2026-03-10T10:30", &[]).await.is(303).location();
    in_both_languages(async |lang| {
        let say = if lang == Lang::En { "lang=en" } else { "lang=vi" };
        let word = |vi, en| if lang == Lang::En { en } else { vi };
        let name = word("Chứng thực bản sao", "Certification of copies");
        world.me.get(&format!("{BOOK}?{say}")).await.ok().shows(name).shows(word("Thứ Tư", "Wednesday"));
        world.me.get(&format!("{visit}?{say}")).await.ok().shows(name).shows(word("Hủy hẹn", "Cancel"));
        world.me.get(&format!("/lich-hen?{say}")).await.ok().shows(name).shows(word("Đã hẹn", "Booked"));
        world
            .desk
            .get(&format!("{DESK}?{say}"))
            .await
            .ok()
            .shows(name)
            .shows(word("Lịch hẹn", "Appointments"));
    })
    .await;
    world.later(Duration::hours(3)).await;
    cancel_too_late(&world, &visit).await;
    press(&world.desk, DESK, &visit, "vang").await.is(303);
    world.desk.get(&format!("{DESK}?lang=vi")).await.ok().shows("Không đến");
    world.app.end().await;
}

async fn cancel_too_late(world: &World, visit: &str) {
    world.me.get(visit).await.ok().hides("/huy");
    let key = platform::ids::new_id(world.app.clock.now()).to_string();
    let late = world.me.post(&format!("{visit}/huy"), &[("khoa", &key), ("phien-ban", "1")]).await;
    late.is(409).shows("Đã đến giờ hẹn");
}
