//! Emergency notices, and how people choose to be told.

use crate::many::{TOKEN, WELL, World};
use chrono::Duration;
use http::Method;
use serde_json::json;
use testkit::{Answer, Client, in_both_languages};

const PATH: &str = "/lam-viec/thong-bao-khan";
const OWN: &str = "/tai-khoan/thong-bao";

async fn press(who: &Client, page: &str, action: &str, typed: &[(&str, &str)]) -> Answer {
    let shown = who.get(page).await;
    let mut fields = vec![("khoa", shown.field_of(action, "khoa"))];
    if action != format!("{PATH}/moi") {
        fields.push(("phien-ban", shown.field_of(action, "phien-ban")));
    }
    let mut all: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    all.extend(typed);
    let answer = who.post(action, &all).await;
    if answer.status == 303 {
        // Twice pressed it happens once.
        who.post(action, &all).await.is(303);
    }
    answer
}

const FLOOD: [(&str, &str); 3] =
    [("tieu-de", "Lũ về suối Bo"), ("noi-dung", "Rời nhà ven suối ngay."), ("gio", "6")];

#[tokio::test]
async fn a_second_pair_of_eyes_sends_it_out_and_it_stands_above_every_page_until_its_end() {
    let world = World::start().await;
    let visitor = world.app.visitor();
    visitor.get("/so-lieu").await.ok().hides("role=\"alert\"");
    let new = format!("{PATH}/moi");
    let page = press(&world.clerk, &new, &new, &FLOOD).await.is(303).location();
    visitor.get("/so-lieu").await.ok().hides("Lũ về suối Bo");
    world.clerk.get(&page).await.ok().shows("Đang chờ người thứ hai").hides("Phát thông báo khẩn");
    let revision = "1";
    let key = platform::ids::new_id(world.app.clock.now()).to_string();
    let own = [("khoa", key.as_str()), ("phien-ban", revision)];
    world.clerk.post(&format!("{page}/phat"), &own).await.is(403);
    let radio = world.app.sign_in(&world.cast.home, "radio_officer").await;
    radio.get("/lam-viec").await.shows("thông báo khẩn chờ xem");
    press(&radio, &page, &format!("{page}/phat"), &[]).await.is(303);
    // Pages that are kept for everybody show it at once, in both languages.
    for path in ["/", "/so-lieu", "/tin-tuc", "/dang-nhap", "/phan-anh"] {
        let shown = visitor.get(path).await;
        shown.ok().shows("role=\"alert\"").shows("Lũ về suối Bo").shows("Rời nhà ven suối ngay.");
        assert!(!shown.text().contains("alarm\" hidden"), "{path}");
    }
    visitor.get("/so-lieu?lang=en").await.ok().shows("Emergency notice").shows("lang=\"vi\"");
    world.clerk.get("/lam-viec/thong-bao").await.ok().shows("role=\"alert\"");
    world.head.get("/lam-viec/hop-thu").await.ok().shows("Thông báo: Lũ về suối Bo");
    let public = page.replace("/lam-viec", "");
    in_both_languages(async |lang| {
        for path in [PATH, &new, &page, &public, "/thong-bao-khan"] {
            radio.get(&format!("{path}?lang={}", lang.code())).await.ok();
        }
    })
    .await;
    // Its end comes without anybody.
    world.app.clock.advance(Duration::hours(6));
    visitor.get("/so-lieu").await.ok().hides("role=\"alert\"");
    visitor.get("/thong-bao-khan?lang=vi").await.ok().shows("Lũ về suối Bo").shows("Đã hết giờ");
    world.head.get(PATH).await.is(403);
    world.app.end().await;
}

