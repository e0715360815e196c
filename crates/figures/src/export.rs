//! Figures leave the house: CSV, JSON, a table for the terminal, Excel.

use crate::{Value, all};
use chrono::NaiveDate;
use platform::{Ctx, Error, Result, T};
use serde_json::json;
use vnsheet::{Column, Kind, SheetSpec};

const HEAD: [&str; 7] = ["key", "value", "unit", "numerator", "denominator", "as_of", "basis"];

fn cells(value: &Value) -> [String; 7] {
    let part = |part: Option<crate::Exact>| part.map(|part| part.to_string()).unwrap_or_default();
    [
        value.key.to_owned(),
        value.plain(),
        value.unit.to_owned(),
        part(value.numerator),
        part(value.denominator),
        value.as_of.to_string(),
        value.basis.code().to_owned(),
    ]
}

/// `key,value,unit,numerator,denominator,as_of,basis`, one figure a line, decimal points.
pub async fn csv(ctx: &Ctx, day: NaiveDate) -> Result<String> {
    csv_of(&all(ctx, day).await?)
}

pub(crate) fn csv_of(values: &[Value]) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEAD).map_err(Error::internal)?;
    for value in values {
        writer.write_record(cells(value)).map_err(Error::internal)?;
    }
    let bytes = writer.into_inner().map_err(Error::internal)?;
    String::from_utf8(bytes).map_err(Error::internal)
}

/// The same as a JSON list; numbers stay texts, so that nobody rounds them on the way.
pub async fn json(ctx: &Ctx, day: NaiveDate) -> Result<String> {
    let rows: Vec<_> = all(ctx, day)
        .await?
        .iter()
        .map(|value| {
            let members =
                HEAD.into_iter().zip(cells(value)).map(|(name, cell)| (name.to_owned(), json!(cell)));
            serde_json::Value::Object(members.collect())
        })
        .collect();
    Ok(serde_json::to_string_pretty(&rows)?)
}

/// For reading in a terminal: name, value, unit, parts.
pub async fn table(ctx: &Ctx, day: NaiveDate) -> Result<String> {
    let t = ctx.t();
    let line = |value: &Value| [value.name(t), value.written(t), value.unit_word(t), value.parts(t)];
    let lines: Vec<[String; 4]> = all(ctx, day).await?.iter().map(line).collect();
    let wide = |at: usize| lines.iter().map(|line| line[at].chars().count()).max().unwrap_or(0);
    let widths = [wide(0), wide(1), wide(2), wide(3)];
    let mut out = String::new();
    for line in &lines {
        let padded = [
            format!("{:<width$}", line[0], width = widths[0]),
            format!("{:>width$}", line[1], width = widths[1]),
            format!("{:<width$}", line[2], width = widths[2]),
            line[3].clone(),
        ];
        out.push_str(padded.join("  ").trim_end());
        out.push('\n');
    }
    Ok(out)
}

/// An Excel file with the names in the reader's language.
pub(crate) fn xlsx(t: T, title: &str, day: NaiveDate, values: &[Value]) -> Result<Vec<u8>> {
    let column = |key: &str, kind: Kind| Column { heading: t.t(key), kind, width: None };
    let number = |number: Option<crate::Exact>| {
        number.map_or(vnsheet::Value::Empty, |number| vnsheet::Value::Decimal(number.to_f64()))
    };
    let text = vnsheet::Value::Text;
    let row = |value: &Value| {
        let unit = value.unit_word(t);
        vec![
            text(value.name(t)),
            if value.is_name() { text(value.written(t)) } else { number(value.value) },
            text(unit),
            number(value.numerator),
            number(value.denominator),
            text(value.how(t)),
        ]
    };
    let spec = SheetSpec {
        sheet_name: t.t("figures-title"),
        title: Some(title.to_owned()),
        notes: vec![t.s("figures-as-of", "day", &t.date(day))],
        columns: vec![
            column("figures-column-name", Kind::Text),
            column("figures-column-value", Kind::Decimal),
            column("figures-column-unit", Kind::Text),
            column("figures-column-numerator", Kind::Decimal),
            column("figures-column-denominator", Kind::Decimal),
            column("figures-column-how", Kind::Text),
        ],
        rows: values.iter().map(row).collect(),
    };
    vnsheet::write_table(&spec).map_err(Error::internal)
}
