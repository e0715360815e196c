//! Doing something with a dossier.

use super::show;
use crate::dossier::{self, ACCEPT, Act, Doing, attach as attach_result};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use http::StatusCode;
use platform::files;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Tx, Uuid};
use ui::FieldErrors;

pub(super) async fn act(ctx: Ctx, Path((id, act)): Path<(Uuid, String)>, sent: Form) -> Result<Response> {
    let what = Act::parse(&act).ok_or_else(Error::not_found)?;
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = carry_out(&ctx, &tx, id, what, &sent).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, error).await,
    }
}

async fn carry_out(ctx: &Ctx, tx: &Tx, id: Uuid, what: Act, sent: &Form) -> Result<(String, Note)> {
    let marks =
        sent.all("danh-dau").map(|key| (key.to_owned(), sent.text(&format!("vi-sao-{key}")).to_owned()));
    let day = match what {
        Act::Extend => end_of(ctx, sent, "hen-moi")?,
        _ => end_of(ctx, sent, "hen-tra")?,
    };
    let doing = Doing {
        note: sent.text("ly-do").to_owned(),
        marks: marks.collect(),
        to: sent.id("nguoi-nhan")?,
        due: day,
    };
    let one = dossier::act(ctx, tx, id, sent.revision()?, what, doing).await?;
    let url = if what == Act::Receive { format!("{}/phieu/01", one.path()) } else { one.path() };
    Ok((url, Note::new(done_key(what))))
}

/// The promised moment of a day that was typed: when the office closes.
pub(crate) fn end_of(ctx: &Ctx, sent: &Form, field: &'static str) -> Result<Option<DateTime<Utc>>> {
    let Some(day) = sent.date(field)? else { return Ok(None) };
    let closes = dossier::DeskRules::load(ctx)?.closes_on(day);
    closes.map(Some).ok_or_else(|| Error::field(field, "onestop-due-closed"))
}

fn done_key(what: Act) -> &'static str {
    match what {
        Act::Receive => "onestop-done-receive",
        Act::Refuse => "onestop-done-refuse",
        Act::Ask => "onestop-done-ask",
        Act::Take => "onestop-done-take",
        Act::Give => "onestop-done-give",
        Act::Pass => "onestop-done-pass",
        Act::SendBack => "onestop-done-send-back",
        Act::Extend => "onestop-done-extend",
        Act::Stop => "onestop-done-stop",
    }
}

/// The dossier as it stands now, with what went wrong above it.
pub(crate) async fn again(ctx: &Ctx, id: Uuid, error: Error) -> Result<Response> {
    let (status, page) = mended(ctx, id, error).await?;
    Ok((status, html(ui::render(&page)?)).into_response())
}

/// The page with what can be mended on it. Errors that no form can mend are given back.
pub(super) async fn mended(ctx: &Ctx, id: Uuid, error: Error) -> Result<(StatusCode, show::ShowPage)> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let t = ctx.t();
    let mut page = show::page(ctx, id).await?;
    page.errors = FieldErrors::from_error(&error, t);
    page.wrong = if error.fields.is_empty() {
        error.message.text(t)
    } else {
        error.fields.iter().map(|one| one.message.text(t)).collect::<Vec<_>>().join(" ")
    };
    Ok((error.kind.status(), page))
}

pub(super) async fn attach(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let file = match sent.uploads.first() {
        Some(upload) => files::prepare(&ctx, upload.name.clone(), upload.bytes.clone(), ACCEPT).await,
        None => Err(Error::invalid("onestop-file-none")),
    };
    let file = match file {
        Ok(file) => file,
        Err(error) => return again(&ctx, id, Error { kind: Kind::Invalid, ..error }).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match sent.revision() {
        Ok(revision) => attach_result(&ctx, &tx, id, revision, &file).await,
        Err(error) => Err(error),
    };
    let done = done.map(|one| (one.path(), Note::new("onestop-done-attach")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, error).await,
    }
}
