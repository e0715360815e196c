//! SQL of meetings.

use super::model::{How, Meeting, State, Vote};
use platform::db::Sql;
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};
use std::collections::HashMap;

fn select(ctx: &Ctx) -> Sql {
    sql("SELECT id, village_id, title, agenda, place, day, hour, state, homes, present, minutes, decisions, file_id, \
         notice_id, revision FROM village_meeting WHERE commune_id = ")
    .arg(ctx.commune)
}

pub async fn find(ctx: &Ctx, on: &impl Run, village: Uuid, id: Uuid) -> Result<Meeting> {
    select(ctx).push(" AND id = ").arg(id).push(" AND village_id = ").arg(village).one(on).await
}

/// The newest of a village.
pub async fn list(ctx: &Ctx, village: Uuid, limit: i64) -> Result<Vec<Meeting>> {
    let these =
        select(ctx).push(" AND village_id = ").arg(village).push(" ORDER BY day DESC, id DESC LIMIT ");
    these.arg(limit).all(&ctx.app.db).await
}

pub async fn insert(ctx: &Ctx, tx: &Tx, one: &Meeting) -> Result<()> {
    sql("INSERT INTO village_meeting (commune_id, id, village_id, title, agenda, place, day, hour, state, homes, present, \
         minutes, decisions, file_id, notice_id, by_id, at, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, '', '', NULL, $10, $11, $12, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.village_id)
    .bind(one.title.as_str())
    .bind(one.agenda.as_str())
    .bind(one.place.as_str())
    .bind(one.day)
    .bind(one.hour.as_str())
    .bind(one.state)
    .bind(one.notice_id)
    .bind(ctx.account_or_none())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// Writes all that may change.
///
/// # Errors
/// `Conflict` when somebody else was first.
pub async fn update(ctx: &Ctx, tx: &Tx, one: &Meeting) -> Result<()> {
    let done = sql("UPDATE village_meeting SET state = $4, homes = $5, present = $6, minutes = $7, decisions = $8, \
                    file_id = $9, revision = revision + 1 WHERE commune_id = $1 AND id = $2 AND revision = $3")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(one.revision)
        .bind(one.state)
        .bind(one.homes)
        .bind(one.present)
        .bind(one.minutes.as_str())
        .bind(one.decisions.as_str())
        .bind(one.file_id)
        .run(tx)
        .await?;
    if done == 1 { Ok(()) } else { Err(Error::conflict("village-changed")) }
}

/// The meeting is held until the transaction ends: whoever closes it waits.
pub async fn hold(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<State> {
    let state: Option<State> =
        sql("UPDATE village_meeting SET at = at WHERE commune_id = $1 AND id = $2 RETURNING state")
            .bind(ctx.commune)
            .bind(id)
            .scalar(tx)
            .await?;
    state.ok_or_else(Error::not_found)
}

pub async fn state(ctx: &Ctx, id: Uuid) -> Result<Option<State>> {
    sql("SELECT state FROM village_meeting WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .scalar(&ctx.app.db)
        .await
}

/// Who was there, by household.
pub async fn attendance(ctx: &Ctx, on: &impl Run, meeting: Uuid) -> Result<HashMap<Uuid, How>> {
    let rows =
        sql("SELECT household_id, how FROM village_attendance WHERE commune_id = $1 AND meeting_id = $2");
    let rows = rows.bind(ctx.commune).bind(meeting).rows(on).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

pub async fn present(ctx: &Ctx, on: &impl Run, meeting: Uuid) -> Result<i64> {
    sql("SELECT COUNT(*) FROM village_attendance WHERE commune_id = $1 AND meeting_id = $2")
        .bind(ctx.commune)
        .bind(meeting)
        .count(on)
        .await
}

pub async fn set_attendance(
    ctx: &Ctx,
    tx: &Tx,
    meeting: Uuid,
    household: Uuid,
    how: Option<How>,
) -> Result<()> {
    let query = match how {
        Some(how) => sql(
            "INSERT INTO village_attendance (commune_id, meeting_id, household_id, how, at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (commune_id, meeting_id, household_id) DO UPDATE SET how = $4",
        )
        .bind(ctx.commune)
        .bind(meeting)
        .bind(household)
        .bind(how)
        .bind(ctx.now),
        None => sql("DELETE FROM village_attendance WHERE commune_id = $1 AND meeting_id = $2 AND household_id = $3")
            .bind(ctx.commune)
            .bind(meeting)
            .bind(household),
    };
    query.run(tx).await?;
    Ok(())
}

pub async fn votes(ctx: &Ctx, on: &impl Run, meeting: Uuid) -> Result<Vec<Vote>> {
    sql("SELECT id, question, matter, yes, no, abstain, present, homes, carried FROM village_vote \
         WHERE commune_id = $1 AND meeting_id = $2 ORDER BY id")
    .bind(ctx.commune)
    .bind(meeting)
    .all(on)
    .await
}

pub async fn insert_vote(ctx: &Ctx, tx: &Tx, meeting: Uuid, one: &Vote) -> Result<()> {
    sql("INSERT INTO village_vote (commune_id, meeting_id, id, question, matter, yes, no, abstain, present, homes, carried, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(ctx.commune)
    .bind(meeting)
    .bind(one.id)
    .bind(one.question.as_str())
    .bind(one.matter.as_str())
    .bind(one.yes)
    .bind(one.no)
    .bind(one.abstain)
    .bind(one.present)
    .bind(one.homes)
    .bind(one.carried)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

pub async fn drop_vote(ctx: &Ctx, tx: &Tx, meeting: Uuid, id: Uuid) -> Result<u64> {
    sql("DELETE FROM village_vote WHERE commune_id = $1 AND meeting_id = $2 AND id = $3")
        .bind(ctx.commune)
        .bind(meeting)
        .bind(id)
        .run(tx)
        .await
}
