use super::Read;
use crate::serial;
use crate::value::{ProblemKind, Repair, Value};
use chrono::{Datelike, NaiveDate};
use vntext::{DateProblem, date_parse, fold};

const YEARS: std::ops::RangeInclusive<i32> = 1800..=2200;

pub(crate) fn day(day: NaiveDate) -> Read {
    if YEARS.contains(&day.year()) { Ok((Value::Date(day), None)) } else { Err(ProblemKind::YearOutOfRange) }
}

/// A number in a column of dates: a year, digits without separators, or a day number that lost its format.
pub(crate) fn number(n: f64, date_1904: bool) -> Read {
    if n.fract() != 0.0 || n < 1.0 {
        return match serial::moment(n, date_1904) {
            Some(at) if n > 10_000.0 => day(at.date()).map(|(value, _)| (value, Some(Repair::SerialDate))),
            _ => Err(ProblemKind::DateForm),
        };
    }
    match n as i64 {
        // Day numbers below 2200 are days before 1906: nobody types those.
        year @ 1800..=2200 => Ok((Value::Year(year as i32), None)),
        1_000_000..=99_999_999 => digits(&format!("{:08}", n as i64), n < 10_000_000.0),
        2_201..=110_000 => match serial::moment(n, date_1904) {
            Some(at) => day(at.date()).map(|(value, _)| (value, Some(Repair::SerialDate))),
            None => Err(ProblemKind::DateForm),
        },
        _ => Err(ProblemKind::DateForm),
    }
}

/// Eight digits: day first, or year first. Never both: a year from 1800 to 2200 has no month in its middle.
fn digits(text: &str, padded: bool) -> Read {
    let repair = Some(if padded { Repair::LeadingZero } else { Repair::NoSeparators });
    let day_first = date_parse(text);
    let year_first = date_parse(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]));
    match (day_first, year_first) {
        (Ok(date), _) => Ok((Value::Date(date), repair)),
        (_, Ok(date)) if !padded => Ok((Value::Date(date), repair)),
        (_, Err(DateProblem::NoSuchDay)) if !padded => Err(ProblemKind::DateImpossible),
        (Err(problem), _) => Err(kind(problem)),
    }
}

pub(crate) fn text(text: &str) -> Read {
    match value(text) {
        Ok((value, repair)) => Ok((value, repair)),
        Err(ProblemKind::DateForm) => match with_note(text) {
            Some((date, note)) => value(date).map(|(v, _)| (v, Some(Repair::TrailingNote(note.to_owned())))),
            None => Err(ProblemKind::DateForm),
        },
        Err(problem) => Err(problem),
    }
}

fn value(text: &str) -> Read {
    let text = text.trim().trim_start_matches('\'');
    let text = without_time(text);
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return digits(text, false);
    }
    if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
        return year_text(text);
    }
    let spelled = spelled_out(text);
    let text = spelled.as_deref().unwrap_or(text);
    // "7\2\1990", "7,2,1990", "7 / 2 / 1990" and mixed separators are slips, all clear.
    let plain: String = text
        .chars()
        .filter(|c| *c != ' ')
        .map(|c| if matches!(c, '-' | '.' | ',' | '\\' | '_' | '–' | '—' | '|') { '/' } else { c })
        .collect();
    let plain = plain.trim_matches('/').replace("//", "/");
    if let Some(month) = month_of(&plain) {
        return month;
    }
    match date_parse(&plain) {
        Ok(day) => Ok((Value::Date(day), None)),
        Err(DateProblem::NoSuchDay) if month_first(&plain) => Err(ProblemKind::DateMonthFirst),
        Err(problem) => Err(kind(problem)),
    }
}

/// `1956-05-12 00:00:00`, as other software exports it.
fn without_time(text: &str) -> &str {
    let Some((date, time)) = text.split_once(['T', ' ']) else { return text };
    let clock = time.contains(':') && time.bytes().all(|b| b.is_ascii_digit() || b":.Z".contains(&b));
    if clock { date } else { text }
}

/// "ngày 7 tháng 2 năm 1990", "tháng 2 năm 1990", "năm 1990", "sinh năm 1990".
fn spelled_out(text: &str) -> Option<String> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|w| *w != "sinh").collect();
    match words[..] {
        ["ngay", d, "thang", m, "nam", y] => Some(format!("{d}/{m}/{y}")),
        ["thang", m, "nam", y] => Some(format!("{m}/{y}")),
        ["nam", y] => Some(y.to_owned()),
        _ => None,
    }
}

/// `02/1990`, `--/--/1990`, `00/00/1990`, `00/02/1990`, or a year alone.
fn month_of(plain: &str) -> Option<Read> {
    let parts: Vec<&str> = plain.split('/').collect();
    let known: Vec<&str> = parts.iter().copied().skip_while(|p| p.is_empty() || unknown(p)).collect();
    let all_digits =
        known.iter().all(|p| !p.is_empty() && p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit()));
    if parts.len() > 3 || known.len() > 2 || !all_digits {
        return None;
    }
    match known[..] {
        [year] if year.len() == 4 => Some(year_text(year)),
        [month, year] if year.len() == 4 && month.len() <= 2 => {
            let (month, year) = (month.parse().ok()?, year.parse().ok()?);
            Some(if !YEARS.contains(&year) {
                Err(ProblemKind::YearOutOfRange)
            } else if (1..=12).contains(&month) {
                Ok((Value::Month(year, month), None))
            } else {
                Err(ProblemKind::DateImpossible)
            })
        }
        _ => None,
    }
}

