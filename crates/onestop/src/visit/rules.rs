//! Booking, cancelling, coming. The place of an hour is counted under its row's lock, the person's open appointments by a
//! unique index: two who press at once cannot both have the last one.

use super::hours::Hours;
use super::model::{State, Visit};
use super::purpose::{self, Purpose};
use super::store;
use crate::queue::{self, Draw, Settings};
use audit::Entry;
use chrono::{DateTime, NaiveDate, Utc};
use messages::Letter;
use platform::access::Place;
use platform::clock::local_date;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, numbers};
use serde_json::json;

/// The hours that may be booked, with the places left.
pub(super) struct Free {
    pub day: NaiveDate,
    pub slots: Vec<(DateTime<Utc>, i64)>,
}

impl Free {
    pub fn left(&self) -> i64 {
        self.slots.iter().map(|(_, left)| left).sum()
    }
}

pub(super) async fn free(ctx: &Ctx) -> Result<Vec<Free>> {
    let hours = Hours::load(ctx)?;
    let days = hours.days(ctx.now)?;
    let all = || days.iter().flat_map(|(_, slots)| slots.iter().copied());
    let (Some(from), Some(to)) = (all().min(), all().max()) else { return Ok(Vec::new()) };
    let taken = store::taken(ctx, from, to).await?;
    let left = |at: DateTime<Utc>| {
        let taken = taken.iter().find(|one| one.starts_at == at).map_or(0, |one| one.taken);
        (at, (hours.places() - taken).max(0))
    };
    Ok(days
        .iter()
        .map(|(day, slots)| Free { day: *day, slots: slots.iter().map(|at| left(*at)).collect() })
        .collect())
}

/// What somebody asks for.
pub(super) struct Wish {
    pub purpose: Purpose,
    pub person: Uuid,
    pub at: DateTime<Utc>,
    pub papers: i64,
}

/// Books an hour.
///
/// # Errors
/// At `gio`: no such hour, or no place left; at `so-giay`: too many; at `gio` also when the person holds as many as one may.
pub(super) async fn book(ctx: &Ctx, tx: &Tx, wish: Wish) -> Result<Visit> {
    let hours = Hours::load(ctx)?;
    if !hours.days(ctx.now)?.iter().any(|(_, slots)| slots.contains(&wish.at)) {
        return Err(Error::field("gio", "onestop-visit-no-hour"));
    }
    if !(0..=hours.papers_max()).contains(&wish.papers) {
        let message = Message::new("onestop-visit-papers-wrong").with("count", hours.papers_max());
        return Err(Error::field("so-giay", message));
    }
    let held = store::holds(ctx, tx, wish.person, &wish.purpose.code).await?;
    let too_many = || Message::new("onestop-visit-too-many").with("count", hours.open_each());
    if held.iter().any(|one| one.starts_at == wish.at) {
        return Err(Error::field("gio", "onestop-visit-same-hour"));
    }
    let hold = (1..=hours.open_each()).find(|hold| !held.iter().any(|one| one.hold == *hold));
    let hold = hold.ok_or_else(|| Error::field("gio", too_many()))?;
    if !store::slot_take(ctx, tx, wish.at, hours.places()).await? {
        return Err(Error::field("gio", "onestop-visit-full"));
    }
    let day = local_date(wish.at);
    let number = numbers::next(tx, ctx.commune, "visit", &day.to_string()).await?;
    let visit = Visit {
        id: ctx.new_id(),
        code: format!("H{}-{number:03}", day.format("%y%m%d")),
        procedure_code: wish.purpose.code,
        person_id: wish.person,
        booked_by: ctx.account()?,
        day,
        starts_at: wish.at,
        papers: wish.papers,
        state: State::Booked,
        hold: Some(hold),
        ticket_id: None,
        made_at: ctx.now,
        ended_at: None,
        revision: 1,
    };
    if !store::insert(ctx, tx, &visit).await? {
        return Err(Error::field("gio", too_many()));
    }
    tell(ctx, tx, &visit, "onestop-visit-told-booked").await?;
    record(ctx, tx, "visit.book", &visit).await?;
    Ok(visit)
}

