use crate::broker::{Broker, Office};
use crate::device::{Device, config};
use crate::ear::{Heard, mp3, now, staircase, until};
use crate::in_time::off;
use crate::station::{Station, VILLAGE, clip, key};
use onair::clip::ClipKey;
use speakerlink::{How, Mode};
use std::sync::atomic::Ordering;

/// The stream has tones from 2,000 Hz on, the clip the same seconds from 500 Hz on.
const STREAM: i64 = 2_000;
const CLIP: i64 = 500;

#[tokio::test]
async fn a_line_that_is_cut_is_bridged_and_nothing_is_said_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut broker = Broker::planned(&["loa"]);
    broker.start().await;
    let office = Office::enter(&broker, "loa").await;
    let began = now() - 6_000_000;
    let mut station = Station::start(folder.path(), &staircase(28, STREAM as usize), began);
    let sound = mp3(&staircase(40, CLIP as usize));
    station.plan(clip(&key(), "evening", (began, began + 40_000_000), VILLAGE, &sound), &sound);
    let device = Device::at("loa", &folder.path().join("store"), &station, &broker);
    office.until_mode(Mode::Stream, 10).await;
    until("the clip", 5, || office.status().filter(|status| status.clips == 1)).await;

    station.cut();
    office.until_mode(Mode::Stored, 10).await;
    station.mend();
    office.until_mode(Mode::Stream, 12).await;
    let tones = || device.ear.tones();
    let count = tones().len();
    until("another tone", 5, || (tones().len() > count + 1).then_some(())).await;

    let tones = tones();
    // One in which the line was cut or came back begins as the one and ends as the other.
    let is =
        |tone: &Heard, first: i64| off(*tone, began, first).abs() < 40_000 && (tone.hertz + 10) % 50 <= 20;
    let mixed = tones[1..].iter().filter(|tone| !is(tone, CLIP) && !is(tone, STREAM));
    assert!(mixed.count() <= 3, "{tones:?}");
    // Every second once: the tones follow each other by a second, whichever way they came.
    let steps: Vec<i64> =
        tones[1..].windows(2).map(|two| (two[1].at - two[0].at + 500_000) / 1_000_000).collect();
    assert!(steps.iter().all(|step| *step == 1), "{steps:?} {tones:?}");
    let begins = tones[1..].iter().position(|tone| is(tone, STREAM)).unwrap() + 1;
    assert!(
        tones[begins..].iter().any(|tone| is(tone, CLIP)) && is(tones.last().unwrap(), STREAM),
        "{tones:?}"
    );

    device.stop().await;
    let played = until("both", 5, || {
        let played = office.played();
        (played.last()?.how == How::Stream && played.len() >= 3).then_some(played)
    })
    .await;
    let stored: Vec<_> = played.iter().filter(|played| played.how == How::Stored).collect();
    assert!(stored.iter().all(|played| played.clip.as_deref() == Some("evening")), "{played:?}");
    assert!(played.windows(2).all(|two| two[0].to <= two[1].from), "no moment twice: {played:?}");
}

#[tokio::test]
async fn a_line_on_which_nothing_comes_is_a_cut_one() {
    let folder = tempfile::tempdir().unwrap();
    let broker = Broker::planned(&["loa"]);
    let began = now() - 6_000_000;
    let station = Station::start(folder.path(), &staircase(60, STREAM as usize), began);
    let sound = mp3(&staircase(60, CLIP as usize));
    station.plan(clip(&key(), "evening", (began, began + 60_000_000), VILLAGE, &sound), &sound);
    let device = Device::at("loa", &folder.path().join("store"), &station, &broker);
    let last = |clip: bool| {
        device.ear.tones().last().is_some_and(|tone| (tone.hertz < STREAM) == clip).then_some(())
    };
    until("the stream", 10, || last(false)).await;
    station.shown.stalls.store(true, Ordering::SeqCst);
    until("the clip", 10, || last(true)).await;
    station.shown.stalls.store(false, Ordering::SeqCst);
    until("the stream again", 12, || last(false)).await;
    device.stop().await;
}

