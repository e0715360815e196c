//! The office over HTTP, as the people of the test commune meet it.

mod exchange;
mod incoming;
mod task;
mod world;
