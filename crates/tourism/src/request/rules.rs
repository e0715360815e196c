//! Asking and answering.

use super::model::{Request, State};
use super::store;
use crate::law::Tourism;
use crate::place::{Place, phone};
use audit::Entry;
use chrono::{Datelike, Duration, NaiveDate};
use messages::Letter;
use platform::access::Place as Where;
use platform::http::Throttle;
use platform::jobs::{Every, Worker};
use platform::{Ctx, Error, Lang, Message, Result, Tx, Uuid, ids, numbers, said};
use serde_json::json;
use std::sync::OnceLock;

const NAME_MAX: usize = 100;
const WORDS_MAX: usize = 1_000;
const STAY_MOST: i64 = 60;
const HOUR: u32 = 3_600;
const JOB: &str = "tourism.request.forget";

/// So many requests from one address in an hour, and so many wrong codes. The area offers it.
#[derive(Default)]
pub(crate) struct Gates {
    asking: OnceLock<Throttle<String>>,
    codes: OnceLock<Throttle<String>>,
}

fn gates(ctx: &Ctx) -> Result<&Gates> {
    ctx.app.offers::<Gates>().next().ok_or_else(|| Error::internal("no gates of tourism"))
}

fn address(ctx: &Ctx) -> String {
    format!("{} {}", ctx.commune, ctx.ip.map(|ip| ip.to_string()).unwrap_or_default())
}

/// True when the code is the one that the visitor was given.
///
/// # Errors
/// `TooMany` when codes are tried out.
pub(super) fn is_asker(ctx: &Ctx, one: &Request, follow: &str) -> Result<bool> {
    if ids::follow_hash(follow) == one.follow_hash {
        return Ok(true);
    }
    let gate = gates(ctx)?.codes.get_or_init(|| Throttle::per_minute(6));
    let tried = gate.check(&format!("{} {}", one.code, address(ctx)), ctx.now);
    tried.map(|()| false).map_err(|wait| Error::too_many("error-too-many", wait))
}

/// What a visitor typed.
#[derive(Debug, Clone, Default)]
pub struct Sending {
    pub name: String,
    pub phone: String,
    pub email: String,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub people: Option<i64>,
    pub words: String,
}

/// What was typed, as it is kept.
struct Checked {
    name: String,
    phone: String,
    email: String,
    from_on: NaiveDate,
    to_on: NaiveDate,
    people: i64,
}

fn checked(ctx: &Ctx, law: &Tourism, sent: &Sending) -> Result<Checked> {
    let name = said::needed("ten", &sent.name, "tourism-ask-name", NAME_MAX)?;
    let phone = if sent.phone.trim().is_empty() { String::new() } else { phone("dien-thoai", &sent.phone)? };
    let email = mail(&sent.email)?;
    if phone.is_empty() && email.is_empty() {
        return Err(Error::field("dien-thoai", "tourism-ask-way"));
    }
    let (from_on, to_on) = days(ctx, law, sent)?;
    let people = sent.people.filter(|people| (1..=law.request_people).contains(people));
    let people = people.ok_or_else(|| {
        Error::field("so-nguoi", Message::new("tourism-ask-people-wrong").with("limit", law.request_people))
    })?;
    said::short("loi-nhan", &sent.words, WORDS_MAX)?;
    Ok(Checked { name, phone, email, from_on, to_on, people })
}

/// A request that is right counts as one more from this address; one that has to be mended does not.
///
/// # Errors
/// At the field what is missing or wrong; `TooMany` with the seconds to wait.
pub(super) fn asking(ctx: &Ctx, sent: &Sending) -> Result<()> {
    let law = Tourism::now(ctx)?;
    checked(ctx, &law, sent)?;
    let gate = gates(ctx)?.asking.get_or_init(|| Throttle::new(law.request_per_hour, HOUR));
    gate.check(&address(ctx), ctx.now).map_err(|wait| Error::too_many("tourism-too-many", wait))
}

