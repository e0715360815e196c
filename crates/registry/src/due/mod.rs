//! The lists that officials ask for every month: who reaches an age, whose insurance ends; whom to invite, and who was.
//!
//! A list is data ([`Rule`]); a person is found by a stretch of the index on birth date or end of insurance. Being
//! invited is a row of `due_notice`, one for each time that somebody is due: printed, spoken, sent to an inbox, or left
//! to the village head to tell.

mod api;
mod ask;
mod deliver;
mod form;
mod invitation;
mod model;
mod pages;
mod rules;
mod send;
mod store;
mod waits;

pub(crate) use api::paths;
pub use form::{DueForm, DueForms, FoundForm};

use platform::Route;
use platform::area::{get, post};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/den-han", "due.list", pages::overview),
        get("/lam-viec/den-han/{rule}", "due.list", pages::list),
        post("/lam-viec/den-han/{rule}/giay-moi", "due.send", invitation::print),
        post("/lam-viec/den-han/{rule}/gui", "due.deliver", deliver::post),
        get("/cua-toi/giay-moi/{batch}", "personal.own", deliver::own),
        post("/lam-viec/den-han/{rule}/da-moi", "due.send", pages::invite),
        post("/lam-viec/den-han/{rule}/hoan-tac/{batch}", "due.send", pages::take_back),
        get("/api/v1/due-lists", "due.list", api::lists),
        get("/api/v1/due-lists/{rule}", "due.list", api::list),
    ]
}

/// The menu entry.
pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "registry-menu-due",
        url: "/lam-viec/den-han",
        icon: "calendar",
        action: "due.list",
        group: "registry-menu-group",
        order: 140,
    }
}

/// Tells the desk who has not been invited.
pub(crate) fn waits() -> ui::Waits {
    ui::Waits(|ctx| Box::pin(waits::tell(ctx)))
}
