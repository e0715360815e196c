//! SQL of the sessions.

use chrono::{DateTime, Utc};
use platform::{Ctx, Db, Result, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, serde::Serialize)]
pub struct SessionRow {
    pub id: Uuid,
    pub second_factor: bool,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    /// "Chrome trên Android"
    pub user_agent: String,
    pub ip: String,
}

/// What one request needs to know, session and account in one read.
#[derive(FromQueryResult)]
pub(crate) struct Entry {
    pub id: Uuid,
    pub account_id: Uuid,
    pub waiting: bool,
    pub second_factor: bool,
    pub last_seen_at: DateTime<Utc>,
    pub display_name: String,
    pub must_change_password: bool,
}

pub(crate) struct New<'a> {
    pub id: Uuid,
    pub account_id: Uuid,
    pub hash: &'a str,
    pub waiting: bool,
    pub second_factor: bool,
    pub expires_at: DateTime<Utc>,
    pub user_agent: &'a str,
}

pub(crate) async fn insert(ctx: &Ctx, tx: &Tx, new: &New<'_>) -> Result<()> {
    sql("INSERT INTO session (commune_id, id, account_id, token_hash, waiting, second_factor, created_at, \
         last_seen_at, expires_at, user_agent, ip, proved_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10, $7)")
    .bind(ctx.commune)
    .bind(new.id)
    .bind(new.account_id)
    .bind(new.hash)
    .bind(new.waiting)
    .bind(new.second_factor)
    .bind(ctx.now)
    .bind(new.expires_at)
    .bind(new.user_agent)
    .bind(ctx.ip.map_or_else(String::new, |ip| ip.to_string()))
    .run(tx)
    .await?;
    Ok(())
}

/// The session behind a cookie, if it is still good at `now` and was used after `idle_since`.
pub(crate) async fn find(
    db: &Db,
    commune: Uuid,
    hash: &str,
    now: DateTime<Utc>,
    idle_since: DateTime<Utc>,
) -> Result<Option<Entry>> {
    sql("SELECT s.id, s.account_id, s.waiting, s.second_factor, s.last_seen_at, a.display_name, a.must_change_password \
         FROM session s JOIN account a ON a.commune_id = s.commune_id AND a.id = s.account_id \
         WHERE s.commune_id = $1 AND s.token_hash = $2 AND s.expires_at > $3 AND s.last_seen_at > $4 \
         AND a.state = 'active'")
        .bind(commune)
        .bind(hash)
        .bind(now)
        .bind(idle_since)
        .first(db)
        .await
}

pub(crate) async fn touch(db: &Db, commune: Uuid, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    let tx = db.begin().await?;
    sql("UPDATE session SET last_seen_at = $3 WHERE commune_id = $1 AND id = $2")
        .bind(commune)
        .bind(id)
        .bind(now)
        .run(&tx)
        .await?;
    tx.commit().await
}

pub(crate) async fn list(ctx: &Ctx, account: Uuid, idle_since: DateTime<Utc>) -> Result<Vec<SessionRow>> {
    sql("SELECT id, second_factor, created_at, last_seen_at, user_agent, ip FROM session WHERE commune_id = $1 AND \
         account_id = $2 AND waiting = FALSE AND expires_at > $3 AND last_seen_at > $4 ORDER BY last_seen_at DESC, id")
        .bind(ctx.commune)
        .bind(account)
        .bind(ctx.now)
        .bind(idle_since)
        .all(&ctx.app.db)
        .await
}

pub(crate) async fn delete(ctx: &Ctx, tx: &Tx, account: Uuid, id: Uuid) -> Result<u64> {
    sql("DELETE FROM session WHERE commune_id = $1 AND account_id = $2 AND id = $3")
        .bind(ctx.commune)
        .bind(account)
        .bind(id)
        .run(tx)
        .await
}

pub(crate) async fn delete_all(ctx: &Ctx, tx: &Tx, account: Uuid, except: Option<Uuid>) -> Result<u64> {
    let start = sql("DELETE FROM session WHERE commune_id = ")
        .arg(ctx.commune)
        .push(" AND account_id = ")
        .arg(account);
    match except {
        Some(id) => start.push(" AND id <> ").arg(id).run(tx).await,
        None => start.run(tx).await,
    }
}

/// Raises a waiting or plain session after the second factor, under a new secret.
pub(crate) async fn raise(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    hash: &str,
    expires_at: DateTime<Utc>,
) -> Result<u64> {
    sql("UPDATE session SET waiting = FALSE, second_factor = TRUE, token_hash = $3, last_seen_at = $4, proved_at = $4, \
         expires_at = $5 \
         WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(hash)
        .bind(ctx.now)
        .bind(expires_at)
        .run(tx)
        .await
}

/// When the person last proved to be there.
pub(crate) async fn proved_at(ctx: &Ctx, id: Uuid) -> Result<Option<DateTime<Utc>>> {
    let one =
        sql("SELECT proved_at FROM session WHERE commune_id = $1 AND id = $2 AND proved_at IS NOT NULL");
    one.bind(ctx.commune).bind(id).scalar(&ctx.app.db).await
}

pub(crate) async fn prove(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<u64> {
    let one = sql("UPDATE session SET proved_at = $3 WHERE commune_id = $1 AND id = $2");
    one.bind(ctx.commune).bind(id).bind(ctx.now).run(tx).await
}

pub(crate) async fn sweep(ctx: &Ctx, tx: &Tx, idle_since: DateTime<Utc>) -> Result<u64> {
    sql("DELETE FROM session WHERE commune_id = $1 AND (expires_at <= $2 OR last_seen_at <= $3)")
        .bind(ctx.commune)
        .bind(ctx.now)
        .bind(idle_since)
        .run(tx)
        .await
}
