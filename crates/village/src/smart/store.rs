//! SQL of the criteria.

use super::model::Said;
use platform::{Ctx, Result, Tx, Uuid, sql};

/// What was said of these villages, the newest first: few villages, few criteria.
pub async fn said(ctx: &Ctx, villages: &[Uuid]) -> Result<Vec<Said>> {
    let these = sql(
        "SELECT village_id, code, id, met, note, day, file_id FROM village_criterion WHERE commune_id = ",
    );
    let these = these.arg(ctx.commune).push(" AND village_id IN (").args(villages.iter().copied());
    these.push(") ORDER BY id DESC LIMIT 2000").all(&ctx.app.db).await
}

pub async fn insert(ctx: &Ctx, tx: &Tx, one: &Said) -> Result<()> {
    sql("INSERT INTO village_criterion (commune_id, village_id, code, id, met, note, day, file_id, by_id, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(ctx.commune)
    .bind(one.village_id)
    .bind(one.code.as_str())
    .bind(one.id)
    .bind(one.met)
    .bind(one.note.as_str())
    .bind(one.day)
    .bind(one.file_id)
    .bind(ctx.account_or_none())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}
