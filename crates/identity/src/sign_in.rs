//! The door: name and password, then the second factor where the account has one.

use crate::account::store as accounts;
use crate::account::store::Door;
use crate::hasher;
use crate::live::{Live, live};
use crate::session::{self, Opened};
use crate::{account, factor, grant, passkey};
use audit::Entry;
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use serde_json::json;

/// Signs in with name and password.
///
/// # Errors
/// `Invalid` with one sentence for every wrong pair, known or not; `TooMany` while the account or the address has to
/// wait; `Busy` when too many people stand at the door.
pub async fn sign_in(ctx: &Ctx, login: &str, password: &str, user_agent: &str) -> Result<Opened> {
    let live = live(&ctx.app)?;
    if let Some(ip) = ctx.ip.filter(|ip| !ip.is_loopback()) {
        live.addresses.check(&ip, ctx.now).map_err(|wait| Error::too_many(wait_message(wait), wait))?;
    }
    let folded = account::login_folded(login);
    let door = accounts::door(ctx, &folded).await?;
    let tries = door.as_ref().map_or_else(|| live.unknown_tries(ctx.commune, &folded), Door::tries);
    if let Some(seconds) = tries.wait(ctx.now) {
        return Err(Error::too_many(wait_message(seconds), seconds));
    }
    let stored = door.as_ref().and_then(|door| door.password_hash.as_deref());
    let right = live.hasher.verify(password, stored).await?;
    match door {
        Some(door) if right => open(ctx, live, &door, password, user_agent).await,
        Some(door) => wrong(ctx, &door).await,
        None => {
            live.unknown_wrong(ctx.commune, &folded, ctx.now);
            Err(Error::invalid("sign-in-wrong"))
        }
    }
}

pub(crate) fn wait_message(seconds: u32) -> Message {
    Message::new("sign-in-wait").with("minutes", seconds.div_ceil(60))
}

async fn wrong(ctx: &Ctx, door: &Door) -> Result<Opened> {
    let tx = ctx.begin().await?;
    let tries = accounts::wrong_try(ctx, &tx, door.id).await?;
    audit::record(ctx, &tx, entry("session.refused", door.id, json!({ "tries": tries }))).await?;
    tx.commit().await?;
    Err(Error::invalid("sign-in-wrong"))
}

async fn open(ctx: &Ctx, live: &Live, door: &Door, password: &str, user_agent: &str) -> Result<Opened> {
    if door.state != "active" {
        // Said only to who knows the password.
        return Err(Error::invalid("sign-in-locked"));
    }
    let outdated = door.password_hash.as_deref().is_some_and(hasher::outdated);
    let newer = if outdated { Some(live.hasher.hash(password).await?) } else { None };
    let waiting = door.factor_secret.is_some();
    let tx = ctx.begin().await?;
    // With a second factor the count goes back only after its code: else a known password would allow endless codes.
    if !accounts::right_try(ctx, &tx, door, !waiting).await? {
        return Err(Error::invalid("sign-in-wrong"));
    }
    if let Some(hash) = newer {
        accounts::rehash(ctx, &tx, door.id, &hash).await?;
    }
    let value = session::insert(ctx, &tx, door.id, waiting, false, user_agent).await?;
    if !waiting {
        account::account_use(ctx, &tx, door.id).await?;
    }
    audit::record(ctx, &tx, entry("session.create", door.id, json!({ "waiting": waiting }))).await?;
    tx.commit().await?;
    finish(ctx, door, value, waiting).await
}

async fn finish(ctx: &Ctx, door: &Door, value: String, waiting: bool) -> Result<Opened> {
    let lacks = !waiting && door.factor_secret.is_none() && needs_factor(ctx, door.id).await?;
    let has_passkey = lacks && passkey::store::count(ctx, &ctx.app.db, door.id).await? > 0;
    Ok(Opened {
        value,
        waiting,
        must_change_password: door.must_change_password,
        must_set_up_factor: lacks && !has_passkey,
        must_use_passkey: has_passkey,
    })
}

/// Does one of the account's roles work only after the second factor? In the demo none does, so that people can look
/// round; everything else is the same there.
pub(crate) async fn needs_factor(ctx: &Ctx, account: Uuid) -> Result<bool> {
    if ctx.app.config.demo {
        return Ok(false);
    }
    let demanded = live(&ctx.app)?.factor_roles(&ctx.app, ctx.today())?;
    let grants = grant::in_force(ctx.commune, &ctx.app.db, account, ctx.today()).await?;
    Ok(grants.iter().any(|grant| demanded.contains(&grant.role)))
}

