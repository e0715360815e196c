//! Sending to many: the inbox of each at once, the other channels by the queue.

use super::model::{Bulletin, Channel, Sort, State};
use super::{choice, queue, settings, store};
use crate::inbox::{self, Letter};
use audit::Entry;
use platform::jobs::{self, Work};
use platform::{Ctx, Error, Message, Result, Tx, Uuid, events, said};
use serde_json::{Value, json};

const TITLE_MAX: usize = 200;
const BODY_MAX: usize = 4_000;
/// People whom one message reaches at most.
const MOST: usize = 20_000;

/// A message to many.
#[derive(Debug, Clone, Default)]
pub struct Announcing {
    pub sort: Sort,
    pub title: String,
    pub body: String,
    /// The path of what it is about, if there is something.
    pub link: String,
    pub to: Vec<Uuid>,
    /// Beside the inbox. What is not set up is refused.
    pub channels: Vec<Channel>,
}

/// Sends a message to many. Everybody has it in the inbox when the transaction stands; the other channels follow.
///
/// # Errors
/// At the field what is missing or wrong.
pub async fn announce(ctx: &Ctx, tx: &Tx, sent: Announcing) -> Result<Bulletin> {
    let title = said::needed("tieu-de", &sent.title, "channel-title-empty", TITLE_MAX)?;
    let body = said::needed("noi-dung", &sent.body, "channel-body-empty", BODY_MAX)?;
    let (mut to, mut channels) = (sent.to, sent.channels);
    to.sort_unstable();
    to.dedup();
    channels.sort_unstable();
    channels.dedup();
    channels.retain(|channel| *channel != Channel::App);
    let ready = settings::ready(ctx).await?;
    if channels.iter().any(|channel| !ready.contains(channel)) {
        return Err(Error::field("kenh", "channel-not-ready"));
    }
    if to.is_empty() && !channels.contains(&Channel::Facebook) {
        return Err(Error::field("nhom", "channel-to-empty"));
    }
    if to.len() > MOST {
        return Err(Error::field("nhom", Message::new("channel-to-many").with("total", MOST)));
    }
    let one = Bulletin {
        id: ctx.new_id(),
        sort: sent.sort,
        title,
        body,
        link: sent.link,
        sent_by: ctx.account_or_none(),
        sent_at: ctx.now,
        people: i64::try_from(to.len()).unwrap_or(i64::MAX),
    };
    store::insert(ctx, tx, &one).await?;
    let unwanted = choice::unwanted(ctx, tx, &to, one.sort).await?;
    let mut copies = Vec::new();
    let mut letters = Vec::new();
    for account in &to {
        copies.push((*account, Channel::App, State::Delivered));
        let text = Message::new("channel-letter").with("name", one.title.as_str());
        letters.push(Letter { to: *account, text, link: one.read_path() });
        for channel in channels.iter().filter(|channel| **channel != Channel::Facebook) {
            let wants = !unwanted.contains(&(*account, *channel));
            copies.push((*account, *channel, if wants { State::Waiting } else { State::Unwanted }));
        }
    }
    if channels.contains(&Channel::Facebook) {
        copies.push((Uuid::nil(), Channel::Facebook, State::Waiting));
    }
    store::insert_copies(ctx, tx, one.id, &copies).await?;
    inbox::put_many(ctx, tx, letters).await?;
    if !channels.is_empty() {
        jobs::enqueue(ctx, tx, Work::new(queue::JOB, Value::Null).once(one.id.to_string())).await?;
    }
    let codes: Vec<&str> = channels.iter().map(|channel| channel.code()).collect();
    let detail = json!({ "people": one.people, "channels": codes });
    audit::record(ctx, tx, Entry { action: "bulletin.send", kind: "bulletin", id: one.id, detail }).await?;
    Ok(one)
}

/// The reader opened a message that was sent to them: true the first time.
///
/// # Errors
/// Not found, also when it was sent to others.
pub async fn read(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<bool> {
    let copy = store::own(ctx, tx, id, ctx.account()?).await?.ok_or_else(Error::not_found)?;
    if copy.read_at.is_some() {
        return Ok(false);
    }
    let first = store::write_read(ctx, tx, copy.id).await?;
    if first {
        told_read(ctx, tx, &[(id, copy.account_id)]).await?;
    }
    Ok(first)
}

/// Tells the areas above whose message was read by whom.
pub(super) async fn told_read(ctx: &Ctx, tx: &Tx, read: &[(Uuid, Uuid)]) -> Result<()> {
    for (bulletin, account) in read {
        let payload = json!({ "bulletin": bulletin, "account": account });
        events::publish(ctx, tx, "messages.bulletin.read", payload).await?;
    }
    Ok(())
}

/// What failed, and who could not be reached, is tried again; how many copies.
pub(super) async fn again(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<u64> {
    let one = store::find(ctx, tx, id).await?;
    let count = store::again(ctx, tx, one.id).await?;
    if count > 0 {
        let key = format!("{} {}", one.id, ctx.now.timestamp_micros());
        jobs::enqueue(ctx, tx, Work::new(queue::JOB, Value::Null).once(key)).await?;
        let detail = json!({ "count": count });
        audit::record(ctx, tx, Entry { action: "bulletin.again", kind: "bulletin", id, detail }).await?;
    }
    Ok(count)
}