/// A letter to the person's account and to whoever booked.
async fn tell(ctx: &Ctx, tx: &Tx, visit: &Visit, key: &'static str) -> Result<()> {
    let place = Place::new("person", visit.person_id);
    let mut to = identity::holders(ctx, "resident", &place, ctx.today()).await?;
    to.push(visit.booked_by);
    to.sort_unstable();
    to.dedup();
    for account in to {
        let text =
            Message::new(key).with("code", visit.code.as_str()).with("day", ctx.t().moment(visit.starts_at));
        messages::send(ctx, tx, Letter { to: account, text, link: visit.path() }).await?;
    }
    Ok(())
}

async fn record(ctx: &Ctx, tx: &Tx, action: &'static str, visit: &Visit) -> Result<()> {
    let detail = json!({ "code": visit.code, "state": visit.state, "procedure": visit.procedure_code });
    audit::record(ctx, tx, Entry { action, kind: "visit", id: visit.id, detail }).await
}

/// The reader's own appointment, or one that the reader booked for somebody.
///
/// # Errors
/// Not found, also when it is somebody else's.
pub(super) async fn own(ctx: &Ctx, on: &impl platform::Run, id: Uuid) -> Result<Visit> {
    let visit = store::find(ctx, on, id).await?;
    let own = ctx.scope.ids("person").contains(&visit.person_id);
    if own || ctx.account_or_none() == Some(visit.booked_by) { Ok(visit) } else { Err(Error::not_found()) }
}

/// The person does not come; the place is free again.
///
/// # Errors
/// `Conflict` when it is over or its hour has come.
pub(super) async fn cancel(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Visit> {
    let visit = own(ctx, tx, id).await?;
    if visit.starts_at <= ctx.now {
        return Err(Error::conflict("onestop-visit-late"));
    }
    store::slot_free(ctx, tx, visit.starts_at).await?;
    let visit = end(ctx, tx, visit, revision, State::Cancelled).await?;
    tell(ctx, tx, &visit, "onestop-visit-told-cancelled").await?;
    record(ctx, tx, "visit.cancel", &visit).await?;
    Ok(visit)
}

async fn end(ctx: &Ctx, tx: &Tx, mut visit: Visit, revision: i64, state: State) -> Result<Visit> {
    if visit.state != State::Booked || visit.revision != revision {
        return Err(Error::conflict("onestop-visit-over"));
    }
    visit.state = state;
    if !store::end(ctx, tx, &visit).await? {
        return Err(Error::conflict("onestop-visit-over"));
    }
    visit.revision += 1;
    Ok(visit)
}

/// What the desk does with an appointment of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Came,
    /// Came, and waits with a number that is called at the agreed hour.
    Draw,
    Absent,
}

impl Act {
    /// The word in addresses.
    pub fn parse(word: &str) -> Option<Act> {
        match word {
            "den" => Some(Act::Came),
            "lay-so" => Some(Act::Draw),
            "vang" => Some(Act::Absent),
            _ => None,
        }
    }
}

/// The page that comes next is the paper with the number, where one was drawn.
///
/// # Errors
/// `Conflict` on another day, before the hour of somebody who is said not to come, or when it is over.
pub(super) async fn receive(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, act: Act) -> Result<String> {
    let mut visit = store::find(ctx, tx, id).await?;
    let early = act == Act::Absent && ctx.now < visit.starts_at;
    if early || (act != Act::Absent && visit.day != ctx.today()) {
        return Err(Error::conflict("onestop-visit-not-now"));
    }
    let id = (act == Act::Draw).then(|| ctx.new_id());
    visit.ticket_id = id;
    let state = if act == Act::Absent { State::Absent } else { State::Came };
    let visit = end(ctx, tx, visit, revision, state).await?;
    let mut url = format!("/lam-viec/lich-hen?ngay={}", visit.day);
    if let Some(id) = id {
        let field = purpose::of(ctx, &visit.procedure_code).await.field;
        let settings = Settings::load(ctx)?;
        let group = settings.group_of(&field).map(|group| group.key.as_str()).unwrap_or_default();
        let draw = Draw { id, group, priority: "", due_at: Some(visit.starts_at) };
        url = format!("{}/phieu", queue::draw(ctx, tx, draw).await?.path());
    }
    record(ctx, tx, "visit.receive", &visit).await?;
    Ok(url)
}
