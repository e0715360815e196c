//! Destroying what work files hold once their term is over: listed, decided, carried out by a leader. Nothing happens by itself.

mod api;
mod model;
mod pages;
mod rules;
mod store;

pub(crate) use api::paths;

use platform::Route;
use platform::area::{get, post};
use platform::db::Migration;

pub(crate) const MIGRATION: Migration = Migration {
    version: 351,
    name: "office_disposal",
    text: include_str!("../../../migrations/0351_office_disposal.sql"),
};

const PATH: &str = "/lam-viec/huy-ho-so";

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/huy-ho-so", "workfile.disposal", pages::list),
        post("/lam-viec/huy-ho-so", "workfile.archive", pages::decide),
        get("/lam-viec/huy-ho-so/{id}", "workfile.disposal", pages::show),
        post("/lam-viec/huy-ho-so/{id}/huy", "workfile.destroy", pages::destroy),
        post("/lam-viec/huy-ho-so/{id}/bo", "workfile.disposal", pages::drop),
        get("/api/v1/work-file-disposals/due", "workfile.disposal", api::due),
        post("/api/v1/work-file-disposals", "workfile.archive", api::decide),
        get("/api/v1/work-file-disposals/{id}", "workfile.disposal", api::show),
        post("/api/v1/work-file-disposals/{id}/destroy", "workfile.destroy", api::destroy),
        post("/api/v1/work-file-disposals/{id}/drop", "workfile.disposal", api::drop),
    ]
}

pub(super) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "office-disposal-menu",
        url: PATH,
        icon: "trash-2",
        action: "workfile.disposal",
        group: "office-menu-group",
        order: 10,
    }
}
