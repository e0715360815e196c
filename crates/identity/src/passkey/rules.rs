//! Adding a passkey, entering by it, naming and removing it.

use super::address;
use super::ceremony::Ceremony;
use super::store::{self, Known};
use crate::account::store as accounts;
use crate::account::{account_find, account_use};
use crate::live::live;
use crate::session::{self, Opened, this};
use crate::sign_in::{needs_factor, wait_message};
use audit::Entry;
use platform::{Ctx, Error, Kind, Result, Tx, Uuid, ids};
use serde_json::{Value, json};
use webauthn_rs::prelude::{
    CredentialID, Passkey, PublicKeyCredential, RegisterPublicKeyCredential, RequestChallengeResponse,
    WebauthnError,
};

const MOST: i64 = 10;
const NAME_LENGTH: usize = 60;

/// Asks the device for a new key. Whoever has a second factor must have passed it in this session: a stolen password
/// alone adds no key.
pub(crate) async fn add_begin(ctx: &Ctx, site: &str) -> Result<(String, Value)> {
    let account = account_find(ctx, ctx.account()?).await?;
    guarded(ctx, &account).await?;
    if store::count(ctx, &ctx.app.db, account.id).await? >= MOST {
        return Err(Error::invalid("passkey-too-many"));
    }
    let held: Vec<CredentialID> = store::credentials(ctx, account.id)
        .await?
        .iter()
        .filter_map(|text| serde_json::from_str::<Passkey>(text).ok())
        .map(|passkey| passkey.cred_id().clone())
        .collect();
    let judge = address::judge(ctx, site).await?;
    let (asked, state) = judge
        .start_passkey_registration(account.id, &account.login, &account.display_name, Some(held))
        .map_err(Error::internal)?;
    // The key has to be found without a typed name.
    let mut asked = serde_json::to_value(asked)?;
    let selection = &mut asked["publicKey"]["authenticatorSelection"];
    selection["residentKey"] = json!("required");
    selection["requireResidentKey"] = json!(true);
    let ceremony = Ceremony::Add(account.id, Box::new(state));
    Ok((live(&ctx.app)?.ceremonies.keep(ctx.commune, ctx.now, ceremony), asked))
}

/// May this session change how the account is opened?
async fn guarded(ctx: &Ctx, account: &crate::Account) -> Result<()> {
    if !session::proved(ctx).await? {
        return Err(Error::invalid("prove-first"));
    }
    let passed = ctx.actor.as_ref().is_some_and(|actor| actor.second_factor);
    if account.has_second_factor() && !passed {
        return Err(Error { message: "error-second-factor".into(), ..Error::new(Kind::SignIn) });
    }
    Ok(())
}

/// Keeps the new key; the session's new cookie, for it has now passed two factors.
pub(crate) async fn add_finish(
    ctx: &Ctx,
    id: &str,
    name: &str,
    answer: &RegisterPublicKeyCredential,
) -> Result<String> {
    let account = account_find(ctx, ctx.account()?).await?;
    guarded(ctx, &account).await?;
    let state = match live(&ctx.app)?.ceremonies.take(id, ctx.commune, ctx.now) {
        Some(Ceremony::Add(owner, state)) if owner == account.id => state,
        _ => return Err(Error::invalid("passkey-late")),
    };
    let passkey = address::judge(ctx, "")
        .await?
        .finish_passkey_registration(answer, &state)
        .map_err(|error| told(&error, "passkey-add-refused"))?;
    let name = named(name)?;
    let key = ctx.new_id();
    let tx = ctx.begin().await?;
    if store::taken(ctx, &tx, &hex::encode(passkey.cred_id())).await? {
        return Err(Error::invalid("passkey-known"));
    }
    store::insert(ctx, &tx, key, account.id, &name, &passkey).await?;
    let secret = ids::new_secret();
    let session = this(ctx).ok_or_else(Error::forbidden)?;
    session::store::raise(ctx, &tx, session, &ids::secret_hash(&secret), session::last_moment(ctx.now))
        .await?;
    crate::account_forget_after(ctx, &tx, account.id);
    audit::record(ctx, &tx, entry("passkey.insert", account.id, json!({ "passkey": key }))).await?;
    tx.commit().await?;
    Ok(format!("{}.{secret}", ctx.commune.simple()))
}

/// What a device said wrong is for the log; the person reads one sentence.
fn told(error: &WebauthnError, key: &'static str) -> Error {
    tracing::info!(%error, "a passkey was refused");
    Error::invalid(key)
}

fn named(name: &str) -> Result<String> {
    let name = vntext::clean(name);
    let good = !name.is_empty() && name.chars().count() <= NAME_LENGTH;
    if good { Ok(name) } else { Err(Error::field("ten", "passkey-name-wrong")) }
}

/// Asks whoever stands at the door for a key.
pub(crate) async fn enter_begin(ctx: &Ctx) -> Result<(String, RequestChallengeResponse)> {
    let judge = address::judge(ctx, "").await?;
    let (asked, state) = judge.start_discoverable_authentication().map_err(Error::internal)?;
    let ceremony = Ceremony::Enter(Box::new(state));
    Ok((live(&ctx.app)?.ceremonies.keep(ctx.commune, ctx.now, ceremony), asked))
}

