//! The table of jobs: put in, look at, try again, cancel.

use super::Work;
use crate::{Ctx, Error, Result, Run, Tx, Uuid, sql};
use chrono::{DateTime, Utc};
use serde_json::Value;

/// A job as the pages show it.
#[derive(Debug, Clone, sea_orm::FromQueryResult)]
pub struct JobRow {
    pub id: Uuid,
    pub kind: String,
    /// `queued`, `running`, `done`, `dead` or `cancelled`.
    pub state: String,
    pub run_at: DateTime<Utc>,
    pub attempts: i64,
    pub progress_done: i64,
    pub progress_total: i64,
    pub result: Option<Value>,
    /// The key of the sentence that says what went wrong, then the log's detail after a colon.
    pub problem: Option<String>,
    pub account_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

const COLUMNS: &str = "id, kind, state, run_at, attempts, progress_done, progress_total, result, problem, account_id, \
                       created_at, finished_at";

/// Queues work in the caller's transaction; `None` when it was queued before (see [`Work::once`]).
pub async fn enqueue(ctx: &Ctx, tx: &Tx, work: Work) -> Result<Option<Uuid>> {
    let id = ctx.new_id();
    let added = sql("INSERT INTO job (commune_id, id, kind, dedupe, payload, state, run_at, attempts, progress_done, \
                     progress_total, account_id, created_at) VALUES ($1, $2, $3, $4, $5, 'queued', $6, 0, 0, 0, $7, $8) \
                     ON CONFLICT (commune_id, kind, dedupe) DO NOTHING")
        .bind(ctx.commune)
        .bind(id)
        .bind(work.kind)
        .bind(work.dedupe.unwrap_or_else(|| id.to_string()))
        .bind(work.payload)
        .bind(ctx.now + work.delay)
        .bind(ctx.account_or_none())
        .bind(ctx.now)
        .run(tx)
        .await?;
    let bell = ctx.app.jobs.bell.clone();
    tx.after_commit(move || bell.notify_one());
    Ok((added == 1).then_some(id))
}

/// One job, for its progress page.
pub async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<JobRow> {
    sql(format!("SELECT {COLUMNS} FROM job WHERE commune_id = $1 AND id = $2"))
        .bind(ctx.commune)
        .bind(id)
        .one(on)
        .await
}

/// The newest 200 jobs in a state.
pub async fn list(ctx: &Ctx, on: &impl Run, state: &str) -> Result<Vec<JobRow>> {
    sql(format!(
        "SELECT {COLUMNS} FROM job WHERE commune_id = $1 AND state = $2 ORDER BY run_at DESC LIMIT 200"
    ))
    .bind(ctx.commune)
    .bind(state)
    .all(on)
    .await
}

/// The newest 100 jobs that an account asked for.
pub async fn list_of(ctx: &Ctx, on: &impl Run, account: Uuid) -> Result<Vec<JobRow>> {
    sql(format!(
        "SELECT {COLUMNS} FROM job WHERE commune_id = $1 AND account_id = $2 ORDER BY created_at DESC LIMIT 100"
    ))
    .bind(ctx.commune)
    .bind(account)
    .all(on)
    .await
}

/// Gives a dead job a fresh set of tries.
pub async fn retry(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let done = sql(
        "UPDATE job SET state = 'queued', attempts = 0, run_at = $3, problem = NULL, finished_at = NULL \
                    WHERE commune_id = $1 AND id = $2 AND state = 'dead'",
    )
    .bind(ctx.commune)
    .bind(id)
    .bind(ctx.now)
    .run(tx)
    .await?;
    let bell = ctx.app.jobs.bell.clone();
    tx.after_commit(move || bell.notify_one());
    if done == 1 { Ok(()) } else { Err(Error::conflict("job-not-dead")) }
}

/// Stops a job: a queued one at once, a running one at its next report of progress.
pub async fn cancel(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let done = sql("UPDATE job SET state = 'cancelled', finished_at = $3 \
                    WHERE commune_id = $1 AND id = $2 AND state IN ('queued', 'running', 'dead')")
    .bind(ctx.commune)
    .bind(id)
    .bind(ctx.now)
    .run(tx)
    .await?;
    if done == 1 { Ok(()) } else { Err(Error::conflict("job-finished")) }
}
