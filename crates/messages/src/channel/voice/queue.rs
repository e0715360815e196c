//! Answers on their way out, and pictures on their way in. What was not taken waits twice as long each time; after the last
//! try it stands there as failed, with the reason.

use super::model::{How, Line, LineState, Talk};
use super::{pictures, store};
use crate::channel::Channel;
use crate::channel::model::{Failed, Handed, Problem};
use crate::channel::settings::{self, Ways};
use crate::channel::{facebook, zalo};
use audit::Entry;
use chrono::Duration;
use platform::jobs::{self, Job, Work};
use platform::{Ctx, Error, Result, Tx, Uuid};
use serde_json::{Value, json};
use std::collections::HashSet;

pub(in crate::channel) const JOB: &str = "messages.voice";

const AT_ONCE: i64 = 100;
/// So long nobody else takes what is in hand.
const LEASE: Duration = Duration::minutes(10);

pub(in crate::channel) async fn job(ctx: Ctx, _: Job) -> Result<Value> {
    let ways = Ways::load(&ctx)?;
    let fetched = pictures::round(&ctx, &ways).await?;
    // Once a firm gives no answer, the others would fare no better in this round.
    let mut silent: HashSet<Channel> = HashSet::new();
    let mut sent = 0;
    for line in store::waiting(&ctx, AT_ONCE).await? {
        if silent.contains(&line.channel) || !claimed(&ctx, &line).await? {
            continue;
        }
        let talk = store::find(&ctx, &ctx.app.db, &[line.talk_id]).await?;
        let talk = talk.into_iter().next().ok_or_else(Error::not_found)?;
        let outcome = hand_over(&ctx, &ways, &talk, &line).await;
        if matches!(outcome, Err(Failed::Later(_))) {
            silent.insert(line.channel);
        }
        sent += usize::from(outcome.is_ok());
        noted(&ctx, &ways, &line, outcome).await?;
    }
    Ok(json!({ "sent": sent, "fetched": fetched }))
}

async fn claimed(ctx: &Ctx, line: &Line) -> Result<bool> {
    let tx = ctx.begin().await?;
    let mine = store::claim(ctx, &tx, line, ctx.app.clock.now() + LEASE).await?;
    tx.commit().await?;
    Ok(mine)
}

async fn hand_over(ctx: &Ctx, ways: &Ways, talk: &Talk, line: &Line) -> Result<Handed, Failed> {
    if talk.erased_at.is_some() {
        return Err(Failed::NoAddress);
    }
    match (talk.channel, line.how.unwrap_or_else(|| talk.usual())) {
        (Channel::Zalo, _) => zalo::text(ctx, ways, &talk.person, &line.body).await,
        (_, How::Comment) => facebook::comment(ctx, ways, &line.about, &line.body).await,
        (_, How::Private) => {
            facebook::message(ctx, ways, &json!({ "comment_id": line.about }), &line.body).await
        }
        (_, How::Message) => facebook::message(ctx, ways, &json!({ "id": talk.person }), &line.body).await,
    }
}

async fn noted(ctx: &Ctx, ways: &Ways, line: &Line, outcome: Result<Handed, Failed>) -> Result<()> {
    let now = ctx.app.clock.now();
    let last = line.tries + 1 >= ways.tries;
    let mut external = None;
    let (state, problem, next) = match outcome {
        Ok(handed) => {
            external = handed.external;
            (LineState::Sent, None, now)
        }
        Err(Failed::NoAddress) => (LineState::Failed, Some(Problem::new("channel-problem-refused", "")), now),
        Err(Failed::Later(why)) if !last => (LineState::Waiting, Some(why), now + pause(line.tries)),
        Err(Failed::Later(why) | Failed::Refused(why)) => (LineState::Failed, Some(why), now),
        Err(Failed::Ours(error)) => return Err(error),
    };
    let words = problem.as_ref().map(Problem::stored).unwrap_or_default();
    let tx = ctx.begin().await?;
    store::write_tried(ctx, &tx, line.id, state, words, external.as_deref(), next).await?;
    settings::note(ctx, &tx, line.channel, problem.as_ref()).await?;
    tx.commit().await
}

/// 1, 2, 4 … minutes, at most an hour.
pub(super) fn pause(tries: i64) -> Duration {
    Duration::minutes(1 << tries.clamp(0, 6)).min(Duration::hours(1))
}

/// An officer sends again what failed.
///
/// # Errors
/// `Conflict` when it had not failed.
pub async fn again(ctx: &Ctx, tx: &Tx, line: Uuid) -> Result<()> {
    if !store::write_again(ctx, tx, line).await? {
        return Err(Error::conflict("voice-not-failed"));
    }
    let key = format!("{line} {}", ctx.now.timestamp_micros());
    jobs::enqueue(ctx, tx, Work::new(JOB, Value::Null).once(key)).await?;
    audit::record(ctx, tx, Entry { action: "voice.again", kind: "voice", id: line, detail: json!({}) }).await
}
