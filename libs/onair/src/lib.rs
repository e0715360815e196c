//! draft
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
