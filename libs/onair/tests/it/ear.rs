//! What a listener hears: a station in simulated time, served over HTTP, decoded by ffmpeg, judged by its samples.

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::StreamExt;
use onair::{Entry, Moment, OutletSettings, Plan, Schedule, Settings, Source, Station};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

pub const RATE: usize = 48_000;
/// 2026-11-28T00:00Z; any whole second would do.
pub const BEGIN: i64 = 1_795_824_000;

/// Simulated time runs ahead of every client, so everything is kept, and a client gets it from the beginning.
pub fn settings() -> Settings {
    let all = Duration::from_secs(2 * 3_600);
    Settings {
        outlet: OutletSettings { burst: all, kept: all, skips: 0 },
        patience: Duration::from_secs(30),
        opus: None,
        ..Settings::default()
    }
}

pub fn at(second: f64) -> Moment {
    Moment::from_micros(BEGIN * 1_000_000 + (second * 1e6) as i64)
}

pub fn entry(id: &str, (from, to): (f64, f64), class: onair::Class, mounts: &[&str]) -> Entry {
    Entry {
        id: id.into(),
        start: at(from),
        length: at(to).since(at(from)),
        source: id.split('#').next().unwrap().into(),
        from: Duration::ZERO,
        mounts: mounts.iter().map(|mount| (*mount).into()).collect(),
        class,
        priority: false,
    }
}

pub fn schedule(entries: Vec<Entry>, sources: Vec<(&str, Source)>) -> Schedule {
    let sources = sources.into_iter().map(|(name, source)| (name.into(), source)).collect();
    Schedule { plan: Plan::new(entries, vec![]).unwrap(), sources }
}

/// As a program that uses this library would serve a station.
pub fn routes(station: Arc<Station>) -> Router {
    async fn stream(State(station): State<Arc<Station>>, Path(file): Path<String>) -> Response {
        let found = file.split_once('.').and_then(|(mount, kind)| Some((station.streams(mount)?, kind)));
        let Some((streams, kind)) = found else { return StatusCode::NOT_FOUND.into_response() };
        let (outlet, kind) = match (kind, &streams.opus) {
            ("mp3", _) => (&streams.mp3, "audio/mpeg"),
            ("opus", Some(opus)) => (opus, "audio/ogg"),
            _ => return StatusCode::NOT_FOUND.into_response(),
        };
        let body = Body::from_stream(outlet.listen().map(Ok::<_, std::convert::Infallible>));
        ([(header::CONTENT_TYPE, kind)], body).into_response()
    }
    Router::new().route("/{file}", get(stream)).with_state(station)
}

/// Serves on a free port and gives the address.
pub async fn serve(routes: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    address
}

/// Opens an address with ffmpeg and gives all samples until the stream ends.
pub async fn hear(address: &str) -> Vec<f32> {
    hear_for(address, 7_200).await
}

/// The same, for so many seconds at the most.
pub async fn hear_for(address: &str, seconds: u32) -> Vec<f32> {
    let mut ffmpeg = tokio::process::Command::new("ffmpeg");
    ffmpeg.args([
        "-v",
        "error",
        "-i",
        address,
        "-t",
        &seconds.to_string(),
        "-f",
        "f32le",
        "-ac",
        "1",
        "-ar",
        "48000",
        "-",
    ]);
    let done = ffmpeg
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .await
        .expect("ffmpeg, from Debian's package");
    assert_eq!(String::from_utf8_lossy(&done.stderr), "", "ffmpeg has nothing to complain about");
    done.stdout.chunks_exact(4).map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap())).collect()
}

pub fn level(samples: &[f32]) -> f32 {
    (samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len().max(1) as f32).sqrt()
}

/// How much of a tone is in the samples: its amplitude (Goertzel's filter).
pub fn tone(samples: &[f32], hertz: f64) -> f64 {
    let turn = std::f64::consts::TAU * hertz / RATE as f64;
    let (mut cos, mut sin) = (0.0, 0.0);
    for (n, sample) in samples.iter().enumerate() {
        cos += f64::from(*sample) * (turn * n as f64).cos();
        sin += f64::from(*sample) * (turn * n as f64).sin();
    }
    2.0 * cos.hypot(sin) / samples.len() as f64
}

/// The seconds `from` to `to` of what was heard.
pub fn part(samples: &[f32], from: f64, to: f64) -> &[f32] {
    &samples[(from * RATE as f64) as usize..(to * RATE as f64) as usize]
}
