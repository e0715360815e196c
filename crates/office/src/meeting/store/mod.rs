//! SQL of meetings and of those who are invited.

mod inside;
mod paper;
mod vote;

pub(super) use inside::*;
pub(super) use paper::*;
pub(super) use vote::*;

use super::model::{Answer, Came, Guest, Meeting, State};
use chrono::{DateTime, Utc};
use platform::db::Sql;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const SELECT: &str = "SELECT id, title, about, starts_at, ends_at, place, video_url, chair_id, writer_id, called_by, state, reason, \
     sequence, code, item_id, opened_at, closed_at, minutes_id, changed_at, revision FROM meeting WHERE commune_id = ";

/// A meeting is the business of those who run it, and once they are invited of its guests.
fn seen(ctx: &Ctx, query: Sql) -> Result<Sql> {
    let me = ctx.account()?;
    let query = query.push(" AND (called_by = ").arg(me).push(" OR chair_id = ").arg(me);
    let query = query.push(" OR writer_id = ").arg(me).push(" OR (state <> ").arg(State::Draft);
    let query = query.push(" AND id IN (SELECT meeting_id FROM meeting_guest WHERE commune_id = ");
    Ok(query.arg(ctx.commune).push(" AND account_id = ").arg(me).push(")))"))
}

/// # Errors
/// Not found, also when it is no business of the reader.
pub(crate) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Meeting> {
    seen(ctx, sql(SELECT).arg(ctx.commune).push(" AND id = ").arg(id))?.one(on).await
}

/// The open meeting of a code; whoever reads the code from the screen stands before it.
pub(in crate::meeting) async fn find_by_code(
    ctx: &Ctx,
    on: &impl Run,
    code: &str,
) -> Result<Option<Meeting>> {
    sql(SELECT).arg(ctx.commune).push(" AND code = ").arg(code).first(on).await
}

/// The meeting that a document is the minutes of, for who may see it.
pub(crate) async fn of_minutes(ctx: &Ctx, document: Uuid) -> Result<Option<Meeting>> {
    let query = sql(SELECT).arg(ctx.commune).push(" AND minutes_id = ").arg(document);
    seen(ctx, query)?.first(&ctx.app.db).await
}

