//! Who is told what, and the line of the story that says it.

use crate::model::{Happened, Report};
use crate::store::{self, Line};
use crate::{follow, voice};
use audit::Entry;
use messages::Letter;
use platform::{Ctx, Message, Result, Tx, Uuid};
use serde_json::json;

/// The same request without whoever makes it: a sender's name stands neither in the story nor in the record of what was
/// done, which others read.
pub fn nameless(ctx: &Ctx) -> Ctx {
    Ctx { actor: None, ..ctx.clone() }
}

/// Writes what happened, and the record of it; the last thing a rule does.
pub async fn happened(ctx: &Ctx, tx: &Tx, one: &Report, line: Line<'_>) -> Result<Uuid> {
    let ctx = if line.what.by_sender() { &nameless(ctx) } else { ctx };
    let event = store::insert_event(ctx, tx, one.id, &line).await?;
    voice::told(ctx, tx, one, &line).await?;
    follow::told(ctx, tx, one, &line, event).await?;
    let detail = json!({ "what": line.what.code(), "state": one.state.code() });
    audit::record(ctx, tx, Entry { action: "feedback.change", kind: "feedback", id: one.id, detail }).await?;
    Ok(event)
}

/// A line that everybody reads.
pub fn public<'a>(what: Happened, words: &'a str) -> Line<'a> {
    Line { what, words, body_name: "", public: true }
}

/// A line for the office alone.
pub fn inner<'a>(what: Happened, words: &'a str) -> Line<'a> {
    Line { what, words, body_name: "", public: false }
}

fn message(key: &'static str, one: &Report) -> Message {
    Message::new(key).with("code", one.code.as_str())
}

/// An officer is told; what a closed report is about stands nowhere in the letter.
pub async fn officer(ctx: &Ctx, tx: &Tx, one: &Report, to: Uuid, key: &'static str) -> Result<()> {
    if ctx.account_or_none() == Some(to) {
        return Ok(());
    }
    messages::send(ctx, tx, Letter { to, text: message(key, one), link: one.work_path() }).await?;
    Ok(())
}

/// The sender is told.
pub async fn sender(ctx: &Ctx, tx: &Tx, one: &Report, key: &'static str) -> Result<()> {
    if let Some(to) = one.account_id {
        messages::send(ctx, tx, Letter { to, text: message(key, one), link: one.path() }).await?;
    }
    Ok(())
}

/// The sender and everybody who sees the same.
pub async fn all(ctx: &Ctx, tx: &Tx, one: &Report, key: &'static str) -> Result<()> {
    sender(ctx, tx, one, key).await?;
    if !one.shown {
        return Ok(());
    }
    for to in store::followers(ctx, tx, one.id).await? {
        if Some(to) != one.account_id {
            messages::send(ctx, tx, Letter { to, text: message(key, one), link: one.path() }).await?;
        }
    }
    Ok(())
}
