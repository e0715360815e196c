//! Emptying the outbox: for each peer in order, one after the other, until its line is cut.

use super::model::{Item, Office, Out, Peer, Sent, What};
use super::transport::{self, Reached};
use super::{package, store};
use crate::outgoing;
use chrono::Duration;
use edxml::Attachment;
use platform::jobs::{self, Job, Work};
use platform::{Ctx, Error, Kind, Result, Tx, files};
use serde_json::{Value, json};

pub(super) const JOB: &str = "office.exchange-send";
/// Things that are looked at in one round.
const AT_ONCE: i64 = 200;
/// So long nobody else takes what is in hand.
const LEASE: Duration = Duration::minutes(10);

pub(super) async fn job(ctx: Ctx, _: Job) -> Result<Value> {
    let Some(office) = store::office(&ctx, &ctx.app.db).await? else { return Ok(Value::Null) };
    let mut sent = 0;
    for peer in store::peers(&ctx, &ctx.app.db).await? {
        let office = office.on(&peer);
        // Nothing to a peer goes before what came earlier; others do not wait for it.
        for row in store::out_of_peer(&ctx, &ctx.app.db, peer.id, AT_ONCE).await? {
            let due = row.next_at <= ctx.app.clock.now();
            if !due || !claimed(&ctx, &row).await? {
                break;
            }
            let row = tried(&ctx, &office, &peer, row).await?;
            if row.state == Sent::Waiting {
                break;
            }
            sent += i64::from(row.state == Sent::Gone);
        }
    }
    Ok(json!({ "sent": sent }))
}

/// Sends it, and notes what came of it.
async fn tried(ctx: &Ctx, office: &Office, peer: &Peer, mut row: Out) -> Result<Out> {
    let reached = match tell(ctx, office, peer, &row).await {
        // One of its files is gone: a person looks at it, the others go on.
        Err(error) if error.kind == Kind::NotFound => Reached::Refused("404".to_owned()),
        reached => reached?,
    };
    let now = ctx.app.clock.now();
    match reached {
        Reached::Taken => {
            (row.state, row.sent_at) = (Sent::Gone, Some(now));
            row.problem.clear();
        }
        Reached::Refused(why) => (row.state, row.problem) = (Sent::Refused, why),
        Reached::Later(why) => (row.problem, row.next_at) = (why, now + pause(row.tries)),
    }
    let tx = ctx.begin().await?;
    store::out_update(ctx, &tx, &row).await?;
    gone(ctx, &tx, &row).await?;
    if row.state == Sent::Waiting {
        let work = Work::new(JOB, Value::Null).once(format!("{}-{}", row.id, row.tries + 1));
        jobs::enqueue(ctx, &tx, work.after(row.next_at - ctx.now)).await?;
    }
    tx.commit().await?;
    Ok(row)
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

async fn tell(ctx: &Ctx, office: &Office, peer: &Peer, row: &Out) -> Result<Reached> {
    let package = package::package(office, row, attachments(ctx, row).await?)?;
    let written = tokio::task::spawn_blocking(move || edxml::written(&package));
    match written.await.map_err(Error::internal)? {
        Ok(bytes) => transport::deliver(ctx, office, peer, row.id, bytes).await,
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
