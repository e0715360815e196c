//! draft
pub mod audio;
mod time;
pub use time::{BLOCK, Clock, Moment, RATE, SimulatedClock, SystemClock, samples};
mod plan;
pub use plan::{Airing, Class, Collision, Decision, Entry, Plan, PlanFault};
pub mod encode;
