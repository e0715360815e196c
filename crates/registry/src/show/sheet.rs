//! A list as a file: all rows that match, as CSV or Excel.

use axum::response::Response;
use platform::http::download;
use platform::{Ctx, Error, Result};
use vnsheet::{Column, Kind, SheetSpec, Value};

/// More rows than this are no list any more: the export of the whole registry is a job of its own.
pub(crate) const ROWS_MAX: usize = 50_000;

pub enum Format {
    Csv,
    Xlsx,
}

impl Format {
    pub fn parse(text: &str) -> Option<Format> {
        match text {
            "csv" => Some(Format::Csv),
            "xlsx" => Some(Format::Xlsx),
            _ => None,
        }
    }
}

/// A list to be written.
pub struct Sheet {
    /// The file's name without its ending, and the tab.
    pub name: String,
    pub headings: Vec<String>,
    pub rows: Vec<Vec<Value>>,
}

impl Sheet {
    pub fn answer(self, ctx: &Ctx, format: &Format) -> Result<Response> {
        match format {
            Format::Csv => {
                let name = format!("{}.csv", self.name);
                Ok(download(&name, "text/csv; charset=utf-8", self.csv(ctx).into_bytes()))
            }
            Format::Xlsx => {
                let name = format!("{}.xlsx", self.name);
                let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
                Ok(download(&name, media, vnsheet::write_table(&self.spec()).map_err(Error::internal)?))
            }
        }
    }

    fn spec(self) -> SheetSpec {
        let kind_at = |at: usize| match self
            .rows
            .iter()
            .find_map(|row| row.get(at).filter(|value| **value != Value::Empty))
        {
            Some(Value::Whole(_)) => Kind::Whole,
            Some(Value::Date(_) | Value::Month(..) | Value::Year(_)) => Kind::Date,
            _ => Kind::Text,
        };
        let columns = self.headings.iter().enumerate();
        let columns = columns
            .map(|(at, heading)| Column { heading: heading.clone(), kind: kind_at(at), width: None })
            .collect();
        SheetSpec { sheet_name: self.name, columns, rows: self.rows, ..SheetSpec::default() }
    }

    /// With the mark at the beginning by which Excel knows UTF-8, and quotes wherever a cell could be misread.
    fn csv(&self, ctx: &Ctx) -> String {
        let mut text = String::from("\u{feff}");
        let mut line = |cells: Vec<String>| {
            let quoted: Vec<String> = cells.iter().map(|cell| quote(cell)).collect();
            text.push_str(&quoted.join(","));
            text.push_str("\r\n");
        };
        line(self.headings.clone());
        for row in &self.rows {
            line(row.iter().map(|value| words(ctx, value)).collect());
        }
        text
    }
}

fn words(ctx: &Ctx, value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Date(day) => ctx.t().date(*day),
        Value::Month(year, month) => format!("{month:02}/{year}"),
        Value::Year(year) => year.to_string(),
        Value::Whole(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::YesNo(yes) => ctx.t().t(if *yes { "registry-yes" } else { "registry-no" }),
        Value::Text(text) | Value::Choice(text) | Value::PersonalNumber(text) | Value::Phone(text) => {
            text.clone()
        }
    }
}

/// A text that a spreadsheet would take for a formula gets an apostrophe before it.
fn quote(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn no_cell_becomes_a_formula_or_breaks_the_line() {
        assert_eq!(quote("Lò Thị Mẫu"), "Lò Thị Mẫu");
        assert_eq!(quote("=1+1"), "'=1+1");
        assert_eq!(quote("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(quote("hai\ndòng"), "\"hai\ndòng\"");
    }
}
