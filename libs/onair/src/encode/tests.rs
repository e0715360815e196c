use super::splice::SLOT;
use super::*;
use crate::audio::Reader;
use crate::time::RATE;

pub(crate) fn tone(frequency: f32, from: usize, count: usize) -> Vec<f32> {
    let turn = frequency * std::f32::consts::TAU / RATE as f32;
    (from..from + count).map(|n| ((n % RATE as usize) as f32 * turn).sin() * 0.4).collect()
}

/// Speech-like: bursts of harmonics, so that the bit reservoir breathes.
fn lively(from: usize, count: usize) -> Vec<f32> {
    let voice = |n: usize| {
        let t = n as f32 / RATE as f32;
        let loud = (t * 3.1 * std::f32::consts::TAU).sin().max(0.0).powi(2);
        (1..12).map(|k| (t * 130.0 * k as f32 * std::f32::consts::TAU).sin() / k as f32).sum::<f32>()
            * loud
            * 0.3
    };
    (from..from + count).map(voice).collect()
}

fn decoded(bytes: &[u8]) -> Vec<f32> {
    let file = tempfile::Builder::new().suffix(".mp3").tempfile().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let (mut reader, mut out) = (Reader::open(file.path()).unwrap(), Vec::new());
    while reader.read(&mut out).unwrap() {}
    out
}

fn frames(settings: Mp3Settings, first: u64, samples: &[f32]) -> Vec<(u64, Slot)> {
    let (mut encoder, mut out) = (Mp3::new(settings, first).unwrap(), Vec::new());
    samples.chunks(960).for_each(|piece| encoder.push(piece, &mut out).unwrap());
    out
}

#[test]
fn frames_begin_with_a_header_and_have_one_size() {
    for kbps in [32, 48, 64, 96, 128] {
        let all = frames(Mp3Settings { kbps, effort: 7 }, 0, &lively(0, 96_000));
        assert!(all.len() > 70);
        assert!(
            all.iter()
                .all(|(_, slot)| slot[0] == 0xff && slot[1] == 0xfb && slot.len() == usize::from(kbps) * 3)
        );
    }
    assert_eq!(Mp3Settings::default().slot(), SLOT);
    assert!(matches!(Mp3::new(Mp3Settings { kbps: 63, effort: 7 }, 0), Err(EncodeFault::Mp3(_))));
}

/// What the hand-over rests on: an encoder that is started later, with the same samples, gives the same frames at the same numbers.
#[test]
fn a_later_encoder_says_the_same_in_the_same_frames() {
    let start = 40 * frame_step() as usize;
    let old = frames(Mp3Settings::default(), 0, &lively(0, start + 48_000));
    let new = frames(Mp3Settings::default(), 40, &lively(start, 48_000));
    let (old_last, new_last) = (old.last().unwrap().0, new.last().unwrap().0);
    assert!(old_last.abs_diff(new_last) <= 3, "{old_last} {new_last}");
    // At every place at which the new one has settled, the joined stream sounds as if nothing had happened.
    let straight = decoded(&old.iter().flat_map(|(_, slot)| slot.to_vec()).collect::<Vec<_>>());
    let (mut exact, mut tried, mut careless) = (0, 0, 0.0f32);
    for at in 46..58usize {
        let from: Vec<&[u8]> = old[at..at + 6].iter().map(|(_, slot)| &**slot).collect();
        let to: Vec<&[u8]> = new[at - 40..at - 34].iter().map(|(_, slot)| &**slot).collect();
        let Some(join) = join(&from, &to) else { continue };
        let mut bytes: Vec<u8> = old[..at].iter().flat_map(|(_, slot)| slot.to_vec()).collect();
        join.kept.iter().for_each(|slot| bytes.extend_from_slice(slot));
        new[at + join.kept.len() - 40..].iter().for_each(|(_, slot)| bytes.extend_from_slice(slot));
        let plain: Vec<u8> =
            old[..at].iter().chain(&new[at - 40..]).flat_map(|(_, slot)| slot.to_vec()).collect();
        let (heard, plain, frame) = (decoded(&bytes), decoded(&plain), frame_step() as usize);
        let wrong = |n: usize| (heard[n] - straight[n]).abs();
        let worst = (10 * frame..(at + 16) * frame).map(wrong).fold(0.0, f32::max);
        let off = |n: usize| (plain[n] - straight[n]).abs();
        careless = (10 * frame..(at + 16) * frame).map(off).fold(careless, f32::max);
        tried += 1;
        exact += usize::from(join.lost == 0);
        assert!(join.lost > 0 || worst < 0.05, "{at}: {worst}, lost {}", join.lost);
    }
    assert!(tried >= 10 && exact * 2 > tried, "{exact} of {tried}");
    assert!(careless > 0.1, "without the join one would hear it: {careless}");
}

#[test]
fn frames_that_are_merely_put_together_would_break() {
    let start = 40 * frame_step() as usize;
    let old = frames(Mp3Settings::default(), 0, &lively(0, start + 48_000));
    let other = frames(Mp3Settings::default(), 0, &lively(7_000, start + 48_000));
    let from: Vec<&[u8]> = old[50..56].iter().map(|(_, slot)| &**slot).collect();
    let to: Vec<&[u8]> = other[50..56].iter().map(|(_, slot)| &**slot).collect();
    let join = join(&from, &to).unwrap();
    let (plain, joined) = (from[..join.kept.len()].concat(), join.kept.concat());
    assert_ne!(plain, joined, "the data of the second stream was put in");
    assert_eq!(plain.len(), joined.len());
}

#[test]
fn pages_of_opus_follow_the_clock() {
    let mut late = OpusOgg::new(OpusSettings::default(), 7).unwrap();
    let mut pages = Vec::new();
    late.push(&tone(440.0, 0, 4_800 * 3 + 100), &mut pages).unwrap();
    assert_eq!(pages.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [7, 8, 9]);
    assert_eq!(&pages[0].1[6..14], (8u64 * 4_800).to_le_bytes());
    assert_eq!(&pages[0].1[18..22], 9u32.to_le_bytes());
    assert!(late.head().unwrap().starts_with(b"OggS"));
}
