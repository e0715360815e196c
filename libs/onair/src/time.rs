//! Wall-clock instants, the clock that is put in from outside, and the pacer that turns clocks into blocks of samples.

use std::fmt;
use std::sync::Mutex;
use std::time::Duration;

/// Samples in a second of everything inside: 48 kHz. Opus knows no other full rate, microphones of browsers deliver it, and a
/// block of 20 ms is a whole number of samples (at 44.1 kHz the MP3 frame would be no shorter and Opus would need a resampler).
pub const RATE: u32 = 48_000;
/// Samples in a block, the beat of the engine: 20 ms.
pub const BLOCK: usize = 960;

/// An instant of the wall clock: microseconds since 1970-01-01T00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment(i64);

impl Moment {
    /// From microseconds since 1970 (UTC). What lies beyond ± 30,000 years is brought to that bound.
    pub fn from_micros(micros: i64) -> Moment {
        const BOUND: i64 = 1_000_000_000_000_000_000;
        Moment(micros.clamp(-BOUND, BOUND))
    }

    /// From whole seconds since 1970 (UTC).
    pub fn from_seconds(seconds: i64) -> Moment {
        Moment::from_micros(seconds.saturating_mul(1_000_000))
    }

    /// Microseconds since 1970 (UTC).
    pub fn micros(self) -> i64 {
        self.0
    }

    /// This much later.
    pub fn plus(self, length: Duration) -> Moment {
        Moment::from_micros(self.0.saturating_add(i64::try_from(length.as_micros()).unwrap_or(i64::MAX)))
    }

    /// How long after `earlier`; zero if it is not after it.
    pub fn since(self, earlier: Moment) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The first sample at or after this instant, counted from 1970 at [`RATE`].
    pub(crate) fn sample(self) -> i64 {
        (self.0 * 6 + 124).div_euclid(125) // 48,000 / 1,000,000
    }

    /// The instant of a sample, rounded down to the microsecond.
    pub(crate) fn of_sample(sample: i64) -> Moment {
        Moment::from_micros((sample.saturating_mul(125)).div_euclid(6))
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{:06}", self.0.div_euclid(1_000_000), self.0.rem_euclid(1_000_000))
    }
}

impl From<std::time::SystemTime> for Moment {
    fn from(time: std::time::SystemTime) -> Moment {
        match time.duration_since(std::time::UNIX_EPOCH) {
            Ok(after) => Moment(0).plus(after),
            Err(before) => {
                let micros = i64::try_from(before.duration().as_micros()).unwrap_or(i64::MAX);
                Moment::from_micros(-micros)
            }
        }
    }
}

/// How many samples last this long, rounded down.
pub fn samples(length: Duration) -> u64 {
    u64::try_from(length.as_micros() * 6 / 125).unwrap_or(u64::MAX)
}

/// Where the engine has its time from.
pub trait Clock: Send + Sync {
    /// The wall clock. It may jump, forwards and backwards.
    fn wall(&self) -> Moment;
    /// Time since some beginning; never goes back.
    fn elapsed(&self) -> Duration;
    /// Comes back after this time or a little later.
    fn pause(&self, length: Duration);
}

/// The machine's monotonic clock and a wall clock that the caller brings (the one place of its program that may ask for it).
pub struct SystemClock<W> {
    wall: W,
    began: std::time::Instant,
}

impl<W: Fn() -> Moment + Send + Sync> SystemClock<W> {
    /// `wall` is asked some fifty times a second.
    pub fn new(wall: W) -> SystemClock<W> {
        SystemClock { wall, began: std::time::Instant::now() }
    }
}

impl<W: Fn() -> Moment + Send + Sync> Clock for SystemClock<W> {
    fn wall(&self) -> Moment {
        (self.wall)()
    }
    fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }
    fn pause(&self, length: Duration) {
        let until = self.began.elapsed() + length;
        while let Some(left) = until.checked_sub(self.began.elapsed()).filter(|left| !left.is_zero()) {
            std::thread::park_timeout(left);
        }
    }
}

/// A clock for tests: [`Clock::pause`] comes back at once and the time has passed.
pub struct SimulatedClock(Mutex<(Moment, Duration)>);

impl SimulatedClock {
    /// Begins at this instant.
    pub fn new(wall: Moment) -> SimulatedClock {
        SimulatedClock(Mutex::new((wall, Duration::ZERO)))
    }

    /// Sets the wall clock, as a person or a time server does; the monotonic clock goes on.
    pub fn set_wall(&self, wall: Moment) {
        self.0.lock().expect("no holder panics").0 = wall;
    }
}

impl Clock for SimulatedClock {
    fn wall(&self) -> Moment {
        self.0.lock().expect("no holder panics").0
    }
    fn elapsed(&self) -> Duration {
        self.0.lock().expect("no holder panics").1
    }
    fn pause(&self, length: Duration) {
        let mut now = self.0.lock().expect("no holder panics");
        *now = (now.0.plus(length), now.1 + length);
    }
}

