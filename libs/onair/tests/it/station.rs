//! The engine by itself: who hears what, from when, and what it costs.

use crate::ear::{RATE, at, entry, hear, level, part, routes, schedule, serve, settings, tone};
use onair::{AirEvent, Class, Engine, Settings, Source, Station, Why, live};
use std::sync::{Arc, Mutex};

type Log = Arc<Mutex<Vec<AirEvent>>>;

fn station(mounts: &[&str], settings: Settings) -> (Engine, Arc<Station>, Log) {
    let log = Log::default();
    let notes = log.clone();
    let note = move |event| {
        if !matches!(event, AirEvent::Beat { .. }) {
            notes.lock().unwrap().push(event);
        }
    };
    let (engine, station) = Engine::new(mounts, settings, None, Box::new(note)).unwrap();
    (engine, station, log)
}

/// Runs these seconds, and gives how much was open at the end of each.
fn run(engine: &mut Engine, from: u32, to: u32) -> Vec<(usize, usize)> {
    (from..to)
        .map(|second| {
            (0..50).for_each(|beat| engine.step(at(f64::from(second) + f64::from(beat) / 50.0)).unwrap());
            engine.load()
        })
        .collect()
}

fn close(station: &Station) {
    for (_, streams) in station.mounts() {
        streams.mp3.close();
        streams.opus.iter().for_each(|opus| opus.close());
    }
}

/// The first sample at which the tone of `after` is stronger than that of `before`, looking 10 ms around each place.
fn junction(samples: &[f32], near: f64, before: f64, after: f64) -> usize {
    let from = ((near - 0.2) * RATE as f64) as usize;
    let place = (0..400).map(|n| from + n * 48).find(|place| {
        let around = &samples[place - 240..place + 240];
        tone(around, after) > tone(around, before)
    });
    place.expect("the second tone")
}

