//! SQL of the officials' own addresses.

use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Run, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

/// The address that somebody confirmed and still has.
pub(in crate::mailbox) async fn official(ctx: &Ctx, on: &impl Run, account: Uuid) -> Result<Option<String>> {
    sql("SELECT address FROM mail_official WHERE commune_id = $1 AND account_id = $2 AND ended_on IS NULL")
        .bind(ctx.commune)
        .bind(account)
        .scalar(on)
        .await
}

/// From today on they have this one, in place of what there was.
pub(in crate::mailbox) async fn official_keep(
    ctx: &Ctx,
    tx: &Tx,
    account: Uuid,
    address: Option<&str>,
) -> Result<()> {
    sql("UPDATE mail_official SET ended_on = $3 WHERE commune_id = $1 AND account_id = $2 AND ended_on IS NULL")
        .bind(ctx.commune)
        .bind(account)
        .bind(ctx.today())
        .run(tx)
        .await?;
    if let Some(address) = address {
        sql("INSERT INTO mail_official (commune_id, id, account_id, address, confirmed_on) VALUES ($1, $2, $3, $4, $5)")
            .bind(ctx.commune)
            .bind(ctx.new_id())
            .bind(account)
            .bind(address)
            .bind(ctx.today())
            .run(tx)
            .await?;
    }
    figures::touch(ctx, tx, crate::figures::STAFF);
    Ok(())
}

#[derive(Debug, FromQueryResult)]
pub(in crate::mailbox) struct Code {
    pub address: String,
    pub code_hash: String,
    pub tries: i64,
    pub at: DateTime<Utc>,
}

pub(in crate::mailbox) async fn code(ctx: &Ctx, on: &impl Run, account: Uuid) -> Result<Option<Code>> {
    sql("SELECT address, code_hash, tries, at FROM mail_official_code WHERE commune_id = $1 AND account_id = $2")
        .bind(ctx.commune)
        .bind(account)
        .first(on)
        .await
}

pub(in crate::mailbox) async fn code_write(ctx: &Ctx, tx: &Tx, address: &str, hash: &str) -> Result<()> {
    sql("INSERT INTO mail_official_code (commune_id, account_id, address, code_hash, tries, at) VALUES ($1, $2, $3, $4, 0, $5) \
         ON CONFLICT (commune_id, account_id) DO UPDATE SET address = $3, code_hash = $4, tries = 0, at = $5")
    .bind(ctx.commune)
    .bind(ctx.account()?)
    .bind(address)
    .bind(hash)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

pub(in crate::mailbox) async fn code_tried(ctx: &Ctx, tx: &Tx) -> Result<()> {
    sql("UPDATE mail_official_code SET tries = tries + 1 WHERE commune_id = $1 AND account_id = $2")
        .bind(ctx.commune)
        .bind(ctx.account()?)
        .run(tx)
        .await?;
    Ok(())
}

pub(in crate::mailbox) async fn code_delete(ctx: &Ctx, tx: &Tx) -> Result<()> {
    sql("DELETE FROM mail_official_code WHERE commune_id = $1 AND account_id = $2")
        .bind(ctx.commune)
        .bind(ctx.account()?)
        .run(tx)
        .await?;
    Ok(())
}
