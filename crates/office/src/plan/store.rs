//! SQL of plans.

use super::model::Plan;
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

const COLUMNS: &str = "SELECT id, kind, title, symbol, issued_on, first_year, last_year, made_by, made_at FROM office_plan \
                       WHERE commune_id = ";

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

impl Item {
    pub fn name(&self) -> String {
        format!("{} {}", self.number, self.title).trim().to_owned()
    }
}

/// The newest first.
pub(super) async fn all(ctx: &Ctx, limit: i64) -> Result<Vec<Plan>> {
    sql(COLUMNS).arg(ctx.commune).push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub(super) async fn find(ctx: &Ctx, id: Uuid) -> Result<Plan> {
    sql(COLUMNS).arg(ctx.commune).push(" AND id = ").arg(id).one(&ctx.app.db).await
}

pub(crate) async fn by_ids(ctx: &Ctx, ids: Vec<Uuid>) -> Result<Vec<Plan>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    sql(COLUMNS).arg(ctx.commune).push(" AND id IN (").args(ids).push(") ORDER BY id").all(&ctx.app.db).await
}

/// Whoever adds to a plan holds it until the commit.
pub(super) async fn hold(ctx: &Ctx, tx: &Tx, plan: Uuid) -> Result<()> {
    let held = sql("UPDATE office_plan SET changed_at = $3 WHERE commune_id = $1 AND id = $2");
    let held = held.bind(ctx.commune).bind(plan).bind(ctx.now).run(tx).await?;
    if held == 1 { Ok(()) } else { Err(Error::not_found()) }
}

/// Makes room for lines: those from `first` on move back. In two steps, for no two may stand at one place in between.
pub(super) async fn make_room(ctx: &Ctx, tx: &Tx, plan: Uuid, first: i64, lines: i64) -> Result<()> {
    let moved = "UPDATE office_plan_item SET position = -(position + $4) WHERE commune_id = $1 AND plan_id = $2 \
                 AND position >= $3";
    sql(moved).bind(ctx.commune).bind(plan).bind(first).bind(lines).run(tx).await?;
    let turned = "UPDATE office_plan_item SET position = -position WHERE commune_id = $1 AND plan_id = $2 \
                  AND position < 0";
    sql(turned).bind(ctx.commune).bind(plan).run(tx).await?;
    Ok(())
}

/// The lines of a plan, in order.
pub(super) async fn items(ctx: &Ctx, on: &impl Run, plan: Uuid) -> Result<Vec<Item>> {
    sql(
        "SELECT position, depth, number, title, task_id FROM office_plan_item WHERE commune_id = $1 AND plan_id = $2 \
         ORDER BY position",
    )
    .bind(ctx.commune)
    .bind(plan)
    .all(on)
    .await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Plan) -> Result<()> {
    sql("INSERT INTO office_plan (commune_id, id, title, symbol, issued_on, first_year, last_year, made_by, made_at, kind) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.title.as_str())
    .bind(one.symbol.as_str())
    .bind(one.issued_on)
    .bind(one.first_year)
    .bind(one.last_year)
    .bind(one.made_by)
    .bind(one.made_at)
    .bind(one.kind.code())
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
