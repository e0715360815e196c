//! How often an article is read. A page tells it when it is opened; what is told is added up in memory and written once a minute, so
//! that reading never waits for the disk. Nothing says who read it, and machines that run no script do not count.

use super::{figures as numbers, store};
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use platform::http::Throttle;
use platform::jobs::{Every, Worker};
use platform::{Ctx, Result, Uuid};
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

const JOB: &str = "portal.news.views";
/// Articles whose readers are counted at once.
const MOST: usize = 10_000;

/// What was told since the last writing. The area offers it.
pub(crate) struct Told {
    counts: Mutex<HashMap<(Uuid, Uuid), i64>>,
    addresses: Throttle,
}

impl Default for Told {
    fn default() -> Told {
        Told { counts: Mutex::default(), addresses: Throttle::per_minute(60) }
    }
}

/// A page says that it was opened.
pub(super) async fn tell(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    for told in ctx.app.offers::<Told>() {
        if ctx.ip.is_some_and(|ip| told.addresses.check(&ip, ctx.now).is_err()) {
            continue;
        }
        let mut counts = told.counts.lock().expect("no panic while held");
        if counts.len() < MOST {
            *counts.entry((ctx.commune, id)).or_default() += 1;
        }
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
    let mut mine = Vec::new();
    for told in ctx.app.offers::<Told>() {
        let mut counts = told.counts.lock().expect("no panic while held");
        counts.retain(|(commune, article), count| {
            let other = *commune != ctx.commune;
            if !other {
                mine.push((*article, *count));
            }
            other
        });
    }
    if mine.is_empty() {
        return Ok(0);
    }
    mine.sort_unstable();
    let tx = ctx.begin().await?;
    for (article, count) in &mine {
        store::views_add(ctx, &tx, *article, *count).await?;
    }
    ::figures::touch(ctx, &tx, numbers::ARTICLES);
    tx.commit().await?;
    Ok(mine.len())
}
