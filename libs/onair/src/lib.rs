//! draft
pub mod audio;
pub mod encode;
mod feed;
mod mount;
mod net;
mod plan;
pub mod relay;
mod station;
mod time;

pub use feed::{Feed, LiveInput, LiveOutput, Open, Source, State, live, siren};
pub use mount::*;
pub use plan::{Airing, Class, Collision, Decision, Entry, Plan, PlanFault};
pub use station::*;
pub use time::{BLOCK, Clock, Moment, RATE, SimulatedClock, SystemClock, samples};
