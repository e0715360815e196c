//! Feedback over HTTP, as the people who use it.

mod api;
mod bad_input;
mod closed;
mod journey;
mod near;
mod office;
mod watch;
mod world;
