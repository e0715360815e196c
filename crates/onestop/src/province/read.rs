//! From the bytes of a file to its rows.

use super::headings::{Headings, REQUIRED};
use super::model::{Plan, Row, When};
use crate::sheet::{self, LIMITS, NoTable, Table};
use chrono::{NaiveDate, NaiveTime, Timelike};
use platform::{Error, Message, Result};
use std::collections::HashMap;
use vnsheet::{Cell, Format, Grid, GridRow, Mapping, RowRead, Schema, Value, Workbook};

/// Values of each column on the mapping page.
const SHOWN: usize = 3;

/// The media type of a file that could be read.
pub(super) fn media_type(bytes: &[u8]) -> &'static str {
    match Workbook::open(bytes, &LIMITS).map(|workbook| workbook.format()) {
        Ok(Format::Xls) => "application/vnd.ms-excel",
        Ok(Format::Ods) => "application/vnd.oasis.opendocument.spreadsheet",
        Ok(_) => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Err(_) => "text/csv",
    }
}

/// What the columns seem to mean, and the day that stands above them ("Tính đến ngày 10/03/2026").
///
/// # Errors
/// At `tep`: no Excel, no CSV, or no heading that is known.
pub(super) fn propose(bytes: &[u8], headings: &Headings) -> Result<(Plan, Option<NaiveDate>)> {
    let Table { sheet, grid, mapping } = sheet::open(bytes, &headings.schema()).map_err(refused)?;
    // One heading that is a little like ours is some other list.
    let understood: Vec<&str> = mapping.columns.iter().filter_map(|one| one.field.as_deref()).collect();
    if understood.len() < 2 || !REQUIRED.iter().any(|key| understood.contains(key)) {
        return Err(refused(NoTable::NoHeading));
    }
    let below = || grid.rows.iter().filter(|row| row.number > mapping.header_last);
    let sample = |column: u16| {
        let cells = below().take(20).filter_map(|row| row.cells.get(usize::from(column)).map(Cell::display));
        let filled = cells.filter(|text| !text.is_empty()).take(SHOWN);
        filled.map(|text| text.chars().take(60).collect()).collect()
    };
    let samples = mapping.columns.iter().map(|column| sample(column.column)).collect();
    let above = grid.rows.iter().take_while(|row| row.number < mapping.header_first);
    let day = above.flat_map(|row| &row.cells).filter_map(|cell| last_day(&cell.display())).max();
    Ok((Plan { sheet, mapping, samples }, day))
}

fn refused(why: NoTable) -> Error {
    let key = match why {
        NoTable::NoHeading => "onestop-province-no-heading",
        NoTable::Unread(vnsheet::OpenProblem::NotExcel { looks_like: vnsheet::LooksLike::Html }) => {
            "onestop-province-html"
        }
        NoTable::Unread(_) => "onestop-province-no-sheet",
    };
    Error::field("tep", key)
}

/// The last day that is named in a text.
fn last_day(text: &str) -> Option<NaiveDate> {
    text.split_whitespace().rev().find_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_ascii_digit());
        (word.len() >= 8).then(|| vntext::date_parse(word).ok()).flatten()
    })
}

/// The rows of the sheet that was chosen, by the mapping that was chosen.
pub(super) fn rows(bytes: &[u8], headings: &Headings, plan: &Plan) -> Result<Vec<Row>> {
    let mut grid = sheet::grid(bytes, plan.sheet).map_err(refused)?;
    with_hours(&mut grid);
    Ok(rows_of(&grid, headings, &headings.schema(), &plan.mapping))
}

/// A cell of Excel that holds a moment keeps its hour as text.
fn with_hours(grid: &mut Grid) {
    let cells = grid.rows.iter_mut().flat_map(|row: &mut GridRow| &mut row.cells);
    for cell in cells {
        if let Cell::DateTime(at) = cell
            && at.time() != NaiveTime::MIN
        {
            *cell = Cell::Text(at.format("%d/%m/%Y %H:%M:%S").to_string());
        }
    }
}

fn rows_of(grid: &Grid, headings: &Headings, schema: &Schema, mapping: &Mapping) -> Vec<Row> {
    let mut first: HashMap<String, u32> = HashMap::new();
    let mut found: Vec<Row> = Vec::new();
    for read in vnsheet::rows(grid, schema, mapping) {
        let RowRead::Data(read) = read else { continue };
        let mut row = row(&read, headings, schema);
        let twin = first.get(&row.code).and_then(|number| found.iter().find(|one| one.number == *number));
        match twin {
            Some(twin) if Row { number: row.number, ..twin.clone() } == row => continue,
            Some(twin) => {
                row.wrong.push(Message::new("onestop-province-twice").with("row", i64::from(twin.number)));
            }
            None if row.wrong.is_empty() => {
                first.insert(row.code.clone(), row.number);
            }
            None => {}
        }
        found.push(row);
    }
    found
}

