//! The home page, the desk and the search, as people see them.

mod disclosure;
mod face;
mod news;
mod news_api;
mod news_more;

use testkit::TestApp;

#[tokio::test]
async fn the_home_page_asks_one_question_in_both_languages() {
    let (test, cast) = TestApp::start().await;
    let _ = &cast;
    let visitor = test.visitor();
    visitor.get("/").await.ok().shows("Hôm nay bà con cần gì?").shows("Đông Căm").hides("portal-");
    visitor.get("/?lang=en").await.ok().shows("What do you need today?").hides("portal-");
    test.end().await;
}

#[tokio::test]
async fn the_desk_greets_and_teaches_when_it_is_empty() {
    let (test, cast) = TestApp::start().await;
    let officer = test.sign_in(&cast.home, "registry_officer").await;
    officer.get("/lam-viec").await.ok().shows("Chào Thử registry_officer").hides("portal-desk");
    officer.get("/lam-viec?lang=en").await.ok().shows("Today&#39;s work").hides("portal-desk");
    test.visitor().get("/lam-viec").await.is(303).leads_to("/dang-nhap");
    test.end().await;
}

#[tokio::test]
async fn the_search_says_what_to_do_when_there_is_nothing() {
    let (test, cast) = TestApp::start().await;
    let officer = test.sign_in(&cast.home, "registry_officer").await;
    officer.get("/lam-viec/tim").await.ok().shows("Không cần dấu");
    officer.get("/lam-viec/tim?q=khong+co+gi").await.ok().shows("Không tìm thấy");
    let found = officer.get("/lam-viec/tim?goi-y=1&q=tai+khoan").await;
    assert!(found.ok().json().is_array());
    test.visitor().get("/tim?q=%3Cscript%3E").await.ok().hides("<script>");
    test.end().await;
}

#[tokio::test]
async fn anybody_finds_villages_and_figures_by_name_without_marks() {
    let (test, _cast) = TestApp::start().await;
    let visitor = test.visitor();
    visitor.get("/tim?q=dong+cam").await.ok().shows("Đông Căm").shows("/thon/dong-cam");
    visitor.get("/tim?q=so+ho").await.ok().shows("/so-lieu/households").shows("Trang và số liệu");
    visitor.get("/tim?q=so+lieu").await.ok().shows("href=\"/so-lieu\"");
    visitor.get("/tim?q=households&lang=en").await.ok().shows("/so-lieu/households").hides("portal-");
    test.end().await;
}
