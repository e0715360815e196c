//! The station on air: the plan of today and tomorrow given to the engine, the log of what left it, silence told.
//!
//! Each commune with something in its plan has a station of its own: one thread that makes all streams. It is begun by the service below,
//! which looks whenever the plan changes and otherwise every few seconds, and goes on where the wall clock says.

mod air;
mod beat;
mod follow;
pub(crate) mod store;
mod watch;

pub(crate) use follow::{Stations, XA, changed, now, service, streams};

/// Titles stand in the streams of players that ask for them.
pub(crate) use onair::{IcyStream, META_INTERVAL};
