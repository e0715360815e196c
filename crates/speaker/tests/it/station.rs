//! A station: a real engine, served over HTTP on a runtime of its own, so that its line can be cut as lines are.

use crate::ear::{now, wav};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::StreamExt;
use onair::clip::{ClipKey, Statement};
use onair::{Class, Engine, Entry, Moment, Schedule, Settings, Source, Stop, SystemClock};
use sha2::{Digest, Sha256};
use speakerlink::{Clip, Plan, STREAM_BEGAN};
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub const TOKEN: &str = "a-token-of-a-test";
pub const VILLAGE: &str = "Bản Mới";
const MOUNT: &str = "ban-moi";

/// What a station shows.
pub struct Station {
    pub shown: Arc<Shown>,
    pub address: String,
    runtime: Option<tokio::runtime::Runtime>,
    stop: Stop,
}

pub struct Shown {
    station: Arc<onair::Station>,
    pub plan: Mutex<Plan>,
    pub audio: Mutex<HashMap<String, Vec<u8>>>,
    /// Without a stream every request for it fails.
    pub streams: AtomicBool,
    /// A stream that stands still and does not end.
    pub stalls: AtomicBool,
}

impl Station {
    /// On air: a recording, from a moment on.
    pub fn start(folder: &std::path::Path, recording: &[f32], from: i64) -> Station {
        let path = folder.join("on-air.wav");
        std::fs::write(&path, wav(recording)).unwrap();
        let settings = Settings { opus: None, ..Settings::default() };
        let (engine, station) = Engine::new(&[MOUNT], settings, None, Box::new(drop)).unwrap();
        let entry = Entry {
            id: "programme".into(),
            start: Moment::from_micros(from),
            length: Duration::from_secs(3_600),
            source: "recording".into(),
            from: Duration::ZERO,
            mounts: [MOUNT.into()].into(),
            class: Class::Scheduled,
            priority: false,
        };
        let sources = [("recording".into(), Source::File { path, gain: 0.0, again: false })].into();
        station.set_schedule(Schedule { plan: onair::Plan::new(vec![entry], vec![]).unwrap(), sources });
        let stop = Stop::default();
        let stopped = stop.clone();
        std::thread::spawn(move || engine.run(&SystemClock::new(|| Moment::from_micros(now())), &stopped));
        let shown = Arc::new(Shown {
            station,
            plan: Mutex::new(Plan { village: VILLAGE.into(), clips: vec![] }),
            audio: Mutex::default(),
            streams: AtomicBool::new(true),
            stalls: AtomicBool::new(false),
        });
        let mut station = Station { shown, address: "127.0.0.1:0".into(), runtime: None, stop };
        station.mend();
        station
    }

    /// The line breaks: everything that stands is closed, nobody answers.
    pub fn cut(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }

    /// It is back, at the same place.
    pub fn mend(&mut self) {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (said, address) = std::sync::mpsc::channel();
        let (shown, place) = (self.shown.clone(), self.address.clone());
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::bind(&place).await.unwrap();
            said.send(listener.local_addr().unwrap().to_string()).unwrap();
            axum::serve(listener, routes(shown)).await.unwrap();
        });
        self.address = address.recv().unwrap();
        self.runtime = Some(runtime);
    }

    pub fn listeners(&self) -> usize {
        self.shown.station.streams(MOUNT).unwrap().mp3.listeners()
    }

    /// Plans a clip.
    pub fn plan(&self, clip: Clip, audio: &[u8]) {
        self.shown.audio.lock().unwrap().insert(clip.audio.clone(), audio.to_vec());
        self.shown.plan.lock().unwrap().clips.push(clip);
    }
}

impl Drop for Station {
    fn drop(&mut self) {
        self.stop.stop();
        self.cut();
    }
}

pub fn key() -> ClipKey {
    ClipKey::new([7; 32])
}

/// A clip that may play from one moment to another.
pub fn clip(key: &ClipKey, id: &str, (from, to): (i64, i64), village: &str, audio: &[u8]) -> Clip {
    let statement = Statement {
        id: id.into(),
        from: Moment::from_micros(from),
        to: Moment::from_micros(to),
        villages: [village.to_owned()].into(),
    };
    let digest: [u8; 32] = Sha256::digest(audio).into();
    let head = hex::encode(key.head(&statement, &digest).unwrap());
    Clip { id: id.into(), from, to, head, audio: hex::encode(digest), size: audio.len() as u64 }
}

fn routes(shown: Arc<Shown>) -> Router {
    Router::new()
        .route("/truyen-thanh/loa/{device}/phat.mp3", get(stream))
        .route("/truyen-thanh/loa/{device}/ke-hoach", get(plan))
        .route("/truyen-thanh/loa/{device}/am-thanh/{digest}", get(audio))
        .route("/truyen-thanh/loa/{device}/gio", get(async || now().to_string()))
        .layer(from_fn(known))
        .with_state(shown)
}

/// Whoever comes with the token of the test, under the name that stands in the path.
async fn known(request: Request, next: Next) -> Response {
    use base64::Engine;
    let device = request.uri().path().split('/').nth(3).unwrap_or_default().to_owned();
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{device}:{TOKEN}"));
    let given = request.headers().get("authorization").and_then(|value| value.to_str().ok());
    if given == Some(&format!("Basic {basic}")) {
        next.run(request).await
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

async fn stream(State(shown): State<Arc<Shown>>) -> Response {
    if !shown.streams.load(Ordering::SeqCst) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let listener = shown.station.streams(MOUNT).unwrap().mp3.listen();
    let Some(began) = listener.began() else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let stands = listener.filter(move |_| {
        let stalls = shown.stalls.load(Ordering::SeqCst);
        async move { !stalls }
    });
    let body = Body::from_stream(stands.map(Ok::<Bytes, Infallible>));
    ([("content-type", "audio/mpeg".to_owned()), (STREAM_BEGAN, began.micros().to_string())], body)
        .into_response()
}

async fn plan(State(shown): State<Arc<Shown>>) -> Response {
    speakerlink::write(&*shown.plan.lock().unwrap()).into_response()
}

async fn audio(State(shown): State<Arc<Shown>>, Path((_, digest)): Path<(String, String)>) -> Response {
    match shown.audio.lock().unwrap().get(&digest) {
        Some(audio) => audio.clone().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
