//! Drawing, calling, serving. A number is drawn in the transaction that takes it from the book, so there is no gap and no
//! repeat; a number is called by whoever writes its row first.

use super::line::ordered;
use super::model::{Act, Happened, State, Ticket};
use super::settings::{Counter, Settings};
use super::store;
use audit::Entry;
use chrono::{DateTime, Utc};
use platform::{Ctx, Error, Result, Tx, Uuid, numbers, remember};
use serde_json::json;
use std::sync::Arc;

/// For what a number is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draw<'a> {
    pub id: Uuid,
    pub group: &'a str,
    /// `""` for the ordinary line.
    pub priority: &'a str,
    /// The hour of an appointment.
    pub due_at: Option<DateTime<Utc>>,
}

/// The numbers of today, read once until the next write: for all who look on.
pub(super) async fn today(ctx: &Ctx) -> Result<Arc<Vec<Ticket>>> {
    let day = ctx.today();
    remember::remember(ctx, "onestop.queue", day.to_string(), store::day(ctx, &ctx.app.db, day)).await
}

/// The next number of a group today.
///
/// # Errors
/// At `nhom` or `uu-tien`: no such group or reason.
pub(crate) async fn draw(ctx: &Ctx, tx: &Tx, what: Draw<'_>) -> Result<Ticket> {
    let settings = Settings::load(ctx)?;
    let group = settings.group(what.group).ok_or_else(|| Error::field("nhom", "error-choose"))?;
    if !what.priority.is_empty() && !settings.is_priority(what.priority) {
        return Err(Error::field("uu-tien", "error-choose"));
    }
    let day = ctx.today();
    let number = numbers::next(tx, ctx.commune, &format!("queue-{}", group.letter), &day.to_string()).await?;
    let ticket = Ticket {
        id: what.id,
        day,
        series: group.letter.clone(),
        number,
        label: format!("{}{number:03}", group.letter),
        group_key: group.key.clone(),
        priority: what.priority.to_owned(),
        due_at: what.due_at,
        state: State::Waiting,
        counter: String::new(),
        calls: 0,
        put_back: 0,
        drawn_at: ctx.now,
        since: ctx.now,
        called_at: None,
        last_called_at: None,
        ended_at: None,
        revision: 1,
    };
    store::insert(ctx, tx, &ticket).await?;
    store::event_insert(ctx, tx, &ticket, Happened::Drawn).await?;
    record(ctx, tx, &ticket, Happened::Drawn).await?;
    Ok(ticket)
}

async fn record(ctx: &Ctx, tx: &Tx, one: &Ticket, what: Happened) -> Result<()> {
    let detail = json!({ "label": one.label, "what": what.code(), "counter": one.counter });
    let action = if what == Happened::Drawn { "queue.draw" } else { "queue.call" };
    audit::record(ctx, tx, Entry { action, kind: "queue_ticket", id: one.id, detail }).await
}

/// The reader takes a seat at a counter for today, or leaves it (`""`).
///
/// # Errors
/// At `quay`: no such counter.
pub(super) async fn sit(ctx: &Ctx, tx: &Tx, counter: &str) -> Result<()> {
    store::post_delete(ctx, tx).await?;
    if !counter.is_empty() {
        if Settings::load(ctx)?.counter(counter).is_none() {
            return Err(Error::field("quay", "error-choose"));
        }
        store::post_put(ctx, tx, counter).await?;
    }
    let detail = json!({ "counter": counter });
    audit::record(ctx, tx, Entry { action: "queue.sit", kind: "onestop", id: ctx.commune, detail }).await
}

async fn own_counter(ctx: &Ctx, tx: &Tx) -> Result<String> {
    store::post_lock(ctx, tx).await?.ok_or_else(|| Error::conflict("onestop-number-no-counter"))
}

/// What stands at a counter now.
pub(super) fn current<'a>(day: &'a [Ticket], counter: &str) -> Option<&'a Ticket> {
    day.iter().find(|one| one.state == State::Called && one.counter == counter)
}

