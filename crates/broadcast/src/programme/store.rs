//! SQL of programmes.

use super::model::{Form, Happened, Programme, Ready, State};
use super::sound::Measured;
use chrono::{DateTime, Utc};
use platform::db::Sql;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const SELECT: &str = "SELECT id, title, kind, origin, language, form, words, address, state, ready, why, file_id, length, gain, \
     loudness, wave, reason, drafted_by, approved_by, approved_at, aired_at, updated_at, revision FROM broadcast_programme WHERE commune_id = ";

/// What a list shows; the default is everything.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub state: Option<State>,
    pub kind: String,
    pub drafted_by: Option<Uuid>,
}

fn narrowed(mut query: Sql, filter: &Filter) -> Sql {
    if let Some(state) = filter.state {
        query = query.push(" AND state = ").arg(state);
    }
    if !filter.kind.is_empty() {
        query = query.push(" AND kind = ").arg(filter.kind.as_str());
    }
    if let Some(account) = filter.drafted_by {
        query = query.push(" AND drafted_by = ").arg(account);
    }
    query
}

pub(crate) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Programme> {
    sql(SELECT).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

/// The newest first, after the one with this id.
pub(crate) async fn list(
    ctx: &Ctx,
    filter: &Filter,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Programme>> {
    let mut query = narrowed(sql(SELECT).arg(ctx.commune), filter);
    if let Some(after) = after {
        query = query.push(" AND id < ").arg(after);
    }
    query.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub(crate) async fn count(ctx: &Ctx, filter: &Filter) -> Result<i64> {
    let query =
        narrowed(sql("SELECT id FROM broadcast_programme WHERE commune_id = ").arg(ctx.commune), filter);
    let ids: Vec<Uuid> = query.push(" LIMIT 1000").column(&ctx.app.db).await?;
    Ok(i64::try_from(ids.len()).unwrap_or(i64::MAX))
}

/// Those that can be put into the plan, the newest first.
pub(crate) async fn plannable(ctx: &Ctx, limit: i64) -> Result<Vec<Programme>> {
    let query = sql(SELECT).arg(ctx.commune).push(" AND state IN (");
    let query = query.args([State::Draft, State::Submitted, State::Returned, State::Approved]);
    query.push(") ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub(crate) async fn get_many(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Programme>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let query = sql(SELECT).arg(ctx.commune).push(" AND id IN (").args(ids.iter().copied());
    query.push(")").all(&ctx.app.db).await
}

/// What everybody may hear again: approved recordings of the commune itself that were on air, the last one first.
pub(crate) async fn archive(ctx: &Ctx, before: Option<DateTime<Utc>>, limit: i64) -> Result<Vec<Programme>> {
    let query = sql(SELECT).arg(ctx.commune).push(" AND aired_at < ").arg(before.unwrap_or(ctx.now));
    let query =
        query.push(" AND state = 'approved' AND origin = 'commune' AND form <> 'relay' AND ready = 'ready'");
    query.push(" ORDER BY aired_at DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub(crate) async fn insert(ctx: &Ctx, tx: &Tx, one: &Programme) -> Result<()> {
    sql("INSERT INTO broadcast_programme (commune_id, id, title, kind, origin, language, form, words, address, state, ready, why, file_id, \
         length, gain, wave, reason, drafted_by, created_at, updated_at, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', $12, 0, 0, $13, '', $14, $15, $15, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.title.as_str())
    .bind(one.kind.as_str())
    .bind(one.origin.as_str())
    .bind(one.language.as_str())
    .bind(one.form)
    .bind(one.words.as_str())
    .bind(one.address.as_str())
    .bind(one.state)
    .bind(one.ready)
    .bind(one.file_id)
    .bind(one.wave.clone())
    .bind(one.drafted_by)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// Writes what may change; false when somebody else was first.
pub(crate) async fn update(ctx: &Ctx, tx: &Tx, one: &Programme) -> Result<bool> {
    let written = sql("UPDATE broadcast_programme SET title = $4, kind = $5, origin = $6, language = $7, form = $8, words = $9, \
         address = $10, state = $11, ready = $12, why = $13, file_id = $14, reason = $15, approved_by = $16, approved_at = $17, \
         updated_at = $18, revision = revision + 1 WHERE commune_id = $1 AND id = $2 AND revision = $3")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(one.title.as_str())
    .bind(one.kind.as_str())
    .bind(one.origin.as_str())
    .bind(one.language.as_str())
    .bind(one.form)
    .bind(one.words.as_str())
    .bind(one.address.as_str())
    .bind(one.state)
    .bind(one.ready)
    .bind(one.why.as_str())
    .bind(one.file_id)
    .bind(one.reason.as_str())
    .bind(one.approved_by)
    .bind(one.approved_at)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(written == 1)
}

/// What was measured of this file; nothing when another one has come meanwhile.
pub(crate) async fn measured(ctx: &Ctx, tx: &Tx, id: Uuid, file: Uuid, found: &Measured) -> Result<()> {
    sql("UPDATE broadcast_programme SET ready = $4, why = $5, length = $6, gain = $7, loudness = $8, wave = $9 \
         WHERE commune_id = $1 AND id = $2 AND file_id = $3")
    .bind(ctx.commune)
    .bind(id)
    .bind(file)
    .bind(found.ready)
    .bind(found.why)
    .bind(found.length)
    .bind(found.gain)
    .bind(found.loudness)
    .bind(serde_json::to_value(&found.wave)?)
    .run(tx)
    .await?;
    Ok(())
}

/// The voice has read it, or could not.
pub(crate) async fn read_aloud(ctx: &Ctx, tx: &Tx, id: Uuid, file: Option<Uuid>, why: &str) -> Result<()> {
    let ready = if file.is_some() { Ready::Waiting } else { Ready::Failed };
    sql("UPDATE broadcast_programme SET ready = $3, why = $4, file_id = $5 WHERE commune_id = $1 AND id = $2 AND form = $6")
        .bind(ctx.commune)
        .bind(id)
        .bind(ready)
        .bind(why)
        .bind(file)
        .bind(Form::Text)
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn aired(ctx: &Ctx, tx: &Tx, id: Uuid, at: DateTime<Utc>) -> Result<()> {
    sql("UPDATE broadcast_programme SET aired_at = $3 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(at)
        .run(tx)
        .await?;
    Ok(())
}

/// What happened to a programme.
#[derive(Debug, Clone, sea_orm::FromQueryResult)]
pub(crate) struct Event {
    pub happened: Happened,
    pub account_id: Option<Uuid>,
    pub note: String,
    pub at: DateTime<Utc>,
}

pub(crate) async fn event(ctx: &Ctx, tx: &Tx, programme: Uuid, happened: Happened, note: &str) -> Result<()> {
    sql("INSERT INTO broadcast_event (commune_id, programme_id, id, happened, account_id, note, at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(ctx.commune)
        .bind(programme)
        .bind(ctx.new_id())
        .bind(happened)
        .bind(ctx.account_or_none())
        .bind(note)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn events(ctx: &Ctx, programme: Uuid) -> Result<Vec<Event>> {
    sql("SELECT happened, account_id, note, at FROM broadcast_event WHERE commune_id = $1 AND programme_id = $2 ORDER BY id DESC LIMIT 100")
        .bind(ctx.commune)
        .bind(programme)
        .all(&ctx.app.db)
        .await
}
