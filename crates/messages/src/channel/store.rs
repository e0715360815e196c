//! SQL of messages to many and their copies.

use super::model::{Bulletin, Channel, Copy, State};
use chrono::{DateTime, Utc};
use platform::db::insert_many;
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use sea_orm::Value;

const BULLETIN: &str = "SELECT id, COALESCE(sort, 'notice') AS sort, title, body, link, sent_by, sent_at, people FROM bulletin WHERE commune_id = ";
const COPY: &str = "SELECT id, bulletin_id, account_id, channel, state, problem, tries, next_at, sent_at, delivered_at, \
                    read_at FROM bulletin_copy WHERE commune_id = ";

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, one: &Bulletin) -> Result<()> {
    sql("INSERT INTO bulletin (commune_id, id, title, body, link, sent_by, sent_at, people, sort) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.title.as_str())
    .bind(one.body.as_str())
    .bind(one.link.as_str())
    .bind(one.sent_by)
    .bind(one.sent_at)
    .bind(one.people)
    .bind(one.sort)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Bulletin> {
    sql(BULLETIN).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

/// The newest first, below `after`.
pub(super) async fn list(ctx: &Ctx, after: Option<Uuid>, limit: i64) -> Result<Vec<Bulletin>> {
    let query = sql(BULLETIN).arg(ctx.commune);
    let query = match after {
        Some(after) => query.push(" AND id < ").arg(after),
        None => query,
    };
    query.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// The copies of many people at once: whom, through what, and how it stands.
pub(super) async fn insert_copies(
    ctx: &Ctx,
    tx: &Tx,
    bulletin: Uuid,
    copies: &[(Uuid, Channel, State)],
) -> Result<()> {
    const COLUMNS: [&str; 11] = [
        "commune_id",
        "id",
        "bulletin_id",
        "account_id",
        "channel",
        "state",
        "problem",
        "tries",
        "next_at",
        "sent_at",
        "delivered_at",
    ];
    let row = |(account, channel, state): &(Uuid, Channel, State)| -> Vec<Value> {
        // The inbox has it at once.
        let at = (*channel == Channel::App).then_some(ctx.now);
        vec![
            ctx.commune.into(),
            ctx.new_id().into(),
            bulletin.into(),
            (*account).into(),
            (*channel).into(),
            (*state).into(),
            "".into(),
            0_i64.into(),
            ctx.now.into(),
            at.into(),
            at.into(),
        ]
    };
    insert_many(tx, "bulletin_copy", &COLUMNS, copies.iter().map(row), "").await?;
    Ok(())
}

/// One that must not be disturbed now waits; it counts as no try.
pub(super) async fn postpone(ctx: &Ctx, tx: &Tx, id: Uuid, until: DateTime<Utc>, why: &str) -> Result<()> {
    sql("UPDATE bulletin_copy SET next_at = $3, problem = $4 WHERE commune_id = $1 AND id = $2 AND state = 'waiting'")
        .bind(ctx.commune)
        .bind(id)
        .bind(until)
        .bind(why)
        .run(tx)
        .await?;
    Ok(())
}

/// The copies of messages that the caller has found.
pub(super) async fn copies(ctx: &Ctx, bulletins: &[Uuid]) -> Result<Vec<Copy>> {
    if bulletins.is_empty() {
        return Ok(Vec::new());
    }
    let query = sql(COPY).arg(ctx.commune).push(" AND bulletin_id IN (").args(bulletins.iter().copied());
    query.push(") ORDER BY id").all(&ctx.app.db).await
}

/// The copy in the reader's inbox.
pub(super) async fn own(ctx: &Ctx, on: &impl Run, bulletin: Uuid, account: Uuid) -> Result<Option<Copy>> {
    let query = sql(COPY).arg(ctx.commune).push(" AND bulletin_id = ").arg(bulletin);
    query.push(" AND account_id = ").arg(account).push(" AND channel = 'app'").first(on).await
}

/// The oldest that may go.
pub(super) async fn waiting(ctx: &Ctx, limit: i64) -> Result<Vec<Copy>> {
    let query = sql(COPY).arg(ctx.commune).push(" AND state = 'waiting' AND next_at <= ").arg(ctx.now);
    query.push(" ORDER BY id LIMIT ").arg(limit).all(&ctx.app.db).await
}

/// Takes one in hand until `again`; false when somebody else has it.
pub(super) async fn claim(ctx: &Ctx, tx: &Tx, one: &Copy, again: DateTime<Utc>) -> Result<bool> {
    let mine =
        sql("UPDATE bulletin_copy SET tries = tries + 1, next_at = $3 WHERE commune_id = $1 AND id = $2 \
                    AND state = 'waiting' AND tries = $4")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(again)
        .bind(one.tries)
        .run(tx)
        .await?;
    Ok(mine == 1)
}

/// What came of a try.
pub(super) struct Tried<'a> {
    pub state: State,
    pub problem: &'a str,
    pub external: Option<&'a str>,
    pub next: DateTime<Utc>,
}

/// Writes what came of a try, unless the other side has told more meanwhile.
pub(super) async fn tried(ctx: &Ctx, tx: &Tx, id: Uuid, tried: Tried<'_>) -> Result<()> {
    let sent = (tried.state == State::Sent).then_some(ctx.app.clock.now());
    sql("UPDATE bulletin_copy SET state = $3, problem = $4, external_id = $5, next_at = $6, sent_at = $7 \
         WHERE commune_id = $1 AND id = $2 AND state = 'waiting'")
    .bind(ctx.commune)
    .bind(id)
    .bind(tried.state)
    .bind(tried.problem)
    .bind(tried.external.map(str::to_owned))
    .bind(tried.next)
    .bind(sent)
    .run(tx)
    .await?;
    Ok(())
}

/// What failed is tried again; how many.
pub(super) async fn again(ctx: &Ctx, tx: &Tx, bulletin: Uuid) -> Result<u64> {
    sql("UPDATE bulletin_copy SET state = 'waiting', tries = 0, next_at = $3, problem = '' \
         WHERE commune_id = $1 AND bulletin_id = $2 AND state IN ('failed', 'none')")
    .bind(ctx.commune)
    .bind(bulletin)
    .bind(ctx.now)
    .run(tx)
    .await
}

/// The reader has opened it; true the first time.
pub(super) async fn write_read(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<bool> {
    let read =
        sql("UPDATE bulletin_copy SET state = 'read', read_at = $3 WHERE commune_id = $1 AND id = $2 \
                    AND read_at IS NULL");
    Ok(read.bind(ctx.commune).bind(id).bind(ctx.now).run(tx).await? == 1)
}

/// A phone has shown it.
pub(super) async fn write_arrived(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<bool> {
    let shown = sql(
        "UPDATE bulletin_copy SET state = 'delivered', delivered_at = $3, sent_at = COALESCE(sent_at, $3) \
                     WHERE commune_id = $1 AND id = $2 AND channel = 'push' AND state IN ('waiting', 'sent')",
    );
    Ok(shown.bind(ctx.commune).bind(id).bind(ctx.now).run(tx).await? == 1)
}

/// The other firm says what became of copies that it knows by its own numbers; message and account of those that changed.
pub(super) async fn write_told(
    ctx: &Ctx,
    tx: &Tx,
    channel: Channel,
    numbers: &[String],
    read: bool,
) -> Result<Vec<(Uuid, Uuid)>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let query = if read {
        sql("UPDATE bulletin_copy SET state = 'read', read_at = ").arg(ctx.now)
    } else {
        sql("UPDATE bulletin_copy SET state = 'delivered', delivered_at = ").arg(ctx.now)
    };
    let query = query.push(" WHERE commune_id = ").arg(ctx.commune).push(" AND external_id IN (");
    let query = query.args(numbers.iter().cloned()).push(") AND channel = ").arg(channel);
    let query = query.push(if read { " AND state IN ('sent', 'delivered')" } else { " AND state = 'sent'" });
    let rows = query.push(" RETURNING bulletin_id, account_id").rows(tx).await?;
    rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}
