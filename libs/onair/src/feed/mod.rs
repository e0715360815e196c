//! Where the samples of a programme come from.

mod ahead;
mod live;
mod siren;

pub(crate) use ahead::{Ahead, Broken};
pub use live::{LiveInput, LiveOutput, live};
pub use siren::siren;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Whether a feed can be heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Not yet: a file is being opened, a stream gathers its reserve.
    Opening,
    /// Yes.
    Ready,
    /// It is over; what comes next in the plan may begin.
    Ended,
    /// No, and why. A relay may come back; a file does not.
    Failed(Arc<str>),
}

/// A running source of samples: one channel at [`RATE`](crate::RATE).
///
/// The engine calls it from its own thread at every beat, so it must not wait for a network or a disk (beyond the patience of
/// [`Settings`](crate::Settings)).
pub trait Feed: Send {
    /// Fills `out` with the samples from `at` on, counted from the beginning of the source; what is not there is silence. Called once for every piece of
    /// time as long as the feed is open, also while nobody hears it, so that it can judge itself.
    fn read(&mut self, at: u64, out: &mut [f32]) -> State;
    /// As of now; asked before every piece of time in which the plan wants the source.
    fn state(&mut self) -> State;
}

/// Opens a feed whose first read will be at this sample.
pub type Open = dyn Fn(u64) -> Box<dyn Feed> + Send + Sync;

/// What a name in the plan stands for.
#[derive(Clone)]
pub enum Source {
    /// A recording.
    File {
        /// Where it lies.
        path: PathBuf,
        /// Amplification in decibel, from [`loudness`](crate::loudness).
        gain: f32,
        /// Begins again at its end: music that fills.
        again: bool,
    },
    /// The siren; see [`siren`].
    Siren,
    /// A tone of this many hertz, at -20 dB: for tests of loudspeakers.
    Tone(f32),
    /// A microphone.
    Live(LiveInput),
    /// Another station; see [`relay`](crate::relay).
    Relay(Arc<crate::relay::Relay>),
    /// Anything else.
    Other {
        /// Opens it.
        open: Arc<Open>,
        /// Whoever hears it hears the same, whenever their entry began: a stream or a microphone, not a recording.
        live: bool,
    },
}

impl Source {
    pub(crate) fn open(&self, at: u64, patience: Duration) -> Box<dyn Feed> {
        match self {
            Source::File { path, gain, again } => {
                Box::new(Ahead::open(path.clone(), *gain, *again, at, patience))
            }
            Source::Siren => Box::new(Generated(siren)),
            Source::Tone(hertz) => {
                let turn = f64::from(*hertz) / f64::from(crate::RATE);
                let tone =
                    move |at: u64| ((at as f64 * turn).fract() * std::f64::consts::TAU).sin() as f32 * 0.1;
                Box::new(Generated(tone))
            }
            Source::Live(input) => Box::new(input.feed()),
            Source::Relay(relay) => Box::new(relay.feed()),
            Source::Other { open, .. } => open(at),
        }
    }

    pub(crate) fn is_live(&self) -> bool {
        match self {
            Source::Live(_) | Source::Relay(_) => true,
            Source::Other { live, .. } => *live,
            Source::File { .. } | Source::Siren | Source::Tone(_) => false,
        }
    }
}

/// A feed that is a function of the place.
struct Generated<F>(F);

impl<F: Fn(u64) -> f32 + Send> Feed for Generated<F> {
    fn read(&mut self, at: u64, out: &mut [f32]) -> State {
        out.iter_mut().zip(at..).for_each(|(sample, at)| *sample = (self.0)(at));
        State::Ready
    }
    fn state(&mut self) -> State {
        State::Ready
    }
}