#[tokio::test]
async fn a_leader_sends_at_once_and_takes_it_back_with_a_correction() {
    let world = World::start().await;
    let chairman = world.app.sign_in(&world.cast.home, "chairman").await;
    let new = format!("{PATH}/moi");
    for (typed, says) in [
        (&[("noi-dung", "x"), ("gio", "6")][..], "Viết tiêu đề"),
        (&[("tieu-de", "x"), ("gio", "6")], "Viết bà con cần làm gì"),
        (&[("tieu-de", "x"), ("noi-dung", "x"), ("gio", "0")], "từ 1 đến 72"),
        (&[("tieu-de", "x"), ("noi-dung", "x"), ("gio", "100")], "từ 1 đến 72"),
        (&[("tieu-de", "x"), ("noi-dung", "x"), ("gio", "2"), ("tieu-de-en", "y")], "cả tiêu đề và nội dung"),
    ] {
        press(&chairman, &new, &new, typed).await.is(422).shows(says);
    }
    let english = [("tieu-de-en", "Flood on the Bo"), ("noi-dung-en", "Leave the houses by the stream.")];
    let page = press(&chairman, &new, &new, &[&FLOOD[..], &english].concat()).await.is(303).location();
    let visitor = world.app.visitor();
    visitor.get("/so-lieu?lang=en").await.ok().shows("Flood on the Bo").hides("Rời nhà");
    let take = format!("{page}/dinh-chinh");
    press(&chairman, &page, &take, &[]).await.is(422).shows("Viết lời đính chính");
    // Somebody who neither wrote nor sent it does not take it back.
    press(&world.clerk, &page, &take, &[("dinh-chinh", "x")]).await.is(403);
    press(&chairman, &page, &take, &[("dinh-chinh", "Nước đã rút, bà con yên tâm.")]).await.is(303);
    let shown = visitor.get("/so-lieu?lang=vi").await;
    shown.ok().shows("Đính chính thông báo khẩn").shows("Nước đã rút").hides("Rời nhà ven suối");
    world.head.get("/lam-viec/hop-thu").await.ok().shows("Thông báo: Đính chính: Lũ về suối Bo");
    let told = visitor.get("/api/v1/emergencies").await.ok().json();
    assert_eq!(
        (told[0]["state"].as_str(), told[0]["title_en"].as_str()),
        (Some("taken-back"), Some("Flood on the Bo"))
    );
    world.app.clock.advance(Duration::hours(7));
    visitor.get("/so-lieu").await.ok().hides("role=\"alert\"");
    world.app.end().await;
}

#[tokio::test]
async fn quiet_hours_and_choices_hold_notices_back_but_no_emergency() {
    let world = World::start().await;
    world.zalo().await;
    world.joined().await;
    let choose = async |who: &Client, typed: &[(&str, &str)]| {
        let key = who.get(OWN).await.ok().field_of("/tai-khoan/thong-bao/cach", "khoa");
        let mut all = vec![("khoa", key.as_str())];
        all.extend(typed);
        who.post("/tai-khoan/thong-bao/cach", &all).await
    };
    let all = [("notice-push", "1"), ("notice-email", "1"), ("matter-email", "1")];
    let night = [("yen-tu", "21:00"), ("yen-den", "06:00")];
    let wrong = [&all[..], &[("yen-tu", "9 giờ"), ("yen-den", "06:00")]].concat();
    choose(&world.head, &wrong).await.is(422).shows("Ghi giờ như 21:30").shows("9 giờ");
    // No notices through Zalo.
    choose(&world.head, &[&all[..], &night].concat()).await.is(303);
    world.head.get(OWN).await.ok().shows("Đã ghi lựa chọn").shows("value=\"21:00\"");
    let url = world.sent("zalo").await;
    world.app.run_jobs().await;
    assert!(world.firm.asked().is_empty());
    world.clerk.get(&url).await.shows("Người nhận không chọn kênh này");
    choose(&world.head, &[&all[..], &[("notice-zalo", "1")], &night].concat()).await.is(303);
    // Ten in the evening: it waits for the morning, an emergency does not.
    world.app.clock.advance(Duration::hours(13));
    let world = World {
        clerk: world.app.sign_in(&world.cast.home, "clerk").await,
        head: world.app.sign_in(&world.cast.home, "village_head").await,
        ..world
    };
    let url = world.sent("zalo").await;
    world.app.run_jobs().await;
    assert!(world.firm.asked().is_empty());
    world.clerk.get(&url).await.shows("Đang giờ nghỉ của người nhận").shows("11/03/2026 06:00");
    let chairman = world.app.sign_in(&world.cast.home, "chairman").await;
    let new = format!("{PATH}/moi");
    world.firm.will(200, TOKEN);
    world.firm.will(200, WELL);
    press(&chairman, &new, &new, &FLOOD).await.is(303);
    world.app.run_jobs().await;
    let asked = world.firm.asked();
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(asked[1].text().contains("Lũ về suối Bo"));
    world.app.clock.advance(Duration::hours(8));
    world.firm.will(200, WELL);
    world.app.run_jobs().await;
    assert!(world.firm.asked()[0].text().contains("Họp thôn"));
    world.app.end().await;
}

