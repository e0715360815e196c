use crate::device::Device;
use crate::support::{Cast, PASSWORD, areas, commune, start};
use http::Method;
use identity::{SignIn, open_session, passkey_list, session_list};
use platform::app::Builder;
use serde_json::{Value, json};
use testkit::{Answer, Client, TestApp};

async fn ask(browser: &Client, path: &str) -> Value {
    browser.json(Method::POST, path, &json!({})).await.ok().json()
}

/// Adds the device's key to the account of the browser.
async fn add(browser: &Client, device: &mut Device, name: &str) -> Answer {
    let question = ask(browser, "/tai-khoan/khoa/bat-dau").await;
    let answer = device.make(&question["asked"]);
    let body = json!({ "id": question["id"], "ten": name, "answer": answer });
    browser.json(Method::POST, "/tai-khoan/khoa", &body).await
}

async fn enter(browser: &Client, device: &mut Device) -> Answer {
    let question = ask(browser, "/dang-nhap/khoa/bat-dau").await;
    give(browser, &question, device.answer(&question["asked"])).await
}

async fn give(browser: &Client, question: &Value, answer: Value) -> Answer {
    let body = json!({ "id": question["id"], "tiep": "", "answer": answer });
    browser.json(Method::POST, "/dang-nhap/khoa", &body).await
}

/// An account with one passkey in a device.
async fn mai_with_a_passkey(cast: &Cast) -> (platform::Uuid, Client, Device) {
    let mai = cast.account("lo.mai").await;
    let browser = cast.browser(mai.id, false).await;
    let mut device = Device::new();
    add(&browser, &mut device, "Điện thoại của Mai").await.ok();
    (mai.id, browser, device)
}

async fn actions(cast: &Cast) -> Vec<String> {
    let entries = audit::list(&cast.ctx(), &audit::Filter::default(), 100).await.unwrap();
    entries.into_iter().map(|entry| entry.action).collect()
}

#[tokio::test]
async fn a_passkey_opens_without_a_name_and_counts_as_two_factors() {
    let cast = start().await;
    let (mai, browser, mut device) = mai_with_a_passkey(&cast).await;
    browser.get("/tai-khoan/khoa").await.ok().shows("Điện thoại của Mai").shows("chưa dùng lần nào");
    let visitor = cast.test.visitor();
    let opened = enter(&visitor, &mut device).await;
    assert_eq!(opened.ok().json()["to"], "/tai-khoan");
    let me = visitor.get("/api/v1/session/me").await.ok().json();
    assert_eq!((me["login"].as_str(), me["second_factor"].as_bool()), (Some("lo.mai"), Some(true)));
    visitor.get("/tai-khoan/khoa").await.ok().shows("dùng lần cuối");
    // The session in which it was added has passed both factors as well.
    assert_eq!(browser.get("/api/v1/session/me").await.ok().json()["second_factor"], true);
    let kept = actions(&cast).await;
    assert!(
        kept.contains(&"passkey.insert".to_owned()) && kept.contains(&"session.create".to_owned()),
        "{kept:?}"
    );
    assert_eq!(passkey_list(&cast.ctx(), mai).await.unwrap().len(), 1);
    cast.test.end().await;
}

#[tokio::test]
async fn a_role_that_demands_two_factors_works_by_a_passkey_and_not_by_the_password_alone() {
    let cast = start().await;
    let chair = cast.with_role("chu.tich", "chairman").await;
    let mut device = Device::new();
    add(&cast.browser(chair.id, false).await, &mut device, "Máy ở cơ quan").await.ok();
    let by_password = cast.sign_in("chu.tich", PASSWORD).await.unwrap();
    assert!(by_password.must_use_passkey && !by_password.must_set_up_factor);
    assert!(cast.cookie_actor(&by_password.value).await.unwrap().grants.is_empty());
    let fields = [("ten-dang-nhap", "chu.tich"), ("mat-khau", PASSWORD)];
    let visitor = cast.test.visitor();
    visitor.post("/dang-nhap", &fields).await.leads_to("/dang-nhap/ma-xac-thuc");
    visitor.get("/dang-nhap/ma-xac-thuc").await.ok().shows("đăng nhập lại bằng khóa").hides("name=\"ma\"");
    let opened = enter(&visitor, &mut device).await;
    assert_eq!(opened.ok().json()["to"], "/lam-viec");
    assert_eq!(visitor.get("/api/v1/session/me").await.ok().json()["roles"][0]["role"], "chairman");
    let value = opened.header("set-cookie").split(';').next().unwrap().trim_start_matches("phien=");
    assert_eq!(
        session_list(&cast.as_cookie(value).await).await.unwrap().len(),
        3,
        "the password's session of this browser is over"
    );
    cast.test.end().await;
}

