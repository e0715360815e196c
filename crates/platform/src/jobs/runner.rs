//! The runner: takes what is due, runs it, writes what came of it.

use super::{Every, Job, TRIES, Work, enqueue};
use crate::app::App;
use crate::{Ctx, Error, Kind, Result, Uuid, sql};
use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use serde_json::Value;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// A runner that has not reported for so long is dead and its job is taken over.
pub(super) const LEASE: chrono::Duration = chrono::Duration::minutes(2);
/// How many jobs run at once.
const HANDS: usize = 2;
const LOOK_AGAIN: Duration = Duration::from_secs(5);

#[derive(sea_orm::FromQueryResult)]
struct Due {
    id: Uuid,
    kind: String,
    payload: Value,
    attempts: i64,
    account_id: Option<Uuid>,
}

/// Starts the runner; it stops after the job in hand when `stop` is cancelled.
pub fn spawn(app: App, stop: CancellationToken) -> tokio::task::JoinSet<()> {
    let mut hands = tokio::task::JoinSet::new();
    for _ in 0..HANDS {
        let (app, stop) = (app.clone(), stop.clone());
        hands.spawn(async move {
            while !stop.is_cancelled() {
                match round(&app).await {
                    Ok(true) => continue,
                    Ok(false) => {}
                    Err(error) => tracing::error!(%error, "the job queue cannot be read"),
                }
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = app.jobs.bell.notified() => {}
                    () = tokio::time::sleep(LOOK_AGAIN) => {}
                }
            }
        });
    }
    hands
}

/// Runs everything that is due, one after the other, until nothing is left: for tests and the command line.
pub async fn run_all_due(app: &App) -> Result<()> {
    while round(app).await? {}
    Ok(())
}

/// One job of each commune; true if there was any.
async fn round(app: &App) -> Result<bool> {
    let communes: Vec<Uuid> = sql("SELECT id FROM commune ORDER BY id").column(&app.db).await?;
    let mut any = false;
    for commune in communes {
        let ctx = Ctx::system(app, commune, "job.run");
        queue_recurring(&ctx).await?;
        if let Some(due) = take(&ctx).await? {
            run_one(&ctx, due).await?;
            any = true;
        }
    }
    Ok(any)
}

/// Recurring work is keyed by its period's number, so each period runs once however many runners there are.
async fn queue_recurring(ctx: &Ctx) -> Result<()> {
    let all: Vec<Every> = ctx.app.areas().iter().flat_map(|area| area.every.clone()).collect();
    for every in all {
        let number = ctx.now.timestamp() / every.period.as_secs().max(1).cast_signed();
        let known = sql("SELECT COUNT(*) FROM job WHERE commune_id = $1 AND kind = $2 AND dedupe = $3")
            .bind(ctx.commune)
            .bind(every.kind)
            .bind(number.to_string())
            .count(&ctx.app.db)
            .await?;
        if known == 0 {
            let tx = ctx.begin().await?;
            enqueue(ctx, &tx, Work::new(every.kind, Value::Null).once(number.to_string())).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

async fn take(ctx: &Ctx) -> Result<Option<Due>> {
    let candidate: Option<Due> =
        sql("SELECT id, kind, payload, attempts, account_id FROM job WHERE commune_id = $1 \
         AND state = 'queued' AND run_at <= $2 ORDER BY run_at LIMIT 1")
        .bind(ctx.commune)
        .bind(ctx.now)
        .first(&ctx.app.db)
        .await?;
    let abandoned = match candidate {
        Some(due) => Some((due, "queued")),
        None => sql("SELECT id, kind, payload, attempts, account_id FROM job WHERE commune_id = $1 \
                     AND state = 'running' AND lease_until < $2 ORDER BY run_at LIMIT 1")
        .bind(ctx.commune)
        .bind(ctx.now)
        .first(&ctx.app.db)
        .await?
        .map(|due| (due, "running")),
    };
    let Some((due, state)) = abandoned else { return Ok(None) };
    let tx = ctx.begin().await?;
    let mine = sql("UPDATE job SET state = 'running', attempts = attempts + 1, lease_until = $4 \
                    WHERE commune_id = $1 AND id = $2 AND state = $3 AND attempts = $5")
    .bind(ctx.commune)
    .bind(due.id)
    .bind(state)
    .bind(ctx.now + LEASE)
    .bind(due.attempts)
    .run(&tx)
    .await?;
    tx.commit().await?;
    // Somebody else was quicker: look again.
    Ok((mine == 1).then_some(due))
}

async fn run_one(ctx: &Ctx, due: Due) -> Result<()> {
    let Some(body) = ctx.app.jobs.bodies.get(due.kind.as_str()).cloned() else {
        return fail(ctx, &due, Error::internal(format!("no worker for {}", due.kind)), true).await;
    };
    let job = Job {
        id: due.id,
        payload: due.payload.clone(),
        account_id: due.account_id,
        attempt: due.attempts + 1,
    };
    let ctx_of_job = Ctx { now: ctx.app.clock.now(), ..ctx.clone() };
    let outcome = AssertUnwindSafe(body(ctx_of_job, job)).catch_unwind().await;
    ctx.app.metrics.job(&due.kind, matches!(outcome, Ok(Ok(_))));
    match outcome {
        Ok(Ok(result)) => finish(ctx, due.id, "done", Some(result), None, ctx.app.clock.now()).await,
        Ok(Err(error)) => {
            // Wrong input does not become right by trying again.
            let last = due.attempts + 1 >= TRIES
                || !matches!(error.kind, Kind::Internal | Kind::Busy | Kind::TooMany);
            fail(ctx, &due, error, last).await
        }
        Err(_panic) => fail(ctx, &due, Error::internal("the job panicked"), due.attempts + 1 >= TRIES).await,
    }
}

async fn fail(ctx: &Ctx, due: &Due, error: Error, last: bool) -> Result<()> {
    tracing::warn!(job.id = %due.id, job.kind = due.kind, job.attempt = due.attempts + 1, %error, "job failed");
    let now = ctx.app.clock.now();
    let problem = format!("{}: {}", error.message.key, error.detail.unwrap_or_default());
    if last {
        return finish(ctx, due.id, "dead", None, Some(problem), now).await;
    }
    // 10 s, 40 s, 160 s, …
    let wait = chrono::Duration::seconds(10 << (2 * due.attempts.clamp(0, 8)));
    let tx = ctx.begin().await?;
    sql("UPDATE job SET state = 'queued', run_at = $3, problem = $4 WHERE commune_id = $1 AND id = $2 AND state = 'running'")
        .bind(ctx.commune)
        .bind(due.id)
        .bind(now + wait)
        .bind(problem)
        .run(&tx)
        .await?;
    tx.commit().await
}

async fn finish(
    ctx: &Ctx,
    id: Uuid,
    state: &str,
    result: Option<Value>,
    problem: Option<String>,
    now: DateTime<Utc>,
) -> Result<()> {
    let tx = ctx.begin().await?;
    sql("UPDATE job SET state = $3, result = $4, problem = $5, finished_at = $6 \
         WHERE commune_id = $1 AND id = $2 AND state = 'running'")
    .bind(ctx.commune)
    .bind(id)
    .bind(state)
    .bind(result)
    .bind(problem)
    .bind(now)
    .run(&tx)
    .await?;
    tx.commit().await
}
