//! How often an article is read: each page tells it when it is opened, what is told is written once a minute.

use super::{figures as numbers, store};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use platform::jobs::{Every, Worker};
use platform::tally::Tally;
use platform::{Ctx, Result, Uuid};
use std::time::Duration;

const JOB: &str = "portal.news.views";

/// What was told since the last writing. The area offers it.
#[derive(Default)]
pub(crate) struct Told(Tally);

/// A page says that it was opened.
pub(super) async fn tell(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    for Told(told) in ctx.app.offers::<Told>() {
        told.tell(&ctx, id);
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

pub(super) fn worker() -> Worker {
    Worker::new(JOB, |ctx, _| async move { Ok(serde_json::json!({ "articles": write(&ctx).await? })) })
}

pub(super) fn every() -> Every {
    Every { kind: JOB, period: Duration::from_secs(60) }
}

async fn write(ctx: &Ctx) -> Result<usize> {
    let mine: Vec<(Uuid, i64)> = ctx.app.offers::<Told>().flat_map(|Told(told)| told.take(ctx)).collect();
    if mine.is_empty() {
        return Ok(0);
    }
    let tx = ctx.begin().await?;
    for (article, count) in &mine {
        store::views_add(ctx, &tx, *article, *count).await?;
    }
    ::figures::touch(ctx, &tx, numbers::ARTICLES);
    tx.commit().await?;
    Ok(mine.len())
}
