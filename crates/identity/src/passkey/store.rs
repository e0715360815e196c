//! SQL of the passkeys.

use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;
use webauthn_rs::prelude::Passkey;

/// A passkey as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, serde::Serialize)]
pub struct PasskeyRow {
    pub id: Uuid,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
    /// Its counter went back: there may be a copy of it. It opens nothing any more.
    pub suspect_at: Option<DateTime<Utc>>,
}

/// A passkey at the door.
#[derive(FromQueryResult)]
pub(crate) struct Known {
    pub id: Uuid,
    pub account_id: Uuid,
    pub credential: String,
    pub suspect_at: Option<DateTime<Utc>>,
}

/// The passkeys of an account, the oldest first.
pub async fn passkey_list(ctx: &Ctx, account: Uuid) -> Result<Vec<PasskeyRow>> {
    sql("SELECT id, name, created_at, last_used_at, suspect_at FROM passkey WHERE commune_id = $1 \
         AND account_id = $2 AND removed_at IS NULL ORDER BY created_at, id")
    .bind(ctx.commune)
    .bind(account)
    .all(&ctx.app.db)
    .await
}

/// How many passkeys of an account open the door.
pub(crate) async fn count(ctx: &Ctx, on: &impl Run, account: Uuid) -> Result<i64> {
    sql("SELECT COUNT(*) FROM passkey WHERE commune_id = $1 AND account_id = $2 AND removed_at IS NULL \
         AND suspect_at IS NULL")
    .bind(ctx.commune)
    .bind(account)
    .count(on)
    .await
}

/// What the account's devices hold already, as stored.
pub(crate) async fn credentials(ctx: &Ctx, account: Uuid) -> Result<Vec<String>> {
    sql("SELECT credential FROM passkey WHERE commune_id = $1 AND account_id = $2 AND removed_at IS NULL")
        .bind(ctx.commune)
        .bind(account)
        .column(&ctx.app.db)
        .await
}

pub(crate) async fn find(ctx: &Ctx, credential_id: &str) -> Result<Option<Known>> {
    sql("SELECT id, account_id, credential, suspect_at FROM passkey WHERE commune_id = $1 AND credential_id = $2 \
         AND removed_at IS NULL")
        .bind(ctx.commune)
        .bind(credential_id)
        .first(&ctx.app.db)
        .await
}

pub(crate) async fn taken(ctx: &Ctx, tx: &Tx, credential_id: &str) -> Result<bool> {
    let same = sql("SELECT COUNT(*) FROM passkey WHERE commune_id = $1 AND credential_id = $2");
    Ok(same.bind(ctx.commune).bind(credential_id).count(tx).await? > 0)
}

pub(crate) async fn insert(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    account: Uuid,
    name: &str,
    passkey: &Passkey,
) -> Result<()> {
    sql("INSERT INTO passkey (commune_id, id, account_id, credential_id, credential, name, created_at, created_on) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(ctx.commune)
    .bind(id)
    .bind(account)
    .bind(hex::encode(passkey.cred_id()))
    .bind(serde_json::to_string(passkey)?)
    .bind(name)
    .bind(ctx.now)
    .bind(ctx.today())
    .run(tx)
    .await?;
    Ok(())
}

/// The key was used: its new counter is kept. Nothing happens when somebody used or removed it meanwhile.
pub(crate) async fn used(ctx: &Ctx, tx: &Tx, known: &Known, credential: &str) -> Result<u64> {
    sql("UPDATE passkey SET credential = $4, last_used_at = $5 WHERE commune_id = $1 AND id = $2 AND credential = $3 \
         AND removed_at IS NULL AND suspect_at IS NULL")
        .bind(ctx.commune)
        .bind(known.id)
        .bind(known.credential.as_str())
        .bind(credential)
        .bind(ctx.now)
        .run(tx)
        .await
}

pub(crate) async fn suspect(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<u64> {
    sql("UPDATE passkey SET suspect_at = $3 WHERE commune_id = $1 AND id = $2 AND suspect_at IS NULL")
        .bind(ctx.commune)
        .bind(id)
        .bind(ctx.now)
        .run(tx)
        .await
}

pub(crate) async fn rename(ctx: &Ctx, tx: &Tx, account: Uuid, id: Uuid, name: &str) -> Result<u64> {
    sql("UPDATE passkey SET name = $4 WHERE commune_id = $1 AND account_id = $2 AND id = $3 AND removed_at IS NULL")
        .bind(ctx.commune)
        .bind(account)
        .bind(id)
        .bind(name)
        .run(tx)
        .await
}

const REMOVE: &str = "UPDATE passkey SET credential = '', credential_id = CAST(id AS TEXT), name = '', removed_at = $3, removed_on = $4 \
                      WHERE commune_id = $1 AND account_id = $2 AND removed_at IS NULL";

pub(crate) async fn delete(ctx: &Ctx, tx: &Tx, account: Uuid, id: Uuid) -> Result<u64> {
    let one = sql(format!("{REMOVE} AND id = $5"));
    one.bind(ctx.commune).bind(account).bind(ctx.now).bind(ctx.today()).bind(id).run(tx).await
}

pub(crate) async fn delete_all(ctx: &Ctx, tx: &Tx, account: Uuid) -> Result<u64> {
    sql(REMOVE).bind(ctx.commune).bind(account).bind(ctx.now).bind(ctx.today()).run(tx).await
}
