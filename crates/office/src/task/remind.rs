//! Reminders before a deadline and after it, by themselves: each recipient once a day, the leaders once when it stays undone.

use super::model::{Duty, Happened, Task};
use super::policy::Policy;
use super::rules::{day_of, happened, tell};
use super::store::{self, Line};
use platform::access::Place;
use platform::clock::end_of_day;
use platform::jobs::{Every, Job, Worker};
use platform::{Ctx, Result, Tx};
use serde_json::{Value, json};
use std::time::Duration;
use vncal::WorkCalendar;

const JOB: &str = "office.remind";
/// Tasks of one run; the rest wait an hour.
const BATCH: i64 = 500;

pub(crate) fn worker() -> Worker {
    Worker::new(JOB, job)
}

pub(crate) fn every() -> Every {
    Every { kind: JOB, period: Duration::from_secs(3600) }
}

async fn job(ctx: Ctx, _: Job) -> Result<Value> {
    let policy = Policy::load(&ctx)?;
    let calendar = ctx.app.law.read_as("holidays/vn.csv", WorkCalendar::from_csv)?;
    let today = ctx.today();
    // Nobody is woken on a day off.
    if !calendar.is_working_day(today) {
        return Ok(json!({ "reminded": 0 }));
    }
    let furthest = policy.remind_days.iter().copied().max().unwrap_or(0);
    let until = end_of_day(calendar.add_working_days(today, furthest));
    let (mut reminded, mut escalated) = (0, 0);
    // A deadline is the first moment of the next day.
    for task in store::due(&ctx, until + chrono::Duration::microseconds(1), BATCH).await? {
        let Some(due) = task.due_at else { continue };
        let day = day_of(due);
        let left = calendar.working_days_between(today, day);
        let soon = policy.remind_days.iter().any(|days| i64::from(*days) == left);
        let late = due < ctx.now;
        if !soon && !late {
            continue;
        }
        let tx = ctx.begin().await?;
        reminded += remind(&ctx, &tx, &task, late).await?;
        if late && calendar.add_working_days(day, policy.escalate_days) <= today {
            escalated += escalate(&ctx, &tx, &task, &policy).await?;
        }
        tx.commit().await?;
    }
    Ok(json!({ "reminded": reminded, "escalated": escalated }))
}

/// Tells those who have something to do with it; how many were told.
async fn remind(ctx: &Ctx, tx: &Tx, task: &Task, late: bool) -> Result<usize> {
    let mut told = 0;
    let key = if late { "office-told-late" } else { "office-told-soon" };
    for part in store::parts(ctx, tx, &[task.id]).await? {
        if part.open
            && part.duty != Duty::Inform
            && store::write_reminded(ctx, tx, &part, ctx.today()).await?
        {
            tell(ctx, tx, task, part.account_id, key).await?;
            told += 1;
        }
    }
    if told > 0 {
        happened(ctx, tx, task, Happened::Reminded, Line::default()).await?;
    }
    Ok(told)
}

/// Tells whoever gave the task, and the leaders, once; how many were told.
async fn escalate(ctx: &Ctx, tx: &Tx, task: &Task, policy: &Policy) -> Result<usize> {
    if !store::write_escalated(ctx, tx, task.id).await? {
        return Ok(0);
    }
    let mut to = vec![task.assigned_by];
    for role in &policy.escalate_to {
        to.extend(identity::holders(ctx, role, &Place::new("commune", ctx.commune), ctx.today()).await?);
    }
    to.sort_unstable();
    to.dedup();
    for account in &to {
        tell(ctx, tx, task, *account, "office-told-escalated").await?;
    }
    happened(ctx, tx, task, Happened::Escalated, Line::default()).await?;
    Ok(to.len())
}
