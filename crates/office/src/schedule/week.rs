//! A week as both pages show it.

use super::model::{Entry, monday, weeks};
use super::store;
use chrono::{Datelike, NaiveDate, Weekday};
use platform::clock::{end_of_day, local_date, start_of_day, vietnam};
use platform::{Ctx, Result, T};
use std::collections::HashMap;

/// One day with what is in it.
pub(super) struct Day {
    pub name: String,
    pub today: bool,
    pub lines: Vec<Line>,
}

impl Day {
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }
}

/// An entry.
pub(super) struct Line {
    pub id: String,
    pub time: String,
    pub what: String,
    pub about: String,
    pub cancelled: bool,
    /// Changed after the week was published.
    pub changed: bool,
    pub key: String,
}

pub(super) struct Week {
    pub monday: NaiveDate,
    pub title: String,
    pub days: Vec<Day>,
    pub published: bool,
    pub before: String,
    pub after: String,
}

/// The week that the address asks for, else the one of today.
pub(super) fn asked(ctx: &Ctx, query: &HashMap<String, String>) -> NaiveDate {
    let day = query.get("tuan").and_then(|text| text.parse().ok());
    monday(day.unwrap_or_else(|| ctx.today()))
}

impl Week {
    pub async fn load(ctx: &Ctx, monday: NaiveDate, path: &str) -> Result<Week> {
        let t = ctx.t();
        let sunday = weeks(monday, 1).pred_opt().unwrap_or(monday);
        let published = store::published(ctx, monday).await?;
        let entries = store::list(ctx, start_of_day(monday), end_of_day(sunday)).await?;
        let mut days: Vec<Day> = monday
            .iter_days()
            .take(7)
            .map(|day| Day {
                name: format!("{}, {}", weekday(t, day), t.date(day)),
                today: day == ctx.today(),
                lines: Vec::new(),
            })
            .collect();
        for entry in entries {
            let at = local_date(entry.starts_at).signed_duration_since(monday).num_days();
            let changed = published.is_some_and(|at| entry.changed_at > at);
            if let Some(day) = usize::try_from(at).ok().and_then(|at| days.get_mut(at)) {
                day.lines.push(line(ctx, entry, changed));
            }
        }
        let url = |count| format!("{path}?tuan={}", weeks(monday, count));
        Ok(Week {
            monday,
            title: t
                .a("office-schedule-of", &[("from", t.date(monday).into()), ("to", t.date(sunday).into())]),
            days,
            published: published.is_some(),
            before: url(-1),
            after: url(1),
        })
    }
}

fn line(ctx: &Ctx, entry: Entry, changed: bool) -> Line {
    let hour = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&vietnam()).format("%H:%M").to_string();
    let time = match entry.ends_at {
        Some(end) => format!("{} – {}", hour(entry.starts_at), hour(end)),
        None => hour(entry.starts_at),
    };
    let about = [entry.chair, entry.attendees, entry.place];
    let about: Vec<String> = about.into_iter().filter(|part| !part.is_empty()).collect();
    Line {
        id: entry.id.to_string(),
        time,
        what: entry.what,
        about: about.join(" · "),
        cancelled: entry.cancelled_at.is_some(),
        changed: changed && entry.cancelled_at.is_none(),
        key: ctx.new_id().to_string(),
    }
}

fn weekday(t: T, day: NaiveDate) -> String {
    t.t(match day.weekday() {
        Weekday::Mon => "office-weekday-1",
        Weekday::Tue => "office-weekday-2",
        Weekday::Wed => "office-weekday-3",
        Weekday::Thu => "office-weekday-4",
        Weekday::Fri => "office-weekday-5",
        Weekday::Sat => "office-weekday-6",
        Weekday::Sun => "office-weekday-7",
    })
}
