//! Measures what a station costs. `cargo run --release -p onair --example bench_onair -- [encode|listen|all] [SECONDS]`
//!
//! `encode`: fourteen different programmes, encoded live as MP3 (64 kbit/s, one channel), CPU and memory of the process.
//! `listen`: a thousand listeners over HTTP on fourteen mounts, each a connection of its own to a server in this process; the listeners are in a
//! process of their own (`listeners ADDRESS COUNT SECONDS`), so that only the server's CPU is counted.
#![allow(clippy::print_stdout, reason = "a tool of the command line")]

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::routing::get;
use futures_util::StreamExt;
use onair::{Class, Engine, Entry, Moment, Plan, Schedule, Settings, Source, Station, Stop, SystemClock};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const MOUNTS: usize = 14;
type Fault = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Fault> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let word = |at: usize| words.get(at).map(String::as_str);
    let seconds = word(1).and_then(|text| text.parse().ok()).unwrap_or(20);
    match word(0).unwrap_or("all") {
        "encode" => encode(seconds),
        "listen" => listen(seconds),
        "listeners" => {
            let number = |at| word(at).and_then(|text| text.parse::<u64>().ok()).unwrap_or(10);
            listeners(word(1).unwrap_or_default(), number(2), number(3))
        }
        _ => encode(seconds).and_then(|()| listen(seconds)),
    }
}

/// Recordings of music-like noise and tones, each different, as MP3 files that have to be decoded too.
fn recordings(folder: &std::path::Path) -> Result<Vec<(Arc<str>, Source)>, Fault> {
    let mut all = Vec::new();
    for number in 0..MOUNTS {
        let sound = |n: usize| {
            let t = n as f32 / onair::RATE as f32;
            let voice = (1..9).map(|k| {
                (t * std::f32::consts::TAU * (110.0 + 13.0 * number as f32) * k as f32).sin() / k as f32
            });
            let hiss = (n.wrapping_mul(2_654_435_761) >> 7 & 0xffff) as f32 / 65_536.0 - 0.5;
            (voice.sum::<f32>() * 0.25 + hiss * 0.05) * (t * 2.7).sin().abs()
        };
        let samples: Vec<f32> = (0..onair::RATE as usize * 60).map(sound).collect();
        let path = folder.join(format!("{number}.mp3"));
        std::fs::write(&path, onair::encode::mp3_file(&samples, Default::default())?)?;
        all.push((format!("p{number}").into(), Source::File { path, gain: 0.0, again: true }));
    }
    Ok(all)
}

type Running = (Arc<Station>, Stop, std::thread::JoinHandle<Result<(), onair::encode::EncodeFault>>);

