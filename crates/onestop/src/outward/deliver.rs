//! Delivering a notice: tried again with longer and longer pauses, then left on the page of failed work.

use super::store;
use axum::body::Bytes;
use http::{Method, Request, header};
use http_body_util::Full;
use platform::jobs::Job;
use platform::{Ctx, Error, Kind, Result, Uuid};
use platform::{call, sign};
use serde_json::{Value, json};

pub(super) const JOB: &str = "onestop.notice";

/// Sends one notice. It may arrive twice when the program dies between the answer and our note of it: whoever listens
/// knows it by its `notice`.
pub(super) async fn job(ctx: Ctx, job: Job) -> Result<Value> {
    let id: Uuid = serde_json::from_value(job.payload["notice"].clone())?;
    let notice = store::notice(&ctx, &ctx.app.db, id).await?;
    let hook = store::find(&ctx, &ctx.app.db, notice.hook_id).await?;
    if notice.delivered_at.is_some() || hook.ended_at.is_some() {
        return Ok(json!({ "sent": false }));
    }
    let body = serde_json::to_vec(&notice.body())?;
    let now = ctx.app.clock.now();
    let signature = sign::signature(hook.secret(&ctx)?.as_bytes(), now.timestamp(), &body);
    let request = Request::builder()
        .method(Method::POST)
        .uri(&hook.address)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::USER_AGENT, "sandinh")
        .header("x-sandinh-timestamp", now.timestamp())
        .header("x-sandinh-signature", signature)
        .body(Full::new(Bytes::from(body)))
        .map_err(Error::internal)?;
    let (answer, arrived) = match call::call(request, call::PATIENCE).await {
        Ok(answer) => (answer.status.to_string(), (200..300).contains(&answer.status)),
        Err(silence) => (silence.0, false),
    };
    let tx = ctx.begin().await?;
    let words: String = answer.chars().take(200).collect();
    store::tried(&ctx, &tx, id, job.attempt, &words, arrived.then_some(now)).await?;
    tx.commit().await?;
    if arrived {
        return Ok(json!({ "sent": true }));
    }
    let error = Error::new(Kind::Internal);
    Err(Error { message: "onestop-hook-unreached".into(), detail: Some(words), ..error })
}