/// What is still to come, the next first; `from` is the beginning of today.
pub(in crate::meeting) async fn list_ahead(
    ctx: &Ctx,
    from: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Meeting>> {
    let query = sql(SELECT).arg(ctx.commune).push(" AND ends_at >= ").arg(from);
    let query = seen(ctx, query.push(" AND state IN ('draft', 'invited', 'open')"))?;
    query.push(" ORDER BY ends_at, id LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// What is over, the latest first, after the meeting of the page before.
pub(in crate::meeting) async fn list_over(
    ctx: &Ctx,
    from: DateTime<Utc>,
    after: Option<&Meeting>,
    limit: i64,
) -> Result<Vec<Meeting>> {
    let query = sql(SELECT).arg(ctx.commune).push(" AND (ends_at < ").arg(from);
    let mut query = seen(ctx, query.push(" OR state IN ('closed', 'cancelled'))"))?;
    if let Some(last) = after {
        query = query.push(" AND (ends_at < ").arg(last.ends_at).push(" OR (ends_at = ").arg(last.ends_at);
        query = query.push(" AND id < ").arg(last.id).push("))");
    }
    query.push(" ORDER BY ends_at DESC, id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub(in crate::meeting) async fn insert(ctx: &Ctx, tx: &Tx, one: &Meeting) -> Result<()> {
    sql("INSERT INTO meeting (commune_id, id, title, about, starts_at, ends_at, place, video_url, chair_id, writer_id, \
         called_by, state, reason, sequence, changed_at, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'draft', '', 0, $12, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.title.as_str())
    .bind(one.about.as_str())
    .bind(one.starts_at)
    .bind(one.ends_at)
    .bind(one.place.as_str())
    .bind(one.video_url.as_str())
    .bind(one.chair_id)
    .bind(one.writer_id)
    .bind(one.called_by)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// Writes it anew where the reader's revision is still the newest; false when it is not.
pub(in crate::meeting) async fn update(ctx: &Ctx, tx: &Tx, one: &Meeting) -> Result<bool> {
    let written = sql(
        "UPDATE meeting SET title = $4, about = $5, starts_at = $6, ends_at = $7, place = $8, video_url = $9, chair_id = $10, \
         writer_id = $11, sequence = $12, changed_at = $13, revision = revision + 1 \
         WHERE commune_id = $1 AND id = $2 AND revision = $3",
    )
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(one.title.as_str())
    .bind(one.about.as_str())
    .bind(one.starts_at)
    .bind(one.ends_at)
    .bind(one.place.as_str())
    .bind(one.video_url.as_str())
    .bind(one.chair_id)
    .bind(one.writer_id)
    .bind(one.sequence)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(written == 1)
}

/// Moves it where it stands in one of `from`; false when it does not. What is open has a code, what is not has none.
pub(in crate::meeting) async fn write_state(
    ctx: &Ctx,
    tx: &Tx,
    one: &Meeting,
    from: &[State],
) -> Result<bool> {
    let moved = sql("UPDATE meeting SET revision = revision + 1, state = ").arg(one.state);
    let moved = moved.push(", reason = ").arg(one.reason.as_str()).push(", sequence = ").arg(one.sequence);
    let moved = moved.push(", code = ").arg(one.code.clone()).push(", opened_at = ").arg(one.opened_at);
    let moved = moved.push(", closed_at = ").arg(one.closed_at).push(", changed_at = ").arg(ctx.now);
    let moved = moved.push(" WHERE commune_id = ").arg(ctx.commune).push(" AND id = ").arg(one.id);
    Ok(moved.push(" AND state IN (").args(from.iter().copied()).push(")").run(tx).await? == 1)
}

/// Which part of the agenda is discussed now.
pub(in crate::meeting) async fn write_item_now(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    item: Option<Uuid>,
) -> Result<()> {
    sql("UPDATE meeting SET item_id = $3 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(item)
        .run(tx)
        .await?;
    Ok(())
}

/// Ties the document that was drafted from it; false when there is one.
pub(in crate::meeting) async fn write_minutes(ctx: &Ctx, tx: &Tx, id: Uuid, document: Uuid) -> Result<bool> {
    let tied =
        sql("UPDATE meeting SET minutes_id = $3 WHERE commune_id = $1 AND id = $2 AND minutes_id IS NULL")
            .bind(ctx.commune)
            .bind(id)
            .bind(document)
            .run(tx)
            .await?;
    Ok(tied == 1)
}

pub(in crate::meeting) async fn guests(ctx: &Ctx, on: &impl Run, meeting: Uuid) -> Result<Vec<Guest>> {
    sql("SELECT account_id, answer, words, came, came_at FROM meeting_guest \
         WHERE commune_id = $1 AND meeting_id = $2 ORDER BY account_id")
    .bind(ctx.commune)
    .bind(meeting)
    .all(on)
    .await
}

pub(in crate::meeting) async fn guest(
    ctx: &Ctx,
    on: &impl Run,
    meeting: Uuid,
    account: Uuid,
) -> Result<Option<Guest>> {
    sql("SELECT account_id, answer, words, came, came_at FROM meeting_guest \
         WHERE commune_id = $1 AND meeting_id = $2 AND account_id = $3")
    .bind(ctx.commune)
    .bind(meeting)
    .bind(account)
    .first(on)
    .await
}

/// Of these meetings those that wait for the reader's answer.
pub(in crate::meeting) async fn unanswered(ctx: &Ctx, meetings: &[Uuid]) -> Result<Vec<Uuid>> {
    if meetings.is_empty() {
        return Ok(Vec::new());
    }
    let query = sql("SELECT meeting_id FROM meeting_guest WHERE commune_id = ").arg(ctx.commune);
    let query = query.push(" AND account_id = ").arg(ctx.account()?).push(" AND answer = ");
    let query = query.arg(Answer::Waiting).push(" AND meeting_id IN (").args(meetings.iter().copied());
    query.push(")").column(&ctx.app.db).await
}

pub(in crate::meeting) async fn insert_guest(ctx: &Ctx, tx: &Tx, meeting: Uuid, account: Uuid) -> Result<()> {
    sql("INSERT INTO meeting_guest (commune_id, meeting_id, account_id, answer, words) VALUES ($1, $2, $3, 'waiting', '')")
        .bind(ctx.commune)
        .bind(meeting)
        .bind(account)
        .run(tx)
        .await?;
    Ok(())
}

pub(in crate::meeting) async fn delete_guests(
    ctx: &Ctx,
    tx: &Tx,
    meeting: Uuid,
    accounts: &[Uuid],
) -> Result<()> {
    if accounts.is_empty() {
        return Ok(());
    }
    let these = sql("DELETE FROM meeting_guest WHERE commune_id = ").arg(ctx.commune);
    let these = these.push(" AND meeting_id = ").arg(meeting).push(" AND account_id IN (");
    these.args(accounts.iter().copied()).push(")").run(tx).await?;
    Ok(())
}

/// The time is another one: everybody is asked again.
pub(in crate::meeting) async fn write_unanswered(ctx: &Ctx, tx: &Tx, meeting: Uuid) -> Result<()> {
    sql("UPDATE meeting_guest SET answer = 'waiting', words = '', answered_at = NULL \
         WHERE commune_id = $1 AND meeting_id = $2")
    .bind(ctx.commune)
    .bind(meeting)
    .run(tx)
    .await?;
    Ok(())
}

pub(in crate::meeting) async fn write_answer(
    ctx: &Ctx,
    tx: &Tx,
    meeting: Uuid,
    answer: Answer,
    words: &str,
) -> Result<()> {
    sql("UPDATE meeting_guest SET answer = $4, words = $5, answered_at = $6 \
         WHERE commune_id = $1 AND meeting_id = $2 AND account_id = $3")
    .bind(ctx.commune)
    .bind(meeting)
    .bind(ctx.account()?)
    .bind(answer)
    .bind(words)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// Checks somebody in; false when they were.
pub(in crate::meeting) async fn write_came(
    ctx: &Ctx,
    tx: &Tx,
    meeting: Uuid,
    account: Uuid,
    how: Came,
) -> Result<bool> {
    let came = sql("UPDATE meeting_guest SET came = $4, came_at = $5 \
                    WHERE commune_id = $1 AND meeting_id = $2 AND account_id = $3 AND came IS NULL")
    .bind(ctx.commune)
    .bind(meeting)
    .bind(account)
    .bind(how)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(came == 1)
}
