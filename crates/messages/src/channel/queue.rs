//! Handing copies over, one after the other. What was not taken waits twice as long each time; after the last try it counts as
//! failed, and whoever sent it sees why.

use super::choice::{self, Quiet};
use super::model::{Bulletin, Channel, Copy, Failed, Handed, Problem, Sort, State};
use super::settings::{self, Ways};
use super::store::{self, Tried};
use super::{facebook, mail, push, zalo};
use chrono::{DateTime, Duration, Utc};
use platform::jobs::Job;
use platform::{Ctx, Result, Uuid};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

pub(super) const JOB: &str = "messages.channel";

const AT_ONCE: i64 = 200;
/// So long nobody else takes what is in hand.
const LEASE: Duration = Duration::minutes(10);

pub(super) async fn job(ctx: Ctx, job: Job) -> Result<Value> {
    let ways = Ways::load(&ctx)?;
    let mut known: HashMap<Uuid, Bulletin> = HashMap::new();
    // Once a channel gives no answer, its others would fare no better in this round.
    let mut silent: HashSet<Channel> = HashSet::new();
    let mut sent = 0;
    let waiting = store::waiting(&ctx, AT_ONCE).await?;
    let total = i64::try_from(waiting.len()).unwrap_or(0);
    let people: Vec<Uuid> = waiting.iter().map(|copy| copy.account_id).collect();
    let quiet = choice::quiet(&ctx, &ways, &people).await?;
    for (copy, done) in waiting.into_iter().zip(0..) {
        let bulletin = match known.get(&copy.bulletin_id) {
            Some(bulletin) => bulletin.clone(),
            None => store::find(&ctx, &ctx.app.db, copy.bulletin_id).await?,
        };
        known.insert(bulletin.id, bulletin.clone());
        if let Some(until) = asleep(&ctx, &bulletin, &copy, &quiet) {
            postponed(&ctx, &copy, until).await?;
            continue;
        }
        if silent.contains(&copy.channel) || !claimed(&ctx, &copy).await? {
            continue;
        }
        let outcome = hand_over(&ctx, &ways, &bulletin, &copy).await;
        if matches!(outcome, Err(Failed::Later(_))) {
            silent.insert(copy.channel);
        }
        sent += usize::from(outcome.is_ok());
        noted(&ctx, &ways, &copy, outcome).await?;
        job.progress(&ctx, done + 1, total).await?;
    }
    Ok(json!({ "sent": sent }))
}

/// The end of the reader's quiet hours, which an emergency and a post of the page do not know.
fn asleep(
    ctx: &Ctx,
    bulletin: &Bulletin,
    copy: &Copy,
    quiet: &HashMap<Uuid, Quiet>,
) -> Option<DateTime<Utc>> {
    let disturbs = bulletin.sort != Sort::Emergency && copy.channel != Channel::Facebook;
    quiet.get(&copy.account_id).filter(|_| disturbs)?.until(ctx.app.clock.now())
}

async fn postponed(ctx: &Ctx, copy: &Copy, until: DateTime<Utc>) -> Result<()> {
    let why = Problem::new("channel-problem-quiet", "");
    let tx = ctx.begin().await?;
    store::postpone(ctx, &tx, copy.id, until, why.stored()).await?;
    tx.commit().await
}

async fn claimed(ctx: &Ctx, copy: &Copy) -> Result<bool> {
    let tx = ctx.begin().await?;
    let mine = store::claim(ctx, &tx, copy, ctx.app.clock.now() + LEASE).await?;
    tx.commit().await?;
    Ok(mine)
}

pub(super) async fn hand_over(
    ctx: &Ctx,
    ways: &Ways,
    bulletin: &Bulletin,
    copy: &Copy,
) -> Result<Handed, Failed> {
    match copy.channel {
        Channel::App => Ok(Handed::default()),
        Channel::Email => mail::send(ctx, bulletin, copy.account_id).await,
        Channel::Push => push::send(ctx, ways, bulletin, copy).await,
        Channel::Zalo => zalo::send(ctx, ways, bulletin, copy.account_id).await,
        Channel::Facebook => facebook::send(ctx, ways, bulletin).await,
    }
}

/// Writes what came of it, at the copy and at the channel.
async fn noted(ctx: &Ctx, ways: &Ways, copy: &Copy, outcome: Result<Handed, Failed>) -> Result<()> {
    let now = ctx.app.clock.now();
    let last = copy.tries + 1 >= ways.tries;
    let mut problem = None;
    let mut external = None;
    let (state, next) = match outcome {
        Ok(handed) => {
            external = handed.external;
            (State::Sent, now)
        }
        Err(Failed::NoAddress) => (State::None, now),
        Err(Failed::Later(why)) => {
            problem = Some(why);
            if last { (State::Failed, now) } else { (State::Waiting, now + pause(copy.tries)) }
        }
        Err(Failed::Refused(why)) => {
            problem = Some(why);
            (State::Failed, now)
        }
        Err(Failed::Ours(error)) => return Err(error),
    };
    let words = problem.as_ref().map(Problem::stored).unwrap_or_default();
    let tx = ctx.begin().await?;
    let tried = Tried { state, problem: words, external: external.as_deref(), next };
    store::tried(ctx, &tx, copy.id, tried).await?;
    if state != State::None {
        settings::note(ctx, &tx, copy.channel, problem.as_ref()).await?;
    }
    tx.commit().await
}

/// 1, 2, 4 … minutes, at most an hour.
fn pause(tries: i64) -> Duration {
    Duration::minutes(1 << tries.clamp(0, 6)).min(Duration::hours(1))
}
