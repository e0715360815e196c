//! The published week for everybody, and the feed that calendars read.

use super::model::{monday, weeks};
use super::store;
use super::week::{Week, asked};
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use chrono::{NaiveDate, TimeDelta};
use http::header;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};
use platform::clock::{local_date, start_of_day};
use platform::http::html;
use platform::{Ctx, Result};
use std::collections::{HashMap, HashSet};
use ui::Shell;

pub(super) const PATH: &str = "/lich-lam-viec";
/// An entry without an end takes so long in a calendar.
const USUAL: TimeDelta = TimeDelta::hours(1);

#[derive(Template)]
#[template(path = "schedule-public.html")]
struct WeekPage {
    shell: Shell,
    week: Week,
    may_keep: bool,
}

pub(super) async fn show(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let week = Week::load(&ctx, asked(&ctx, &query), PATH).await?;
    let shell = Shell::public(&ctx, "office-schedule").await?;
    let shell = shell.crumb(ctx.t().t("office-schedule"), "");
    Ok(html(ui::render(&WeekPage { shell, may_keep: ctx.may("schedule.keep"), week })?))
}

/// Published weeks from four weeks ago on, as iCalendar (RFC 5545).
pub(super) async fn feed(ctx: Ctx) -> Result<Response> {
    let first = weeks(monday(ctx.today()), -4);
    let published: HashSet<NaiveDate> = store::published_from(&ctx, first).await?.into_iter().collect();
    let mut calendar = Calendar::new();
    calendar.name(&ctx.t().t("office-schedule"));
    if let Some(last) = published.iter().max() {
        for entry in store::list(&ctx, start_of_day(first), start_of_day(weeks(*last, 1))).await? {
            if !published.contains(&monday(local_date(entry.starts_at))) {
                continue;
            }
            let mut event = Event::new();
            event
                .uid(&entry.id.to_string())
                .timestamp(entry.changed_at)
                .summary(&entry.what)
                .starts(entry.starts_at);
            event.ends(entry.ends_at.unwrap_or(entry.starts_at + USUAL)).location(&entry.place);
            event.sequence(u32::try_from(entry.revision - 1).unwrap_or(0));
            let people: Vec<&str> = [entry.chair.as_str(), entry.attendees.as_str()]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect();
            event.description(&people.join("\n"));
            if entry.cancelled_at.is_some() {
                event.status(EventStatus::Cancelled);
            }
            calendar.push(event.done());
        }
    }
    Ok(([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], calendar.done().to_string())
        .into_response())
}
