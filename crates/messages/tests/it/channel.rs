//! Messages to many people, and the channels beside the inbox.

use crate::many::{KEEP, NEW, TOKEN, TOKEN_2, WELL, World};
use http::Method;
use serde_json::json;
use testkit::in_both_languages;

#[tokio::test]
async fn without_any_channel_a_message_reaches_everybody_and_the_sender_sees_who_read_it() {
    let world = World::start().await;
    let page = world.clerk.get(NEW).await;
    page.shows("Tất cả trưởng thôn").shows("Trưởng thôn Đông Căm").hides("Zalo OA của xã");
    let url = world.sent("").await;
    world.clerk.get(&url).await.shows("Hộp thư: đã đến 2");
    let second = world.app.sign_in(&world.cast.home, "village_head_2").await;
    second.get("/lam-viec/hop-thu").await.shows("Thông báo: Họp thôn");
    let inbox = world.head.get("/lam-viec/hop-thu").await.text();
    let letter = inbox.split("href=\"/lam-viec/hop-thu/").nth(1).unwrap()[..36].to_owned();
    let read = world.head.get(&format!("/lam-viec/hop-thu/{letter}")).await.is(303).location();
    world.head.get(&read).await.shows("Tối nay 19 giờ.");
    world.clerk.get(&url).await.shows("đã đọc 1").shows("đã đến 1");
    world.clerk.get("/lam-viec/thong-bao").await.shows("1 trên 2 đã đọc");
    // Nobody else reads it, nobody else sends.
    let officer = world.app.sign_in(&world.cast.home, "registry_officer").await;
    officer.get(&read).await.is(404);
    officer.get(&url).await.is(403);
    officer.get(NEW).await.is(403);
    in_both_languages(async |lang| {
        let code = lang.code();
        for path in ["/lam-viec/thong-bao", NEW, &url] {
            world.clerk.get(&format!("{path}?lang={code}")).await.ok();
        }
        for path in [read.as_str(), "/tai-khoan/thong-bao", "/tai-khoan"] {
            world.head.get(&format!("{path}?lang={code}")).await.ok();
        }
        world.admin.get(&format!("{KEEP}?lang={code}")).await.ok();
    })
    .await;
    world.app.end().await;
}

#[tokio::test]
async fn what_is_missing_is_said_at_its_field() {
    let world = World::start().await;
    let (title, body) = (("tieu-de", "Họp"), ("noi-dung", "Tối nay"));
    let heads = ("nhom", "role:village_head");
    world.send(&[body, heads]).await.is(422).shows("Hãy ghi tiêu đề");
    world.send(&[title, heads]).await.is(422).shows("Hãy ghi nội dung");
    world.send(&[title, body]).await.is(422).shows("Hãy chọn ít nhất một nhóm");
    world.send(&[title, body, ("nhom", "role:king")]).await.is(422);
    world.send(&[title, body, heads, ("kenh", "zalo")]).await.is(422).shows("chưa được thiết lập");
    let stranger = world.cast.other.accounts["clerk"].to_string();
    world.send(&[title, body, ("nguoi", &stranger)]).await.is(422);
    let head = world.cast.home.accounts["village_head"].to_string();
    // Twice named, once told.
    let url = world.send(&[title, body, heads, ("nguoi", &head)]).await.is(303).location();
    world.clerk.get(&url).await.shows("đã đến 2");
    world.app.end().await;
}

#[tokio::test]
async fn zalo_carries_it_and_tells_who_has_seen_it() {
    let world = World::start().await;
    world.zalo().await;
    world.joined().await;
    world.firm.will(200, TOKEN);
    world.firm.will(200, WELL);
    let url = world.sent("zalo").await;
    world.app.run_jobs().await;
    let asked = world.firm.asked();
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert_eq!(
        (asked[0].path.as_str(), asked[0].header("secret_key").as_str()),
        ("/v4/oa/access_token", "app-secret")
    );
    assert_eq!(asked[0].text(), "refresh_token=refresh-1&app_id=4512&grant_type=refresh_token");
    assert_eq!(
        (asked[1].path.as_str(), asked[1].header("access_token").as_str()),
        ("/v3.0/oa/message/cs", "access-1")
    );
    let said: serde_json::Value = serde_json::from_slice(&asked[1].body).unwrap();
    assert_eq!(said["recipient"]["user_id"], "z-head");
    assert!(
        said["message"]["text"]
            .as_str()
            .unwrap()
            .starts_with("Họp thôn\nTối nay 19 giờ.\nhttps://giaphu.example/")
    );
    // The second head has not connected their Zalo.
    world.clerk.get(&url).await.shows("Zalo OA của xã: đã gửi 1").shows("Zalo OA của xã: không có địa chỉ 1");
    let seen = json!({ "app_id": "4512", "event_name": "user_seen_message", "timestamp": "2", "message": { "msg_ids": ["zm-1"] } });
    world.event(&seen, "other-secret").await.is(403);
    world.clerk.get(&url).await.hides("Zalo OA của xã: đã đọc");
    world.event(&seen, "oa-secret").await.is(200);
    world.clerk.get(&url).await.shows("Zalo OA của xã: đã đọc 1");
    let gone = json!({ "app_id": "4512", "event_name": "unfollow", "timestamp": "3", "follower": { "id": "z-head" } });
    world.event(&gone, "oa-secret").await.is(200);
    world.head.get("/tai-khoan/thong-bao").await.shows("Lấy mã");
    world.app.end().await;
}

