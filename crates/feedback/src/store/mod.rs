//! SQL of reports.

mod event;
mod list;
mod numbers;

pub use event::*;
pub use list::*;
pub use numbers::*;

use crate::model::{Report, State, last_day};
use chrono::{DateTime, NaiveDate, Utc};
use platform::clock::local_date;
use platform::db::Sql;
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};

const COLUMNS: &str = "id, code, source, kind, body, village_id, lat, lon, place_words, outside, account_id, contact_name, \
                       contact_phone, follow_hash, state, open, shown, closed, holder_id, sent_at, due_at, ended_at, supporters, \
                       reopened, rating, asked_at, fixed, escalated, reminded_on, revision";

fn select(ctx: &Ctx) -> Sql {
    sql("SELECT ").push(COLUMNS).push(" FROM feedback_report WHERE commune_id = ").arg(ctx.commune)
}

/// Any report; the caller decides whether the reader may see it.
pub async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Report> {
    select(ctx).push(" AND id = ").arg(id).one(on).await
}

pub async fn by_code(ctx: &Ctx, on: &impl Run, code: &str) -> Result<Report> {
    select(ctx).push(" AND code = ").arg(code.trim().to_uppercase()).one(on).await
}

/// What the reader's work is: of the whole commune or of the reader's villages, never what is closed.
pub fn within(ctx: &Ctx, query: Sql) -> Sql {
    let query = query.push(" AND closed = FALSE");
    if ctx.scope.whole() {
        return query;
    }
    query.push(" AND village_id IN (").args(ctx.scope.ids("village")).push(")")
}

