//! SQL of loudspeaker clusters.

use super::model::{Happened, Kind, Speaker};
use chrono::{DateTime, NaiveDate, Utc};
use platform::{Ctx, Error, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;
use serde_json::Value;

const SELECT: &str = "SELECT id, unit_id, name, kind, place, lat, lon, horns, watts, model, vendor_code, since_on, until_on, token_hash, token, \
     on_plan, volume, alarm_volume, muted, settings, settings_sent, heard_at, heard, silent_at, revision \
     FROM broadcast_speaker WHERE commune_id = ";

/// All clusters of the commune, those of the past too: a commune has some dozens.
pub(crate) async fn all(ctx: &Ctx, on: &impl Run) -> Result<Vec<Speaker>> {
    sql(SELECT).arg(ctx.commune).push(" ORDER BY unit_id, id /* all rows */").all(on).await
}

/// Those that answer to us and are in service.
pub(crate) async fn own(ctx: &Ctx, on: &impl Run) -> Result<Vec<Speaker>> {
    let today = ctx.today();
    let own = |one: &Speaker| one.kind == Kind::Own && one.in_service(today);
    Ok(all(ctx, on).await?.into_iter().filter(own).collect())
}

pub(crate) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Speaker> {
    let found = sql(SELECT).arg(ctx.commune).push(" AND id = ").arg(id).first(on).await?;
    found.ok_or_else(Error::not_found)
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Speaker) -> Result<()> {
    sql("INSERT INTO broadcast_speaker (commune_id, id, unit_id, name, kind, place, lat, lon, horns, watts, model, vendor_code, since_on, \
         token_hash, token, on_plan, volume, alarm_volume, muted, settings, settings_sent, heard, created_at, updated_at, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, 0, $21, $22, $22, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.unit_id)
    .bind(one.name.as_str())
    .bind(one.kind)
    .bind(one.place.as_str())
    .bind(one.lat)
    .bind(one.lon)
    .bind(one.horns)
    .bind(one.watts)
    .bind(one.model.as_str())
    .bind(one.vendor_code.as_str())
    .bind(one.since_on)
    .bind(one.token_hash.as_str())
    .bind(one.token.as_str())
    .bind(one.on_plan)
    .bind(one.volume)
    .bind(one.alarm_volume)
    .bind(one.muted)
    .bind(one.settings)
    .bind(one.heard.clone())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// What people say of it. False when somebody else was first.
pub(super) async fn update(ctx: &Ctx, tx: &Tx, one: &Speaker) -> Result<bool> {
    let written = sql("UPDATE broadcast_speaker SET unit_id = $4, name = $5, kind = $6, place = $7, lat = $8, lon = $9, horns = $10, watts = $11, \
         model = $12, vendor_code = $13, since_on = $14, until_on = $15, token_hash = $16, token = $17, on_plan = $18, volume = $19, \
         alarm_volume = $20, muted = $21, settings = $22, updated_at = $23, revision = revision + 1 \
         WHERE commune_id = $1 AND id = $2 AND revision = $3")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(one.unit_id)
    .bind(one.name.as_str())
    .bind(one.kind)
    .bind(one.place.as_str())
    .bind(one.lat)
    .bind(one.lon)
    .bind(one.horns)
    .bind(one.watts)
    .bind(one.model.as_str())
    .bind(one.vendor_code.as_str())
    .bind(one.since_on)
    .bind(one.until_on)
    .bind(one.token_hash.as_str())
    .bind(one.token.as_str())
    .bind(one.on_plan)
    .bind(one.volume)
    .bind(one.alarm_volume)
    .bind(one.muted)
    .bind(one.settings)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(written == 1)
}

/// What the broker was handed.
pub(crate) async fn settings_sent(ctx: &Ctx, tx: &Tx, id: Uuid, settings: i64) -> Result<()> {
    sql("UPDATE broadcast_speaker SET settings_sent = $3 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(settings)
        .run(tx)
        .await?;
    Ok(())
}

/// A sign of life. People's forms stay as they are: the revision does not count it.
pub(super) async fn heard(ctx: &Ctx, tx: &Tx, id: Uuid, status: Option<Value>) -> Result<()> {
    let query = sql("UPDATE broadcast_speaker SET silent_at = NULL, heard_at = ").arg(ctx.now);
    let query = match status {
        Some(status) => query.push(", heard = ").arg(status),
        None => query,
    };
    query.push(" WHERE commune_id = ").arg(ctx.commune).push(" AND id = ").arg(id).run(tx).await?;
    day(ctx, tx, id, ctx.now, ctx.now).await
}

/// A sign of life on the day of its first moment, whenever it comes in.
pub(super) async fn day(ctx: &Ctx, tx: &Tx, id: Uuid, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<()> {
    sql("INSERT INTO broadcast_heard (commune_id, speaker_id, day, first_at, last_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (commune_id, speaker_id, day) DO UPDATE SET \
         first_at = CASE WHEN broadcast_heard.first_at > $4 THEN $4 ELSE broadcast_heard.first_at END, \
         last_at = CASE WHEN broadcast_heard.last_at < $5 THEN $5 ELSE broadcast_heard.last_at END")
    .bind(ctx.commune)
    .bind(id)
    .bind(platform::clock::local_date(from))
    .bind(from)
    .bind(to)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn silent(ctx: &Ctx, tx: &Tx, id: Uuid, since: DateTime<Utc>) -> Result<()> {
    sql("UPDATE broadcast_speaker SET silent_at = $3 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(since)
        .run(tx)
        .await?;
    Ok(())
}

/// Something that happened to a cluster.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Event {
    pub happened: Happened,
    pub account_id: Option<Uuid>,
    pub note: String,
    pub at: DateTime<Utc>,
}

pub(super) async fn event(ctx: &Ctx, tx: &Tx, id: Uuid, happened: Happened, note: &str) -> Result<()> {
    sql("INSERT INTO broadcast_speaker_event (commune_id, speaker_id, id, happened, account_id, note, at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(ctx.commune)
        .bind(id)
        .bind(ctx.new_id())
        .bind(happened)
        .bind(ctx.account_or_none())
        .bind(note)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

/// The newest first.
pub(crate) async fn events(ctx: &Ctx, id: Uuid, limit: i64) -> Result<Vec<Event>> {
    let query = sql("SELECT happened, account_id, note, at FROM broadcast_speaker_event WHERE commune_id = ");
    let query = query.arg(ctx.commune).push(" AND speaker_id = ").arg(id);
    query.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// On which of the days a cluster was heard, with the first and the last sign of each.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Day {
    pub speaker_id: Uuid,
    pub day: NaiveDate,
    pub first_at: DateTime<Utc>,
    pub last_at: DateTime<Utc>,
}

pub(crate) async fn days(ctx: &Ctx, from: NaiveDate, to: NaiveDate) -> Result<Vec<Day>> {
    let query = sql("SELECT speaker_id, day, first_at, last_at FROM broadcast_heard WHERE commune_id = ");
    let query = query.arg(ctx.commune).push(" AND day >= ").arg(from).push(" AND day <= ").arg(to);
    query.push(" ORDER BY day DESC, speaker_id").all(&ctx.app.db).await
}
