//! The log of a vendor's system: which cluster played from when to when. Excel or CSV, columns under any of the headings of
//! `data/radio-log-headings`.

use crate::speaker::{self, Kind, Speaker};
use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};
use platform::{Ctx, Error, Result, Tx, Uuid};
use serde::Deserialize;
use std::collections::BTreeSet;
use vnsheet::any::{self, LIMITS};
use vnsheet::{Field, Kind as Look, RowRead, Schema, Value};

/// A cluster does not play longer in one row.
const LONGEST: chrono::Duration = chrono::Duration::hours(24);

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

/// A row that is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub speaker: Uuid,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
}

/// What a file holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Read {
    pub lines: Vec<Line>,
    /// Codes that no cluster of the commune has.
    pub unknown: BTreeSet<String>,
    /// Rows whose times cannot be read, by their number in the sheet.
    pub wrong: Vec<u32>,
}

fn schema(ctx: &Ctx) -> Result<Schema> {
    let headings = ctx.app.law.in_force::<Headings>("radio-log-headings", ctx.today())?.content;
    let field = |heading: &Heading| {
        let labels: Vec<&str> = heading.labels.iter().map(String::as_str).collect();
        let field = Field::new(&heading.key, Look::Text, &labels);
        if heading.key == "day" { field } else { field.required() }
    };
    Ok(Schema::new(headings.field.iter().map(field)))
}

/// Reads a file; nothing is written.
///
/// # Errors
/// At `tep`: no table, or none of the columns in it.
pub(crate) async fn read(ctx: &Ctx, bytes: &[u8]) -> Result<Read> {
    if bytes.len() as u64 > LIMITS.max_file_bytes {
        return Err(Error::field("tep", "broadcast-vendor-no-table"));
    }
    let schema = schema(ctx)?;
    let table = any::open(bytes, &schema).ok().filter(|table| table.mapping.missing.is_empty());
    let table = table.ok_or_else(|| Error::field("tep", "broadcast-vendor-no-table"))?;
    let speakers = speaker::store::all(ctx, &ctx.app.db).await?;
    let known = |code: &str| speakers.iter().find(|one| is(one, code));
    let mut found = Read::default();
    for row in vnsheet::rows(&table.grid, &schema, &table.mapping) {
        let RowRead::Data(row) = row else { continue };
        let text = |key: &str| match schema.index(key).map(|at| row.value(at)) {
            Some(Value::Text(text)) => text.trim().to_owned(),
            _ => String::new(),
        };
        let Some(speaker) = known(&text("code")) else {
            found.unknown.insert(text("code"));
            continue;
        };
        let span = moment(&text("day"), &text("from")).zip(moment(&text("day"), &text("to")));
        // One that goes over midnight has one day only.
        let span = span
            .map(|(from, to)| if to < from { (from, to + chrono::Duration::days(1)) } else { (from, to) });
        match span.filter(|(from, to)| from < to && *to - *from <= LONGEST && *from <= ctx.now) {
            Some((from, to)) => found.lines.push(Line { speaker: speaker.id, from, to }),
            None => found.wrong.push(row.number),
        }
    }
    if found.lines.is_empty() && found.unknown.is_empty() && found.wrong.is_empty() {
        return Err(Error::field("tep", "broadcast-vendor-empty"));
    }
    Ok(found)
}

fn is(one: &Speaker, code: &str) -> bool {
    one.kind == Kind::Vendor && !one.vendor_code.is_empty() && one.vendor_code.eq_ignore_ascii_case(code)
}

/// `10/03/2026 05:30:00`, `2026-03-10T05:30`, or a time beside a day of its own.
fn moment(day: &str, text: &str) -> Option<DateTime<Utc>> {
    let whole = text.replace('T', " ");
    let (date, time) = match whole.split_once(' ') {
        Some((first, second)) if first.contains(':') => (second, first),
        Some((first, second)) => (first, second),
        None => (day, whole.as_str()),
    };
    let date = vntext::date_parse(date.split(' ').next()?).ok()?;
    let time = time.trim();
    let time = ["%H:%M:%S", "%H:%M"].iter().find_map(|form| NaiveTime::parse_from_str(time, form).ok())?;
    let local = NaiveDateTime::new(date, time).and_local_timezone(platform::clock::vietnam()).single()?;
    Some(local.to_utc())
}

/// Writes it down; what stands already, from the same file or an earlier one, stands once. How many rows there are.
pub(crate) async fn keep(ctx: &Ctx, tx: &Tx, read: &Read) -> Result<usize> {
    for line in &read.lines {
        speaker::proven(ctx, tx, line.speaker, (line.from, line.to)).await?;
    }
    Ok(read.lines.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_vendors_write_them() {
        let expected = "2026-03-09T22:30:00Z".parse().ok();
        for (day, text) in [
            ("", "10/03/2026 05:30:00"),
            ("", "2026-03-10T05:30"),
            ("", "05:30 10/03/2026"),
            ("10/03/2026", "05:30"),
            ("10-03-2026", "05:30:00"),
        ] {
            assert_eq!(moment(day, text), expected, "{day} {text}");
        }
        assert_eq!((moment("", "05:30"), moment("10/03/2026", "sáng")), (None, None));
    }
}
