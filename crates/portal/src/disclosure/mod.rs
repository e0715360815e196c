//! What the law wants every commune to make public (công khai thông tin): columns as data, each with its deadline watched; documents
//! with files, found by their words; taken down only with a reason.

mod columns;
mod desk;
mod edit;
mod model;
mod period;
mod public;
mod rules;
mod store;

pub use rules::{Typed, publish};

use platform::area::{get, post};
use platform::db::Migration;
use platform::files::Accept;
use platform::{Area, Route};

pub(crate) const MIGRATION: Migration = Migration {
    version: 410,
    name: "portal_disclosure",
    text: include_str!("../../migrations/0410_portal_disclosure.sql"),
};

pub(crate) const PATH: &str = "/cong-khai";
pub(crate) const WORK: &str = "/lam-viec/cong-khai";

/// What is published: documents, tables, pictures of documents.
pub const ACCEPT: Accept = Accept {
    types: &[
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "image/jpeg",
        "image/png",
    ],
    max_bytes: 20 << 20,
};

pub(crate) fn area(area: Area) -> Area {
    area.routes(routes())
        .offer(desk::waits())
        .offer(public::DATASET)
        .offer(ui::MenuEntry {
            text: "disclosure-menu",
            url: WORK,
            icon: "landmark",
            action: "disclosure.publish",
            group: "news-menu-group",
            order: 22,
        })
        .offer(ui::Door {
            text: "disclosure",
            line: "disclosure-line",
            url: PATH,
            icon: "landmark",
            order: 32,
        })
}

fn routes() -> Vec<Route> {
    vec![
        get("/cong-khai", "disclosure.read", public::list).on_phone(),
        get("/cong-khai/{id}", "disclosure.read", public::show).on_phone(),
        get("/cong-khai/{id}/tep/{file}", "disclosure.read", public::file),
        get("/lam-viec/cong-khai", "disclosure.publish", desk::list),
        get("/lam-viec/cong-khai/moi", "disclosure.publish", edit::new),
        post("/lam-viec/cong-khai/moi", "disclosure.publish", edit::create),
        get("/lam-viec/cong-khai/{id}", "disclosure.publish", edit::form),
        post("/lam-viec/cong-khai/{id}", "disclosure.publish", edit::save),
        post("/lam-viec/cong-khai/{id}/go", "disclosure.publish", edit::withdraw),
        post("/lam-viec/cong-khai/{id}/dang-lai", "disclosure.publish", edit::restore),
    ]
}

/// The last days of a column's periods, the running one first; empty for a column without periods.
///
/// # Errors
/// When the list of columns cannot be read.
pub fn recent_periods(ctx: &platform::Ctx, topic: &str) -> platform::Result<Vec<chrono::NaiveDate>> {
    let columns = columns::Columns::load(ctx)?;
    let every = columns.find(topic).and_then(|one| one.every);
    Ok(every.map(|every| every.recent(ctx.today(), edit::PERIODS)).unwrap_or_default())
}