fn row(read: &vnsheet::Row, headings: &Headings, schema: &Schema) -> Row {
    let text = |key: &str| match schema.index(key).map(|at| read.value(at)) {
        Some(Value::Text(text) | Value::PersonalNumber(text) | Value::Phone(text)) => text.trim().to_owned(),
        _ => String::new(),
    };
    let mut wrong = Vec::new();
    let mut day = |key: &str| {
        let typed = text(key);
        let read = when(&typed);
        if read.is_none() && !typed.is_empty() {
            wrong.push(Message::new("onestop-province-wrong-day").with("text", short(&typed)));
        }
        read
    };
    let (received, due, ended, updated) = (day("received"), day("due"), day("ended"), day("updated"));
    let typed = text("code");
    let code = crate::dossier::typed(&typed);
    let plain = typed.chars().filter(|c| !c.is_whitespace()).count();
    let digits = code.chars().filter(char::is_ascii_digit).count();
    if typed.is_empty() {
        wrong.push(Message::new("onestop-province-no-code"));
    } else if code.len() != plain || digits < 4 {
        wrong.push(Message::new("onestop-province-wrong-code").with("text", short(&typed)));
    }
    let told = text("status");
    let status = headings.status(&told);
    if status.is_none() {
        wrong.push(Message::new("onestop-province-wrong-status").with("text", short(&told)));
    }
    Row {
        number: read.number,
        code,
        procedure: text("procedure"),
        procedure_name: text("procedure-name"),
        status,
        applicant: text("applicant").chars().take(100).collect(),
        person_number: text("number"),
        phone: text("phone"),
        address: text("address").chars().take(200).collect(),
        request: text("request").chars().take(2_000).collect(),
        receiver: text("receiver").chars().take(100).collect(),
        received,
        due,
        ended,
        updated,
        wrong,
    }
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// "10/03/2026", "10/03/2026 17:00:00", "17:00 10/03/2026", "2026-03-10T17:00".
fn when(text: &str) -> Option<When> {
    let mut found: (Option<NaiveDate>, Option<NaiveTime>) = (None, None);
    for word in text.split([' ', 'T', ',']).filter(|word| !word.is_empty()) {
        if word.contains(':') {
            found.1 = Some(time(word)?);
        } else if found.0.is_none() {
            found.0 = Some(vntext::date_parse(word).ok()?);
        }
    }
    Some(When { day: found.0?, time: found.1 })
}

fn time(word: &str) -> Option<NaiveTime> {
    let word = word.split(['.', '+', 'Z']).next()?;
    let time =
        NaiveTime::parse_from_str(word, "%H:%M:%S").or_else(|_| NaiveTime::parse_from_str(word, "%H:%M"));
    time.ok()?.with_nanosecond(0)
}

/// The national code in one of the province: "1.001193.000.00.00.H38", "1.001193 - Đăng ký khai sinh".
pub(super) fn national(text: &str) -> Option<&str> {
    let code = text.trim().get(..8)?;
    let (head, tail) = code.split_once('.')?;
    let digits = |part: &str, len| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
    let ends = !text.trim()[8..].starts_with(|c: char| c.is_ascii_digit());
    (digits(head, 1) && digits(tail, 6) && ends).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_systems_write_them() {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0);
        for (text, time) in [
            ("10/03/2026", None),
            ("10/03/2026 17:00:00", at(17, 0)),
            ("17:30 10/03/2026", at(17, 30)),
            ("2026-03-10T08:05:00.000", at(8, 5)),
        ] {
            let day = NaiveDate::from_ymd_opt(2026, 3, 10).unwrap();
            assert_eq!(when(text), Some(When { day, time }), "{text}");
        }
        for text in ["", "mai", "31/02/2026", "10/03/2026 25:00"] {
            assert_eq!(when(text), None, "{text}");
        }
        assert_eq!(last_day("(Tính đến ngày 09/03/2026)"), NaiveDate::from_ymd_opt(2026, 3, 9));
        assert_eq!(last_day("Xã Gia Phú, tháng 3"), None);
    }

    #[test]
    fn the_national_code_stands_in_the_provincial_one() {
        assert_eq!(national("1.001193.000.00.00.H38"), Some("1.001193"));
        assert_eq!(national(" 2.000815 - Chứng thực bản sao"), Some("2.000815"));
        for text in ["1.0011934", "Đăng ký khai sinh", "C08_XPHCDB", "", "1.00119"] {
            assert_eq!(national(text), None, "{text}");
        }
    }
}
