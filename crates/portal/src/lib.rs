//! The commune's face. So far: the home page, the desk of the work side, and the one search over everything. What
//! they show is offered by the other areas (`ui::Door`, `ui::HomeTiles`, `ui::Waits`, `ui::MenuEntry`).

mod desk;
mod home;
mod search;

use platform::Area;
use platform::area::get;

/// The area for the list in the binary.
pub fn area() -> Area {
    Area::new("portal")
        .locales(include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"))
        .policies(include_str!("../access.cedar"))
        .routes(vec![
            get("/", "home.show", home::show).kept(),
            get("/tim", "home.search", search::public),
            get("/lam-viec", "desk.show", desk::show),
            get("/lam-viec/tim", "desk.search", search::work),
        ])
        .offer(ui::MenuEntry {
            text: "portal-menu-desk",
            url: "/lam-viec",
            icon: "list-checks",
            action: "desk.show",
            group: "",
            order: 0,
        })
}
