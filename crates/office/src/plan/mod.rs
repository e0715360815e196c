//! Plans (kế hoạch) that are carried out task by task: a table of Word or Excel becomes a tree, its lowest lines tasks; how far each
//! branch is stands as a chart.

mod act;
mod model;
mod outline;
mod pages;
mod people;
mod rules;
mod store;

pub(crate) use model::Plan;
pub use model::PlanKind;
pub use rules::{Naming, plant};
pub(crate) use store::by_ids;

use platform::Route;
use platform::area::{get, post};
use platform::db::Migration;

pub(crate) const MIGRATION: Migration = Migration {
    version: 315,
    name: "office_plan",
    text: include_str!("../../migrations/0315_office_plan.sql"),
};

pub(crate) const KIND_MIGRATION: Migration = Migration {
    version: 316,
    name: "office_plan_kind",
    text: include_str!("../../migrations/0316_office_plan_kind.sql"),
};

pub(crate) const PATH: &str = "/lam-viec/ke-hoach";

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/ke-hoach", "plan.list", pages::list),
        get("/lam-viec/ke-hoach/nhap", "task.assign", act::form),
        post("/lam-viec/ke-hoach/nhap", "task.assign", act::send),
        get("/lam-viec/ke-hoach/{id}", "plan.list", pages::show),
        get("/lam-viec/ke-hoach/{id}/them", "task.assign", act::form_more),
        post("/lam-viec/ke-hoach/{id}/them", "task.assign", act::send_more),
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
