//! SQL of those who speak live.

use chrono::{DateTime, Utc};
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

/// Somebody who speaks, or is about to.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Live {
    pub id: Uuid,
    pub title: String,
    /// Ids, each with a comma behind; empty is everywhere.
    pub villages: String,
    pub account_id: Uuid,
    pub began_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
}

const SELECT: &str =
    "SELECT id, title, villages, account_id, began_at, ended_at FROM broadcast_live WHERE commune_id = ";

pub(crate) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Live> {
    let found = sql(SELECT).arg(ctx.commune).push(" AND id = ").arg(id).first(on).await?;
    found.ok_or_else(Error::not_found)
}

/// Those that are on the air.
pub(super) async fn open(ctx: &Ctx) -> Result<Vec<Live>> {
    let query = sql(SELECT).arg(ctx.commune);
    query
        .push(" AND ended_at IS NULL AND began_at IS NOT NULL ORDER BY began_at LIMIT 20")
        .all(&ctx.app.db)
        .await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Live) -> Result<()> {
    sql("INSERT INTO broadcast_live (commune_id, id, title, villages, account_id, created_at) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(one.title.as_str())
        .bind(one.villages.as_str())
        .bind(one.account_id)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

pub(super) async fn begin(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("UPDATE broadcast_live SET began_at = $3 WHERE commune_id = $1 AND id = $2 AND began_at IS NULL")
        .bind(ctx.commune)
        .bind(id)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

pub(super) async fn end(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("UPDATE broadcast_live SET ended_at = $3 WHERE commune_id = $1 AND id = $2 AND ended_at IS NULL")
        .bind(ctx.commune)
        .bind(id)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}
