//! Feedback (phản ánh, kiến nghị): residents report what is wrong with a photograph and a place, the program finds who is
//! responsible and until when, and everybody sees what came of it. Denunciations and complaints against a decision go a
//! closed way of their own.

mod api;
mod figures;
mod follow;
mod forget;
mod handle;
mod kinds;
mod model;
mod open311;
mod remind;
mod reporter;
mod resident;
mod send;
mod store;
mod story;
mod tell;
mod throttle;
mod upload;
pub mod voice;
mod work;

pub use handle::{accept, answer, ask, elsewhere, note, refuse, show};
pub use model::{Part, Report, Source, State};
pub use reporter::{fixed, rate, reopen, support};
pub use send::{Sending, Sent, release_unasked, send};
pub use units::place::Point;
pub use upload::{Ready, picture};

use platform::{Area, Ctx, Result, db::Migration};

pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 430, name: "feedback", text: include_str!("../migrations/0430_feedback.sql") },
    Migration {
        version: 431,
        name: "feedback_voice",
        text: include_str!("../migrations/0431_feedback_voice.sql"),
    },
    Migration {
        version: 432,
        name: "feedback_follow",
        text: include_str!("../migrations/0432_feedback_follow.sql"),
    },
];

// All texts of the area.
const VI: &str = concat!(
    include_str!("../locales/vi.ftl"),
    include_str!("../locales/work.vi.ftl"),
    include_str!("../locales/voice.vi.ftl")
);
const EN: &str = concat!(
    include_str!("../locales/en.ftl"),
    include_str!("../locales/work.en.ftl"),
    include_str!("../locales/voice.en.ftl")
);

/// What this area hands to the binary.
pub fn area() -> Area {
    let area = Area::new("feedback")
        .migrations(MIGRATIONS)
        .locales(VI, EN)
        .policies(include_str!("../access.cedar"))
        .routes(resident::routes())
        .routes(work::routes())
        .routes(api::routes())
        .routes(open311::routes())
        .routes(voice::routes())
        .routes(voice::api_routes())
        .openapi(voice::paths)
        .on(voice::handler())
        .routes(follow::routes())
        .worker(follow::worker())
        .worker(forget::worker())
        .every(forget::every())
        .offer(forget::also_held())
        .openapi(api::paths)
        .openapi(open311::paths)
        .worker(remind::worker())
        .every(remind::every())
        .offer(throttle::Gates::default())
        .offer(figures::set())
        .offer(resident::LAYER)
        .offer(resident::door())
        .offer(resident::account_entry())
        .offer(work::waits())
        .offer(voice::waits())
        .offer(voice::menu());
    work::menu().into_iter().fold(area, Area::offer)
}

/// The report with a code, whoever asks: for the demo and for tests.
pub async fn by_code(ctx: &Ctx, code: &str) -> Result<Report> {
    store::by_code(ctx, &ctx.app.db, code).await
}
