//! An hour of the commune in simulated time: recordings, gaps in the plan, failures; judged by ffmpeg.

use crate::ear::{BEGIN, RATE, at, entry, routes, schedule, serve, settings, tone};
use onair::{AirEvent, Class, Engine, SimulatedClock, Source, Stop};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

fn recording(folder: &Path, name: &str, hertz: u32, seconds: u32, rate: u32) -> PathBuf {
    let path = folder.join(name);
    let sine = format!("sine=frequency={hertz}:sample_rate={rate}:duration={seconds},volume=4");
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg.args(["-v", "error", "-f", "lavfi", "-i", &sine, "-b:a", "64k"]).arg(&path);
    assert!(ffmpeg.status().expect("ffmpeg, from Debian's package").success());
    path
}

/// Samples a second of what is judged: an hour has many, and the tones are low.
const COARSE: usize = 8_000;

/// What is heard, and what ffmpeg's own detector calls silence of more than a second.
async fn heard(address: &str) -> (Vec<f32>, Vec<String>) {
    let mut ffmpeg = tokio::process::Command::new("ffmpeg");
    ffmpeg.args(["-nostats", "-i", address, "-af", "silencedetect=noise=-50dB:duration=1"]);
    let done = ffmpeg.args(["-f", "f32le", "-ac", "1", "-ar", "8000", "-"]).output().await.unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(said.contains("audio/mpeg") || said.contains("Audio: mp3, 48000 Hz, mono"), "{said}");
    let found = said.lines().filter(|line| line.contains("silence_start")).map(str::to_owned).collect();
    let float = |bytes: &[u8]| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    (done.stdout.chunks_exact(4).map(float).collect(), found)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_second_of_an_hour_is_silent_and_every_programme_is_at_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, hertz, seconds, rate| {
        let path = recording(folder.path(), name, hertz, seconds, rate);
        Source::File { path, gain: 0.0, again: name.starts_with("music") }
    };
    let sources = vec![
        ("music", file("music.ogg", 300, 47, 44_100)),
        ("news", file("news.mp3", 440, 600, 44_100)),
        ("talk", file("talk.m4a", 880, 300, 48_000)),
        ("short", file("short.flac", 660, 100, 22_050)),
        ("broken", Source::File { path: folder.path().join("none"), gain: 0.0, again: false }),
        ("siren", Source::Siren),
    ];
    let both: &[&str] = &["dong-cam", "ban-moi"];
    let entries = vec![
        entry("music", (0.0, 3_600.0), Class::Filler, both),
        entry("news", (300.0, 900.0), Class::Scheduled, both),
        entry("talk", (900.0, 1_200.0), Class::Scheduled, both),
        // Has the mounts for longer than its recording lasts.
        entry("short", (1_500.0, 1_800.0), Class::Scheduled, both),
        entry("broken", (2_000.0, 2_200.0), Class::Scheduled, both),
        entry("siren", (1_000.0, 1_020.0), Class::Emergency, &["ban-moi"]),
        entry("news#2", (2_500.25, 3_000.0), Class::Scheduled, &["dong-cam"]),
    ];
    let (stop, beats) = (Stop::default(), Arc::new(AtomicU32::new(0)));
    let (stopped, counted) = (stop.clone(), beats.clone());
    let log = move |event| {
        if let AirEvent::Beat { at: now } = event {
            counted.fetch_add(1, Ordering::Relaxed);
            if now >= at(3_600.0) {
                stopped.stop();
            }
        }
    };
    let (engine, station) = Engine::new(both, settings(), None, Box::new(log)).unwrap();
    station.set_schedule(schedule(entries, sources));
    let run = move || engine.run(&SimulatedClock::new(onair::Moment::from_seconds(BEGIN)), &stop).unwrap();
    tokio::task::spawn_blocking(run).await.unwrap();
    assert_eq!(beats.load(Ordering::Relaxed), 3_601);

    let address = serve(routes(station)).await;
    for mount in both {
        let (heard, found) = heard(&format!("{address}/{mount}.mp3")).await;
        assert!(found.is_empty(), "{mount}: {found:?}");
        assert!(heard.len().abs_diff(3_600 * COARSE) < 2 * COARSE, "{mount}: {}", heard.len());
        let level_of = |second: f64, hertz: f64| {
            let from = (second * COARSE as f64) as usize;
            // The filter counts by its own rate.
            tone(&heard[from..from + COARSE / 5], hertz * RATE as f64 / COARSE as f64)
        };
        let is = |second: f64, hertz: f64| {
            let found = level_of(second, hertz);
            assert!(found > 0.2, "{mount} at {second}: {found} of {hertz} Hz");
        };
        let second_news = if *mount == "dong-cam" { 440.0 } else { 300.0 };
        let wanted = [(10.0, 300.0), (299.7, 300.0), (300.3, 440.0), (899.7, 440.0), (900.3, 880.0)];
        let later =
            [(1_199.7, 880.0), (1_200.3, 300.0), (1_500.3, 660.0), (1_599.5, 660.0), (1_600.5, 300.0)];
        let last = [(2_100.0, 300.0), (2_600.0, second_news), (3_400.0, 300.0)];
        wanted.iter().chain(&later).chain(&last).for_each(|(second, hertz)| is(*second, *hertz));
        let siren = level_of(1_010.0, 880.0) < 0.2;
        assert_eq!(siren, *mount == "ban-moi", "{mount}: the siren");
    }
}
