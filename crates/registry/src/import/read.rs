//! From the bytes of a file to rows of text.

use super::row::{Line, Problem, Texts};
use platform::{Error, Message};
use serde::{Deserialize, Serialize};
use vnsheet::{
    Cell, CellProblem, ColumnMap, Confidence, Format, Grid, GridRow, Kind, Limits, Mapping, OpenProblem, Row,
    RowRead,
};
use vnsheet::{Schema, SkipReason, Value, Workbook, rows};

/// What one file may ask of us: a large commune, and some.
pub(crate) const LIMITS: Limits = Limits {
    max_file_bytes: 20 << 20,
    max_unpacked_bytes: 200 << 20,
    max_ratio: 200,
    max_rows: 100_000,
    max_columns: 200,
    max_cell_chars: 9_999,
};

/// How many rows the mapping page shows.
const SHOWN: usize = 8;

/// A file as the mapping page shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Proposal {
    pub sheet: usize,
    pub sheet_name: String,
    pub mapping: Mapping,
    /// First values of each column of the mapping.
    pub samples: Vec<Vec<String>>,
}

/// The media type of a file that [`propose`] could read.
pub(crate) fn media_type(bytes: &[u8]) -> &'static str {
    match infer_format(bytes) {
        Some(Format::Xls) => "application/vnd.ms-excel",
        Some(Format::Ods) => "application/vnd.oasis.opendocument.spreadsheet",
        _ => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
}

fn infer_format(bytes: &[u8]) -> Option<Format> {
    Workbook::open(bytes, &LIMITS).ok().map(|workbook| workbook.format())
}

/// Opens a file and proposes what its columns mean.
///
/// # Errors
/// `Invalid` at the field `tep`, with a sentence for each way in which a file is no usable Excel.
pub(crate) fn propose(bytes: &[u8], schema: &Schema) -> Result<Proposal, Error> {
    let mut workbook = Workbook::open(bytes, &LIMITS).map_err(|problem| open_error(&problem))?;
    let best = workbook.best_sheet(schema).map_err(|problem| open_error(&problem))?;
    let (sheet, grid, mapping) = best.ok_or_else(|| Error::field("tep", "registry-import-no-heading"))?;
    let below: Vec<&GridRow> =
        grid.rows.iter().filter(|row| row.number > mapping.header_last).take(SHOWN).collect();
    let sample = |column: u16| {
        let cells =
            below.iter().map(|row| row.cells.get(usize::from(column)).map(Cell::display).unwrap_or_default());
        cells.map(|text| text.chars().take(60).collect()).collect()
    };
    let samples = mapping.columns.iter().map(|column| sample(column.column)).collect();
    Ok(Proposal { sheet, sheet_name: workbook.sheets()[sheet].name.clone(), mapping, samples })
}

/// The rows of the sheet that was chosen, by the mapping that was chosen.
pub(crate) fn lines(
    bytes: &[u8],
    schema: &Schema,
    sheet: usize,
    mapping: &Mapping,
) -> Result<Vec<Line>, Error> {
    let mut workbook = Workbook::open(bytes, &LIMITS).map_err(|problem| open_error(&problem))?;
    let grid = workbook.grid(sheet).map_err(|problem| open_error(&problem))?;
    Ok(lines_of(&grid, schema, mapping))
}

pub(crate) fn lines_of(grid: &Grid, schema: &Schema, mapping: &Mapping) -> Vec<Line> {
    let own_village = mapping.columns_of("village").next().is_some();
    let mut group = String::new();
    let mut lines = Vec::new();
    for read in rows(grid, schema, mapping) {
        match read {
            RowRead::Data(row) => {
                let mut line = line(&row, schema);
                if !own_village && !group.is_empty() && !line.has("village") {
                    line.texts.insert("village".into(), group.clone());
                }
                lines.push(line);
            }
            // "II | Thôn 3" above the rows of a village.
            RowRead::Skipped { reason: SkipReason::GroupTitle, text, .. } => group = village_in_title(&text),
            RowRead::Skipped { .. } => {}
        }
    }
    lines
}

/// Without the number of the group: "II. Thôn Đông Căm" is "Thôn Đông Căm".
fn village_in_title(text: &str) -> String {
    let ordinal = |word: &str| {
        !word.is_empty()
            && word.trim_end_matches(['.', ')', ':']).chars().all(|c| "IVX0123456789".contains(c))
    };
    let words: Vec<&str> = text.split(' ').collect();
    let start = usize::from(words.len() > 1 && ordinal(words[0]));
    words[start..].join(" ").trim_end_matches(':').to_owned()
}

