//! Queue numbers: drawn at the door, called at the counters, shown on the screen.

use crate::world::{World, day, hidden};
use identity::{NewAccount, NewGrant};
use platform::Lang;
use platform::access::Place;
use testkit::{Answer, Client, in_both_languages};

const CALL: &str = "/lam-viec/goi-so";

async fn draw(client: &Client, group: &str, priority: &str) -> String {
    let key = client.get("/lay-so").await.field("khoa");
    let sent = client.post("/lay-so", &[("khoa", &key), ("nhom", group), ("uu-tien", priority)]).await;
    sent.is(303).location().trim_end_matches("/phieu").to_owned()
}

async fn sit(client: &Client, counter: &str) -> Answer {
    let page = client.get(CALL).await;
    let key = hidden(&page, &format!("{CALL}/quay"), "khoa");
    client.post(&format!("{CALL}/quay"), &[("khoa", &key), ("quay", counter)]).await
}

/// Presses the main button of the officer's page.
async fn next(client: &Client) -> Answer {
    let page = client.get(CALL).await;
    let action = format!("{CALL}/tiep");
    let (key, holding) = (hidden(&page, &action, "khoa"), hidden(&page, &action, "dang-goi"));
    client.post(&action, &[("khoa", &key), ("dang-goi", &holding)]).await
}

/// Presses a button of the number at `path`.
async fn press(client: &Client, path: &str, act: &str, more: &[(&str, &str)]) -> Answer {
    let page = client.get(CALL).await;
    let action = format!("{CALL}/{}/{act}", path.rsplit('/').next().unwrap());
    let (key, revision) = (hidden(&page, &action, "khoa"), hidden(&page, &action, "phien-ban"));
    let mut fields = vec![("khoa", key.as_str()), ("phien-ban", revision.as_str())];
    fields.extend(more);
    client.post(&action, &fields).await
}

