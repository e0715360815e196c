//! Preparing, publishing, opening on the day, cancelling.

use super::model::{Kind, Matter, Setting, Shown, Standing, State, Who};
use super::{search, store};
use crate::law::Asking;
use crate::{draft, poll, works};
use audit::Entry;
use chrono::{Duration, NaiveDate};
use messages::Letter;
use platform::jobs::{Every, Job, Worker};
use platform::{Ctx, Error, Message, Result, Tx, Uuid, said};
use serde_json::{Value, json};

const TITLE_MAX: usize = 200;
const ABOUT_MAX: usize = 4_000;
const WHY_MAX: usize = 500;
const MOST_DAYS: i64 = 366;
const PICKS_MAX: i64 = 10;
const BUDGET_MAX: i64 = 1_000_000_000_000;
const JOB: &str = "ask.days";
const BATCH: i64 = 100;

pub(crate) async fn record(ctx: &Ctx, tx: &Tx, action: &'static str, id: Uuid, detail: Value) -> Result<()> {
    audit::record(ctx, tx, Entry { action, kind: "ask_matter", id, detail }).await
}

fn days(ctx: &Ctx, kind: Kind, sent: &Setting) -> Result<(NaiveDate, NaiveDate)> {
    let from = sent.from.unwrap_or_else(|| ctx.today());
    if from < ctx.today() {
        return Err(Error::field("tu-ngay", "ask-from-past"));
    }
    let until = sent.until.ok_or_else(|| Error::field("den-ngay", "error-date"))?;
    if until < from {
        return Err(Error::field("den-ngay", "ask-until-before"));
    }
    if until > from + Duration::days(MOST_DAYS) {
        return Err(Error::field("den-ngay", "ask-too-long"));
    }
    let least = Asking::now(ctx)?.draft_days;
    if kind == Kind::Draft && until < from + Duration::days(least - 1) {
        return Err(Error::field("den-ngay", Message::new("ask-draft-too-short").with("count", least)));
    }
    Ok((from, until))
}

/// Where the reader may ask: the villages, or the whole commune.
fn villages(ctx: &Ctx, kind: Kind, who: Who, sent: &Setting) -> Result<Vec<Uuid>> {
    let mut villages = sent.villages.clone();
    villages.sort_unstable();
    villages.dedup();
    match kind {
        Kind::Works if villages.len() != 1 => return Err(Error::field("thon", "ask-one-village")),
        Kind::Draft => villages.clear(),
        Kind::Poll if who == Who::Anybody && !villages.is_empty() => {
            return Err(Error::field("thon", "ask-anybody-everywhere"));
        }
        _ => {}
    }
    let outside = villages.iter().any(|village| !ctx.scope.covers("village", *village));
    if outside || (villages.is_empty() && !ctx.scope.whole()) {
        return Err(Error::field("thon", "ask-village-not-yours"));
    }
    Ok(villages)
}

fn read(ctx: &Ctx, kind: Kind, sent: &Setting, before: Option<Matter>) -> Result<(Matter, Vec<Uuid>)> {
    let title = said::needed("tieu-de", &vntext::clean(&sent.title), "ask-title-empty", TITLE_MAX)?;
    said::short("noi-dung", &sent.about, ABOUT_MAX)?;
    let (from_on, until_on) = days(ctx, kind, sent)?;
    let who = if kind == Kind::Poll { sent.who.unwrap_or(Who::Resident) } else { Who::Resident };
    let villages = villages(ctx, kind, who, sent)?;
    let (mut budget, mut picks) = (0, 1);
    if kind == Kind::Works {
        let known = |field: &'static str, number: Option<i64>, most: i64| {
            let message = || Error::field(field, Message::new("ask-number-wrong").with("number", most));
            number.filter(|number| (1..=most).contains(number)).ok_or_else(message)
        };
        budget = known("kinh-phi", sent.budget, BUDGET_MAX)?;
        picks = known("duoc-chon", sent.picks, PICKS_MAX)?;
    }
    let fresh = before.unwrap_or_else(|| Matter {
        id: ctx.new_id(),
        kind,
        title: String::new(),
        about: String::new(),
        who,
        shown: Shown::End,
        budget,
        picks,
        state: State::Preparing,
        from_on,
        until_on,
        opened: false,
        given: 0,
        roll: 0,
        seal: String::new(),
        why: String::new(),
        done_on: None,
        revision: 1,
    });
    let about = sent.about.trim().to_owned();
    let shown = sent.shown.unwrap_or(Shown::End);
    Ok((Matter { title, about, who, shown, budget, picks, from_on, until_on, ..fresh }, villages))
}

