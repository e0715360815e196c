use crate::office_hours::OfficeHours;
use crate::work::WorkCalendar;
use chrono::{Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

/// How long something may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Working days; 0 is the same day.
    Days(u16),
    /// Hours in which the office is open.
    Hours(u16),
    /// Days of the calendar; a last day on which the office is closed moves to the next working day.
    CalendarDays(u16),
    /// Months of the calendar, moved likewise.
    Months(u16),
}

impl WorkCalendar {
    /// When something that was received at `start` is due: always within the office hours of a working day.
    ///
    /// Days and months are counted from the working day after receipt and end when the office closes; hours
    /// run from the moment of receipt or the next opening.
    ///
    /// With `cutoff` (15:00 for many same-day procedures), what comes after that time counts as received at
    /// the next opening of the office on a later day, and so does what comes on a day off.
    ///
    /// At the end of the years that `chrono` knows the result stays there.
    pub fn deadline(
        &self,
        start: NaiveDateTime,
        limit: Limit,
        hours: &OfficeHours,
        cutoff: Option<NaiveTime>,
    ) -> NaiveDateTime {
        let start = match cutoff {
            Some(cutoff) => self.counted_from(start, hours, cutoff),
            None => start,
        };
        let date = start.date();
        let last = match limit {
            Limit::Hours(n) => return self.add_open_time(start, TimeDelta::hours(n.into()), hours),
            Limit::Days(n) => self.add_working_days(date, n),
            Limit::CalendarDays(n) => {
                self.working_day_from(date.checked_add_days(Days::new(n.into())).unwrap_or(NaiveDate::MAX))
            }
            Limit::Months(n) => self
                .working_day_from(date.checked_add_months(Months::new(n.into())).unwrap_or(NaiveDate::MAX)),
        };
        last.and_time(hours.close())
    }

    /// The moment when the office has been open for `minutes` after `start`: a clock that stood goes on from there.
    pub fn after_open_minutes(
        &self,
        start: NaiveDateTime,
        minutes: i64,
        hours: &OfficeHours,
    ) -> NaiveDateTime {
        self.add_open_time(start, TimeDelta::minutes(minutes.max(0)), hours)
    }

    /// Whole minutes in which the office is open between two moments; negative if `to` is the earlier one.
    pub fn working_minutes_between(
        &self,
        from: NaiveDateTime,
        to: NaiveDateTime,
        hours: &OfficeHours,
    ) -> i64 {
        if to < from {
            return -self.working_minutes_between(to, from, hours);
        }
        let part = |at: NaiveDateTime| {
            let works = self.is_working_day(at.date());
            if works { hours.elapsed(at.time()).num_seconds() } else { 0 }
        };
        // Working days after the first date up to the last; the last counts with its part only.
        let days = self.working_days_between(from.date(), to.date());
        let first = i64::from(self.is_working_day(from.date()));
        let last = i64::from(self.is_working_day(to.date()));
        let whole = (days + first - last) * hours.whole_day().num_seconds();
        (whole - part(from) + part(to)) / 60
    }

    /// `date` itself if it is a working day, otherwise the next one.
    fn working_day_from(&self, date: NaiveDate) -> NaiveDate {
        self.add_working_days(date, 0)
    }

    fn counted_from(&self, start: NaiveDateTime, hours: &OfficeHours, cutoff: NaiveTime) -> NaiveDateTime {
        let date = start.date();
        if self.is_working_day(date) && start.time() <= cutoff {
            return start;
        }
        self.add_working_days(date, 1).and_time(hours.open())
    }

    fn add_open_time(&self, start: NaiveDateTime, limit: TimeDelta, hours: &OfficeHours) -> NaiveDateTime {
        let mut date = self.working_day_from(start.date());
        let mut from = if date == start.date() { start.time() } else { NaiveTime::MIN };
        let mut left = limit;
        loop {
            for (open, close) in hours.sessions() {
                let begin = from.max(*open);
                // What begins at the very end of a session belongs to the next one, unless nothing is left.
                if begin > *close || (begin == *close && left > TimeDelta::zero()) {
                    continue;
                }
                if left <= *close - begin {
                    return date.and_time(begin + left);
                }
                left -= *close - begin;
            }
            let next = self.add_working_days(date, 1);
            if next == date {
                return date.and_time(hours.close());
            }
            (date, from) = (next, NaiveTime::MIN);
        }
    }
}