#[tokio::test(flavor = "multi_thread")]
async fn one_programme_after_the_other_at_the_right_second_and_the_siren_where_it_belongs() {
    let (mut engine, station, _) =
        station(&["a", "b", "c"], Settings { opus: Some(Default::default()), ..settings() });
    let entries = vec![
        entry("first", (1.0, 11.0), Class::Scheduled, &["a", "b", "c"]),
        entry("second", (11.0, 30.0), Class::Scheduled, &["a", "b", "c"]),
        entry("siren", (14.0, 17.0), Class::Emergency, &["b"]),
    ];
    let sources =
        vec![("first", Source::Tone(440.0)), ("second", Source::Tone(880.0)), ("siren", Source::Siren)];
    station.set_schedule(schedule(entries, sources));
    let load = run(&mut engine, 0, 30);
    assert_eq!(load[5], (1, 1), "three mounts, one programme, one encoder");
    assert_eq!(load[15].1, 2, "the siren has one of its own");
    assert_eq!(load[29], (1, 1), "and is brought together with the others afterwards");
    close(&station);
    let address = serve(routes(station)).await;
    for (name, delay) in [("a.mp3", 0.05), ("b.mp3", 0.05), ("c.mp3", 0.05), ("a.opus", 0.0), ("b.opus", 0.0)]
    {
        let heard = hear(&format!("{address}/{name}")).await;
        assert!(heard.len() > 28 * RATE, "{name}: {}", heard.len());
        assert!(level(part(&heard, 0.2, 0.9)) < 0.001, "{name}: silence before");
        let onset = heard.iter().position(|sample| sample.abs() > 0.03).unwrap();
        let change = junction(&heard, 11.0, 440.0, 880.0);
        assert!(onset.abs_diff(RATE) < 4_800, "{name}: begins at {onset}, delay {delay}");
        assert!(change.abs_diff(onset + 10 * RATE) < 480, "{name}: {} after", change - onset);
        let alarmed = name.starts_with('b');
        for second in 1..28 {
            let sound = part(&heard, f64::from(second) + 0.3, f64::from(second) + 0.7);
            let siren = (14..17).contains(&second) && alarmed;
            let wanted = if second < 11 { 440.0 } else { 880.0 };
            if siren {
                assert!(level(sound) > 0.2, "{name} {second}: the siren");
            } else {
                assert!((tone(sound, wanted) - 0.1).abs() < 0.02, "{name} {second}");
                assert!((level(sound) - 0.0707).abs() < 0.01, "{name} {second}: and nothing else");
            }
        }
        // No hole and no bang anywhere: at junctions, at the siren, where lines part and unite.
        for (index, piece) in heard[onset + 480..28 * RATE].chunks(480).enumerate() {
            let now = level(piece);
            assert!(now > 0.02, "{name}: hole of 10 ms at {} ms", (onset + index * 480) / 48);
            let siren = alarmed && (14 * RATE - 960..17 * RATE + 4_800).contains(&(onset + index * 480));
            assert!(siren || now < 0.09, "{name}: {now} at {} ms", (onset + index * 480) / 48);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_late_hears_at_once_what_is_on_air() {
    let burst = onair::OutletSettings { burst: std::time::Duration::from_secs(3), ..settings().outlet };
    let (mut engine, station, _) =
        station(&["a"], Settings { opus: Some(Default::default()), outlet: burst, ..settings() });
    let entries = vec![
        entry("early", (0.0, 60.0), Class::Scheduled, &["a"]),
        entry("late", (60.0, 100.0), Class::Scheduled, &["a"]),
    ];
    station
        .set_schedule(schedule(entries, vec![("early", Source::Tone(440.0)), ("late", Source::Tone(880.0))]));
    run(&mut engine, 0, 70);
    close(&station);
    let address = serve(routes(station)).await;
    for name in ["a.mp3", "a.opus"] {
        let heard = hear(&format!("{address}/{name}?late")).await;
        assert!((2 * RATE..3 * RATE + RATE / 2).contains(&heard.len()), "{name}: {}", heard.len());
        let sound = part(&heard, 0.2, 1.8);
        assert!((tone(sound, 880.0) - 0.1).abs() < 0.02 && level(sound) < 0.08, "{name}: {}", level(sound));
    }
}

#[test]
fn a_restart_goes_on_where_the_clock_says_and_the_log_shows_the_gap() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("talk.wav");
    let rising = "aevalsrc='0.3*sin(2*PI*(200+20*floor(t))*t)':d=40:s=22050";
    let mut ffmpeg = std::process::Command::new("ffmpeg");
    ffmpeg.args(["-v", "error", "-f", "lavfi", "-i", rising]).arg(&file);
    assert!(ffmpeg.status().unwrap().success());
    let log = Log::default();
    let notes = log.clone();
    let note = Box::new(move |event| notes.lock().unwrap().push(event));
    let (mut engine, station) = Engine::new(&["a"], settings(), Some(at(7.0)), note).unwrap();
    let entries = vec![entry("talk", (0.0, 40.0), Class::Scheduled, &["a"])];
    let talk = Source::File { path: file, gain: 0.0, again: false };
    station.set_schedule(schedule(entries, vec![("talk", talk)]));
    run(&mut engine, 12, 16);
    let events = log.lock().unwrap().clone();
    assert_eq!(events[0], AirEvent::Gap { from: at(7.0), to: at(12.0) });
    let AirEvent::Began { offset, why, on_air, .. } = &events[1] else { panic!("{events:?}") };
    assert_eq!((offset.as_secs(), why), (12, &Why::Started));
    assert_eq!(on_air, &Some(("talk".into(), "talk".into())));
    assert!(events.contains(&AirEvent::Beat { at: at(14.0) }));
    close(&station);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let heard = runtime.block_on(async { hear(&format!("{}/a.mp3", serve(routes(station)).await)).await });
    // The third second of the run is the fourteenth of the recording: 200 + 20 * 14 hertz.
    let sound = part(&heard, 2.3, 2.7);
    assert!(tone(sound, 480.0) > 0.25 && tone(sound, 440.0) < 0.05);
}

#[test]
fn what_fails_or_ends_early_gives_way_and_the_log_says_why() {
    let (mut engine, station, log) = station(&["a"], settings());
    let entries = vec![
        entry("music", (0.0, 60.0), Class::Filler, &["a"]),
        entry("gone", (2.0, 4.0), Class::Scheduled, &["a"]),
        entry("unknown", (6.0, 8.0), Class::Scheduled, &["a"]),
    ];
    let gone = Source::File { path: "no/such/file.mp3".into(), gain: 0.0, again: false };
    station.set_schedule(schedule(entries, vec![("music", Source::Tone(500.0)), ("gone", gone)]));
    run(&mut engine, 0, 10);
    let log = log.lock().unwrap();
    let on_air = |event: &AirEvent| match event {
        AirEvent::Began { on_air, why, .. } => {
            on_air.as_ref().map(|(entry, _)| (entry.to_string(), why.clone()))
        }
        _ => None,
    };
    let began: Vec<_> = log.iter().filter_map(on_air).collect();
    assert_eq!(began, [("music".into(), Why::Started)], "the filler was never interrupted");
    let missing = |event: &AirEvent| match event {
        AirEvent::Missing { entry, at, reason, .. } => Some((entry.to_string(), *at, reason.to_string())),
        _ => None,
    };
    let missing: Vec<_> = log.iter().filter_map(missing).collect();
    assert_eq!(missing.len(), 2, "said once each");
    assert_eq!((missing[0].0.as_str(), missing[0].1), ("gone", at(2.0)));
    assert!(missing[0].2.contains("reading failed"));
    assert_eq!(missing[1], ("unknown".to_owned(), at(6.0), "there is no such source".to_owned()));
}

#[test]
fn a_clock_that_jumps_harms_nothing() {
    let (mut engine, station, log) = station(&["a"], settings());
    let entries = vec![
        entry("early", (0.0, 10.0), Class::Relay, &["a"]),
        entry("late", (100.0, 200.0), Class::Relay, &["a"]),
    ];
    station
        .set_schedule(schedule(entries, vec![("early", Source::Tone(440.0)), ("late", Source::Tone(880.0))]));
    run(&mut engine, 0, 3);
    run(&mut engine, 150, 153);
    run(&mut engine, 5, 8);
    let log = log.lock().unwrap();
    let ended = |from, to, id: &str| AirEvent::Ended {
        mount: "a".into(),
        on_air: Some((id.into(), id.into())),
        from: at(from),
        to: at(to),
        why: Why::ClockJumped,
    };
    assert!(log.contains(&ended(0.0, 3.0, "early")) && log.contains(&ended(150.0, 153.0, "late")), "{log:?}");
    assert_eq!(log.len(), 5);
    close(&station);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let heard = runtime.block_on(async { hear(&format!("{}/a.mp3", serve(routes(station)).await)).await });
    assert!(tone(part(&heard, 1.3, 1.7), 440.0) > 0.08);
    assert!(tone(part(&heard, 4.3, 4.7), 880.0) > 0.08);
    assert!(tone(part(&heard, 7.3, 7.7), 440.0) > 0.08);
    let silent = heard[4_800..8 * RATE].chunks(480).filter(|piece| level(piece) < 0.02).count();
    assert_eq!(silent, 0, "the stream goes on without a hole");
}

#[test]
fn a_microphone_interrupts_and_gives_back() {
    let (mut engine, station, log) = station(&["a", "b"], settings());
    let (microphone, input) = live();
    let entries = vec![
        entry("music", (0.0, 60.0), Class::Scheduled, &["a", "b"]),
        entry("talk", (2.0, 60.0), Class::Live, &["a"]),
    ];
    let sources = vec![("music", Source::Tone(500.0)), ("talk", Source::Live(input))];
    station.set_schedule(schedule(entries, sources));
    run(&mut engine, 0, 3);
    microphone.push(&vec![0.25; RATE / 2]);
    for second in 3..6 {
        run(&mut engine, second, second + 1);
        microphone.push(&vec![0.25; RATE]);
    }
    drop(microphone);
    run(&mut engine, 6, 9);
    let log = log.lock().unwrap();
    let changes: Vec<_> = log
        .iter()
        .filter_map(|event| match event {
            AirEvent::Began { mount, on_air: Some((entry, _)), at, why, .. } if &**mount == "a" => {
                Some((entry.to_string(), at.micros() / 1_000_000 - crate::ear::BEGIN, why.clone()))
            }
            _ => None,
        })
        .collect();
    let wanted = [
        ("music".to_owned(), 0, Why::Started),
        ("talk".to_owned(), 3, Why::SourceReturned),
        ("music".to_owned(), 7, Why::SourceEnded),
    ];
    assert_eq!(changes, wanted);
}

/// Speech-like: the bit reservoir of MP3 breathes with it, so that frames put together carelessly would break.
fn lively(at: u64) -> f32 {
    let t = at as f64 / RATE as f64;
    let loud = (t * 3.1 * std::f64::consts::TAU).sin().max(0.0).powi(2);
    let voice = |k: u32| (t * 130.0 * f64::from(k) * std::f64::consts::TAU).sin() / f64::from(k);
    ((1..12).map(voice).sum::<f64>() * loud * 0.3) as f32
}

struct Lively;

impl onair::Feed for Lively {
    fn read(&mut self, at: u64, out: &mut [f32]) -> onair::State {
        out.iter_mut().zip(at..).for_each(|(sample, at)| *sample = lively(at));
        onair::State::Ready
    }
    fn state(&mut self) -> onair::State {
        onair::State::Ready
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_back_from_the_siren_hears_what_those_hear_who_never_left() {
    let (mut engine, station, _) = station(&["left", "stayed", "too"], settings());
    let mut entries = vec![entry("talk", (0.0, 60.0), Class::Scheduled, &["left", "stayed", "too"])];
    for (number, from) in [3.0, 9.51, 16.333].into_iter().enumerate() {
        entries.push(entry(&format!("siren#{number}"), (from, from + 1.0), Class::Emergency, &["left"]));
    }
    let open: Arc<onair::Open> = Arc::new(|_| Box::new(Lively));
    let talk = Source::Other { open, live: false };
    station.set_schedule(schedule(entries, vec![("talk", talk), ("siren", Source::Siren)]));
    let load = run(&mut engine, 0, 40);
    assert_eq!(load[39], (1, 1), "together again");
    close(&station);
    let address = serve(routes(station)).await;
    let (left, stayed) =
        (hear(&format!("{address}/left.mp3")).await, hear(&format!("{address}/stayed.mp3")).await);
    assert_eq!(left.len(), stayed.len());
    let away =
        |second: f64| [3.0, 9.51, 16.333].iter().any(|from| (from - 0.1..from + 1.2).contains(&second));
    let apart = |n: usize| (left[n] - stayed[n]).abs();
    let worst = (4_800..left.len())
        .filter(|n| !away(*n as f64 / RATE as f64))
        .max_by(|a, b| apart(*a).total_cmp(&apart(*b)));
    let worst = worst.unwrap();
    assert!(apart(worst) < 0.1, "{} at {} s", apart(worst), worst as f64 / RATE as f64);
    assert!(
        level(part(&left, 3.3, 3.9)) > 0.2
            && level(part(&left, 3.3, 3.9)) > 2.0 * level(part(&stayed, 3.3, 3.9))
    );
    assert_eq!(left[39 * RATE..], stayed[39 * RATE..], "the same bytes");
}

#[test]
fn an_emergency_has_left_on_every_mount_within_a_second_of_the_tap() {
    // Wherever between two chunks the tap comes.
    for early in [50u32, 53, 57, 60] {
        let (mut engine, station, _) = station(&["a", "b"], settings());
        let music = entry("music", (0.0, 60.0), Class::Scheduled, &["a", "b"]);
        let sources = || vec![("music", Source::Tone(500.0)), ("siren", Source::Siren)];
        station.set_schedule(schedule(vec![music.clone()], sources()));
        let beat = |engine: &mut Engine, beat: u32| engine.step(at(f64::from(beat) / 50.0)).unwrap();
        (0..early).for_each(|number| beat(&mut engine, number));
        let now = f64::from(early) / 50.0;
        let siren = entry("siren", (now, now + 30.0), Class::Emergency, &["a", "b"]);
        station.set_schedule(schedule(vec![music, siren], sources()));
        (early..early + 50).for_each(|number| beat(&mut engine, number));
        for (name, streams) in station.mounts() {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("left.mp3");
            std::fs::write(&file, left(&streams.mp3)).unwrap();
            let sound = onair::audio::read_file(&file, std::time::Duration::from_secs(60)).unwrap().samples;
            let end = sound.len();
            assert!(level(&sound[end - 4_800..]) > 0.2, "{name}, tap at beat {early}: the siren has left");
            assert!(level(&sound[end / 4..end / 4 + 4_800]) < 0.1, "{name}: after the music");
        }
    }
}

/// All bytes that have left an outlet.
fn left(outlet: &onair::Outlet) -> Vec<u8> {
    use futures_util::{FutureExt, StreamExt};
    let (mut listener, mut all) = (outlet.listen(), Vec::new());
    while let Some(Some(chunk)) = listener.next().now_or_never() {
        all.extend_from_slice(&chunk);
    }
    all
}

#[test]
fn dead_air_at_the_end_of_the_chain_is_told_within_ten_seconds() {
    use onair::{Alarm, DeadAir, DeadAirSettings, Trouble};
    let (mut engine, station, _) = station(&["a", "b", "free"], settings());
    let entries = vec![
        entry("music", (0.0, 10.0), Class::Scheduled, &["a", "b"]),
        // A recording of nothing: the plan says sound, and every part of the engine works.
        entry("nothing", (10.0, 60.0), Class::Scheduled, &["a"]),
        entry("music#2", (10.0, 60.0), Class::Scheduled, &["b"]),
    ];
    let sources = vec![("music", Source::Tone(500.0)), ("nothing", Source::Tone(0.0))];
    station.set_schedule(schedule(entries, sources));
    let outlets = station.mounts().map(|(name, streams)| (name.clone(), streams.mp3.clone()));
    let mut watch = DeadAir::new(DeadAirSettings::default(), outlets);
    let mut alarms = Vec::new();
    for second in 0..45u32 {
        // After 30 s the engine hangs.
        if second < 30 {
            run(&mut engine, second, second + 1);
        }
        let elapsed = std::time::Duration::from_secs(second.into());
        let planned = |mount: &str| station.schedule().plan.on_air(mount, at(f64::from(second))).is_some();
        alarms.extend(watch.look(elapsed, planned).into_iter().map(|alarm| (second, alarm)));
    }
    let alarm = |mount: &str, trouble| Alarm { mount: mount.into(), trouble: Some(trouble) };
    let silent: Vec<_> = alarms.iter().filter(|(second, _)| *second < 30).collect();
    assert_eq!(silent.len(), 1, "{alarms:?}");
    assert!(silent[0].0 <= 20 && silent[0].1 == alarm("a", Trouble::Silence), "{alarms:?}");
    for mount in ["b", "free"] {
        let stopped = alarms.iter().find(|(_, one)| *one == alarm(mount, Trouble::Nothing));
        assert!(stopped.is_some_and(|(second, _)| (31..40).contains(second)), "{mount}: {alarms:?}");
    }
}
