//! SQL of links and phones.

use super::super::model::Task;
use super::super::store::COLUMNS;
use super::model::{Phone, Share};
use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};

const PHONES: &str = "SELECT id, account_id, task_id, link_sealed, link_until, phone_hash, device, bound_at, bound_until, \
                      used_at, ended_at FROM task_phone WHERE commune_id = ";

pub(super) async fn share_of(ctx: &Ctx, on: &impl Run, task: Uuid) -> Result<Option<Share>> {
    sql("SELECT task_id, code FROM task_share WHERE commune_id = $1 AND task_id = $2")
        .bind(ctx.commune)
        .bind(task)
        .first(on)
        .await
}

pub(super) async fn share_by_code(ctx: &Ctx, code: &str) -> Result<Option<Share>> {
    sql("SELECT task_id, code FROM task_share WHERE commune_id = $1 AND code = $2")
        .bind(ctx.commune)
        .bind(code)
        .first(&ctx.app.db)
        .await
}

/// Keeps the address of a directive; one that stands stays.
pub(super) async fn insert_share(ctx: &Ctx, tx: &Tx, task: Uuid, code: &str) -> Result<()> {
    sql("INSERT INTO task_share (commune_id, task_id, code, made_by, made_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (commune_id, task_id) DO NOTHING")
    .bind(ctx.commune)
    .bind(task)
    .bind(code)
    .bind(ctx.account()?)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// The links and phones of these accounts that nobody ended, the oldest first.
pub(super) async fn of_accounts(ctx: &Ctx, on: &impl Run, accounts: &[Uuid]) -> Result<Vec<Phone>> {
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let query = sql(PHONES).arg(ctx.commune).push(" AND account_id IN (").args(accounts.iter().copied());
    query.push(") AND ended_at IS NULL ORDER BY id").all(on).await
}

/// Bound phones of the whole commune, the newest first.
pub(super) async fn bound(ctx: &Ctx, limit: i64) -> Result<Vec<Phone>> {
    let query = sql(PHONES).arg(ctx.commune).push(" AND ended_at IS NULL AND bound_until > ").arg(ctx.now);
    query.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}

pub(super) async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Phone> {
    sql(PHONES).arg(ctx.commune).push(" AND id = ").arg(id).one(on).await
}

pub(super) async fn by_link(ctx: &Ctx, on: &impl Run, hash: &str) -> Result<Option<Phone>> {
    sql(PHONES).arg(ctx.commune).push(" AND link_hash = ").arg(hash).first(on).await
}

pub(super) async fn by_phone(ctx: &Ctx, hash: &str) -> Result<Option<Phone>> {
    sql(PHONES).arg(ctx.commune).push(" AND phone_hash = ").arg(hash).first(&ctx.app.db).await
}

/// A personal link to be given out.
pub(super) struct NewLink<'a> {
    pub account: Uuid,
    pub task: Uuid,
    pub hash: &'a str,
    pub sealed: &'a str,
    pub until: DateTime<Utc>,
}

pub(super) async fn insert(ctx: &Ctx, tx: &Tx, new: NewLink<'_>) -> Result<Uuid> {
    let id = ctx.new_id();
    sql("INSERT INTO task_phone (commune_id, id, account_id, task_id, link_hash, link_sealed, issued_by, issued_at, \
         link_until, device) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')")
    .bind(ctx.commune)
    .bind(id)
    .bind(new.account)
    .bind(new.task)
    .bind(new.hash)
    .bind(new.sealed)
    .bind(ctx.account()?)
    .bind(ctx.now)
    .bind(new.until)
    .run(tx)
    .await?;
    Ok(id)
}

/// The links of an account that no phone has used lead to this directive from now on.
pub(super) async fn write_led(ctx: &Ctx, tx: &Tx, account: Uuid, task: Uuid) -> Result<()> {
    sql("UPDATE task_phone SET task_id = $3 WHERE commune_id = $1 AND account_id = $2 AND ended_at IS NULL \
         AND phone_hash IS NULL")
    .bind(ctx.commune)
    .bind(account)
    .bind(task)
    .run(tx)
    .await?;
    Ok(())
}

/// Binds the first phone that asks; false when another was faster.
pub(super) async fn write_bound(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    hash: &str,
    device: &str,
    until: DateTime<Utc>,
) -> Result<bool> {
    let first = sql("UPDATE task_phone SET phone_hash = $3, device = $4, bound_at = $5, bound_until = $6, used_at = $5, \
                     link_sealed = '' WHERE commune_id = $1 AND id = $2 AND phone_hash IS NULL AND ended_at IS NULL")
    .bind(ctx.commune)
    .bind(id)
    .bind(hash)
    .bind(device)
    .bind(ctx.now)
    .bind(until)
    .run(tx)
    .await?;
    Ok(first == 1)
}

pub(super) async fn write_used(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("UPDATE task_phone SET used_at = $3 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

/// Ends one link with its phone; false when it had ended.
pub(super) async fn write_ended(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<bool> {
    let ended = sql("UPDATE task_phone SET ended_at = $3, ended_by = $4, link_sealed = '' \
                     WHERE commune_id = $1 AND id = $2 AND ended_at IS NULL");
    let ended = ended.bind(ctx.commune).bind(id).bind(ctx.now).bind(ctx.account_or_none());
    Ok(ended.run(tx).await? == 1)
}

/// Ends all links and phones of an account; how many.
pub(super) async fn write_all_ended(ctx: &Ctx, tx: &Tx, account: Uuid) -> Result<u64> {
    let ended = sql("UPDATE task_phone SET ended_at = $3, ended_by = $4, link_sealed = '' \
                     WHERE commune_id = $1 AND account_id = $2 AND ended_at IS NULL");
    ended.bind(ctx.commune).bind(account).bind(ctx.now).bind(ctx.account_or_none()).run(tx).await
}

/// A recipient asks for a personal link; false when they asked less than an hour ago.
pub(super) async fn write_asked(ctx: &Ctx, tx: &Tx, task: Uuid, account: Uuid) -> Result<bool> {
    let asked = sql(
        "UPDATE task_part SET link_asked_at = $4 WHERE commune_id = $1 AND task_id = $2 AND account_id = $3 \
                     AND (link_asked_at IS NULL OR link_asked_at < $5)",
    )
    .bind(ctx.commune)
    .bind(task)
    .bind(account)
    .bind(ctx.now)
    .bind(ctx.now - chrono::Duration::hours(1))
    .run(tx)
    .await?;
    Ok(asked == 1)
}

/// The directive of an address, for a page that shows nothing of it.
pub(super) async fn task(ctx: &Ctx, task: Uuid) -> Result<Task> {
    let query = sql("SELECT ").push(COLUMNS).push(" FROM task WHERE commune_id = ").arg(ctx.commune);
    query.push(" AND id = ").arg(task).one(&ctx.app.db).await
}
