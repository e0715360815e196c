//! A person at a browser: keeps cookies, sends forms, follows nothing by itself.

use crate::Answer;
use axum::Router;
use axum::body::Body;
use http::{Method, Request, header};
use http_body_util::BodyExt;
use std::collections::BTreeMap;
use std::sync::Mutex;
use tower::ServiceExt;

/// One browser. Cookies set by answers are kept for the next request.
pub struct Client {
    router: Router,
    cookies: Mutex<BTreeMap<String, String>>,
    headers: Vec<(String, String)>,
}

impl Client {
    /// A browser of an app that the test made itself.
    pub fn of(app: &platform::App) -> Client {
        Client::new(platform::http::router(app))
    }

    pub(crate) fn new(router: Router) -> Client {
        Client { router, cookies: Mutex::default(), headers: Vec::new() }
    }

    /// Another program of the same person: the cookies of now.
    pub fn same(&self) -> Client {
        let cookies = self.cookies.lock().expect("no panic while held").clone();
        Client { router: self.router.clone(), cookies: Mutex::new(cookies), headers: self.headers.clone() }
    }

    /// Another browser of the same app, without cookies.
    pub fn another(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// `name=value`
    pub fn cookie(self, pair: &str) -> Client {
        self.keep_cookie(pair);
        self
    }

    /// Sends this header with every request.
    pub fn header(mut self, name: &str, value: &str) -> Client {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Calls the API with a token instead of cookies.
    pub fn token(self, token: &str) -> Client {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Vec::new()).await
    }

    /// Sends a form as a browser does.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        let body = pairs.collect::<Vec<_>>().join("&").into_bytes();
        self.send(Method::POST, path, Some("application/x-www-form-urlencoded"), body).await
    }

    pub async fn json(&self, method: Method, path: &str, body: &serde_json::Value) -> Answer {
        self.send(method, path, Some("application/json"), body.to_string().into_bytes()).await
    }

    /// Sends a form with one file.
    pub async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        field: &str,
        name: &str,
        bytes: &[u8],
    ) -> Answer {
        let boundary = "----sandinh-test-boundary";
        let mut body = Vec::new();
        for (key, value) in fields {
            let part =
                format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{key}\"\r\n\r\n{value}\r\n");
            body.extend(part.into_bytes());
        }
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend(bytes);
        body.extend(format!("\r\n--{boundary}--\r\n").into_bytes());
        let kind = format!("multipart/form-data; boundary={boundary}");
        self.send(Method::POST, path, Some(&kind), body).await
    }

    pub async fn send(&self, method: Method, path: &str, kind: Option<&str>, body: Vec<u8>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "giaphu.example");
        let cookies: Vec<String> = self
            .cookies
            .lock()
            .expect("no panic while held")
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        for value in response.headers().get_all(header::SET_COOKIE) {
            self.keep_cookie(value.to_str().expect("ASCII cookies"));
        }
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes().to_vec();
        Answer { path: path.to_owned(), status: parts.status, headers: parts.headers, bytes }
    }

    fn keep_cookie(&self, text: &str) {
        let pair = text.split(';').next().unwrap_or_default();
        if let Some((name, value)) = pair.split_once('=') {
            let mut cookies = self.cookies.lock().expect("no panic while held");
            let gone = value.is_empty() || text.to_lowercase().contains("max-age=0");
            if gone {
                cookies.remove(name.trim())
            } else {
                cookies.insert(name.trim().into(), value.into())
            };
        }
    }
}

/// Percent-encodes a form field or a part of an address.
pub fn encode(text: &str) -> String {
    let safe = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    text.bytes().map(|b| if safe(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