/// The number at the counter is done, the next one is called; `None` when nobody waits.
///
/// # Errors
/// `Conflict` without a counter, or when the page was older than the counter.
pub(super) async fn call_next(ctx: &Ctx, tx: &Tx, holding: Option<Uuid>) -> Result<Option<Ticket>> {
    let counter = own_counter(ctx, tx).await?;
    let settings = Settings::load(ctx)?;
    let mine = settings.counter(&counter).ok_or_else(|| Error::conflict("onestop-number-no-counter"))?;
    let day = store::day(ctx, tx, ctx.today()).await?;
    let standing = current(&day, &counter).cloned();
    if standing.as_ref().map(|one| one.id) != holding {
        return Err(Error::conflict("onestop-number-moved-on"));
    }
    let served = match standing {
        Some(one) => Some(write(ctx, tx, ended(ctx, one, State::Served), Happened::Served).await?),
        None => None,
    };
    let called = call_first(ctx, tx, &settings, mine, day).await?;
    // The record comes last: its chain is locked until the commit, and another counter may hold what we ask for.
    if let Some(one) = &served {
        record(ctx, tx, one, Happened::Served).await?;
    }
    if let Some(one) = &called {
        record(ctx, tx, one, Happened::Called).await?;
    }
    Ok(called)
}

/// Calls the first of the line that no other counter calls at the same moment.
async fn call_first(
    ctx: &Ctx,
    tx: &Tx,
    settings: &Settings,
    mine: &Counter,
    mut day: Vec<Ticket>,
) -> Result<Option<Ticket>> {
    loop {
        let order =
            ordered(&day, |one| mine.groups.contains(&one.group_key), ctx.now, settings.priority_run());
        let Some(next) = order.first().map(|one| (*one).clone()) else { return Ok(None) };
        let mut called = next.clone();
        called.state = State::Called;
        called.counter.clone_from(&mine.key);
        called.calls = 1;
        called.called_at = called.called_at.or(Some(ctx.now));
        called.last_called_at = Some(ctx.now);
        if store::update(ctx, tx, &called).await? {
            store::event_insert(ctx, tx, &called, Happened::Called).await?;
            called.revision += 1;
            return Ok(Some(called));
        }
        // Another counter was quicker.
        day.retain(|one| one.id != next.id);
    }
}

fn ended(ctx: &Ctx, one: Ticket, state: State) -> Ticket {
    Ticket { state, ended_at: Some(ctx.now), ..one }
}

async fn write(ctx: &Ctx, tx: &Tx, mut one: Ticket, what: Happened) -> Result<Ticket> {
    if !store::update(ctx, tx, &one).await? {
        return Err(Error::conflict("onestop-number-moved-on"));
    }
    one.revision += 1;
    store::event_insert(ctx, tx, &one, what).await?;
    Ok(one)
}

/// Something with one number: its own counter calls again, ends or moves it; anybody who calls puts it back.
///
/// # Errors
/// `Conflict` when it is not the moment for it; at `nhom`, no such group.
pub(super) async fn act(
    ctx: &Ctx,
    tx: &Tx,
    (id, revision): (Uuid, i64),
    what: Act,
    group: &str,
) -> Result<Ticket> {
    let counter = own_counter(ctx, tx).await?;
    let settings = Settings::load(ctx)?;
    let mut one = store::find(ctx, tx, id).await?;
    let right = match what {
        Act::Back => one.state == State::Absent && one.put_back == 0,
        _ => one.state == State::Called && one.counter == counter,
    };
    if one.revision != revision || one.day != ctx.today() || !right {
        return Err(Error::conflict("onestop-number-moved-on"));
    }
    let (one, happened) = match what {
        Act::Serve => (ended(ctx, one, State::Served), Happened::Served),
        Act::Absent if one.calls < settings.calls() => {
            return Err(Error::conflict("onestop-number-call-more"));
        }
        Act::Absent => (ended(ctx, one, State::Absent), Happened::Absent),
        Act::Again => {
            one.calls += 1;
            one.last_called_at = Some(ctx.now);
            (one, Happened::Again)
        }
        Act::Move => {
            let to = settings.group(group).filter(|to| to.key != one.group_key);
            one.group_key.clone_from(&to.ok_or_else(|| Error::field("nhom", "error-choose"))?.key);
            (waiting(one), Happened::Moved)
        }
        Act::Back => {
            one.put_back += 1;
            one.since = ctx.now;
            one.ended_at = None;
            (waiting(one), Happened::Back)
        }
    };
    let one = write(ctx, tx, one, happened).await?;
    record(ctx, tx, &one, happened).await?;
    Ok(one)
}

fn waiting(one: Ticket) -> Ticket {
    Ticket { state: State::Waiting, counter: String::new(), calls: 0, ..one }
}
