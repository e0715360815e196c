//! SQL of the log of what was on air.

use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Tx, Uuid, choice, sql};
use sea_orm::FromQueryResult;

choice! {
    /// What a row of the log says.
    What, "broadcast-what", { Aired = "aired", Missing = "missing", Gap = "gap", Silent = "silent" }
}

/// A row of the log.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Aired {
    pub id: Uuid,
    /// A village's id, or `xa`.
    pub mount: String,
    pub what: What,
    pub programme_id: Option<Uuid>,
    pub title: String,
    pub kind: String,
    pub origin: String,
    pub from_at: DateTime<Utc>,
    pub to_at: Option<DateTime<Utc>>,
    pub why: String,
}

const SELECT: &str = "SELECT id, mount, what, programme_id, title, kind, origin, from_at, to_at, why FROM broadcast_air WHERE commune_id = ";

pub(crate) async fn insert(ctx: &Ctx, tx: &Tx, one: &Aired) -> Result<()> {
    sql("INSERT INTO broadcast_air (commune_id, id, mount, what, programme_id, title, kind, origin, from_at, to_at, why) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.mount.as_str())
    .bind(one.what)
    .bind(one.programme_id)
    .bind(one.title.as_str())
    .bind(one.kind.as_str())
    .bind(one.origin.as_str())
    .bind(one.from_at)
    .bind(one.to_at)
    .bind(one.why.as_str())
    .run(tx)
    .await?;
    Ok(())
}

/// What is still on air on a mount ended; `why` is added where there is something to say.
pub(crate) async fn end(
    ctx: &Ctx,
    tx: &Tx,
    mount: &str,
    what: What,
    at: DateTime<Utc>,
    why: &str,
) -> Result<()> {
    sql("UPDATE broadcast_air SET to_at = $4, why = CASE WHEN $5 = '' THEN why ELSE $5 END \
         WHERE commune_id = $1 AND mount = $2 AND what = $3 AND to_at IS NULL")
    .bind(ctx.commune)
    .bind(mount)
    .bind(what)
    .bind(at)
    .bind(why)
    .run(tx)
    .await?;
    Ok(())
}

/// A station that was cut off: what it had begun ended with its last sign of life.
pub(crate) async fn cut_off(ctx: &Ctx, tx: &Tx, mounts: &[String], at: DateTime<Utc>) -> Result<()> {
    let query =
        sql("UPDATE broadcast_air SET why = 'broadcast-air-cut', to_at = CASE WHEN from_at > ").arg(at);
    let query = query.push(" THEN from_at ELSE ").arg(at).push(" END WHERE commune_id = ").arg(ctx.commune);
    query
        .push(" AND mount IN (")
        .args(mounts.iter().map(String::as_str))
        .push(") AND to_at IS NULL")
        .run(tx)
        .await?;
    Ok(())
}

/// What was on air between two moments, in its order.
pub(crate) async fn between(
    ctx: &Ctx,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Aired>> {
    let query =
        sql(SELECT).arg(ctx.commune).push(" AND from_at >= ").arg(from).push(" AND from_at < ").arg(to);
    query.push(" ORDER BY from_at, mount, id LIMIT ").arg(limit).all(&ctx.app.db).await
}