/// Prepares something to ask; nobody else sees it yet.
///
/// # Errors
/// At the field what is missing or wrong.
pub async fn prepare(ctx: &Ctx, tx: &Tx, kind: Kind, sent: &Setting) -> Result<Matter> {
    let (one, villages) = read(ctx, kind, sent, None)?;
    store::insert(ctx, tx, &one).await?;
    store::set_villages(ctx, tx, one.id, &villages).await?;
    record(ctx, tx, "ask.prepare", one.id, json!({ "kind": kind })).await?;
    Ok(one)
}

/// # Errors
/// At the field; `Conflict` when it has begun or somebody else changed it.
pub(super) async fn edit(
    ctx: &Ctx,
    tx: &Tx,
    before: Matter,
    revision: i64,
    sent: &Setting,
) -> Result<Matter> {
    if !before.standing(ctx.today()).ahead() {
        return Err(Error::conflict("ask-has-begun"));
    }
    let (one, villages) = read(ctx, before.kind, sent, Some(before))?;
    let one = Matter { revision, ..one };
    store::update(ctx, tx, &one).await?;
    store::set_villages(ctx, tx, one.id, &villages).await?;
    if one.state == State::Out {
        search::put(ctx, tx, &one).await?;
    }
    record(ctx, tx, "ask.edit", one.id, json!({})).await?;
    Ok(Matter { revision: revision + 1, ..one })
}

/// Puts it out: everybody reads it, and on its first day it begins.
///
/// # Errors
/// `Conflict` when it is out already or something is missing.
pub async fn publish(ctx: &Ctx, tx: &Tx, before: Matter, revision: i64) -> Result<Matter> {
    if before.state != State::Preparing {
        return Err(Error::conflict("ask-moved-on"));
    }
    match before.kind {
        Kind::Poll if poll::questions(ctx, tx, before.id).await? == 0 => {
            return Err(Error::conflict("ask-no-question"));
        }
        Kind::Draft if draft::parts(ctx, tx, before.id).await? == 0 => {
            return Err(Error::conflict("ask-no-text"));
        }
        Kind::Works if works::offered(ctx, tx, before.id).await? < 2 => {
            return Err(Error::conflict("ask-few-works"));
        }
        _ => {}
    }
    let mut one = Matter { revision, state: State::Out, ..before };
    one.from_on = one.from_on.max(ctx.today());
    if one.until_on < one.from_on {
        return Err(Error::conflict("ask-until-before"));
    }
    store::update(ctx, tx, &one).await?;
    one.revision += 1;
    search::put(ctx, tx, &one).await?;
    record(ctx, tx, "ask.publish", one.id, json!({ "from": one.from_on, "until": one.until_on })).await?;
    if one.from_on <= ctx.today() { open(ctx, tx, one).await } else { Ok(one) }
}

/// Its first day: the roll of households is taken, residents are told.
async fn open(ctx: &Ctx, tx: &Tx, one: Matter) -> Result<Matter> {
    let villages = store::villages_of(ctx, tx, one.id).await?;
    let mut one = Matter { opened: true, ..one };
    if let (Kind::Works, Some(village)) = (one.kind, villages.first()) {
        one.roll = works::take_roll(ctx, tx, one.id, *village).await?;
    }
    let told = tell(ctx, tx, &one, &villages, "ask-letter-open").await?;
    store::update(ctx, tx, &one).await?;
    one.revision += 1;
    record(ctx, tx, "ask.open", one.id, json!({ "people": told, "roll": one.roll })).await?;
    Ok(one)
}

