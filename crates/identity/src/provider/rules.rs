//! What the administrator does with services, and a person with the own link to one.

use super::model::RawProvider;
use super::store;
use crate::account::store as accounts;
use crate::session;
use audit::Entry;
use platform::{App, Ctx, Error, Result, Tx, Uuid};
use serde_json::json;

const KEY: &str = "sign-in-provider";

/// Adds a service. It shows at the door only after somebody has turned it on.
pub async fn provider_insert(ctx: &Ctx, tx: &Tx, raw: &RawProvider) -> Result<Uuid> {
    let new = raw.cleaned(ctx)?;
    let id = ctx.new_id();
    store::insert(ctx, tx, id, &new, sealed(ctx, id, &new.client_secret)?).await?;
    audit::record(ctx, tx, entry("provider.insert", id, json!({}))).await?;
    Ok(id)
}

/// Changes a service; an empty secret leaves the one that is kept.
pub async fn provider_update(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, raw: &RawProvider) -> Result<()> {
    let new = raw.cleaned(ctx)?;
    let sealed = sealed(ctx, id, &new.client_secret)?;
    let detail = json!({ "secret": sealed.is_some() });
    once(store::update(ctx, tx, id, revision, &new, sealed).await?)?;
    forget_after(ctx, tx, id);
    audit::record(ctx, tx, entry("provider.update", id, detail)).await
}

/// Shows a service at the door, or hides it; the links of people stay.
pub async fn provider_set_active(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, active: bool) -> Result<()> {
    once(store::set_active(ctx, tx, id, revision, active).await?)?;
    audit::record(ctx, tx, entry("provider.update", id, json!({ "active": active }))).await
}

/// Takes the person's own link to a service away, unless it is the last way into the account.
pub async fn identity_delete(ctx: &Ctx, tx: &Tx, provider: Uuid) -> Result<()> {
    let account = ctx.account()?;
    if !session::proved(ctx).await? {
        return Err(Error::invalid("prove-first"));
    }
    if store::unlink(ctx, tx, provider, account).await? == 0 {
        return Err(Error::not_found());
    }
    let keys = crate::passkey::store::count(ctx, tx, account).await?;
    if keys == 0 && !accounts::other_way_in(ctx, tx, account).await? {
        return Err(Error::invalid("passkey-last-way"));
    }
    let detail = json!({ "provider": provider });
    audit::record(ctx, tx, Entry { action: "identity.unlink", kind: "account", id: account, detail }).await
}

fn sealed(ctx: &Ctx, id: Uuid, secret: &str) -> Result<Option<String>> {
    if secret.is_empty() {
        return Ok(None);
    }
    audit::keys::seal(&ctx.app.config.data, KEY, id, secret.as_bytes()).map(Some)
}

pub(super) fn open(app: &App, id: Uuid, sealed: &str) -> Result<String> {
    let plain = audit::keys::open(&app.config.data, KEY, id, sealed)?;
    String::from_utf8(plain).map_err(Error::internal)
}

/// How the service's name of a person is kept: it may be the personal number, which could be tried one by one.
pub(super) fn subject_hash(app: &App, provider: Uuid, subject: &str) -> Result<String> {
    let key = audit::keys::load(&app.config.data, KEY)?;
    let mut hasher = blake3::Hasher::new_keyed(&key);
    hasher.update(provider.as_bytes()).update(subject.as_bytes());
    Ok(hasher.finalize().to_hex().to_string())
}

fn forget_after(ctx: &Ctx, tx: &Tx, id: Uuid) {
    let app = ctx.app.clone();
    tx.after_commit(move || {
        if let Ok(live) = crate::live::live(&app) {
            live.services.forget(id);
        }
    });
}

fn entry(action: &'static str, id: Uuid, detail: serde_json::Value) -> Entry {
    Entry { action, kind: "provider", id, detail }
}

fn once(rows: u64) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(Error::conflict("error-conflict")) }
}
