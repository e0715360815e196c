//! Words that are read from pictures, in the background: seconds a page.

use super::rules::{Kept, words_read};
use super::store;
use crate::reading;
use platform::files;
use platform::jobs::{Job, Work, enqueue};
use platform::{Ctx, Result, Tx};
use serde_json::{Value, json};

pub(super) const JOB: &str = "office.read";
/// Files of one run.
const BATCH: i64 = 20;

/// Has the files that wait read after the commit.
pub(crate) async fn later(ctx: &Ctx, tx: &Tx) -> Result<()> {
    enqueue(ctx, tx, Work::new(JOB, json!({}))).await?;
    Ok(())
}

pub(super) async fn job(ctx: Ctx, job: Job) -> Result<Value> {
    let waiting = store::unread(&ctx, BATCH).await?;
    let total = i64::try_from(waiting.len()).unwrap_or(BATCH);
    for (done, one) in waiting.iter().enumerate() {
        let file = files::find(&ctx, &ctx.app.db, one.file_id).await?;
        let bytes = files::read(&ctx, &file).await?;
        let words = reading::recognise(&file.media_type, &bytes).await?;
        let tx = ctx.begin().await?;
        let kept = words_read(&ctx, &tx, one.document_id, one.id, &words).await?;
        if total == BATCH && done + 1 == waiting.len() {
            later(&ctx, &tx).await?;
        }
        tx.commit().await?;
        if let Kept::No(digests) = kept {
            files::forget(&ctx, &digests).await?;
        }
        job.progress(&ctx, i64::try_from(done + 1).unwrap_or(total), total).await?;
    }
    Ok(json!({ "read": total }))
}
