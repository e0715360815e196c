//! What the program does by itself, each hour: what nobody answered for goes out, holders are reminded, leaders are told what
//! is late, and after two weeks the sender is asked whether it was mended.

use crate::kinds::{self, Kinds};
use crate::model::{Happened, Report, last_day};
use crate::send;
use crate::store;
use crate::tell::{self, happened, inner, public};
use chrono::Duration;
use platform::access::Place;
use platform::clock::end_of_day;
use platform::jobs::{Every, Job, Worker};
use platform::{Ctx, Result};
use serde_json::{Value, json};

const JOB: &str = "feedback.watch";
/// Reports of one run of each kind; the rest wait an hour.
const BATCH: i64 = 500;

pub fn worker() -> Worker {
    Worker::new(JOB, job)
}

pub fn every() -> Every {
    Every { kind: JOB, period: std::time::Duration::from_secs(3_600) }
}

async fn job(ctx: Ctx, _: Job) -> Result<Value> {
    let kinds = Kinds::load(&ctx)?;
    let released = release(&ctx, &kinds).await?;
    // Nobody is woken on a day off.
    let calendar = kinds::calendar(&ctx)?;
    let reminded = if calendar.is_working_day(ctx.today()) { remind(&ctx, &kinds).await? } else { 0 };
    let asked = ask(&ctx, &kinds).await?;
    Ok(json!({ "released": released, "reminded": reminded, "asked": asked }))
}

/// Nothing sticks: what its sender was asked about and did not answer goes out as it is.
async fn release(ctx: &Ctx, kinds: &Kinds) -> Result<usize> {
    let before = ctx.now - Duration::minutes(kinds.hold_minutes);
    let held = store::held(ctx, before, BATCH).await?;
    for mut one in held.iter().cloned() {
        let tx = ctx.begin().await?;
        send::release_unasked(ctx, &tx, &mut one).await?;
        tx.commit().await?;
    }
    Ok(held.len())
}

async fn remind(ctx: &Ctx, kinds: &Kinds) -> Result<usize> {
    let calendar = kinds::calendar(ctx)?;
    let today = ctx.today();
    let furthest = kinds.remind_days.iter().copied().max().unwrap_or(0);
    let until = end_of_day(calendar.add_working_days(today, furthest)) + Duration::microseconds(1);
    let mut told = 0;
    for mut one in store::due(ctx, until, today, BATCH).await? {
        let Some(due) = one.due_at else { continue };
        let day = last_day(due);
        let late = due < ctx.now;
        let left = calendar.working_days_between(today, day);
        if !late && !kinds.remind_days.iter().any(|days| i64::from(*days) == left) {
            continue;
        }
        let tx = ctx.begin().await?;
        one.reminded_on = Some(today);
        let escalate = late && !one.escalated && calendar.add_working_days(day, kinds.escalate_days) <= today;
        one.escalated = one.escalated || escalate;
        store::update(ctx, &tx, &one).await?;
        if let Some(holder) = one.holder_id {
            tell::officer(
                ctx,
                &tx,
                &one,
                holder,
                if late { "feedback-told-late" } else { "feedback-told-soon" },
            )
            .await?;
        }
        if escalate {
            tell_leaders(ctx, &tx, kinds, &one).await?;
        }
        happened(ctx, &tx, &one, inner(if escalate { Happened::Escalated } else { Happened::Reminded }, ""))
            .await?;
        tx.commit().await?;
        told += 1;
    }
    Ok(told)
}

async fn tell_leaders(ctx: &Ctx, tx: &platform::Tx, kinds: &Kinds, one: &Report) -> Result<()> {
    let roles = if one.closed { &kinds.closed_roles } else { &kinds.escalate_to };
    for role in roles {
        for to in identity::holders(ctx, role, &Place::new("commune", ctx.commune), ctx.today()).await? {
            tell::officer(ctx, tx, one, to, "feedback-told-escalated").await?;
        }
    }
    Ok(())
}

async fn ask(ctx: &Ctx, kinds: &Kinds) -> Result<usize> {
    let before = ctx.now - Duration::days(kinds.ask_after_days);
    let these = store::to_ask(ctx, before, BATCH).await?;
    for mut one in these.iter().cloned() {
        let tx = ctx.begin().await?;
        one.asked_at = Some(ctx.now);
        store::update(ctx, &tx, &one).await?;
        tell::sender(ctx, &tx, &one, "feedback-told-fixed").await?;
        happened(ctx, &tx, &one, public(Happened::AskedFixed, "")).await?;
        tx.commit().await?;
    }
    Ok(these.len())
}
