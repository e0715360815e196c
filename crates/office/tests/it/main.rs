//! The office over HTTP, as the people of the test commune meet it.

mod desk;
mod exchange;
mod exchange_door;
mod incoming;
mod link;
mod outgoing;
mod outgoing_api;
mod outgoing_issue;
mod outgoing_numbers;
mod schedule;
mod task;
mod wire;
mod world;
