//! SQL of working copies.

use super::working::Working;
use chrono::{DateTime, Utc};
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;
use serde_json::Value;

#[derive(Debug, FromQueryResult)]
pub(super) struct Row {
    pub code: String,
    pub account_id: Option<Uuid>,
    pub body: Value,
    pub former: Value,
    pub revision: i64,
    pub updated_at: DateTime<Utc>,
}

const SELECT: &str = "SELECT code, account_id, body, former, revision, updated_at FROM procedure_draft ";

pub(super) async fn find(ctx: &Ctx, on: &impl Run, code: &str) -> Result<Option<Row>> {
    let these = sql(SELECT).push("WHERE commune_id = ").arg(ctx.commune);
    these.push(" AND code = ").arg(code).first(on).await
}

/// The code of each, with its name: few, they go when they are in force.
pub(super) async fn all(ctx: &Ctx) -> Result<Vec<Row>> {
    let these = sql(SELECT).push("/* all rows */ WHERE commune_id = ").arg(ctx.commune);
    these.push(" ORDER BY code").all(&ctx.app.db).await
}

/// The first change to a procedure makes its working copy.
///
/// # Errors
/// `Conflict` when somebody else made one meanwhile.
pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Working) -> Result<()> {
    let made = sql(
        "INSERT INTO procedure_draft (commune_id, id, code, account_id, body, former, revision, updated_at) \
                    VALUES ($1, $2, $3, $4, $5, $6, 1, $7) ON CONFLICT (commune_id, code) DO NOTHING",
    )
    .bind(ctx.commune)
    .bind(ctx.new_id())
    .bind(one.code.as_str())
    .bind(ctx.account_or_none())
    .bind(serde_json::to_value(&one.procedure)?)
    .bind(serde_json::to_value(&one.before)?)
    .bind(ctx.now)
    .run(tx)
    .await?;
    if made == 1 { Ok(()) } else { Err(Error::conflict("onestop-build-elsewhere")) }
}

/// # Errors
/// `Conflict` when it stands at another revision by now.
pub(super) async fn update(ctx: &Ctx, tx: &Tx, one: &Working) -> Result<()> {
    let written =
        sql("UPDATE procedure_draft SET body = $3, former = $4, account_id = $5, updated_at = $6, \
                       revision = revision + 1 WHERE commune_id = $1 AND code = $2 AND revision = $7")
        .bind(ctx.commune)
        .bind(one.code.as_str())
        .bind(serde_json::to_value(&one.procedure)?)
        .bind(serde_json::to_value(&one.before)?)
        .bind(ctx.account_or_none())
        .bind(ctx.now)
        .bind(one.revision)
        .run(tx)
        .await?;
    if written == 1 { Ok(()) } else { Err(Error::conflict("onestop-build-elsewhere")) }
}

pub(super) async fn delete(ctx: &Ctx, tx: &Tx, code: &str) -> Result<()> {
    let these = sql("DELETE FROM procedure_draft WHERE commune_id = $1 AND code = $2");
    these.bind(ctx.commune).bind(code).run(tx).await?;
    Ok(())
}
