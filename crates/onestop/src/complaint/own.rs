//! Complaining from the own page of a dossier.

use super::model::Complaint;
use super::page::{self, Door, Typed, page, typed};
use super::rules::{self, Sending, theirs};
use super::store;
use crate::dossier::{self, Dossier, Given};
use crate::opinion::with_file;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Kind, Result, Tx, Uuid};
use ui::Html;

fn door(one: &Dossier) -> Door {
    Door { action: rules::own_path(one), back: one.own_path(), digits: String::new() }
}

async fn own(ctx: &Ctx, one: &Dossier) -> Result<Vec<Complaint>> {
    let mut all = store::of_dossier(ctx, &ctx.app.db, one.id).await?;
    all.retain(|complaint| theirs(ctx, one, complaint));
    Ok(all)
}

/// One of them, in the reader's reach.
async fn found(ctx: &Ctx, id: Uuid, complaint: Uuid) -> Result<(Dossier, Complaint)> {
    let one = dossier::find(ctx, &ctx.app.db, id).await?;
    let found = own(ctx, &one).await?.into_iter().find(|one| one.id == complaint);
    Ok((one, found.ok_or_else(Error::not_found)?))
}

/// What the reader complained of, for the dossier's page: kind and how it stands.
pub(crate) async fn told_short(ctx: &Ctx, one: &Dossier) -> Result<Vec<(String, Html)>> {
    Ok(own(ctx, one).await?.iter().map(|complaint| page::short(ctx, complaint)).collect())
}

pub(super) async fn form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    page(&ctx, &one, door(&one), own(&ctx, &one).await?, Typed::default()).await
}

async fn again(ctx: &Ctx, one: &Dossier, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    page(ctx, one, door(one), own(ctx, one).await?, typed(sent, &error)).await
}

/// Back to the page, with a word that it is done or with what went wrong.
async fn ended(
    ctx: &Ctx,
    key: Uuid,
    tx: Tx,
    done: Result<Complaint>,
    one: &Dossier,
    sent: &Form,
    note: &'static str,
) -> Result<Response> {
    let done = done.map(|_| (rules::own_path(one), Note::new(note)));
    match settle(ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(ctx, one, sent, error).await,
    }
}

pub(super) async fn send(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    let file = match with_file(&ctx, &sent).await {
        Ok(file) => file,
        Err(error) => return again(&ctx, &one, &sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let said = Sending {
        kind: sent.text("loai"),
        body: sent.text("noi-dung"),
        file: file.as_ref(),
        account: ctx.account_or_none(),
    };
    let done = rules::send(&ctx, &tx, &one, said).await;
    ended(&ctx, key, tx, done, &one, &sent, "onestop-complaint-sent").await
}

pub(super) async fn withdraw(
    ctx: Ctx,
    Path((id, complaint)): Path<(Uuid, Uuid)>,
    sent: Form,
) -> Result<Response> {
    let (one, _) = found(&ctx, id, complaint).await?;
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::withdraw(&ctx, &tx, &one, complaint).await;
    ended(&ctx, key, tx, done, &one, &sent, "onestop-complaint-taken-back").await
}

pub(super) async fn rate(
    ctx: Ctx,
    Path((id, complaint)): Path<(Uuid, Uuid)>,
    sent: Form,
) -> Result<Response> {
    let (one, _) = found(&ctx, id, complaint).await?;
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::rate(&ctx, &tx, complaint, sent.text("muc")).await;
    ended(&ctx, key, tx, done, &one, &sent, "onestop-complaint-rated").await
}

pub(super) async fn file(
    ctx: Ctx,
    Path((id, complaint, paper)): Path<(Uuid, Uuid, Uuid)>,
) -> Result<Response> {
    let (one, complaint) = found(&ctx, id, complaint).await?;
    page::came_with(&ctx, one.id, &complaint, paper).await?;
    crate::resident::shown(&ctx, one.id, paper, &[Given::Complaint]).await
}
