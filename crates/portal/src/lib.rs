//! The commune's face. So far: the home page, the news, the desk of the work side, and the one search over everything. What
//! they show is offered by the other areas (`ui::Door`, `ui::HomeTiles`, `ui::Waits`, `ui::MenuEntry`).

mod desk;
pub mod disclosure;
mod home;
mod map;
pub mod news;
mod open_data;
mod search;

use platform::Area;
use platform::area::get;
use platform::db::Migration;

pub const MIGRATIONS: &[Migration] = &[news::MIGRATION, disclosure::MIGRATION];

const VI: &str = concat!(
    include_str!("../locales/vi.ftl"),
    include_str!("../locales/news.vi.ftl"),
    include_str!("../locales/disclosure.vi.ftl")
);
const EN: &str = concat!(
    include_str!("../locales/en.ftl"),
    include_str!("../locales/news.en.ftl"),
    include_str!("../locales/disclosure.en.ftl")
);

/// The area for the list in the binary.
pub fn area() -> Area {
    let area = Area::new("portal")
        .migrations(MIGRATIONS)
        .locales(VI, EN)
        .policies(include_str!("../access.cedar"))
        .routes(vec![
            get("/", "home.show", home::show).kept(),
            get(map::PATH, "commune_map.show", map::show).kept(),
            get("/tim", "home.search", search::public),
            get("/du-lieu-mo", "disclosure.read", open_data::list).on_phone(),
            get("/du-lieu-mo/{code}", "disclosure.read", open_data::show).on_phone(),
            get("/lam-viec", "desk.show", desk::show),
            get("/lam-viec/tim", "desk.search", search::work),
        ])
        .offer(open_data::VILLAGES)
        .offer(ui::Door {
            text: "portal-map",
            line: "portal-map-line",
            url: map::PATH,
            icon: "map",
            order: 37,
        })
        .offer(ui::MenuEntry {
            text: "portal-menu-desk",
            url: "/lam-viec",
            icon: "list-checks",
            action: "desk.show",
            group: "",
            order: 0,
        });
    disclosure::area(news::area(area))
}
