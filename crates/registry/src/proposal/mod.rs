//! Changes that a village head proposes from the village, and an officer of the commune decides.

mod decide;
mod diff;
mod make;
pub(crate) mod pages;
mod store;
mod undo;

pub use decide::{approve, reject, withdraw};
pub use diff::{Change, Diff};
pub use make::{for_household, for_person};
pub use store::{Kind, Proposal, State, get, list, waiting, waiting_for};
pub use undo::undo;
