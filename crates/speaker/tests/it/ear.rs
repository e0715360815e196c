//! What leaves a loudspeaker, with the true moment of each sample; and what it means.

use onair::{Clock, Moment, RATE, SystemClock};
use speaker::{Output, OwnClock};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The true time in microseconds.
pub fn now() -> i64 {
    platform::clock::Clock::System.now().timestamp_micros()
}

/// A clock that is wrong by so many seconds.
pub struct Wrong(i64, SystemClock<fn() -> Moment>);

pub fn wrong_by(seconds: i64) -> OwnClock {
    Arc::new(Wrong(seconds * 1_000_000, SystemClock::new(|| Moment::from_micros(now()))))
}

impl Clock for Wrong {
    fn wall(&self) -> Moment {
        Moment::from_micros(self.1.wall().micros() + self.0)
    }
    fn elapsed(&self) -> Duration {
        self.1.elapsed() + Duration::from_secs(77)
    }
    fn pause(&self, length: Duration) {
        self.1.pause(length);
    }
}

/// Stands before a loudspeaker.
#[derive(Clone, Default)]
pub struct Ear(Arc<Mutex<Vec<Piece>>>);

/// When it was handed over, and what.
type Piece = (i64, Vec<i16>);

impl Output for Ear {
    fn write(&mut self, sound: &[i16]) -> std::io::Result<()> {
        self.0.lock().unwrap().push((now(), sound.to_vec()));
        Ok(())
    }
}

/// A tone: when it began, and how high it is.
#[derive(Debug, Clone, Copy)]
pub struct Heard {
    pub at: i64,
    pub hertz: i64,
}

const LOUD: i16 = 200;

fn micros(samples: usize) -> i64 {
    samples as i64 * 1_000_000 / i64::from(RATE)
}

impl Ear {
    /// All samples with their moments. A thread that was woken late hands its piece over late, which the buffer of a sound card makes good: so a
    /// piece counts from when it would have come had it been as quick as the quickest within half a second.
    fn samples(&self) -> Vec<(i64, i16)> {
        let pieces = self.0.lock().unwrap();
        let (mut bases, mut count) = (Vec::new(), 0);
        for (at, sound) in pieces.iter() {
            bases.push(at - micros(count));
            count += sound.len();
        }
        let (mut all, mut count) = (Vec::new(), 0);
        for (place, (_, sound)) in pieces.iter().enumerate() {
            let near = place.saturating_sub(25)..(place + 25).min(bases.len());
            let base = bases[near].iter().min().unwrap();
            all.extend(sound.iter().enumerate().map(|(n, sample)| (base + micros(count + n), *sample)));
            count += sound.len();
        }
        all
    }

    /// The tones that were heard to their end. Each lasts 300 ms in its second.
    pub fn tones(&self) -> Vec<Heard> {
        let all = self.samples();
        let (mut tones, mut place) = (Vec::new(), 0);
        while let Some(begin) = all[place..].iter().position(|(_, sample)| sample.abs() > LOUD) {
            let begin = place + begin;
            let end = begin + 12_000;
            let Some(tone) = all.get(begin..end) else { break };
            // 200 ms from its middle, whole waves counted.
            let middle = &tone[1_200..10_800];
            let up = middle.windows(2).filter(|two| two[0].1 < 0 && two[1].1 >= 0).count() as i64;
            tones.push(Heard { at: all[begin].0, hertz: up * 5 });
            place = (end + 4_800).min(all.len());
        }
        tones
    }

    /// The strongest sample since a true moment.
    pub fn peak_since(&self, from: i64) -> i16 {
        let pieces = self.0.lock().unwrap();
        let late = pieces.iter().rev().take_while(|(at, _)| *at >= from);
        late.flat_map(|(_, sound)| sound).map(|sample| sample.saturating_abs()).max().unwrap_or(0)
    }

    /// How many samples were written since a moment.
    pub fn written_since(&self, from: i64) -> usize {
        let pieces = self.0.lock().unwrap();
        pieces.iter().rev().take_while(|(at, _)| *at >= from).map(|(_, sound)| sound.len()).sum()
    }
}

/// A recording in which each second says which one it is: 300 ms of a tone, the next one 50 Hz higher.
pub fn staircase(seconds: usize, first: usize) -> Vec<f32> {
    let rate = RATE as usize;
    let sample = |n: usize| {
        let (second, within) = (n / rate, n % rate);
        let phase = within as f32 / RATE as f32 * (first + second * 50) as f32 * std::f32::consts::TAU;
        if within < rate * 3 / 10 { phase.sin() * 0.5 } else { 0.0 }
    };
    (0..seconds * rate).map(sample).collect()
}

/// As clips are.
pub fn mp3(sound: &[f32]) -> Vec<u8> {
    onair::encode::mp3_file(sound, onair::encode::Mp3Settings::default()).unwrap()
}

/// As the station has its recordings.
pub fn wav(sound: &[f32]) -> Vec<u8> {
    let size = sound.len() as u32 * 2;
    let mut file = Vec::new();
    let head: [&[u8]; 12] = [
        b"RIFF",
        &(size + 36).to_le_bytes(),
        b"WAVEfmt ",
        &16u32.to_le_bytes(),
        &1u16.to_le_bytes(),
        &1u16.to_le_bytes(),
        &RATE.to_le_bytes(),
        &(RATE * 2).to_le_bytes(),
        &2u16.to_le_bytes(),
        &16u16.to_le_bytes(),
        b"data",
        &size.to_le_bytes(),
    ];
    head.iter().for_each(|part| file.extend_from_slice(part));
    file.extend(sound.iter().flat_map(|sample| ((sample * 32_767.0) as i16).to_le_bytes()));
    file
}

/// Waits for what must come.
pub async fn until<T>(what: &str, seconds: u64, mut look: impl FnMut() -> Option<T>) -> T {
    let over = tokio::time::Instant::now() + Duration::from_secs(seconds);
    let mut look_again = tokio::time::interval(Duration::from_millis(20));
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(tokio::time::Instant::now() < over, "waited in vain for {what}");
        look_again.tick().await;
    }
}
