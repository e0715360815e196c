//! SQL of the report.

use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Uuid, sql};
use sea_orm::FromQueryResult;
use std::collections::BTreeMap;

/// A programme on the air once, wherever it was heard.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Airing {
    pub kind: String,
    pub origin: String,
    pub from_at: DateTime<Utc>,
    pub to_at: DateTime<Utc>,
}

impl Airing {
    pub fn seconds(&self) -> i64 {
        (self.to_at - self.from_at).num_seconds()
    }
}

/// In their order. What is still on air is not over and does not count yet.
pub(crate) async fn airings(ctx: &Ctx, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Airing>> {
    let query =
        sql("SELECT kind, origin, from_at, MAX(to_at) AS to_at FROM broadcast_air WHERE commune_id = ");
    let query = query.arg(ctx.commune).push(" AND from_at >= ").arg(from).push(" AND from_at < ").arg(to);
    query
        .push(" AND what = 'aired' AND to_at IS NOT NULL GROUP BY programme_id, title, kind, origin, from_at ORDER BY from_at, title")
        .all(&ctx.app.db)
        .await
}

#[derive(FromQueryResult)]
struct Fault {
    what: String,
    count: i64,
}

/// How often something was not on air; the same on several streams at once is one.
pub(super) async fn faults(
    ctx: &Ctx,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<BTreeMap<String, i64>> {
    let query = sql(
        "SELECT what, CAST(COUNT(DISTINCT from_at) AS BIGINT) AS count FROM broadcast_air WHERE commune_id = ",
    );
    let query = query.arg(ctx.commune).push(" AND from_at >= ").arg(from).push(" AND from_at < ").arg(to);
    let rows: Vec<Fault> = query.push(" AND what <> 'aired' GROUP BY what").all(&ctx.app.db).await?;
    Ok(rows.into_iter().map(|one| (one.what, one.count)).collect())
}

/// From when to when.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Span {
    /// A mount, or a cluster's id.
    pub of: String,
    pub from_at: DateTime<Utc>,
    pub to_at: DateTime<Utc>,
}

/// What was on air on each stream, in its order.
pub(super) async fn aired(ctx: &Ctx, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Span>> {
    let query =
        sql("SELECT mount AS of, from_at, to_at FROM broadcast_air WHERE commune_id = ").arg(ctx.commune);
    let query = query.push(" AND from_at >= ").arg(from).push(" AND from_at < ").arg(to);
    query.push(" AND what = 'aired' AND to_at IS NOT NULL ORDER BY from_at, mount").all(&ctx.app.db).await
}

/// What a cluster says that it played, in its order.
pub(super) async fn played(
    ctx: &Ctx,
    speaker: Uuid,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Span>> {
    let query =
        sql("SELECT source AS of, from_at, to_at FROM broadcast_played WHERE commune_id = ").arg(ctx.commune);
    let query = query.push(" AND speaker_id = ").arg(speaker).push(" AND from_at >= ").arg(from);
    query.push(" AND from_at < ").arg(to).push(" ORDER BY from_at").all(&ctx.app.db).await
}
