//! How long a session lasts, its cookie, and ending it.

use super::store::{self, New, SessionRow};
use crate::account::account_find;
use crate::account_forget_after;
use audit::Entry;
use chrono::{DateTime, Duration, Utc};
use platform::access::Via;
use platform::{App, Ctx, Error, Result, Tx, Uuid, ids};
use serde_json::json;

/// The name of the session cookie.
pub const COOKIE: &str = "phien";
const LONGEST_DAYS: i64 = 14;
const IDLE_HOURS: i64 = 12;
/// So long a password stays good while its code is being typed.
const WAITING_MINUTES: i64 = 10;
/// So long a proof of being there opens what guards the account.
const PROVED_MINUTES: i64 = 10;

/// A new session: the cookie's value and what the person must still do.
#[derive(Debug, Clone)]
pub struct Opened {
    /// `commune.secret`, the value of [`COOKIE`].
    pub value: String,
    /// The second factor's code is still missing.
    pub waiting: bool,
    /// A new password must be chosen first.
    pub must_change_password: bool,
    /// One of the person's roles works only after a second factor has been set up.
    pub must_set_up_factor: bool,
    /// One of the roles works only after the second factor, and this account's is a passkey.
    pub must_use_passkey: bool,
}

pub(crate) fn idle_since(now: DateTime<Utc>) -> DateTime<Utc> {
    now - Duration::hours(IDLE_HOURS)
}

pub(crate) fn last_moment(now: DateTime<Utc>) -> DateTime<Utc> {
    now + Duration::days(LONGEST_DAYS)
}

/// Opens a session and returns the value of its [`COOKIE`]: for tests and for the demo's one-click links. The real way in is [`sign_in`](crate::sign_in).
pub async fn open_session(app: &App, commune: Uuid, account: Uuid, second_factor: bool) -> Result<String> {
    let ctx = Ctx::system(app, commune, "session.create");
    account_find(&ctx, account).await?;
    let tx = ctx.begin().await?;
    let value = insert(&ctx, &tx, account, false, second_factor, "").await?;
    audit::record(&ctx, &tx, entry("session.open", account, json!({ "second_factor": second_factor })))
        .await?;
    tx.commit().await?;
    Ok(value)
}

/// Writes a session; the cookie's value.
pub(crate) async fn insert(
    ctx: &Ctx,
    tx: &Tx,
    account_id: Uuid,
    waiting: bool,
    second_factor: bool,
    user_agent: &str,
) -> Result<String> {
    let secret = ids::new_secret();
    let hash = ids::secret_hash(&secret);
    let expires_at =
        if waiting { ctx.now + Duration::minutes(WAITING_MINUTES) } else { last_moment(ctx.now) };
    let user_agent = browser(user_agent);
    let new = New {
        id: ctx.new_id(),
        account_id,
        hash: &hash,
        waiting,
        second_factor,
        expires_at,
        user_agent: &user_agent,
    };
    store::insert(ctx, tx, &new).await?;
    Ok(format!("{}.{secret}", ctx.commune.simple()))
}

/// The Set-Cookie header of a session. Scripts cannot read it; other sites' forms do not send it.
pub(crate) fn set_cookie(app: &App, value: &str) -> String {
    let secure = if app.config.secure_cookies() { "; Secure" } else { "" };
    format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{secure}", LONGEST_DAYS * 86_400)
}

pub(crate) fn clearing_cookie(app: &App) -> String {
    let secure = if app.config.secure_cookies() { "; Secure" } else { "" };
    format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}")
}

/// The devices on which the person is signed in, the last used first.
pub async fn session_list(ctx: &Ctx) -> Result<Vec<SessionRow>> {
    store::list(ctx, ctx.account()?, idle_since(ctx.now)).await
}

/// Signs out one device of the person's own.
pub async fn session_delete(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let account = ctx.account()?;
    if store::delete(ctx, tx, account, id).await? == 0 {
        return Err(Error::not_found());
    }
    account_forget_after(ctx, tx, account);
    audit::record(ctx, tx, entry("session.delete", account, json!({ "session": id }))).await
}

/// Signs out everywhere but here.
pub async fn session_delete_others(ctx: &Ctx, tx: &Tx) -> Result<()> {
    let account = ctx.account()?;
    delete_all(ctx, tx, account, this(ctx)).await?;
    account_forget_after(ctx, tx, account);
    audit::record(ctx, tx, entry("session.delete_others", account, json!({}))).await
}

/// Signs out here. Nothing happens when nobody is signed in.
pub async fn session_end(ctx: &Ctx) -> Result<()> {
    let (Some(account), Some(id)) = (ctx.account_or_none(), this(ctx)) else { return Ok(()) };
    let tx = ctx.begin().await?;
    store::delete(ctx, &tx, account, id).await?;
    account_forget_after(ctx, &tx, account);
    audit::record(ctx, &tx, entry("session.end", account, json!({}))).await?;
    tx.commit().await
}

pub(crate) async fn delete_all(ctx: &Ctx, tx: &Tx, account: Uuid, except: Option<Uuid>) -> Result<u64> {
    store::delete_all(ctx, tx, account, except).await
}

/// Has the person behind this session just proved to be there, by signing in or on the page that asks again?
pub(crate) async fn proved(ctx: &Ctx) -> Result<bool> {
    let Some(id) = this(ctx) else { return Ok(false) };
    let at = store::proved_at(ctx, id).await?;
    Ok(at.is_some_and(|at| ctx.now >= at && ctx.now - at < Duration::minutes(PROVED_MINUTES)))
}

/// The session of this request.
pub(crate) fn this(ctx: &Ctx) -> Option<Uuid> {
    match ctx.actor.as_ref().map(|actor| &actor.via) {
        Some(Via::Session(id)) => Some(*id),
        _ => None,
    }
}

fn entry(action: &'static str, account: Uuid, detail: serde_json::Value) -> Entry {
    Entry { action, kind: "account", id: account, detail }
}

/// Browser and system in two words, so the list of devices can be read and no fingerprint is kept.
pub fn browser(user_agent: &str) -> String {
    let browsers = [
        ("Zalo", "Zalo"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("coc_coc", "Cốc Cốc"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
        ("curl", "curl"),
    ];
    let systems = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let name = |list: &[(&str, &'static str)]| {
        list.iter().find(|(mark, _)| user_agent.contains(mark)).map_or("", |(_, name)| *name)
    };
    [name(&browsers), name(&systems)]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_in_two_words() {
        let phone =
            "Mozilla/5.0 (Linux; Android 13; SM-A045F) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36";
        assert_eq!(browser(phone), "Chrome · Android");
        assert_eq!(browser("<script>"), "");
    }
}
