//! Writing the plan: what cannot be aired is refused with its reason.

use super::model::{Draft, Slot};
use super::store;
use crate::law::{Broadcast, clock, second};
use crate::programme::{self, Form, Programme, State};
use audit::Entry;
use chrono::{Days, NaiveDate, NaiveTime};
use platform::{Ctx, Error, Message, Result, Tx, Uuid, said};
use serde_json::json;
use units::place::Ground;

const EVERY_DAY: i64 = 0b111_1111;
const REASON_MAX: usize = 300;
/// Nothing is aired for longer than a day at once.
const MINUTES_MOST: i64 = 24 * 60;

/// Puts a programme into the plan.
///
/// # Errors
/// At the field what is wrong: quiet hours, another programme at that time (which, and when they meet first).
pub async fn add(ctx: &Ctx, tx: &Tx, draft: &Draft) -> Result<Slot> {
    let one = checked(ctx, tx, draft, None).await?;
    store::insert(ctx, tx, &one).await?;
    done(ctx, tx, "broadcast.plan-add", one.id).await?;
    Ok(one)
}

/// Changes a line of the plan, for all its days.
///
/// # Errors
/// As [`add`]; `Conflict` when somebody else was first.
pub async fn change(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, draft: &Draft) -> Result<Slot> {
    let known = store::find(ctx, tx, id).await?;
    let mut one = checked(ctx, tx, draft, Some(&known)).await?;
    one.revision = revision;
    if !store::update(ctx, tx, &one).await? {
        return Err(Error::conflict("broadcast-moved-on"));
    }
    done(ctx, tx, "broadcast.plan-change", id).await?;
    Ok(one)
}

