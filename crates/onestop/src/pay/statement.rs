//! The bank's statement: Excel or CSV, columns under any of their usual headings.

use crate::sheet;
use chrono::NaiveDate;
use platform::{Ctx, Error, Result};
use serde::Deserialize;
use vnsheet::{Field, Kind, RowRead, Schema, Value};

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub row: u32,
    pub on: NaiveDate,
    pub amount: i64,
    pub note: String,
    /// The bank's number; made from the line where the bank gives none.
    pub reference: String,
}

/// `data/statement-headings`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Headings {
    field: Vec<Heading>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Heading {
    key: String,
    labels: Vec<String>,
}

fn schema(ctx: &Ctx) -> Result<Schema> {
    let headings = ctx.app.law.in_force::<Headings>("statement-headings", ctx.today())?.content;
    let field = |heading: &Heading| {
        let labels: Vec<&str> = heading.labels.iter().map(String::as_str).collect();
        let field = Field::new(&heading.key, Kind::Text, &labels);
        if heading.key == "reference" { field } else { field.required() }
    };
    Ok(Schema::new(headings.field.iter().map(field)))
}

/// The lines of money that came in; what went out is left out.
///
/// # Errors
/// At `tep`: no statement, or no columns of day, money and message in it.
pub fn read(ctx: &Ctx, bytes: &[u8]) -> Result<Vec<Line>> {
    let schema = schema(ctx)?;
    let table = sheet::open(bytes, &schema).ok().filter(|table| table.mapping.missing.is_empty());
    let table = table.ok_or_else(|| Error::field("tep", "onestop-statement-none"))?;
    let mut lines: Vec<Line> = Vec::new();
    for read in vnsheet::rows(&table.grid, &schema, &table.mapping) {
        let RowRead::Data(row) = read else { continue };
        let text = |key: &str| match schema.index(key).map(|at| row.value(at)) {
            Some(Value::Text(text)) => text.trim().to_owned(),
            _ => String::new(),
        };
        let (Some(on), Some(amount)) = (day(&text("date")), sum(&text("amount"))) else { continue };
        if amount <= 0 {
            continue;
        }
        let note = text("note");
        let reference = match text("reference") {
            own if !own.is_empty() => format!("bank:{own}"),
            _ => {
                // The same line twice in one file is money twice.
                let same =
                    lines.iter().filter(|one| (one.on, one.amount, &one.note) == (on, amount, &note)).count();
                let whole = format!("{on}|{amount}|{note}|{same}");
                format!("line:{}", &blake3::hash(whole.as_bytes()).to_hex()[..32])
            }
        };
        lines.push(Line { row: row.number, on, amount, note, reference });
    }
    if lines.is_empty() { Err(Error::field("tep", "onestop-statement-empty")) } else { Ok(lines) }
}

/// "27/11/2026 08:15:02" and "2026-11-27T08:15" are days as well.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let first = text.split([' ', 'T']).next()?;
    vntext::date_parse(first).ok()
}

/// "+16,000", "16.000 VND", "16000.00".
fn sum(text: &str) -> Option<i64> {
    let text = text
        .trim()
        .trim_start_matches('+')
        .trim_end_matches(|c: char| c.is_alphabetic() || c.is_whitespace());
    let text = text.strip_suffix(".00").or_else(|| text.strip_suffix(",00")).unwrap_or(text);
    let digits: String = text.chars().filter(|c| !matches!(c, '.' | ',' | ' ')).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_days_are_read_as_banks_write_them() {
        for text in ["16000", "16.000", "16,000", "+16,000 VND", "16000.00", "16,000.00"] {
            assert_eq!(sum(text), Some(16_000), "{text}");
        }
        assert_eq!(sum("-5,000"), Some(-5_000));
        assert_eq!(sum("không"), None);
        let expected = NaiveDate::from_ymd_opt(2026, 11, 27);
        for text in ["27/11/2026", "27/11/2026 08:15:02", "2026-11-27T08:15"] {
            assert_eq!(day(text), expected, "{text}");
        }
    }
}
