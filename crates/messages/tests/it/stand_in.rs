//! The servers of other firms as their documents describe them: what came in, and the answers that a test lays ready.

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// Something that was asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    pub path: String,
    pub headers: http::HeaderMap,
    pub body: Bytes,
}

impl Asked {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    }
}

#[derive(Default)]
struct Inside {
    asked: Vec<Asked>,
    answers: VecDeque<(u16, Vec<u8>)>,
}

#[derive(Clone)]
pub struct StandIn {
    inside: Arc<Mutex<Inside>>,
    pub address: String,
}

impl StandIn {
    pub async fn start() -> StandIn {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let inside = Arc::new(Mutex::new(Inside::default()));
        let router = Router::new().fallback(answer).with_state(inside.clone());
        tokio::spawn(async move { axum_serve(listener, router).await });
        StandIn { inside, address }
    }

    /// The next answer; after the last one it answers 500.
    pub fn will(&self, status: u16, body: &str) {
        self.will_give(status, body.as_bytes().to_vec());
    }

    /// The same, with bytes: a picture.
    pub fn will_give(&self, status: u16, body: Vec<u8>) {
        self.inside.lock().unwrap().answers.push_back((status, body));
    }

    /// What was asked since the last look.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.inside.lock().unwrap().asked)
    }
}

async fn axum_serve(listener: tokio::net::TcpListener, router: Router) {
    axum::serve(listener, router).await.unwrap();
}

async fn answer(State(inside): State<Arc<Mutex<Inside>>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    let mut inside = inside.lock().unwrap();
    inside.asked.push(Asked { path: parts.uri.to_string(), headers: parts.headers, body });
    let (status, text) = inside.answers.pop_front().unwrap_or((500, Vec::new()));
    (StatusCode::from_u16(status).unwrap(), text).into_response()
}
