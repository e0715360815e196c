//! A line: what one or more mounts hear, rendered once and encoded once for each codec.

use super::Settings;
use super::player::{Key, Players};
use crate::encode::{EncodeFault, Mp3, OpusOgg, PAGE_STEP, Slot, frame_step};
use std::collections::VecDeque;

/// Samples of a cross-fade: 5 ms, enough against clicks, too short to be heard as a fade.
const FADE: usize = 240;
/// Frames of MP3 that are held back, so that streams can be joined: the encoder's own delay, and the frames that a frame may lean on.
const HOLD: u64 = 12;
/// Frames of MP3 in a chunk: 336 ms. Each chunk costs each listener a system call, so longer ones are cheaper (ten frames: 39 µs of CPU a
/// listener-second); an emergency must have left within a second.
const CHUNK: u64 = 14;
/// Frames after which an encoder that was started later has settled.
const SETTLE: u64 = 5;
/// Samples of the past that a line keeps, to start further encoders with.
const HISTORY: usize = ((HOLD + CHUNK + SETTLE + 1) * frame_step()) as usize;

pub(super) struct Line {
    /// What it plays; `None` is silence.
    pub key: Option<Key>,
    /// The mounts that hear it, by their number.
    pub members: Vec<usize>,
    /// Stream position since which it plays nothing but its programme.
    pub since: u64,
    fading: Option<(Option<Key>, usize)>,
    pcm: Vec<f32>,
    history: VecDeque<f32>,
    mp3: Mp3,
    opus: Option<OpusOgg>,
    /// Frames that nobody has been given yet; the first has this number.
    slots: VecDeque<Slot>,
    first: u64,
    next_page: u64,
    pages: Vec<(u64, Vec<u8>)>,
}

impl Line {
    /// A line of silence from this position on.
    pub fn new(settings: &Settings, members: Vec<usize>) -> Result<Line, EncodeFault> {
        Ok(Line {
            key: None,
            members,
            since: 0,
            fading: None,
            pcm: Vec::new(),
            history: VecDeque::with_capacity(HISTORY + 960),
            mp3: Mp3::new(settings.mp3, 0)?,
            opus: settings.opus.map(|opus| OpusOgg::new(opus, 0)).transpose()?,
            slots: VecDeque::new(),
            first: 0,
            next_page: 0,
            pages: Vec::new(),
        })
    }

    /// A second line that has played the same so far.
    pub fn fork(&self, settings: &Settings, position: u64, members: Vec<usize>) -> Result<Line, EncodeFault> {
        let past = position - self.history.len() as u64;
        let begin = |step: u64, first_at: u64| {
            let at = past.div_ceil(step).max(first_at);
            (at, usize::try_from((at * step).saturating_sub(past)).unwrap_or(0).min(self.history.len()))
        };
        let (first, skip) = begin(frame_step(), 0);
        let mut mp3 = Mp3::new(settings.mp3, first)?;
        let mut slots = Vec::new();
        let past_sound: Vec<f32> = self.history.iter().copied().collect();
        mp3.push(&past_sound[skip..], &mut slots)?;
        // Encoders delay alike, so both have given the same frames; what the listeners have already is not given again.
        let slots =
            slots.into_iter().filter(|(number, _)| *number >= self.first).map(|(_, slot)| slot).collect();
        let mut opus = None;
        if let Some(settings) = settings.opus {
            let (first, skip) = begin(PAGE_STEP, self.next_page.saturating_sub(2));
            let mut encoder = OpusOgg::new(settings, first)?;
            encoder.push(&past_sound[skip..], &mut Vec::new())?;
            opus = Some(encoder);
        }
        Ok(Line {
            key: self.key.clone(),
            members,
            since: self.since,
            fading: self.fading.clone(),
            pcm: Vec::new(),
            history: self.history.clone(),
            mp3,
            opus,
            slots,
            first: self.first.max(first),
            next_page: self.next_page,
            pages: Vec::new(),
        })
    }

    /// From now on this is played.
    pub fn turn_to(&mut self, key: Option<Key>, position: u64) {
        self.fading = Some((std::mem::replace(&mut self.key, key), FADE));
        self.since = position + FADE as u64;
    }

    /// True if it has played nothing but its programme for so long that every line with that programme has the same frames waiting.
    pub fn is_settled(&self, position: u64) -> bool {
        self.fading.is_none() && position >= self.since + HISTORY as u64
    }

