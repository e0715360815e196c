//! Judges a relay by what it delivers, in samples: no clock, so that an hour can be tested in a moment.

use super::RelaySettings;
use crate::feed::State;
use crate::time::samples;
use std::sync::Arc;
use std::time::Duration;

/// A stream that has not begun after this time has failed.
const BEGIN: Duration = Duration::from_secs(3);

pub(super) struct Health {
    settings: RelaySettings,
    state: State,
    /// Gathers its reserve before anything is taken from it.
    gathering: bool,
    waited: u64,
    silent: u64,
    well: u64,
}

impl Health {
    pub fn new(settings: RelaySettings) -> Health {
        Health { settings, state: State::Opening, gathering: true, waited: 0, silent: 0, well: 0 }
    }

    pub fn state(&self) -> &State {
        &self.state
    }

    /// How many of the samples that are there may be taken when so many are wanted.
    pub fn takes(&mut self, there: usize, wanted: usize) -> usize {
        self.gathering &= (there as u64) < samples(self.settings.reserve);
        if self.gathering { 0 } else { there.min(wanted) }
    }

    /// What was taken, of `wanted` samples of time.
    pub fn heard(&mut self, sound: &[f32], wanted: usize, fault: Option<Arc<str>>) -> State {
        let time = wanted as u64;
        if sound.len() < wanted {
            if !self.gathering && self.state == State::Ready {
                self.fail(fault.unwrap_or_else(|| "the stream has run dry".into()));
            } else {
                self.waited += time;
                if self.waited >= samples(BEGIN) || fault.is_some() {
                    self.fail(fault.unwrap_or_else(|| "the stream does not begin".into()));
                }
            }
            (self.gathering, self.well) = (true, 0);
            return self.state.clone();
        }
        self.waited = 0;
        if sound.iter().all(|sample| sample.abs() < self.settings.floor) {
            self.silent += time;
        } else {
            self.silent = 0;
        }
        if self.silent > samples(self.settings.silence) {
            self.fail("the stream is silent".into());
        }
        let quiet = self.silent > samples(self.settings.silence) / 2;
        self.well = if quiet { 0 } else { self.well + time };
        match self.state {
            State::Opening => self.state = State::Ready,
            State::Failed(_) if self.well >= samples(self.settings.back_after) => self.state = State::Ready,
            _ => {}
        }
        self.state.clone()
    }

    fn fail(&mut self, reason: Arc<str>) {
        (self.state, self.well) = (State::Failed(reason), 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs a second of beats with a line that delivers `level` or nothing, and says at which beat the state became what is asked.
    fn seconds(health: &mut Health, count: usize, level: Option<f32>, ready: bool) -> Option<usize> {
        let mut found = None;
        for beat in 0..count * 50 {
            let there = if level.is_some() { 96_000 } else { 0 };
            let taken = health.takes(there, 960);
            let state = health.heard(&vec![level.unwrap_or(0.0); taken], 960, None);
            if (state == State::Ready) == ready {
                found.get_or_insert(beat);
            }
        }
        found
    }

    #[test]
    fn a_good_stream_is_heard_at_once() {
        let mut health = Health::new(RelaySettings::default());
        assert_eq!(seconds(&mut health, 1, Some(0.5), true), Some(0));
        assert_eq!(seconds(&mut health, 60, Some(0.5), false), None);
    }

    #[test]
    fn silence_of_more_than_three_seconds_fails_and_a_pause_does_not() {
        let mut health = Health::new(RelaySettings::default());
        seconds(&mut health, 1, Some(0.5), true);
        assert_eq!(seconds(&mut health, 2, Some(0.001), false), None, "a pause between two songs");
        assert_eq!(seconds(&mut health, 1, Some(0.5), false), None);
        assert_eq!(seconds(&mut health, 5, Some(0.001), false), Some(150));
        assert_eq!(seconds(&mut health, 10, Some(0.5), true), Some(249), "back after five seconds");
    }

    #[test]
    fn a_stream_that_stalls_fails_at_once_and_comes_back_after_its_time() {
        let mut health = Health::new(RelaySettings::default());
        seconds(&mut health, 1, Some(0.5), true);
        assert_eq!(seconds(&mut health, 2, None, false), Some(0));
        assert_eq!(seconds(&mut health, 4, Some(0.5), true), None, "not yet");
        seconds(&mut health, 1, None, false);
        assert_eq!(seconds(&mut health, 6, Some(0.5), true), Some(249), "counted anew");
    }

    #[test]
    fn a_stream_that_never_begins_fails_and_says_why() {
        let mut health = Health::new(RelaySettings::default());
        seconds(&mut health, 3, None, true);
        assert_eq!(health.state(), &State::Failed("the stream does not begin".into()));
        let mut health = Health::new(RelaySettings::default());
        let state = health.heard(&[], 960, Some("HTML instead of audio".into()));
        assert_eq!(state, State::Failed("HTML instead of audio".into()));
    }
}
