//! Another station that stalls, falls silent, sends pages instead of sound; heard at the end of the chain.

use crate::ear::{BEGIN, at, entry, hear, part, routes, schedule, serve, settings, tone};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use bytes::Bytes;
use futures_util::StreamExt;
use onair::encode::{Mp3Settings, mp3_file};
use onair::relay::{Relay, RelaySettings};
use onair::{AirEvent, Class, Engine, IcyStream, Outlet, OutletSettings, Source, Station, Why};
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Ten frames: 240 ms, twelve beats.
const PIECE: Duration = Duration::from_millis(240);

/// A station with titles in its stream, under the control of the test.
async fn other_station(outlet: Outlet) -> String {
    async fn stream(State(outlet): State<Outlet>) -> ([(&'static str, &'static str); 2], Body) {
        let body = IcyStream::new(outlet.listen()).map(Ok::<_, Infallible>);
        ([("content-type", "audio/mpeg"), ("icy-metaint", "16000")], Body::from_stream(body))
    }
    let routes = Router::new()
        .route("/live.mp3", get(stream))
        .route("/page.mp3", get(|| async { Html("<html>Đăng nhập</html>") }))
        .route("/sly.mp3", get(|| async { ([("content-type", "audio/mpeg")], "\n<!DOCTYPE html>…") }))
        .route("/moved.mp3", get(|| async { axum::response::Redirect::temporary("/live.mp3") }));
    serve(routes.with_state(outlet)).await
}

fn pieces(amplitude: f32) -> Vec<Bytes> {
    // 40 whole turns in 2,880 samples: the end of one round is the beginning of the next.
    let sound = |n: usize| (n as f32 * std::f32::consts::TAU * 40.0 / 2_880.0).sin() * amplitude;
    let all = mp3_file(&(0..480_000).map(sound).collect::<Vec<_>>(), Mp3Settings::default()).unwrap();
    // The encoder fades in over its first pieces: those in the middle join to an endless tone.
    all.chunks_exact(1_920).skip(2).take(20).map(|piece| Bytes::from(piece.to_vec())).collect()
}

struct Bench {
    engine: Engine,
    station: Arc<Station>,
    remote: Outlet,
    relay: Arc<Relay>,
    log: Arc<Mutex<Vec<AirEvent>>>,
    beat: u32,
}

impl Bench {
    async fn new(path: &str) -> Bench {
        let burst = OutletSettings { burst: Duration::ZERO, ..OutletSettings::default() };
        let remote = Outlet::new(burst, Bytes::new());
        remote.set_title("Thời sự");
        let address = format!("{}/{path}", other_station(remote.clone()).await);
        let relay =
            Relay::new(&address, RelaySettings::default(), tokio::runtime::Handle::current()).unwrap();
        let relay = Arc::new(relay);
        let log = Arc::<Mutex<Vec<AirEvent>>>::default();
        let notes = log.clone();
        let note = Box::new(move |event| notes.lock().unwrap().push(event));
        let (engine, station) = Engine::new(&["a"], settings(), None, note).unwrap();
        let entries = vec![
            entry("music", (0.0, 300.0), Class::Filler, &["a"]),
            entry("relay", (0.0, 300.0), Class::Relay, &["a"]),
        ];
        let sources = vec![("music", Source::Tone(300.0)), ("relay", Source::Relay(relay.clone()))];
        station.set_schedule(schedule(entries, sources));
        Bench { engine, station, remote, relay, log, beat: 0 }
    }

    fn second(&self) -> f64 {
        f64::from(self.beat) / 50.0
    }

    fn step(&mut self, beats: u32) {
        for _ in 0..beats {
            self.engine.step(at(self.second())).unwrap();
            self.beat += 1;
        }
    }

