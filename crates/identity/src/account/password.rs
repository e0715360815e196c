//! Changing a password, by the old one or by a one-time link.

use super::model::Account;
use super::rules::{entry, forget_after, hash_password};
use super::store;
use crate::live::live;
use crate::session;
use chrono::Duration;
use platform::access::Via;
use platform::{Ctx, Error, Result, Tx, Uuid, ids};
use serde_json::json;

/// A one-time link is good for two days: long enough to reach a village and come back.
const LINK_HOURS: i64 = 48;

/// The signed-in person chooses a new password; the other devices are signed out.
pub async fn password_change(ctx: &Ctx, old: &str, new: &str) -> Result<()> {
    let door = store::door_of(ctx, ctx.account()?).await?;
    if let Some(seconds) = door.tries().wait(ctx.now) {
        return Err(Error::too_many(crate::sign_in::wait_message(seconds), seconds));
    }
    if !live(&ctx.app)?.hasher.verify(old, door.password_hash.as_deref()).await? {
        let tx = ctx.begin().await?;
        store::wrong_try(ctx, &tx, door.id).await?;
        tx.commit().await?;
        return Err(Error::field("mat-khau-cu", "password-old-wrong"));
    }
    if old == new {
        return Err(Error::field("mat-khau-moi", "password-same"));
    }
    let hash = hash_password(ctx, new, &door.login).await?;
    let tx = ctx.begin().await?;
    store::password_set(ctx, &tx, door.id, &hash).await?;
    let this = match ctx.actor.as_ref().map(|actor| &actor.via) {
        Some(Via::Session(id)) => Some(*id),
        _ => None,
    };
    session::delete_all(ctx, &tx, door.id, this).await?;
    forget_after(ctx, &tx, door.id);
    audit::record(ctx, &tx, entry("password.update", door.id, json!({}))).await?;
    tx.commit().await
}

/// An administrator makes a one-time link for somebody who cannot sign in. Returns its last part; only its hash is
/// kept, and a new link makes the one before worthless.
pub async fn reset_link_make(ctx: &Ctx, tx: &Tx, account: Uuid) -> Result<String> {
    let secret = ids::new_secret();
    let until = ctx.now + Duration::hours(LINK_HOURS);
    if store::reset_set(ctx, tx, account, &ids::secret_hash(&secret), until).await? == 0 {
        return Err(Error::not_found());
    }
    audit::record(ctx, tx, entry("account.reset", account, json!({}))).await?;
    Ok(format!("{}.{secret}", ctx.commune.simple()))
}

/// The commune and the secret of a link, cookie or token.
pub(crate) fn split_link(text: &str) -> Option<(Uuid, &str)> {
    let (commune, secret) = text.split_once('.')?;
    Some((Uuid::try_parse(commune).ok()?, secret)).filter(|(_, secret)| (20..=64).contains(&secret.len()))
}

/// The account that a link is good for.
pub(crate) async fn reset_owner(ctx: &Ctx, link: &str) -> Result<(Ctx, Account)> {
    let (commune, secret) = split_link(link).ok_or_else(|| Error::invalid("reset-link-dead"))?;
    let ctx = Ctx { commune, ..ctx.clone() };
    let found = store::reset_owner(&ctx, &ctx.app.db, &ids::secret_hash(secret)).await?;
    Ok((ctx, found.ok_or_else(|| Error::invalid("reset-link-dead"))?))
}

/// Sets the password that the holder of a link chose; every device of the account is signed out.
pub async fn reset_link_use(ctx: &Ctx, link: &str, new: &str) -> Result<Account> {
    let (ctx, account) = reset_owner(ctx, link).await?;
    let hash = hash_password(&ctx, new, &account.login).await?;
    let secret = split_link(link).map_or("", |(_, secret)| secret);
    let tx = ctx.begin().await?;
    // Again inside the transaction: of two people with the same link one is too late.
    let owner = store::reset_owner(&ctx, &tx, &ids::secret_hash(secret)).await?;
    let owner = owner.ok_or_else(|| Error::invalid("reset-link-dead"))?;
    store::password_set(&ctx, &tx, owner.id, &hash).await?;
    session::delete_all(&ctx, &tx, owner.id, None).await?;
    forget_after(&ctx, &tx, owner.id);
    audit::record(&ctx, &tx, entry("password.restore", owner.id, json!({}))).await?;
    tx.commit().await?;
    Ok(owner)
}
