//! SQL of matters that came by the page or by Zalo.

use super::model::{Matter, Standing};
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};

const COLUMNS: &str = "SELECT id, talk_id, number, channel, from_line, last_line, state, why, closed, cleared, report_id, tells, \
                       heard_at, by_id, settled_at, revision FROM feedback_voice WHERE commune_id = ";

pub(super) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Matter> {
    sql(COLUMNS).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

/// The matters of a talk, the first one first.
pub(super) async fn of_talk(ctx: &Ctx, on: &impl Run, talk: Uuid) -> Result<Vec<Matter>> {
    sql(COLUMNS).arg(ctx.commune).push(" AND talk_id = ").arg(talk).push(" ORDER BY number").all(on).await
}

/// The matters of these talks.
pub(super) async fn of_talks(ctx: &Ctx, on: &impl Run, talks: &[Uuid]) -> Result<Vec<Matter>> {
    if talks.is_empty() {
        return Ok(Vec::new());
    }
    let these = sql(COLUMNS).arg(ctx.commune).push(" AND talk_id IN (").args(talks.iter().copied());
    these.push(") ORDER BY talk_id, number").all(on).await
}

/// What became a report, or joined it.
pub(super) async fn of_report(ctx: &Ctx, on: &impl Run, report: Uuid) -> Result<Vec<Matter>> {
    sql(COLUMNS).arg(ctx.commune).push(" AND report_id = ").arg(report).push(" ORDER BY id").all(on).await
}

/// Which of them the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    Waiting,
    Settled,
    Aside,
}

/// The longest waiting first; what is settled, the newest first.
pub(super) async fn list(ctx: &Ctx, room: Room, after: Option<Uuid>, limit: i64) -> Result<Vec<Matter>> {
    let states: &[Standing] = match room {
        Room::Waiting => &[Standing::Waiting],
        Room::Settled => &[Standing::Report, Standing::Joined, Standing::Answered],
        Room::Aside => &[Standing::Aside, Standing::Withdrawn],
    };
    let these = sql(COLUMNS).arg(ctx.commune).push(" AND state IN (").args(states.iter().copied()).push(")");
    let (sign, order) = if room == Room::Waiting { (" AND id > ", "ASC") } else { (" AND id < ", "DESC") };
    let these = match after {
        Some(after) => these.push(sign).arg(after),
        None => these,
    };
    these.push(" ORDER BY id ").push(order).push(" LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// How many wait, counted to 1,000.
pub(super) async fn count_waiting(ctx: &Ctx) -> Result<i64> {
    let rows = sql("SELECT 1 FROM feedback_voice WHERE commune_id = ").arg(ctx.commune);
    let rows = rows.push(" AND state = 'waiting' LIMIT 1000");
    sql("SELECT COUNT(*) FROM (").then(rows).push(") counted").count(&ctx.app.db).await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Matter) -> Result<()> {
    sql("INSERT INTO feedback_voice (commune_id, id, talk_id, number, channel, from_line, last_line, state, closed, cleared, tells, \
         heard_at, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, FALSE, FALSE, $10, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.talk_id)
    .bind(one.number)
    .bind(one.channel)
    .bind(one.from_line)
    .bind(one.last_line)
    .bind(one.state)
    .bind(one.closed)
    .bind(one.heard_at)
    .run(tx)
    .await?;
    Ok(())
}

/// Writes all that may change.
///
/// # Errors
/// `Conflict` when somebody else was first.
pub(super) async fn update(ctx: &Ctx, tx: &Tx, one: &Matter) -> Result<()> {
    let done = sql(
        "UPDATE feedback_voice SET from_line = $4, last_line = $5, state = $6, why = $7, closed = $8, cleared = $9, report_id = $10, \
         tells = $11, by_id = $12, settled_at = $13, revision = revision + 1 WHERE commune_id = $1 AND id = $2 AND revision = $3",
    )
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(one.from_line)
    .bind(one.last_line)
    .bind(one.state)
    .bind(one.why.map(|why| why.code().to_owned()))
    .bind(one.closed)
    .bind(one.cleared)
    .bind(one.report_id)
    .bind(one.tells)
    .bind(one.by_id)
    .bind(one.settled_at)
    .run(tx)
    .await?;
    if done == 1 { Ok(()) } else { Err(Error::conflict("feedback-voice-changed")) }
}
