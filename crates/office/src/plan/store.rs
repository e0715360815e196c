//! SQL of plans.

use chrono::{DateTime, NaiveDate, Utc};
use platform::{Ctx, Result, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

const COLUMNS: &str = "SELECT id, title, symbol, issued_on, first_year, last_year, made_by, made_at FROM office_plan \
                       WHERE commune_id = ";

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Plan {
    pub id: Uuid,
    pub title: String,
    /// Number and symbol of the document: `263/KH-UBND`.
    pub symbol: String,
    pub issued_on: Option<NaiveDate>,
    pub first_year: Option<i64>,
    pub last_year: Option<i64>,
    pub made_by: Uuid,
    pub made_at: DateTime<Utc>,
}

impl Plan {
    pub fn path(&self) -> String {
        format!("{}/{}", super::PATH, self.id)
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Item {
    pub position: i64,
    /// 0 at the top.
    pub depth: i64,
    pub number: String,
    pub title: String,
    /// None for a heading.
    pub task_id: Option<Uuid>,
}

/// The newest first.
pub(super) async fn all(ctx: &Ctx, limit: i64) -> Result<Vec<Plan>> {
    sql(COLUMNS).arg(ctx.commune).push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub(super) async fn find(ctx: &Ctx, id: Uuid) -> Result<Plan> {
    sql(COLUMNS).arg(ctx.commune).push(" AND id = ").arg(id).one(&ctx.app.db).await
}

/// The lines of a plan, in order.
pub(super) async fn items(ctx: &Ctx, plan: Uuid) -> Result<Vec<Item>> {
    sql(
        "SELECT position, depth, number, title, task_id FROM office_plan_item WHERE commune_id = $1 AND plan_id = $2 \
         ORDER BY position",
    )
    .bind(ctx.commune)
    .bind(plan)
    .all(&ctx.app.db)
    .await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Plan) -> Result<()> {
    sql("INSERT INTO office_plan (commune_id, id, title, symbol, issued_on, first_year, last_year, made_by, made_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.title.as_str())
    .bind(one.symbol.as_str())
    .bind(one.issued_on)
    .bind(one.first_year)
    .bind(one.last_year)
    .bind(one.made_by)
    .bind(one.made_at)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn insert_item(ctx: &Ctx, tx: &Tx, plan: Uuid, one: &Item) -> Result<()> {
    sql("INSERT INTO office_plan_item (commune_id, plan_id, position, depth, number, title, task_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
    .bind(ctx.commune)
    .bind(plan)
    .bind(one.position)
    .bind(one.depth)
    .bind(one.number.as_str())
    .bind(one.title.as_str())
    .bind(one.task_id)
    .run(tx)
    .await?;
    Ok(())
}
