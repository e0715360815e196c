//! Telling the provincial one-stop system what happens here, where it gives the commune an account: in order for each
//! dossier, later when the line is cut. Nothing is sent unless `keys/province-api.toml` names the system.

mod client;
mod names;
mod pages;
mod queue;
mod send;
mod store;

pub(crate) use client::Tokens;
pub(crate) use pages::{State, state};
pub(crate) use queue::{connected, told};

use platform::Route;
use platform::area::post;
use platform::jobs::{Every, Worker};
use std::time::Duration;

pub(crate) fn routes() -> Vec<Route> {
    vec![post("/lam-viec/doi-chieu/gui-lai", "province.take", pages::again)]
}

pub(crate) fn worker() -> Worker {
    Worker::new(send::JOB, send::job)
}

/// Looks again for what a cut line left behind.
pub(crate) fn every() -> Every {
    Every { kind: send::JOB, period: Duration::from_secs(600) }
}
