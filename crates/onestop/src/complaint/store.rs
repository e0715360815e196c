//! SQL of complaints.

use super::model::{Complaint, State};
use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

const SELECT: &str = "SELECT id, dossier_id, kind, body, state, account_id, about_id, sent_at, due_at, answer, apology, \
                      answered_by, ended_at, rating, revision FROM dossier_complaint WHERE commune_id = ";

/// Writes a new one; false when one of its kind is open already.
pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Complaint) -> Result<bool> {
    let fresh = sql(
        "INSERT INTO dossier_complaint (commune_id, id, dossier_id, kind, body, state, open, account_id, \
                     about_id, sent_at, due_at, answer, apology, revision) \
                     VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9, $10, '', FALSE, 1) \
                     ON CONFLICT (commune_id, dossier_id, kind, open) DO NOTHING",
    )
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.dossier_id)
    .bind(one.kind)
    .bind(one.body.as_str())
    .bind(one.state)
    .bind(one.account_id)
    .bind(one.about_id)
    .bind(one.sent_at)
    .bind(one.due_at)
    .run(tx)
    .await?;
    Ok(fresh == 1)
}

/// Any complaint; the caller decides whether the reader may see it.
pub(crate) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Complaint> {
    sql(SELECT).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

/// All complaints about a dossier that the caller has found, newest first.
pub(crate) async fn of_dossier(ctx: &Ctx, on: &impl Run, dossier: Uuid) -> Result<Vec<Complaint>> {
    let these = sql(SELECT).arg(ctx.commune).push(" AND dossier_id = ").arg(dossier);
    these.push(" ORDER BY id DESC").all(on).await
}

/// What waits for an answer, the most urgent first, or what is over, the newest first.
pub(crate) async fn list(ctx: &Ctx, open: bool, limit: i64) -> Result<Vec<Complaint>> {
    let these = sql(SELECT).arg(ctx.commune);
    let these = if open {
        these.push(" AND state = ").arg(State::Open).push(" ORDER BY due_at, id LIMIT ")
    } else {
        let over = [State::Answered, State::Withdrawn];
        these.push(" AND state IN (").args(over).push(") ORDER BY id DESC LIMIT ")
    };
    these.arg(limit).all(&ctx.app.db).await
}

/// Writes how it ended; false when somebody else was first.
pub(super) async fn end(ctx: &Ctx, tx: &Tx, one: &Complaint) -> Result<bool> {
    let ended = sql(
        "UPDATE dossier_complaint SET state = $3, open = NULL, answer = $4, apology = $5, answered_by = $6, \
         ended_at = $7, revision = revision + 1 WHERE commune_id = $1 AND id = $2 AND revision = $8",
    )
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.state)
    .bind(one.answer.as_str())
    .bind(one.apology)
    .bind(one.answered_by)
    .bind(one.ended_at)
    .bind(one.revision)
    .run(tx)
    .await?;
    Ok(ended == 1)
}

/// How its sender found the answer; false when that was said already.
pub(super) async fn rate(ctx: &Ctx, tx: &Tx, id: Uuid, rating: i64) -> Result<bool> {
    let rated = sql("UPDATE dossier_complaint SET rating = $3, revision = revision + 1 \
                     WHERE commune_id = $1 AND id = $2 AND state = 'answered' AND rating IS NULL")
    .bind(ctx.commune)
    .bind(id)
    .bind(rating)
    .run(tx)
    .await?;
    Ok(rated == 1)
}

/// Complaints whose answer came, or should have come, in a span of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Month {
    pub answered: i64,
    pub on_time: i64,
    /// Answered, and not found unsatisfying.
    pub content: i64,
    /// Still open although the time was over in the span.
    pub overdue: i64,
}

pub(crate) async fn month(ctx: &Ctx, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Month> {
    let count = |only: &str| format!("COALESCE(SUM(CASE WHEN {only} THEN 1 ELSE 0 END), 0)");
    let text = format!(
        "SELECT COUNT(*) AS answered, {} AS on_time, {} AS content, CAST(0 AS BIGINT) AS overdue FROM dossier_complaint \
         WHERE commune_id = $1 AND ended_at >= $2 AND ended_at < $3 AND state = 'answered'",
        count("ended_at <= due_at"),
        count("rating IS NULL OR rating > 1"),
    );
    let done: Month = sql(text).bind(ctx.commune).bind(from).bind(to).one(&ctx.app.db).await?;
    let overdue = sql(
        "SELECT COUNT(*) FROM dossier_complaint WHERE commune_id = $1 AND state = 'open' AND due_at >= $2 \
                       AND due_at < $3",
    )
    .bind(ctx.commune)
    .bind(from)
    .bind(to.min(ctx.now))
    .count(&ctx.app.db)
    .await?;
    Ok(Month { overdue, ..done })
}