/// Reads a row that somebody typed into the form, as if it stood in a file.
pub(crate) fn typed(row: u32, texts: &Texts, schema: &Schema) -> Line {
    let cells = schema.fields.iter().map(|field| match texts.get(&field.key) {
        Some(text) if text.chars().count() > LIMITS.max_cell_chars => {
            Cell::TooLong(text.chars().take(100).collect())
        }
        Some(text) => Cell::Text(text.clone()),
        None => Cell::Empty,
    });
    let grid = Grid {
        rows: vec![GridRow { number: 2, cells: cells.collect() }],
        merges: Vec::new(),
        date_1904: false,
    };
    let columns = (0u16..).zip(&schema.fields).map(|(column, field)| ColumnMap {
        column,
        heading: field.heading().to_owned(),
        field: Some(field.key.clone()),
        mark: None,
        score: 100,
        confidence: Confidence::High,
    });
    let mapping = Mapping {
        header_first: 1,
        header_last: 1,
        columns: columns.collect(),
        score: 0,
        missing: Vec::new(),
    };
    let read = rows(&grid, schema, &mapping).next();
    let mut line = match read {
        Some(RowRead::Data(read)) => line(&read, schema),
        // What looks like no person at all stays as it was typed; the check finds what is missing.
        _ => Line { row, texts: texts.clone(), unread: Vec::new() },
    };
    line.row = row;
    line
}

fn line(row: &Row, schema: &Schema) -> Line {
    let mut line = Line { row: row.number, ..Line::default() };
    for (cell, field) in row.cells.iter().zip(&schema.fields) {
        match &cell.result {
            Ok(Value::Empty) => {}
            Ok(value) => {
                line.texts.insert(field.key.clone(), text_of(value, &field.kind));
            }
            Err(problem) => {
                if !problem.raw.is_empty() {
                    line.texts.insert(field.key.clone(), problem.raw.clone());
                }
                line.unread.push(unread(&field.key, problem));
            }
        }
    }
    // Nine digits are an old card, in whichever column they stand.
    if line.text("personal_no").len() == 9
        && !line.has("previous_no")
        && let Some(number) = line.texts.remove("personal_no")
    {
        line.texts.insert("previous_no".into(), number);
    }
    line
}

fn unread(field: &str, problem: &CellProblem) -> Problem {
    let raw: String = problem.raw.chars().take(40).collect();
    let key = format!("registry-import-cell-{}", problem.kind.key().replace('_', "-"));
    Problem::new(field, Message::new(key).with("raw", raw))
}

/// The text of a value, as the check and the form read it.
fn text_of(value: &Value, kind: &Kind) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) | Value::PersonalNumber(text) | Value::Phone(text) => text.clone(),
        Value::Date(day) => vntext::date(*day),
        Value::Month(year, month) => format!("{month:02}/{year:04}"),
        Value::Year(year) => format!("{year:04}"),
        Value::Whole(n) => n.to_string(),
        Value::Decimal(n) => n.to_string(),
        Value::YesNo(yes) => if *yes { "Có" } else { "Không" }.to_owned(),
        Value::Choice(code) => match kind {
            Kind::Choice(list) => {
                list.iter().find(|c| c.value == *code).map_or(code.as_str(), |c| c.label()).to_owned()
            }
            _ => code.clone(),
        },
    }
}

/// Why a file could not be opened, at the field of the form.
pub(crate) fn open_error(problem: &OpenProblem) -> Error {
    let message = match problem {
        OpenProblem::NotExcel { looks_like } => {
            Message::new(format!("registry-import-file-{}", looks_like.key().replace('_', "-")))
        }
        OpenProblem::TooLarge { .. } => {
            Message::new("registry-import-file-too-large").with("limit", LIMITS.max_file_bytes >> 20)
        }
        OpenProblem::TooManyRows { .. } => {
            Message::new("registry-import-file-too-many-rows").with("limit", LIMITS.max_rows)
        }
        OpenProblem::TooManyColumns { .. } => {
            Message::new("registry-import-file-too-many-columns").with("limit", u32::from(LIMITS.max_columns))
        }
        other => Message::new(format!("registry-import-file-{}", other.key().replace('_', "-"))),
    };
    let mut error = Error::field("tep", message);
    if let OpenProblem::Damaged(detail) = problem {
        error.detail = Some(detail.clone());
    }
    error
}
