use crate::schema::{Choice, Field, Kind, Schema};
use crate::value::Value;
use chrono::NaiveDate;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use std::fmt;

/// A table to write.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetSpec {
    /// The name on the tab; what Excel forbids there is replaced.
    pub sheet_name: String,
    /// A line in large letters above the table.
    pub title: Option<String>,
    /// Lines between title and table: place, date, basis.
    pub notes: Vec<String>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, one value for each column.
    pub rows: Vec<Vec<Value>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// How its cells are formatted, and the words for its choices.
    pub kind: Kind,
    /// In characters; `None` fits the content.
    pub width: Option<f64>,
}

impl Column {
    /// The column that the same field is read from.
    pub fn of(field: &Field) -> Self {
        Column { heading: field.heading().to_owned(), kind: field.kind.clone(), width: None }
    }
}

impl SheetSpec {
    /// A plain table with a column for each field. Read with the same schema it gives the same values.
    pub fn of(schema: &Schema, sheet_name: &str, rows: Vec<Vec<Value>>) -> Self {
        SheetSpec {
            sheet_name: sheet_name.to_owned(),
            columns: schema.fields.iter().map(Column::of).collect(),
            rows,
            ..SheetSpec::default()
        }
    }
}

/// Why no file was made: more rows, columns or characters than Excel allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteProblem(pub(crate) String);

impl fmt::Display for WriteProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot write the sheet: {}", self.0)
    }
}

impl std::error::Error for WriteProblem {}

impl From<XlsxError> for WriteProblem {
    fn from(error: XlsxError) -> Self {
        WriteProblem(error.to_string())
    }
}

/// Writes an .xlsx file: heading bold, frozen and with filters; dates as true dates; identifiers as text, so
/// that zeros at the beginning stay. Text is never taken for a formula, whatever it begins with.
pub fn write_table(spec: &SheetSpec) -> Result<Vec<u8>, WriteProblem> {
    let mut workbook = Workbook::new();
    table(workbook.add_worksheet(), spec)?;
    Ok(workbook.save_to_buffer()?)
}

/// Writes the table and returns the row of its heading, from 0.
pub(crate) fn table(sheet: &mut Worksheet, spec: &SheetSpec) -> Result<u32, WriteProblem> {
    sheet.set_name(tab_name(&spec.sheet_name))?;
    let mut at = 0;
    if let Some(title) = &spec.title {
        let format = Format::new().set_bold().set_font_size(14);
        sheet.write_string_with_format(at, 0, shown(title), &format)?;
        at += 1;
    }
    for note in &spec.notes {
        sheet.write_string(at, 0, shown(note))?;
        at += 1;
    }
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0xE7_EE_E9))
        .set_border(FormatBorder::Thin);
    let formats = Formats::new();
    for (c, column) in (0u16..).zip(&spec.columns) {
        sheet.write_string_with_format(at, c, shown(&column.heading), &heading)?;
        sheet.set_column_width(c, column.width.unwrap_or_else(|| fitting(spec, c as usize)))?;
        // The format of the whole column keeps zeros of what people type below the table.
        if let Some(format) = formats.of_column(&column.kind) {
            sheet.set_column_format(c, format)?;
        }
    }
    for (r, row) in (at + 1..).zip(&spec.rows) {
        for ((c, column), value) in (0u16..).zip(&spec.columns).zip(row) {
            formats.write(sheet, r, c, value, &column.kind)?;
        }
    }
    sheet.set_freeze_panes(at + 1, 0)?;
    sheet.set_repeat_rows(at, at)?;
    sheet.set_landscape();
    if let Some(last) = (spec.columns.len() as u16).checked_sub(1) {
        sheet.autofilter(at, 0, at + spec.rows.len() as u32, last)?;
    }
    Ok(at)
}

struct Formats {
    text: Format,
    quoted: Format,
    date: Format,
    year: Format,
}