/// A report as the reader's work.
///
/// # Errors
/// Not found, also when it is no business of the reader.
pub async fn worked(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Report> {
    let query = select(ctx).push(" AND id = ").arg(id);
    let found: Report = within(ctx, query).one(on).await?;
    if found.state == State::Held { Err(Error::not_found()) } else { Ok(found) }
}

/// Writes a new report, which is held until it is known that nothing has to be asked.
pub async fn insert(ctx: &Ctx, tx: &Tx, one: &Report) -> Result<()> {
    sql("INSERT INTO feedback_report (commune_id, id, code, source, kind, body, village_id, lat, lon, cell, place_words, outside, \
         account_id, contact_name, contact_phone, follow_hash, state, open, shown, closed, holder_id, sent_at, sent_on, \
         due_at, due_on, ended_at, ended_on, supporters, reopened, rating, asked_at, fixed, escalated, reminded_on, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, NULL, \
         NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, FALSE, NULL, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.code.as_str())
    .bind(one.source)
    .bind(one.kind.as_str())
    .bind(one.body.as_str())
    .bind(one.village_id)
    .bind(one.lat)
    .bind(one.lon)
    .bind(one.point().map(units::place::Point::cell))
    .bind(one.place_words.as_str())
    .bind(one.outside)
    .bind(one.account_id)
    .bind(one.contact_name.as_str())
    .bind(one.contact_phone.as_str())
    .bind(one.follow_hash.as_str())
    .bind(one.state)
    .bind(one.open)
    .bind(one.shown)
    .bind(one.closed)
    .bind(one.holder_id)
    .bind(one.sent_at)
    .bind(local_date(one.sent_at))
    .run(tx)
    .await?;
    Ok(())
}

/// Writes all that may change.
///
/// # Errors
/// `Conflict` when somebody else was first.
pub async fn update(ctx: &Ctx, tx: &Tx, one: &Report) -> Result<()> {
    let done = sql(
        "UPDATE feedback_report SET kind = $4, village_id = $5, outside = $6, state = $7, open = $8, shown = $9, closed = $10, \
         holder_id = $11, due_at = $12, due_on = $13, ended_at = $14, ended_on = $15, reopened = $16, rating = $17, asked_at = $18, \
         fixed = $19, escalated = $20, reminded_on = $21, revision = revision + 1 WHERE commune_id = $1 AND id = $2 AND revision = $3",
    )
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(one.kind.as_str())
    .bind(one.village_id)
    .bind(one.outside)
    .bind(one.state)
    .bind(one.open)
    .bind(one.shown)
    .bind(one.closed)
    .bind(one.holder_id)
    .bind(one.due_at)
    .bind(one.due_at.map(last_day))
    .bind(one.ended_at)
    .bind(one.ended_at.map(local_date))
    .bind(one.reopened)
    .bind(one.rating)
    .bind(one.asked_at)
    .bind(one.fixed)
    .bind(one.escalated)
    .bind(one.reminded_on)
    .run(tx)
    .await?;
    if done == 1 { Ok(()) } else { Err(Error::conflict("feedback-changed")) }
}

/// Nobody knows any more who sent it; an account that sent it keeps it in its own list.
pub async fn write_contact_gone(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("UPDATE feedback_report SET contact_name = '', contact_phone = '', contact_gone_at = $3 \
         WHERE commune_id = $1 AND id = $2")
    .bind(ctx.commune)
    .bind(id)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// Open reports of a kind in these squares.
pub async fn near(ctx: &Ctx, on: &impl Run, cells: Vec<i64>, kind: &str) -> Result<Vec<Report>> {
    let these =
        select(ctx).push(" AND cell IN (").args(cells).push(") AND open = TRUE AND kind = ").arg(kind);
    these.push(" AND closed = FALSE ORDER BY id DESC LIMIT 20").all(on).await
}

/// Counts one more who sees the same; false when it was said before.
pub async fn insert_support(
    ctx: &Ctx,
    tx: &Tx,
    report: Uuid,
    who: &str,
    account: Option<Uuid>,
) -> Result<bool> {
    let fresh = sql("INSERT INTO feedback_support (commune_id, report_id, who, account_id, at) VALUES ($1, $2, $3, $4, $5) \
                     ON CONFLICT (commune_id, report_id, who) DO NOTHING")
    .bind(ctx.commune)
    .bind(report)
    .bind(who)
    .bind(account)
    .bind(ctx.now)
    .run(tx)
    .await?;
    if fresh == 1 {
        sql("UPDATE feedback_report SET supporters = supporters + 1 WHERE commune_id = $1 AND id = $2")
            .bind(ctx.commune)
            .bind(report)
            .run(tx)
            .await?;
    }
    Ok(fresh == 1)
}

/// The accounts that follow a report beside its sender.
pub async fn followers(ctx: &Ctx, tx: &Tx, report: Uuid) -> Result<Vec<Uuid>> {
    let these = sql(
        "SELECT account_id FROM feedback_support WHERE commune_id = $1 AND report_id = $2 AND account_id IS NOT NULL",
    );
    these.bind(ctx.commune).bind(report).column(tx).await
}

/// How many open reports each of these has.
pub async fn loads(ctx: &Ctx, on: &impl Run, holders: &[Uuid]) -> Result<Vec<(Uuid, i64)>> {
    let these = sql("SELECT holder_id, COUNT(*) FROM feedback_report WHERE commune_id = ").arg(ctx.commune);
    let these = these.push(" AND holder_id IN (").args(holders.iter().copied());
    let rows = these.push(") AND open = TRUE GROUP BY holder_id").rows(on).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// Held reports that nobody answered for since `before`.
pub async fn held(ctx: &Ctx, before: DateTime<Utc>, limit: i64) -> Result<Vec<Report>> {
    select(ctx)
        .push(" AND state = 'held' AND sent_at < ")
        .arg(before)
        .push(" ORDER BY sent_at, id LIMIT ")
        .arg(limit)
        .all(&ctx.app.db)
        .await
}

/// Open reports with a deadline before `until` that were not reminded of today.
pub async fn due(ctx: &Ctx, until: DateTime<Utc>, today: NaiveDate, limit: i64) -> Result<Vec<Report>> {
    select(ctx)
        .push(" AND open = TRUE AND due_at < ")
        .arg(until)
        .push(" AND (reminded_on IS NULL OR reminded_on < ")
        .arg(today)
        .push(") ORDER BY due_at, id LIMIT ")
        .arg(limit)
        .all(&ctx.app.db)
        .await
}

/// Answered reports whose sender was not yet asked whether it is mended.
pub async fn to_ask(ctx: &Ctx, before: DateTime<Utc>, limit: i64) -> Result<Vec<Report>> {
    select(ctx)
        .push(" AND state = 'answered' AND asked_at IS NULL AND ended_at < ")
        .arg(before)
        .push(" ORDER BY ended_at, id LIMIT ")
        .arg(limit)
        .all(&ctx.app.db)
        .await
}
