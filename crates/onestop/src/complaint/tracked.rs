//! Complaining by code and digits: somebody without an account, or whose dossier was taken at the counter.

use super::model::Complaint;
use super::page::{Door, Typed, page, typed};
use super::rules::{self, Sending};
use super::store;
use crate::dossier::Dossier;
use crate::opinion::with_file;
use crate::track::{digits_of, proven};
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::http::{Form, Note, Start, see_other, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid};
use std::collections::HashMap;

fn door(one: &Dossier, digits: &str) -> Door {
    let back = format!("/ho-so/{}?so={digits}", one.code);
    Door { action: format!("/ho-so/{}/phan-anh", one.code), back, digits: digits.to_owned() }
}

fn address(one: &Dossier, digits: &str) -> String {
    format!("/ho-so/{}/phan-anh?so={digits}", one.code)
}

/// What came by this door: what an account sent stays with it.
async fn sent_here(ctx: &Ctx, one: &Dossier) -> Result<Vec<Complaint>> {
    let mut all = store::of_dossier(ctx, &ctx.app.db, one.id).await?;
    all.retain(|complaint| complaint.account_id.is_none());
    Ok(all)
}

pub(super) async fn form(
    ctx: Ctx,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let digits = digits_of(query.get("so").map_or("", String::as_str));
    if digits.is_empty() {
        return Ok(see_other(&format!("/ho-so?ma={}", crate::dossier::typed(&code))));
    }
    let one = proven(&ctx, &code, &digits).await?.ok_or_else(Error::not_found)?;
    page(&ctx, &one, door(&one, &digits), sent_here(&ctx, &one).await?, Typed::default()).await
}

async fn again(ctx: &Ctx, one: &Dossier, digits: &str, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    page(ctx, one, door(one, digits), sent_here(ctx, one).await?, typed(sent, &error)).await
}

pub(super) async fn send(ctx: Ctx, Path(code): Path<String>, sent: Form) -> Result<Response> {
    let digits = digits_of(sent.text("so"));
    let one = proven(&ctx, &code, &digits).await?.ok_or_else(Error::not_found)?;
    let file = match with_file(&ctx, &sent).await {
        Ok(file) => file,
        Err(error) => return again(&ctx, &one, &digits, &sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let said =
        Sending { kind: sent.text("loai"), body: sent.text("noi-dung"), file: file.as_ref(), account: None };
    let done = rules::send(&ctx, &tx, &one, said).await;
    let done = done.map(|_| (address(&one, &digits), Note::new("onestop-complaint-sent")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, &one, &digits, &sent, error).await,
    }
}

pub(super) async fn withdraw(
    ctx: Ctx,
    Path((code, complaint)): Path<(String, Uuid)>,
    sent: Form,
) -> Result<Response> {
    let digits = digits_of(sent.text("so"));
    let one = proven(&ctx, &code, &digits).await?.ok_or_else(Error::not_found)?;
    if !sent_here(&ctx, &one).await?.iter().any(|one| one.id == complaint) {
        return Err(Error::not_found());
    }
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::withdraw(&ctx, &tx, &one, complaint).await;
    let done = done.map(|_| (address(&one, &digits), Note::new("onestop-complaint-taken-back")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, &one, &digits, &sent, error).await,
    }
}
