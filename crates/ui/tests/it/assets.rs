use axum::{Router, body::Body, routing::get};
use http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;

async fn fetch(path: &str, headers: &[(header::HeaderName, &str)]) -> (http::response::Parts, Vec<u8>) {
    let app = Router::new()
        .route("/assets/{*path}", get(ui::assets::serve))
        .route("/giao-dien", get(ui::appearance::choose));
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    let response = app.oneshot(request.body(Body::empty()).expect("a request")).await.expect("an answer");
    let (parts, body) = response.into_parts();
    (parts, body.collect().await.expect("a body").to_bytes().to_vec())
}

#[tokio::test]
async fn a_built_file_is_kept_for_ever_and_sent_small() {
    let path = ui::asset("app.css");
    let (plain, text) = fetch(path, &[]).await;
    assert_eq!(
        (plain.status, plain.headers[header::CONTENT_TYPE].as_bytes()),
        (StatusCode::OK, &b"text/css; charset=utf-8"[..])
    );
    assert_eq!(plain.headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    let (small, bytes) = fetch(path, &[(header::ACCEPT_ENCODING, "gzip, deflate, br")]).await;
    assert_eq!(small.headers[header::CONTENT_ENCODING], "br");
    assert!(bytes.len() * 3 < text.len());
    let (gzip, _) = fetch(path, &[(header::ACCEPT_ENCODING, "gzip, br;q=0")]).await;
    assert_eq!(gzip.headers[header::CONTENT_ENCODING], "gzip");
    let etag = gzip.headers[header::ETAG].to_str().expect("text").to_owned();
    let headers = [(header::ACCEPT_ENCODING, "gzip"), (header::IF_NONE_MATCH, etag.as_str())];
    let (same, body) = fetch(path, &headers).await;
    assert_eq!((same.status, body.len()), (StatusCode::NOT_MODIFIED, 0));
}

#[tokio::test]
async fn what_was_not_built_is_not_found() {
    for path in
        ["/assets/none.css", "/assets/manifest.json", "/assets/../Cargo.toml", "/assets/%2e%2e/Cargo.toml"]
    {
        assert_eq!(fetch(path, &[]).await.0.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_choice_of_appearance_leads_back_to_our_own_pages_only() {
    let (parts, _) = fetch("/giao-dien?theme=dark&ve=/so-lieu%3Fthon%3D1", &[]).await;
    assert_eq!(parts.headers[header::LOCATION], "/so-lieu?thon=1");
    assert!(parts.headers[header::SET_COOKIE].to_str().is_ok_and(|cookie| cookie.starts_with("theme=dark;")));
    for away in ["//evil.example", "https://evil.example", "/%5Cevil.example", ""] {
        assert_eq!(
            fetch(&format!("/giao-dien?size=large&ve={away}"), &[]).await.0.headers[header::LOCATION],
            "/",
            "{away}"
        );
    }
}
