//! Plans (kế hoạch) that are carried out task by task: a table of Word or Excel becomes a tree, its lowest lines tasks; how far each
//! branch is stands as a chart.

mod act;
mod outline;
mod pages;
mod people;
mod rules;
mod store;

use platform::Route;
use platform::area::{get, post};
use platform::db::Migration;

pub(crate) const MIGRATION: Migration = Migration {
    version: 315,
    name: "office_plan",
    text: include_str!("../../migrations/0315_office_plan.sql"),
};

pub(crate) const PATH: &str = "/lam-viec/ke-hoach";

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/ke-hoach", "plan.list", pages::list),
        get("/lam-viec/ke-hoach/nhap", "task.assign", act::form),
        post("/lam-viec/ke-hoach/nhap", "task.assign", act::send),
        get("/lam-viec/ke-hoach/{id}", "plan.list", pages::show),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "office-plan-menu",
        url: PATH,
        icon: "list-checks",
        action: "plan.list",
        group: "office-menu-group",
        order: 8,
    }
}
