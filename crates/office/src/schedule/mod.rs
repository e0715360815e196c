//! The weekly schedule of the commune's leaders (lịch công tác tuần): kept by the clerk, published, followed by calendars.

mod keep;
mod model;
mod public;
mod rules;
mod store;
mod week;

use platform::Route;
use platform::area::{get, post};
use platform::db::Migration;

pub(crate) const MIGRATION: Migration = Migration {
    version: 370,
    name: "office_schedule",
    text: include_str!("../../migrations/0370_office_schedule.sql"),
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lich-lam-viec", "schedule.show", public::show).on_phone(),
        get("/lich-lam-viec.ics", "schedule.show", public::feed),
        get("/lam-viec/lich-cong-tac", "schedule.keep", keep::show),
        post("/lam-viec/lich-cong-tac", "schedule.keep", keep::add),
        post("/lam-viec/lich-cong-tac/cong-bo", "schedule.keep", keep::publish),
        get("/lam-viec/lich-cong-tac/{id}", "schedule.keep", keep::edit),
        post("/lam-viec/lich-cong-tac/{id}", "schedule.keep", keep::change),
        post("/lam-viec/lich-cong-tac/{id}/huy", "schedule.keep", keep::cancel),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "office-schedule-keep",
        url: keep::PATH,
        icon: "calendar",
        action: "schedule.keep",
        group: "office-menu-group",
        order: 8,
    }
}

pub(crate) fn door() -> ui::Door {
    ui::Door {
        text: "office-schedule",
        line: "office-schedule-line",
        url: public::PATH,
        icon: "calendar",
        order: 40,
    }
}
