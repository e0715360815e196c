//! Once a day what is no longer good is thrown away: sessions, tokens and one-time links.

use crate::session;
use chrono::Duration;
use platform::jobs::Job;
use platform::{Ctx, Result, sql};
use serde_json::{Value, json};

/// Safe to run twice.
pub(crate) async fn sweep(ctx: Ctx, _job: Job) -> Result<Value> {
    let tx = ctx.begin().await?;
    let sessions = session::store::sweep(&ctx, &tx, session::idle_since(ctx.now)).await?;
    // An expired token stays a month in its owner's list, so that a program that stopped can be explained.
    let tokens = sql("DELETE FROM api_token WHERE commune_id = $1 AND expires_at < $2")
        .bind(ctx.commune)
        .bind(ctx.now - Duration::days(30))
        .run(&tx)
        .await?;
    sql("UPDATE account SET reset_hash = NULL, reset_expires_at = NULL WHERE commune_id = $1 AND reset_expires_at < $2")
        .bind(ctx.commune)
        .bind(ctx.now)
        .run(&tx)
        .await?;
    tx.commit().await?;
    Ok(json!({ "sessions": sessions, "tokens": tokens }))
}
