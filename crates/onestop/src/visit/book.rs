//! Booking: a day, an hour, how many papers. For oneself, or for somebody of the village who agreed.

use super::purpose::{self, Purpose};
use super::rules::{self, Free, Wish};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, FieldError, Kind, Result, Tx, Uuid};
use std::collections::HashMap;
use ui::{FieldErrors, Shell};

/// A day in the row of days.
struct Day {
    url: String,
    label: String,
    left: String,
    here: bool,
}

struct Hour {
    value: String,
    label: String,
    left: String,
    full: bool,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "visit-book.html")]
struct BookPage {
    shell: Shell,
    path: String,
    days: Vec<Day>,
    day: String,
    hours: Vec<Hour>,
    papers: String,
    bring: Vec<String>,
    person: String,
    /// For whom, when it is not the reader.
    for_name: String,
    agreed: bool,
    key: String,
    errors: FieldErrors,
}

/// What was chosen so far.
#[derive(Default)]
struct Chosen {
    person: String,
    day: String,
    hour: String,
    papers: String,
    agreed: bool,
}

pub(super) async fn form(
    ctx: Ctx,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let text = |name: &str| query.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let purpose = purpose::get(&ctx, &code).await?;
    let chosen = Chosen { person: text("cho"), day: text("ngay"), ..Chosen::default() };
    let page = page(&ctx, &purpose, chosen, FieldErrors::default()).await?;
    Ok(html(ui::render(&page)?))
}

/// The own person, or somebody of the own village.
async fn whom(ctx: &Ctx, other: &str) -> Result<(Uuid, String)> {
    match other.parse::<Uuid>() {
        Ok(id) if ctx.scope.ids("person").contains(&id) => Ok((id, String::new())),
        Ok(id) => {
            let person = registry::person::get(ctx, id).await?;
            Ok((person.id, person.facts.full_name))
        }
        Err(_) => {
            let own = ctx.scope.ids("person").first().copied();
            own.map(|id| (id, String::new())).ok_or_else(|| Error::invalid("onestop-for-whom-unknown"))
        }
    }
}

async fn page(ctx: &Ctx, purpose: &Purpose, chosen: Chosen, errors: FieldErrors) -> Result<BookPage> {
    let t = ctx.t();
    let (person, for_name) = whom(ctx, &chosen.person).await?;
    let free = rules::free(ctx).await?;
    let wanted = chosen.day.parse().ok();
    let here = free.iter().find(|day| Some(day.day) == wanted);
    let here = here.or_else(|| free.iter().find(|day| day.left() > 0)).or(free.first());
    let path = format!("/thu-tuc/{}/hen", purpose.code);
    let carried = if for_name.is_empty() { String::new() } else { format!("&cho={person}") };
    let day = |day: &Free| Day {
        url: format!("{path}?ngay={}{carried}", day.day),
        label: day_words(ctx, day.day),
        left: t.n("onestop-visit-left", "count", day.left()),
        here: here.is_some_and(|here| here.day == day.day),
    };
    let hour = |(at, left): &(DateTime<Utc>, i64)| Hour {
        value: at.timestamp().to_string(),
        label: hour_words(*at),
        left: t.n("onestop-visit-left", "count", *left),
        full: *left == 0,
        chosen: at.timestamp().to_string() == chosen.hour && *left > 0,
    };
    let title = t.s("onestop-visit-book", "name", &purpose.name);
    let shell = Shell::public(ctx, &title).await?;
    let shell = shell.crumb(&purpose.name, &back(purpose)).crumb(t.t("onestop-visit-door"), "");
    Ok(BookPage {
        days: free.iter().map(day).collect(),
        day: here.map(|here| here.day.to_string()).unwrap_or_default(),
        hours: here.map(|here| here.slots.iter().map(hour).collect()).unwrap_or_default(),
        papers: chosen.papers,
        bring: purpose.papers.clone(),
        person: person.to_string(),
        for_name,
        agreed: chosen.agreed,
        key: ctx.new_id().to_string(),
        path,
        errors,
        shell,
    })
}

fn back(purpose: &Purpose) -> String {
    if purpose.field.is_empty() { "/lich-hen".to_owned() } else { format!("/thu-tuc/{}", purpose.code) }
}

/// "Thứ Ba 10/03"
fn day_words(ctx: &Ctx, day: chrono::NaiveDate) -> String {
    let weekday = ctx.t().t(&format!("onestop-weekday-{}", day.format("%u")));
    format!("{weekday} {}", day.format("%d/%m"))
}

pub(super) fn hour_words(at: DateTime<Utc>) -> String {
    at.with_timezone(&platform::clock::vietnam()).format("%H:%M").to_string()
}

pub(super) async fn book(ctx: Ctx, Path(code): Path<String>, sent: Form) -> Result<Response> {
    let purpose = purpose::get(&ctx, &code).await?;
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = booked(&ctx, &tx, &purpose, &sent).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if error.kind == Kind::Invalid && !error.fields.is_empty() => {
            let chosen = Chosen {
                person: sent.text("cho").to_owned(),
                day: sent.text("ngay").to_owned(),
                hour: sent.text("gio").to_owned(),
                papers: sent.text("so-giay").to_owned(),
                agreed: sent.ticked("dong-y"),
            };
            let page = page(&ctx, &purpose, chosen, FieldErrors::from_error(&error, ctx.t())).await?;
            Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn booked(ctx: &Ctx, tx: &Tx, purpose: &Purpose, sent: &Form) -> Result<(String, Note)> {
    let (person, for_name) = whom(ctx, sent.text("cho")).await?;
    let mut wrong = Vec::new();
    let mut refuse = |field: &'static str, key: &'static str| {
        wrong.push(FieldError { field: field.into(), message: key.into() });
    };
    let at = sent.text("gio").parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    if at.is_none() {
        refuse("gio", "onestop-visit-hour-empty");
    }
    let papers = sent.whole("so-giay");
    if papers.is_err() {
        refuse("so-giay", "error-number");
    }
    if !for_name.is_empty() && !sent.ticked("dong-y") {
        refuse("dong-y", "onestop-visit-consent-empty");
    }
    let (Some(at), Ok(papers), true) = (at, papers, wrong.is_empty()) else {
        return Err(Error::fields(wrong));
    };
    let wish = Wish { purpose: purpose.clone(), person, at, papers: papers.unwrap_or(0) };
    let visit = rules::book(ctx, tx, wish).await?;
    Ok((visit.path(), Note::new("onestop-visit-booked")))
}