#[tokio::test]
async fn a_zalo_token_that_ended_is_renewed_once_and_a_refusal_is_told() {
    let world = World::start().await;
    world.zalo().await;
    world.joined().await;
    let (ended, busy) =
        (r#"{"error":-216,"message":"Access token is invalid"}"#, r#"{"error":-32,"message":"limit"}"#);
    for (status, body) in [(200, TOKEN), (200, ended), (200, TOKEN_2), (200, WELL)] {
        world.firm.will(status, body);
    }
    let url = world.sent("zalo").await;
    world.app.run_jobs().await;
    let asked = world.firm.asked();
    assert_eq!(asked.len(), 4);
    assert!(asked[2].text().contains("refresh_token=refresh-2"), "{}", asked[2].text());
    assert_eq!(asked[3].header("access_token"), "access-2");
    world.clerk.get(&url).await.shows("Zalo OA của xã: đã gửi 1");
    // Busy, then 429, then it takes it.
    for (status, body) in [(200, busy), (429, ""), (200, WELL)] {
        world.firm.will(status, body);
    }
    let url = world.sent("zalo").await;
    world.app.run_jobs().await;
    world.clerk.get(&url).await.shows("Zalo OA của xã: đang chờ").shows("tự gửi lại");
    assert_eq!(world.firm.asked().len(), 1);
    world.minutes(1).await;
    world.minutes(2).await;
    assert_eq!(world.firm.asked().len(), 2);
    world.clerk.get(&url).await.shows("Zalo OA của xã: đã gửi 1");
    // It says no in an answer of 200.
    world.firm.will(200, r#"{"error":-213,"message":"User has not followed OA"}"#);
    let url = world.sent("zalo").await;
    world.app.run_jobs().await;
    world.clerk.get(&url).await.shows("không gửi được 1").shows("chưa quan tâm Zalo OA");
    world
        .admin
        .get(KEEP)
        .await
        .shows("Lần gần nhất không gửi được")
        .shows("chưa quan tâm Zalo OA")
        .hides("app-secret");
    // Sent again by hand.
    world.firm.will(200, WELL);
    let action = format!("{url}/gui-lai");
    let key = world.clerk.get(&url).await.field_of(&action, "khoa");
    world.clerk.post(&action, &[("khoa", &key)]).await.is(303);
    world.app.run_jobs().await;
    world.clerk.get(&url).await.shows("Zalo OA của xã: đã gửi 1");
    // A refresh token that was used up.
    world.app.clock.advance(chrono::Duration::days(2));
    let world = World { clerk: world.app.sign_in(&world.cast.home, "clerk").await, ..world };
    world.firm.will(200, r#"{"error":-14014,"error_name":"Invalid refresh token"}"#);
    let url = world.sent("zalo").await;
    world.app.run_jobs().await;
    world.clerk.get(&url).await.shows("lấy mã làm mới");
    world.app.end().await;
}

#[tokio::test]
async fn a_firm_that_gives_no_answer_is_asked_again_and_then_it_has_failed() {
    let world = World::with(0).await;
    world.facebook().await;
    let url = world.sent("facebook").await;
    world.app.run_jobs().await;
    world.clerk.get(&url).await.shows("Không kết nối được").shows("Gửi lại lúc");
    for _ in 0..6 {
        world.minutes(60).await;
    }
    let world = World { clerk: world.app.sign_in(&world.cast.home, "clerk").await, ..world };
    world.clerk.get(&url).await.shows("Trang Facebook của xã: không gửi được 1");
    world.app.end().await;
}

#[tokio::test]
async fn facebook_posts_once_for_all_and_says_what_is_wrong() {
    let world = World::start().await;
    world.keep("/lam-viec/kenh/facebook", &[("ma-trang", "a/b"), ("ma-truy-cap", "x")]).await.is(422);
    world.facebook().await;
    world.firm.will(200, r#"{"id":"1000200_77"}"#);
    let url = world.sent("facebook").await;
    world.app.run_jobs().await;
    let asked = world.firm.asked();
    assert_eq!((asked.len(), asked[0].path.as_str()), (1, "/v23.0/1000200/feed"));
    assert!(asked[0].text().contains("access_token=page-token"), "{}", asked[0].text());
    world.clerk.get(&url).await.shows("Trang Facebook của xã: đã gửi 1").shows("Trang của xã");
    let wrong = r#"{"error":{"message":"Error validating access token","type":"OAuthException","code":190}}"#;
    world.firm.will(400, wrong);
    let url = world.sent("facebook").await;
    world.app.run_jobs().await;
    world.clerk.get(&url).await.shows("Facebook không nhận mã truy cập nữa");
    world.firm.asked();
    world.firm.will(400, r#"{"error":{"message":"limit","code":4,"is_transient":true}}"#);
    world.firm.will(200, r#"{"id":"1000200_78"}"#);
    let url = world.sent("facebook").await;
    world.app.run_jobs().await;
    world.clerk.get(&url).await.shows("đang bận");
    world.minutes(1).await;
    world.clerk.get(&url).await.shows("Trang Facebook của xã: đã gửi 1");
    // The button of the administrator asks for the page's name and posts nothing.
    world.firm.asked();
    world.firm.will(200, r#"{"id":"1000200","name":"Xã"}"#);
    world.admin.post("/lam-viec/kenh/facebook/thu", &[]).await.ok().shows("gửi thử được");
    assert!(world.firm.asked()[0].path.starts_with("/v23.0/1000200?fields=id%2Cname"));
    world.admin.post("/lam-viec/kenh/zalo/thu", &[]).await.ok().shows("chưa có địa chỉ");
    world.admin.post("/lam-viec/kenh/app/thu", &[]).await.is(404);
    world.clerk.get(KEEP).await.is(403);
    world.keep("/lam-viec/kenh/facebook/bo", &[]).await.is(303);
    world.clerk.get(NEW).await.hides("Trang Facebook");
    world.app.end().await;
}

/// What a browser tells when it subscribes.
fn browser(endpoint: &str) -> serde_json::Value {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as b64;
    use ring::agreement::{ECDH_P256, EphemeralPrivateKey};
    let key = EphemeralPrivateKey::generate(&ECDH_P256, &ring::rand::SystemRandom::new()).unwrap();
    let public = b64.encode(key.compute_public_key().unwrap().as_ref());
    json!({ "endpoint": endpoint, "expirationTime": null, "keys": { "p256dh": public, "auth": b64.encode([7; 16]) } })
}

#[tokio::test]
async fn a_phone_is_told_by_push_and_one_that_is_gone_is_taken_out() {
    let world = World::start().await;
    let to = "/tai-khoan/thong-bao/may";
    for endpoint in ["phone", "desk"] {
        let told = browser(&format!("{}/{endpoint}", world.firm.address));
        world.head.json(Method::POST, to, &told).await.is(204);
    }
    let wrong = json!({ "endpoint": "http://evil.example/x", "keys": { "p256dh": "AA", "auth": "AA" } });
    world.head.json(Method::POST, to, &wrong).await.is(422);
    world.firm.will(201, "");
    world.firm.will(410, "");
    let url = world.sent("push").await;
    world.app.run_jobs().await;
    let asked = world.firm.asked();
    assert_eq!(asked.len(), 2);
    assert_eq!(
        (asked[0].header("content-encoding").as_str(), asked[0].header("ttl").as_str()),
        ("aes128gcm", "86400")
    );
    let signed = asked[0].header("authorization");
    assert!(signed.starts_with("vapid t=") && signed.contains(", k="), "{signed}");
    assert!(asked[0].body.len() > 86 && !asked[0].text().contains("thôn"));
    world
        .clerk
        .get(&url)
        .await
        .shows("Thông báo trên máy: đã gửi 1")
        .shows("Thông báo trên máy: không có địa chỉ 1");
    let page = world.head.get("/tai-khoan/thong-bao").await;
    assert_eq!(page.text().matches("/tai-khoan/thong-bao/may/").count(), 1);
    // The phone has shown it.
    let told =
        world.clerk.get(&format!("/api/v1/bulletins/{}", url.rsplit('/').next().unwrap())).await.json();
    assert!(
        told["copies"]
            .as_array()
            .unwrap()
            .iter()
            .any(|copy| copy["channel"] == "push" && copy["state"] == "sent")
    );
    let ctx = world.app.ctx(&world.cast.home);
    let id: platform::Uuid =
        platform::sql("SELECT id FROM bulletin_copy WHERE commune_id = $1 AND state = 'sent'")
            .bind(ctx.commune)
            .scalar(&ctx.app.db)
            .await
            .unwrap()
            .unwrap();
    world.app.visitor().post(&format!("/thong-bao/den/{id}"), &[]).await.is(204);
    world.clerk.get(&url).await.shows("Thông báo trên máy: đã đến 1");
    let end = page
        .text()
        .split("action=\"/tai-khoan/thong-bao/may/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    world.admin.post(&format!("/tai-khoan/thong-bao/may/{end}"), &[]).await.is(404);
    world.head.post(&format!("/tai-khoan/thong-bao/may/{end}"), &[]).await.is(303);
    world.app.end().await;
}

#[tokio::test]
async fn programs_send_once_and_see_every_state() {
    let world = World::start().await;
    let key = || platform::ids::new_id(world.app.clock.now()).to_string();
    let program = world.clerk.same().header("Idempotency-Key", &key());
    let new = json!({ "title": "Họp", "body": "Tối nay", "groups": ["role:village_head"] });
    let first = program.json(Method::POST, "/api/v1/bulletins", &new).await.ok().json();
    let again = program.json(Method::POST, "/api/v1/bulletins", &new).await.ok().json();
    assert_eq!((&first["id"], first["people"].as_i64()), (&again["id"], Some(2)));
    assert_eq!(first["copies"][0]["state"], "delivered");
    let program = world.clerk.same().header("Idempotency-Key", &key());
    let wrong = json!({ "title": "", "body": "x", "groups": ["staff"] });
    program.json(Method::POST, "/api/v1/bulletins", &wrong).await.is(422).shows("\"title\"");
    assert_eq!(world.clerk.get("/api/v1/bulletins").await.ok().json().as_array().unwrap().len(), 1);
    world.head.get("/api/v1/bulletins").await.is(403);
    world.app.end().await;
}

#[tokio::test]
async fn a_letter_of_ones_own_matter_comes_to_the_phones_screen() {
    let world = World::start().await;
    let head = world.cast.home.accounts["village_head"];
    let told = async |world: &World| {
        let ctx = world.app.ctx(&world.cast.home);
        let tx = ctx.begin().await.unwrap();
        let text = platform::Message::new("work-menu");
        let letter = messages::Letter { to: head, text, link: "/tai-khoan".to_owned() };
        let id = messages::send(&ctx, &tx, letter).await.unwrap();
        tx.commit().await.unwrap();
        id
    };
    // Without a browser that takes notices nothing goes out.
    told(&world).await;
    world.app.run_jobs().await;
    assert!(world.firm.asked().is_empty());

    let phone = browser(&format!("{}/phone", world.firm.address));
    world.head.json(Method::POST, "/tai-khoan/thong-bao/may", &phone).await.is(204);
    world.firm.will(201, "");
    told(&world).await;
    world.app.run_jobs().await;
    assert_eq!(world.firm.asked().len(), 1);

    // Read on another device before it went: nobody is disturbed.
    let read = told(&world).await;
    world.head.get(&format!("/lam-viec/hop-thu/{read}")).await.is(303);
    world.app.run_jobs().await;
    assert!(world.firm.asked().is_empty());

    // At night it waits for the morning. The clock of the tests stands at nine; thirteen hours later it is ten in the evening.
    world.app.clock.advance(chrono::Duration::hours(13));
    told(&world).await;
    world.app.run_jobs().await;
    assert!(world.firm.asked().is_empty());
    world.app.clock.advance(chrono::Duration::hours(9));
    world.firm.will(201, "");
    world.app.run_jobs().await;
    assert_eq!(world.firm.asked().len(), 1);

    // Whoever does not want it is left alone.
    let head = world.app.sign_in(&world.cast.home, "village_head").await;
    let key = head.get("/tai-khoan/thong-bao").await.ok().field_of("/tai-khoan/thong-bao/cach", "khoa");
    let chosen = [("khoa", key.as_str()), ("matter-email", "1"), ("yen-tu", "22:00"), ("yen-den", "05:00")];
    head.post("/tai-khoan/thong-bao/cach", &chosen).await.is(303);
    told(&world).await;
    world.app.run_jobs().await;
    assert!(world.firm.asked().is_empty());
    world.app.end().await;
}