fn unknown(part: &str) -> bool {
    !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| matches!(b, b'0' | b'?' | b'x' | b'X' | b'*'))
}

fn month_first(plain: &str) -> bool {
    let parts: Vec<&str> = plain.split('/').collect();
    matches!(parts[..], [a, b, c] if a.len() <= 2 && date_parse(&format!("{b}/{a}/{c}")).is_ok())
}

/// A date, then a note after a space or in brackets.
fn with_note(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '-' | '.' | ' ')))?;
    let (date, note) = text.split_at(end);
    let date = date.trim_end_matches([' ', '-', '.', '/']);
    (date.len() >= 4).then_some((date, note.trim()))
}

pub(crate) fn year_number(n: f64) -> Read {
    if n.fract() != 0.0 || !(1.0..=9999.0).contains(&n) {
        return Err(ProblemKind::YearForm);
    }
    year(n as i32)
}

pub(crate) fn year_text(text: &str) -> Read {
    let text = text.trim().trim_start_matches('\'');
    match text.parse::<i32>() {
        Ok(number) if text.len() == 4 => year(number),
        Ok(_) if text.len() == 2 => Err(ProblemKind::DateShortYear),
        _ => match value(text) {
            _ if text.len() < 6 => Err(ProblemKind::YearForm),
            Ok((Value::Date(day), _)) => Ok((Value::Year(day.year()), None)),
            Ok((Value::Month(year, _) | Value::Year(year), _)) => Ok((Value::Year(year), None)),
            _ => Err(ProblemKind::YearForm),
        },
    }
}

fn year(number: i32) -> Read {
    if YEARS.contains(&number) { Ok((Value::Year(number), None)) } else { Err(ProblemKind::YearOutOfRange) }
}

fn kind(problem: DateProblem) -> ProblemKind {
    match problem {
        DateProblem::Empty | DateProblem::Form => ProblemKind::DateForm,
        DateProblem::ShortYear => ProblemKind::DateShortYear,
        DateProblem::NoSuchDay => ProblemKind::DateImpossible,
        DateProblem::YearOutOfRange => ProblemKind::YearOutOfRange,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(read: Read) -> String {
        match read {
            Ok((Value::Date(day), repair)) => format!("{day}{}", repair.map_or("", |_| "*")),
            Ok((Value::Month(y, m), _)) => format!("{y}-{m:02}"),
            Ok((Value::Year(y), _)) => y.to_string(),
            Ok((other, _)) => format!("{other:?}"),
            Err(problem) => problem.key().to_owned(),
        }
    }

    #[test]
    fn usual_spellings() {
        for (raw, want) in [
            ("7/2/1990", "1990-02-07"),
            ("07-02-1990", "1990-02-07"),
            ("7.2.1990.", "1990-02-07"),
            ("7\\2/1990", "1990-02-07"),
            ("ngày 7 tháng 2 năm 1990", "1990-02-07"),
            ("1990-02-07 00:00:00", "1990-02-07"),
            ("1990-02-07T00:00:00", "1990-02-07"),
            ("07021990", "1990-02-07*"),
            ("19900231", "date_impossible"),
            ("19900217", "1990-02-17*"),
            ("12/05/1956 (đã mất)", "1956-05-12*"),
            ("12/05/1956 đã chuyển đi", "1956-05-12*"),
            ("1940", "1940"),
            ("năm 1940", "1940"),
            ("00/00/1940", "1940"),
            ("../../1940", "1940"),
            ("??/05/1940", "1940-05"),
            ("05/1940", "1940-05"),
            ("13/1940", "date_impossible"),
            ("12/31/1990", "date_month_first"),
            ("30/02/1990", "date_impossible"),
            ("7/2/90", "date_short_year"),
            ("20121012", "2012-10-12*"),
            ("hôm qua", "date_form"),
            ("07/02/0190", "year_out_of_range"),
            ("🌾", "date_form"),
        ] {
            assert_eq!(show(text(raw)), want, "{raw}");
        }
    }

    #[test]
    fn numbers() {
        for (n, want) in [
            (32_911.0, "1990-02-07*"),
            (32_911.25, "1990-02-07*"),
            (1940.0, "1940"),
            (7_021_990.0, "1990-02-07*"),
            (17_021_990.0, "1990-02-17*"),
            (5.0, "date_form"),
            (-3.0, "date_form"),
            (1e12, "date_form"),
            (f64::NAN, "date_form"),
        ] {
            assert_eq!(show(number(n, false)), want, "{n}");
        }
        assert_eq!(show(number(32_911.0 - 1462.0, true)), "1990-02-07*");
    }

    #[test]
    fn years() {
        for (raw, want) in [
            ("1950", "1950"),
            ("50", "date_short_year"),
            ("7/2/1950", "1950"),
            ("x", "year_form"),
            ("0500", "year_out_of_range"),
        ] {
            assert_eq!(show(year_text(raw)), want, "{raw}");
        }
    }
}