/// The second step: the code of the phone, or a recovery code. `cookie` is the value of the session cookie; the
/// session goes on under a new secret.
pub async fn sign_in_code(ctx: &Ctx, cookie: &str, code: &str) -> Result<Opened> {
    let gone = || Error::invalid("sign-in-code-late");
    let (commune, secret) = account::split_link(cookie).ok_or_else(gone)?;
    let ctx = &Ctx { commune, ..ctx.clone() };
    let hash = platform::ids::secret_hash(secret);
    let found =
        session::store::find(&ctx.app.db, commune, &hash, ctx.now, session::idle_since(ctx.now)).await?;
    let entry_found = found.ok_or_else(gone)?;
    let door = accounts::door_of(ctx, entry_found.account_id).await?;
    if let Some(seconds) = door.tries().wait(ctx.now) {
        return Err(Error::too_many(wait_message(seconds), seconds));
    }
    let tx = ctx.begin().await?;
    let Some(how) = factor::use_code(ctx, &tx, &door, code).await? else {
        let tries = accounts::wrong_try(ctx, &tx, door.id).await?;
        audit::record(ctx, &tx, entry("session.refused", door.id, json!({ "tries": tries, "code": true })))
            .await?;
        tx.commit().await?;
        return Err(Error::field("ma", "sign-in-code-wrong"));
    };
    let value = raise(ctx, &tx, &door, entry_found.id).await?;
    account::account_use(ctx, &tx, door.id).await?;
    audit::record(ctx, &tx, entry("session.confirm", door.id, json!({ "by": how }))).await?;
    tx.commit().await?;
    Ok(Opened {
        value,
        waiting: false,
        must_change_password: door.must_change_password,
        must_set_up_factor: false,
        must_use_passkey: false,
    })
}

async fn raise(ctx: &Ctx, tx: &Tx, door: &Door, session: Uuid) -> Result<String> {
    if !accounts::right_try(ctx, tx, door, true).await? {
        return Err(Error::invalid("sign-in-code-late"));
    }
    let secret = platform::ids::new_secret();
    let hash = platform::ids::secret_hash(&secret);
    if session::store::raise(ctx, tx, session, &hash, session::last_moment(ctx.now)).await? == 0 {
        return Err(Error::invalid("sign-in-code-late"));
    }
    crate::account_forget_after(ctx, tx, door.id);
    Ok(format!("{}.{secret}", ctx.commune.simple()))
}

fn entry(action: &'static str, account: Uuid, detail: serde_json::Value) -> Entry {
    Entry { action, kind: "account", id: account, detail }
}

/// How somebody who is signed in proves again to be there.
pub(crate) enum Proof<'a> {
    Password(&'a str),
    /// Of the phone, or a recovery code.
    Code(&'a str),
}

/// Takes the proof; wrong ones are counted as at the door.
pub(crate) async fn prove(ctx: &Ctx, proof: Proof<'_>) -> Result<()> {
    let door = accounts::door_of(ctx, ctx.account()?).await?;
    if let Some(seconds) = door.tries().wait(ctx.now) {
        return Err(Error::too_many(wait_message(seconds), seconds));
    }
    let password = match &proof {
        Proof::Password(text) => live(&ctx.app)?.hasher.verify(text, door.password_hash.as_deref()).await?,
        Proof::Code(_) => false,
    };
    let session = session::this(ctx).ok_or_else(Error::forbidden)?;
    let tx = ctx.begin().await?;
    let (right, at, key) = match proof {
        Proof::Password(_) => (password, "mat-khau", "password-old-wrong"),
        Proof::Code(code) => {
            (factor::use_code(ctx, &tx, &door, code).await?.is_some(), "ma", "sign-in-code-wrong")
        }
    };
    if !right {
        let tries = accounts::wrong_try(ctx, &tx, door.id).await?;
        audit::record(ctx, &tx, entry("session.refused", door.id, json!({ "tries": tries }))).await?;
        tx.commit().await?;
        return Err(Error::field(at, key));
    }
    session::store::prove(ctx, &tx, session).await?;
    audit::record(ctx, &tx, entry("session.prove", door.id, json!({}))).await?;
    tx.commit().await
}

/// Whether this person is to give the second factor once more before something that cannot be called back: who has one on the phone, and has not
/// just given it. Which roles must have one is the law's file; programs (tokens) have none.
pub async fn proof_wanted(ctx: &Ctx) -> Result<bool> {
    if session::this(ctx).is_none() || session::proved(ctx).await? {
        return Ok(false);
    }
    Ok(accounts::door_of(ctx, ctx.account()?).await?.factor_secret.is_some())
}

/// Takes it, where it is wanted.
///
/// # Errors
/// At the field `ma`; too many wrong ones wait, as at the door.
pub async fn prove_again(ctx: &Ctx, code: &str) -> Result<()> {
    if proof_wanted(ctx).await? { prove(ctx, Proof::Code(code)).await } else { Ok(()) }
}
