//! The hours that may be booked: `data/visit-hours`, on the working days of the desk's calendar.

use crate::dossier::DeskRules;
use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveTime, Utc, Weekday};
use platform::{Ctx, Error, Result, clock};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    slot_minutes: i64,
    places: i64,
    days_ahead: u64,
    notice_minutes: i64,
    open_each: i64,
    papers_max: i64,
    hours: Vec<Part>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    weekdays: Vec<String>,
    from: String,
    to: String,
}

/// The hours as they are today.
pub(super) struct Hours {
    file: Arc<File>,
    desk: DeskRules,
}

impl Hours {
    /// # Errors
    /// A file that does not fit.
    pub fn load(ctx: &Ctx) -> Result<Hours> {
        let file = ctx.app.law.in_force::<File>("visit-hours", ctx.today())?.content;
        if file.slot_minutes <= 0 || file.places <= 0 || file.open_each <= 0 {
            return Err(Error::internal("visit-hours: minutes, places and open_each are at least 1"));
        }
        Ok(Hours { file, desk: DeskRules::load(ctx)? })
    }

    /// People at the same hour.
    pub fn places(&self) -> i64 {
        self.file.places
    }

    /// Open appointments of one person for one procedure.
    pub fn open_each(&self) -> i64 {
        self.file.open_each
    }

    pub fn papers_max(&self) -> i64 {
        self.file.papers_max
    }

    /// The days on which something may be booked, with the hours that have not passed.
    ///
    /// # Errors
    /// Hours in the file that are none.
    pub fn days(&self, now: DateTime<Utc>) -> Result<Vec<(NaiveDate, Vec<DateTime<Utc>>)>> {
        let today = clock::local_date(now);
        let earliest = now + Duration::minutes(self.file.notice_minutes);
        let mut days = Vec::new();
        for day in (0..=self.file.days_ahead).filter_map(|n| today.checked_add_days(Days::new(n))) {
            let mut slots = self.of(day)?;
            slots.retain(|at| *at >= earliest);
            if !slots.is_empty() {
                days.push((day, slots));
            }
        }
        Ok(days)
    }

    /// The hours of a day; none on a day off.
    fn of(&self, day: NaiveDate) -> Result<Vec<DateTime<Utc>>> {
        if self.desk.closes_on(day).is_none() {
            return Ok(Vec::new());
        }
        let weekday = match day.weekday() {
            Weekday::Sat | Weekday::Sun => Weekday::Mon,
            other => other,
        };
        let mut slots = Vec::new();
        for part in &self.file.hours {
            let on: Vec<Weekday> =
                part.weekdays.iter().map(|word| word.parse()).collect::<Result<_, _>>().map_err(wrong)?;
            if on.contains(&weekday) {
                slots.extend(self.slots(day, time(&part.from)?, time(&part.to)?));
            }
        }
        slots.sort_unstable();
        slots.dedup();
        Ok(slots)
    }

    fn slots(&self, day: NaiveDate, from: NaiveTime, to: NaiveTime) -> Vec<DateTime<Utc>> {
        let start = clock::start_of_day(day);
        let moment = |time: NaiveTime| start + (time - NaiveTime::MIN);
        let (mut at, end) = (moment(from), moment(to));
        let length = Duration::minutes(self.file.slot_minutes);
        let mut slots = Vec::new();
        while at + length <= end {
            if self.desk.is_open(at) {
                slots.push(at);
            }
            at += length;
        }
        slots
    }
}

fn time(text: &str) -> Result<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").map_err(wrong)
}

fn wrong(error: impl std::fmt::Display) -> Error {
    Error::internal(format!("visit-hours: {error}"))
}