    /// Plays and encodes a piece of time.
    pub fn play(&mut self, players: &mut Players, at: i64, count: usize) -> Result<(), EncodeFault> {
        self.pcm.clear();
        match self.key.as_ref().and_then(|key| players.sound(key, at, count)) {
            Some(sound) => self.pcm.extend_from_slice(sound),
            None => self.pcm.resize(count, 0.0),
        }
        if let Some((old, left)) = self.fading.take() {
            let faded = left.min(count);
            let old_sound = old.as_ref().and_then(|key| players.sound(key, at, count));
            for (index, sample) in self.pcm[..faded].iter_mut().enumerate() {
                let share = (FADE - left + index) as f32 / FADE as f32;
                let before = old_sound.map_or(0.0, |sound| sound[index]);
                *sample = *sample * share + before * (1.0 - share);
            }
            self.fading = (left > faded).then_some((old, left - faded));
        }
        self.history.extend(&self.pcm);
        let over = self.history.len().saturating_sub(HISTORY);
        self.history.drain(..over);
        let mut made = Vec::new();
        self.mp3.push(&self.pcm, &mut made)?;
        self.slots.extend(made.into_iter().map(|(_, slot)| slot));
        match &mut self.opus {
            Some(opus) => opus.push(&self.pcm, &mut self.pages),
            None => Ok(()),
        }
    }

    /// The frames that nobody has been given yet.
    pub fn waiting(&self) -> (u64, Vec<&[u8]>) {
        (self.first, self.slots.iter().map(|slot| &**slot).collect())
    }

    /// A chunk of MP3 frames, if one is due. At a position it is due for all lines or for none.
    pub fn chunk(&mut self, position: u64) -> Option<Vec<Slot>> {
        let ready = (position / frame_step()).saturating_sub(HOLD);
        if ready < self.first + CHUNK || (self.slots.len() as u64) < CHUNK {
            return None;
        }
        self.first += CHUNK;
        Some(self.slots.drain(..CHUNK as usize).collect())
    }

    /// By how many samples the end of what was given out lies behind a position.
    pub fn behind(&self, position: u64) -> u64 {
        position.saturating_sub(self.first * frame_step())
    }

    /// The pages of Opus that are ready.
    pub fn pages(&mut self) -> Vec<(u64, Vec<u8>)> {
        let pages = std::mem::take(&mut self.pages);
        self.next_page = pages.last().map_or(self.next_page, |(number, _)| number + 1);
        pages
    }

    /// Samples of a chunk of MP3.
    pub fn chunk_length() -> u32 {
        (CHUNK * frame_step()) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::{Mp3Settings, OpusSettings};

    /// What the constant rests on: for every effort and every sound the encoder has given a frame before it is due.
    #[test]
    fn frames_are_there_when_they_are_due() {
        for (kbps, effort) in [(64, 7), (64, 2), (128, 7), (32, 9), (96, 0)] {
            let settings = Settings { mp3: Mp3Settings { kbps, effort }, opus: None, ..Settings::default() };
            for quiet in [true, false] {
                let mut line = Line::new(&settings, vec![]).unwrap();
                let mut given = 0;
                for beat in 0..200u64 {
                    let sound =
                        |n: u64| ((n * n % 9_973) as f32 / 9_973.0 - 0.5) * if quiet { 0.0 } else { 0.8 };
                    let block: Vec<f32> = (beat * 960..beat * 960 + 960).map(sound).collect();
                    let mut made = Vec::new();
                    line.mp3.push(&block, &mut made).unwrap();
                    line.slots.extend(made.into_iter().map(|(_, slot)| slot));
                    let position = (beat + 1) * 960;
                    let due = (position / frame_step()).saturating_sub(HOLD) / CHUNK;
                    given += u64::from(line.chunk(position).is_some());
                    assert_eq!(given, due, "{kbps} {effort} {quiet} beat {beat}");
                    // Four more frames than the chunk are there to join at.
                    let spare = position / frame_step() >= line.first + HOLD + 4;
                    assert!(!spare || line.slots.len() >= 4, "{kbps} {effort} {quiet}: {}", line.slots.len());
                }
            }
        }
    }

    #[test]
    fn a_fork_goes_on_with_the_same_numbers() {
        let settings = Settings { opus: Some(OpusSettings::default()), ..Settings::default() };
        for beats in [0u64, 1, 7, 40, 101, 333] {
            let mut line = Line::new(&settings, vec![0, 1]).unwrap();
            let mut players = Players::default();
            let mut position = 0;
            let mut step = |line: &mut Line, position: u64| {
                line.play(&mut players, 0, 960).unwrap();
                (line.chunk(position + 960), line.pages())
            };
            for _ in 0..beats {
                step(&mut line, position);
                position += 960;
            }
            let mut other = line.fork(&settings, position, vec![1]).unwrap();
            assert_eq!(line.first, other.first, "{beats}");
            for _ in 0..60 {
                let (a, b) = (step(&mut line, position), step(&mut other, position));
                position += 960;
                assert_eq!(a.0.is_some(), b.0.is_some(), "{beats}: chunks at the same beats");
                let numbers = |pages: &[(u64, Vec<u8>)]| pages.iter().map(|(n, _)| *n).collect::<Vec<_>>();
                assert_eq!(numbers(&a.1), numbers(&b.1), "{beats}: pages at the same beats");
            }
        }
    }
}
