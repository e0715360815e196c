use crate::broker::{Broker, Office};
use crate::device::{Device, config};
use crate::ear::{Heard, now, staircase, until};
use crate::station::Station;
use speaker::Ending;
use speakerlink::{DELAY, How, Mode};

/// By how many microseconds a tone of the staircase was late: it is due at its second and the delay of all loudspeakers.
pub fn off(heard: Heard, began: i64, first: i64) -> i64 {
    let second = (heard.hertz - first + 25).div_euclid(50);
    heard.at - (began + second * 1_000_000 + DELAY.as_micros() as i64)
}

#[tokio::test]
async fn two_loudspeakers_whose_clocks_are_wrong_say_the_same_at_the_same_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut broker = Broker::planned(&["early", "late"]);
    broker.start().await;
    let began = now() - 1_000_000;
    let station = Station::start(folder.path(), &staircase(60, 1_000), began);
    let office = Office::enter(&broker, "early").await;
    let store = |name: &str| folder.path().join(name);
    let early = Device::start(config("early", &store("early"), &station.address, &broker), 7);
    let late = Device::start(config("late", &store("late"), &station.address, &broker), -3_600);
    let heard = |device: &Device| (device.ear.tones().len() >= 4).then(|| device.ear.tones());
    let (early_heard, late_heard) = until("three whole tones", 15, || heard(&early).zip(heard(&late))).await;

    // The first may have been cut at its beginning.
    for tone in early_heard[1..].iter().chain(&late_heard[1..]) {
        assert_eq!(tone.hertz % 50, 0, "{tone:?}");
        assert!(off(*tone, began, 1_000).abs() < 40_000, "{} µs: {tone:?}", off(*tone, began, 1_000));
    }
    for tone in &early_heard[1..] {
        let Some(other) = late_heard[1..].iter().find(|other| other.hertz == tone.hertz) else { continue };
        assert!((tone.at - other.at).abs() < 20_000, "{tone:?} {other:?}");
    }
    let status = office.until_mode(Mode::Stream, 5).await;
    assert!(status.clock.is_some_and(|clock| (clock - 7_000).abs() < 50), "{status:?}");
    assert!(status.firmware.starts_with("sandinh-speaker "));

    // Whoever stops it hears at the station what was played last.
    assert_eq!(early.stop().await, Ending::Stopped);
    let played = until("what was played", 5, || office.played().pop()).await;
    assert_eq!((played.how, played.clip), (How::Stream, None));
    let end = now() - DELAY.as_micros() as i64;
    let (length, ago) = (played.to - played.from, end - played.to);
    assert!(
        length > 2_500_000 && (-20_000..4_000_000).contains(&ago),
        "{length} {ago} {:?}",
        office.played()
    );
    office.until_mode(Mode::Silent, 5).await;
    late.stop().await;
}
