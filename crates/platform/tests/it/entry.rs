//! The way in: who, where, which language, which headers, and errors in two texts.

use crate::toy;

#[tokio::test]
async fn every_answer_carries_the_headers_and_a_request_id() {
    let test = toy::start().await;
    let home = test.visitor().get("/").await;
    home.ok().shows("xã");
    assert!(home.header("content-security-policy").contains("script-src 'self'"));
    assert!(!home.header("content-security-policy").contains("unsafe"));
    assert_eq!(home.header("x-content-type-options"), "nosniff");
    assert_eq!(home.header("cache-control"), "no-store");
    assert_eq!(home.header("x-request-id").len(), 12);
    test.end().await;
}

#[tokio::test]
async fn a_role_a_second_factor_and_a_place_decide() {
    let test = toy::start().await;
    test.visitor().get("/secret").await.is(303).leads_to("/dang-nhap?tiep=%2Fsecret");
    test.with_cookie("as=officer").get("/secret").await.is(303).leads_to("/dang-nhap/ma-xac-thuc");
    let head = test.with_cookie("as=head").get("/secret").await;
    head.is(403).shows("chưa được giao quyền");
    test.end().await;
}

#[tokio::test]
async fn errors_speak_two_languages_and_the_api_gets_problem_details() {
    let test = toy::start().await;
    test.visitor().get("/nowhere").await.is(404).shows("Không tìm thấy");
    test.visitor().get("/nowhere?lang=en").await.is(404).shows("There is nothing here");
    let problem = test.visitor().get("/api/v1/boom").await;
    problem.is(422);
    assert_eq!(problem.header("content-type"), "application/problem+json");
    let body = problem.json();
    assert_eq!(body["errors"][0]["field"], "ten");
    assert_eq!(body["request_id"], problem.header("x-request-id"));
    test.end().await;
}

#[tokio::test]
async fn the_chosen_language_stays() {
    let test = toy::start().await;
    let visitor = test.visitor();
    visitor.get("/?lang=en").await.ok().shows("lang=en");
    visitor.get("/").await.ok().shows("lang=en");
    visitor.get("/?lang=vi").await.ok().shows("lang=vi");
    visitor.get("/?lang=xx").await.ok().shows("lang=vi");
    test.end().await;
}

#[tokio::test]
async fn a_panic_is_an_error_page_and_the_server_lives_on() {
    let test = toy::start().await;
    test.visitor().get("/boom").await.is(500).shows("chưa có gì được ghi");
    test.visitor().get("/").await.ok();
    test.end().await;
}

#[tokio::test]
async fn health_metrics_and_the_api_description_answer() {
    let test = toy::start().await;
    assert_eq!(test.visitor().get("/healthz").await.ok().json()["status"], "ok");
    test.visitor().get("/").await.ok();
    test.visitor().get("/metrics").await.ok().shows("sandinh_http_requests_total{route=\"/\"").shows("# EOF");
    assert_eq!(test.visitor().get("/api/openapi.json").await.ok().json()["openapi"], "3.1.0");
    test.end().await;
}
