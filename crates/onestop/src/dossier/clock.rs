//! The clock of a dossier: promised days by Vietnam's working days, the 15:00 rule, stops, lights.

use crate::procedure::model::{Procedure, Unit};
use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};
use platform::{Ctx, Error, Result, clock};
use serde::Deserialize;
use std::sync::Arc;
use vncal::{Limit, OfficeHours, WorkCalendar};

/// `data/onestop`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Desk {
    agency: String,
    code: String,
    hours: Vec<(String, String)>,
    receive_hours: u16,
    answer_days: u16,
    extensions: i64,
    late_after_supplements: i64,
    soon_hours: i64,
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
}

/// How the desk works, and the working days of the year.
#[derive(Debug, Clone)]
pub struct DeskRules {
    desk: Arc<Desk>,
    calendar: Arc<WorkCalendar>,
    hours: OfficeHours,
}

/// How urgent something is, by the working time that is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Light {
    /// The clock stands, or nothing is promised.
    Standing,
    Green,
    Amber,
    Red,
}

impl DeskRules {
    /// # Errors
    /// A file that does not fit, with name and line.
    pub fn load(ctx: &Ctx) -> Result<DeskRules> {
        let desk = ctx.app.law.in_force::<Desk>("onestop", ctx.today())?.content;
        let calendar = ctx.app.law.read_as("holidays/vn.csv", WorkCalendar::from_csv)?;
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").map_err(Error::internal);
        let sessions: Result<Vec<_>> =
            desk.hours.iter().map(|(from, to)| Ok((time(from)?, time(to)?))).collect();
        let hours = OfficeHours::new(sessions?).map_err(Error::internal)?;
        Ok(DeskRules { desk, calendar, hours })
    }

    pub fn code_pattern(&self) -> (&str, &str) {
        (&self.desk.code, &self.desk.agency)
    }

    pub fn extensions(&self) -> i64 {
        self.desk.extensions
    }

    /// Until when what came online must be received or refused.
    pub fn receive_until(&self, submitted: DateTime<Utc>) -> DateTime<Utc> {
        self.deadline(submitted, Limit::Hours(self.desk.receive_hours), None)
    }

    /// Until when the applicant should answer.
    pub fn answer_until(&self, asked: DateTime<Utc>) -> DateTime<Utc> {
        self.deadline(asked, Limit::CalendarDays(self.desk.answer_days), None)
    }

    /// The promised moment of a dossier received at `received`; `None` where no limit is known.
    pub fn due(&self, procedure: &Procedure, received: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let limit = procedure.limit.as_ref()?;
        let cutoff = procedure.same_day_until.filter(|_| limit.unit == Unit::SameDay);
        Some(self.deadline(received, of(limit.value, limit.unit), cutoff))
    }

    /// When something of so many units is over that began at `start`.
    pub(crate) fn ends(&self, start: DateTime<Utc>, value: u16, unit: Unit) -> DateTime<Utc> {
        self.deadline(start, of(value, unit), None)
    }

    fn deadline(&self, start: DateTime<Utc>, limit: Limit, cutoff: Option<NaiveTime>) -> DateTime<Utc> {
        utc(self.calendar.deadline(local(start), limit, &self.hours, cutoff))
    }

    /// The promised moment after the clock stood from `stopped` to `again`: later by the working time in between.
    pub fn moved(&self, due: DateTime<Utc>, stopped: DateTime<Utc>, again: DateTime<Utc>) -> DateTime<Utc> {
        let stood = self.minutes(stopped, again).max(0);
        utc(self.calendar.after_open_minutes(local(due), stood, &self.hours))
    }

    /// Working minutes from one moment to another; negative when the other is earlier.
    pub fn minutes(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
        self.calendar.working_minutes_between(local(from), local(to), &self.hours)
    }

    pub fn light(&self, due: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Light {
        match due {
            None => Light::Standing,
            Some(due) if due < now => Light::Red,
            Some(due) if self.minutes(now, due) <= self.desk.soon_hours * 60 => Light::Amber,
            Some(_) => Light::Green,
        }
    }

    /// By the formulas of the quality index a dossier that was sent back so often is late whatever the day.
    pub fn late_by_supplements(&self, supplements: i64) -> bool {
        supplements >= self.desk.late_after_supplements
    }

    /// When the office closes on a day; `None` on a day off.
    pub fn closes_on(&self, day: chrono::NaiveDate) -> Option<DateTime<Utc>> {
        self.calendar.is_working_day(day).then(|| utc(day.and_time(self.hours.close())))
    }

    /// Working minutes of a day.
    pub fn day_minutes(&self) -> i64 {
        self.hours.sessions().iter().map(|(from, to)| (*to - *from).num_minutes()).sum()
    }

    pub fn is_open(&self, at: DateTime<Utc>) -> bool {
        let at = local(at);
        self.calendar.is_working_day(at.date()) && self.hours.contains(at.time())
    }
}

fn of(value: u16, unit: Unit) -> Limit {
    match unit {
        Unit::SameDay => Limit::Days(value.saturating_sub(1)),
        Unit::WorkingDay => Limit::Days(value),
        Unit::Day => Limit::CalendarDays(value),
        Unit::Hour => Limit::Hours(value),
        Unit::Month => Limit::Months(value),
    }
}

fn local(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&clock::vietnam()).naive_local()
}

fn utc(at: NaiveDateTime) -> DateTime<Utc> {
    // Vietnam has one offset all year: every local time is exactly one moment.
    at.and_local_timezone(clock::vietnam()).single().map_or_else(|| at.and_utc(), |at| at.to_utc())
}
