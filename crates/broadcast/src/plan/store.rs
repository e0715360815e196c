//! SQL of the plan.

use super::model::{Skip, Slot};
use chrono::NaiveDate;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const SELECT: &str = "SELECT s.id, s.programme_id, s.from_on, s.to_on, s.weekdays, s.starts, s.length, s.villages, s.priority, \
     s.revision, p.title, p.kind, p.origin, p.form, p.state FROM broadcast_slot s \
     JOIN broadcast_programme p ON p.commune_id = s.commune_id AND p.id = s.programme_id WHERE s.commune_id = ";

/// Lines that may be aired between these days.
pub(crate) async fn between(ctx: &Ctx, on: &impl Run, from: NaiveDate, to: NaiveDate) -> Result<Vec<Slot>> {
    let query = sql(SELECT).arg(ctx.commune).push(" AND s.from_on <= ").arg(to);
    let query = query.push(" AND (s.to_on IS NULL OR s.to_on >= ").arg(from);
    query.push(") ORDER BY s.starts, s.id").all(on).await
}

pub(crate) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Slot> {
    sql(SELECT).arg(ctx.commune).push(" AND s.id = ").arg(id).one(on).await
}

pub(crate) async fn of_programme(ctx: &Ctx, programme: Uuid) -> Result<Vec<Slot>> {
    let query = sql(SELECT).arg(ctx.commune).push(" AND s.programme_id = ").arg(programme);
    query.push(" ORDER BY s.from_on DESC LIMIT 50").all(&ctx.app.db).await
}

pub(crate) async fn insert(ctx: &Ctx, tx: &Tx, one: &Slot) -> Result<()> {
    sql("INSERT INTO broadcast_slot (commune_id, id, programme_id, from_on, to_on, weekdays, starts, length, villages, priority, \
         account_id, created_at, updated_at, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.programme_id)
    .bind(one.from_on)
    .bind(one.to_on)
    .bind(one.weekdays)
    .bind(one.starts)
    .bind(one.length)
    .bind(one.villages.as_str())
    .bind(one.priority)
    .bind(ctx.account_or_none())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// False when somebody else was first.
pub(crate) async fn update(ctx: &Ctx, tx: &Tx, one: &Slot) -> Result<bool> {
    let written = sql("UPDATE broadcast_slot SET programme_id = $4, from_on = $5, to_on = $6, weekdays = $7, starts = $8, length = $9, \
         villages = $10, priority = $11, updated_at = $12, revision = revision + 1 WHERE commune_id = $1 AND id = $2 AND revision = $3")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(one.programme_id)
    .bind(one.from_on)
    .bind(one.to_on)
    .bind(one.weekdays)
    .bind(one.starts)
    .bind(one.length)
    .bind(one.villages.as_str())
    .bind(one.priority)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(written == 1)
}

pub(crate) async fn delete(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("DELETE FROM broadcast_skip WHERE commune_id = $1 AND slot_id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    sql("DELETE FROM broadcast_slot WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn skips(
    ctx: &Ctx,
    on: &impl Run,
    slots: &[Slot],
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Skip>> {
    if slots.is_empty() {
        return Ok(Vec::new());
    }
    let query = sql("SELECT slot_id, day, reason FROM broadcast_skip WHERE commune_id = ").arg(ctx.commune);
    let query = query
        .push(" AND slot_id IN (")
        .args(slots.iter().map(|slot| slot.id))
        .push(") AND day >= ")
        .arg(from);
    query.push(" AND day <= ").arg(to).push(" ORDER BY day").all(on).await
}

pub(crate) async fn skip(ctx: &Ctx, tx: &Tx, slot: Uuid, day: NaiveDate, reason: &str) -> Result<()> {
    sql("INSERT INTO broadcast_skip (commune_id, slot_id, day, reason, account_id) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (commune_id, slot_id, day) DO UPDATE SET reason = $4, account_id = $5")
    .bind(ctx.commune)
    .bind(slot)
    .bind(day)
    .bind(reason)
    .bind(ctx.account_or_none())
    .run(tx)
    .await?;
    Ok(())
}

pub(crate) async fn unskip(ctx: &Ctx, tx: &Tx, slot: Uuid, day: NaiveDate) -> Result<()> {
    sql("DELETE FROM broadcast_skip WHERE commune_id = $1 AND slot_id = $2 AND day = $3")
        .bind(ctx.commune)
        .bind(slot)
        .bind(day)
        .run(tx)
        .await?;
    Ok(())
}
