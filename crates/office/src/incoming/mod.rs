//! Incoming documents (văn bản đến): they arrive by any door, get the next number of the book, are handed on and end.

mod act;
mod api;
mod axis;
mod book;
mod facts;
mod intake;
mod list;
mod model;
mod register;
mod rules;
mod show;
mod store;
mod words;

pub(crate) use api::paths;
pub(crate) use axis::{begun, recalled};
pub(crate) use facts::proposed;
pub(crate) use intake::{ACCEPT, facts_of};
pub use model::{Channel, Facts, Incoming, State, TextState};
pub use rules::{Arrived, NewFile, Registering, arrive, finish, register};
pub(crate) use rules::{directed, settled};
pub(crate) use show::{Paper, again, file as paper, papers, reply};
pub use store::find;
pub(crate) use words::later;

use crate::books::Books;
use chrono::{DateTime, NaiveDate, Utc};
use platform::area::{get, post};
use platform::jobs::Worker;
use platform::{Ctx, Result, Route, Tx, Uuid};
use ui::{Status, Waiting, Waits};
use vncal::WorkCalendar;

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![
        get("/lam-viec/van-ban-den", "incoming.list", list::list),
        get("/lam-viec/van-ban-den/tiep-nhan", "incoming.register", intake::form),
        post("/lam-viec/van-ban-den/tiep-nhan", "incoming.register", intake::send),
        get("/lam-viec/van-ban-den/so", "incoming.list", book::show),
        get("/lam-viec/van-ban-den/{id}", "incoming.show", show::show),
        get("/lam-viec/van-ban-den/{id}/tep/{file}", "incoming.show", show::file),
        get("/lam-viec/van-ban-den/{id}/vao-so", "incoming.register", register::form),
        post("/lam-viec/van-ban-den/{id}/vao-so", "incoming.register", register::send),
        post("/lam-viec/van-ban-den/{id}/tra-lai", "incoming.register", act::refuse),
        post("/lam-viec/van-ban-den/{id}/ket-thuc", "incoming.finish", act::finish),
        post("/lam-viec/van-ban-den/{id}/mo-lai", "incoming.finish", act::reopen),
    ];
    routes.extend(api::routes());
    routes
}

/// Those of these that the reader may see.
pub(crate) async fn by_ids(ctx: &Ctx, ids: Vec<Uuid>) -> Result<Vec<Incoming>> {
    let limit = ids.len() as i64;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    store::list(ctx, &store::Filter { ids: Some(ids), ..store::Filter::default() }, None, limit).await
}

/// Lets these people read a document, because they keep a file that holds it.
pub(crate) async fn readable(ctx: &Ctx, tx: &Tx, document: Uuid, accounts: &[Uuid]) -> Result<()> {
    store::insert_readers(ctx, tx, document, accounts).await
}

pub(crate) fn worker() -> Worker {
    Worker::new(words::JOB, words::job)
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "office-incoming-menu",
        url: "/lam-viec/van-ban-den",
        icon: "inbox",
        action: "incoming.list",
        group: "office-menu-group",
        order: 5,
    }
}

/// What waits for the clerk, and for a leader.
pub(crate) fn waits() -> Waits {
    Waits(|ctx| Box::pin(async move { waiting(ctx).await }))
}

async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    let mut waiting = Vec::new();
    if ctx.may("incoming.register") {
        let late = late(ctx)?;
        waiting.extend(count(ctx, State::Arrived, "office-incoming-wait-number", late).await?);
    }
    if ctx.may("task.assign") {
        waiting.extend(count(ctx, State::Registered, "office-incoming-wait-direction", None).await?);
    }
    Ok(waiting)
}

async fn count(ctx: &Ctx, state: State, text: &str, late: Option<DateTime<Utc>>) -> Result<Option<Waiting>> {
    let within = Ctx { scope: ctx.scope_of("incoming.list"), ..ctx.clone() };
    let filter = store::Filter { states: vec![state], ids: None };
    let count = store::count(&within, &filter).await?;
    if count == 0 {
        return Ok(None);
    }
    let oldest = store::oldest(&within, state).await?;
    let late = late.is_some_and(|late| oldest.is_some_and(|oldest| oldest < late));
    let url = format!("/lam-viec/van-ban-den?viec={}", state.code());
    let status = if late { Status::Late } else { Status::Waiting };
    Ok(Some(Waiting { label: ctx.t().n(text, "count", count), url, status }))
}

/// What arrived before this should stand in the book already: the same day, at the latest the next working day.
pub(crate) fn late(ctx: &Ctx) -> Result<Option<DateTime<Utc>>> {
    let books = Books::load(ctx)?;
    let calendar = ctx.app.law.read_as("holidays/vn.csv", WorkCalendar::from_csv)?;
    let today = ctx.today();
    let over = |day: &NaiveDate| calendar.add_working_days(*day, books.register_days) < today;
    // The longest holidays, with the days before them, are shorter than this.
    let last = today.iter_days().rev().take(30).find(over);
    Ok(last.map(platform::clock::end_of_day))
}
