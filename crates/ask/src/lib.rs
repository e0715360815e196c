//! Asking residents (hỏi dân): polls, consultations on drafts with comments by paragraph, and the choice of village works, one
//! household one vote, by a secret ballot that everybody can count again.

mod api;
mod bars;
pub mod draft;
mod law;
pub mod matter;
pub mod poll;
mod who;
pub mod works;

use platform::{Area, db::Migration};

pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 460, name: "ask_matter", text: include_str!("../migrations/0460_ask_matter.sql") },
    Migration { version: 461, name: "ask_poll", text: include_str!("../migrations/0461_ask_poll.sql") },
    Migration { version: 462, name: "ask_draft", text: include_str!("../migrations/0462_ask_draft.sql") },
    Migration { version: 463, name: "ask_works", text: include_str!("../migrations/0463_ask_works.sql") },
];

// All texts of the area.
const VI: &str = concat!(
    include_str!("../locales/vi.ftl"),
    include_str!("../locales/poll.vi.ftl"),
    include_str!("../locales/draft.vi.ftl"),
    include_str!("../locales/works.vi.ftl")
);
const EN: &str = concat!(
    include_str!("../locales/en.ftl"),
    include_str!("../locales/poll.en.ftl"),
    include_str!("../locales/draft.en.ftl"),
    include_str!("../locales/works.en.ftl")
);

/// What this area hands to the binary.
pub fn area() -> Area {
    Area::new("ask")
        .migrations(MIGRATIONS)
        .locales(VI, EN)
        .policies(include_str!("../access.cedar"))
        .routes(matter::routes())
        .routes(poll::routes())
        .routes(draft::routes())
        .routes(works::routes())
        .routes(api::routes())
        .openapi(api::paths)
        .worker(matter::worker())
        .every(matter::each_day())
        .offer(poll::Tries::default())
        .offer(matter::panel())
        .offer(matter::waits())
        .offer(ui::Door { text: "ask", line: "ask-line", url: "/hoi-dan", icon: "vote", order: 34 })
        .offer(ui::MenuEntry {
            text: "ask-menu",
            url: matter::WORK,
            icon: "vote",
            action: "ask.show",
            group: "registry-menu-group",
            order: 136,
        })
}
