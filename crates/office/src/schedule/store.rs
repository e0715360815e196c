//! SQL of the leaders' weeks.

use super::model::Entry;
use chrono::{DateTime, NaiveDate, Utc};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const SELECT: &str = "SELECT id, starts_at, ends_at, what, place, chair, attendees, changed_at, cancelled_at, revision \
                      FROM schedule_entry WHERE commune_id = ";

pub(super) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Entry> {
    sql(SELECT).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

/// What begins in a time, in order.
pub(super) async fn list(ctx: &Ctx, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<Entry>> {
    let query = sql(SELECT).arg(ctx.commune).push(" AND starts_at >= ").arg(from);
    query
        .push(" AND starts_at < ")
        .arg(until)
        .push(" ORDER BY starts_at, id LIMIT 500")
        .all(&ctx.app.db)
        .await
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Entry) -> Result<()> {
    sql("INSERT INTO schedule_entry (commune_id, id, starts_at, ends_at, what, place, chair, attendees, changed_at, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.starts_at)
    .bind(one.ends_at)
    .bind(one.what.as_str())
    .bind(one.place.as_str())
    .bind(one.chair.as_str())
    .bind(one.attendees.as_str())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// Writes it anew where the reader's revision is still the newest; false when it is not.
pub(super) async fn update(ctx: &Ctx, tx: &Tx, one: &Entry) -> Result<bool> {
    let written =
        sql("UPDATE schedule_entry SET starts_at = $4, ends_at = $5, what = $6, place = $7, chair = $8, \
                       attendees = $9, changed_at = $10, revision = revision + 1 \
                       WHERE commune_id = $1 AND id = $2 AND revision = $3")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(one.revision)
        .bind(one.starts_at)
        .bind(one.ends_at)
        .bind(one.what.as_str())
        .bind(one.place.as_str())
        .bind(one.chair.as_str())
        .bind(one.attendees.as_str())
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(written == 1)
}

/// Calls it off, or puts it back.
pub(super) async fn write_cancelled(ctx: &Ctx, tx: &Tx, id: Uuid, at: Option<DateTime<Utc>>) -> Result<()> {
    sql("UPDATE schedule_entry SET cancelled_at = $3, changed_at = $4, revision = revision + 1 \
         WHERE commune_id = $1 AND id = $2")
    .bind(ctx.commune)
    .bind(id)
    .bind(at)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// When the week was published, if it was.
pub(super) async fn published(ctx: &Ctx, monday: NaiveDate) -> Result<Option<DateTime<Utc>>> {
    sql("SELECT published_at FROM schedule_week WHERE commune_id = $1 AND monday = $2")
        .bind(ctx.commune)
        .bind(monday)
        .scalar(&ctx.app.db)
        .await
}

/// The published weeks from a Monday on.
pub(super) async fn published_from(ctx: &Ctx, monday: NaiveDate) -> Result<Vec<NaiveDate>> {
    sql("SELECT monday FROM schedule_week WHERE commune_id = $1 AND monday >= $2 ORDER BY monday LIMIT 60")
        .bind(ctx.commune)
        .bind(monday)
        .column(&ctx.app.db)
        .await
}

pub(super) async fn publish(ctx: &Ctx, tx: &Tx, monday: NaiveDate) -> Result<()> {
    sql("INSERT INTO schedule_week (commune_id, monday, published_at) VALUES ($1, $2, $3) \
         ON CONFLICT (commune_id, monday) DO NOTHING")
    .bind(ctx.commune)
    .bind(monday)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}
