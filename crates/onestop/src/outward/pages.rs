//! The page of programs that listen.

use super::model::{Hook, choices};
use super::rules::{self, Said};
use super::store;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Tx, Uuid, once};
use ui::{FieldErrors, Shell};

const PATH: &str = "/lam-viec/ket-noi";

/// A program in the list.
struct Line {
    id: Uuid,
    name: String,
    address: String,
    events: String,
    since: String,
    last: String,
    waiting: i64,
    key_of_renew: Uuid,
    key_of_end: Uuid,
}

/// A secret, shown once.
struct Fresh {
    name: String,
    secret: String,
}

#[derive(Template)]
#[template(path = "hooks.html")]
struct HooksPage {
    shell: Shell,
    lines: Vec<Line>,
    fresh: Option<Fresh>,
    key: String,
    said: Said,
    /// Code, words, chosen.
    events: Vec<(&'static str, String, bool)>,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, None, Said::default(), None).await?)?))
}

async fn page(ctx: &Ctx, fresh: Option<Fresh>, said: Said, error: Option<&Error>) -> Result<HooksPage> {
    let t = ctx.t();
    let mut lines = Vec::new();
    for hook in store::list(ctx, &ctx.app.db).await? {
        let words: Vec<String> = hook.events.iter().map(|what| t.t(what.text_key())).collect();
        lines.push(Line {
            id: hook.id,
            events: words.join(", "),
            since: t.moment(hook.made_at),
            last: store::last(ctx, hook.id).await?.map(|at| t.moment(at)).unwrap_or_default(),
            waiting: store::waiting(ctx, hook.id).await?,
            key_of_renew: ctx.new_id(),
            key_of_end: ctx.new_id(),
            name: hook.name,
            address: hook.address,
        });
    }
    let chosen = |code: &str| said.events.iter().any(|event| event == code);
    let events = choices().map(|what| (what.code(), t.t(what.text_key()), chosen(what.code()))).collect();
    let wrong = error.filter(|error| error.fields.is_empty()).map(|error| error.message.text(t));
    Ok(HooksPage {
        shell: Shell::of(ctx, "onestop-menu-hooks").await?,
        lines,
        fresh,
        key: ctx.new_id().to_string(),
        events,
        said,
        errors: error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t)),
        wrong: wrong.unwrap_or_default(),
    })
}

pub(super) async fn insert(ctx: Ctx, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let said = Said {
        name: sent.text("ten").to_owned(),
        address: sent.text("dia-chi").to_owned(),
        events: sent.all("su-kien").map(str::to_owned).collect(),
    };
    let done = rules::insert(&ctx, &tx, &said).await;
    shown_once(&ctx, key, tx, done, said).await
}

pub(super) async fn renew(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::renew(&ctx, &tx, id).await;
    shown_once(&ctx, key, tx, done, Said::default()).await
}

/// The secret stands in this answer and nowhere else: pressed twice the form leads to the list.
async fn shown_once(ctx: &Ctx, key: Uuid, tx: Tx, done: Result<Hook>, said: Said) -> Result<Response> {
    match done {
        Ok(hook) => {
            let secret = hook.secret(ctx)?;
            once::finish(ctx, tx, key, PATH).await?;
            let fresh = Fresh { name: hook.name, secret };
            Ok(html(ui::render(&page(ctx, Some(fresh), Said::default(), None).await?)?))
        }
        Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict) => {
            tx.rollback().await?;
            let status: StatusCode = error.kind.status();
            let page = page(ctx, None, said, Some(&error)).await?;
            Ok((status, html(ui::render(&page)?)).into_response())
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn end(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::end(&ctx, &tx, id).await;
    let done = done.map(|()| (PATH.to_owned(), Note::new("onestop-hook-ended")));
    settle(&ctx, key, tx, done).await?
}