/// Takes a request; gives it with the code by which the visitor sees the answer.
///
/// # Errors
/// At the field what is missing or wrong.
pub async fn send(ctx: &Ctx, tx: &Tx, place: &Place, sent: &Sending) -> Result<(Request, String)> {
    let law = Tourism::now(ctx)?;
    let Checked { name, phone, email, from_on, to_on, people } = checked(ctx, &law, sent)?;
    let (organisation_id, to) = answering(ctx, place).await?;
    let follow = ids::follow_code();
    let year = ctx.today().year();
    let number = numbers::next(tx, ctx.commune, "tourism-request", &year.to_string()).await?;
    let one = Request {
        id: ctx.new_id(),
        code: format!("HC{:02}-{number:04}", year % 100),
        place_id: place.id,
        organisation_id,
        name,
        phone,
        email,
        from_on,
        to_on,
        people,
        words: sent.words.trim().to_owned(),
        english: ctx.lang == Lang::En,
        follow_hash: ids::follow_hash(&follow),
        state: State::Asked,
        answer: String::new(),
        answered_by: None,
        answered_at: None,
        asked_at: ctx.now,
        delete_on: to_on + Duration::days(law.request_keep_days),
        revision: 1,
    };
    store::insert(ctx, tx, &one).await?;
    let text = Message::new("tourism-told-asked").with("name", place.content.name.as_str());
    for account in &to {
        messages::send(ctx, tx, Letter { to: *account, text: text.clone(), link: one.work_path() }).await?;
    }
    if to.is_empty() {
        let commune = Where::new("commune", ctx.commune);
        for role in ["editor", "clerk"] {
            messages::send_to_role(ctx, tx, role, &commune, &text, &one.work_path()).await?;
        }
    }
    record(ctx, tx, "tourism.ask", one.id).await?;
    Ok((one, follow))
}

/// The business of a place and those of it who have an account; nobody when there is none.
async fn answering(ctx: &Ctx, place: &Place) -> Result<(Option<Uuid>, Vec<Uuid>)> {
    let Some(id) = place.content.organisation else { return Ok((None, Vec::new())) };
    let business = Where::new("organisation", id);
    let to = identity::holders(ctx, "organisation_manager", &business, ctx.today()).await?;
    Ok(((!to.is_empty()).then_some(id), to))
}

fn mail(text: &str) -> Result<String> {
    if text.trim().is_empty() { Ok(String::new()) } else { crate::place::email("email", text) }
}

fn days(ctx: &Ctx, law: &Tourism, sent: &Sending) -> Result<(NaiveDate, NaiveDate)> {
    let from = sent.from.ok_or_else(|| Error::field("tu-ngay", "tourism-ask-day"))?;
    if from < ctx.today() {
        return Err(Error::field("tu-ngay", "tourism-ask-past"));
    }
    if (from - ctx.today()).num_days() > law.request_ahead_days {
        return Err(Error::field("tu-ngay", "tourism-ask-far"));
    }
    let to = sent.to.unwrap_or(from);
    if to < from {
        return Err(Error::field("den-ngay", "tourism-ask-order"));
    }
    if (to - from).num_days() > STAY_MOST {
        return Err(Error::field("den-ngay", "tourism-ask-long"));
    }
    Ok((from, to))
}

async fn record(ctx: &Ctx, tx: &Tx, action: &'static str, id: Uuid) -> Result<()> {
    audit::record(ctx, tx, Entry { action, kind: "tourism_request", id, detail: json!({}) }).await
}

/// Answers, or closes what needs no further answer.
///
/// # Errors
/// Without words; `Conflict` when somebody else answered.
pub async fn answer(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    words: &str,
    close: bool,
) -> Result<Request> {
    let mut one = store::find(ctx, tx, id).await?;
    if one.revision != revision || one.state == State::Closed {
        return Err(Error::conflict("tourism-moved-on"));
    }
    if close && words.trim().is_empty() {
        one.state = State::Closed;
    } else {
        one.answer = said::needed("tra-loi", words, "tourism-answer-empty", WORDS_MAX)?;
        one.state = if close { State::Closed } else { State::Answered };
    }
    one.answered_by = ctx.account_or_none();
    one.answered_at = Some(ctx.now);
    if !store::update(ctx, tx, &one).await? {
        return Err(Error::conflict("tourism-moved-on"));
    }
    one.revision += 1;
    record(ctx, tx, "tourism.answer", id).await?;
    Ok(one)
}

/// The visitor takes the request back: nothing of it is left.
pub(super) async fn forget(ctx: &Ctx, tx: &Tx, one: &Request) -> Result<()> {
    store::delete(ctx, tx, one.id).await?;
    record(ctx, tx, "tourism.ask-forget", one.id).await
}

/// Deletes what is over, once a day; it may run twice.
pub(crate) fn worker() -> Worker {
    Worker::new(JOB, |ctx, _| async move {
        let tx = ctx.begin().await?;
        let deleted = store::delete_due(&ctx, &tx).await?;
        tx.commit().await?;
        Ok(json!({ "deleted": deleted }))
    })
}

pub(crate) fn each_day() -> Every {
    Every { kind: JOB, period: std::time::Duration::from_secs(24 * 3_600) }
}
