//! Procedures as data: their files, which of them are in force, how they are found and kept.

mod admin;
mod catalogue;
pub(crate) mod file;
mod find;
pub mod model;
mod pages;
mod store;

pub use catalogue::{Catalogue, InForce, catalogue, pinned};
pub use file::Fault;
pub use model::Procedure;

pub(crate) use admin::file_put;
pub use catalogue::pin as keep_version;
pub(crate) use catalogue::{Parsed, pin};
pub(crate) use find::find;
pub(crate) use pages::{FieldNames, finds, time_words};

use platform::Route;
use platform::area::{get, post};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/thu-tuc", "procedure.list", pages::list).kept(),
        get("/thu-tuc/{code}", "procedure.show", pages::show).kept(),
        get("/lam-viec/thu-tuc", "procedure.keep", admin::list),
        post("/lam-viec/thu-tuc", "procedure.keep", admin::upload),
        get("/lam-viec/thu-tuc/{code}/tep", "procedure.keep", admin::download),
        post("/lam-viec/thu-tuc/{code}/thoi-dung", "procedure.keep", admin::withdraw),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "onestop-menu-procedures",
        url: "/lam-viec/thu-tuc",
        icon: "layers",
        action: "procedure.keep",
        group: "onestop-menu-group",
        order: 90,
    }
}

pub(crate) fn door() -> ui::Door {
    ui::Door {
        text: "onestop-door",
        line: "onestop-door-line",
        url: "/thu-tuc",
        icon: "file-text",
        order: 10,
    }
}
