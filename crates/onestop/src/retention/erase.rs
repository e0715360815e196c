//! Destroying: the rows in one transaction, the bytes of files afterwards.

use super::store;
use crate::dossier::{self, Happened, noted};
use platform::jobs::{self, Job, Work, Worker};
use platform::{Ctx, Result, Tx, Uuid, files, search};
use serde_json::{Value, json};

const JOB: &str = "onestop.forget";

pub(crate) fn worker() -> Worker {
    Worker::new(JOB, forget)
}

/// Destroys what these dossiers hold of people. The bytes of their files go in the background, once nobody else has them.
pub(super) async fn erase(ctx: &Ctx, tx: &Tx, ids: &[Uuid], decision: &str) -> Result<()> {
    let digests = files::delete_of(ctx, tx, "dossier", ids).await?;
    store::empty(ctx, tx, ids).await?;
    crate::result::empty(ctx, tx, ids).await?;
    search::remove(ctx, tx, ids).await?;
    if !digests.is_empty() {
        jobs::enqueue(ctx, tx, Work::new(JOB, json!({ "digests": digests }))).await?;
    }
    for one in dossier::by_ids(ctx, tx, ids).await? {
        noted(ctx, tx, &one, Happened::Disposed, decision, None).await?;
    }
    Ok(())
}

async fn forget(ctx: Ctx, job: Job) -> Result<Value> {
    let digests: Vec<String> = serde_json::from_value(job.payload["digests"].clone())?;
    let gone = files::forget(&ctx, &digests).await?;
    Ok(json!({ "gone": gone }))
}