#[tokio::test]
async fn an_answer_is_good_for_its_question_its_place_and_once() {
    let cast = start().await;
    let (_, _, mut device) = mai_with_a_passkey(&cast).await;
    let visitor = cast.test.visitor();
    // Another page asked for it.
    device.origin = "https://giaphu.example.evil.example".into();
    enter(&visitor, &mut device).await.is(422).shows("không mở được tài khoản nào");
    device.origin = "https://giaphu.example".into();
    device.rp = "evil.example".into();
    enter(&visitor, &mut device).await.is(422);
    device.rp = "giaphu.example".into();
    // The answer to another question.
    let (one, two) =
        (ask(&visitor, "/dang-nhap/khoa/bat-dau").await, ask(&visitor, "/dang-nhap/khoa/bat-dau").await);
    give(&visitor, &two, device.answer(&one["asked"])).await.is(422);
    // Twice, and a question that nobody asked.
    let answer = device.answer(&one["asked"]);
    give(&visitor, &one, answer.clone()).await.ok();
    give(&cast.test.visitor(), &one, answer.clone()).await.is(422).shows("bấm lại");
    give(&visitor, &json!({ "id": "no-such-question" }), answer).await.is(422);
    // Too late.
    let late = ask(&visitor, "/dang-nhap/khoa/bat-dau").await;
    cast.wait(300);
    give(&visitor, &late, device.answer(&late["asked"])).await.is(422).shows("bấm lại");
    // A device that did not check who holds it.
    device.verifies = false;
    enter(&visitor, &mut device).await.is(422);
    device.verifies = true;
    enter(&visitor, &mut device).await.ok();
    assert_eq!(actions(&cast).await.iter().filter(|action| *action == "session.refused").count(), 4);
    cast.test.end().await;
}

#[tokio::test]
async fn a_key_opens_only_the_account_it_was_made_for() {
    let cast = start().await;
    let (_, _, mut device) = mai_with_a_passkey(&cast).await;
    let other = cast.account("ly.pao").await;
    let visitor = cast.test.visitor();
    // It names another owner than its row has.
    let owner = std::mem::replace(&mut device.owner, other.id.as_bytes().to_vec());
    enter(&visitor, &mut device).await.is(422);
    device.owner = owner;
    // A question asked for one account is not answered in the session of another.
    let (one, two) =
        (cast.browser(other.id, false).await, cast.browser(cast.account("giang.a").await.id, false).await);
    let question = ask(&one, "/tai-khoan/khoa/bat-dau").await;
    let answer = Device::new().make(&question["asked"]);
    let body = json!({ "id": question["id"], "ten": "Máy", "answer": answer });
    two.json(Method::POST, "/tai-khoan/khoa", &body).await.is(422);
    // Nor does the credential of one account enter into another.
    let mut copy = Device::new();
    copy.credential = device.credential.clone();
    add(&one, &mut copy, "Bản sao").await.is(422).shows("đã có khóa");
    // A key that was never added.
    let mut strange = Device::new();
    strange.owner = other.id.as_bytes().to_vec();
    enter(&visitor, &mut strange).await.is(422);
    visitor.get("/tai-khoan").await.leads_to("/dang-nhap");
    cast.test.end().await;
}

#[tokio::test]
async fn a_counter_that_goes_back_ends_the_key() {
    let cast = start().await;
    let mai = cast.account("lo.mai").await;
    let browser = cast.browser(mai.id, false).await;
    let mut device = Device::new();
    device.counter = 5;
    add(&browser, &mut device, "Khóa USB").await.ok();
    enter(&cast.test.visitor(), &mut device).await.ok();
    device.counter = 3;
    enter(&cast.test.visitor(), &mut device).await.is(422).shows("bị sao chép");
    device.counter = 50;
    enter(&cast.test.visitor(), &mut device).await.is(422).shows("bị sao chép");
    browser.get("/tai-khoan/khoa").await.ok().shows("Nghi bị sao chép");
    assert!(actions(&cast).await.contains(&"passkey.suspect".to_owned()));
    cast.test.end().await;
}

