//! Forms: sent twice, sent from elsewhere, sent wrong.

use crate::toy;
use platform::sql;

const KEY: &str = "0190a0a0-0000-7000-8000-000000000001";

async fn notes(test: &testkit::TestApp) -> i64 {
    sql("SELECT COUNT(*) FROM note WHERE commune_id = $1")
        .bind(toy::COMMUNE)
        .count(&test.app.db)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_double_click_writes_once_and_leads_to_the_same_place() {
    let test = toy::start().await;
    let officer = test.with_cookie("as=officer");
    let first = officer.post("/note", &[("khoa", KEY), ("body", "Họp thôn")]).await.is(303).location();
    let second = officer.post("/note", &[("khoa", KEY), ("body", "Họp thôn")]).await.is(303).location();
    assert_eq!(first, second);
    assert_eq!(notes(&test).await, 1);
    test.with_cookie("as=head").post("/note", &[("body", "không khóa")]).await.is(422).shows("khóa");
    test.end().await;
}

#[tokio::test]
async fn two_clicks_at_the_same_moment_write_once() {
    let test = toy::start().await;
    let (a, b) = (test.with_cookie("as=officer"), test.with_cookie("as=officer"));
    let fields = [("khoa", KEY), ("body", "Họp")];
    let (a, b) = tokio::join!(a.post("/note", &fields), b.post("/note", &fields));
    assert_eq!(a.is(303).location(), b.is(303).location());
    assert_eq!(notes(&test).await, 1);
    test.end().await;
}

#[tokio::test]
async fn a_refused_form_leaves_its_key_free() {
    let test = toy::start().await;
    let officer = test.with_cookie("as=officer");
    officer.post("/note", &[("khoa", KEY), ("body", "")]).await.is(422);
    officer.post("/note", &[("khoa", KEY), ("body", "bây giờ có")]).await.is(303);
    assert_eq!(notes(&test).await, 1);
    test.end().await;
}

#[tokio::test]
async fn a_form_of_another_site_is_refused() {
    let test = toy::start().await;
    let fields = [("khoa", KEY), ("body", "x")];
    let foreign = test.with_cookie("as=officer").header("sec-fetch-site", "cross-site");
    foreign.post("/note", &fields).await.is(403).shows("trang khác");
    let foreign = test.with_cookie("as=officer").header("origin", "https://evil.example");
    foreign.post("/note", &fields).await.is(403);
    let own = test.with_cookie("as=officer").header("origin", "https://giaphu.example");
    own.post("/note", &fields).await.is(303);
    assert_eq!(notes(&test).await, 1);
    test.end().await;
}

#[tokio::test]
async fn ten_thousand_characters_and_more_are_refused_with_a_word() {
    let test = toy::start().await;
    let long = "ê".repeat(20_001);
    let answer = test.with_cookie("as=officer").post("/note", &[("khoa", KEY), ("body", &long)]).await;
    answer.is(422);
    let giant = vec![b'a'; 33 << 20];
    let kind = Some("application/x-www-form-urlencoded");
    let answer = test.with_cookie("as=officer").send(http::Method::POST, "/note", kind, giant).await;
    answer.is(413).shows("quá lớn");
    assert_eq!(notes(&test).await, 0);
    test.end().await;
}
