//! The page on which an official keeps the own key, and the picture of the own signature.

use crate::key::{self, KeyRow, MAX_BYTES, at_field, opened};
use crate::sign::PASSWORD;
use crate::{picture, seal};
use askama::Template;
use axum::response::{IntoResponse, Response};
use http::header;
use pades::Key;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result};
use ui::{FieldErrors, Shell};

pub(crate) const PATH: &str = "/lam-viec/chu-ky-so";

#[derive(Template)]
#[template(path = "own-key.html")]
struct KeyPage {
    shell: Shell,
    row: Option<KeyRow>,
    valid: String,
    until: String,
    added: String,
    over: bool,
    /// The demo tells the password of its keys.
    demo: bool,
    /// When the picture was given; `""` without one.
    picture: String,
    /// The reader looks after the seal.
    seals: bool,
    /// How wide it is, in millimetres; `""` without one.
    seal: String,
    keys: [String; 6],
    errors: FieldErrors,
}

pub(crate) async fn show(ctx: Ctx) -> Result<Response> {
    Ok(html(page(&ctx, FieldErrors::default()).await?))
}

async fn page(ctx: &Ctx, errors: FieldErrors) -> Result<String> {
    let t = ctx.t();
    let row = key::own(ctx, &ctx.app.db).await?;
    let picture = picture::own(ctx, &ctx.app.db).await?;
    let seals = ctx.may("signature.seal");
    let seal = if seals { seal::kept(ctx, &ctx.app.db).await? } else { None };
    let day = |at: Option<_>| at.map(|at| t.date(platform::clock::local_date(at))).unwrap_or_default();
    ui::render(&KeyPage {
        shell: Shell::of(ctx, "signing-menu-key").await?,
        valid: format!(
            "{} – {}",
            day(row.as_ref().map(|row| row.not_before)),
            day(row.as_ref().map(|row| row.not_after))
        ),
        until: day(row.as_ref().map(|row| row.not_after)),
        added: row.as_ref().map(|row| t.moment(row.added_at)).unwrap_or_default(),
        demo: ctx.app.config.demo,
        over: row.as_ref().is_some_and(|row| row.not_after < ctx.now),
        picture: picture.map(|row| t.moment(row.added_at)).unwrap_or_default(),
        seals,
        seal: seal.map(|row| row.millimetres.to_string()).unwrap_or_default(),
        keys: std::array::from_fn(|_| ctx.new_id().to_string()),
        errors,
        row,
    })
}

pub(crate) async fn save(ctx: Ctx, sent: Form) -> Result<Response> {
    let (file, opened) = match given(&ctx, &sent).await {
        Ok(given) => given,
        Err(error) => return wrong(&ctx, error).await,
    };
    let (once, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(once, tx) => (once, tx),
    };
    let done = key::keep(&ctx, &tx, &file, &opened).await;
    settle(&ctx, once, tx, done.map(|()| (PATH.to_owned(), Note::new("signing-key-kept")))).await?
}

/// The key file, if the typed password opens it and its certificate is valid.
async fn given(ctx: &Ctx, sent: &Form) -> Result<(Vec<u8>, Key)> {
    const FILE: &str = "tep-chu-ky";
    let upload = sent.uploads.first().ok_or_else(|| Error::field(FILE, "signing-key-file-none"))?;
    if upload.bytes.len() > MAX_BYTES {
        return Err(Error::field(FILE, "signing-key-none"));
    }
    let opened = opened(upload.bytes.clone(), sent.text(PASSWORD).to_owned()).await?;
    let opened = opened.map_err(|fault| at_field(ctx, &fault, FILE, PASSWORD))?;
    opened.valid_at(ctx.now).map_err(|fault| at_field(ctx, &fault, FILE, PASSWORD))?;
    Ok((upload.bytes.clone(), opened))
}

pub(crate) async fn wrong(ctx: &Ctx, error: Error) -> Result<Response> {
    if error.kind != Kind::Invalid {
        return Err(error);
    }
    let page = page(ctx, FieldErrors::from_error(&error, ctx.t())).await?;
    Ok((error.kind.status(), html(page)).into_response())
}

pub(crate) async fn drop(ctx: Ctx, sent: Form) -> Result<Response> {
    let (once, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(once, tx) => (once, tx),
    };
    let done = key::forget(&ctx, &tx).await;
    settle(&ctx, once, tx, done.map(|()| (PATH.to_owned(), Note::new("signing-key-removed")))).await?
}

/// The reader's own picture; nobody else gets it.
pub(crate) async fn picture(ctx: Ctx) -> Result<Response> {
    let row = picture::own(&ctx, &ctx.app.db).await?.ok_or_else(Error::not_found)?;
    let headers = [(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, picture::png(&ctx, &row)?).into_response())
}

pub(crate) async fn keep_picture(ctx: Ctx, sent: Form) -> Result<Response> {
    let given = sent.uploads.first().ok_or_else(|| Error::field(picture::FIELD, "signing-picture-missing"));
    let cleaned = match given {
        Ok(upload) => picture::prepared(picture::FIELD, upload.bytes.clone()).await,
        Err(error) => Err(error),
    };
    let cleaned = match cleaned {
        Ok(cleaned) => cleaned,
        Err(error) => return wrong(&ctx, error).await,
    };
    let (once, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(once, tx) => (once, tx),
    };
    let done = picture::keep(&ctx, &tx, &cleaned).await;
    settle(&ctx, once, tx, done.map(|()| (PATH.to_owned(), Note::new("signing-picture-kept")))).await?
}

pub(crate) async fn drop_picture(ctx: Ctx, sent: Form) -> Result<Response> {
    let (once, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(once, tx) => (once, tx),
    };
    let done = picture::forget(&ctx, &tx).await;
    settle(&ctx, once, tx, done.map(|()| (PATH.to_owned(), Note::new("signing-picture-removed")))).await?
}
