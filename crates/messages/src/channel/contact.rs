//! Under which name somebody is known in a channel.

use super::model::Channel;
use chrono::Duration;
use platform::{Ctx, Result, Tx, Uuid, sql};
use sea_orm::FromQueryResult;

/// A code that was not sent in time proves nothing.
const CODE_HOURS: i64 = 24;

#[derive(Debug, FromQueryResult)]
pub(super) struct Contact {
    pub address: Option<String>,
    pub code: Option<String>,
}

pub(super) async fn contact(ctx: &Ctx, account: Uuid, channel: Channel) -> Result<Option<Contact>> {
    sql("SELECT address, code FROM channel_contact WHERE commune_id = $1 AND account_id = $2 AND channel = $3")
        .bind(ctx.commune)
        .bind(account)
        .bind(channel)
        .first(&ctx.app.db)
        .await
}

pub(super) async fn write_code(ctx: &Ctx, tx: &Tx, channel: Channel, code: &str) -> Result<()> {
    sql(
        "INSERT INTO channel_contact (commune_id, account_id, channel, code, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (commune_id, account_id, channel) DO UPDATE SET code = $4, at = $5",
    )
    .bind(ctx.commune)
    .bind(ctx.account()?)
    .bind(channel)
    .bind(code)
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// Somebody wrote to the commune's account: a code in it says who they are. True when it did.
pub(super) async fn proved(ctx: &Ctx, tx: &Tx, text: &str, user: &str) -> Result<bool> {
    let code: String = text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    if code.len() != 8 || user.is_empty() {
        return Ok(false);
    }
    let known = sql("UPDATE channel_contact SET address = $3, code = NULL, at = $4 WHERE commune_id = $1 AND channel = 'zalo' \
         AND code = $2 AND at > $5")
    .bind(ctx.commune)
    .bind(code)
    .bind(user)
    .bind(ctx.now)
    .bind(ctx.now - Duration::hours(CODE_HOURS))
    .run(tx)
    .await?;
    Ok(known > 0)
}

/// They follow the commune's account no longer.
pub(super) async fn forget(ctx: &Ctx, tx: &Tx, channel: Channel, user: &str) -> Result<()> {
    let gone = sql("DELETE FROM channel_contact WHERE commune_id = $1 AND channel = $2 AND address = $3");
    gone.bind(ctx.commune).bind(channel).bind(user).run(tx).await?;
    Ok(())
}

pub(super) async fn end(ctx: &Ctx, tx: &Tx, channel: Channel) -> Result<()> {
    let gone = sql("DELETE FROM channel_contact WHERE commune_id = $1 AND account_id = $2 AND channel = $3");
    gone.bind(ctx.commune).bind(ctx.account()?).bind(channel).run(tx).await?;
    Ok(())
}
