//! The page on which a file is handed in, and the files that were.

use super::model::Take;
use super::{rules, store};
use askama::Template;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid};
use ui::{FieldErrors, Shell};

const SHOWN: i64 = 60;

/// A file in the list.
struct Line {
    url: String,
    name: String,
    at: String,
    by: String,
    counts: [String; 5],
    applied: String,
    mapped: bool,
}

#[derive(Template)]
#[template(path = "province-list.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<Line>,
    /// What waits to be told to the province.
    up: Option<crate::upward::State>,
    key: String,
    errors: FieldErrors,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    Ok(html(ui::render(&page(&ctx, FieldErrors::default()).await?)?))
}

async fn page(ctx: &Ctx, errors: FieldErrors) -> Result<ListPage> {
    let shell = Shell::of(ctx, "onestop-menu-province").await?;
    let takes = store::list(ctx, SHOWN).await?;
    let ids: Vec<Uuid> = takes.iter().filter_map(|one| one.account_id).collect();
    let names = identity::account_names(ctx, &ids).await?;
    let t = ctx.t();
    let line = |one: Take| Line {
        url: one.path(),
        at: t.moment(one.uploaded_at),
        by: one.account_id.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
        counts: [one.counts.new, one.counts.changed, one.counts.same, one.counts.older, one.counts.wrong]
            .map(|count| t.number(count)),
        applied: t.number(one.applied),
        mapped: one.mapped,
        name: one.file_name,
    };
    Ok(ListPage {
        up: crate::upward::state(ctx).await?,
        lines: takes.into_iter().map(line).collect(),
        key: ctx.new_id().to_string(),
        errors,
        shell,
    })
}

pub(super) async fn upload(ctx: Ctx, mut sent: Form) -> Result<Response> {
    let file = sent.uploads.pop().ok_or_else(|| Error::field("tep", "onestop-file-none"));
    // Read before the transaction begins: a large file takes its time.
    let opened = match file {
        Ok(file) => rules::open(&ctx, &file.name, file.bytes).await,
        Err(error) => Err(error),
    };
    let opened = match opened {
        Ok(opened) => opened,
        Err(error) => return refused(&ctx, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::upload(&ctx, &tx, opened).await;
    let done = done.map(|take| {
        let url = if take.mapped { take.path() } else { format!("{}/cot", take.path()) };
        (url, Note::new("onestop-province-uploaded"))
    });
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => refused(&ctx, error).await,
    }
}

async fn refused(ctx: &Ctx, error: Error) -> Result<Response> {
    if error.kind != Kind::Invalid {
        return Err(error);
    }
    let page = page(ctx, FieldErrors::from_error(&error, ctx.t())).await?;
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}
