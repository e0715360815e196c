//! Feedback over HTTP, as the people who use it.

mod api;
mod bad_input;
mod closed;
mod follow;
mod journey;
mod near;
mod office;
mod room;
#[allow(dead_code, reason = "the tests of messages look at more of it")]
#[path = "../../../messages/tests/it/stand_in.rs"]
mod stand_in;
mod voice;
mod voice_closed;
mod watch;
mod world;
