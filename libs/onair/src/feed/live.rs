//! A microphone: blocks of samples that come when they come.

use super::{Feed, State};
use crate::time::{BLOCK, RATE};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// What a microphone has to have in reserve before it is heard: a browser's packets come unevenly. 200 ms.
const RESERVE: usize = RATE as usize / 5;
/// More than this is a delay that only grows; the oldest samples are let go. One second.
const MOST: usize = RATE as usize;
/// After this time without samples the microphone counts as gone. 1 s.
const GONE: usize = RATE as usize;

#[derive(Default)]
struct Shared {
    samples: VecDeque<f32>,
    /// Counts the pieces that were pushed, so that every feed notices silence by itself.
    closed: bool,
}

/// The reading end of a microphone: [`Source::Live`](super::Source::Live).
#[derive(Clone)]
pub struct LiveInput(Arc<Mutex<Shared>>);

/// The writing end of a microphone. Dropping it ends the programme.
pub struct LiveOutput(Arc<Mutex<Shared>>);

/// A microphone: one end for whoever receives the sound, one for the schedule.
pub fn live() -> (LiveOutput, LiveInput) {
    let shared = Arc::new(Mutex::new(Shared::default()));
    (LiveOutput(shared.clone()), LiveInput(shared))
}

impl LiveOutput {
    /// Adds samples (one channel, 48 kHz, -1 to 1; what is not a number becomes silence). Never waits: what lies more than a second ahead is dropped.
    pub fn push(&self, samples: &[f32]) {
        let mut shared = self.0.lock().expect("no holder panics");
        shared.samples.extend(samples.iter().map(|sample| if sample.is_finite() { *sample } else { 0.0 }));
        let over = shared.samples.len().saturating_sub(MOST);
        shared.samples.drain(..over);
    }
}

impl Drop for LiveOutput {
    fn drop(&mut self) {
        self.0.lock().expect("no holder panics").closed = true;
    }
}

impl LiveInput {
    pub(super) fn feed(&self) -> LiveFeed {
        LiveFeed { shared: self.0.clone(), state: State::Opening, dry: 0 }
    }
}

pub(super) struct LiveFeed {
    shared: Arc<Mutex<Shared>>,
    state: State,
    dry: usize,
}

impl Feed for LiveFeed {
    fn read(&mut self, _at: u64, out: &mut [f32]) -> State {
        out.fill(0.0);
        let mut shared = self.shared.lock().expect("no holder panics");
        let there = shared.samples.len();
        if self.state != State::Ready && (there >= RESERVE || shared.closed && there > 0) {
            self.state = State::Ready;
        }
        if self.state == State::Ready {
            let count = there.min(out.len());
            out.iter_mut().zip(shared.samples.drain(..count)).for_each(|(to, sample)| *to = sample);
            self.dry = if count < out.len() { self.dry + out.len() - count } else { 0 };
        } else {
            self.dry += out.len();
        }
        if shared.closed && shared.samples.is_empty() {
            self.state = State::Ended;
        } else if self.dry >= GONE.max(BLOCK) {
            self.state = State::Failed("the microphone sends nothing".into());
        }
        self.state.clone()
    }

    fn state(&mut self) -> State {
        self.state.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(feed: &mut LiveFeed) -> (f32, State) {
        let mut out = [9.0; BLOCK];
        let state = feed.read(0, &mut out);
        (out[0], state)
    }

    #[test]
    fn it_is_heard_when_it_has_a_reserve_and_ends_with_its_sender() {
        let (microphone, input) = live();
        let mut feed = input.feed();
        microphone.push(&[0.5; BLOCK]);
        assert_eq!(read(&mut feed), (0.0, State::Opening));
        microphone.push(&[0.5; RESERVE]);
        assert_eq!(read(&mut feed), (0.5, State::Ready));
        drop(microphone);
        let ended = (0..20).map(|_| read(&mut feed)).position(|(_, state)| state == State::Ended);
        assert_eq!(ended, Some(RESERVE / BLOCK - 1), "all that was sent is played");
    }

    #[test]
    fn silence_of_the_sender_is_a_failure_until_it_speaks_again() {
        let (microphone, input) = live();
        let mut feed = input.feed();
        let failed =
            (0..60).map(|_| read(&mut feed)).position(|(_, state)| matches!(state, State::Failed(_)));
        assert_eq!(failed, Some(49), "after a second");
        microphone.push(&vec![f32::NAN; RATE as usize * 3]);
        assert_eq!(input.0.lock().unwrap().samples.len(), MOST, "no more is kept than a second");
        assert_eq!(read(&mut feed), (0.0, State::Ready));
    }
}
