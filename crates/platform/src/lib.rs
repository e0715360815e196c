//! What every area stands on: database, HTTP, jobs, events, files, search, texts, settings, clock, ids, errors,
//! measurement. The platform knows no noun of a commune.
//!
//! An area hands an [`area::Area`] to the binary; a request becomes a [`Ctx`]; a rule takes `&Ctx` and `&Tx`.

pub mod access;
pub mod app;
pub mod area;
pub mod call;
mod choice;
pub mod clock;
pub mod config;
pub mod ctx;
pub mod db;
mod error;
pub mod events;
pub mod files;
pub mod http;
pub mod i18n;
pub mod ids;
pub mod jobs;
pub mod law;
pub mod numbers;
pub mod once;
pub mod open_data;
pub mod openapi;
pub mod proof;
pub mod remember;
pub mod said;
pub mod search;
pub mod sign;
pub mod tally;
pub mod telemetry;

pub use app::App;
pub use area::{Area, Route};
pub use ctx::Ctx;
pub use db::{Db, Run, Tx, sql};
pub use error::{Error, FieldError, Kind, Message, Result};
pub use i18n::{Lang, T};

pub use uuid::Uuid;

/// The platform's own steps of the schema.
pub const MIGRATIONS: &[db::Migration] = &[
    db::Migration { version: 10, name: "platform", text: include_str!("../migrations/0010_platform.sql") },
    db::Migration { version: 11, name: "search", text: include_str!("../migrations/0011_search.sql") },
    db::Migration {
        version: 12,
        name: "search_at_once",
        text: include_str!("../migrations/0012_search_at_once.sql"),
    },
    db::Migration {
        version: 13,
        name: "text_search",
        text: include_str!("../migrations/0013_text_search.sql"),
    },
];

/// The platform's own texts: errors, sizes, job states.
pub fn area() -> Area {
    Area::new("platform").locales(include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"))
}

/// The newest step of the schema that has run; an error when the database does not answer.
pub(crate) async fn applied_schema(app: &App) -> Result<i64> {
    db::applied(&app.db).await
}
