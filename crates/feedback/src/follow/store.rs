//! SQL of those who follow by e-mail.

use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Follower {
    pub id: Uuid,
    pub report_id: Uuid,
    pub email: String,
    pub own: bool,
    pub lang: String,
    pub confirmed_at: Option<DateTime<Utc>>,
}

const COLUMNS: &str =
    "SELECT id, report_id, email, own, lang, confirmed_at FROM feedback_follow WHERE commune_id = ";

pub(super) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Follower> {
    sql(COLUMNS).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

/// Those who confirmed.
pub(super) async fn of_report(ctx: &Ctx, on: &impl Run, report: Uuid) -> Result<Vec<Follower>> {
    let these = sql(COLUMNS).arg(ctx.commune).push(" AND report_id = ").arg(report);
    these.push(" AND confirmed_at IS NOT NULL ORDER BY id").all(on).await
}

pub(super) async fn of_email(
    ctx: &Ctx,
    on: &impl Run,
    report: Uuid,
    email: &str,
) -> Result<Option<Follower>> {
    let these = sql(COLUMNS).arg(ctx.commune).push(" AND report_id = ").arg(report);
    these.push(" AND email = ").arg(email).first(on).await
}

/// How often this address was named since then, for any report.
pub(super) async fn count_since(ctx: &Ctx, on: &impl Run, email: &str, since: DateTime<Utc>) -> Result<i64> {
    let these =
        sql("SELECT COUNT(*) FROM feedback_follow WHERE commune_id = $1 AND email = $2 AND asked_at > $3");
    these.bind(ctx.commune).bind(email).bind(since).count(on).await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Follower) -> Result<()> {
    sql("INSERT INTO feedback_follow (commune_id, id, report_id, email, own, lang, asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(one.report_id)
        .bind(one.email.as_str())
        .bind(one.own)
        .bind(one.lang.as_str())
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

pub(super) async fn write_confirmed(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("UPDATE feedback_follow SET confirmed_at = COALESCE(confirmed_at, $3) WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

pub(super) async fn delete(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("DELETE FROM feedback_follow WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

/// Addresses that nobody confirmed since `before`, and those of these reports.
pub(crate) async fn forget(ctx: &Ctx, tx: &Tx, before: DateTime<Utc>, reports: &[Uuid]) -> Result<u64> {
    let stale =
        sql("DELETE FROM feedback_follow WHERE commune_id = $1 AND confirmed_at IS NULL AND asked_at < $2");
    let mut gone = stale.bind(ctx.commune).bind(before).run(tx).await?;
    for some in reports.chunks(500) {
        let these = sql("DELETE FROM feedback_follow WHERE commune_id = ").arg(ctx.commune);
        gone += these.push(" AND report_id IN (").args(some.iter().copied()).push(")").run(tx).await?;
    }
    Ok(gone)
}
