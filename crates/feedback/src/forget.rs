//! Forgetting: how long it is kept who sent, follows, or wrote on Facebook and Zalo; what a person gets of the own reports.

use crate::{follow, store};
use audit::Entry;
use chrono::Duration;
use messages::channel::voice;
use platform::jobs::{Every, Job, Worker};
use platform::{Ctx, Result, files};
use registry::personal::AlsoHeld;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

const JOB: &str = "feedback.forget";
/// Reports and talks of one run; the rest wait for the next.
const BATCH: i64 = 500;

/// `data/personal-fields-feedback`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    pub contact_days: i64,
    pub closed_days: i64,
    pub talk_days: i64,
    pub asked_days: i64,
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
    #[allow(dead_code, reason = "the declaration: said to whoever reads the file")]
    field: Vec<Value>,
}

impl Terms {
    pub fn load(ctx: &Ctx) -> Result<Arc<Terms>> {
        Ok(ctx.app.law.in_force("personal-fields-feedback", ctx.today())?.content)
    }
}

pub fn worker() -> Worker {
    Worker::new(JOB, job)
}

pub fn every() -> Every {
    Every { kind: JOB, period: std::time::Duration::from_secs(24 * 3_600) }
}

async fn job(ctx: Ctx, _: Job) -> Result<Value> {
    let terms = Terms::load(&ctx)?;
    let mut contacts = 0;
    for (closed, days) in [(false, terms.contact_days), (true, terms.closed_days)] {
        contacts += forget_contacts(&ctx, &terms, closed, ctx.now - Duration::days(days)).await?;
    }
    let talks = forget_talks(&ctx, ctx.now - Duration::days(terms.talk_days)).await?;
    Ok(json!({ "contacts": contacts, "talks": talks }))
}

async fn forget_contacts(
    ctx: &Ctx,
    terms: &Terms,
    closed: bool,
    before: chrono::DateTime<chrono::Utc>,
) -> Result<usize> {
    let these = store::kept_too_long(ctx, closed, before, BATCH).await?;
    let tx = ctx.begin().await?;
    for id in &these {
        store::write_contact_gone(ctx, &tx, *id).await?;
    }
    follow::forget(ctx, &tx, ctx.now - Duration::days(terms.asked_days), &these).await?;
    if !these.is_empty() {
        let detail = json!({ "reports": these.len(), "closed": closed });
        let entry = Entry { action: "feedback.forget", kind: "feedback", id: ctx.commune, detail };
        audit::record(ctx, &tx, entry).await?;
    }
    tx.commit().await?;
    Ok(these.len())
}

async fn forget_talks(ctx: &Ctx, before: chrono::DateTime<chrono::Utc>) -> Result<usize> {
    let talks = voice::quiet_since(ctx, before, BATCH).await?;
    for talk in &talks {
        let tx = ctx.begin().await?;
        let digests = voice::erase(ctx, &tx, talk.id).await?;
        tx.commit().await?;
        files::forget(ctx, &digests).await?;
    }
    Ok(talks.len())
}

/// A person's reports, in the copy of what is held of them: those that the linked account sent.
pub fn also_held() -> AlsoHeld {
    AlsoHeld { name: "reports", read: |ctx, person| Box::pin(async move { held(ctx, person).await }) }
}

async fn held(ctx: &Ctx, person: platform::Uuid) -> Result<Value> {
    let Some(link) = registry::link::of_person(ctx, person).await? else { return Ok(json!([])) };
    let mut all = Vec::new();
    for one in store::of_account(ctx, link.account_id, 1_000).await? {
        let events = store::events(ctx, &ctx.app.db, one.id).await?;
        let told = events.iter().filter(|event| event.public);
        all.push(json!({
            "code": one.code,
            "kind": one.kind,
            "text": one.body,
            "place": one.place_words,
            "lat": one.lat,
            "lon": one.lon,
            "name": one.contact_name,
            "phone": one.contact_phone,
            "state": one.state,
            "sent_at": one.sent_at,
            "ended_at": one.ended_at,
            "rating": one.rating,
            "story": told.map(|event| json!({ "what": event.what, "words": event.words, "at": event.at })).collect::<Vec<_>>(),
        }));
    }
    Ok(Value::Array(all))
}
