//! SQL of the provincial files.

use super::model::{Known, Line, Take};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use std::collections::HashMap;

const SELECT: &str = "SELECT id, file_id, file_name, digest, plan, mapped, as_of, new_count, changed_count, same_count, \
                      older_count, wrong_count, applied_count, account_id, uploaded_at FROM province_take \
                      WHERE commune_id = ";

pub(super) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Take> {
    sql(SELECT).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

/// The newest first.
pub(super) async fn list(ctx: &Ctx, limit: i64) -> Result<Vec<Take>> {
    sql(SELECT).arg(ctx.commune).push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// The first time that these bytes came.
pub(super) async fn same_file(ctx: &Ctx, on: &impl Run, digest: &str) -> Result<Option<Take>> {
    let these = sql(SELECT).arg(ctx.commune).push(" AND digest = ").arg(digest);
    these.push(" ORDER BY id LIMIT 1").first(on).await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Take) -> Result<()> {
    sql("INSERT INTO province_take (commune_id, id, file_id, file_name, digest, plan, mapped, as_of, new_count, \
         changed_count, same_count, older_count, wrong_count, applied_count, account_id, uploaded_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.file_id)
    .bind(one.file_name.as_str())
    .bind(one.digest.as_str())
    .bind(serde_json::to_value(&one.plan)?)
    .bind(one.mapped)
    .bind(one.as_of)
    .bind(one.counts.new)
    .bind(one.counts.changed)
    .bind(one.counts.same)
    .bind(one.counts.older)
    .bind(one.counts.wrong)
    .bind(one.applied)
    .bind(one.account_id)
    .bind(one.uploaded_at)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn update(ctx: &Ctx, tx: &Tx, one: &Take) -> Result<()> {
    sql("UPDATE province_take SET plan = $3, mapped = $4, as_of = $5, new_count = $6, changed_count = $7, \
         same_count = $8, older_count = $9, wrong_count = $10, applied_count = $11 WHERE commune_id = $1 AND id = $2")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(serde_json::to_value(&one.plan)?)
    .bind(one.mapped)
    .bind(one.as_of)
    .bind(one.counts.new)
    .bind(one.counts.changed)
    .bind(one.counts.same)
    .bind(one.counts.older)
    .bind(one.counts.wrong)
    .bind(one.applied)
    .run(tx)
    .await?;
    Ok(())
}

/// What a person said of columns under these headings: heading and field.
pub(super) async fn fields(
    ctx: &Ctx,
    on: &impl Run,
    headings: &str,
) -> Result<Option<HashMap<String, String>>> {
    let kept: Option<serde_json::Value> =
        sql("SELECT fields FROM province_heading WHERE commune_id = $1 AND headings = $2")
            .bind(ctx.commune)
            .bind(headings)
            .scalar(on)
            .await?;
    Ok(kept.map(serde_json::from_value).transpose()?)
}

pub(super) async fn keep_fields(
    ctx: &Ctx,
    tx: &Tx,
    headings: &str,
    fields: &HashMap<String, String>,
) -> Result<()> {
    sql("INSERT INTO province_heading (commune_id, headings, fields, account_id, kept_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (commune_id, headings) DO UPDATE SET fields = $3, account_id = $4, kept_at = $5")
    .bind(ctx.commune)
    .bind(headings)
    .bind(serde_json::to_value(fields)?)
    .bind(ctx.account_or_none())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// What the province told of these codes before.
pub(super) async fn known(ctx: &Ctx, on: &impl Run, codes: &[&str]) -> Result<Vec<Known>> {
    let these = sql("SELECT code, dossier_id, status, due_at, receiver, told_at FROM province_dossier \
                     WHERE commune_id = ");
    these.arg(ctx.commune).push(" AND code IN (").args(codes.iter().copied()).push(")").all(on).await
}

/// Keeps what the province told, now that it was taken over.
pub(super) async fn keep_known(ctx: &Ctx, tx: &Tx, take: Uuid, dossier: Uuid, line: &Line) -> Result<()> {
    sql("INSERT INTO province_dossier (commune_id, code, dossier_id, status, due_at, receiver, told_at, take_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (commune_id, code) DO UPDATE SET dossier_id = $3, \
         status = $4, due_at = $5, receiver = $6, told_at = $7, take_id = $8")
    .bind(ctx.commune)
    .bind(line.row.code.as_str())
    .bind(dossier)
    .bind(line.row.status.map(crate::dossier::Status::number))
    .bind(line.due)
    .bind(line.row.receiver.as_str())
    .bind(line.at)
    .bind(take)
    .run(tx)
    .await?;
    Ok(())
}
