//! Giving links out, binding a phone, ending it. Each is one transaction of the caller.

use super::super::model::{Part, Task};
use super::super::policy::Policy;
use super::super::{rules as tasks, store as task_store};
use super::model::{Phone, Share, Standing};
use super::store::{self, NewLink};
use audit::{Entry, keys};
use chrono::Duration;
use messages::Letter;
use platform::http::cookie;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, ids};
use serde_json::json;

/// The key file that locks links until they are used.
const KEY: &str = "task-link";
/// The cookie of a bound phone. It goes to `/g` only.
pub(super) const COOKIE: &str = "dien-thoai";
/// What a bound phone may do: the person's own directives, and the documents that came with them.
const ACTIONS: &[&str] = &["task.mine", "incoming.show"];
/// Letters and digits that are not mistaken for each other.
const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
const CODE_LENGTH: usize = 12;
/// A use is written down at most so often; what is done is always written down.
const USE_MINUTES: i64 = 10;

/// Makes the address for the group, and a personal link for every recipient who has none that serves.
pub async fn share(ctx: &Ctx, tx: &Tx, task: Uuid) -> Result<Share> {
    let task = tasks::given(ctx, tx, task).await?;
    if !task.open() {
        return Err(Error::conflict("office-task-over"));
    }
    store::insert_share(ctx, tx, task.id, &code()).await?;
    let share = store::share_of(ctx, tx, task.id).await?.ok_or_else(Error::not_found)?;
    let parts = task_store::parts(ctx, tx, &[task.id]).await?;
    let accounts: Vec<Uuid> = parts.iter().map(|part| part.account_id).collect();
    let known = store::of_accounts(ctx, tx, &accounts).await?;
    let mut made = 0;
    for account in accounts {
        // A link that waits for its first phone opens what was shared last.
        store::write_led(ctx, tx, account, task.id).await?;
        let serves = known.iter().any(|phone| phone.account_id == account && phone.serves(ctx.now));
        if !serves && actor(ctx, account, ctx.new_id()).await?.is_some() {
            issue(ctx, tx, task.id, account).await?;
            made += 1;
        }
    }
    let detail = json!({ "links": made, "code": task.code });
    audit::record(ctx, tx, Entry { action: "tasklink.share", kind: "task", id: task.id, detail }).await?;
    Ok(share)
}

fn code() -> String {
    let bytes = ids::secret_hash(&ids::new_secret());
    let number = |n: usize| usize::from_str_radix(&bytes[n * 4..n * 4 + 4], 16).unwrap_or(0);
    (0..CODE_LENGTH).map(|n| char::from(LETTERS[number(n) % LETTERS.len()])).collect()
}

/// A new personal link; what the account had before ends.
async fn issue(ctx: &Ctx, tx: &Tx, task: Uuid, account: Uuid) -> Result<()> {
    store::write_all_ended(ctx, tx, account).await?;
    let secret = ids::new_secret();
    let hash = ids::secret_hash(&secret);
    let sealed = keys::seal(&ctx.app.config.data, KEY, account, secret.as_bytes())?;
    let until = ctx.now + Duration::days(Policy::load(ctx)?.link_days.into());
    store::insert(ctx, tx, NewLink { account, task, hash: &hash, sealed: &sealed, until }).await?;
    Ok(())
}

/// The address of a link that was not used yet, for whoever gives it out.
pub(super) fn path_of(ctx: &Ctx, phone: &Phone) -> Result<String> {
    let secret = keys::open(&ctx.app.config.data, KEY, phone.account_id, &phone.link_sealed)?;
    Ok(format!("/g/rieng/{}", String::from_utf8(secret).map_err(Error::internal)?))
}

/// A new personal link for one recipient: a phone that was bound before is bound no longer.
pub(super) async fn renew(ctx: &Ctx, tx: &Tx, task: Uuid, account: Uuid) -> Result<Task> {
    let (task, part) = recipient(ctx, tx, task, account).await?;
    if actor(ctx, part.account_id, ctx.new_id()).await?.is_none() {
        return Err(Error::conflict("office-link-not-this-role"));
    }
    issue(ctx, tx, task.id, part.account_id).await?;
    let detail = json!({ "account": part.account_id });
    audit::record(ctx, tx, Entry { action: "tasklink.issue", kind: "task", id: task.id, detail }).await?;
    Ok(task)
}

