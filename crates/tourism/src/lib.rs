//! Culture and tourism (văn hóa, du lịch): festivals, sights, crafts, places to stay and to eat, services and specialities, written by
//! officers and heads of villages, approved by leaders, read by visitors in Vietnamese and English; a calendar of festivals by the
//! lunar or the solar year; requests for a place, answered by the business or by an officer.

mod api;
mod before;
pub mod dates;
mod figures;
mod law;
mod open;
pub mod place;
mod public;
pub mod request;
mod work;

use platform::{Area, db::Migration};

pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 490, name: "tourism", text: include_str!("../migrations/0490_tourism.sql") },
    Migration {
        version: 491,
        name: "tourism_request",
        text: include_str!("../migrations/0491_tourism_request.sql"),
    },
];

// All texts of the area.
const VI: &str = concat!(include_str!("../locales/vi.ftl"), include_str!("../locales/work.vi.ftl"));
const EN: &str = concat!(include_str!("../locales/en.ftl"), include_str!("../locales/work.en.ftl"));

/// Where everybody reads.
pub(crate) const PATH: &str = "/du-lich";
/// Where places are written.
pub(crate) const WORK: &str = "/lam-viec/du-lich";

/// What this area hands to the binary.
pub fn area() -> Area {
    Area::new("tourism")
        .migrations(MIGRATIONS)
        .locales(VI, EN)
        .policies(include_str!("../access.cedar"))
        .routes(public::routes())
        .routes(before::routes())
        .routes(work::routes())
        .routes(request::routes())
        .routes(api::routes())
        .openapi(api::paths)
        .worker(public::views::worker())
        .every(public::views::every())
        .worker(request::worker())
        .every(request::each_day())
        .offer(public::views::Told::default())
        .offer(request::Gates::default())
        .offer(figures::set())
        .offer(open::PLACES)
        .offer(public::spots())
        .offer(public::LAYER)
        .offer(public::panel())
        .offer(work::waits())
        .offer(ui::Door { text: "tourism", line: "tourism-line", url: PATH, icon: "mountain", order: 38 })
        .offer(menu("tourism-menu", WORK, "mountain", "tourism.write", 24))
        .offer(menu("tourism-requests", request::WORK, "bed-double", "tourism.answer", 25))
}

fn menu(
    text: &'static str,
    url: &'static str,
    icon: &'static str,
    action: &'static str,
    order: u16,
) -> ui::MenuEntry {
    ui::MenuEntry { text, url, icon, action, group: "tourism-menu-group", order }
}
