//! People who stand in the registry twice: found, looked at by an officer, merged, and parted again if it was wrong.

mod find;
mod merge;
pub(crate) mod pages;
mod undo;

pub use find::{Candidate, Reason, different, list, scan};
pub use merge::{Merge, merge, merged_into};
pub use undo::undo;

pub(crate) use merge::dropped_for;
