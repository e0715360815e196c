use crate::holidays::{self, CsvProblem, DayKind, SpecialDay, Status};
use chrono::{Datelike, NaiveDate, Weekday};
use std::collections::BTreeMap;

/// The working days of offices: Monday to Friday, less holidays and days off, plus make-up days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkCalendar {
    days: BTreeMap<NaiveDate, SpecialDay>,
}

impl WorkCalendar {
    /// Reads `date,name_vi,kind,lunar,year,status`, where `date` is `yyyy-mm-dd`, `kind` one of
    /// `public_holiday`, `compensatory`, `swap_off`, `makeup_work`, `lunar` empty or `dd/mm` (checked against
    /// [`lunar`](crate::lunar)) and `status` `published` or `projected`. Lines that start with `#` are remarks.
    pub fn from_csv(csv: &str) -> Result<WorkCalendar, CsvProblem> {
        Ok(WorkCalendar { days: holidays::read(csv)? })
    }

    /// This calendar with every year that `notice` knows replaced by what it says of it.
    pub fn with_notice(mut self, notice: WorkCalendar) -> WorkCalendar {
        self.days.retain(|date, _| !notice.days.keys().any(|known| known.year() == date.year()));
        self.days.extend(notice.days);
        self
    }

    /// What is special about a day.
    pub fn special(&self, date: NaiveDate) -> Option<&SpecialDay> {
        self.days.get(&date)
    }

    /// The special days of a span, both ends included, in order.
    pub fn specials(&self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = &SpecialDay> {
        (from <= to).then(|| self.days.range(from..=to)).into_iter().flatten().map(|(_, day)| day)
    }

    /// How sure the days of a year are: `None` if the calendar knows nothing of it, so that only weekends
    /// count, which a program should tell its users.
    pub fn status(&self, year: i32) -> Option<Status> {
        let mut of_year = self.days.values().filter(|day| day.date.year() == year).peekable();
        of_year.peek()?;
        let sure = of_year.all(|day| day.status == Status::Published);
        Some(if sure { Status::Published } else { Status::Projected })
    }

    /// Whether offices work on a day.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        match self.days.get(&date) {
            Some(day) => day.kind == DayKind::MakeupWork,
            None => is_weekday(date),
        }
    }

    /// The `n`-th working day after `date`; for 0 `date` itself if it is one, otherwise the next one.
    ///
    /// At the end of the years that `chrono` knows the result stays there.
    pub fn add_working_days(&self, date: NaiveDate, n: u16) -> NaiveDate {
        let mut day = date;
        let mut left = n;
        if n == 0 && self.is_working_day(day) {
            return day;
        }
        while let Some(next) = day.succ_opt() {
            day = next;
            if self.is_working_day(day) {
                left = left.saturating_sub(1);
                if left == 0 {
                    break;
                }
            }
        }
        day
    }

    /// How many working days there are after `from`, up to and including `to`; negative if `to` is earlier.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        if to < from {
            return -self.working_days_between(to, from);
        }
        let weekdays = weekdays_until(to) - weekdays_until(from);
        let special: i64 = self
            .days
            .range((std::ops::Bound::Excluded(from), std::ops::Bound::Unbounded))
            .take_while(|(date, _)| **date <= to)
            .map(|(date, day)| match (is_weekday(*date), day.kind == DayKind::MakeupWork) {
                (true, false) => -1,
                (false, true) => 1,
                _ => 0,
            })
            .sum();
        weekdays + special
    }
}

fn is_weekday(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Weekdays from 1 January of year 1, a Monday, up to and including `date`.
fn weekdays_until(date: NaiveDate) -> i64 {
    let days = i64::from(date.num_days_from_ce());
    days.div_euclid(7) * 5 + days.rem_euclid(7).min(5)
}
