use crate::service::{CLIENT, Service};
use crate::support::{Cast, PASSWORD, start};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use identity::{RawProvider, identity_list, provider_insert, provider_set_active, provider_update};
use platform::{Kind, Uuid};
use std::collections::BTreeMap;
use testkit::{Answer, Client, encode};

const SECRET: &str = "một khóa bí mật dài của xã";

fn raw(issuer: &str) -> RawProvider {
    RawProvider {
        name_vi: "Tài khoản tỉnh".into(),
        name_en: "Province account".into(),
        issuer: issuer.into(),
        client_id: CLIENT.into(),
        client_secret: SECRET.into(),
        scopes: "profile".into(),
        makes_accounts: true,
        ..RawProvider::default()
    }
}

async fn add(cast: &Cast, raw: &RawProvider) -> Uuid {
    let ctx = cast.ctx();
    let tx = ctx.begin().await.unwrap();
    let id = provider_insert(&ctx, &tx, raw).await.unwrap();
    provider_set_active(&ctx, &tx, id, 1, true).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// The question with which the browser was sent to the service.
fn question(url: &str) -> BTreeMap<String, String> {
    let query = url.split_once('?').unwrap().1;
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| {
            (name.to_owned(), value.replace("%3A", ":").replace("%2F", "/").replace('+', " "))
        })
        .collect()
}

async fn set_out(browser: &Client, provider: Uuid) -> BTreeMap<String, String> {
    let answer = browser.get(&format!("/dang-nhap/qua/{provider}?tiep=/tai-khoan/dich-vu")).await;
    question(&answer.is(303).location())
}

async fn come_back(browser: &Client, provider: Uuid, state: &str) -> Answer {
    browser.get(&format!("/dang-nhap/qua/{provider}/ve?code=ma-1&state={}", encode(state))).await
}

struct Stage {
    cast: Cast,
    service: Service,
    provider: Uuid,
}

async fn stage() -> Stage {
    let (cast, service) = (start().await, Service::start().await);
    let provider = add(&cast, &raw(&service.address())).await;
    Stage { cast, service, provider }
}

impl Stage {
    /// One whole way: the statement is `change`d before it is given.
    async fn enter(&self, browser: &Client, change: impl FnOnce(&mut serde_json::Value)) -> Answer {
        let asked = set_out(browser, self.provider).await;
        let mut claims = self.service.claims("nguoi-1", &asked["nonce"], self.cast.test.app.clock.now());
        change(&mut claims);
        self.service.give(&claims);
        come_back(browser, self.provider, &asked["state"]).await
    }
}

