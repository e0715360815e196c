//! The office over HTTP, as the people of the test commune meet it.

mod desk;
mod incoming;
mod outgoing;
mod outgoing_api;
mod outgoing_issue;
mod outgoing_numbers;
mod task;
mod world;
