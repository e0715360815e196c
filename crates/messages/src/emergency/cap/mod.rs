//! Warnings by the Common Alerting Protocol (CAP 1.2): ours as a feed for other systems, signed; those of a higher level taken in when a sender whom the commune
//! trusts has signed them.

mod feed;
mod seal;
mod senders;
mod store;
mod take;
mod write;

pub(super) use feed::{feed, message};
pub(super) use senders::{add, page, remove};
pub(crate) use take::paths;
pub(super) use take::receive;