fn station(folder: &std::path::Path) -> Result<Running, Fault> {
    let names: Vec<String> = (0..MOUNTS).map(|number| format!("m{number:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let sources = recordings(folder)?;
    let began = Instant::now();
    let clock = SystemClock::new(move || Moment::from_seconds(1_800_000_000).plus(began.elapsed()));
    let settings = Settings { opus: None, ..Settings::default() };
    let (engine, station) = Engine::new(&names, settings, None, Box::new(|_| {}))?;
    let entries = names.iter().zip(&sources).map(|(mount, (source, _))| Entry {
        id: source.clone(),
        start: Moment::from_seconds(1_800_000_000 - 10),
        length: Duration::from_secs(3_600),
        source: source.clone(),
        from: Duration::ZERO,
        mounts: [Arc::from(*mount)].into(),
        class: Class::Scheduled,
        priority: false,
    });
    let plan = Plan::new(entries.collect(), vec![])?;
    station.set_schedule(Schedule { plan, sources: sources.into_iter().collect() });
    let stop = Stop::default();
    let stops = stop.clone();
    let thread = std::thread::spawn(move || engine.run(&clock, &stops));
    Ok((station, stop, thread))
}

/// CPU seconds and resident megabytes of this process.
fn used() -> Result<(f64, f64), Fault> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    let kilobytes: f64 = line.split_whitespace().nth(1).and_then(|text| text.parse().ok()).unwrap_or(0.0);
    Ok(((ticks(11) + ticks(12)) / 100.0, kilobytes / 1_024.0))
}

fn encode(seconds: u64) -> Result<(), Fault> {
    let folder = tempfile::tempdir()?;
    let (station, stop, thread) = station(folder.path())?;
    let pause = |length| std::thread::park_timeout(length);
    // The start, with its opening of files, is not what is asked.
    wait(Duration::from_secs(3), pause);
    let (before, began) = (used()?, Instant::now());
    wait(Duration::from_secs(seconds), pause);
    let (after, passed) = (used()?, began.elapsed().as_secs_f64());
    stop.stop();
    thread.join().map_err(|_| "the engine broke")??;
    let share = (after.0 - before.0) / passed * 100.0;
    println!(
        "encode: {MOUNTS} different programmes, decoded and encoded live as MP3 64 kbit/s mono, {passed:.1} s"
    );
    println!("        {share:.1} % of one core, {:.1} MB resident", after.1);
    drop(station);
    Ok(())
}

fn wait(length: Duration, pause: impl Fn(Duration)) {
    let began = Instant::now();
    while let Some(left) = length.checked_sub(began.elapsed()).filter(|left| !left.is_zero()) {
        pause(left);
    }
}

fn listen(seconds: u64) -> Result<(), Fault> {
    const LISTENERS: u64 = 1_000;
    async fn stream(State(station): State<Arc<Station>>, Path(mount): Path<String>) -> Body {
        match station.streams(&mount) {
            Some(streams) => Body::from_stream(streams.mp3.listen().map(Ok::<_, std::convert::Infallible>)),
            None => Body::empty(),
        }
    }
    let folder = tempfile::tempdir()?;
    let (station, stop, thread) = station(folder.path())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let routes = Router::new().route("/{mount}", get(stream)).with_state(station.clone());
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    let address = listener.local_addr()?.to_string();
    runtime.spawn(async move { axum::serve(listener, routes).await });
    let pause = |length| std::thread::park_timeout(length);
    wait(Duration::from_secs(5), pause);
    let (idle, began) = (used()?, Instant::now());
    wait(Duration::from_secs(seconds), pause);
    let alone = (used()?.0 - idle.0) / began.elapsed().as_secs_f64();
    let mut clients = std::process::Command::new(std::env::current_exe()?)
        .args(["listeners", &address, &LISTENERS.to_string(), &(seconds + 6).to_string()])
        .spawn()?;
    wait(Duration::from_secs(4), pause);
    let (before, began) = (used()?, Instant::now());
    wait(Duration::from_secs(seconds), pause);
    let (after, passed) = (used()?, began.elapsed().as_secs_f64());
    let there: usize = station.mounts().map(|(_, streams)| streams.mp3.listeners()).sum();
    clients.wait()?;
    stop.stop();
    thread.join().map_err(|_| "the engine broke")??;
    let each = ((after.0 - before.0) / passed - alone) / there as f64 * 1e6;
    println!("listen: {there} listeners on {MOUNTS} mounts, {passed:.1} s, HTTP by axum");
    println!(
        "        {each:.1} µs of CPU a listener-second (all programmes' encoding taken off: {:.1} % of a core)",
        alone * 100.0
    );
    println!("        {:.1} kB resident a listener", (after.1 - idle.1) * 1_024.0 / there as f64);
    Ok(())
}

/// Listeners that count bytes and look for gaps.
fn listeners(address: &str, count: u64, seconds: u64) -> Result<(), Fault> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let (bytes, gaps, ended) =
        (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    runtime.block_on(async {
        for number in 0..count {
            let (bytes, gaps, ended) = (bytes.clone(), gaps.clone(), ended.clone());
            let mut stream = tokio::net::TcpStream::connect(address).await?;
            let ask = format!("GET /m{:02} HTTP/1.0\r\n\r\n", number as usize % MOUNTS);
            stream.write_all(ask.as_bytes()).await?;
            tokio::spawn(async move {
                let (mut buffer, mut last) = (vec![0; 8_192], Instant::now());
                while let Ok(read @ 1..) = stream.read(&mut buffer).await {
                    bytes.fetch_add(read as u64, Ordering::Relaxed);
                    gaps.fetch_add(u64::from(last.elapsed() > Duration::from_secs(1)), Ordering::Relaxed);
                    last = Instant::now();
                }
                ended.fetch_add(1, Ordering::Relaxed);
            });
        }
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        Ok::<(), Fault>(())
    })?;
    let get = |number: &AtomicU64| number.load(Ordering::Relaxed);
    println!(
        "        heard {:.1} MB, {} waits of more than a second, {} dropped",
        get(&bytes) as f64 / 1e6,
        get(&gaps),
        get(&ended)
    );
    Ok(())
}
