//! The commune's radio (truyền thanh): programmes that leaders approve ([`programme`]), the week's plan by village ([`plan`]), the station
//! on air with its log (`station`), and what everybody hears (`public`).
//!
//! The engine is `libs/onair`; it knows no commune. What it plays is a function of the plan and the wall clock, so this area only hands it
//! the plan of today and writes down what it says that it played.

mod alarm;
mod api;
mod figures;
mod law;
mod link;
mod live;
pub mod plan;
pub mod programme;
mod public;
mod report;
pub mod speaker;
mod station;
mod vendor;
mod work;

use platform::events::Handler;
use platform::{Area, db::Migration};

pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 510, name: "broadcast", text: include_str!("../migrations/0510_broadcast.sql") },
    Migration {
        version: 511,
        name: "broadcast_speaker",
        text: include_str!("../migrations/0511_broadcast_speaker.sql"),
    },
];

// All texts of the area.
const VI: &str = concat!(include_str!("../locales/vi.ftl"), include_str!("../locales/work.vi.ftl"));
const EN: &str = concat!(include_str!("../locales/en.ftl"), include_str!("../locales/work.en.ftl"));

/// Where everybody listens.
pub(crate) const PATH: &str = "/truyen-thanh";
/// Where the radio is made.
pub(crate) const WORK: &str = "/lam-viec/truyen-thanh";

/// What this area hands to the binary.
pub fn area() -> Area {
    Area::new("broadcast")
        .migrations(MIGRATIONS)
        .locales(VI, EN)
        .policies(include_str!("../access.cedar"))
        .routes(public::routes())
        .routes(speaker::routes())
        .routes(work::routes())
        .routes(api::routes())
        .openapi(api::paths)
        .worker(programme::worker())
        .worker(speaker::worker())
        .on(Handler::new(speech::RECORDED, "broadcast.recorded", programme::recorded))
        .on(Handler::new(speech::RECORDED, "broadcast.alarm-recorded", alarm::recorded))
        .on(Handler::new(messages::emergency::EVENT, "broadcast.alarm", alarm::told))
        .service(station::service())
        .service(link::service())
        .offer(link::Link::default())
        .offer(live::Microphones::default())
        .offer(station::Stations::default())
        .offer(figures::set())
        .offer(public::panel())
        .offer(speaker::followed())
        .offer(work::waits())
        .offer(ui::Door { text: "broadcast", line: "broadcast-line", url: PATH, icon: "radio", order: 36 })
        .offer(ui::MenuEntry {
            text: "broadcast-menu",
            url: WORK,
            icon: "radio",
            action: "broadcast.read",
            group: "news-menu-group",
            order: 22,
        })
}