impl Formats {
    fn new() -> Self {
        Formats {
            text: Format::new().set_num_format("@"),
            // With the quote mark Excel keeps the text a text even after the cell is edited.
            quoted: Format::new().set_num_format("@").set_quote_prefix(),
            date: Format::new().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left),
            year: Format::new().set_num_format("0").set_align(FormatAlign::Left),
        }
    }

    fn of_column(&self, kind: &Kind) -> Option<&Format> {
        match kind {
            Kind::PersonalNumber | Kind::Phone => Some(&self.text),
            Kind::Date => Some(&self.date),
            _ => None,
        }
    }

    fn write(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        value: &Value,
        kind: &Kind,
    ) -> Result<(), WriteProblem> {
        match value {
            Value::Empty => {}
            Value::Date(day) if *day >= first_day() => {
                sheet.write_datetime_with_format(row, column, day, &self.date)?;
            }
            Value::Year(n) => {
                sheet.write_number_with_format(row, column, *n, &self.year)?;
            }
            Value::Whole(n) if n.unsigned_abs() < 1 << 53 => {
                sheet.write_number(row, column, *n as f64)?;
            }
            Value::Decimal(n) if n.is_finite() => {
                sheet.write_number(row, column, *n)?;
            }
            other => self.write_text(sheet, row, column, &words(other, kind))?,
        }
        Ok(())
    }

    fn write_text(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        text: &str,
    ) -> Result<(), WriteProblem> {
        let formula_like = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let format = if formula_like { &self.quoted } else { &self.text };
        sheet.write_string_with_format(row, column, shown(text), format)?;
        Ok(())
    }
}

/// Day numbers of the first two months of 1900 differ between programs; such days are written as text.
fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(1900, 3, 1).unwrap_or(NaiveDate::MIN)
}

/// The text of a value, as [`crate::rows`] reads it again.
pub(crate) fn words(value: &Value, kind: &Kind) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) | Value::PersonalNumber(text) | Value::Phone(text) => text.clone(),
        Value::Date(day) => vntext::date(*day),
        Value::Month(year, month) => format!("{month:02}/{year:04}"),
        Value::Year(year) => year.to_string(),
        Value::Whole(n) => n.to_string(),
        Value::Decimal(n) => n.to_string(),
        Value::YesNo(true) => "Có".to_owned(),
        Value::YesNo(false) => "Không".to_owned(),
        Value::Choice(value) => match kind {
            Kind::Choice(list) => {
                list.iter().find(|c| c.value == *value).map_or(value.as_str(), Choice::label).to_owned()
            }
            _ => value.clone(),
        },
    }
}

/// What XML and Excel can hold: at most 32,767 UTF-16 units, no control characters.
pub(crate) fn shown(text: &str) -> String {
    const MAX_UNITS: usize = 32_767;
    let mut units = 0;
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .take_while(|c| {
            units += c.len_utf16();
            units <= MAX_UNITS
        })
        .collect()
}

/// A name that Excel takes for a tab.
pub(crate) fn tab_name(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_control() || "[]:*?/\\".contains(c) { ' ' } else { c }).collect();
    let mut units = 0;
    let short: String = plain
        .trim()
        .trim_matches('\'')
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= 31
        })
        .collect();
    let short = short.trim().trim_matches('\'');
    if short.is_empty() || short.eq_ignore_ascii_case("history") {
        "Sheet1".to_owned()
    } else {
        short.to_owned()
    }
}

/// Wide enough for the heading's longest word and most cells.
fn fitting(spec: &SheetSpec, column: usize) -> f64 {
    let Column { heading, kind, .. } = &spec.columns[column];
    let heading = heading.split(' ').map(|word| word.chars().count()).max().unwrap_or(0) + 3;
    let cells = spec.rows.iter().take(1000).filter_map(|row| row.get(column));
    let longest = cells.map(|value| words(value, kind).chars().count()).max().unwrap_or(0) + 1;
    heading.max(longest).clamp(6, 50) as f64
}
