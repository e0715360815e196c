//! What each person can and cannot do at the door.

mod account;
mod demo;
mod device;
mod door;
mod factor;
mod pages;
mod passkey;
mod provider;
mod real_service;
mod record;
mod service;
mod session;
mod support;
mod token;
