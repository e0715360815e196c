//! Sending a draft, or throwing it away.

use super::review::review;
use super::steps::{Step, word};
use crate::dossier::{Draft, draft_find};
use crate::procedure::Procedure;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Tx, Uuid};
use ui::FieldErrors;

pub(super) async fn submit(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = send(&ctx, &tx, id, &sent).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if error.kind == Kind::Invalid => again(&ctx, id, error).await,
        Err(error) => Err(error),
    }
}

async fn send(ctx: &Ctx, tx: &Tx, id: Uuid, sent: &Form) -> Result<(String, Note)> {
    let draft = draft_find(ctx, tx, id).await?;
    if !sent.ticked("cam-doan") {
        return Err(Error::field("cam-doan", "onestop-declare-empty"));
    }
    crate::behalf::declared(ctx, &draft, ("dong-y", sent.ticked("dong-y"))).await?;
    let sent = crate::linked::submit(ctx, tx, draft).await?;
    let main = sent.first().ok_or_else(|| Error::internal("nothing was sent"))?;
    Ok((main.own_path(), Note::new("onestop-sent")))
}

/// The review again: each sentence leads to the step where it is mended.
async fn again(ctx: &Ctx, id: Uuid, error: Error) -> Result<Response> {
    let draft = draft_find(ctx, &ctx.app.db, id).await?;
    let procedure = draft.procedure(ctx).await?;
    let mut page = review(ctx, &draft, &procedure).await?;
    page.errors = FieldErrors::from_error(&error, ctx.t());
    let mended =
        |field: &str| crate::linked::begun(&page.linked, field).or_else(|| place(&draft, &procedure, field));
    let wrong = error
        .fields
        .iter()
        .filter_map(|one| Some((mended(&one.field)?, sentence(ctx, &procedure, &one.field, &one.message))))
        .collect();
    page.wrong = wrong;
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

fn place(draft: &Draft, procedure: &Procedure, field: &str) -> Option<String> {
    let step = if field.starts_with("giay-") {
        Step::Papers
    } else {
        Step::Section(procedure.form.as_ref()?.section_of(field)?)
    };
    Some(format!("{}?phan={}#{field}", draft.path(), word(step)))
}

fn sentence(ctx: &Ctx, procedure: &Procedure, field: &str, message: &platform::Message) -> String {
    let label =
        procedure.form.as_ref().and_then(|form| form.field(field)).map(|field| field.label.of(ctx.lang));
    match label {
        Some(label) => format!("{label}: {}", message.text(ctx.t())),
        None => message.text(ctx.t()),
    }
}

pub(super) async fn throw_away(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match draft_find(&ctx, &tx, id).await {
        Ok(draft) => crate::linked::throw_away(&ctx, &tx, draft.id).await,
        Err(error) => Err(error),
    };
    let done = done.map(|()| ("/ho-so-cua-toi".to_owned(), Note::new("onestop-draft-dropped")));
    settle(&ctx, key, tx, done).await?
}
