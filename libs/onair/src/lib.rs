//! The playout engine of a small radio station with many loudspeaker groups.
//!
//! What each group (a *mount*) hears is a function of the plan and the wall clock ([`Plan`]), so a station that is started again goes on
//! where the clock says. The [`Engine`] makes 20 ms at a time: programmes are decoded once and encoded once for all mounts that hear the same, however
//! they come together and part, and every mount streams always, silence included. A [`Listener`] is a position in a ring that a thousand others share.
//!
//! ```
//! use onair::{Class, Engine, Entry, Moment, Plan, Schedule, Settings, Source};
//! use std::time::Duration;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let (mut engine, station) =
//!     Engine::new(&["dong-cam", "ban-moi"], Settings::default(), None, Box::new(|event| drop(event)))?;
//! let now = Moment::from_seconds(1_795_824_000);
//! let test = Entry {
//!     id: "test".into(),
//!     start: now,
//!     length: Duration::from_secs(60),
//!     source: "tone".into(),
//!     from: Duration::ZERO,
//!     mounts: ["dong-cam".into()].into(),
//!     class: Class::Scheduled,
//!     priority: false,
//! };
//! let sources = [("tone".into(), Source::Tone(440.0))].into();
//! station.set_schedule(Schedule { plan: Plan::new(vec![test], vec![])?, sources });
//! engine.step(now)?; // a program gives `engine.run(&clock, &stop)` a thread of its own
//! let listener = station.streams("dong-cam").ok_or("no such mount")?.mp3.listen(); // a Stream of Bytes
//! # drop(listener);
//! # Ok(())
//! # }
//! ```
//!
//! Around it: reading what people upload ([`audio`]), one loudness for all ([`loudness`]), cuts and waveforms ([`edit`]), other stations' streams
//! ([`relay`]), fan-out by Icecast ([`push`]), signed clips for loudspeakers whose line is cut ([`clip`]), an alarm when silence leaves ([`DeadAir`]).
//!
//! It knows no database, no web framework and no clock of its own.

pub mod audio;
pub mod clip;
pub mod edit;
pub mod encode;
mod feed;
pub mod loudness;
mod mount;
mod net;
mod plan;
pub mod push;
pub mod relay;
mod station;
mod time;

pub use feed::{Feed, LiveInput, LiveOutput, Open, Source, State, live, siren};
pub use mount::*;
pub use plan::{Airing, Class, Collision, Decision, Entry, Plan, PlanFault};
pub use station::*;
pub use time::{BLOCK, Clock, Moment, RATE, SimulatedClock, SystemClock, samples};