/// Takes a line out of the plan. What began before today ends yesterday, so that past weeks stay as they were.
///
/// # Errors
/// `Conflict` when somebody else was first.
pub async fn remove(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<()> {
    let mut one = store::find(ctx, tx, id).await?;
    if one.revision != revision {
        return Err(Error::conflict("broadcast-moved-on"));
    }
    if one.from_on < ctx.today() {
        one.to_on = ctx.today().checked_sub_days(Days::new(1));
        store::update(ctx, tx, &one).await?;
    } else {
        store::delete(ctx, tx, id).await?;
    }
    done(ctx, tx, "broadcast.plan-remove", id).await
}

/// Says that a line is not aired on one day, or that it is after all (without a reason).
///
/// # Errors
/// A day that is not in its plan.
pub async fn skip(ctx: &Ctx, tx: &Tx, id: Uuid, day: NaiveDate, reason: Option<&str>) -> Result<()> {
    let one = store::find(ctx, tx, id).await?;
    if !one.on(day) {
        return Err(Error::field("ngay", "broadcast-not-on-that-day"));
    }
    match reason {
        Some(reason) => {
            let reason = said::needed("ly-do", reason, "broadcast-reason-empty", REASON_MAX)?;
            store::skip(ctx, tx, id, day, &reason).await?;
        }
        None => store::unskip(ctx, tx, id, day).await?,
    }
    done(ctx, tx, "broadcast.plan-skip", id).await
}

async fn done(ctx: &Ctx, tx: &Tx, action: &'static str, id: Uuid) -> Result<()> {
    crate::station::changed(ctx, tx);
    figures::touch(ctx, tx, crate::figures::LINES);
    audit::record(ctx, tx, Entry { action, kind: "broadcast_slot", id, detail: json!({}) }).await
}

async fn checked(ctx: &Ctx, tx: &Tx, draft: &Draft, known: Option<&Slot>) -> Result<Slot> {
    let programme =
        draft.programme.ok_or_else(|| Error::field("chuong-trinh", "broadcast-choose-programme"))?;
    let programme = programme::store::find(ctx, tx, programme).await;
    let programme = programme.map_err(|_| Error::field("chuong-trinh", "error-choose"))?;
    if programme.state == State::Withdrawn {
        return Err(Error::field("chuong-trinh", "broadcast-is-withdrawn"));
    }
    let starts = NaiveTime::parse_from_str(draft.starts.trim(), "%H:%M:%S")
        .or_else(|_| NaiveTime::parse_from_str(draft.starts.trim(), "%H:%M"))
        .map(second)
        .map_err(|_| Error::field("gio", "broadcast-time-wrong"))?;
    let length = length(draft, &programme)?;
    if let Some(hours) = Broadcast::now(ctx)?.disturbs(starts, length) {
        return Err(Error::field("gio", Message::new("broadcast-quiet").with("hours", hours)));
    }
    let (from_on, to_on, weekdays) = days(ctx, draft, known)?;
    let one = Slot {
        id: known.map_or_else(|| ctx.new_id(), |known| known.id),
        programme_id: programme.id,
        from_on,
        to_on,
        weekdays,
        starts,
        length,
        villages: villages(ctx, draft).await?,
        priority: draft.priority,
        revision: 1,
        title: programme.title,
        kind: programme.kind,
        origin: programme.origin,
        form: programme.form,
        state: programme.state,
    };
    free(ctx, tx, &one).await?;
    Ok(one)
}

fn length(draft: &Draft, programme: &Programme) -> Result<i64> {
    match draft.minutes {
        Some(minutes) if (1..=MINUTES_MOST).contains(&minutes) => Ok(minutes * 60),
        Some(_) => Err(Error::field("so-phut", "broadcast-minutes-wrong")),
        None if programme.form != Form::Relay && programme.length > 0 => Ok(programme.seconds()),
        None => Err(Error::field("so-phut", "broadcast-minutes-empty")),
    }
}

fn days(ctx: &Ctx, draft: &Draft, known: Option<&Slot>) -> Result<(NaiveDate, Option<NaiveDate>, i64)> {
    let from = draft.from_on.ok_or_else(|| Error::field("tu-ngay", "broadcast-day-empty"))?;
    if from < ctx.today() && known.is_none_or(|known| known.from_on != from) {
        return Err(Error::field("tu-ngay", "broadcast-day-past"));
    }
    if draft.weekdays.is_empty() {
        return Ok((from, Some(from), EVERY_DAY));
    }
    if draft.to_on.is_some_and(|to| to < from) {
        return Err(Error::field("den-ngay", "broadcast-day-order"));
    }
    let bits =
        draft.weekdays.iter().filter(|day| (1..=7).contains(*day)).fold(0, |bits, day| bits | 1 << (day - 1));
    Ok((from, draft.to_on, bits))
}

async fn villages(ctx: &Ctx, draft: &Draft) -> Result<String> {
    let ground = Ground::load(ctx).await?;
    if draft.villages.iter().any(|id| ground.find(*id).is_none()) {
        return Err(Error::field("thon", "error-choose"));
    }
    if draft.villages.is_empty() || draft.villages.len() == ground.villages.len() {
        return Ok(String::new());
    }
    let ids: Vec<String> = draft.villages.iter().map(Uuid::to_string).collect();
    Ok(format!(",{},", ids.join(",")))
}

/// Nothing else claims the same villages at the same time.
async fn free(ctx: &Ctx, tx: &Tx, one: &Slot) -> Result<()> {
    let to = one.to_on.unwrap_or(NaiveDate::MAX).min(one.from_on + Days::new(370));
    let others = store::between(ctx, tx, one.from_on.pred_opt().unwrap_or(one.from_on), to).await?;
    for other in others.iter().filter(|other| other.id != one.id && other.state != State::Withdrawn) {
        if let Some(day) = one.meets(other, ctx.today()) {
            let message = Message::new("broadcast-taken")
                .with("name", other.title.as_str())
                .with("from", clock(other.starts))
                .with("to", clock(other.ends()))
                .with("day", ctx.t().date(day));
            return Err(Error::field("gio", message));
        }
    }
    Ok(())
}
