use chrono::{Datelike, NaiveDate};
use thiserror::Error;

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum DateProblem {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// Not in one of the forms that [`date_parse`] knows.
    #[error("not in a form that is known for dates")]
    Form,
    /// The year has only two digits: 1926 or 2026?
    #[error("the year has only two digits")]
    ShortYear,
    /// The form is right and the calendar has no such day, as 30/02/2026.
    #[error("the calendar has no such day")]
    NoSuchDay,
    /// The year is not between 1800 and 2200.
    #[error("the year is not between 1800 and 2200")]
    YearOutOfRange,
}

/// A date as it is written in Vietnam: `17/02/2026`.
pub fn date(day: NaiveDate) -> String {
    format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
}

/// Reads `d/m/yyyy`, `dd-mm-yyyy`, `dd.mm.yyyy`, `yyyy-mm-dd` and `ddmmyyyy`, with spaces around the parts
/// allowed. The day always comes before the month, except when the year is first.
pub fn date_parse(text: &str) -> Result<NaiveDate, DateProblem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DateProblem::Empty);
    }
    let parts = if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        [&text[..2], &text[2..4], &text[4..]]
    } else {
        three_parts(text)?
    };
    if parts.iter().any(|p| p.is_empty() || p.len() > 4 || !p.bytes().all(|b| b.is_ascii_digit())) {
        return Err(DateProblem::Form);
    }
    let [day, month, year] = if parts[0].len() == 4 { [parts[2], parts[1], parts[0]] } else { parts };
    if day.len() > 2 || month.len() > 2 {
        return Err(DateProblem::Form);
    }
    match year.len() {
        4 => {}
        2 => return Err(DateProblem::ShortYear),
        _ => return Err(DateProblem::Form),
    }
    let value = |s: &str| s.parse::<u32>().map_err(|_| DateProblem::Form);
    let (day, month, year) = (value(day)?, value(month)?, value(year)?);
    if !(1800..=2200).contains(&year) {
        return Err(DateProblem::YearOutOfRange);
    }
    NaiveDate::from_ymd_opt(year as i32, month, day).ok_or(DateProblem::NoSuchDay)
}

/// The parts between the separators, which must be the same twice.
fn three_parts(text: &str) -> Result<[&str; 3], DateProblem> {
    let separator = text.chars().find(|c| matches!(c, '/' | '-' | '.')).ok_or(DateProblem::Form)?;
    let mut parts = text.split(separator).map(str::trim);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(a), Some(b), Some(c), None) => Ok([a, b, c]),
        _ => Err(DateProblem::Form),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_usual_forms() {
        let want = NaiveDate::from_ymd_opt(2026, 2, 7).unwrap();
        for text in
            ["7/2/2026", "07/02/2026", "07-02-2026", "7.2.2026", "2026-02-07", "07022026", " 7 / 2 / 2026 "]
        {
            assert_eq!(date_parse(text), Ok(want), "{text}");
        }
        assert_eq!(date(want), "07/02/2026");
    }

    #[test]
    fn names_what_is_wrong() {
        for (text, want) in [
            ("", DateProblem::Empty),
            ("hôm nay", DateProblem::Form),
            ("7/2", DateProblem::Form),
            ("7/2-2026", DateProblem::Form),
            ("7/2/202", DateProblem::Form),
            ("7/2/2026/1", DateProblem::Form),
            ("7/2/26", DateProblem::ShortYear),
            ("30/02/2026", DateProblem::NoSuchDay),
            ("29022025", DateProblem::NoSuchDay),
            ("1/13/2026", DateProblem::NoSuchDay),
            ("1/1/0001", DateProblem::YearOutOfRange),
            ("१/२/2026", DateProblem::Form),
        ] {
            assert_eq!(date_parse(text), Err(want), "{text}");
        }
    }
}
