//! SQL of alarms.

use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

/// A notice, or its correction, on the loudspeakers.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Alarm {
    pub id: Uuid,
    pub notice_id: Uuid,
    pub title: String,
    pub words: String,
    pub siren: bool,
    /// What was said is taken back.
    pub correction: bool,
    /// Where it sounds: ids, each with a comma behind; empty is everywhere.
    pub villages: String,
    pub at: DateTime<Utc>,
    /// Since when the words can be heard.
    pub spoken_at: Option<DateTime<Utc>>,
    pub over_at: Option<DateTime<Utc>>,
    pub file_id: Option<Uuid>,
    /// Milliseconds.
    pub length: i64,
    /// Hundredths of a decibel.
    pub gain: i64,
}

const SELECT: &str = "SELECT id, notice_id, title, words, siren, correction, villages, at, spoken_at, over_at, file_id, length, gain FROM broadcast_alarm \
     WHERE commune_id = ";

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Alarm) -> Result<()> {
    sql("INSERT INTO broadcast_alarm (commune_id, id, notice_id, title, words, siren, correction, villages, at, length, gain) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.notice_id)
    .bind(one.title.as_str())
    .bind(one.words.as_str())
    .bind(one.siren)
    .bind(one.correction)
    .bind(one.villages.as_str())
    .bind(one.at)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn find(ctx: &Ctx, id: Uuid) -> Result<Alarm> {
    sql(SELECT).arg(ctx.commune).push(" AND id = ").arg(id).one(&ctx.app.db).await
}

pub(super) async fn of_notice(ctx: &Ctx, on: &impl Run, notice: Uuid) -> Result<Vec<Alarm>> {
    sql(SELECT).arg(ctx.commune).push(" AND notice_id = ").arg(notice).push(" ORDER BY id").all(on).await
}

pub(super) async fn since(ctx: &Ctx, at: DateTime<Utc>) -> Result<Vec<Alarm>> {
    sql(SELECT).arg(ctx.commune).push(" AND at >= ").arg(at).push(" ORDER BY at, id").all(&ctx.app.db).await
}

/// A notice was taken back: it falls silent.
pub(super) async fn over(ctx: &Ctx, tx: &Tx, notice: Uuid) -> Result<()> {
    sql("UPDATE broadcast_alarm SET over_at = $3 WHERE commune_id = $1 AND notice_id = $2")
        .bind(ctx.commune)
        .bind(notice)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

pub(super) async fn spoken(ctx: &Ctx, tx: &Tx, id: Uuid, file: Uuid, length: i64, gain: i64) -> Result<()> {
    sql("UPDATE broadcast_alarm SET spoken_at = $3, file_id = $4, length = $5, gain = $6 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(ctx.now)
        .bind(file)
        .bind(length)
        .bind(gain)
        .run(tx)
        .await?;
    Ok(())
}
