//! What administrators do with accounts.

use super::model::{Account, AccountChange, NewAccount, State, login_check, login_folded};
use super::store;
use crate::hasher::Hashed;
use crate::live::live;
use crate::{grant, password, session};
use audit::Entry;
use platform::{Ctx, Error, Result, Tx, Uuid, events};
use serde_json::json;

/// Checks a password against the rules and hashes it. Slow on purpose: never inside a transaction.
pub async fn hash_password(ctx: &Ctx, password: &str, login: &str) -> Result<Hashed> {
    password::check(password, login)?;
    live(&ctx.app)?.hasher.hash(password).await
}

/// Makes an account. Without a password it waits for the one-time link of
/// [`reset_link_make`](super::reset_link_make).
pub async fn account_insert(ctx: &Ctx, tx: &Tx, new: NewAccount, hash: Option<&Hashed>) -> Result<Account> {
    let login = new.login.trim().to_owned();
    let change = AccountChange { display_name: new.display_name, email: new.email, phone: new.phone };
    let mut wrong = login_check(&login).err().map_or_else(Vec::new, |field| vec![field]);
    let cleaned = change.cleaned();
    if let Err(error) = &cleaned {
        wrong.extend(error.fields.clone());
    }
    if !wrong.is_empty() {
        return Err(Error::fields(wrong));
    }
    let AccountChange { display_name, email, phone } = cleaned?;
    if store::login_taken(ctx, tx, &login_folded(&login)).await? {
        return Err(Error::field("ten-dang-nhap", "account-login-taken"));
    }
    let id = ctx.new_id();
    let new =
        NewAccount { login, display_name, email, phone, must_change_password: new.must_change_password };
    store::insert(ctx, tx, id, &new, hash).await?;
    events::publish(ctx, tx, "identity.account.created", json!({ "account": id })).await?;
    audit::record(ctx, tx, entry("account.insert", id, json!({}))).await?;
    store::find_on(ctx, tx, id).await
}

/// Changes name and ways to reach the person.
pub async fn account_update(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    change: &AccountChange,
) -> Result<()> {
    let change = change.cleaned()?;
    let old = store::find_on(ctx, tx, id).await?;
    once(store::update(ctx, tx, id, revision, &change).await?)?;
    let fields: Vec<&str> = [
        ("display_name", old.display_name != change.display_name),
        ("email", old.email != change.email),
        ("phone", old.phone != change.phone),
    ]
    .into_iter()
    .filter_map(|(name, changed)| changed.then_some(name))
    .collect();
    forget_after(ctx, tx, id);
    audit::record(ctx, tx, entry("account.update", id, json!({ "fields": fields }))).await
}

/// Nobody signs in with it any more, and who is signed in is out at once.
///
/// # Errors
/// Locking oneself or the last administrator is refused: somebody must be able to open the door again.
pub async fn account_lock(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<()> {
    if ctx.account_or_none() == Some(id) {
        return Err(Error::invalid("account-lock-self"));
    }
    grant::keep_an_admin(ctx, tx, id, None).await?;
    once(store::state_set(ctx, tx, id, revision, State::Locked).await?)?;
    session::delete_all(ctx, tx, id, None).await?;
    forget_after(ctx, tx, id);
    events::publish(ctx, tx, "identity.account.locked", json!({ "account": id })).await?;
    audit::record(ctx, tx, entry("account.lock", id, json!({}))).await
}

/// Opens a locked account again; also ends the wait after wrong tries.
pub async fn account_unlock(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<()> {
    once(store::state_set(ctx, tx, id, revision, State::Active).await?)?;
    forget_after(ctx, tx, id);
    audit::record(ctx, tx, entry("account.unlock", id, json!({}))).await
}

pub(crate) fn entry(action: &'static str, id: Uuid, detail: serde_json::Value) -> Entry {
    Entry { action, kind: "account", id, detail }
}

/// Once the transaction stands, the account's next request is judged anew.
pub(crate) fn forget_after(ctx: &Ctx, tx: &Tx, account: Uuid) {
    let app = ctx.app.clone();
    tx.after_commit(move || {
        if let Ok(live) = live(&app) {
            live.forget_account(account);
        }
    });
}

fn once(rows: u64) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(Error::conflict("error-conflict")) }
}
