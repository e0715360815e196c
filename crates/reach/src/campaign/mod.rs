//! Campaigns: prepared, started with a roll of households, ended by themselves or by hand, withdrawn with a reason.

mod days;
pub(crate) mod form;
pub(crate) mod model;
pub(crate) mod rules;
mod search;
pub(crate) mod store;

pub(crate) use days::{every, worker};
pub use model::{Audience, Campaign, Setting, State};
pub use rules::{add_later, end, prepare, start, withdraw};
