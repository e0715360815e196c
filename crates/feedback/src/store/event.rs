//! SQL of what happened and of files.

use crate::model::{Event, Happened, Kept};
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};

const EVENTS: &str =
    "SELECT id, what, words, body_name, public, by_id, at FROM feedback_event WHERE commune_id = ";
const FILES: &str = "SELECT report_id, id, event_id, file_id, small_id, part, sound, hidden FROM feedback_file WHERE commune_id = ";

/// One thing that happened; its id.
pub struct Line<'a> {
    pub what: Happened,
    pub words: &'a str,
    pub body_name: &'a str,
    pub public: bool,
}

pub async fn insert_event(ctx: &Ctx, tx: &Tx, report: Uuid, line: &Line<'_>) -> Result<Uuid> {
    let id = ctx.new_id();
    sql("INSERT INTO feedback_event (commune_id, report_id, id, what, words, body_name, public, by_id, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(ctx.commune)
    .bind(report)
    .bind(id)
    .bind(line.what)
    .bind(line.words)
    .bind(line.body_name)
    .bind(line.public)
    .bind(ctx.account_or_none())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(id)
}

/// Everything of a report, oldest first.
pub async fn events(ctx: &Ctx, on: &impl Run, report: Uuid) -> Result<Vec<Event>> {
    sql(EVENTS).arg(ctx.commune).push(" AND report_id = ").arg(report).push(" ORDER BY id").all(on).await
}

pub async fn insert_file(ctx: &Ctx, tx: &Tx, one: &Kept) -> Result<()> {
    sql("INSERT INTO feedback_file (commune_id, report_id, id, event_id, file_id, small_id, part, sound, hidden) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(ctx.commune)
    .bind(one.report_id)
    .bind(one.id)
    .bind(one.event_id)
    .bind(one.file_id)
    .bind(one.small_id)
    .bind(one.part)
    .bind(one.sound)
    .bind(one.hidden)
    .run(tx)
    .await?;
    Ok(())
}

/// The files of these reports, oldest first.
pub async fn files(ctx: &Ctx, on: &impl Run, reports: &[Uuid]) -> Result<Vec<Kept>> {
    if reports.is_empty() {
        return Ok(Vec::new());
    }
    let these = sql(FILES).arg(ctx.commune).push(" AND report_id IN (").args(reports.iter().copied());
    these.push(") ORDER BY id").all(on).await
}

/// Hides a picture from the public, or shows it again.
pub async fn write_hidden(ctx: &Ctx, tx: &Tx, report: Uuid, id: Uuid, hidden: bool) -> Result<()> {
    let done =
        sql("UPDATE feedback_file SET hidden = $4 WHERE commune_id = $1 AND report_id = $2 AND id = $3")
            .bind(ctx.commune)
            .bind(report)
            .bind(id)
            .bind(hidden)
            .run(tx)
            .await?;
    if done == 1 { Ok(()) } else { Err(Error::not_found()) }
}
