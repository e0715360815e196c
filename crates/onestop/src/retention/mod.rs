//! How long dossiers are kept. What is past its time is listed; a decision is recorded before anything is destroyed, and
//! nothing happens by itself. Destroying erases files and personal answers; code, procedure, days and figures stay.

mod erase;
mod model;
mod pages;
mod rules;
mod stays;
mod store;
mod terms;

pub(crate) use erase::worker;
pub(crate) use model::{Deciding, Disposal, Due};
pub(crate) use rules::{decide, destroy, due, show};
pub(crate) use stays::stays;

use platform::Route;
use platform::area::{get, post};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/luu-tru", "retention.list", pages::list),
        post("/lam-viec/luu-tru", "retention.decide", pages::decide),
        get("/lam-viec/luu-tru/{id}", "retention.list", pages::show),
        post("/lam-viec/luu-tru/{id}/tieu-huy", "retention.destroy", pages::destroy),
        post("/lam-viec/luu-tru/{id}/bo", "retention.decide", pages::drop),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "onestop-retention",
        url: "/lam-viec/luu-tru",
        icon: "archive",
        action: "retention.list",
        group: "onestop-menu-group",
        order: 92,
    }
}
