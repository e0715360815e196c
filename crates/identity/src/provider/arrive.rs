//! Somebody comes back from a service: into the account that is linked, to be linked, or to make a new one.

use super::depart::Purpose;
use super::model::Provider;
use super::talk::{self, Vouched};
use super::{NumberVouched, store};
use crate::account::store as accounts;
use crate::account::{account_insert, account_use};
use crate::live::live;
use crate::session::{self, Opened};
use crate::sign_in::{needs_factor, wait_message};
use crate::{NewAccount, passkey, provider_find};
use audit::Entry;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, ids};
use serde_json::json;

/// What the service sent along.
pub(crate) struct Back<'a> {
    pub state: &'a str,
    pub code: &'a str,
    /// Instead of a code: why there is none.
    pub error: &'a str,
    /// Who says it (RFC 9207).
    pub issuer: &'a str,
}

/// Where somebody who came back stands now.
pub(crate) enum Arrived {
    /// Signed in.
    In(Uuid, Box<Opened>, String),
    /// The service is linked to the account.
    Linked,
}

pub(crate) async fn arrive(
    ctx: &Ctx,
    id: Uuid,
    back: &Back<'_>,
    browser: &str,
    user_agent: &str,
) -> Result<Arrived> {
    if let Some(ip) = ctx.ip.filter(|ip| !ip.is_loopback()) {
        let addresses = &live(&ctx.app)?.addresses;
        addresses.check(&ip, ctx.now).map_err(|wait| Error::too_many(wait_message(wait), wait))?;
    }
    let provider = provider_find(ctx, id).await?;
    let named = |key| Error::invalid(Message::new(key).with("name", provider.name(ctx.lang).to_owned()));
    let departures = &live(&ctx.app)?.departures;
    let Some(departure) = departures.take(back.state, ctx.commune, id, browser, ctx.now) else {
        return Err(named("provider-late"));
    };
    if !back.issuer.is_empty() && back.issuer != provider.issuer {
        return Err(named("provider-token-wrong"));
    }
    if !provider.active {
        return Err(Error::not_found());
    }
    if back.code.is_empty() {
        let cancelled = back.error == "access_denied";
        return Err(named(if cancelled { "provider-cancelled" } else { "provider-refused" }));
    }
    let vouched = talk::exchange(ctx, &provider, &departure, back.code).await?;
    match departure.purpose {
        Purpose::Link(account) => link(ctx, &provider, &vouched, account).await,
        Purpose::Enter => enter(ctx, &provider, &vouched, user_agent, departure.next).await,
    }
}

/// Only in the session that asked for it.
async fn link(ctx: &Ctx, provider: &Provider, vouched: &Vouched, account: Uuid) -> Result<Arrived> {
    if ctx.account_or_none() != Some(account) {
        return Err(Error::invalid("provider-other-session"));
    }
    let tx = ctx.begin().await?;
    let before = store::owner(ctx, &tx, provider.id, &vouched.subject_hash).await?;
    if before.is_some_and(|owner| owner != account) {
        let name = provider.name(ctx.lang).to_owned();
        return Err(Error::invalid(Message::new("provider-linked-elsewhere").with("name", name)));
    }
    tie(ctx, &tx, provider, vouched, account).await?;
    tx.commit().await?;
    Ok(Arrived::Linked)
}

async fn tie(ctx: &Ctx, tx: &Tx, provider: &Provider, vouched: &Vouched, account: Uuid) -> Result<()> {
    store::link(ctx, tx, provider.id, &vouched.subject_hash, account).await?;
    tell(ctx, tx, provider, vouched, account).await?;
    let detail = json!({ "provider": provider.id });
    audit::record(ctx, tx, entry("identity.link", account, detail)).await
}

/// The registry hears of a number that the service vouches for.
async fn tell(ctx: &Ctx, tx: &Tx, provider: &Provider, vouched: &Vouched, account: Uuid) -> Result<()> {
    let Some(number) = &vouched.number else { return Ok(()) };
    for heard in ctx.app.offers::<NumberVouched>() {
        (heard.0)(ctx, tx, account, number, provider.links_people).await?;
    }
    Ok(())
}

async fn enter(
    ctx: &Ctx,
    provider: &Provider,
    vouched: &Vouched,
    user_agent: &str,
    next: String,
) -> Result<Arrived> {
    let tx = ctx.begin().await?;
    let account = match store::owner(ctx, &tx, provider.id, &vouched.subject_hash).await? {
        Some(account) => account,
        None => first_time(ctx, &tx, provider, vouched).await?,
    };
    if !accounts::enter(ctx, &tx, account).await? {
        return Err(Error::invalid("sign-in-locked"));
    }
    store::used(ctx, &tx, provider.id, &vouched.subject_hash).await?;
    let found = accounts::find_on(ctx, &tx, account).await?;
    let codes = found.has_codes();
    let value = session::insert(ctx, &tx, account, codes, false, user_agent).await?;
    if !codes {
        account_use(ctx, &tx, account).await?;
    }
    let detail = json!({ "provider": provider.id, "waiting": codes });
    audit::record(ctx, &tx, entry("session.create", account, detail)).await?;
    tx.commit().await?;
    let lacks = !codes && needs_factor(ctx, account).await?;
    let has_passkey = lacks && passkey::store::count(ctx, &ctx.app.db, account).await? > 0;
    let opened = Opened {
        value,
        waiting: codes,
        must_change_password: found.must_change_password,
        must_set_up_factor: lacks && !has_passkey,
        must_use_passkey: has_passkey,
    };
    Ok(Arrived::In(account, Box::new(opened), next))
}

/// Nobody here is known by this service's person: a new account, where the administrator allows it. Who has an account
/// already signs in to it and links the service there.
async fn first_time(ctx: &Ctx, tx: &Tx, provider: &Provider, vouched: &Vouched) -> Result<Uuid> {
    if !provider.makes_accounts {
        let name = provider.name(ctx.lang).to_owned();
        return Err(Error::invalid(Message::new("provider-unknown").with("name", name)));
    }
    let login: String = ids::new_secret().chars().filter(char::is_ascii_alphanumeric).take(10).collect();
    let name = if vouched.name.is_empty() { ctx.t().t("role-resident") } else { vouched.name.clone() };
    let new = NewAccount {
        login: format!("dan-{}", login.to_ascii_lowercase()),
        display_name: name.chars().take(120).collect(),
        ..NewAccount::default()
    };
    let account = account_insert(ctx, tx, new, None).await?.id;
    tie(ctx, tx, provider, vouched, account).await?;
    Ok(account)
}

fn entry(action: &'static str, account: Uuid, detail: serde_json::Value) -> Entry {
    Entry { action, kind: "account", id: account, detail }
}
