//! The plan (lịch phát sóng): which programme at which time, on which days, in which villages.

mod model;
mod rules;
pub(crate) mod store;

pub use model::{Draft, Slot};
pub(crate) use model::{Line, Skip, lines};
pub use rules::{add, change, remove, skip};
