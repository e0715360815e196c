//! What the measuring programs share: where the measured program stands, and how the figures are written down.
#![allow(dead_code, reason = "each program uses its part")]

pub mod people;
pub mod place;
pub mod program;
pub mod report;
