//! Messages to many people through several channels. The inbox is the ground: everybody finds the message there, whether
//! any channel is set up or not. Each channel is an adapter that hands one copy over; what came of it stands with the person.
//!
//! Another area calls [`announce`] in its own transaction.

mod api;
mod choice;
mod contact;
mod facebook;
mod hook;
mod keep;
pub(crate) mod letter;
mod mail;
mod model;
mod own;
mod push;
mod queue;
mod rules;
mod seal;
mod send;
mod settings;
mod show;
mod store;
mod target;
pub mod voice;
mod zalo;

pub(crate) use api::paths;
pub(crate) use choice::wants_mail;
pub use model::{Bulletin, Channel, Sort};
pub use rules::{Announcing, announce, read};
pub use settings::ready;
pub use target::{Group, Groups};
pub(crate) use zalo::Turn;

use platform::area::{get, post};
use platform::jobs::{Every, Worker};
use platform::{Route, db::Migration};
use std::time::Duration;

pub(crate) const MIGRATION: Migration = Migration {
    version: 51,
    name: "messages_channel",
    text: include_str!("../../migrations/0051_messages_channel.sql"),
};
pub(crate) const VOICE_MIGRATION: Migration = Migration {
    version: 52,
    name: "messages_voice",
    text: include_str!("../../migrations/0052_messages_voice.sql"),
};

/// Where messages are written and followed.
const PATH: &str = "/lam-viec/thong-bao";
/// Where channels are set up.
const KEEP: &str = "/lam-viec/kenh";
/// Where somebody chooses how they are told.
const OWN: &str = "/tai-khoan/thong-bao";

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![
        get(PATH, "bulletin.list", send::list),
        get("/lam-viec/thong-bao/moi", "bulletin.send", send::form),
        post("/lam-viec/thong-bao/moi", "bulletin.send", send::create),
        get("/lam-viec/thong-bao/{id}", "bulletin.list", show::show),
        post("/lam-viec/thong-bao/{id}/gui-lai", "bulletin.send", show::again),
        get("/lam-viec/hop-thu/thong-bao/{id}", "message.show", show::read),
        post("/thong-bao/den/{id}", "bulletin.arrived", show::arrived),
        get(KEEP, "channel.keep", keep::list),
        post("/lam-viec/kenh/zalo", "channel.keep", keep::zalo),
        post("/lam-viec/kenh/facebook", "channel.keep", keep::facebook),
        post("/lam-viec/kenh/{code}/thu", "channel.keep", keep::test),
        post("/lam-viec/kenh/facebook/nghe", "channel.keep", keep::unheard),
        post("/lam-viec/kenh/{code}/bo", "channel.keep", keep::drop),
        get(OWN, "channel.own", own::show),
        post("/tai-khoan/thong-bao/cach", "channel.own", choice::choose),
        post("/tai-khoan/thong-bao/may", "channel.own", own::subscribe),
        post("/tai-khoan/thong-bao/may/{id}/bo", "channel.own", own::unsubscribe),
        post("/tai-khoan/thong-bao/zalo", "channel.own", own::zalo),
        post("/tai-khoan/thong-bao/zalo/bo", "channel.own", own::zalo_end),
        post("/api/v1/channels/zalo/events", "channel.event", hook::zalo),
        get("/api/v1/channels/facebook/events", "channel.event", voice::shake),
        post("/api/v1/channels/facebook/events", "channel.event", voice::events),
    ];
    routes.extend(api::routes());
    routes
}

pub(crate) fn workers() -> [Worker; 3] {
    [
        Worker::new(queue::JOB, queue::job),
        Worker::new(voice::JOB, voice::job),
        Worker::new(letter::JOB, letter::job),
    ]
}

/// What could not be handed over is tried again by itself.
pub(crate) fn every() -> [Every; 2] {
    let period = Duration::from_secs(60);
    [Every { kind: queue::JOB, period }, Every { kind: voice::JOB, period }]
}

pub(crate) fn menu() -> [ui::MenuEntry; 2] {
    [
        ui::MenuEntry {
            text: "channel-bulletins",
            url: PATH,
            icon: "megaphone",
            action: "bulletin.list",
            // The words are those of the office's group: two of the same words are one group.
            group: "channel-menu-group",
            order: 9,
        },
        ui::MenuEntry {
            text: "channel-menu",
            url: KEEP,
            icon: "radio",
            action: "channel.keep",
            group: "messages-menu-group",
            order: 895,
        },
    ]
}

pub(crate) fn account_entry() -> ui::AccountEntry {
    ui::AccountEntry {
        text: "channel-own",
        line: "channel-own-line",
        url: OWN,
        icon: "bell",
        action: "channel.own",
    }
}