#[tokio::test]
async fn everybody_and_the_people_of_a_village_are_groups() {
    let world = World::start().await;
    let page = world.clerk.get(crate::many::NEW).await;
    page.ok().shows("Tất cả mọi người có tài khoản");
    let fields = [("tieu-de", "Họp xã"), ("noi-dung", "Sáng mai."), ("nhom", "everybody")];
    let url = world.send(&fields).await.is(303).location();
    let many = world.cast.home.accounts.len();
    world.clerk.get(&url).await.ok().shows(&format!("Hộp thư: đã đến {many}"));
    world.app.end().await;
}

#[tokio::test]
async fn programs_ask_send_and_take_back_by_the_same_rules() {
    let world = World::start().await;
    let api = "/api/v1/emergencies";
    let keyed = |client: &Client| {
        client.same().header("Idempotency-Key", &platform::ids::new_id(world.app.clock.now()).to_string())
    };
    let new = json!({ "title": "Cháy rừng", "body": "Không lên đồi.", "hours": 3 });
    let asked = keyed(&world.clerk).json(Method::POST, api, &new).await.ok().json();
    assert_eq!(asked["state"], "asked");
    let path = format!("{api}/{}", asked["id"].as_str().unwrap());
    let seen = json!({ "revision": asked["revision"] });
    keyed(&world.clerk).json(Method::POST, &format!("{path}/publish"), &seen).await.is(403);
    let chairman = world.app.sign_in(&world.cast.home, "chairman").await;
    let running = keyed(&chairman).json(Method::POST, &format!("{path}/publish"), &seen).await.ok().json();
    assert_eq!(running["state"], "running");
    keyed(&chairman).json(Method::POST, &format!("{path}/publish"), &seen).await.is(409);
    let wrong = json!({ "revision": running["revision"], "correction": "" });
    keyed(&chairman)
        .json(Method::POST, &format!("{path}/take-back"), &wrong)
        .await
        .is(422)
        .shows("correction");
    let back = json!({ "revision": running["revision"], "correction": "Đã dập tắt." });
    let back = keyed(&chairman).json(Method::POST, &format!("{path}/take-back"), &back).await.ok().json();
    assert_eq!(back["state"], "taken-back");
    let wrong = json!({ "title": "", "body": "x", "hours": 3 });
    keyed(&chairman).json(Method::POST, api, &wrong).await.is(422).shows("\"title\"");
    world.head.json(Method::POST, api, &new).await.is(403);
    assert_eq!(world.app.visitor().get(api).await.ok().json().as_array().unwrap().len(), 1);
    world.app.end().await;
}

#[tokio::test]
async fn a_leader_with_a_second_factor_gives_it_once_more() {
    let world = World::start().await;
    let chairman = world.app.sign_in(&world.cast.home, "chairman").await;
    let own = "/tai-khoan/xac-thuc";
    chairman.post(&format!("{own}/bat-dau"), &[]).await.is(303);
    let (ctx, account) = (world.app.ctx(&world.cast.home), world.cast.home.accounts["chairman"]);
    let code = identity::code_now(&ctx, account).await.unwrap().unwrap();
    chairman.post(&format!("{own}/xac-nhan"), &[("ma", &code)]).await;

    let chairman = world.app.sign_in(&world.cast.home, "chairman").await;
    let new = format!("{PATH}/moi");
    chairman.get(&new).await.ok().hides("name=\"ma\""); // just signed in
    world.app.clock.advance(Duration::minutes(11));
    chairman.get(&new).await.ok().shows("name=\"ma\"");
    let send = async |code: &str| {
        let key = chairman.get(&new).await.ok().field("khoa");
        let typed = [("khoa", key.as_str()), ("ma", code)];
        chairman.post(&new, &[&typed[..], &FLOOD[..]].concat()).await
    };
    for wrong in ["", "000000"] {
        send(wrong).await.is(422).shows("id=\"ma\"").shows("Lũ về suối Bo");
    }
    world.app.visitor().get("/so-lieu").await.ok().hides("Lũ về suối Bo");
    let later = world.app.ctx(&world.cast.home);
    let code = identity::code_now(&later, account).await.unwrap().unwrap();
    send(&code).await.is(303);
    world.app.visitor().get("/so-lieu").await.ok().shows("Lũ về suối Bo");
    world.app.end().await;
}