/// Whoever gave the directive ends the link or phone of one recipient.
pub(super) async fn end_of(ctx: &Ctx, tx: &Tx, task: Uuid, account: Uuid) -> Result<Task> {
    let (task, part) = recipient(ctx, tx, task, account).await?;
    store::write_all_ended(ctx, tx, part.account_id).await?;
    let detail = json!({ "account": part.account_id });
    audit::record(ctx, tx, Entry { action: "tasklink.end", kind: "task", id: task.id, detail }).await?;
    Ok(task)
}

async fn recipient(ctx: &Ctx, tx: &Tx, task: Uuid, account: Uuid) -> Result<(Task, Part)> {
    let task = tasks::given(ctx, tx, task).await?;
    let parts = task_store::parts(ctx, tx, &[task.id]).await?;
    let part = parts.into_iter().find(|part| part.account_id == account).ok_or_else(Error::not_found)?;
    Ok((task, part))
}

/// The person ends a phone of theirs, the administrator anybody's.
pub(super) async fn end(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let phone = store::find(ctx, tx, id).await?;
    if phone.account_id != ctx.account()? && !ctx.may("tasklink.keep") {
        return Err(Error::not_found());
    }
    if store::write_ended(ctx, tx, id).await? {
        let detail = json!({ "account": phone.account_id });
        audit::record(ctx, tx, Entry { action: "tasklink.end", kind: "phone", id, detail }).await?;
    }
    Ok(())
}

/// An account was locked: its phones are bound no longer, also when it is opened again.
pub(crate) async fn closed(ctx: &Ctx, account: Uuid) -> Result<()> {
    let tx = ctx.begin().await?;
    if store::write_all_ended(ctx, &tx, account).await? > 0 {
        let detail = json!({ "account": account, "why": "locked" });
        audit::record(ctx, &tx, Entry { action: "tasklink.end", kind: "account", id: account, detail })
            .await?;
    }
    tx.commit().await
}

/// What a phone gets that used a link first: the value of its cookie, and the directive to which it is led.
#[derive(Debug)]
pub struct Bound {
    pub cookie: String,
    pub task: Uuid,
}

/// Binds the phone that presses first. The same press sent twice, with the key of the same form, is the same phone: the answer
/// may have been lost on the way.
///
/// # Errors
/// Not found when there is no such link; `Conflict` with the reason when it opens nothing any more.
pub async fn bind(ctx: &Ctx, tx: &Tx, secret: &str, key: Uuid, device: &str) -> Result<Bound> {
    let phone = store::by_link(ctx, tx, &ids::secret_hash(secret)).await?.ok_or_else(Error::not_found)?;
    let value = ids::secret_hash(&format!("{secret} {key}"));
    let hash = ids::secret_hash(&value);
    let bound = Bound { cookie: value, task: phone.task_id };
    if phone.standing(ctx.now) == Standing::Bound && phone.phone_hash.as_ref() == Some(&hash) {
        return Ok(bound);
    }
    lonely(phone.standing(ctx.now))?;
    let acting = acting(ctx, &phone).await?.ok_or_else(|| Error::conflict("office-link-closed"))?;
    let until = ctx.now + Duration::days(Policy::load(ctx)?.phone_days.into());
    if !store::write_bound(ctx, tx, phone.id, &hash, device, until).await? {
        return Err(Error::conflict("office-link-spent"));
    }
    let unknown = ctx.t().t("office-link-device-unknown");
    let text = Message::new("office-link-told-bound")
        .with("name", if device.is_empty() { unknown.as_str() } else { device });
    let link = "/lam-viec/nhiem-vu/dien-thoai".to_owned();
    messages::send(ctx, tx, Letter { to: phone.account_id, text, link }).await?;
    let detail = json!({ "account": phone.account_id });
    let entry = Entry { action: "tasklink.bind", kind: "phone", id: phone.id, detail };
    audit::record(&acting, tx, entry).await?;
    Ok(bound)
}

