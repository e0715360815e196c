//! What each person can and cannot do at the door.

mod account;
mod door;
mod factor;
mod pages;
mod record;
mod session;
mod support;
mod token;
