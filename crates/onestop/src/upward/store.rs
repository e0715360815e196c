//! SQL of what the province is to be told.

use crate::dossier::Status;
use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Run, Tx, Uuid, choice, sql};
use sea_orm::FromQueryResult;

choice! { Kind, "onestop-upward-kind", { Create = "create", Progress = "progress", Status = "status" } }

/// One thing to be told.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Call {
    pub id: Uuid,
    pub dossier_id: Uuid,
    pub kind: Kind,
    pub status: Status,
    pub step: String,
    pub reason: String,
    pub due_at: Option<DateTime<Utc>>,
    pub at: DateTime<Utc>,
    pub tries: i64,
    pub next_at: DateTime<Utc>,
    pub problem: String,
}

const SELECT: &str = "SELECT id, dossier_id, kind, status, step, reason, due_at, at, tries, next_at, problem \
                      FROM province_call WHERE commune_id = ";

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Call) -> Result<()> {
    sql("INSERT INTO province_call (commune_id, id, dossier_id, kind, state, status, step, reason, due_at, at, tries, \
         next_at, problem) VALUES ($1, $2, $3, $4, 'waiting', $5, $6, $7, $8, $9, 0, $10, '')")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.dossier_id)
    .bind(one.kind)
    .bind(one.status)
    .bind(one.step.as_str())
    .bind(one.reason.as_str())
    .bind(one.due_at)
    .bind(one.at)
    .bind(one.next_at)
    .run(tx)
    .await?;
    Ok(())
}

/// The oldest that may go: nothing of a dossier goes before what came earlier and was refused.
pub(super) async fn waiting(ctx: &Ctx, limit: i64) -> Result<Vec<Call>> {
    let these = sql(SELECT).arg(ctx.commune).push(" AND state = 'waiting' AND NOT EXISTS (SELECT 1 FROM province_call held \
                    WHERE held.commune_id = province_call.commune_id AND held.dossier_id = province_call.dossier_id \
                    AND held.state = 'refused')");
    these.push(" ORDER BY id LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// The oldest that are in a state.
pub(super) async fn list(ctx: &Ctx, state: &str, limit: i64) -> Result<Vec<Call>> {
    let these = sql(SELECT).arg(ctx.commune).push(" AND state = ").arg(state);
    these.push(" ORDER BY id LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// How many are in a state, at most 1,000.
pub(super) async fn count(ctx: &Ctx, state: &str) -> Result<i64> {
    sql("SELECT COUNT(*) FROM (SELECT id FROM province_call WHERE commune_id = $1 AND state = $2 LIMIT 1000) counted")
        .bind(ctx.commune)
        .bind(state)
        .count(&ctx.app.db)
        .await
}

/// The province knows of the dossier, or is to be told of it.
pub(super) async fn is_told(ctx: &Ctx, on: &impl Run, dossier: Uuid) -> Result<bool> {
    let these = sql("SELECT COUNT(*) FROM province_call WHERE commune_id = $1 AND dossier_id = $2");
    Ok(these.bind(ctx.commune).bind(dossier).count(on).await? > 0)
}

/// Takes one in hand until `again`; false when somebody else has it.
pub(super) async fn claim(ctx: &Ctx, tx: &Tx, one: &Call, again: DateTime<Utc>) -> Result<bool> {
    let mine =
        sql("UPDATE province_call SET tries = tries + 1, next_at = $3 WHERE commune_id = $1 AND id = $2 \
                    AND state = 'waiting' AND tries = $4")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(again)
        .bind(one.tries)
        .run(tx)
        .await?;
    Ok(mine == 1)
}

/// What came of a try.
pub(super) async fn tried(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    state: &str,
    problem: &str,
    next: DateTime<Utc>,
) -> Result<()> {
    let sent = (state == "sent").then_some(ctx.app.clock.now());
    sql("UPDATE province_call SET state = $3, problem = $4, next_at = $5, sent_at = $6 \
         WHERE commune_id = $1 AND id = $2")
    .bind(ctx.commune)
    .bind(id)
    .bind(state)
    .bind(problem)
    .bind(next)
    .bind(sent)
    .run(tx)
    .await?;
    Ok(())
}

/// What was refused is tried again.
pub(super) async fn again(ctx: &Ctx, tx: &Tx) -> Result<u64> {
    sql("UPDATE province_call SET state = 'waiting', next_at = $2 WHERE commune_id = $1 AND state = 'refused'")
        .bind(ctx.commune)
        .bind(ctx.now)
        .run(tx)
        .await
}

/// The code of a dossier there.
pub(super) async fn code(ctx: &Ctx, dossier: Uuid) -> Result<Option<String>> {
    sql("SELECT code FROM province_dossier WHERE commune_id = $1 AND dossier_id = $2 ORDER BY code LIMIT 1")
        .bind(ctx.commune)
        .bind(dossier)
        .scalar(&ctx.app.db)
        .await
}

/// Keeps the code there, and what the province knows since now.
pub(super) async fn keep_code(ctx: &Ctx, tx: &Tx, code: &str, one: &Call) -> Result<()> {
    sql("INSERT INTO province_dossier (commune_id, code, dossier_id, status, due_at, receiver, told_at, take_id) \
         VALUES ($1, $2, $3, $4, $5, '', $6, $3) ON CONFLICT (commune_id, code) DO UPDATE SET status = $4, due_at = $5, \
         told_at = $6")
    .bind(ctx.commune)
    .bind(code)
    .bind(one.dossier_id)
    .bind(one.status)
    .bind(one.due_at)
    .bind(one.at)
    .run(tx)
    .await?;
    Ok(())
}

/// The id there of a file, when it was sent already.
pub(super) async fn file(ctx: &Ctx, dossier: Uuid, paper: Uuid) -> Result<Option<String>> {
    sql("SELECT file FROM province_file WHERE commune_id = $1 AND dossier_id = $2 AND paper_id = $3")
        .bind(ctx.commune)
        .bind(dossier)
        .bind(paper)
        .scalar(&ctx.app.db)
        .await
}

pub(super) async fn keep_file(ctx: &Ctx, tx: &Tx, dossier: Uuid, paper: Uuid, file: &str) -> Result<()> {
    sql("INSERT INTO province_file (commune_id, dossier_id, paper_id, file) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (commune_id, dossier_id, paper_id) DO UPDATE SET file = $4")
    .bind(ctx.commune)
    .bind(dossier)
    .bind(paper)
    .bind(file)
    .run(tx)
    .await?;
    Ok(())
}

/// Files of a dossier that the province has taken as belonging to it.
pub(super) async fn files_told(ctx: &Ctx, dossier: Uuid) -> Result<Vec<Uuid>> {
    sql("SELECT paper_id FROM province_file WHERE commune_id = $1 AND dossier_id = $2 AND told_at IS NOT NULL")
        .bind(ctx.commune)
        .bind(dossier)
        .column(&ctx.app.db)
        .await
}

/// Keeps that the province has taken them.
pub(super) async fn file_told(ctx: &Ctx, tx: &Tx, dossier: Uuid, paper: Uuid) -> Result<()> {
    sql("UPDATE province_file SET told_at = $4 WHERE commune_id = $1 AND dossier_id = $2 AND paper_id = $3")
        .bind(ctx.commune)
        .bind(dossier)
        .bind(paper)
        .bind(ctx.app.clock.now())
        .run(tx)
        .await?;
    Ok(())
}
