//! Work files (hồ sơ công việc): what belongs to one piece of work, from the document with which it began to its result; opened,
//! handed over, closed, kept for its term, handed to the archive.

mod act;
mod api;
mod card;
mod contents;
pub(crate) mod disposal;
mod edit;
mod gather;
mod list;
mod model;
mod rules;
mod show;
mod store;
mod terms;
mod transfer;
mod transfer_pages;
mod words;

pub(crate) use api::paths;
pub(crate) use card::{Card, card};
pub use gather::opened_for;
pub(crate) use gather::{answered, directed, given};
pub(crate) use list::shown;
pub(crate) use words::worker;

use chrono::Duration;
use platform::area::{get, post};
use platform::db::Migration;
use platform::{Ctx, Result, Route};
use ui::{Status, Waiting, Waits};

pub(crate) const MIGRATION: Migration = Migration {
    version: 350,
    name: "office_work_file",
    text: include_str!("../../migrations/0350_office_work_file.sql"),
};

pub(crate) const PATH: &str = "/lam-viec/ho-so-cong-viec";
/// A closed file is spoken of so many days before it should be in the archive.
const SOON: Duration = Duration::days(30);

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![
        get("/lam-viec/ho-so-cong-viec", "workfile.mine", list::list),
        get("/lam-viec/ho-so-cong-viec/moi", "workfile.mine", edit::new),
        post("/lam-viec/ho-so-cong-viec/moi", "workfile.mine", edit::create),
        post("/lam-viec/ho-so-cong-viec/dua-vao", "workfile.mine", act::add_known),
        get("/lam-viec/ho-so-cong-viec/{id}", "workfile.mine", show::show),
        get("/lam-viec/ho-so-cong-viec/{id}/tep/{item}", "workfile.mine", show::file),
        get("/lam-viec/ho-so-cong-viec/{id}/sua", "workfile.mine", edit::form),
        post("/lam-viec/ho-so-cong-viec/{id}/sua", "workfile.mine", edit::save),
        post("/lam-viec/ho-so-cong-viec/{id}/them", "workfile.mine", act::add),
        post("/lam-viec/ho-so-cong-viec/{id}/bo-ra", "workfile.mine", act::remove),
        post("/lam-viec/ho-so-cong-viec/{id}/ban-giao", "workfile.mine", act::hand_over),
        post("/lam-viec/ho-so-cong-viec/{id}/ket-thuc", "workfile.mine", act::close),
        post("/lam-viec/ho-so-cong-viec/{id}/mo-lai", "workfile.mine", act::reopen),
        get("/lam-viec/nop-luu", "workfile.archive", transfer_pages::list),
        post("/lam-viec/nop-luu", "workfile.archive", transfer_pages::make),
        get("/lam-viec/nop-luu/{id}", "workfile.archive", transfer_pages::show),
        post("/lam-viec/nop-luu/{id}/nhan", "workfile.archive", transfer_pages::receive),
        post("/lam-viec/nop-luu/{id}/bo", "workfile.archive", transfer_pages::undo),
    ];
    routes.extend(disposal::routes());
    routes.extend(api::routes());
    routes
}

pub(crate) fn menu() -> Vec<ui::MenuEntry> {
    let entry = |text, url, icon, action, order| ui::MenuEntry {
        text,
        url,
        icon,
        action,
        group: "office-menu-group",
        order,
    };
    vec![
        entry("office-workfile-menu", PATH, "folder", "workfile.mine", 7),
        entry("office-transfer-menu", transfer::PATH, "archive", "workfile.archive", 9),
        disposal::menu(),
    ]
}

/// What waits for the archive's keeper: closed files whose time to be handed over comes.
pub(crate) fn waits() -> Waits {
    Waits(|ctx| Box::pin(async move { waiting(ctx).await }))
}

async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    if !ctx.may("workfile.archive") {
        return Ok(Vec::new());
    }
    let terms = terms::Terms::load(ctx)?;
    let closed = store::to_transfer(ctx, &ctx.app.db, 200).await?;
    let days = closed.iter().filter_map(|one| one.closed_at).map(|at| terms.hand_over_by(at));
    let days: Vec<_> = days.filter(|day| *day <= ctx.today() + SOON).collect();
    if days.is_empty() {
        return Ok(Vec::new());
    }
    let late = days.iter().any(|day| *day < ctx.today());
    Ok(vec![Waiting {
        label: ctx.t().n("office-transfer-wait", "count", days.len()),
        url: transfer::PATH.to_owned(),
        status: if late { Status::Late } else { Status::Waiting },
    }])
}
