//! Villages: the public page of each, the map with one measure at a time, and the same numbers as JSON.

pub(crate) mod api;
mod layer;
mod pages;
mod store;

pub(crate) use layer::{CULTURE_HOUSES, LOUDSPEAKERS};
pub use pages::draw;

use platform::Route;
use platform::area::get;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/thon/{slug}", "village.show", pages::show).on_phone(),
        get("/lam-viec/ban-do", "registry.map", pages::map),
        get("/api/v1/villages", "registry.map", api::list),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "registry-menu-map",
        url: "/lam-viec/ban-do",
        icon: "map",
        action: "registry.map",
        group: "registry-menu-group",
        order: 135,
    }
}
