//! What each person can and cannot do at the door.

mod account;
mod demo;
mod door;
mod factor;
mod pages;
mod record;
mod session;
mod support;
mod token;
