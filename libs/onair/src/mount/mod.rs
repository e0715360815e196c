//! From one encoder to many listeners.

mod dead_air;
mod icy;
mod outlet;

pub use dead_air::{Alarm, DeadAir, DeadAirSettings, Trouble};
pub use icy::{IcyStream, META_INTERVAL};
pub use outlet::{Listener, Outlet, OutletSettings};