/// Into the inboxes of those who are asked.
async fn tell(ctx: &Ctx, tx: &Tx, one: &Matter, villages: &[Uuid], key: &'static str) -> Result<usize> {
    let mut asked = villages.to_vec();
    if asked.is_empty() {
        asked = units::village_list(ctx, ctx.today()).await?.into_iter().map(|unit| unit.id).collect();
    }
    let mut people = Vec::new();
    for village in asked {
        people.extend(registry::residents_of(ctx, village).await?);
    }
    people.sort_unstable();
    people.dedup();
    for to in &people {
        let text = Message::new(key).with("name", one.title.as_str()).with("day", ctx.t().date(one.until_on));
        messages::send(ctx, tx, Letter { to: *to, text, link: one.path() }).await?;
    }
    Ok(people.len())
}

/// It has come to its end: counted, or answered. Those who were asked are told.
pub(crate) async fn finish(ctx: &Ctx, tx: &Tx, one: Matter, detail: Value) -> Result<Matter> {
    let one = Matter { state: State::Done, done_on: Some(ctx.today()), ..one };
    store::update(ctx, tx, &one).await?;
    let villages = store::villages_of(ctx, tx, one.id).await?;
    tell(ctx, tx, &one, &villages, "ask-letter-done").await?;
    record(ctx, tx, "ask.done", one.id, detail).await?;
    Ok(Matter { revision: one.revision + 1, ..one })
}

/// It ends without a result; the reason stands in its place.
///
/// # Errors
/// At `ly-do` without one; `Conflict` when it has ended already.
pub async fn cancel(ctx: &Ctx, tx: &Tx, before: Matter, revision: i64, why: &str) -> Result<Matter> {
    let why = said::needed("ly-do", &vntext::clean(why), "ask-why-empty", WHY_MAX)?;
    // A counted ballot stands; the results of a poll or a consultation may be withdrawn.
    let counted = before.kind == Kind::Works && before.state == State::Done;
    if before.state == State::Cancelled || counted {
        return Err(Error::conflict("ask-moved-on"));
    }
    let one = Matter { revision, state: State::Cancelled, why, done_on: Some(ctx.today()), ..before };
    store::update(ctx, tx, &one).await?;
    if one.kind == Kind::Works {
        works::empty(ctx, tx, one.id).await?;
    }
    search::remove(ctx, tx, &one).await?;
    record(ctx, tx, "ask.cancel", one.id, json!({})).await?;
    Ok(one)
}

pub(crate) fn worker() -> Worker {
    Worker::new(JOB, job)
}

pub(crate) fn each_day() -> Every {
    Every { kind: JOB, period: std::time::Duration::from_secs(1_800) }
}

/// Opens what begins, counts the rounds that are over and have no paper outstanding, forgets old words.
async fn job(ctx: Ctx, _: Job) -> Result<Value> {
    let (mut opened, mut counted) = (0, 0);
    for one in store::due(&ctx, BATCH).await? {
        let tx = ctx.begin().await?;
        let now = store::hold(&ctx, &tx, one.id).await?;
        if now.state == State::Out && !now.opened && now.from_on <= ctx.today() {
            open(&ctx, &tx, now).await?;
            opened += 1;
        } else if now.standing(ctx.today()) == Standing::Over
            && works::counts_itself(&ctx, &tx, now.id).await?
        {
            works::count(&ctx, &tx, now).await?;
            counted += 1;
        }
        tx.commit().await?;
    }
    let tx = ctx.begin().await?;
    let forgotten =
        poll::forget(&ctx, &tx, ctx.today() - Duration::days(Asking::now(&ctx)?.keep_words_days)).await?;
    tx.commit().await?;
    Ok(json!({ "opened": opened, "counted": counted, "forgotten": forgotten }))
}
