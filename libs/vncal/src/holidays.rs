use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;
use thiserror::Error;

/// Why a day is not an ordinary one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// A holiday by law.
    PublicHoliday,
    /// Off, because a holiday fell on a weekly rest day.
    Compensatory,
    /// A working day off that is made up on another day.
    SwapOff,
    /// A rest day on which offices work, to make up for a [`SwapOff`](DayKind::SwapOff).
    MakeupWork,
}

/// How sure a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// The yearly notice is out.
    Published,
    /// Reckoned from the law; the notice of the year may move days of Tết and National Day and add swaps.
    Projected,
}

/// A day that differs from its weekday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecialDay {
    /// The day.
    pub date: NaiveDate,
    /// Its name in Vietnamese.
    pub name_vi: String,
    /// Whether offices work, and why.
    pub kind: DayKind,
    /// Whether the day is sure.
    pub status: Status,
}

/// A line of a holiday table that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {what}")]
pub struct CsvProblem {
    /// Line of the text, counted from 1.
    pub line: usize,
    /// What is wrong with it, in English, for the person who keeps the table.
    pub what: &'static str,
}

const HEADER: &str = "date,name_vi,kind,lunar,year,status";

/// Reads a table with the columns of [`HEADER`]; `#` starts a remark line; no quoting, so no commas in names.
pub(crate) fn read(csv: &str) -> Result<BTreeMap<NaiveDate, SpecialDay>, CsvProblem> {
    let mut lines = csv
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim_start_matches('\u{feff}').trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    match lines.next() {
        Some((_, HEADER)) => {}
        Some((line, _)) => return Err(CsvProblem { line, what: "the header is not the expected one" }),
        None => return Err(CsvProblem { line: 1, what: "the table is empty" }),
    }
    let mut days = BTreeMap::new();
    for (line, text) in lines {
        let day = row(text).map_err(|what| CsvProblem { line, what })?;
        if days.insert(day.date, day).is_some() {
            return Err(CsvProblem { line, what: "the day stands twice" });
        }
    }
    Ok(days)
}

fn row(text: &str) -> Result<SpecialDay, &'static str> {
    let cells: Vec<&str> = text.split(',').map(str::trim).collect();
    let [date, name_vi, kind, lunar, year, status] = cells.as_slice() else {
        return Err("six columns are needed");
    };
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").map_err(|_| "the date is not yyyy-mm-dd")?;
    if name_vi.is_empty() {
        return Err("the name is missing");
    }
    if *year != date.year().to_string() {
        return Err("the year is not that of the date");
    }
    if !lunar.is_empty() && !is_lunar_of(lunar, date) {
        return Err("the lunar day is not that of the date");
    }
    let kind = match *kind {
        "public_holiday" => DayKind::PublicHoliday,
        "compensatory" => DayKind::Compensatory,
        "swap_off" => DayKind::SwapOff,
        "makeup_work" => DayKind::MakeupWork,
        _ => return Err("unknown kind"),
    };
    let status = match *status {
        "published" => Status::Published,
        "projected" => Status::Projected,
        _ => return Err("unknown status"),
    };
    Ok(SpecialDay { date, name_vi: (*name_vi).to_owned(), kind, status })
}

/// Catches a Tết typed a day off, or taken from a calendar of another country.
fn is_lunar_of(text: &str, date: NaiveDate) -> bool {
    crate::lunar(date).is_some_and(|l| !l.leap && text == format!("{:02}/{:02}", l.day, l.month))
}
