//! Emergency notices: a flood, a poisoned well, a child that is lost. One goes to every account through every channel, whatever
//! its owner chose and whatever the hour, and stands above every page until its end. It needs a second pair of eyes, or a
//! leader; it is taken back with a correction, which then stands there instead.

mod above;
mod api;
mod cap;
mod model;
mod pages;
mod public;
mod rules;
mod store;

pub(crate) use api::paths;
pub(crate) use cap::paths as cap_paths;
pub use model::Emergency;
pub use rules::{Asking, ask, publish, take_back};
pub use store::find;

use platform::area::{get, post};
use platform::{Ctx, Result, Route, Uuid, db::Migration};
use std::pin::Pin;
use ui::Html;

/// What began or was taken back: `{ "id": …, "what": "began" | "taken_back" }`. Whoever speaks to the village (the loudspeakers)
/// listens to it.
pub const EVENT: &str = "messages.emergency";

/// What another area knows of the way of a notice, for its page. The area offers it.
pub struct Followed(pub for<'a> fn(&'a Ctx, Uuid) -> Soon<'a>);

type Soon<'a> = Pin<Box<dyn Future<Output = Result<Option<Html>>> + Send + 'a>>;

pub(crate) const MIGRATION: Migration = Migration {
    version: 53,
    name: "messages_emergency",
    text: include_str!("../../migrations/0053_messages_emergency.sql"),
};

pub(crate) const PLACE_MIGRATION: Migration = Migration {
    version: 54,
    name: "messages_emergency_place",
    text: include_str!("../../migrations/0054_messages_emergency_place.sql"),
};

pub(crate) const CAP_MIGRATION: Migration = Migration {
    version: 55,
    name: "messages_cap",
    text: include_str!("../../migrations/0055_messages_cap.sql"),
};

const PATH: &str = "/lam-viec/thong-bao-khan";
const PUBLIC: &str = "/thong-bao-khan";

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![
        get(PUBLIC, "emergency.read", public::list).kept(),
        get("/thong-bao-khan/cap.xml", "emergency.read", cap::feed),
        get("/thong-bao-khan/{id}", "emergency.read", public::show).kept(),
        get("/thong-bao-khan/{id}/cap.xml", "emergency.read", cap::message),
        post("/api/v1/emergencies/cap", "emergency.cap", cap::receive),
        get("/lam-viec/thong-bao-khan/nguon", "emergency.senders", cap::page),
        post("/lam-viec/thong-bao-khan/nguon", "emergency.senders", cap::add),
        post("/lam-viec/thong-bao-khan/nguon/{id}/bo", "emergency.senders", cap::remove),
        get(PATH, "emergency.ask", pages::list),
        get("/lam-viec/thong-bao-khan/moi", "emergency.ask", pages::form),
        post("/lam-viec/thong-bao-khan/moi", "emergency.ask", pages::create),
        get("/lam-viec/thong-bao-khan/{id}", "emergency.ask", pages::show),
        post("/lam-viec/thong-bao-khan/{id}/phat", "emergency.ask", pages::publish),
        post("/lam-viec/thong-bao-khan/{id}/dinh-chinh", "emergency.ask", pages::take_back),
    ];
    routes.extend(api::routes());
    routes
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "emergency-menu",
        url: PATH,
        icon: "triangle-alert",
        action: "emergency.ask",
        group: "channel-menu-group",
        order: 9,
    }
}

/// The administrator says whose warnings are taken.
pub(crate) fn senders_menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "emergency-cap",
        url: "/lam-viec/thong-bao-khan/nguon",
        icon: "shield-check",
        action: "emergency.senders",
        group: "channel-menu-group",
        order: 12,
    }
}

/// What stands above every page.
pub(crate) fn alarms() -> ui::Alarms {
    ui::Alarms(|ctx| Box::pin(rules::alarms(ctx)))
}

/// What waits for a second pair of eyes.
pub(crate) fn waits() -> ui::Waits {
    ui::Waits(|ctx| Box::pin(rules::waits(ctx)))
}
