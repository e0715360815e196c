//! SQL of notices.

use super::{Notice, State};
use platform::db::Sql;
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};

fn select(ctx: &Ctx) -> Sql {
    sql("SELECT id, village_id, title, body, from_on, until_on, file_id, meeting_id, state, told, by_id, at, revision \
         FROM village_notice WHERE commune_id = ")
    .arg(ctx.commune)
}

/// A notice of this village; the caller has decided who may see it.
pub async fn find(ctx: &Ctx, on: &impl Run, village: Uuid, id: Uuid) -> Result<Notice> {
    select(ctx).push(" AND id = ").arg(id).push(" AND village_id = ").arg(village).one(on).await
}

/// The newest of a village, for its head.
pub async fn list(ctx: &Ctx, village: Uuid, limit: i64) -> Result<Vec<Notice>> {
    select(ctx)
        .push(" AND village_id = ")
        .arg(village)
        .push(" ORDER BY from_on DESC, id DESC LIMIT ")
        .arg(limit)
        .all(&ctx.app.db)
        .await
}

/// What everybody may read today, the newest first.
pub async fn shown(ctx: &Ctx, village: Uuid, limit: i64) -> Result<Vec<Notice>> {
    let query = select(ctx).push(" AND village_id = ").arg(village).push(" AND from_on <= ").arg(ctx.today());
    let query = query.push(" AND until_on >= ").arg(ctx.today()).push(" AND state = 'out'");
    query.push(" ORDER BY from_on DESC, id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// Planned ones whose day has come.
pub async fn due(ctx: &Ctx, limit: i64) -> Result<Vec<Notice>> {
    let query = select(ctx).push(" AND state = 'planned' AND from_on <= ").arg(ctx.today());
    query.push(" ORDER BY from_on, id LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub async fn insert(ctx: &Ctx, tx: &Tx, one: &Notice) -> Result<()> {
    sql("INSERT INTO village_notice (commune_id, id, village_id, title, body, from_on, until_on, file_id, meeting_id, \
         state, told, by_id, at, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.village_id)
    .bind(one.title.as_str())
    .bind(one.body.as_str())
    .bind(one.from_on)
    .bind(one.until_on)
    .bind(one.file_id)
    .bind(one.meeting_id)
    .bind(one.state)
    .bind(one.told)
    .bind(one.by_id)
    .bind(one.at)
    .run(tx)
    .await?;
    Ok(())
}

/// # Errors
/// `Conflict` when somebody else was first.
pub async fn update(ctx: &Ctx, tx: &Tx, one: &Notice, state: State, told: i64) -> Result<()> {
    let done = sql("UPDATE village_notice SET state = $4, told = $5, revision = revision + 1 \
                    WHERE commune_id = $1 AND id = $2 AND revision = $3")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(state)
    .bind(told)
    .run(tx)
    .await?;
    if done == 1 { Ok(()) } else { Err(Error::conflict("village-changed")) }
}

pub async fn insert_letter(ctx: &Ctx, tx: &Tx, notice: Uuid, letter: Uuid) -> Result<()> {
    sql("INSERT INTO village_notice_letter (commune_id, notice_id, letter_id) VALUES ($1, $2, $3)")
        .bind(ctx.commune)
        .bind(notice)
        .bind(letter)
        .run(tx)
        .await?;
    Ok(())
}

pub async fn letters(ctx: &Ctx, tx: &Tx, notice: Uuid) -> Result<Vec<Uuid>> {
    sql("SELECT letter_id FROM village_notice_letter WHERE commune_id = $1 AND notice_id = $2")
        .bind(ctx.commune)
        .bind(notice)
        .column(tx)
        .await
}