#[tokio::test]
async fn a_number_is_drawn_called_and_served() {
    let world = World::start().await;
    let visitor = world.app.visitor();
    visitor.get("/man-hinh-goi-so").await.ok().shows("Chưa gọi số nào");
    let first = draw(&world.desk, "ho-tich", "").await;
    let second = draw(&world.desk, "ho-tich", "").await;
    world
        .desk
        .get(&format!("{second}/phieu"))
        .await
        .ok()
        .shows("A002")
        .shows("Còn 1 người")
        .shows("class=\"qr\"");
    visitor.get(&second).await.ok().shows("Còn 1 người trước ông/bà");
    // Without a counter nobody is called.
    world.desk.get(CALL).await.ok().shows("Hôm nay ngồi quầy nào?");
    sit(&world.desk, "9").await.is(422).shows("quay-error");
    sit(&world.desk, "1").await.is(303);
    next(&world.desk).await.is(303);
    world.desk.get(CALL).await.ok().shows("A001").shows("/lam-viec/quay").shows("data-key=\"n\"");
    visitor.get(&first).await.ok().shows("Mời ông/bà đến Quầy 1");
    visitor.get(&second).await.ok().shows("Ông/bà là người kế tiếp");
    visitor.get("/man-hinh-goi-so").await.ok().shows("A001").shows("Quầy 1").shows("A002");
    // One press ends the first and calls the next.
    world.app.clock.advance(chrono::Duration::minutes(6));
    next(&world.desk).await.is(303);
    visitor.get(&first).await.ok().shows("Đã phục vụ xong");
    press(&world.desk, &second, "xong", &[]).await.is(303);
    next(&world.desk).await.is(303);
    world.desk.get(CALL).await.ok().shows("Không còn ai chờ").shows("figure-value\">3<");
    let csv = world.desk.get(&format!("{CALL}/bang?dinh-dang=csv")).await;
    csv.ok().shows("A001").shows("Hộ tịch").shows("09:06").shows("Đã xong");
    world.desk.get(&format!("{CALL}/bang?dinh-dang=xlsx")).await.ok();
    world.desk.get(&format!("{CALL}/bang")).await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn numbers_have_no_gap_and_no_repeat_when_many_draw_at_once() {
    let mut world = World::start().await;
    let mut keys = Vec::new();
    for _ in 0..12 {
        keys.push(world.desk.get("/lay-so").await.field("khoa"));
    }
    let draws = keys.iter().enumerate().map(|(n, key)| {
        let desk = &world.desk;
        let group = if n % 3 == 2 { "xa-hoi" } else { "ho-tich" };
        async move { desk.post("/lay-so", &[("khoa", key), ("nhom", group)]).await.is(303).location() }
    });
    let papers = futures(draws).await;
    let mut labels = Vec::new();
    for paper in papers {
        let text = world.desk.get(&paper).await.text();
        labels.push(text.split("ticket-number\">").nth(1).unwrap()[..4].to_owned());
    }
    labels.sort();
    let expected =
        ["A001", "A002", "A003", "A004", "A005", "A006", "A007", "A008", "B001", "B002", "B003", "B004"];
    assert_eq!(labels, expected);
    // What is refused takes no number, and the next day begins anew.
    let key = world.desk.get("/lay-so").await.field("khoa");
    let refused = world.desk.post("/lay-so", &[("khoa", &key), ("nhom", "khong-co")]).await;
    refused.is(422).shows("href=\"#nhom\"");
    let paper = draw(&world.desk, "ho-tich", "").await;
    world.desk.get(&format!("{paper}/phieu")).await.ok().shows("A009");
    world.later(chrono::Duration::days(1)).await;
    let paper = draw(&world.desk, "ho-tich", "").await;
    world.desk.get(&format!("{paper}/phieu")).await.ok().shows("A001");
    world.app.end().await;
}

/// A second officer of the desk.
async fn colleague(world: &World) -> Client {
    let ctx = world.ctx();
    let tx = ctx.begin().await.unwrap();
    let new =
        NewAccount { login: "vang.pao".into(), display_name: "Vàng Pao".into(), ..NewAccount::default() };
    let account = identity::account_insert(&ctx, &tx, new, None).await.unwrap();
    let grant = NewGrant {
        account_id: account.id,
        role: "onestop_officer".into(),
        place: Place::new("commune", ctx.commune),
        valid_from: day("2020-01-01"),
        valid_to: None,
    };
    identity::grant_insert(&ctx, &tx, grant).await.unwrap();
    tx.commit().await.unwrap();
    let cookie = identity::open_session(&world.app.app, ctx.commune, account.id, true).await.unwrap();
    world.app.with_cookie(&format!("{}={cookie}", identity::COOKIE))
}

/// All at once.
async fn futures<F: Future>(all: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut waiting: Vec<_> = all.map(Box::pin).collect();
    let mut done: Vec<Option<F::Output>> = waiting.iter().map(|_| None).collect();
    std::future::poll_fn(move |cx| {
        for (one, out) in waiting.iter_mut().zip(&mut done) {
            if out.is_none()
                && let std::task::Poll::Ready(value) = one.as_mut().poll(cx)
            {
                *out = Some(value);
            }
        }
        if done.iter().all(Option::is_some) {
            std::task::Poll::Ready(done.iter_mut().filter_map(Option::take).collect())
        } else {
            std::task::Poll::Pending
        }
    })
    .await
}

#[tokio::test]
async fn two_counters_call_different_numbers_and_a_double_click_calls_once() {
    let world = World::start().await;
    let other = colleague(&world).await;
    for _ in 0..3 {
        draw(&world.desk, "ho-tich", "").await;
    }
    sit(&world.desk, "1").await.is(303);
    let page = world.desk.get(CALL).await;
    let action = format!("{CALL}/tiep");
    let (key, holding) = (hidden(&page, &action, "khoa"), hidden(&page, &action, "dang-goi"));
    let fields = [("khoa", key.as_str()), ("dang-goi", holding.as_str())];
    world.desk.post(&action, &fields).await.is(303);
    world.desk.post(&action, &fields).await.is(303);
    // A page that was open in another window knows nothing of it: nobody is skipped.
    let stale = platform::ids::new_id(world.app.clock.now()).to_string();
    let late = world.desk.post(&action, &[("khoa", &stale), ("dang-goi", "")]).await;
    late.is(409).shows("Hàng chờ vừa thay đổi");
    world.app.visitor().get("/man-hinh-goi-so").await.ok().shows("A001").shows("<li>A002</li>");
    // The other counter calls the same group at the same moment.
    sit(&other, "3").await.is(303);
    let (one, two) = tokio::join!(next(&world.desk), next(&other));
    one.is(303);
    two.is(303);
    let screen = world.app.visitor().get("/man-hinh-goi-so").await;
    screen.ok().shows("A002").shows("A003").shows("Quầy 1").shows("Quầy 3").hides("<li>");
    // Whoever takes a counter over goes on with its number.
    sit(&other, "1").await.is(303);
    world.desk.get(CALL).await.ok().shows("Hôm nay ngồi quầy nào?");
    let key = platform::ids::new_id(world.app.clock.now()).to_string();
    world.desk.post(&action, &[("khoa", &key)]).await.is(409).shows("Cần chọn quầy");
    world.app.end().await;
}

#[tokio::test]
async fn priority_comes_first_and_who_does_not_come_is_put_back_once() {
    let world = World::start().await;
    let usual = draw(&world.desk, "ho-tich", "").await;
    let old = draw(&world.desk, "ho-tich", "nguoi-gia").await;
    draw(&world.desk, "xa-hoi", "").await;
    sit(&world.desk, "1").await.is(303);
    next(&world.desk).await.is(303);
    world
        .desk
        .get(CALL)
        .await
        .ok()
        .shows("A002")
        .shows("Ưu tiên")
        .hides(&format!("{CALL}/{}/vang", &old[8..]));
    // Counter 1 does not call the second group.
    for _ in 0..2 {
        press(&world.desk, &old, "goi-lai", &[]).await.is(303);
    }
    press(&world.desk, &old, "vang", &[]).await.is(303);
    world.app.visitor().get(&old).await.ok().shows("chưa có mặt");
    next(&world.desk).await.is(303);
    world.app.visitor().get(&usual).await.ok().shows("Quầy 1");
    press(&world.desk, &old, "vao-lai", &[]).await.is(303);
    next(&world.desk).await.is(303);
    for _ in 0..2 {
        press(&world.desk, &old, "goi-lai", &[]).await.is(303);
    }
    press(&world.desk, &old, "vang", &[]).await.is(303);
    world.desk.get(CALL).await.ok().hides("/vao-lai");
    // Somebody in the wrong line keeps the number.
    let lost = draw(&world.desk, "ho-tich", "").await;
    next(&world.desk).await.is(303);
    press(&world.desk, &lost, "chuyen", &[("nhom", "ho-tich")]).await.is(422).shows("href=\"#nhom\"");
    press(&world.desk, &lost, "chuyen", &[("nhom", "dat-dai")]).await.is(303);
    world.app.visitor().get(&lost).await.ok().shows("Số A003").shows("Đất đai");
    world.app.end().await;
}

#[tokio::test]
async fn the_wrong_role_is_refused_and_the_screen_names_nobody() {
    let world = World::start().await;
    draw(&world.desk, "ho-tich", "mang-thai").await;
    sit(&world.desk, "1").await.is(303);
    next(&world.desk).await.is(303);
    let visitor = world.app.visitor();
    for path in ["/lay-so", CALL] {
        assert!(visitor.get(path).await.is(303).location().starts_with("/dang-nhap"));
        world.me.get(path).await.is(403);
        world.specialist.get(path).await.is(403);
    }
    world.leader.post("/lay-so", &[("nhom", "ho-tich")]).await.is(403);
    // Which reason somebody has, and who calls, is nobody's business.
    let screen = visitor.get("/man-hinh-goi-so").await;
    screen.ok().shows("A001").hides("mang thai").hides("Ưu tiên").hides("onestop_officer").hides("/lam-viec");
    let piece = world.app.visitor().header("hx-request", "true").get("/man-hinh-goi-so").await;
    piece.ok().shows("A001").hides("<html");
    world.app.end().await;
}

#[tokio::test]
async fn the_pages_of_the_line_speak_both_languages() {
    let world = World::start().await;
    let paper = draw(&world.desk, "ho-tich", "").await;
    in_both_languages(async |lang| {
        let say = if lang == Lang::En { "lang=en" } else { "lang=vi" };
        let word = |vi, en| if lang == Lang::En { en } else { vi };
        let kiosk = world.desk.get(&format!("/lay-so?{say}")).await;
        kiosk.ok().shows(word("Không cần khai tên", "No name is asked")).shows(word("Đất đai", "Land"));
        world.desk.get(&format!("{paper}/phieu?{say}")).await.ok().shows(word("Số thứ tự", "Your number"));
        world.desk.get(&format!("{CALL}?{say}")).await.ok().shows(word("Đang chờ", "Waiting"));
        let visitor = world.app.visitor();
        visitor.get(&format!("{paper}?{say}")).await.ok().shows(word("người kế tiếp", "You are next"));
        visitor.get(&format!("/man-hinh-goi-so?{say}")).await.ok().shows(word("Kế tiếp", "Next"));
    })
    .await;
    world.app.visitor().get(&format!("/lay-so/{}", platform::Uuid::nil())).await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn a_device_at_the_door_draws_numbers_and_reaches_nothing_else() {
    let world = World::start().await;
    let device = world.app.sign_in(&world.cast.home, "door_device").await;
    let number = draw(&device, "ho-tich", "").await;
    device.get(&format!("{number}/phieu")).await.ok().shows("A001");
    world.desk.get(CALL).await.ok();
    for closed in [
        CALL,
        "/lam-viec/mot-cua",
        "/lam-viec/quay",
        "/lam-viec/ho",
        "/lam-viec/thu-phi",
        "/lam-viec/chu-ky-so",
    ] {
        device.get(closed).await.is(403);
    }
    world.app.end().await;
}
