//! The words of files that were put into a work file: searched like those of documents, so that a scan is found by what it says.

use super::model::{Happened, Item};
use super::rules::happened;
use super::store;
use crate::incoming::TextState;
use crate::reading::{self, Words};
use crate::secrecy;
use messages::Letter;
use platform::files;
use platform::jobs::{Job, Work, Worker, enqueue};
use platform::search::text::{self, Text};
use platform::{Ctx, Message, Result, Tx, Uuid};
use serde_json::{Value, json};

const JOB: &str = "office.read-item";
pub(super) const SEARCHED: &str = "workfile-item";

pub(crate) fn worker() -> Worker {
    Worker::new(JOB, job)
}

/// Keeps the words of a file; those of a picture are read after the commit.
pub(super) async fn kept(ctx: &Ctx, tx: &Tx, item: Uuid, words: &Words) -> Result<()> {
    if words.state == TextState::Waiting {
        enqueue(ctx, tx, Work::new(JOB, json!({ "item": item }))).await?;
    }
    found_by(ctx, tx, item, &words.text).await
}

async fn found_by(ctx: &Ctx, tx: &Tx, item: Uuid, words: &str) -> Result<()> {
    if words.trim().is_empty() {
        return text::remove(ctx, tx, item).await;
    }
    text::put(ctx, tx, &Text { id: item, kind: SEARCHED, text: words, places: &[] }).await
}

async fn job(ctx: Ctx, job: Job) -> Result<Value> {
    let id: Uuid = serde_json::from_value(job.payload["item"].clone())?;
    // Somebody may have taken it out in the meantime.
    let Some(item) = store::item(&ctx, &ctx.app.db, id).await? else { return Ok(json!({ "read": 0 })) };
    let file = files::find(&ctx, &ctx.app.db, item.object_id).await?;
    let bytes = files::read(&ctx, &file).await?;
    let words = reading::recognise(&file.media_type, &bytes).await?;
    let tx = ctx.begin().await?;
    if secrecy::refuse_marked(&ctx, "tep", "", &words.text).is_err() {
        let digests = taken_out(&ctx, &tx, &item).await?;
        tx.commit().await?;
        files::forget(&ctx, &digests).await?;
        return Ok(json!({ "read": 0 }));
    }
    found_by(&ctx, &tx, id, &words.text).await?;
    tx.commit().await?;
    Ok(json!({ "read": 1 }))
}

/// A stamp of secrecy came to light: nothing of the file stays, not even its name, and its keeper is told.
async fn taken_out(ctx: &Ctx, tx: &Tx, item: &Item) -> Result<Vec<String>> {
    let one = store::of_any_reader(ctx, tx, item.file_id).await?;
    store::delete_item(ctx, tx, one.id, item.id).await?;
    store::forget_words(ctx, tx, one.id, Happened::Added, &item.title).await?;
    text::remove(ctx, tx, item.id).await?;
    let digests = files::delete_of(ctx, tx, SEARCHED, &[item.id]).await?;
    happened(ctx, tx, &one, Happened::Secret, "").await?;
    let text = Message::new("office-told-workfile-secret").with("code", one.code.as_str());
    messages::send(ctx, tx, Letter { to: one.keeper_id, text, link: one.path() }).await?;
    Ok(digests)
}
