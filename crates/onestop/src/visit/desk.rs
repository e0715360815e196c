//! The desk's list of a day: who comes when and for what, and what became of it. Each look at the names is recorded.

use super::book::hour_words;
use super::mine::badge;
use super::model::{State, Visit};
use super::rules::{self, Act};
use super::{purpose, store};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use chrono::{Days, NaiveDate};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid};
use registry::person::Person;
use std::collections::HashMap;
use ui::{Html, Shell};

struct Line {
    id: String,
    hour: String,
    name: String,
    url: String,
    phone: String,
    purpose: String,
    papers: i64,
    code: String,
    badge: Html,
    /// Something may be done with it now.
    may_come: bool,
    may_miss: bool,
    ticket: String,
    revision: i64,
    keys: [String; 3],
}

#[derive(Template)]
#[template(path = "visits-desk.html")]
struct ListPage {
    shell: Shell,
    day: String,
    before: String,
    after: String,
    today: bool,
    question: String,
    lines: Vec<Line>,
    may_receive: bool,
    wrong: String,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let text = |name: &str| query.get(name).map(|text| text.trim().to_uppercase()).unwrap_or_default();
    let code = text("ma");
    let day = day_of(&code).or_else(|| text("ngay").parse().ok()).unwrap_or_else(|| ctx.today());
    let page = page(&ctx, day, &code).await?;
    Ok(html(ui::render(&page)?))
}

/// The day stands in the code: H260310-007.
fn day_of(code: &str) -> Option<NaiveDate> {
    let digits = code.strip_prefix('H')?.split('-').next()?;
    NaiveDate::parse_from_str(digits, "%y%m%d").ok()
}

async fn page(ctx: &Ctx, day: NaiveDate, code: &str) -> Result<ListPage> {
    let t = ctx.t();
    let mut visits = store::of_day(ctx, day).await?;
    visits.retain(|one| one.state != State::Cancelled && (code.is_empty() || one.code.starts_with(code)));
    let people = people(ctx, &visits).await?;
    let mut lines = Vec::new();
    for one in &visits {
        lines.push(line(ctx, one, people.get(&one.person_id)).await);
    }
    let away = |day: Option<NaiveDate>| day.map(|day| format!("/lam-viec/lich-hen?ngay={day}"));
    Ok(ListPage {
        shell: Shell::of(ctx, "onestop-visit-menu-list").await?,
        day: t.date(day),
        before: away(day.checked_sub_days(Days::new(1))).unwrap_or_default(),
        after: away(day.checked_add_days(Days::new(1))).unwrap_or_default(),
        today: day == ctx.today(),
        question: code.to_owned(),
        lines,
        may_receive: ctx.may("visit.receive"),
        wrong: String::new(),
    })
}

/// Who they are; the look stands in the record before the answer.
async fn people(ctx: &Ctx, visits: &[Visit]) -> Result<HashMap<Uuid, Person>> {
    let mut ids: Vec<Uuid> = visits.iter().map(|one| one.person_id).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let tx = ctx.begin().await?;
    audit::viewed(ctx, &tx, &ids, "procedure", &["full_name", "phone"]).await?;
    tx.commit().await?;
    let found = registry::person::get_many(&crate::whole(ctx), &ids).await?;
    Ok(found.into_iter().map(|one| (one.id, one)).collect())
}

/// As people write it.
fn phone(stored: &str) -> String {
    vnid::Phone::parse(stored).map_or_else(|_| stored.to_owned(), |phone| phone.shown())
}

async fn line(ctx: &Ctx, one: &Visit, person: Option<&Person>) -> Line {
    let booked = one.state == State::Booked;
    Line {
        id: one.id.to_string(),
        hour: hour_words(one.starts_at),
        name: person.map(|person| person.facts.full_name.clone()).unwrap_or_default(),
        url: registry::person_path(one.person_id),
        phone: person.and_then(|person| person.facts.phone.as_deref()).map(phone).unwrap_or_default(),
        purpose: purpose::of(ctx, &one.procedure_code).await.name,
        papers: one.papers,
        code: one.code.clone(),
        badge: badge(ctx, one),
        may_come: booked && one.day == ctx.today(),
        may_miss: booked && one.starts_at <= ctx.now,
        ticket: one.ticket_id.map(|id| format!("/lay-so/{id}/phieu")).unwrap_or_default(),
        revision: one.revision,
        keys: std::array::from_fn(|_| ctx.new_id().to_string()),
    }
}

pub(super) async fn act(ctx: Ctx, Path((id, act)): Path<(Uuid, String)>, sent: Form) -> Result<Response> {
    let what = Act::parse(&act).ok_or_else(Error::not_found)?;
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match sent.revision() {
        Ok(revision) => rules::receive(&ctx, &tx, id, revision, what).await,
        Err(error) => Err(error),
    };
    let key_of = if what == Act::Absent { "onestop-visit-missed" } else { "onestop-visit-arrived" };
    let done = done.map(|url| (url, Note::new(key_of)));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, error).await,
    }
}

async fn again(ctx: &Ctx, id: Uuid, error: Error) -> Result<Response> {
    if error.kind != Kind::Conflict {
        return Err(error);
    }
    let visit = store::find(ctx, &ctx.app.db, id).await?;
    let mut page = page(ctx, visit.day, "").await?;
    page.wrong = error.message.text(ctx.t());
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}