/// What the engine does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// Nothing for this long.
    Wait(Duration),
    /// The block that begins at this sample of the wall clock.
    Block { at: i64, jumped: bool },
}

/// Keeps the beat by the monotonic clock, and the place in the plan by the wall clock.
pub(crate) struct Pacer {
    /// Monotonic time at which block number `done` was due, and the wall sample of that block.
    began: Duration,
    done: u64,
    anchor: i64,
}

/// The wall clock may be off by this much before the plan's place follows it; less is left to drift, so that nothing stutters.
const TOLERANCE: i64 = RATE as i64 / 5;
/// After a pause of the machine longer than this the missed blocks are dropped, not played in a rush.
const RUSH: u64 = 50;
const BEAT: Duration = Duration::from_millis(20);

impl Pacer {
    pub fn new(wall: Moment, elapsed: Duration) -> Pacer {
        Pacer { began: elapsed, done: 0, anchor: on_grid(wall) }
    }

    pub fn next(&mut self, wall: Moment, elapsed: Duration) -> Due {
        let due = self.began + BEAT * u32::try_from(self.done).unwrap_or(u32::MAX);
        if elapsed < due {
            return Due::Wait(due - elapsed);
        }
        let late = (elapsed - due).as_micros() as u64 / BEAT.as_micros() as u64;
        let at = self.anchor + self.done as i64 * BLOCK as i64;
        let behind = wall.sample() - at - late as i64 * BLOCK as i64;
        if late > RUSH || behind.abs() > TOLERANCE {
            *self = Pacer::new(wall, elapsed);
            self.done = 1;
            return Due::Block { at: self.anchor, jumped: true };
        }
        self.done += 1;
        if self.done == 1 << 20 {
            self.began += BEAT * (1 << 20);
            self.anchor += (BLOCK as i64) << 20;
            self.done = 0;
        }
        Due::Block { at, jumped: false }
    }
}

/// Blocks begin at multiples of 20 ms of the wall clock, so that whole seconds are junctions between blocks.
fn on_grid(wall: Moment) -> i64 {
    wall.sample().div_euclid(BLOCK as i64) * BLOCK as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(clock: &SimulatedClock, pacer: &mut Pacer, blocks: usize) -> Vec<(i64, bool)> {
        let mut seen = Vec::new();
        while seen.len() < blocks {
            match pacer.next(clock.wall(), clock.elapsed()) {
                Due::Wait(length) => clock.pause(length),
                Due::Block { at, jumped } => seen.push((at, jumped)),
            }
        }
        seen
    }

    #[test]
    fn a_second_has_fifty_blocks_that_touch() {
        let clock = SimulatedClock::new(Moment::from_seconds(1_000));
        let mut pacer = Pacer::new(clock.wall(), clock.elapsed());
        let seen = run(&clock, &mut pacer, 51);
        assert_eq!(seen[0], (48_000_000, false));
        assert_eq!(seen[50], (48_048_000, false));
        assert_eq!(clock.elapsed(), Duration::from_secs(1));
    }

    #[test]
    fn a_clock_that_jumps_moves_the_place_and_not_the_beat() {
        let clock = SimulatedClock::new(Moment::from_seconds(1_000));
        let mut pacer = Pacer::new(clock.wall(), clock.elapsed());
        run(&clock, &mut pacer, 10);
        clock.set_wall(Moment::from_seconds(400));
        let back = run(&clock, &mut pacer, 2);
        assert!(back[0].1 && !back[1].1, "said once");
        assert_eq!(back[1].0, 400 * 48_000 + 960 + 960 * i64::from(back[0].0 > 400 * 48_000));
        clock.set_wall(Moment::from_seconds(4_000_000_000));
        assert!(run(&clock, &mut pacer, 2)[0].0 >= 4_000_000_000 * 48_000);
    }

    #[test]
    fn a_little_drift_is_not_followed_and_a_long_sleep_is_not_made_up_for() {
        let clock = SimulatedClock::new(Moment::from_seconds(1_000));
        let mut pacer = Pacer::new(clock.wall(), clock.elapsed());
        run(&clock, &mut pacer, 10);
        clock.set_wall(clock.wall().plus(Duration::from_millis(50)));
        assert!(run(&clock, &mut pacer, 10).iter().all(|(_, jumped)| !jumped));
        clock.pause(Duration::from_secs(600));
        let seen = run(&clock, &mut pacer, 2);
        assert!(seen[0].1, "the place is the clock's again");
        assert!(seen[0].0 >= 1_600 * 48_000);
    }

    #[test]
    fn instants_and_samples_agree() {
        for second in [0, 1, 1_764_000_000, -5] {
            let moment = Moment::from_seconds(second);
            assert_eq!(moment.sample(), second * 48_000);
            assert_eq!(Moment::of_sample(moment.sample()), moment);
        }
        assert_eq!(Moment::from_micros(1).sample(), 1, "the first sample that is not before it");
        assert_eq!(Moment::from_micros(i64::MAX).plus(Duration::MAX), Moment::from_micros(i64::MAX));
    }
}
