//! The whole way through a real service, with its own pages: sign in there, agree there, come back. `cargo xtask test`
//! starts it and says where (SANDINH_TEST_OIDC).

use crate::support::start;
use axum::body::Bytes;
use identity::{RawProvider, provider_insert, provider_set_active};
use platform::call;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use testkit::encode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// A browser at the service: cookies, forms, redirects followed one by one.
struct Visitor {
    host: String,
    cookies: BTreeMap<String, String>,
}

struct Page {
    head: String,
    body: String,
}

impl Page {
    fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
    }
}

impl Visitor {
    async fn send(&mut self, method: &str, path: &str, form: &[(&str, &str)]) -> Page {
        let body: Vec<String> = form.iter().map(|(k, v)| format!("{}={}", encode(k), encode(v))).collect();
        let body = body.join("&");
        let cookies: Vec<String> = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
        let request = format!(
            "{method} {path} HTTP/1.0\r\nHost: {}\r\nCookie: {}\r\nAccept: text/html\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.host,
            cookies.join("; "),
            body.len()
        );
        let mut stream = tokio::net::TcpStream::connect(&self.host).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        for line in head.lines().filter_map(|line| line.split_once(": ")) {
            if line.0.eq_ignore_ascii_case("set-cookie")
                && let Some((name, value)) = line.1.split(';').next().unwrap().split_once('=')
            {
                self.cookies.insert(name.into(), value.into());
            }
        }
        Page { head: head.to_owned(), body: body.to_owned() }
    }

    /// Goes where the service leads until it leads away or shows a page.
    async fn follow(&mut self, start: &str) -> Result<String, Page> {
        let origin = format!("http://{}", self.host);
        let mut at = start.to_owned();
        for _ in 0..10 {
            let page = self.send("GET", at.strip_prefix(&origin).unwrap_or(&at), &[]).await;
            match page.header("location") {
                Some(to) if to.starts_with('/') || to.starts_with(&origin) => at = to.to_owned(),
                Some(to) => return Ok(to.to_owned()),
                None => return Err(page),
            }
        }
        panic!("the service leads round in a circle");
    }
}

/// The form of the service's page: where it goes.
fn action(page: &Page) -> String {
    let text = page.body.split("<form").nth(1).unwrap_or_else(|| panic!("no form:\n{}", page.body));
    text.split("action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Registers us at the service, as an administrator would by hand.
async fn register(issuer: &str, back: &str) -> Value {
    let body = json!({ "redirect_uris": [back], "client_name": "Xã Gia Phú", "grant_types": ["authorization_code"],
        "response_types": ["code"] });
    let request = http::Request::post(format!("{issuer}/reg")).header("content-type", "application/json");
    let request = request.body(http_body_util::Full::new(Bytes::from(body.to_string()))).unwrap();
    let answer = call::call(request, call::PATIENCE).await.unwrap();
    assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.body));
    serde_json::from_slice(&answer.body).unwrap()
}

#[tokio::test]
async fn a_resident_signs_in_by_a_real_service() {
    let Ok(issuer) = std::env::var("SANDINH_TEST_OIDC") else {
        assert!(
            std::env::var("SANDINH_TEST_SMTP").is_err(),
            "the servers of the tests run, but not this one"
        );
        return;
    };
    let cast = start().await;
    // The service has a clock of its own.
    let ahead = platform::clock::Clock::System.now() - cast.test.app.clock.now();
    cast.wait(ahead.num_seconds());
    let ctx = cast.ctx();
    let mut raw = RawProvider {
        name_vi: "Dịch vụ thật".into(),
        name_en: "A real service".into(),
        issuer: issuer.clone(),
        client_id: "chưa có".into(),
        scopes: "profile dinh_danh".into(),
        number_claim: "so_dinh_danh".into(),
        level_claim: "muc".into(),
        levels: "cao".into(),
        makes_accounts: true,
        ..RawProvider::default()
    };
    let tx = ctx.begin().await.unwrap();
    let id = provider_insert(&ctx, &tx, &raw).await.unwrap();
    provider_set_active(&ctx, &tx, id, 1, true).await.unwrap();
    tx.commit().await.unwrap();
    let registered = register(&issuer, &format!("https://giaphu.example/dang-nhap/qua/{id}/ve")).await;
    raw.client_id = registered["client_id"].as_str().unwrap().into();
    raw.client_secret = registered["client_secret"].as_str().unwrap().into();
    let tx = ctx.begin().await.unwrap();
    identity::provider_update(&ctx, &tx, id, 2, &raw).await.unwrap();
    tx.commit().await.unwrap();

    let browser = cast.test.visitor();
    let out = browser.get(&format!("/dang-nhap/qua/{id}")).await.is(303).location();
    let host = issuer.trim_start_matches("http://").to_owned();
    let mut there = Visitor { host, cookies: BTreeMap::new() };
    let Err(form) = there.follow(&out).await else { panic!("nobody was asked who it is") };
    let fields = [("prompt", "login"), ("login", "010190000123"), ("password", "gì cũng được")];
    let signed_in = there.send("POST", &path(&action(&form), &issuer), &fields).await;
    let Err(consent) = there.follow(signed_in.header("location").unwrap()).await else {
        panic!("no consent")
    };
    let agreed = there.send("POST", &path(&action(&consent), &issuer), &[("prompt", "consent")]).await;
    let back = there.follow(agreed.header("location").unwrap()).await;
    let back = back.unwrap_or_else(|page| panic!("not led back:\n{}", page.body));
    let back = back.strip_prefix("https://giaphu.example").unwrap();
    browser.get(back).await.is(303).leads_to("/tai-khoan");
    browser.get("/tai-khoan").await.ok().shows("Người 010190000123");
    // The same link a second time opens nothing.
    browser.another().get(back).await.is(422);
    // Somebody comes by with the code of another person's visit: the service refuses.
    let other = cast.test.visitor();
    let out = other.get(&format!("/dang-nhap/qua/{id}")).await.is(303).location();
    let state = out.split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let code = back.split("code=").nth(1).unwrap().split('&').next().unwrap();
    other
        .get(&format!("/dang-nhap/qua/{id}/ve?code={code}&state={state}"))
        .await
        .is(422)
        .shows("chưa cho đăng nhập");
    cast.test.end().await;
}

fn path(action: &str, issuer: &str) -> String {
    action.strip_prefix(issuer).unwrap_or(action).to_owned()
}
