use crate::broker::{Broker, Office};
use crate::device::Device;
use crate::ear::{mp3, now, until};
use crate::station::{Station, VILLAGE, clip, key};
use onair::RATE;
use speaker::Ending;
use speakerlink::{Mode, Order, Outcome, Settings};

/// A tone that goes on.
fn hum() -> Vec<f32> {
    let sample = |n: u32| (n as f32 * 500.0 * std::f32::consts::TAU / RATE as f32).sin() * 0.5;
    (0..90 * RATE).map(sample).collect()
}

fn settings(revision: i64, change: impl Fn(&mut Settings)) -> Settings {
    let mut settings =
        Settings { revision, on: true, volume: 100, muted: false, alarm_volume: 100, status_every: 60 };
    change(&mut settings);
    settings
}

/// The strongest sample of 200 ms lies between these.
async fn until_peak(device: &Device, what: &str, low: i16, high: i16) {
    until(what, 10, || {
        let from = now() - 250_000;
        let peak = device.ear.peak_since(from);
        (device.ear.written_since(from) > 9_600 && (low..=high).contains(&peak)).then_some(())
    })
    .await;
}

struct Scene {
    _folder: tempfile::TempDir,
    _broker: Broker,
    office: Office,
    station: Station,
    device: Device,
    store: std::path::PathBuf,
}

async fn scene() -> Scene {
    let folder = tempfile::tempdir().unwrap();
    let mut broker = Broker::planned(&["loa"]);
    broker.start().await;
    let office = Office::enter(&broker, "loa").await;
    let station = Station::start(folder.path(), &hum(), now() - 3_000_000);
    let store = folder.path().join("store");
    let device = Device::at("loa", &store, &station, &broker);
    // A broker keeps nothing for whom it does not know yet.
    until("its first word", 10, || office.status()).await;
    Scene { _folder: folder, _broker: broker, office, station, device, store }
}

#[tokio::test]
async fn settings_and_alarms_are_heard() {
    let Scene { office, station, device, .. } = &scene().await;
    office.set(&settings(5, |_| {})).await;
    until_peak(device, "full", 14_000, 19_000).await;
    office.set(&settings(6, |set| set.volume = 50)).await;
    until_peak(device, "20 dB less", 1_400, 1_900).await;
    office.set(&settings(4, |_| {})).await;
    office.set(&settings(7, |set| set.muted = true)).await;
    until_peak(device, "nothing while muted", 0, 0).await;
    let status = office.until_mode(Mode::Silent, 5).await;
    assert!(status.muted && status.settings == 7);
    assert_eq!(station.listeners(), 1, "the stream stays");
    let until_moment = now() + 60_000_000;
    assert_eq!(office.order("alarm", now(), Order::Alarm { until: until_moment }).await, Outcome::Done);
    until_peak(device, "aloud though muted", 14_000, 19_000).await;
    assert_eq!(office.order("clear", now(), Order::AllClear).await, Outcome::Done);
    until_peak(device, "nothing after the alarm", 0, 0).await;

    office.set(&settings(8, |set| set.on = false)).await;
    until("the stream is closed", 5, || (station.listeners() == 0).then_some(())).await;
    assert_eq!(office.order("alarm-2", now(), Order::Alarm { until: until_moment }).await, Outcome::Done);
    until_peak(device, "aloud though off", 14_000, 19_000).await;
    assert_eq!(office.order("clear-2", now(), Order::AllClear).await, Outcome::Done);
    until_peak(device, "nothing while off", 0, 0).await;
    until("the stream is closed again", 8, || (station.listeners() == 0).then_some(())).await;
    assert_eq!(office.order("tone", now(), Order::TestTone { seconds: 1 }).await, Outcome::Done);
    until_peak(device, "the tone though off", 7_000, 9_000).await;
    until_peak(device, "its end", 0, 0).await;
}

#[tokio::test]
async fn a_command_is_done_once_and_in_time_and_answered_always() {
    let Scene { office, station, device, store, _broker, _folder } = scene().await;
    let late = now() - 11 * 60 * 1_000_000;
    assert_eq!(office.order("old", late, Order::Alarm { until: now() + 60_000_000 }).await, Outcome::Late);
    office.raw_command(&format!(r#"{{"id":"new","at":{},"order":{{"do":"dance"}}}}"#, now())).await;
    until("an answer", 5, || office.outcome("new").filter(|outcome| *outcome == Outcome::Unable)).await;
    office.raw_command("nonsense").await;

    let before = office.statuses();
    assert_eq!(office.order("report", now(), Order::Report).await, Outcome::Done);
    until("a status", 5, || (office.statuses() > before).then_some(())).await;

    let sound = mp3(&hum()[..480_000]);
    let planned = clip(&key(), "next", (now() + 600_000_000, now() + 700_000_000), VILLAGE, &sound);
    let audio = store.join("audio").join(&planned.audio);
    station.plan(planned, &sound);
    assert_eq!(office.order("plan", now(), Order::Plan).await, Outcome::Done);
    assert!(audio.exists(), "what was fetched is there when it is said");
    station.shown.plan.lock().unwrap().clips.clear();
    assert_eq!(office.order("plan", now(), Order::Plan).await, Outcome::Done);
    assert!(audio.exists(), "a command that is repeated does nothing more");
    assert_eq!(office.order("plan-2", now(), Order::Plan).await, Outcome::Done);
    assert!(!audio.exists(), "what no plan names is deleted");

    assert_eq!(office.order("again", now(), Order::Restart).await, Outcome::Done);
    assert_eq!(device.ends().await, Ending::Restart);
}
