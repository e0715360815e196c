//! The speaking list: those who are here ask, the chair calls one after the other.

use super::model::{Meeting, Speech, Turn};
use super::rules::{self, recorded};
use super::store;
use platform::{Ctx, Error, Result, Tx, Uuid};
use serde_json::json;

/// Somebody who is here asks to speak, to a part of the agenda or at large.
///
/// # Errors
/// `Conflict` for who was not checked in, or waits already.
pub async fn ask(ctx: &Ctx, tx: &Tx, id: Uuid, item: Option<Uuid>) -> Result<Meeting> {
    let one = rules::opened(store::find(ctx, tx, id).await?)?;
    let me = ctx.account()?;
    let guest = store::guest(ctx, tx, id, me).await?;
    if guest.is_none_or(|guest| guest.came.is_none()) {
        return Err(Error::conflict("office-meeting-not-here"));
    }
    if let Some(item) = item {
        store::item(ctx, tx, id, item).await.map_err(|_| Error::field("muc", "error-choose"))?;
    }
    let waits =
        |speech: &Speech| speech.account_id == me && matches!(speech.state, Turn::Waiting | Turn::Speaking);
    if store::speeches(ctx, tx, id).await?.iter().any(waits) {
        return Err(Error::conflict("office-meeting-asked-already"));
    }
    store::insert_speech(ctx, tx, id, item).await?;
    recorded(ctx, tx, "meeting.speak", id, json!({ "what": "ask" })).await?;
    Ok(one)
}

/// Calls one of the list, or the next; whoever speaks has ended then.
pub async fn call(ctx: &Ctx, tx: &Tx, id: Uuid, speech: Option<Uuid>) -> Result<Meeting> {
    let one = rules::opened(rules::run(ctx, tx, id).await?)?;
    let all = store::speeches(ctx, tx, id).await?;
    let mut waiting = all.iter().filter(|one| one.state == Turn::Waiting);
    let next = match speech {
        Some(speech) => waiting.find(|one| one.id == speech),
        None => waiting.next(),
    };
    let next = next.ok_or_else(|| Error::conflict("office-meeting-nobody-waits"))?.id;
    store::write_turn(ctx, tx, id, None, Turn::Speaking, Turn::Done).await?;
    store::write_turn(ctx, tx, id, Some(next), Turn::Waiting, Turn::Speaking).await?;
    recorded(ctx, tx, "meeting.speak", id, json!({ "what": "call", "speech": next })).await?;
    Ok(one)
}

/// Whoever speaks has ended.
pub async fn end(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Meeting> {
    let one = rules::opened(rules::run(ctx, tx, id).await?)?;
    if store::write_turn(ctx, tx, id, None, Turn::Speaking, Turn::Done).await? > 0 {
        recorded(ctx, tx, "meeting.speak", id, json!({ "what": "end" })).await?;
    }
    Ok(one)
}

/// Takes a turn off the list: one's own, or any for who runs the meeting.
pub(super) async fn withdraw(ctx: &Ctx, tx: &Tx, id: Uuid, speech: Uuid) -> Result<Meeting> {
    let one = rules::opened(store::find(ctx, tx, id).await?)?;
    let all = store::speeches(ctx, tx, id).await?;
    let turn = all.iter().find(|one| one.id == speech).ok_or_else(Error::not_found)?;
    let me = ctx.account()?;
    if turn.account_id != me && !one.runs(me) {
        return Err(Error::forbidden());
    }
    if store::write_turn(ctx, tx, id, Some(speech), Turn::Waiting, Turn::Withdrawn).await? > 0 {
        recorded(ctx, tx, "meeting.speak", id, json!({ "what": "withdraw", "speech": speech })).await?;
    }
    Ok(one)
}

/// Which part of the agenda is discussed now.
pub async fn item_now(ctx: &Ctx, tx: &Tx, id: Uuid, item: Option<Uuid>) -> Result<Meeting> {
    let one = rules::opened(rules::run(ctx, tx, id).await?)?;
    let item = item.ok_or_else(|| Error::field("muc", "error-choose"))?;
    store::item(ctx, tx, id, item).await.map_err(|_| Error::field("muc", "error-choose"))?;
    store::write_item_now(ctx, tx, id, Some(item)).await?;
    recorded(ctx, tx, "meeting.agenda", id, json!({ "now": item })).await?;
    Ok(one)
}