#[tokio::test]
async fn what_is_altered_unsigned_out_of_date_or_for_others_never_sounds() {
    let folder = tempfile::tempdir().unwrap();
    let mut broker = Broker::planned(&["loa"]);
    broker.start().await;
    let office = Office::enter(&broker, "loa").await;
    let (began, store) = (now() - 10_000_000, folder.path().join("store"));
    let station = Station::start(folder.path(), &staircase(2, 2_000), began);
    station.shown.streams.store(false, Ordering::SeqCst);
    let (time, long) = ((began, began + 600_000_000), began + 900_000_000);
    let sound = |number: usize| mp3(&staircase(30, 500 + number));
    let (other, mut spoilt) = (ClipKey::new([8; 32]), sound(4));
    let late = clip(&key(), "late", (began, began + 1), VILLAGE, &sound(1));
    let bad = [
        clip(&other, "unsigned", time, VILLAGE, &sound(2)),
        clip(&key(), "elsewhere", time, "Đông Căm", &sound(3)),
        speakerlink::Clip { to: long, ..late },
        clip(&key(), "spoilt", time, VILLAGE, &sound(4)),
    ];
    // The disk has spoilt one that was good.
    std::fs::create_dir_all(store.join("audio")).unwrap();
    *spoilt.last_mut().unwrap() ^= 1;
    std::fs::write(store.join("audio").join(&bad[3].audio), spoilt).unwrap();
    for (one, number) in bad.into_iter().zip([2, 3, 1, 4]) {
        station.plan(one, &sound(number));
    }
    let device = Device::at("loa", &store, &station, &broker);
    until("all four refused", 12, || {
        let shown = office.status()?;
        (shown.refused >= 4).then_some(())
    })
    .await;
    until("another second", 5, || (device.ear.written_since(0) > 96_000).then_some(())).await;
    assert_eq!(device.ear.peak_since(0), 0);
    assert_eq!(std::fs::read_dir(store.join("audio")).unwrap().count(), 0, "they are deleted");
    device.stop().await;
    assert!(office.played().is_empty());
}

#[tokio::test]
async fn without_a_network_the_kept_plan_is_played_and_told_when_the_broker_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut broker = Broker::planned(&["loa"]);
    let (began, store) = (now() - 10_000_000, folder.path().join("store"));
    let mut station = Station::start(folder.path(), &staircase(1, 2_000), began);
    let sound = mp3(&staircase(60, CLIP as usize));
    let planned = clip(&key(), "evening", (began, began + 17_000_000), VILLAGE, &sound);
    let audio = store.join("audio").join(&planned.audio);
    station.plan(planned, &sound);
    station.shown.streams.store(false, Ordering::SeqCst);
    let first = Device::start(config("loa", &store, &station.address, &broker), 5);
    let state = store.join("state.json");
    until("the plan is kept, and the clock", 10, || (audio.exists() && state.exists()).then_some(())).await;
    first.stop().await;
    station.cut();

    // The clock is wrong by as much as before, and nobody answers.
    let device = Device::start(config("loa", &store, &station.address, &broker), 5);
    let tones = until("two tones", 8, || Some(device.ear.tones()).filter(|tones| tones.len() >= 3)).await;
    for tone in &tones[1..] {
        assert!(off(*tone, began, CLIP).abs() < 150_000, "{tone:?}");
    }
    broker.start().await;
    let office = Office::enter(&broker, "loa").await;
    let played = until("what was played", 15, || {
        office.played().into_iter().find(|played| (played.to - began - 17_000_000).abs() < 100)
    })
    .await;
    assert_eq!((played.how, played.clip.as_deref()), (How::Stored, Some("evening")));
    assert!(played.from > began && played.from < played.to - 2_000_000);
    device.stop().await;
    until("nothing waits any more", 2, || {
        std::fs::read(store.join("played.jsonl")).ok().filter(Vec::is_empty)
    })
    .await;
}
