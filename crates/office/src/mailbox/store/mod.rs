//! SQL of the official mailbox.

mod answer;
mod letter;
mod official;

pub(super) use answer::*;
pub(super) use letter::*;
pub(super) use official::*;

use super::model::{Mailbox, Trouble};
use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const MAILBOX: &str = "SELECT id, name, address, host, port, security, login, sealed, trust, folder, done_folder, receipts, since, \
                       uid_validity, last_uid, looked_at, failed_since, problem, tries, next_at, revision \
                       FROM mailbox WHERE commune_id = ";

/// Those that are read, in the order in which they were set up.
pub(in crate::mailbox) async fn mailboxes(ctx: &Ctx, on: &impl Run) -> Result<Vec<Mailbox>> {
    sql(MAILBOX).arg(ctx.commune).push(" AND ended_at IS NULL ORDER BY id /* all rows */").all(on).await
}

pub(in crate::mailbox) async fn mailbox(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Mailbox> {
    sql(MAILBOX).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

pub(in crate::mailbox) async fn mailbox_insert(ctx: &Ctx, tx: &Tx, one: &Mailbox) -> Result<()> {
    sql("INSERT INTO mailbox (commune_id, id, name, address, host, port, security, login, sealed, trust, folder, done_folder, \
         receipts, since, uid_validity, last_uid, problem, tries, next_at, account_id, made_at, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0, 0, '', 0, $15, $16, $15, 1)")
    .bind(ctx.commune)
    .bind(one.id)
    .bind(one.name.as_str())
    .bind(one.address.as_str())
    .bind(one.host.as_str())
    .bind(one.port)
    .bind(one.security)
    .bind(one.login.as_str())
    .bind(one.sealed.as_str())
    .bind(one.trust.as_str())
    .bind(one.folder.as_str())
    .bind(one.done_folder.as_str())
    .bind(one.receipts)
    .bind(one.since)
    .bind(ctx.now)
    .bind(ctx.account_or_none())
    .run(tx)
    .await?;
    Ok(())
}

/// Writes it where `revision` is still the newest; false when it is not. `anew`: it is another place, counted from the beginning.
pub(in crate::mailbox) async fn mailbox_update(
    ctx: &Ctx,
    tx: &Tx,
    one: &Mailbox,
    anew: bool,
) -> Result<bool> {
    let query = sql("UPDATE mailbox SET name = ").arg(one.name.as_str());
    let query = query.push(", address = ").arg(one.address.as_str()).push(", host = ").arg(one.host.as_str());
    let query = query.push(", port = ").arg(one.port).push(", security = ").arg(one.security);
    let query = query.push(", login = ").arg(one.login.as_str()).push(", sealed = ").arg(one.sealed.as_str());
    let query = query.push(", trust = ").arg(one.trust.as_str()).push(", folder = ").arg(one.folder.as_str());
    let query = query.push(", done_folder = ").arg(one.done_folder.as_str());
    let query = query.push(", receipts = ").arg(one.receipts).push(", since = ").arg(one.since);
    let query = query.push(", next_at = ").arg(ctx.now).push(", tries = 0, revision = revision + 1");
    let query = if anew { query.push(", uid_validity = 0, last_uid = 0") } else { query };
    let query = query.push(" WHERE commune_id = ").arg(ctx.commune).push(" AND id = ").arg(one.id);
    let written = query.push(" AND ended_at IS NULL AND revision = ").arg(one.revision).run(tx).await?;
    Ok(written == 1)
}

/// No more of it; its password goes.
pub(in crate::mailbox) async fn mailbox_end(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<bool> {
    let ended = sql("UPDATE mailbox SET ended_at = $3, sealed = '' WHERE commune_id = $1 AND id = $2 AND ended_at IS NULL")
        .bind(ctx.commune)
        .bind(id)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(ended == 1)
}

/// The server numbers its letters under another name than before: everything is looked through from the beginning.
pub(in crate::mailbox) async fn mailbox_renumber(ctx: &Ctx, tx: &Tx, id: Uuid, validity: i64) -> Result<()> {
    sql("UPDATE mailbox SET uid_validity = $3, last_uid = 0 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(validity)
        .run(tx)
        .await?;
    Ok(())
}

/// Everything up to `uid` was looked at.
pub(in crate::mailbox) async fn mailbox_passed(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    validity: i64,
    uid: i64,
) -> Result<()> {
    sql("UPDATE mailbox SET last_uid = $4 WHERE commune_id = $1 AND id = $2 AND uid_validity = $3 AND last_uid < $4")
        .bind(ctx.commune)
        .bind(id)
        .bind(validity)
        .bind(uid)
        .run(tx)
        .await?;
    Ok(())
}

/// It was looked into, or could not be.
pub(in crate::mailbox) async fn mailbox_looked(
    ctx: &Ctx,
    tx: &Tx,
    one: &Mailbox,
    trouble: Option<&Trouble>,
    next: DateTime<Utc>,
) -> Result<()> {
    let now = ctx.app.clock.now();
    let query = sql("UPDATE mailbox SET next_at = ").arg(next);
    let query = match trouble {
        None => query.push(", failed_since = NULL, problem = '', tries = 0, looked_at = ").arg(now),
        Some(trouble) => query
            .push(", tries = tries + 1, problem = ")
            .arg(trouble.stored())
            .push(", failed_since = COALESCE(failed_since, ")
            .arg(now)
            .push(")"),
    };
    query.push(" WHERE commune_id = ").arg(ctx.commune).push(" AND id = ").arg(one.id).run(tx).await?;
    Ok(())
}
