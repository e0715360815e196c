//! The daily file of the provincial one-stop system: what differs from here is shown side by side and taken over once.

mod compare;
mod differences;
mod headings;
mod mapping;
mod model;
mod pages;
mod read;
mod rules;
mod store;

use platform::Route;
use platform::area::{get, post};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/doi-chieu", "province.take", pages::list),
        post("/lam-viec/doi-chieu", "province.take", pages::upload),
        get("/lam-viec/doi-chieu/{id}", "province.take", differences::show),
        post("/lam-viec/doi-chieu/{id}", "province.take", differences::apply),
        get("/lam-viec/doi-chieu/{id}/cot", "province.take", mapping::show),
        post("/lam-viec/doi-chieu/{id}/cot", "province.take", mapping::save),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "onestop-menu-province",
        url: "/lam-viec/doi-chieu",
        icon: "layers",
        action: "province.take",
        group: "onestop-menu-group",
        order: 83,
    }
}