    /// The other station sends for so many seconds; each piece has arrived before the time passes in which it is heard.
    async fn sends(&mut self, seconds: u32, pieces: &[Bytes]) {
        for piece in 0..seconds * 25 / 6 {
            let before = self.relay.status().ready;
            self.remote.push(pieces[piece as usize % pieces.len()].clone(), 11_520);
            // A decoder keeps the last frame for itself; the first piece gives less.
            let enough = (before + PIECE / 2).min(Duration::from_millis(1_900));
            while self.relay.status().ready < enough {
                tokio::task::yield_now().await;
            }
            self.step(12);
        }
    }

    /// What went on air, as (entry, second, reason).
    fn changes(&self) -> Vec<(String, f64, Why)> {
        let log = self.log.lock().unwrap();
        let began = log.iter().filter_map(|event| match event {
            AirEvent::Began { on_air: Some((entry, _)), at, why, .. } => {
                Some((entry.to_string(), (at.micros() - BEGIN * 1_000_000) as f64 / 1e6, why.clone()))
            }
            _ => None,
        });
        began.collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_stalls_or_falls_silent_is_left_within_three_seconds_and_comes_back() {
    let (loud, silent) = (pieces(0.2), pieces(0.0));
    let mut bench = Bench::new("moved.mp3").await;
    bench.step(1);
    while bench.remote.listeners() == 0 {
        tokio::task::yield_now().await;
    }
    bench.sends(8, &loud).await;
    let stalled = bench.second();
    bench.step(250);
    let resumed = bench.second();
    bench.sends(12, &loud).await;
    let fell_silent = bench.second();
    bench.sends(8, &silent).await;
    let changes = bench.changes();
    let names: Vec<&str> = changes.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(
        names.iter().rev().take(4).collect::<Vec<_>>(),
        [&"music", &"relay", &"music", &"relay"],
        "{changes:?}"
    );
    let [.., relay, music, back, quiet] = &changes[..] else { panic!("{changes:?}") };
    assert!(relay.1 < stalled - 5.0, "{changes:?}");
    assert!(
        music.1 - stalled <= 3.0 && music.2 == Why::SourceFailed("the stream has run dry".into()),
        "{changes:?}"
    );
    assert!((5.0..8.0).contains(&(back.1 - resumed)) && back.2 == Why::SourceReturned, "{changes:?}");
    // The reserve of a second is heard first, then three seconds of silence.
    assert!((2.9..5.2).contains(&(quiet.1 - fell_silent)), "{changes:?}");
    assert_eq!(quiet.2, Why::SourceFailed("the stream is silent".into()));
    // And so it was heard.
    bench.station.streams("a").unwrap().mp3.close();
    let heard = hear(&format!("{}/a.mp3", serve(routes(bench.station.clone())).await)).await;
    let hertz = 48_000.0 * 40.0 / 2_880.0;
    for (second, wanted) in
        [(stalled - 1.0, hertz), (stalled + 3.1, 300.0), (back.1 + 1.0, hertz), (quiet.1 + 0.5, 300.0)]
    {
        assert!(
            tone(part(&heard, second, second + 0.2), wanted) > 0.08,
            "{second}: {wanted} Hz, {changes:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_instead_of_sound_is_told_and_the_next_plays() {
    for path in ["page.mp3", "sly.mp3", "none.mp3"] {
        let mut bench = Bench::new(path).await;
        bench.step(1);
        while bench.relay.status().fault.is_none() {
            tokio::task::yield_now().await;
        }
        bench.step(100);
        let reason = if path == "none.mp3" { "HTTP 404 Not Found" } else { "HTML instead of audio" };
        let log = bench.log.lock().unwrap();
        let missing =
            |event: &AirEvent| matches!(event, AirEvent::Missing { reason: said, .. } if &**said == reason);
        assert!(log.iter().any(missing), "{path}: {log:?}");
        drop(log);
        let changes = bench.changes();
        assert!(
            changes.last().is_some_and(|(name, second, _)| name == "music" && *second < 1.0),
            "{changes:?}"
        );
    }
    for wrong in ["ftp://host/a", "/relative", "http://"] {
        assert!(Relay::new(wrong, RelaySettings::default(), tokio::runtime::Handle::current()).is_err());
    }
}
