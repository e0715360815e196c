//! A month, a quarter or a year.

use chrono::{Datelike, Days, Months, NaiveDate};
use platform::Message;
use platform::i18n::T;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl Period {
    /// `2026`, `2026-Q1` or `2026-03`.
    pub fn parse(text: &str) -> Option<Period> {
        let (year, part) = text.split_once('-').unwrap_or((text, ""));
        let year: i32 = year.parse().ok().filter(|year| (1900..=2999).contains(year))?;
        let (month, months) = match part.strip_prefix('Q') {
            Some(quarter) => {
                let quarter: u32 = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
                (quarter * 3 - 2, 3)
            }
            None if part.is_empty() => (1, 12),
            None => (part.parse().ok()?, 1),
        };
        Period::of(NaiveDate::from_ymd_opt(year, month, 1)?, months)
    }

    fn of(from: NaiveDate, months: u32) -> Option<Period> {
        let to = from.checked_add_months(Months::new(months))?.checked_sub_days(Days::new(1))?;
        Some(Period { from, to })
    }

    /// As [`Period::parse`] reads it.
    pub fn code(&self) -> String {
        let (year, month) = (self.from.year(), self.from.month());
        match (self.from.month() == self.to.month(), month + 11 == self.to.month()) {
            (true, _) => format!("{year}-{month:02}"),
            (_, true) => year.to_string(),
            _ => format!("{year}-Q{}", month / 3 + 1),
        }
    }

    pub fn name(&self, t: T) -> String {
        let code = self.code();
        let (year, part) = code.split_once('-').unwrap_or((&code, ""));
        match part.strip_prefix('Q') {
            Some(quarter) => {
                Message::new("office-score-quarter").with("quarter", quarter).with("year", year).text(t)
            }
            None if part.is_empty() => t.s("office-score-year", "year", year),
            None => Message::new("office-score-month").with("month", part).with("year", year).text(t),
        }
    }

    /// This month and the two before it, this quarter and the last one, this year and the last one.
    pub fn offered(today: NaiveDate) -> Vec<Period> {
        let month = today.with_day(1).unwrap_or(today);
        let quarter = month.with_month((today.month() - 1) / 3 * 3 + 1).unwrap_or(month);
        let year = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(month);
        let back =
            |from: NaiveDate, months: u32| from.checked_sub_months(Months::new(months)).unwrap_or(from);
        let all = [
            (month, 1),
            (back(month, 1), 1),
            (back(month, 2), 1),
            (quarter, 3),
            (back(quarter, 3), 3),
            (year, 12),
            (back(year, 12), 12),
        ];
        all.into_iter().filter_map(|(from, months)| Period::of(from, months)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn periods_come_back_and_end_on_their_last_day() {
        for (code, from, to) in [
            ("2026", "2026-01-01", "2026-12-31"),
            ("2026-Q1", "2026-01-01", "2026-03-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2026-Q4", "2026-10-01", "2026-12-31"),
        ] {
            let period = Period::parse(code).unwrap();
            assert_eq!(period, Period { from: day(from), to: day(to) }, "{code}");
            assert_eq!(period.code(), code);
        }
        for wrong in ["", "26", "2026-Q5", "2026-13", "2026-00", "nay", "2026-Q", "99999"] {
            assert_eq!(Period::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_offered_lies_around_today() {
        let codes: Vec<String> = Period::offered(day("2026-01-31")).iter().map(Period::code).collect();
        assert_eq!(codes, ["2026-01", "2025-12", "2025-11", "2026-Q1", "2025-Q4", "2026", "2025"]);
    }
}
