//! SQL of queue numbers and of who sits where.

use super::model::{Happened, Ticket};
use chrono::NaiveDate;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

const COLUMNS: &str = "id, day, series, number, label, group_key, priority, due_at, state, counter, calls, put_back, \
                       drawn_at, since, called_at, last_called_at, ended_at, revision";

/// All numbers of a day as they were drawn: a few hundred at most.
pub async fn day(ctx: &Ctx, on: &impl Run, day: NaiveDate) -> Result<Vec<Ticket>> {
    sql(format!("SELECT {COLUMNS} FROM queue_ticket WHERE commune_id = $1 AND day = $2 ORDER BY id"))
        .bind(ctx.commune)
        .bind(day)
        .all(on)
        .await
}

pub async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Ticket> {
    sql(format!("SELECT {COLUMNS} FROM queue_ticket WHERE commune_id = $1 AND id = $2"))
        .bind(ctx.commune)
        .bind(id)
        .one(on)
        .await
}

pub async fn insert(ctx: &Ctx, tx: &Tx, one: &Ticket) -> Result<()> {
    sql(format!(
        "INSERT INTO queue_ticket (commune_id, {COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, \
         $13, $14, $15, $16, $17, $18, $19)"
    ))
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.day)
    .bind(one.series.as_str())
    .bind(one.number)
    .bind(one.label.as_str())
    .bind(one.group_key.as_str())
    .bind(one.priority.as_str())
    .bind(one.due_at)
    .bind(one.state)
    .bind(one.counter.as_str())
    .bind(one.calls)
    .bind(one.put_back)
    .bind(one.drawn_at)
    .bind(one.since)
    .bind(one.called_at)
    .bind(one.last_called_at)
    .bind(one.ended_at)
    .bind(one.revision)
    .run(tx)
    .await?;
    Ok(())
}

/// Writes what may change; false when somebody else was first.
pub async fn update(ctx: &Ctx, tx: &Tx, one: &Ticket) -> Result<bool> {
    let written = sql("UPDATE queue_ticket SET group_key = $4, state = $5, counter = $6, calls = $7, put_back = $8, \
                       since = $9, called_at = $10, last_called_at = $11, ended_at = $12, revision = revision + 1 \
                       WHERE commune_id = $1 AND id = $2 AND revision = $3")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.revision)
    .bind(one.group_key.as_str())
    .bind(one.state)
    .bind(one.counter.as_str())
    .bind(one.calls)
    .bind(one.put_back)
    .bind(one.since)
    .bind(one.called_at)
    .bind(one.last_called_at)
    .bind(one.ended_at)
    .run(tx)
    .await?;
    Ok(written == 1)
}

pub async fn event_insert(ctx: &Ctx, tx: &Tx, one: &Ticket, kind: Happened) -> Result<()> {
    sql("INSERT INTO queue_event (commune_id, ticket_id, id, at, kind, group_key, counter, account_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(ctx.new_id())
    .bind(ctx.now)
    .bind(kind)
    .bind(one.group_key.as_str())
    .bind(one.counter.as_str())
    .bind(ctx.account_or_none())
    .run(tx)
    .await?;
    Ok(())
}

/// Who sits at a counter today.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Post {
    pub counter: String,
    pub account_id: Uuid,
}

pub async fn posts(ctx: &Ctx, on: &impl Run) -> Result<Vec<Post>> {
    sql("SELECT counter, account_id FROM queue_post WHERE commune_id = $1 AND day = $2 ORDER BY counter")
        .bind(ctx.commune)
        .bind(ctx.today())
        .all(on)
        .await
}

/// The reader's counter, its row locked until the transaction ends.
pub async fn post_lock(ctx: &Ctx, tx: &Tx) -> Result<Option<String>> {
    sql("UPDATE queue_post SET calls = calls + 1 WHERE commune_id = $1 AND day = $2 AND account_id = $3 \
         RETURNING counter")
    .bind(ctx.commune)
    .bind(ctx.today())
    .bind(ctx.account()?)
    .scalar(tx)
    .await
}

/// The reader sits nowhere any more.
pub async fn post_delete(ctx: &Ctx, tx: &Tx) -> Result<()> {
    sql("DELETE FROM queue_post WHERE commune_id = $1 AND day = $2 AND account_id = $3")
        .bind(ctx.commune)
        .bind(ctx.today())
        .bind(ctx.account()?)
        .run(tx)
        .await?;
    Ok(())
}

/// The reader sits there; whoever sat there before has gone.
pub async fn post_put(ctx: &Ctx, tx: &Tx, counter: &str) -> Result<()> {
    sql("INSERT INTO queue_post (commune_id, day, counter, account_id, since, calls) VALUES ($1, $2, $3, $4, $5, 0) \
         ON CONFLICT (commune_id, day, counter) DO UPDATE SET account_id = excluded.account_id, since = excluded.since")
    .bind(ctx.commune)
    .bind(ctx.today())
    .bind(counter)
    .bind(ctx.account()?)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}