/// Lets the owner of a key in: the account, and its new session. A session of the same account that this browser had
/// ends.
pub(crate) async fn enter_finish(
    ctx: &Ctx,
    id: &str,
    answer: &PublicKeyCredential,
    user_agent: &str,
) -> Result<(Uuid, Opened)> {
    let live = live(&ctx.app)?;
    if let Some(ip) = ctx.ip.filter(|ip| !ip.is_loopback()) {
        live.addresses.check(&ip, ctx.now).map_err(|wait| Error::too_many(wait_message(wait), wait))?;
    }
    let Some(Ceremony::Enter(state)) = live.ceremonies.take(id, ctx.commune, ctx.now) else {
        return Err(Error::invalid("passkey-late"));
    };
    let judge = address::judge(ctx, "").await?;
    let unknown = || Error::invalid("passkey-unknown");
    let (owner, credential_id) = judge
        .identify_discoverable_authentication(answer)
        .map_err(|error| told(&error, "passkey-unknown"))?;
    let known = store::find(ctx, &hex::encode(credential_id)).await?;
    // The key names its owner, and the row does: both have to agree.
    let known = known.filter(|known| known.account_id == owner).ok_or_else(unknown)?;
    let mut passkey: Passkey = serde_json::from_str(&known.credential)?;
    match judge.finish_discoverable_authentication_v2(answer, *state, &passkey) {
        Ok(_) if known.suspect_at.is_some() => Err(Error::invalid("passkey-suspect")),
        Ok(proof) => {
            passkey.update_credential(&proof);
            open(ctx, &known, &serde_json::to_string(&passkey)?, user_agent).await
        }
        Err(WebauthnError::CredentialPossibleCompromise) => Err(copied(ctx, &known).await?),
        Err(error) => {
            refused(ctx, &known).await?;
            Err(told(&error, "passkey-unknown"))
        }
    }
}

/// The key's counter went back: two devices may hold it. It opens nothing from now on; its owner is told at the list.
async fn copied(ctx: &Ctx, known: &Known) -> Result<Error> {
    let tx = ctx.begin().await?;
    store::suspect(ctx, &tx, known.id).await?;
    crate::account_forget_after(ctx, &tx, known.account_id);
    let detail = json!({ "passkey": known.id });
    audit::record(ctx, &tx, entry("passkey.suspect", known.account_id, detail)).await?;
    tx.commit().await?;
    Ok(Error::invalid("passkey-suspect"))
}

async fn refused(ctx: &Ctx, known: &Known) -> Result<()> {
    let tx = ctx.begin().await?;
    let detail = json!({ "passkey": known.id });
    audit::record(ctx, &tx, entry("session.refused", known.account_id, detail)).await?;
    tx.commit().await
}

async fn open(ctx: &Ctx, known: &Known, credential: &str, user_agent: &str) -> Result<(Uuid, Opened)> {
    let door = accounts::door_of(ctx, known.account_id).await?;
    if door.state != "active" {
        return Err(Error::invalid("sign-in-locked"));
    }
    let tx = ctx.begin().await?;
    let in_force =
        accounts::enter(ctx, &tx, door.id).await? && store::used(ctx, &tx, known, credential).await? == 1;
    if !in_force {
        return Err(Error::invalid("passkey-late"));
    }
    let value = session::insert(ctx, &tx, door.id, false, true, user_agent).await?;
    if ctx.account_or_none() == Some(door.id)
        && let Some(before) = this(ctx)
    {
        session::store::delete(ctx, &tx, door.id, before).await?;
        crate::account_forget_after(ctx, &tx, door.id);
    }
    account_use(ctx, &tx, door.id).await?;
    let detail = json!({ "passkey": known.id });
    audit::record(ctx, &tx, entry("session.create", door.id, detail)).await?;
    tx.commit().await?;
    let opened = Opened {
        value,
        waiting: false,
        must_change_password: door.must_change_password,
        must_set_up_factor: false,
        must_use_passkey: false,
    };
    Ok((door.id, opened))
}

/// Gives a key of one's own another name.
pub async fn passkey_rename(ctx: &Ctx, tx: &Tx, id: Uuid, name: &str) -> Result<()> {
    let account = account_find(ctx, ctx.account()?).await?;
    guarded(ctx, &account).await?;
    let name = named(name)?;
    if store::rename(ctx, tx, account.id, id, &name).await? == 0 {
        return Err(Error::not_found());
    }
    audit::record(ctx, tx, entry("passkey.update", account.id, json!({ "passkey": id }))).await
}

/// Removes a key of one's own. The last way into an account stays, and so does the last second factor while a role
/// demands one.
pub async fn passkey_delete(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let account = account_find(ctx, ctx.account()?).await?;
    guarded(ctx, &account).await?;
    if store::delete(ctx, tx, account.id, id).await? == 0 {
        return Err(Error::not_found());
    }
    if store::count(ctx, tx, account.id).await? == 0 {
        if !accounts::other_way_in(ctx, tx, account.id).await? {
            return Err(Error::invalid("passkey-last-way"));
        }
        if account.factor_secret.is_none() && needs_factor(ctx, account.id).await? {
            return Err(Error::invalid("factor-needed"));
        }
    }
    crate::account_forget_after(ctx, tx, account.id);
    audit::record(ctx, tx, entry("passkey.delete", account.id, json!({ "passkey": id }))).await
}

/// With the second factor of somebody who lost the phone go the keys that were in it.
pub(crate) async fn delete_all(ctx: &Ctx, tx: &Tx, account: Uuid) -> Result<u64> {
    store::delete_all(ctx, tx, account).await
}

fn entry(action: &'static str, account: Uuid, detail: serde_json::Value) -> Entry {
    Entry { action, kind: "account", id: account, detail }
}
