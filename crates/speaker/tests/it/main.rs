//! Loudspeakers as they stand in a village: a real station on air, a real broker, and an ear that knows the true moment of each sample.

mod asked;
mod broker;
mod cut;
mod device;
mod ear;
mod in_time;
mod program;
mod station;
