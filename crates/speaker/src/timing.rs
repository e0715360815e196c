//! The station's time, on a machine whose own clock may be wrong.

use onair::{Clock, RATE};
use std::sync::{Arc, Mutex, MutexGuard};

/// The clock of this machine, put in from outside.
pub type OwnClock = Arc<dyn Clock>;

/// The sample of the programme, counted from 1970, at a moment in microseconds.
pub fn sample_at(micros: i64) -> i64 {
    (micros.saturating_mul(6)).div_euclid(125) // 48,000 / 1,000,000
}

/// The moment of a sample, in microseconds.
pub fn micros_at(sample: i64) -> i64 {
    (sample.saturating_mul(125)).div_euclid(6)
}

/// Samples in so many milliseconds.
pub const fn milliseconds(number: i64) -> i64 {
    number * RATE as i64 / 1_000
}

/// A machine that has no clock with a battery begins in the past, so the wall clock counts only until the station was asked; from then on
/// the station's time goes on with the monotonic clock, which nobody sets.
pub struct Timing {
    clock: OwnClock,
    /// By how much the station was ahead of the wall clock when it was asked last, perhaps before a restart.
    kept: i64,
    measured: Mutex<Option<Measured>>,
}

#[derive(Clone, Copy)]
struct Measured {
    /// The station's time less the monotonic clock.
    ahead: i64,
    /// By how much this may be wrong.
    within: i64,
}

/// A worse measurement than this says nothing, once there is any.
const USABLE: i64 = 250_000;

impl Timing {
    /// With what an earlier run has measured.
    pub fn new(clock: OwnClock, kept: i64) -> Timing {
        Timing { clock, kept, measured: Mutex::new(None) }
    }

    /// The station's time in microseconds.
    pub fn now(&self) -> i64 {
        match *self.held() {
            Some(measured) => self.elapsed() + measured.ahead,
            None => self.clock.wall().micros() + self.kept,
        }
    }

    /// The sample that the station makes now.
    pub fn sample(&self) -> i64 {
        sample_at(self.now())
    }

    /// Microseconds of the monotonic clock.
    pub fn elapsed(&self) -> i64 {
        i64::try_from(self.clock.elapsed().as_micros()).unwrap_or(i64::MAX)
    }

    /// The station was asked at `sent`, its answer came at `back` (of the monotonic clock), and it said `told`. Half of the way is taken for
    /// the way back. False if the way took too long to mean anything.
    pub fn learn(&self, sent: i64, told: i64, back: i64) -> bool {
        let within = (back - sent) / 2;
        let mut measured = self.held();
        let better = measured.is_none_or(|old| within <= USABLE || within <= old.within);
        if better {
            *measured = Some(Measured { ahead: told + within - back, within });
        }
        better
    }

    /// By how much the station is ahead of the wall clock, once it was asked.
    pub fn difference(&self) -> Option<i64> {
        let measured = (*self.held())?;
        Some(self.elapsed() + measured.ahead - self.clock.wall().micros())
    }

    /// Waits on the calling thread.
    pub fn pause(&self, micros: i64) {
        self.clock.pause(std::time::Duration::from_micros(u64::try_from(micros).unwrap_or(0)));
    }

    fn held(&self) -> MutexGuard<'_, Option<Measured>> {
        self.measured.lock().expect("no holder panics")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onair::{Moment, SimulatedClock};

    #[test]
    fn the_stations_time_is_measured_and_goes_on_though_somebody_sets_the_clock() {
        let clock = Arc::new(SimulatedClock::new(Moment::from_seconds(1_000)));
        let timing = Timing::new(clock.clone(), 3_000_000);
        assert_eq!(timing.now(), 1_003_000_000, "before it is asked: as the last run had it");
        assert_eq!(timing.difference(), None);
        assert!(timing.learn(timing.elapsed(), 5_000_000_000, timing.elapsed() + 100_000));
        assert_eq!(timing.now(), 5_000_000_000 - 50_000);
        timing.pause(2_000_000);
        clock.set_wall(Moment::from_seconds(7));
        assert_eq!(timing.now(), 5_001_950_000);
        assert_eq!(timing.difference(), Some(5_001_950_000 - 7_000_000));
    }

    #[test]
    fn an_answer_that_was_long_on_its_way_changes_nothing() {
        let timing = Timing::new(Arc::new(SimulatedClock::new(Moment::from_seconds(1))), 0);
        assert!(timing.learn(0, 40_000_000, 3_000_000), "better than nothing");
        assert!(timing.learn(0, 50_000_000, 200_000));
        assert!(!timing.learn(0, 90_000_000, 2_000_000));
        assert_eq!(timing.now(), 50_000_000 - 100_000);
    }

    #[test]
    fn samples_and_moments_agree() {
        let sample = sample_at(1_795_824_000_020_000);
        assert_eq!((sample % 960, micros_at(sample)), (0, 1_795_824_000_020_000));
        assert_eq!(milliseconds(20), 960);
    }
}