#[tokio::test]
async fn the_account_is_changed_only_by_who_has_just_proved_to_be_there() {
    let cast = start().await;
    let (_, browser, mut device) = mai_with_a_passkey(&cast).await;
    let list = browser.get("/tai-khoan/khoa").await;
    let (key, id) = (list.ok().field("khoa"), list.text());
    let id = id.split("/tai-khoan/khoa/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    cast.wait(601);
    browser.get("/tai-khoan/khoa").await.ok().shows("xác nhận lại trước khi").hides("/xoa\"");
    browser.json(Method::POST, "/tai-khoan/khoa/bat-dau", &json!({})).await.is(422).shows("Đã quá 10 phút");
    browser.post(&format!("/tai-khoan/khoa/{id}/xoa"), &[("khoa", &key)]).await.is(422);
    let prove = "/tai-khoan/xac-nhan";
    browser.get(&format!("{prove}?tiep=/tai-khoan/khoa")).await.ok().shows("name=\"mat-khau\"");
    browser.post(prove, &[("mat-khau", "sai rồi")]).await.is(422).shows("chưa đúng");
    browser
        .post(prove, &[("mat-khau", PASSWORD), ("tiep", "/tai-khoan/khoa")])
        .await
        .leads_to("/tai-khoan/khoa");
    let key = browser.get("/tai-khoan/khoa").await.ok().field("khoa");
    let name = [("khoa", key.as_str()), ("ten", "Máy cũ")];
    browser.post(&format!("/tai-khoan/khoa/{id}/ten"), &name).await.is(303);
    let page = browser.get("/tai-khoan/khoa").await;
    page.ok().shows("Máy cũ");
    let key = page.field("khoa");
    browser.post(&format!("/tai-khoan/khoa/{id}/xoa"), &[("khoa", &key)]).await.is(303);
    browser.get("/tai-khoan/khoa").await.ok().shows("Chưa có khóa truy cập nào");
    enter(&cast.test.visitor(), &mut device).await.is(422).shows("có thể nó đã bị xóa");
    cast.test.end().await;
}

#[tokio::test]
async fn a_stolen_password_adds_no_key_beside_one_that_is_there() {
    let cast = start().await;
    let (_, _, _) = mai_with_a_passkey(&cast).await;
    let thief = cast.test.visitor();
    thief.post("/dang-nhap", &[("ten-dang-nhap", "lo.mai"), ("mat-khau", PASSWORD)]).await.is(303);
    thief.json(Method::POST, "/tai-khoan/khoa/bat-dau", &json!({})).await.leads_to("/dang-nhap/ma-xac-thuc");
    thief.post("/tai-khoan/xac-thuc/bat-dau", &[]).await.leads_to("/dang-nhap/ma-xac-thuc");
    cast.test.end().await;
}

#[tokio::test]
async fn an_administrator_ends_the_keys_of_a_lost_phone() {
    let cast = start().await;
    let (mai, _, mut device) = mai_with_a_passkey(&cast).await;
    let admin = cast.with_role("quan.tri", "admin").await;
    let office = cast.browser(admin.id, true).await;
    let page = office.get(&format!("/lam-viec/tai-khoan/{mai}")).await;
    let key = page.ok().shows("Gỡ xác thực lần hai").shows("1 khóa").field("khoa");
    office.post(&format!("/lam-viec/tai-khoan/{mai}/bo-xac-thuc"), &[("khoa", &key)]).await.is(303);
    enter(&cast.test.visitor(), &mut device).await.is(422);
    cast.sign_in("lo.mai", PASSWORD).await.unwrap();
    cast.test.end().await;
}

#[tokio::test]
async fn a_locked_account_stays_shut() {
    let cast = start().await;
    let (mai, _, mut device) = mai_with_a_passkey(&cast).await;
    let ctx = cast.ctx();
    let tx = ctx.begin().await.unwrap();
    identity::account_lock(&ctx, &tx, mai, 1).await.unwrap();
    tx.commit().await.unwrap();
    enter(&cast.test.visitor(), &mut device).await.is(422).shows("đang bị khóa");
    cast.test.end().await;
}

#[tokio::test]
async fn a_page_that_can_have_no_passkeys_says_why() {
    let test = TestApp::with(areas(), Box::new(SignIn)).await;
    let commune = commune(&test, "Xã Gia Phú", None).await;
    let cast = Cast { test, commune };
    let mai = cast.account("lo.mai").await;
    for (address, says) in [
        (Some("https://203.0.113.7"), "mở bằng địa chỉ số"),
        (Some("http://ubnd.example"), "chưa được mã hóa"),
        (Some("https://ubnd.example"), "https://ubnd.example"),
        (None, "http://localhost:"),
    ] {
        let mut config = cast.test.app.config.clone();
        config.public_url = address.map(str::to_owned);
        let builder = Builder {
            config,
            clock: cast.test.clock.clone(),
            areas: areas(),
            authenticator: Box::new(SignIn),
            error_page: |_, _| String::new(),
        };
        let app = builder.start().await.unwrap();
        let value = open_session(&app, cast.commune, mai.id, false).await.unwrap();
        let browser = Client::of(&app).cookie(&format!("{}={value}", identity::COOKIE));
        browser.get("/tai-khoan/khoa").await.ok().shows("Chưa dùng được khóa").shows(says);
        app.db.close().await;
    }
    cast.test.end().await;
}
