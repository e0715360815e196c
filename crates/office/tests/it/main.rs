//! The office over HTTP, as the people of the test commune meet it.

mod desk;
mod exchange;
mod exchange_door;
mod group;
mod incoming;
mod link;
mod mailbox;
mod mailbox_bad;
mod mailbox_safe;
mod mailbox_server;
mod meeting;
mod meeting_ink;
mod meeting_minutes;
mod meeting_room;
mod outgoing;
mod outgoing_api;
mod outgoing_issue;
mod outgoing_numbers;
mod outgoing_seal;
mod plan;
mod schedule;
mod score;
mod task;
mod wire;
mod workfile;
mod world;
