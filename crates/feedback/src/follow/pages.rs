//! The pages of a follower.

use super::{rules, store};
use crate::{reporter, store as reports};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Result};
use ui::Shell;

/// From the page of a report.
pub(super) async fn ask(ctx: Ctx, Path(code): Path<String>, sent: Form) -> Result<Response> {
    let report = reports::by_code(&ctx, &ctx.app.db, &code).await?;
    let own = reporter::is_sender(&ctx, &report, sent.text("ma"))?;
    if !own && !report.shown {
        return Err(Error::not_found());
    }
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::ask(&ctx, &tx, &report, sent.text("thu"), own).await;
    let back = crate::resident::own_address(&report, sent.text("ma"));
    match settle(&ctx, key, tx, done.map(|()| (back, Note::new("feedback-follow-asked")))).await? {
        Ok(answer) => Ok(answer),
        Err(error) => crate::resident::again(&ctx, &report, &sent, error).await,
    }
}

#[derive(Template)]
#[template(path = "follow.html")]
struct FollowPage {
    shell: Shell,
    path: String,
    code: String,
    confirmed: bool,
    over: bool,
}

async fn page(ctx: &Ctx, token: &str, over: bool) -> Result<Response> {
    let one = store::find(ctx, &ctx.app.db, rules::id_of(ctx, token)?).await?;
    let report = reports::find(ctx, &ctx.app.db, one.report_id).await?;
    let page = FollowPage {
        shell: Shell::public(ctx, "feedback-follow").await?,
        path: format!("/theo-doi-phan-anh/{token}"),
        code: report.code,
        confirmed: one.confirmed_at.is_some(),
        over,
    };
    Ok(html(ui::render(&page)?))
}

pub(super) async fn show(ctx: Ctx, Path(token): Path<String>) -> Result<Response> {
    page(&ctx, &token, false).await
}

pub(super) async fn confirm(ctx: Ctx, Path(token): Path<String>) -> Result<Response> {
    let id = rules::id_of(&ctx, &token)?;
    let tx = ctx.begin().await?;
    store::find(&ctx, &tx, id).await?;
    store::write_confirmed(&ctx, &tx, id).await?;
    tx.commit().await?;
    Ok(Note::new("feedback-follow-begun").see_other(&format!("/theo-doi-phan-anh/{token}")))
}

pub(super) async fn end(ctx: Ctx, Path(token): Path<String>) -> Result<Response> {
    let id = rules::id_of(&ctx, &token)?;
    let tx = ctx.begin().await?;
    store::delete(&ctx, &tx, id).await?;
    tx.commit().await?;
    let page = FollowPage {
        shell: Shell::public(&ctx, "feedback-follow").await?,
        path: String::new(),
        code: String::new(),
        confirmed: false,
        over: true,
    };
    Ok(html(ui::render(&page)?))
}
