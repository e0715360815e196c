//! Emptying the outbox: for each peer in order, one after the other, until its line is cut.

use super::model::{Item, Office, Out, Sent, What};
use super::transport::{self, Reached};
use super::{package, store};
use crate::outgoing;
use chrono::Duration;
use edxml::Attachment;
use platform::jobs::{self, Job, Work};
use platform::{Ctx, Error, Result, Tx, Uuid, files};
use serde_json::{Value, json};
use std::collections::HashSet;

pub(super) const JOB: &str = "office.exchange-send";
/// Things that are looked at in one round.
const AT_ONCE: i64 = 200;
/// So long nobody else takes what is in hand.
const LEASE: Duration = Duration::minutes(10);

pub(super) async fn job(ctx: Ctx, _: Job) -> Result<Value> {
    let Some(office) = store::office(&ctx, &ctx.app.db).await? else { return Ok(Value::Null) };
    let mut sent = 0;
    // Nothing to a peer goes before what came earlier.
    let mut waits: HashSet<Option<Uuid>> = HashSet::new();
    for mut row in store::out_list(&ctx, &ctx.app.db, Sent::Waiting, AT_ONCE).await? {
        let now = ctx.app.clock.now();
        if waits.contains(&row.peer_id) || row.next_at > now || !claimed(&ctx, &row).await? {
            waits.insert(row.peer_id);
            continue;
        }
        let reached = tell(&ctx, &office, &row).await?;
        let now = ctx.app.clock.now();
        match reached {
            Reached::Taken => {
                (row.state, row.sent_at) = (Sent::Sent, Some(now));
                row.problem.clear();
                sent += 1;
            }
            Reached::Refused(why) => (row.state, row.problem) = (Sent::Refused, why),
            Reached::Later(why) => {
                (row.problem, row.next_at) = (why, now + pause(row.tries));
                waits.insert(row.peer_id);
            }
        }
        let tx = ctx.begin().await?;
        store::out_update(&ctx, &tx, &row).await?;
        gone(&ctx, &tx, &row).await?;
        if row.state == Sent::Waiting {
            let work = Work::new(JOB, Value::Null).once(format!("{}-{}", row.id, row.tries + 1));
            jobs::enqueue(&ctx, &tx, work.after(row.next_at - ctx.now)).await?;
        }
        tx.commit().await?;
    }
    Ok(json!({ "sent": sent }))
}

/// The document's own page says so too.
async fn gone(ctx: &Ctx, tx: &Tx, row: &Out) -> Result<()> {
    let whole = matches!(row.what, What::New | What::Replacement) && row.state != Sent::Waiting;
    match row.document_id.filter(|_| whole) {
        Some(document) => {
            let problem = (row.state == Sent::Refused).then_some(row.problem.as_str());
            outgoing::gone(ctx, tx, document, row.serial, problem).await
        }
        None => Ok(()),
    }
}

async fn claimed(ctx: &Ctx, row: &Out) -> Result<bool> {
    let tx = ctx.begin().await?;
    let mine = store::out_claim(ctx, &tx, row, ctx.app.clock.now() + LEASE).await?;
    tx.commit().await?;
    Ok(mine)
}

/// 1, 2, 4 … minutes, at most an hour: for as long as the line is cut.
fn pause(tries: i64) -> Duration {
    Duration::minutes(1 << tries.clamp(0, 6)).min(Duration::hours(1))
}

async fn tell(ctx: &Ctx, office: &Office, row: &Out) -> Result<Reached> {
    let Some(peer) = row.peer_id else { return Ok(Reached::Refused(String::new())) };
    let peer = store::peer(ctx, &ctx.app.db, peer).await?;
    if peer.ended_at.is_some() {
        return Ok(Reached::Refused(ctx.t().t("office-exchange-no-peer")));
    }
    let package = package::package(office, row, attachments(ctx, row).await?)?;
    let written = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        edxml::write(&package, &mut bytes).map(|()| bytes)
    });
    match written.await.map_err(Error::internal)? {
        Ok(bytes) => transport::deliver(ctx, office, &peer, row.id, bytes).await,
        // Something is missing that every package has: whoever looks at it reads what.
        Err(problem) => Ok(Reached::Refused(problem.to_string())),
    }
}

async fn attachments(ctx: &Ctx, row: &Out) -> Result<Vec<Attachment>> {
    let Item::Document(document) = &row.item else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for id in &document.files {
        let file = files::find(ctx, &ctx.app.db, *id).await?;
        all.push(Attachment {
            id: id.to_string(),
            name: file.name.clone(),
            description: String::new(),
            content_type: file.media_type.clone(),
            wrapped: false,
            body: files::read(ctx, &file).await?,
        });
    }
    Ok(all)
}
