//! SQL of programs that listen.

use super::model::{Hook, Notice};
use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const SELECT: &str =
    "SELECT id, name, address, events, turn, account_id, made_at, ended_at FROM hook WHERE commune_id = ";
const NOTICE: &str = "SELECT id, hook_id, dossier_id, code, event, status, due_at, at, delivered_at FROM hook_notice \
                      WHERE commune_id = ";

/// Those that listen, in the order in which they came.
pub(super) async fn list(ctx: &Ctx, on: &impl Run) -> Result<Vec<Hook>> {
    sql(SELECT).arg(ctx.commune).push(" AND ended_at IS NULL ORDER BY id /* all rows */").all(on).await
}

pub(super) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Hook> {
    sql(SELECT).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Hook) -> Result<()> {
    sql("INSERT INTO hook (commune_id, id, name, address, events, turn, account_id, made_at, ended_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.name.as_str())
    .bind(one.address.as_str())
    .bind(serde_json::to_value(&one.events)?)
    .bind(one.turn)
    .bind(one.account_id)
    .bind(one.made_at)
    .run(tx)
    .await?;
    Ok(())
}

/// Writes turn and end, if it still listens.
pub(super) async fn update(ctx: &Ctx, tx: &Tx, one: &Hook) -> Result<bool> {
    let written = sql(
        "UPDATE hook SET turn = $3, ended_at = $4 WHERE commune_id = $1 AND id = $2 AND ended_at IS NULL",
    )
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.turn)
    .bind(one.ended_at)
    .run(tx)
    .await?;
    Ok(written == 1)
}

pub(super) async fn notice(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Notice> {
    sql(NOTICE).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

pub(super) async fn insert_notice(ctx: &Ctx, tx: &Tx, one: &Notice) -> Result<()> {
    sql("INSERT INTO hook_notice (commune_id, id, hook_id, dossier_id, code, event, status, due_at, at, tries, answer) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, '')")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.hook_id)
    .bind(one.dossier_id)
    .bind(one.code.as_str())
    .bind(one.event)
    .bind(one.status)
    .bind(one.due_at)
    .bind(one.at)
    .run(tx)
    .await?;
    Ok(())
}

/// What came of a try.
pub(super) async fn tried(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    tries: i64,
    answer: &str,
    delivered: Option<DateTime<Utc>>,
) -> Result<()> {
    sql(
        "UPDATE hook_notice SET tries = $3, answer = $4, delivered_at = $5 WHERE commune_id = $1 AND id = $2",
    )
    .bind(ctx.commune)
    .bind(id)
    .bind(tries)
    .bind(answer)
    .bind(delivered)
    .run(tx)
    .await?;
    Ok(())
}

/// How many notices of a hook wait, at most 1,000.
pub(super) async fn waiting(ctx: &Ctx, hook: Uuid) -> Result<i64> {
    sql("SELECT COUNT(*) FROM (SELECT id FROM hook_notice WHERE commune_id = $1 AND hook_id = $2 \
         AND delivered_at IS NULL LIMIT 1000) counted")
    .bind(ctx.commune)
    .bind(hook)
    .count(&ctx.app.db)
    .await
}

/// When the last notice of a hook arrived.
pub(super) async fn last(ctx: &Ctx, hook: Uuid) -> Result<Option<DateTime<Utc>>> {
    sql("SELECT delivered_at FROM hook_notice WHERE commune_id = $1 AND hook_id = $2 AND delivered_at IS NOT NULL \
         ORDER BY delivered_at DESC LIMIT 1")
    .bind(ctx.commune)
    .bind(hook)
    .scalar(&ctx.app.db)
    .await
}
