//! Who listens, and writing down what they are told.

use super::model::{Hook, Notice, choices};
use super::{deliver, store};
use crate::dossier::{Dossier, Happened};
use audit::Entry;
use platform::call;
use platform::jobs::{self, Work};
use platform::{Ctx, Error, Result, Tx, Uuid};
use serde_json::json;

/// Programs that may listen at once.
const MOST: usize = 20;

/// What an administrator says of a program.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    pub name: String,
    pub address: String,
    pub events: Vec<String>,
}

/// Lets a program listen from now on.
///
/// # Errors
/// At the field.
pub(super) async fn insert(ctx: &Ctx, tx: &Tx, said: &Said) -> Result<Hook> {
    let name = vntext::clean(&said.name);
    if name.is_empty() || name.chars().count() > 80 {
        return Err(Error::field("ten", "onestop-hook-name-wrong"));
    }
    let address = call::address(ctx, "dia-chi", &said.address)?;
    let events: Vec<Happened> =
        choices().filter(|what| said.events.iter().any(|e| e == what.code())).collect();
    if events.is_empty() {
        return Err(Error::field("su-kien", "onestop-hook-events-none"));
    }
    if store::list(ctx, tx).await?.len() >= MOST {
        return Err(Error::invalid("onestop-hook-too-many"));
    }
    let hook = Hook {
        id: ctx.new_id(),
        name,
        address: address.to_string(),
        events,
        turn: 1,
        account_id: ctx.account_or_none(),
        made_at: ctx.now,
        ended_at: None,
    };
    store::insert(ctx, tx, &hook).await?;
    let detail = json!({ "host": address.host(), "events": hook.events });
    audit::record(ctx, tx, Entry { action: "hook.insert", kind: "hook", id: hook.id, detail }).await?;
    Ok(hook)
}

/// A new secret; the old one signs nothing more.
pub(super) async fn renew(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Hook> {
    let mut hook = store::find(ctx, tx, id).await?;
    hook.turn += 1;
    written(ctx, tx, &hook, "hook.renew").await?;
    Ok(hook)
}

/// It listens no more; what waits is not sent.
pub(super) async fn end(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let mut hook = store::find(ctx, tx, id).await?;
    hook.ended_at = Some(ctx.now);
    written(ctx, tx, &hook, "hook.end").await
}

async fn written(ctx: &Ctx, tx: &Tx, hook: &Hook, action: &'static str) -> Result<()> {
    if !store::update(ctx, tx, hook).await? {
        return Err(Error::conflict("onestop-moved-on"));
    }
    let entry = Entry { action, kind: "hook", id: hook.id, detail: json!({ "turn": hook.turn }) };
    audit::record(ctx, tx, entry).await
}

/// Something happened to a dossier: whoever asked for it is told after the commit.
pub(crate) async fn told(ctx: &Ctx, tx: &Tx, dossier: &Dossier, what: Happened) -> Result<()> {
    if !what.public() {
        return Ok(());
    }
    for hook in store::list(ctx, tx).await?.into_iter().filter(|hook| hook.events.contains(&what)) {
        let notice = Notice {
            id: ctx.new_id(),
            hook_id: hook.id,
            dossier_id: dossier.id,
            code: dossier.code.clone(),
            event: what,
            status: dossier.status,
            due_at: dossier.due_at,
            at: ctx.now,
            delivered_at: None,
        };
        store::insert_notice(ctx, tx, &notice).await?;
        let work = Work::new(deliver::JOB, json!({ "notice": notice.id })).once(notice.id.to_string());
        jobs::enqueue(ctx, tx, work).await?;
    }
    Ok(())
}