#[tokio::test]
async fn somebody_new_gets_an_account_and_finds_it_again() {
    let stage = stage().await;
    let (cast, browser) = (&stage.cast, stage.cast.test.visitor());
    browser.get("/dang-nhap").await.ok().shows("Đăng nhập bằng Tài khoản tỉnh");
    let asked = set_out(&browser, stage.provider).await;
    assert_eq!((asked["client_id"].as_str(), asked["code_challenge_method"].as_str()), (CLIENT, "S256"));
    assert_eq!(asked["scope"], "openid profile");
    assert_eq!(asked["redirect_uri"], format!("https://giaphu.example/dang-nhap/qua/{}/ve", stage.provider));
    stage.service.give(&stage.service.claims("nguoi-1", &asked["nonce"], cast.test.app.clock.now()));
    come_back(&browser, stage.provider, &asked["state"]).await.is(303).leads_to("/tai-khoan/dich-vu");
    // What was exchanged answers the challenge.
    let form = stage.service.asked();
    let verifier = form.split("code_verifier=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let hash = ring::digest::digest(&ring::digest::SHA256, verifier.as_bytes());
    assert_eq!(URL_SAFE_NO_PAD.encode(hash.as_ref()), asked["code_challenge"]);
    browser.get("/tai-khoan/dich-vu").await.ok().shows("Tài khoản tỉnh").shows("dùng lần cuối");
    let me = browser.get("/api/v1/session/me").await.ok().json();
    assert_eq!(
        (me["display_name"].as_str(), me["second_factor"].as_bool()),
        (Some("Lò Thị Mẫu"), Some(false))
    );
    let again = cast.test.visitor();
    stage.enter(&again, |_| {}).await.is(303);
    assert_eq!(again.get("/api/v1/session/me").await.ok().json()["login"], me["login"]);
    let other = cast.test.visitor();
    stage.enter(&other, |claims| claims["sub"] = "nguoi-2".into()).await.is(303);
    assert_ne!(other.get("/api/v1/session/me").await.ok().json()["login"], me["login"]);
    stage.cast.test.end().await;
}

#[tokio::test]
async fn a_statement_that_is_wrong_in_any_way_opens_nothing() {
    let stage = stage().await;
    let (cast, service) = (&stage.cast, &stage.service);
    let now = cast.test.app.clock.now().timestamp();
    type Twist = fn(&mut serde_json::Value, i64);
    let wrong: [(&str, Twist); 7] = [
        ("another issuer", |claims, _| claims["iss"] = "https://evil.example".into()),
        ("for another site", |claims, _| claims["aud"] = "another-client".into()),
        ("for two sites", |claims, _| claims["aud"] = serde_json::json!([CLIENT, "another-client"])),
        ("an answer to another question", |claims, _| claims["nonce"] = "another".into()),
        ("no answer to a question", |claims, _| drop(claims.as_object_mut().unwrap().remove("nonce"))),
        ("over", |claims, now| claims["exp"] = (now - 121).into()),
        ("from tomorrow", |claims, now| claims["iat"] = (now + 3600).into()),
    ];
    for (name, change) in wrong {
        let browser = cast.test.visitor();
        let answer = stage.enter(&browser, |claims| change(claims, now)).await;
        assert_eq!(answer.status, 422, "{name}");
        answer.shows("không hợp lệ").shows("name=\"mat-khau\"");
        browser.get("/tai-khoan").await.leads_to("/dang-nhap");
    }
    for how in ["none", "forged", "shared"] {
        let browser = cast.test.visitor();
        let asked = set_out(&browser, stage.provider).await;
        let claims = service.claims("nguoi-1", &asked["nonce"], cast.test.app.clock.now());
        match how {
            "none" => service.give_unsigned(&claims),
            "forged" => service.give_forged(&claims),
            _ => service.give_shared(&claims, SECRET),
        }
        let answer = come_back(&browser, stage.provider, &asked["state"]).await;
        assert_eq!(answer.status, 422, "{how}");
        browser.get("/tai-khoan").await.leads_to("/dang-nhap");
    }
    // Clocks of two offices differ a little.
    stage.enter(&cast.test.visitor(), |claims| claims["exp"] = (now - 100).into()).await.is(303);
    stage.enter(&cast.test.visitor(), |claims| claims["iat"] = (now + 100).into()).await.is(303);
    stage.cast.test.end().await;
}

#[tokio::test]
async fn an_answer_is_taken_once_in_time_and_where_it_was_asked_for() {
    let stage = stage().await;
    let cast = &stage.cast;
    let second = Service::start().await;
    let other = add(cast, &RawProvider { name_vi: "Dịch vụ khác".into(), ..raw(&second.address()) }).await;
    let (browser, thief) = (cast.test.visitor(), cast.test.visitor());
    let asked = set_out(&browser, stage.provider).await;
    stage.service.give(&stage.service.claims("nguoi-1", &asked["nonce"], cast.test.app.clock.now()));
    // In another browser: somebody else's link.
    come_back(&thief, stage.provider, &asked["state"]).await.is(422).shows("trình duyệt khác");
    come_back(&browser, stage.provider, &asked["state"]).await.is(422).shows("bấm lại từ đầu");
    // At the return address of another service (mix-up).
    let asked = set_out(&browser, stage.provider).await;
    second.give(&second.claims("nguoi-1", &asked["nonce"], cast.test.app.clock.now()));
    come_back(&browser, other, &asked["state"]).await.is(422);
    assert_eq!(second.asked(), "", "the code of one service never goes to another");
    // Said to be from another service.
    let asked = set_out(&browser, stage.provider).await;
    let path = format!(
        "/dang-nhap/qua/{}/ve?code=x&state={}&iss=https://evil.example",
        stage.provider, asked["state"]
    );
    browser.get(&path).await.is(422).shows("không hợp lệ");
    // Twice.
    let asked = set_out(&browser, stage.provider).await;
    stage.service.give(&stage.service.claims("nguoi-1", &asked["nonce"], cast.test.app.clock.now()));
    come_back(&browser, stage.provider, &asked["state"]).await.is(303);
    come_back(&browser, stage.provider, &asked["state"]).await.is(422);
    // Too late.
    let late = cast.test.visitor();
    let asked = set_out(&late, stage.provider).await;
    cast.wait(600);
    come_back(&late, stage.provider, &asked["state"]).await.is(422).shows("quá lâu");
    // Stopped by the person.
    let asked = set_out(&late, stage.provider).await;
    let path = format!("/dang-nhap/qua/{}/ve?error=access_denied&state={}", stage.provider, asked["state"]);
    late.get(&path).await.is(422).shows("Ông/bà đã dừng ở Tài khoản tỉnh");
    stage.cast.test.end().await;
}

#[tokio::test]
async fn a_service_that_changes_its_keys_is_asked_once_more() {
    let stage = stage().await;
    stage.enter(&stage.cast.test.visitor(), |_| {}).await.is(303);
    stage.service.rotate();
    stage.cast.wait(31);
    stage.enter(&stage.cast.test.visitor(), |_| {}).await.is(303);
    stage.cast.test.end().await;
}

#[tokio::test]
async fn a_service_that_is_down_or_talks_nonsense_leaves_the_other_ways_open() {
    let stage = stage().await;
    let (cast, browser) = (&stage.cast, stage.cast.test.visitor());
    cast.account("lo.mai").await;
    let path = format!("/dang-nhap/qua/{}", stage.provider);
    stage.service.set_down(true);
    browser.get(&path).await.is(422).shows("không có trang giới thiệu").shows("name=\"mat-khau\"");
    stage.service.set_down(false);
    stage.service.set_garbled(true);
    browser.get(&path).await.is(422).shows("không đúng chuẩn");
    stage.service.set_garbled(false);
    stage.service.name_itself("https://evil.example");
    browser.get(&path).await.is(422).shows("địa chỉ khác");
    stage.service.name_itself(&stage.service.address());
    let asked = set_out(&browser, stage.provider).await;
    stage.service.set_down(true);
    come_back(&browser, stage.provider, &asked["state"]).await.is(422).shows("Tài khoản tỉnh");
    let nowhere = add(cast, &raw("http://127.0.0.1:1")).await;
    browser
        .get(&format!("/dang-nhap/qua/{nowhere}"))
        .await
        .is(422)
        .shows("Chưa liên lạc được với Tài khoản tỉnh");
    browser.post("/dang-nhap", &[("ten-dang-nhap", "lo.mai"), ("mat-khau", PASSWORD)]).await.is(303);
    stage.cast.test.end().await;
}

#[tokio::test]
async fn an_account_is_linked_by_its_owner_and_unlinked() {
    let stage = stage().await;
    let cast = &stage.cast;
    let mai = cast.account("lo.mai").await;
    let browser = cast.browser(mai.id, false).await;
    let list = browser.get("/tai-khoan/dich-vu").await;
    let key = list.ok().shows("Chưa nối").field("khoa");
    let link = format!("/tai-khoan/dich-vu/{}/noi", stage.provider);
    let way = browser.post(&link, &[("khoa", &key)]).await;
    let url = way.ok().text();
    let url = url
        .split("href=\"http://127.0.0.1")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .replace("&#38;", "&")
        .replace("&amp;", "&");
    let asked = question(&url);
    stage.service.give(&stage.service.claims("mai-o-tinh", &asked["nonce"], cast.test.app.clock.now()));
    come_back(&browser, stage.provider, &asked["state"]).await.is(303).leads_to("/tai-khoan/dich-vu");
    assert_eq!(identity_list(&cast.ctx(), mai.id).await.unwrap().len(), 1);
    let visitor = cast.test.visitor();
    stage.enter(&visitor, |claims| claims["sub"] = "mai-o-tinh".into()).await.is(303);
    assert_eq!(visitor.get("/api/v1/session/me").await.ok().json()["login"], "lo.mai");
    // Another account cannot take the same person.
    let pao = cast.browser(cast.account("ly.pao").await.id, false).await;
    let key = pao.get("/tai-khoan/dich-vu").await.field("khoa");
    let url = pao.post(&link, &[("khoa", &key)]).await.text();
    let url = url
        .split("href=\"http://127.0.0.1")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .replace("&#38;", "&")
        .replace("&amp;", "&");
    let asked = question(&url);
    stage.service.give(&stage.service.claims("mai-o-tinh", &asked["nonce"], cast.test.app.clock.now()));
    come_back(&pao, stage.provider, &asked["state"]).await.is(422).shows("đã nối với một tài khoản khác");
    let key = browser.get("/tai-khoan/dich-vu").await.field("khoa");
    browser.post(&format!("/tai-khoan/dich-vu/{}/bo", stage.provider), &[("khoa", &key)]).await.is(303);
    assert!(identity_list(&cast.ctx(), mai.id).await.unwrap().is_empty());
    stage.cast.test.end().await;
}

#[tokio::test]
async fn the_last_way_into_an_account_stays() {
    let stage = stage().await;
    let browser = stage.cast.test.visitor();
    stage.enter(&browser, |_| {}).await.is(303);
    let key = browser.get("/tai-khoan/dich-vu").await.field("khoa");
    let unlink = format!("/tai-khoan/dich-vu/{}/bo", stage.provider);
    browser.post(&unlink, &[("khoa", &key)]).await.is(422).shows("cách duy nhất");
    browser.get("/tai-khoan/dich-vu").await.ok().shows("Bỏ nối");
    stage.cast.test.end().await;
}

#[tokio::test]
async fn who_may_not_have_an_account_made_is_told_how_to_link_one() {
    let (cast, service) = (start().await, Service::start().await);
    let provider = add(&cast, &RawProvider { makes_accounts: false, ..raw(&service.address()) }).await;
    let stage = Stage { cast, service, provider };
    let browser = stage.cast.test.visitor();
    stage.enter(&browser, |_| {}).await.is(422).shows("rồi nối ở trang Tài khoản của tôi");
    stage.cast.test.end().await;
}

#[tokio::test]
async fn the_administrator_keeps_and_tries_services() {
    let (cast, service) = (start().await, Service::start().await);
    let admin = cast.with_role("quan.tri", "admin").await;
    let browser = cast.browser(admin.id, true).await;
    let home = "/lam-viec/dich-vu-dang-nhap";
    browser.get(home).await.ok().shows("Chưa có dịch vụ nào");
    let key = browser.get(&format!("{home}/moi")).await.ok().field("khoa");
    let issuer = service.address();
    let half = [("khoa", key.as_str()), ("ten-vi", ""), ("dia-chi", "ftp://x"), ("truong-so", "so")];
    browser.post(home, &half).await.is(422).shows("Cần ghi tên").shows("mức xác thực nào được tin");
    let fields = [
        ("khoa", key.as_str()),
        ("ten-vi", "Tài khoản tỉnh"),
        ("ten-en", "Province account"),
        ("dia-chi", issuer.as_str()),
        ("ma-ung-dung", CLIENT),
        ("khoa-bi-mat", SECRET),
    ];
    let page = browser.post(home, &fields).await.is(303).location();
    let shown = browser.get(&page).await;
    shown.ok().shows("/ve").hides(SECRET).shows("Chưa hiện ở trang đăng nhập");
    cast.test.visitor().get("/dang-nhap").await.ok().hides("Tài khoản tỉnh");
    browser.post(&format!("{page}/thu"), &[]).await.ok().shows("Kết nối được").shows("1 khóa kiểm tra");
    service.set_down(true);
    browser
        .post(&format!("{page}/thu"), &[])
        .await
        .ok()
        .shows("Chưa dùng được")
        .shows("kiểm tra lại địa chỉ");
    let (key, revision) = (shown.field("khoa"), shown.field("phien-ban"));
    let on = [("khoa", key.as_str()), ("phien-ban", revision.as_str()), ("bat", "1")];
    browser.post(&format!("{page}/bat"), &on).await.is(303);
    cast.test.visitor().get("/dang-nhap").await.ok().shows("Tài khoản tỉnh");
    cast.test.visitor().get("/dang-nhap?lang=en").await.ok().shows("Sign in with Province account");
    // The secret is sealed, and a second editor is told.
    let ctx = cast.ctx();
    let id: Uuid = page.rsplit('/').next().unwrap().parse().unwrap();
    let kept: Option<String> =
        platform::sql("SELECT client_secret FROM sign_in_provider WHERE commune_id = $1 AND id = $2")
            .bind(ctx.commune)
            .bind(id)
            .scalar(&ctx.app.db)
            .await
            .unwrap();
    assert!(kept.is_some_and(|sealed| !sealed.contains(SECRET)));
    let tx = ctx.begin().await.unwrap();
    assert!(provider_update(&ctx, &tx, id, 1, &raw(&issuer)).await.unwrap_err().is(Kind::Conflict));
    drop(tx);
    // Without the second factor nothing is changed.
    cast.browser(admin.id, false).await.get(&format!("{home}/moi")).await.is(403);
    cast.test.end().await;
}
