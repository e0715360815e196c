//! Statements that were taken over: how many lines became what, and which line which payment. The file itself is not kept.

use super::rules::Taken;
use chrono::{DateTime, Utc};
use platform::db::insert_many;
use platform::{Ctx, Result, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

/// A statement.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Statement {
    pub id: Uuid,
    pub matched: i64,
    pub nowhere: i64,
    pub known: i64,
    pub taken_at: DateTime<Utc>,
}

/// What a line became.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Kept {
    /// In the file, as a spreadsheet numbers it.
    pub line_no: i64,
    pub payment_id: Uuid,
    /// It was booked from an earlier file.
    pub known: bool,
}

const SELECT: &str = "SELECT id, matched, nowhere, known, taken_at FROM bank_statement WHERE commune_id = ";

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, id: Uuid, taken: Taken, lines: &[Kept]) -> Result<()> {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    sql("INSERT INTO bank_statement (commune_id, id, matched, nowhere, known, account_id, taken_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
    .bind(ctx.commune)
    .bind(id)
    .bind(count(taken.matched))
    .bind(count(taken.nowhere))
    .bind(count(taken.known))
    .bind(ctx.account_or_none())
    .bind(ctx.now)
    .run(tx)
    .await?;
    let columns = ["commune_id", "statement_id", "line_no", "payment_id", "known"];
    let rows = lines.iter().map(|line| {
        vec![ctx.commune.into(), id.into(), line.line_no.into(), line.payment_id.into(), line.known.into()]
    });
    insert_many(tx, "bank_statement_line", &columns, rows, "").await?;
    Ok(())
}

pub(crate) async fn find(ctx: &Ctx, id: Uuid) -> Result<Statement> {
    sql(SELECT).arg(ctx.commune).push(" AND id = ").arg(id).one(&ctx.app.db).await
}

/// The newest.
pub(crate) async fn list(ctx: &Ctx, limit: i64) -> Result<Vec<Statement>> {
    sql(SELECT).arg(ctx.commune).push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// The lines of a statement from a row on.
pub(crate) async fn lines(ctx: &Ctx, statement: Uuid, after: i64, limit: i64) -> Result<Vec<Kept>> {
    sql("SELECT line_no, payment_id, known FROM bank_statement_line WHERE commune_id = $1 AND statement_id = $2 AND line_no > $3 \
         ORDER BY line_no LIMIT $4")
    .bind(ctx.commune)
    .bind(statement)
    .bind(after)
    .bind(limit)
    .all(&ctx.app.db)
    .await
}
