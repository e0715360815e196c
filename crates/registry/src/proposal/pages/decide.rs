//! Approving, rejecting, withdrawing, and taking an approval back.

use super::show;
use crate::proposal::{self, approve, reject, undo};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid};

pub(super) async fn yes(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    decide(ctx, id, form, true).await
}

pub(super) async fn no(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    decide(ctx, id, form, false).await
}

async fn decide(ctx: Ctx, id: Uuid, form: Form, accept: bool) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let answer = form.text("tra-loi");
    let done = match accept {
        true => approve(&ctx, &tx, id, form.ticked("sua-cho-dung"), answer)
            .await
            .map(|()| "registry-proposal-approve-done"),
        false => reject(&ctx, &tx, id, answer).await.map(|()| "registry-proposal-reject-done"),
    };
    let undo = |note: Note| if accept { note.undo(format!("/lam-viec/de-nghi/{id}/hoan-tac")) } else { note };
    let done = done.map(|note| ("/lam-viec/de-nghi".to_owned(), undo(Note::new(note))));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, error).await,
    }
}

async fn again(ctx: &Ctx, id: Uuid, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let t = ctx.t();
    let mut page = show::page(ctx, id).await?;
    let fields: Vec<String> = error.fields.iter().map(|one| one.message.text(t)).collect();
    let sentence = if page.conflict { t.t("registry-proposal-moved") } else { error.message.text(t) };
    page.wrong = if fields.is_empty() { sentence } else { fields.join(" ") };
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

pub(super) async fn withdraw(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = proposal::withdraw(&ctx, &tx, id).await;
    let done = done.map(|()| ("/lam-viec/de-nghi".to_owned(), Note::new("registry-proposal-taken-back")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, error).await,
    }
}

/// Takes an approval back. The button *Hoàn tác* sends nothing but its address: pressing it twice finds a proposal that
/// waits.
pub(super) async fn take_back(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let tx = ctx.begin().await?;
    match undo(&ctx, &tx, id).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Note::new("registry-proposal-undone").see_other(&format!("/lam-viec/de-nghi/{id}")))
        }
        Err(error) => {
            tx.rollback().await?;
            again(&ctx, id, error).await
        }
    }
}
