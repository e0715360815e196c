//! The one-stop service (một cửa): a resident is helped from a phone or at the counter, the commune decides in time, the
//! result comes back.
//!
//! A [`procedure`] is data: its papers, fees, deadline, steps and form stand in a file (`data/procedures`), and a dossier
//! keeps the version it began with. A [`dossier`] comes by any door and goes through the steps of its procedure; what may
//! be done with it is decided by one small machine ([`dossier::machine`](dossier::offered)), and everything that
//! happened stands in events that are only added.

mod api;
mod behalf;
mod builder;
mod complaint;
mod desk;
pub mod dossier;
pub mod fee;
mod figures;
pub mod form;
mod linked;
mod opinion;
mod outward;
mod panel;
mod paperwork;
pub mod pay;
pub mod procedure;
mod province;
pub mod quality;
mod queue;
mod resident;
mod result;
mod retention;
mod sheet;
mod story;
mod track;
mod upward;
mod visit;

use platform::access::{Place, Scope};
use platform::area::get;
use platform::{Area, Ctx, db::Migration};

pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 200, name: "onestop", text: include_str!("../migrations/0200_onestop.sql") },
    Migration {
        version: 201,
        name: "onestop_payments",
        text: include_str!("../migrations/0201_onestop_payments.sql"),
    },
    Migration {
        version: 202,
        name: "onestop_quality",
        text: include_str!("../migrations/0202_onestop_quality.sql"),
    },
    Migration {
        version: 203,
        name: "onestop_queue",
        text: include_str!("../migrations/0203_onestop_queue.sql"),
    },
    Migration {
        version: 204,
        name: "onestop_province",
        text: include_str!("../migrations/0204_onestop_province.sql"),
    },
    Migration {
        version: 205,
        name: "onestop_hooks",
        text: include_str!("../migrations/0205_onestop_hooks.sql"),
    },
    Migration {
        version: 206,
        name: "onestop_lists",
        text: include_str!("../migrations/0206_onestop_lists.sql"),
    },
    Migration {
        version: 207,
        name: "onestop_builder",
        text: include_str!("../migrations/0207_onestop_builder.sql"),
    },
    Migration {
        version: 208,
        name: "onestop_results",
        text: include_str!("../migrations/0208_onestop_results.sql"),
    },
    Migration {
        version: 209,
        name: "onestop_linked",
        text: include_str!("../migrations/0209_onestop_linked.sql"),
    },
    Migration {
        version: 210,
        name: "onestop_voice",
        text: include_str!("../migrations/0210_onestop_voice.sql"),
    },
    Migration {
        version: 211,
        name: "onestop_retention",
        text: include_str!("../migrations/0211_onestop_retention.sql"),
    },
    Migration {
        version: 212,
        name: "onestop_speed",
        text: include_str!("../migrations/0212_onestop_speed.sql"),
    },
    Migration {
        version: 213,
        name: "onestop_behalf",
        text: include_str!("../migrations/0213_onestop_behalf.sql"),
    },
    Migration {
        version: 214,
        name: "onestop_statement",
        text: include_str!("../migrations/0214_onestop_statement.sql"),
    },
    Migration {
        version: 215,
        name: "onestop_province_file",
        text: include_str!("../migrations/0215_onestop_province_file.sql"),
    },
];

// All texts of the area.
const VI: &str = concat!(
    include_str!("../locales/vi.ftl"),
    include_str!("../locales/opinion.vi.ftl"),
    include_str!("../locales/complaint.vi.ftl"),
    include_str!("../locales/retention.vi.ftl"),
    include_str!("../locales/paper.vi.ftl"),
    include_str!("../locales/linked.vi.ftl"),
    include_str!("../locales/behalf.vi.ftl")
);
const EN: &str = concat!(
    include_str!("../locales/en.ftl"),
    include_str!("../locales/opinion.en.ftl"),
    include_str!("../locales/complaint.en.ftl"),
    include_str!("../locales/retention.en.ftl"),
    include_str!("../locales/paper.en.ftl"),
    include_str!("../locales/linked.en.ftl"),
    include_str!("../locales/behalf.en.ftl")
);

/// What this area hands to the binary.
pub fn area() -> Area {
    let area = Area::new("onestop")
        .migrations(MIGRATIONS)
        .locales(VI, EN)
        .policies(include_str!("../access.cedar"))
        .routes(procedure::routes())
        .routes(builder::routes())
        .routes(resident::routes())
        .routes(linked::routes())
        .routes(behalf::routes())
        .routes(desk::routes())
        .routes(api::routes())
        .openapi(api::paths)
        .routes(pay::routes())
        .openapi(pay::paths)
        .offer(pay::menu())
        .routes(queue::routes())
        .routes(visit::routes())
        .offer(visit::waits())
        .offer(visit::copy())
        .routes(vec![
            get("/chat-luong-phuc-vu", "quality.show", quality::show).on_phone(),
            get("/ho-so", "dossier.track", track::ask),
            get("/ho-so/{code}", "dossier.track", track::show),
        ])
        .offer(procedure::Parsed::default())
        .offer(track::Tries::default())
        .offer(figures::set())
        .offer(procedure::door())
        .offer(ui::Door {
            text: "onestop-quality",
            line: "onestop-quality-line",
            url: "/chat-luong-phuc-vu",
            icon: "gauge",
            order: 35,
        })
        .offer(ui::Door {
            text: "onestop-track",
            line: "onestop-track-line",
            url: "/ho-so",
            icon: "file-search",
            order: 12,
        })
        .offer(procedure::menu())
        .offer(resident::menu())
        .offer(resident::forms())
        .offer(desk::waits())
        .offer(panel::panel())
        .offer(panel::copy())
        .offer(ui::Finds(|ctx, question| Box::pin(procedure::finds(ctx, question))));
    let area = connections(papers(voices(area)));
    desk::menu().into_iter().chain(queue::menu()).chain(visit::menu()).fold(area, Area::offer)
}

/// What the commune itself issues.
fn papers(area: Area) -> Area {
    area.routes(result::routes()).offer(result::menu()).offer(result::door()).offer(result::Asked::default())
}

/// The systems of others.
fn connections(area: Area) -> Area {
    area.routes(province::routes())
        .offer(province::menu())
        .routes(outward::routes())
        .worker(outward::worker())
        .offer(outward::menu())
        .routes(upward::routes())
        .worker(upward::worker())
        .every(upward::every())
        .offer(upward::Tokens::default())
}

/// Who is heard beside the steps of a dossier, and how long it is kept afterwards.
fn voices(area: Area) -> Area {
    area.routes(opinion::routes())
        .offer(opinion::menu())
        .offer(opinion::waits())
        .routes(complaint::routes())
        .offer(complaint::menu())
        .offer(complaint::waits())
        .routes(retention::routes())
        .offer(retention::menu())
        .offer(retention::stays())
        .worker(retention::worker())
}

/// The same request, able to read the whole commune: for questions that the rule itself narrows, such as whether a child is
/// registered already.
pub(crate) fn whole(ctx: &Ctx) -> Ctx {
    Ctx { scope: Scope::new(vec![Place::new("commune", ctx.commune)]), ..ctx.clone() }
}
