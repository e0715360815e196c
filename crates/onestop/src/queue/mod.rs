//! Queue numbers at the desk: drawn at the door, called at the counters, shown on a screen. A number belongs to nobody's name.

mod caller;
mod export;
mod follow;
mod kiosk;
mod line;
mod model;
mod rules;
mod screen;
mod settings;
mod store;

pub(crate) use rules::{Draw, draw};
pub(crate) use settings::Settings;

use platform::area::{get, post};
use platform::{Ctx, Route};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lay-so", "queue.draw", kiosk::choose),
        post("/lay-so", "queue.draw", kiosk::draw),
        get("/lay-so/{id}", "queue.show", follow::show),
        get("/lay-so/{id}/phieu", "queue.draw", kiosk::ticket),
        get("/man-hinh-goi-so", "queue.show", screen::show),
        get("/lam-viec/goi-so", "queue.call", caller::show),
        post("/lam-viec/goi-so/quay", "queue.call", caller::sit),
        post("/lam-viec/goi-so/tiep", "queue.call", caller::next),
        get("/lam-viec/goi-so/bang", "queue.call", export::day),
        post("/lam-viec/goi-so/{id}/{act}", "queue.call", caller::act),
    ]
}

pub(crate) fn menu() -> [ui::MenuEntry; 2] {
    let entry = |text, url, icon, action, order| ui::MenuEntry {
        text,
        url,
        icon,
        action,
        group: "onestop-menu-group",
        order,
    };
    [
        entry("onestop-number-menu-call", "/lam-viec/goi-so", "megaphone", "queue.call", 83),
        entry("onestop-number-menu-draw", "/lay-so", "smartphone", "queue.draw", 85),
    ]
}

/// True when htmx asks for the moving piece of a page only.
fn wants_piece(ctx: &Ctx) -> bool {
    ctx.headers.contains_key("hx-request")
}
