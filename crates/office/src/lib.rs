//! The office (văn bản và điều hành): documents come in and go out by the book, directives reach the people who carry
//! them out, and other agencies are told what became of what they sent.

mod books;
pub mod exchange;
pub mod incoming;
mod outgoing;
pub mod reading;
mod schedule;
mod secrecy;
pub mod task;

use platform::{Area, db::Migration};

pub const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 300,
        name: "office_incoming",
        text: include_str!("../migrations/0300_office_incoming.sql"),
    },
    Migration { version: 310, name: "office_task", text: include_str!("../migrations/0310_office_task.sql") },
    task::link::MIGRATION,
    outgoing::MIGRATION,
    exchange::MIGRATION,
    schedule::MIGRATION,
];

// All texts of the area.
const VI: &str = concat!(
    include_str!("../locales/vi.ftl"),
    include_str!("../locales/task.vi.ftl"),
    include_str!("../locales/link.vi.ftl"),
    include_str!("../locales/schedule.vi.ftl"),
    include_str!("../locales/outgoing.vi.ftl"),
    include_str!("../locales/exchange.vi.ftl")
);
const EN: &str = concat!(
    include_str!("../locales/en.ftl"),
    include_str!("../locales/task.en.ftl"),
    include_str!("../locales/link.en.ftl"),
    include_str!("../locales/schedule.en.ftl"),
    include_str!("../locales/outgoing.en.ftl"),
    include_str!("../locales/exchange.en.ftl")
);

/// What this area hands to the binary.
pub fn area() -> Area {
    let area = Area::new("office")
        .migrations(MIGRATIONS)
        .locales(VI, EN)
        .policies(include_str!("../access.cedar"))
        .routes(incoming::routes())
        .openapi(incoming::paths)
        .worker(incoming::worker())
        .offer(incoming::menu())
        .offer(incoming::waits())
        .routes(outgoing::routes())
        .routes(outgoing::api_routes())
        .openapi(outgoing::paths)
        .offer(outgoing::waits())
        .routes(schedule::routes())
        .offer(schedule::menu())
        .offer(schedule::door())
        .routes(task::routes())
        .openapi(task::paths)
        .worker(task::worker())
        .every(task::every())
        .offer(task::menu())
        .offer(task::waits())
        .openapi(task::link::paths)
        .on(task::link::handler())
        .offer(task::link::Misses::default())
        .offer(task::link::account_entry())
        .offer(task::link::menu())
        .routes(exchange::routes())
        .openapi(exchange::paths)
        .offer(exchange::menu());
    let area = outgoing::menu().into_iter().fold(area, Area::offer);
    let area = exchange::workers().into_iter().fold(area, Area::worker);
    exchange::every().into_iter().fold(area, Area::every)
}