/// Uses the link of an account that waits, as the phone of that person would: for the demo.
pub async fn first_use(ctx: &Ctx, tx: &Tx, account: Uuid, device: &str) -> Result<Option<Uuid>> {
    let all = store::of_accounts(ctx, tx, &[account]).await?;
    let Some(phone) = all.iter().rfind(|phone| phone.standing(ctx.now) == Standing::Waits) else {
        return Ok(None);
    };
    let secret = path_of(ctx, phone)?;
    let secret = secret.rsplit('/').next().unwrap_or_default();
    bind(ctx, tx, secret, ctx.new_id(), device).await?;
    Ok(Some(phone.id))
}

/// Why a link opens nothing, if it does not.
pub(super) fn lonely(standing: Standing) -> Result<()> {
    Err(Error::conflict(match standing {
        Standing::Waits => return Ok(()),
        Standing::Bound | Standing::Over => "office-link-spent",
        Standing::Expired => "office-link-expired",
        Standing::Ended => "office-link-ended",
    }))
}

/// The request as the person whose phone it is, with nothing but their own directives open; nobody when the account is closed
/// or has no role that does tasks.
async fn acting(ctx: &Ctx, phone: &Phone) -> Result<Option<Ctx>> {
    actor(ctx, phone.account_id, phone.id).await
}

async fn actor(ctx: &Ctx, account: Uuid, link: Uuid) -> Result<Option<Ctx>> {
    let Some(actor) = identity::actor_by_link(ctx, account, link, ACTIONS).await? else { return Ok(None) };
    let mut acting = Ctx { actor: Some(actor), action: "task.mine", ..ctx.clone() };
    acting.scope = acting.scope_of("task.mine");
    Ok((!acting.scope.is_empty()).then_some(acting))
}

/// The phone of this request with its person; `None` for a phone that is not bound, or no longer.
pub(super) async fn here(ctx: &Ctx) -> Result<Option<(Ctx, Phone)>> {
    let Some(value) = cookie(&ctx.headers, COOKIE) else { return Ok(None) };
    let Some(phone) = store::by_phone(ctx, &ids::secret_hash(&value)).await? else { return Ok(None) };
    if phone.standing(ctx.now) != Standing::Bound {
        return Ok(None);
    }
    Ok(acting(ctx, &phone).await?.map(|acting| (acting, phone)))
}

/// A page of a directive was opened on a bound phone: seen, and written down as a use.
pub(super) async fn opened(acting: &Ctx, phone: &Phone, part: &Part) -> Result<()> {
    let fresh = phone.used_at.is_some_and(|at| acting.now - at < Duration::minutes(USE_MINUTES));
    if fresh && part.seen_at.is_some() {
        return Ok(());
    }
    let tx = acting.begin().await?;
    tasks::see(acting, &tx, part.task_id).await?;
    store::write_used(acting, &tx, phone.id).await?;
    let detail = json!({ "phone": phone.id });
    let entry = Entry { action: "tasklink.use", kind: "task", id: part.task_id, detail };
    audit::record(acting, &tx, entry).await?;
    tx.commit().await
}

/// Somebody whose phone is not bound says which recipient they are, and asks for a personal link. Whoever gave the directive
/// decides.
pub(super) async fn ask(ctx: &Ctx, tx: &Tx, task: &Task, accounts: &[Uuid], role: &str) -> Result<()> {
    let mut asked = false;
    for account in accounts {
        asked |= store::write_asked(ctx, tx, task.id, *account).await?;
    }
    if asked {
        let text = Message::new("office-link-told-asked").with("name", role).with("code", task.code.as_str());
        let link = format!("{}/chia-se", task.path());
        messages::send(ctx, tx, Letter { to: task.assigned_by, text, link }).await?;
        let detail = json!({ "accounts": accounts });
        audit::record(ctx, tx, Entry { action: "tasklink.ask", kind: "task", id: task.id, detail }).await?;
    }
    Ok(())
}
