//! Periods for which something must be published, and by when. Pure.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Every {
    Month,
    Quarter,
    Half,
    Year,
}

impl Every {
    fn months(self) -> u32 {
        match self {
            Every::Month => 1,
            Every::Quarter => 3,
            Every::Half => 6,
            Every::Year => 12,
        }
    }

    /// The last day of the period in which a day lies.
    pub fn end(self, day: NaiveDate) -> NaiveDate {
        let months = self.months();
        let first = NaiveDate::from_ymd_opt(day.year(), day.month0() / months * months + 1, 1);
        let next = first.and_then(|first| first.checked_add_months(Months::new(months)));
        next.and_then(|next| next.pred_opt()).unwrap_or(day)
    }

    /// The last day of the period before the one that ends on a day.
    fn before(self, end: NaiveDate) -> NaiveDate {
        let first = end.with_day(1).and_then(|day| day.checked_sub_months(Months::new(self.months() - 1)));
        first.and_then(|first| first.pred_opt()).unwrap_or(end)
    }

    /// Which of its year it is, from 1, and the year.
    pub fn number(self, end: NaiveDate) -> (u32, i32) {
        (end.month() / self.months(), end.year())
    }

    /// The last days of periods for which something may be published on a day: the running one and those before, the newest first.
    pub fn recent(self, today: NaiveDate, count: usize) -> Vec<NaiveDate> {
        std::iter::successors(Some(self.end(today)), |end| Some(self.before(*end))).take(count).collect()
    }
}

/// How it stands with the newest period that is due, or that is due next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing was published for the period; the day is over.
    Late { end: NaiveDate, due: NaiveDate },
    /// Nothing yet; there is time until the day.
    Waits { end: NaiveDate, due: NaiveDate },
    /// The newest period is there.
    Kept { end: NaiveDate },
}

/// Looks at the periods from the newest: the first whose day is over decides, unless a later one is already there or waits.
pub(crate) fn standing(every: Every, days: i64, today: NaiveDate, published: &[NaiveDate]) -> Standing {
    let due = |end: NaiveDate| {
        let distance = Days::new(days.unsigned_abs());
        let due = if days < 0 { end.checked_sub_days(distance) } else { end.checked_add_days(distance) };
        due.unwrap_or(end)
    };
    let periods = every.recent(today, 3);
    let over = periods.iter().copied().find(|end| due(*end) < today);
    if let Some(end) = over.filter(|end| !published.contains(end)) {
        return Standing::Late { end, due: due(end) };
    }
    // Those whose day is still to come, the nearest first.
    let ahead =
        periods.iter().rev().copied().filter(|end| due(*end) >= today && days_near(*end, today, days));
    for end in ahead {
        if !published.contains(&end) {
            return Standing::Waits { end, due: due(end) };
        }
    }
    let newest = published.iter().max().copied().or(over).unwrap_or(periods[0]);
    Standing::Kept { end: newest }
}

/// A period that is published after it has ended is not asked for while it runs.
fn days_near(end: NaiveDate, today: NaiveDate, days: i64) -> bool {
    days < 0 || end < today
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn periods_end_with_their_month() {
        for (every, end, before, number) in [
            (Every::Month, "2026-02-28", "2026-01-31", 2),
            (Every::Quarter, "2026-03-31", "2025-12-31", 1),
            (Every::Half, "2026-06-30", "2025-12-31", 1),
            (Every::Year, "2026-12-31", "2025-12-31", 1),
        ] {
            let found = every.end(day("2026-02-10"));
            assert_eq!(found, day(end), "{every:?}");
            assert_eq!(every.before(found), day(before), "{every:?}");
            assert_eq!(every.number(found), (number, 2026), "{every:?}");
        }
        assert_eq!(Every::Month.before(day("2028-03-31")), day("2028-02-29"));
        assert_eq!(Every::Quarter.recent(day("2026-05-01"), 3).last(), Some(&day("2025-12-31")));
    }

    #[test]
    fn a_budget_is_asked_for_after_its_quarter() {
        let at = |today, published: &[NaiveDate]| standing(Every::Quarter, 15, day(today), published);
        let (third, due) = (day("2026-09-30"), day("2026-10-15"));
        assert_eq!(at("2026-10-15", &[]), Standing::Late { end: day("2026-06-30"), due: day("2026-07-15") });
        let half = [day("2026-06-30")];
        assert_eq!(at("2026-09-30", &half), Standing::Kept { end: half[0] }, "its quarter still runs");
        assert_eq!(at("2026-10-15", &half), Standing::Waits { end: third, due });
        assert_eq!(at("2026-10-16", &half), Standing::Late { end: third, due });
        assert_eq!(at("2026-10-16", &[third]), Standing::Kept { end: third });
    }

    #[test]
    fn a_schedule_is_asked_for_while_its_month_begins() {
        let at = |today, published: &[NaiveDate]| standing(Every::Month, -25, day(today), published);
        let (october, november) = (day("2026-10-31"), day("2026-11-30"));
        assert_eq!(at("2026-11-03", &[october]), Standing::Waits { end: november, due: day("2026-11-05") });
        assert_eq!(at("2026-11-06", &[october]), Standing::Late { end: november, due: day("2026-11-05") });
        assert_eq!(at("2026-11-06", &[october, november]), Standing::Kept { end: november });
    }
}
