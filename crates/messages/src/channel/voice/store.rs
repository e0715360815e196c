//! SQL of talks and of what was said in them.

use super::model::{Heard, Line, LineState, Picture, Side, Talk};
use crate::channel::Channel;
use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const TALK: &str = "SELECT id, channel, way, person, name, begun_at, last_at, erased_at FROM voice_talk \
                    WHERE commune_id = ";
const LINE: &str = "SELECT id, talk_id, channel, external_id, side, how, about, body, beside, lat, lon, said_at, changed_at, \
                    deleted_at, by_id, state, problem, tries, next_at, sent_at FROM voice_line WHERE commune_id = ";
const PICTURE: &str =
    "SELECT id, line_id, talk_id, url, state, file_id, tries FROM voice_picture WHERE commune_id = ";

/// These talks.
pub async fn find(ctx: &Ctx, on: &impl Run, ids: &[Uuid]) -> Result<Vec<Talk>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let these = sql(TALK).arg(ctx.commune).push(" AND id IN (").args(ids.iter().copied());
    these.push(") ORDER BY id").all(on).await
}

/// Talks in which nobody wrote since `before`, and whose people are still known.
pub async fn quiet_since(ctx: &Ctx, before: DateTime<Utc>, limit: i64) -> Result<Vec<Talk>> {
    let these = sql(TALK).arg(ctx.commune).push(" AND erased_at IS NULL AND last_at < ").arg(before);
    these.push(" ORDER BY last_at, id LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// The talk of this person in this place, begun now if there was none.
pub(super) async fn talk_of(ctx: &Ctx, tx: &Tx, heard: &Heard) -> Result<Talk> {
    sql("INSERT INTO voice_talk (commune_id, id, channel, way, person, name, thread, begun_at, last_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) ON CONFLICT (commune_id, channel, way, person, thread) DO NOTHING")
    .bind(ctx.commune)
    .bind(ctx.new_id())
    .bind(heard.channel)
    .bind(heard.way)
    .bind(heard.person.as_str())
    .bind(heard.name.as_str())
    .bind(heard.thread.as_str())
    .bind(heard.said_at)
    .run(tx)
    .await?;
    let these = sql(TALK).arg(ctx.commune).push(" AND channel = ").arg(heard.channel);
    let these = these.push(" AND way = ").arg(heard.way).push(" AND person = ").arg(heard.person.as_str());
    these.push(" AND thread = ").arg(heard.thread.as_str()).one(tx).await
}

/// The person wrote at this moment; an older line that comes late moves nothing.
pub(super) async fn write_last(ctx: &Ctx, tx: &Tx, talk: Uuid, at: DateTime<Utc>, name: &str) -> Result<()> {
    sql("UPDATE voice_talk SET last_at = CASE WHEN last_at < $3 THEN $3 ELSE last_at END, \
         name = CASE WHEN $4 <> '' THEN $4 ELSE name END WHERE commune_id = $1 AND id = $2")
    .bind(ctx.commune)
    .bind(talk)
    .bind(at)
    .bind(name)
    .run(tx)
    .await?;
    Ok(())
}

/// Keeps what was heard; `None` when it was there already.
pub(super) async fn insert_heard(ctx: &Ctx, tx: &Tx, talk: Uuid, heard: &Heard) -> Result<Option<Uuid>> {
    let id = ctx.new_id();
    let fresh = sql(
        "INSERT INTO voice_line (commune_id, id, talk_id, channel, external_id, side, about, body, beside, lat, lon, said_at, \
         state, problem, tries, next_at) VALUES ($1, $2, $3, $4, $5, 'in', '', $6, $7, $8, $9, $10, 'heard', '', 0, $11) \
         ON CONFLICT (commune_id, channel, external_id) DO NOTHING",
    )
    .bind(ctx.commune)
    .bind(id)
    .bind(talk)
    .bind(heard.channel)
    .bind(heard.external.as_str())
    .bind(heard.body.as_str())
    .bind(heard.beside.map(|beside| beside.code().to_owned()))
    .bind(heard.point.map(|point| point.0))
    .bind(heard.point.map(|point| point.1))
    .bind(heard.said_at)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok((fresh == 1).then_some(id))
}

/// What goes out, or what could not.
pub(super) async fn insert_said(ctx: &Ctx, tx: &Tx, one: &Line, problem: &str) -> Result<()> {
    sql("INSERT INTO voice_line (commune_id, id, talk_id, channel, side, how, about, body, said_at, by_id, state, problem, tries, \
         next_at) VALUES ($1, $2, $3, $4, 'out', $5, $6, $7, $8, $9, $10, $11, 0, $8)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.talk_id)
    .bind(one.channel)
    .bind(one.how.map(|how| how.code().to_owned()))
    .bind(one.about.as_str())
    .bind(one.body.as_str())
    .bind(one.said_at)
    .bind(one.by_id)
    .bind(one.state)
    .bind(problem)
    .run(tx)
    .await?;
    Ok(())
}

/// The line with this number of the firm.
pub(super) async fn by_number(ctx: &Ctx, tx: &Tx, channel: Channel, external: &str) -> Result<Option<Line>> {
    let these = sql(LINE).arg(ctx.commune).push(" AND channel = ").arg(channel);
    these.push(" AND external_id = ").arg(external).first(tx).await
}

/// One line of a talk.
pub async fn line(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Line> {
    sql(LINE).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

/// Everything that was said in these talks, in the order in which it reached us.
pub async fn lines(ctx: &Ctx, on: &impl Run, talks: &[Uuid]) -> Result<Vec<Line>> {
    if talks.is_empty() {
        return Ok(Vec::new());
    }
    let these = sql(LINE).arg(ctx.commune).push(" AND talk_id IN (").args(talks.iter().copied());
    these.push(") ORDER BY id").all(on).await
}

pub(super) async fn write_changed(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    body: &str,
    at: DateTime<Utc>,
) -> Result<bool> {
    let done = sql("UPDATE voice_line SET body = $3, changed_at = $4 WHERE commune_id = $1 AND id = $2 \
                    AND deleted_at IS NULL AND (changed_at IS NULL OR changed_at < $4)");
    Ok(done.bind(ctx.commune).bind(id).bind(body).bind(at).run(tx).await? == 1)
}

/// Its words and pictures go with it.
pub(super) async fn write_gone(ctx: &Ctx, tx: &Tx, talk: Uuid, id: Uuid, at: DateTime<Utc>) -> Result<bool> {
    let done = sql(
        "UPDATE voice_line SET body = '', lat = NULL, lon = NULL, deleted_at = $3 WHERE commune_id = $1 AND id = $2 \
                    AND deleted_at IS NULL",
    );
    let done = done.bind(ctx.commune).bind(id).bind(at).run(tx).await? == 1;
    sql("DELETE FROM voice_picture WHERE commune_id = $1 AND talk_id = $2 AND line_id = $3")
        .bind(ctx.commune)
        .bind(talk)
        .bind(id)
        .run(tx)
        .await?;
    Ok(done)
}

/// Names, numbers and words of a talk go; that there was one stays.
pub(super) async fn erase(ctx: &Ctx, tx: &Tx, talk: Uuid) -> Result<()> {
    sql("UPDATE voice_talk SET person = $3, name = '', thread = '', erased_at = $4 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(talk)
        .bind(talk.to_string())
        .bind(ctx.now)
        .run(tx)
        .await?;
    sql("UPDATE voice_line SET body = '', about = '', lat = NULL, lon = NULL WHERE commune_id = $1 AND talk_id = $2")
        .bind(ctx.commune)
        .bind(talk)
        .run(tx)
        .await?;
    sql("DELETE FROM voice_picture WHERE commune_id = $1 AND talk_id = $2")
        .bind(ctx.commune)
        .bind(talk)
        .run(tx)
        .await?;
    Ok(())
}

pub(super) async fn insert_picture(ctx: &Ctx, tx: &Tx, talk: Uuid, line: Uuid, url: &str) -> Result<()> {
    sql("INSERT INTO voice_picture (commune_id, id, line_id, talk_id, url, state, problem, tries, next_at) \
         VALUES ($1, $2, $3, $4, $5, 'waiting', '', 0, $6)")
    .bind(ctx.commune)
    .bind(ctx.new_id())
    .bind(line)
    .bind(talk)
    .bind(url)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// The pictures of these talks.
pub async fn pictures(ctx: &Ctx, on: &impl Run, talks: &[Uuid]) -> Result<Vec<Picture>> {
    if talks.is_empty() {
        return Ok(Vec::new());
    }
    let these = sql(PICTURE).arg(ctx.commune).push(" AND talk_id IN (").args(talks.iter().copied());
    these.push(") ORDER BY id").all(on).await
}

pub(super) async fn pictures_waiting(ctx: &Ctx, limit: i64) -> Result<Vec<Picture>> {
    let these = sql(PICTURE).arg(ctx.commune).push(" AND state = 'waiting' AND next_at <= ").arg(ctx.now);
    these.push(" ORDER BY next_at, id LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// What came of fetching one.
pub(super) async fn write_picture(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    file: Option<Uuid>,
    problem: &str,
    next: Option<DateTime<Utc>>,
) -> Result<()> {
    let state = match (file, next) {
        (Some(_), _) => "kept",
        (None, Some(_)) => "waiting",
        (None, None) => "refused",
    };
    sql("UPDATE voice_picture SET state = $3, file_id = $4, problem = $5, next_at = $6, tries = tries + 1, \
         url = CASE WHEN $3 = 'waiting' THEN url ELSE '' END WHERE commune_id = $1 AND id = $2")
    .bind(ctx.commune)
    .bind(id)
    .bind(state)
    .bind(file)
    .bind(problem)
    .bind(next.unwrap_or(ctx.now))
    .run(tx)
    .await?;
    Ok(())
}

/// The oldest that may go.
pub(super) async fn waiting(ctx: &Ctx, limit: i64) -> Result<Vec<Line>> {
    let these = sql(LINE).arg(ctx.commune).push(" AND state = 'waiting' AND next_at <= ").arg(ctx.now);
    these.push(" ORDER BY next_at, id LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// Takes one in hand until `again`; false when somebody else has it.
pub(super) async fn claim(ctx: &Ctx, tx: &Tx, one: &Line, again: DateTime<Utc>) -> Result<bool> {
    let mine =
        sql("UPDATE voice_line SET tries = tries + 1, next_at = $3 WHERE commune_id = $1 AND id = $2 \
                    AND state = 'waiting' AND tries = $4");
    Ok(mine.bind(ctx.commune).bind(one.id).bind(again).bind(one.tries).run(tx).await? == 1)
}

/// What came of a try.
pub(super) async fn write_tried(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    state: LineState,
    problem: &str,
    external: Option<&str>,
    next: DateTime<Utc>,
) -> Result<()> {
    let sent = (state == LineState::Sent).then(|| ctx.app.clock.now());
    sql("UPDATE voice_line SET state = $3, problem = $4, external_id = COALESCE($5, external_id), next_at = $6, sent_at = $7 \
         WHERE commune_id = $1 AND id = $2 AND state = 'waiting'")
    .bind(ctx.commune)
    .bind(id)
    .bind(state)
    .bind(problem)
    .bind(external.map(str::to_owned))
    .bind(next)
    .bind(sent)
    .run(tx)
    .await?;
    Ok(())
}

/// What failed waits again; false when it had not failed.
pub(super) async fn write_again(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<bool> {
    let done = sql("UPDATE voice_line SET state = 'waiting', problem = '', tries = 0, next_at = $3 \
                    WHERE commune_id = $1 AND id = $2 AND state = 'failed'");
    Ok(done.bind(ctx.commune).bind(id).bind(ctx.now).run(tx).await? == 1)
}

/// The newest thing that the person said and did not take back.
pub(super) async fn last_heard(ctx: &Ctx, on: &impl Run, talk: Uuid) -> Result<Option<Line>> {
    let lines = lines(ctx, on, &[talk]).await?;
    let there = lines.into_iter().filter(|line| line.side == Side::Heard && line.deleted_at.is_none());
    Ok(there.max_by_key(|line| (line.said_at, line.id)))
}
