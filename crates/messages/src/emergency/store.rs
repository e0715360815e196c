//! SQL of emergency notices.

use super::model::Emergency;
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};

const COLUMNS: &str = "SELECT id, title, body, title_en, body_en, asked_by, asked_at, ends_at, published_by, published_at, taken_by, \
                       taken_at, correction, correction_en, shown_until, bulletin_id, villages, drill, quiet, sender, cap_id, revision FROM emergency WHERE commune_id = ";

pub async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Emergency> {
    sql(COLUMNS).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

/// Those whose end has not come, whoever has seen them; asked for by every page.
pub(super) async fn not_over(ctx: &Ctx) -> Result<Vec<Emergency>> {
    let these = sql(COLUMNS).arg(ctx.commune).push(" AND shown_until > ").arg(ctx.now);
    these.push(" ORDER BY id DESC LIMIT 20").all(&ctx.app.db).await
}

/// The newest first, below `after`; `published` leaves out what nobody has sent out.
pub(super) async fn list(
    ctx: &Ctx,
    published: bool,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Emergency>> {
    let these = sql(COLUMNS).arg(ctx.commune);
    let these = if published { these.push(" AND published_at IS NOT NULL") } else { these };
    let these = match after {
        Some(after) => these.push(" AND id < ").arg(after),
        None => these,
    };
    these.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Emergency) -> Result<()> {
    sql("INSERT INTO emergency (commune_id, id, title, body, title_en, body_en, asked_by, asked_at, ends_at, correction, \
         correction_en, shown_until, villages, drill, quiet, sender, cap_id, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', $9, $10, $11, $12, $13, $14, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.title.as_str())
    .bind(one.body.as_str())
    .bind(one.title_en.as_str())
    .bind(one.body_en.as_str())
    .bind(one.asked_by)
    .bind(one.asked_at)
    .bind(one.ends_at)
    .bind(one.villages.as_str())
    .bind(one.drill)
    .bind(one.quiet)
    .bind(one.sender.as_str())
    .bind(one.cap_id.as_str())
    .run(tx)
    .await?;
    Ok(())
}

/// Writes all that may change.
///
/// # Errors
/// `Conflict` when somebody else was first.
pub(super) async fn update(ctx: &Ctx, tx: &Tx, one: &Emergency) -> Result<()> {
    let done = sql(
        "UPDATE emergency SET published_by = $4, published_at = $5, taken_by = $6, taken_at = $7, correction = $8, \
         correction_en = $9, shown_until = $10, bulletin_id = $11, revision = revision + 1 \
         WHERE commune_id = $1 AND id = $2 AND revision = $3",
    )
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(one.published_by)
    .bind(one.published_at)
    .bind(one.taken_by)
    .bind(one.taken_at)
    .bind(one.correction.as_str())
    .bind(one.correction_en.as_str())
    .bind(one.shown_until)
    .bind(one.bulletin_id)
    .run(tx)
    .await?;
    if done == 1 { Ok(()) } else { Err(Error::conflict("emergency-changed")) }
}

/// Nobody has sent it out, and nobody shall.
pub(super) async fn end(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let query = sql("UPDATE emergency SET ends_at = $3, shown_until = $3, revision = revision + 1 \
                     WHERE commune_id = $1 AND id = $2 AND published_at IS NULL");
    query.bind(ctx.commune).bind(id).bind(ctx.now).run(tx).await?;
    Ok(())
}
