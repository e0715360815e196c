//! The office (văn bản và điều hành): documents come in and go out by the book, directives reach the people who carry
//! them out, and other agencies are told what became of what they sent.

mod books;
pub mod exchange;
mod figures;
pub mod group;
pub mod incoming;
pub mod mailbox;
pub mod meeting;
mod outgoing;
pub mod plan;
pub mod reading;
mod schedule;
mod secrecy;
mod story;
pub mod task;
pub mod workfile;

use platform::{Area, db::Migration};

pub const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 300,
        name: "office_incoming",
        text: include_str!("../migrations/0300_office_incoming.sql"),
    },
    Migration { version: 310, name: "office_task", text: include_str!("../migrations/0310_office_task.sql") },
    plan::MIGRATION,
    task::link::MIGRATION,
    Migration {
        version: 312,
        name: "office_task_days",
        text: include_str!("../migrations/0312_office_task_days.sql"),
    },
    plan::KIND_MIGRATION,
    outgoing::MIGRATION,
    Migration { version: 321, name: "office_days", text: include_str!("../migrations/0321_office_days.sql") },
    workfile::MIGRATION,
    workfile::disposal::MIGRATION,
    exchange::MIGRATION,
    mailbox::MIGRATION,
    group::MIGRATION,
    schedule::MIGRATION,
    meeting::MIGRATION,
    meeting::INK_MIGRATION,
];

// All texts of the area.
const VI: &str = concat!(
    include_str!("../locales/vi.ftl"),
    include_str!("../locales/task.vi.ftl"),
    include_str!("../locales/meeting.vi.ftl"),
    include_str!("../locales/link.vi.ftl"),
    include_str!("../locales/schedule.vi.ftl"),
    include_str!("../locales/outgoing.vi.ftl"),
    include_str!("../locales/plan.vi.ftl"),
    include_str!("../locales/group.vi.ftl"),
    include_str!("../locales/workfile.vi.ftl"),
    include_str!("../locales/exchange.vi.ftl"),
    include_str!("../locales/mailbox.vi.ftl")
);
const EN: &str = concat!(
    include_str!("../locales/en.ftl"),
    include_str!("../locales/task.en.ftl"),
    include_str!("../locales/meeting.en.ftl"),
    include_str!("../locales/link.en.ftl"),
    include_str!("../locales/schedule.en.ftl"),
    include_str!("../locales/outgoing.en.ftl"),
    include_str!("../locales/plan.en.ftl"),
    include_str!("../locales/group.en.ftl"),
    include_str!("../locales/workfile.en.ftl"),
    include_str!("../locales/exchange.en.ftl"),
    include_str!("../locales/mailbox.en.ftl")
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
        .routes(plan::routes())
        .offer(plan::menu())
        .routes(group::routes())
        .offer(group::menu())
        .routes(workfile::routes())
        .openapi(workfile::paths)
        .openapi(workfile::disposal::paths)
        .worker(workfile::worker())
        .offer(workfile::waits())
        .offer(figures::set())
        .routes(meeting::routes())
        .openapi(meeting::paths)
        .offer(meeting::menu())
        .offer(meeting::waits())
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
        .offer(exchange::menu())
        .routes(mailbox::routes())
        .openapi(mailbox::paths)
        .offer(mailbox::waits())
        .offer(mailbox::account_entry());
    let menus = outgoing::menu().into_iter().chain(workfile::menu()).chain(mailbox::menu());
    let area = menus.fold(area, Area::offer);
    let area = exchange::workers().into_iter().chain(mailbox::workers()).fold(area, Area::worker);
    exchange::every().into_iter().chain(mailbox::every()).fold(area, Area::every)
}
