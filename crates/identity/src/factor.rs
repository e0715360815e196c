//! The second factor: set up, used, taken away.

use crate::account::store::{Door, door_of};
use crate::account::{Account, account_find, store as accounts};
use crate::session::this;
use crate::{code, passkey, seal, session};
use audit::Entry;
use platform::db::insert_many;
use platform::{Ctx, Error, Result, Tx, Uuid, ids, sql};
use serde_json::json;

/// Whoever has a second factor must have passed it before setting up another.
fn passed(ctx: &Ctx, account: Account) -> Result<Account> {
    if account.has_second_factor() && !ctx.actor.as_ref().is_some_and(|actor| actor.second_factor) {
        return Err(Error { message: "error-second-factor".into(), ..Error::new(platform::Kind::SignIn) });
    }
    Ok(account)
}

/// What the person scans or types while setting up.
#[derive(Debug, Clone)]
pub struct Pending {
    pub qr_svg: String,
    /// In groups of four.
    pub secret_text: String,
}

/// The recovery codes, shown once, and the session's new cookie value.
#[derive(Debug, Clone)]
pub struct Confirmed {
    pub recovery_codes: Vec<String>,
    pub session_value: Option<String>,
}

/// Begins: a new secret waits for its first code. The one in use stays good until then.
pub async fn factor_begin(ctx: &Ctx, tx: &Tx) -> Result<()> {
    let account = passed(ctx, account_find(ctx, ctx.account()?).await?)?.id;
    let sealed = seal::seal(&ctx.app, account, &code::new_secret())?;
    sql("UPDATE account SET factor_pending = $3 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(account)
        .bind(sealed)
        .run(tx)
        .await?;
    audit::record(ctx, tx, entry("factor.begin", account)).await
}

/// The secret that waits, as QR and text; `None` when nothing was begun. `issuer` is the commune's name.
pub async fn factor_pending(ctx: &Ctx, issuer: &str) -> Result<Option<Pending>> {
    let account = account_find(ctx, ctx.account()?).await?;
    let Some(sealed) = &account.factor_pending else { return Ok(None) };
    let secret = seal::open(&ctx.app, account.id, sealed)?;
    let qr_svg = code::qr_svg(&secret, issuer, &account.login)?;
    Ok(Some(Pending { qr_svg, secret_text: code::secret_text(&secret) }))
}

/// The first code from the phone proves that the secret arrived: the second factor is on, and this session has it.
pub async fn factor_confirm(ctx: &Ctx, tx: &Tx, typed: &str) -> Result<Confirmed> {
    let account = passed(ctx, account_find(ctx, ctx.account()?).await?)?;
    let sealed = account.factor_pending.ok_or_else(|| Error::invalid("factor-not-begun"))?;
    let secret = seal::open(&ctx.app, account.id, &sealed)?;
    let step =
        code::step_of(&secret, typed, ctx.now)?.ok_or_else(|| Error::field("ma", "factor-code-wrong"))?;
    let rows = sql("UPDATE account SET factor_secret = $3, factor_pending = NULL, factor_last_step = $4, \
                    revision = revision + 1 WHERE commune_id = $1 AND id = $2 AND factor_pending = $3")
    .bind(ctx.commune)
    .bind(account.id)
    .bind(sealed)
    .bind(step)
    .run(tx)
    .await?;
    if rows == 0 {
        return Err(Error::conflict("error-conflict"));
    }
    let recovery_codes = new_codes(ctx, tx, account.id).await?;
    let session_value = raise_this(ctx, tx).await?;
    session::delete_all(ctx, tx, account.id, this(ctx)).await?;
    crate::account_forget_after(ctx, tx, account.id);
    audit::record(ctx, tx, entry("factor.confirm", account.id)).await?;
    Ok(Confirmed { recovery_codes, session_value })
}

async fn raise_this(ctx: &Ctx, tx: &Tx) -> Result<Option<String>> {
    let Some(session) = this(ctx) else { return Ok(None) };
    let secret = ids::new_secret();
    session::store::raise(ctx, tx, session, &ids::secret_hash(&secret), session::last_moment(ctx.now))
        .await?;
    Ok(Some(format!("{}.{secret}", ctx.commune.simple())))
}

/// New recovery codes; the old ones are worth nothing any more.
pub async fn recovery_codes_make(ctx: &Ctx, tx: &Tx) -> Result<Vec<String>> {
    let account = ctx.account()?;
    if !ctx.actor.as_ref().is_some_and(|actor| actor.second_factor) {
        return Err(Error { message: "error-second-factor".into(), ..Error::new(platform::Kind::SignIn) });
    }
    let codes = new_codes(ctx, tx, account).await?;
    audit::record(ctx, tx, entry("factor.recovery_codes", account)).await?;
    Ok(codes)
}

async fn new_codes(ctx: &Ctx, tx: &Tx, account: Uuid) -> Result<Vec<String>> {
    delete_codes(ctx, tx, account).await?;
    let codes = code::recovery_codes();
    let mut rows = Vec::new();
    for one in &codes {
        rows.push(vec![ctx.commune.into(), account.into(), seal::code_hash(&ctx.app, account, one)?.into()]);
    }
    insert_many(tx, "recovery_code", &["commune_id", "account_id", "code_hash"], rows, "").await?;
    Ok(codes)
}

async fn delete_codes(ctx: &Ctx, tx: &Tx, account: Uuid) -> Result<()> {
    let all = sql("DELETE FROM recovery_code WHERE commune_id = $1 AND account_id = $2");
    all.bind(ctx.commune).bind(account).run(tx).await?;
    Ok(())
}

/// How many recovery codes are left.
pub async fn recovery_codes_count(ctx: &Ctx) -> Result<i64> {
    let left = sql("SELECT COUNT(*) FROM recovery_code WHERE commune_id = $1 AND account_id = $2");
    left.bind(ctx.commune).bind(ctx.account()?).count(&ctx.app.db).await
}

/// Takes the second factor away, for somebody who lost the phone and the paper: by an administrator, or by the person
/// in a session that has passed it. All devices are signed out. An administrator takes the passkeys away as well, for
/// they were in the phone that is lost.
pub async fn factor_delete(ctx: &Ctx, tx: &Tx, account: Uuid, passkeys_too: bool) -> Result<()> {
    let rows =
        sql("UPDATE account SET factor_secret = NULL, factor_pending = NULL, revision = revision + 1 \
                    WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(account)
        .run(tx)
        .await?;
    if rows == 0 {
        return Err(Error::not_found());
    }
    delete_codes(ctx, tx, account).await?;
    if passkeys_too {
        passkey::delete_all(ctx, tx, account).await?;
    }
    session::delete_all(ctx, tx, account, None).await?;
    crate::account_forget_after(ctx, tx, account);
    let detail = json!({ "passkeys": passkeys_too });
    audit::record(ctx, tx, Entry { action: "factor.delete", kind: "account", id: account, detail }).await
}

/// Uses up a code: `totp` or `recovery` when it was right. A code of the phone is good once: its step must be later
/// than the last one used.
pub(crate) async fn use_code(ctx: &Ctx, tx: &Tx, door: &Door, typed: &str) -> Result<Option<&'static str>> {
    let Some(sealed) = &door.factor_secret else { return Ok(None) };
    let secret = seal::open(&ctx.app, door.id, sealed)?;
    if let Some(step) = code::step_of(&secret, typed, ctx.now)? {
        let fresh = sql(
            "UPDATE account SET factor_last_step = $3 WHERE commune_id = $1 AND id = $2 AND factor_last_step < $3",
        );
        let rows = fresh.bind(ctx.commune).bind(door.id).bind(step).run(tx).await?;
        return Ok((rows == 1).then_some("totp"));
    }
    let Some(recovery) = code::recovery_typed(typed) else { return Ok(None) };
    let rows = sql("DELETE FROM recovery_code WHERE commune_id = $1 AND account_id = $2 AND code_hash = $3")
        .bind(ctx.commune)
        .bind(door.id)
        .bind(seal::code_hash(&ctx.app, door.id, &recovery)?)
        .run(tx)
        .await?;
    Ok((rows == 1).then_some("recovery"))
}

/// The code that the phone of an account would show now: for tests and for the demo, whose people have no phone. No
/// route leads here.
pub async fn code_now(ctx: &Ctx, account: Uuid) -> Result<Option<String>> {
    let door = door_of(ctx, account).await?;
    let pending = accounts::find_on(ctx, &ctx.app.db, account).await?.factor_pending;
    let Some(sealed) = door.factor_secret.or(pending) else { return Ok(None) };
    code::at(&seal::open(&ctx.app, account, &sealed)?, ctx.now).map(Some)
}

fn entry(action: &'static str, account: Uuid) -> Entry {
    Entry { action, kind: "account", id: account, detail: json!({}) }
}
