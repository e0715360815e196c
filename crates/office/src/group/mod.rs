//! The groups in which the commune's people already talk about work (nhóm công việc): where a directive is shared to, and what
//! the figure of platforms counts.

mod act;
mod model;
mod rules;
mod store;

pub use model::{Group, Platform};
pub use rules::{Typed, keep};
pub(crate) use store::{by_ids, open};

use platform::area::{get, post};
use platform::{Route, db::Migration};

pub(crate) const MIGRATION: Migration = Migration {
    version: 380,
    name: "office_group",
    text: include_str!("../../migrations/0380_office_group.sql"),
};

pub(crate) const PATH: &str = "/lam-viec/nhom-cong-viec";

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/nhom-cong-viec", "workgroup.list", act::list),
        post("/lam-viec/nhom-cong-viec", "workgroup.keep", act::add),
        get("/lam-viec/nhom-cong-viec/{id}", "workgroup.keep", act::edit),
        post("/lam-viec/nhom-cong-viec/{id}", "workgroup.keep", act::change),
        post("/lam-viec/nhom-cong-viec/{id}/ket-thuc", "workgroup.keep", act::end),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "office-group-menu",
        url: PATH,
        icon: "users",
        action: "workgroup.list",
        group: "office-menu-group",
        order: 9,
    }
}
