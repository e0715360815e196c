//! Decoded sound that waits for its moment.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard};

/// A minute. What wants to wait longer is a mistake of the other side, and is not kept.
const MOST: i64 = 60 * 48_000;

/// Pieces of sound by the sample of the programme at which they begin, in order, with no overlap.
#[derive(Default)]
pub struct Tape {
    pieces: VecDeque<(i64, Vec<f32>)>,
}

/// A tape that one thread fills and another one plays.
#[derive(Clone, Default)]
pub struct SharedTape(Arc<Mutex<Tape>>);

impl SharedTape {
    /// The tape, for a moment.
    pub fn tape(&self) -> MutexGuard<'_, Tape> {
        self.0.lock().expect("no holder panics")
    }
}

impl Tape {
    /// Adds sound that begins at a sample. Where there is some already, that stays: a line that comes back tells the last seconds again.
    pub fn push(&mut self, at: i64, sound: &[f32]) {
        let known = self.end().map_or(0, |end| (end - at).clamp(0, sound.len() as i64));
        let begin = at + known;
        let first = self.pieces.front().map_or(begin, |(first, _)| *first);
        if known < sound.len() as i64 && begin - first < MOST {
            self.pieces.push_back((begin, sound[known as usize..].to_vec()));
        }
    }

    /// Copies what there is for the samples from `at` on, and forgets what lies before them. Says which part was there.
    pub fn take(&mut self, at: i64, out: &mut [f32]) -> Range<usize> {
        let until = at + out.len() as i64;
        while self.pieces.front().is_some_and(|(first, piece)| first + piece.len() as i64 <= at) {
            self.pieces.pop_front();
        }
        let mut there = 0..0;
        for (first, piece) in self.pieces.iter().take_while(|(first, _)| *first < until) {
            let (from, to) = ((*first).max(at), (first + piece.len() as i64).min(until));
            let place = (from - at) as usize..(to - at) as usize;
            out[place.clone()].copy_from_slice(&piece[(from - first) as usize..(to - first) as usize]);
            there = if there.is_empty() { place } else { there.start..place.end };
        }
        there
    }

    /// How many samples follow each other from this one on.
    pub fn ahead(&self, at: i64) -> i64 {
        let mut end = at;
        for (first, piece) in &self.pieces {
            if *first > end {
                break;
            }
            end = end.max(first + piece.len() as i64);
        }
        end - at
    }

    /// The sample after the last one.
    pub fn end(&self) -> Option<i64> {
        self.pieces.back().map(|(first, piece)| first + piece.len() as i64)
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.pieces.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(range: Range<i32>) -> Vec<f32> {
        range.map(|number| number as f32).collect()
    }

    #[test]
    fn what_was_said_twice_is_kept_once_and_a_gap_is_a_gap() {
        let mut tape = Tape::default();
        tape.push(100, &numbers(100..110));
        tape.push(105, &numbers(105..115));
        tape.push(120, &numbers(120..130));
        assert_eq!((tape.ahead(100), tape.ahead(90), tape.ahead(118), tape.end()), (15, 0, 0, Some(130)));
        let mut out = [0.0; 10];
        assert_eq!(tape.take(102, &mut out), 0..10);
        assert_eq!(out[..], numbers(102..112));
        let mut out = [-1.0; 10];
        assert_eq!(tape.take(112, &mut out), 0..10, "from the first to the last that is there");
        assert_eq!(out[..3], numbers(112..115));
        assert_eq!(out[8..], numbers(120..122));
        let mut out = [0.0; 10];
        assert_eq!(tape.take(125, &mut out), 0..5);
        assert_eq!(tape.take(135, &mut out), 0..0);
        assert_eq!(tape.end(), None, "what is over is forgotten");
    }

    #[test]
    fn nobody_fills_the_memory() {
        let mut tape = Tape::default();
        for round in 0..100 {
            tape.push(round * 48_000, &[0.0; 48_000]);
        }
        assert_eq!(tape.end(), Some(MOST));
    }
}
