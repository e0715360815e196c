//! Finds the heading of a table and what its columns mean.

use crate::grid::{Cell, Grid};
use crate::heading::{Heading, WEAK, likeness};
use crate::mapping::{ColumnMap, Confidence, Mapping, Mark};
use crate::schema::Schema;

/// The heading stands among the first rows of a list, below the names of the offices and the title.
const SEARCH_ROWS: usize = 40;
const MAX_DEPTH: u32 = 3;
/// Longer text is a sentence, no heading.
const MAX_HEADING_CHARS: usize = 120;

/// Finds the heading of a sheet and proposes what each column means; `None` when no heading is known.
///
/// Title rows above are passed over. A heading may span up to three rows ("Năm sinh" over "Nam | Nữ").
pub fn find_header(grid: &Grid, schema: &Schema) -> Option<Mapping> {
    let labels = Labels::new(schema);
    let mut best: Option<Mapping> = None;
    for row in grid.rows.iter().take(SEARCH_ROWS) {
        for depth in 1..=MAX_DEPTH {
            let last = row.number.saturating_add(depth - 1);
            if depth > 1 && !continues(grid, row.number, last) {
                break;
            }
            let mapping = propose(grid, row.number, last, schema, &labels);
            if mapping.score > best.as_ref().map_or(u32::from(WEAK) - 1, |b| b.score) {
                best = Some(mapping);
            }
        }
    }
    best
}

/// The mapping for a heading that a person points at, rows from 1.
pub fn header_at(grid: &Grid, schema: &Schema, first: u32, last: u32) -> Mapping {
    propose(grid, first, last.clamp(first, first.saturating_add(MAX_DEPTH - 1)), schema, &Labels::new(schema))
}

/// A row belongs to the heading above it when its text stands under group headings only; a row of data
/// stands under single ones.
fn continues(grid: &Grid, first: u32, last: u32) -> bool {
    let Some(row) = grid.row(last) else { return false };
    let filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank());
    let mut any = false;
    for (column, cell) in filled {
        let column = column as u16;
        let below_merge =
            grid.merge_at(last, column).is_some_and(|m| m.first_row < last && m.first_row >= first);
        if !matches!(cell, Cell::Text(_)) || !(below_merge || in_group(grid, last - 1, column)) {
            return false;
        }
        any = true;
    }
    any
}

/// The heading of this cell covers several columns: merged, or with empty neighbours.
fn in_group(grid: &Grid, row: u32, column: u16) -> bool {
    if let Some(merge) = grid.merge_at(row, column) {
        return merge.last_column > merge.first_column;
    }
    grid.cell(row, column).is_blank()
        || grid.cell(row, column + 1).is_blank() && !grid.cell(row + 1, column + 1).is_blank()
}

/// The parts of the heading of a column, from the top, without repeats.
fn parts(grid: &Grid, first: u32, last: u32, column: u16) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for row in first..=last {
        let text = part(grid, row, row < last, column);
        if !text.is_empty() && text.chars().count() <= MAX_HEADING_CHARS && parts.last() != Some(&text) {
            parts.push(text);
        }
    }
    parts
}

fn part(grid: &Grid, row: u32, upper: bool, column: u16) -> String {
    let text = |row, column| match grid.cell(row, column) {
        cell @ Cell::Text(_) => cell.display(),
        _ => String::new(),
    };
    if let Some(merge) = grid.merge_at(row, column) {
        return text(merge.first_row, merge.first_column);
    }
    let own = text(row, column);
    if !own.is_empty() || !upper || grid.cell(row + 1, column).is_blank() {
        return own;
    }
    // A group heading whose cells were never merged: it stands above its first column.
    let left = (0..column).rev().take_while(|c| !grid.cell(row + 1, *c).is_blank()).find_map(|c| {
        let text = text(row, c);
        (!text.is_empty()).then_some(text)
    });
    left.unwrap_or_default()
}

struct Labels {
    /// Field, label.
    fields: Vec<(usize, Heading)>,
    /// Field, choice, label.
    choices: Vec<(usize, usize, Heading)>,
}

impl Labels {
    fn new(schema: &Schema) -> Self {
        let (mut fields, mut choices) = (Vec::new(), Vec::new());
        for (f, field) in schema.fields.iter().enumerate() {
            fields.extend(field.labels.iter().map(|l| (f, Heading::new(l))));
            for (c, choice) in field.choices().iter().enumerate() {
                choices.extend(choice.labels.iter().map(|l| (f, c, Heading::new(l))));
            }
        }
        Labels { fields, choices }
    }

    /// Every field that a heading may mean, with its likeness.
    fn fields_like(&self, parts: &[String]) -> Vec<(usize, u8)> {
        let mut found: Vec<(usize, u8)> = Vec::new();
        let whole = Heading::new(&parts.join(" "));
        let last = Heading::new(parts.last().map_or("", String::as_str));
        for (field, label) in &self.fields {
            // The lowest part alone is less than the whole: "Mẹ / Họ tên" is not the person's name.
            let below = if parts.len() > 1 { likeness(&last, label).saturating_sub(4) } else { 0 };
            let score = likeness(&whole, label).max(below);
            if score >= WEAK {
                match found.iter_mut().find(|(f, _)| f == field) {
                    Some((_, best)) => *best = (*best).max(score),
                    None => found.push((*field, score)),
                }
            }
        }
        found
    }

    /// The choice that a heading names, for columns of marks. Only sure spellings count.
    fn choice_named(&self, part: &str) -> Option<(usize, usize)> {
        let heading = Heading::new(part);
        self.choices.iter().find(|(_, _, label)| likeness(&heading, label) >= 97).map(|(f, c, _)| (*f, *c))
    }
}

fn propose(grid: &Grid, first: u32, last: u32, schema: &Schema, labels: &Labels) -> Mapping {
    let mut columns = Vec::new();
    let mut candidates = Vec::new(); // score, place in columns, field
    for column in 0..grid.width() {
        let parts = parts(grid, first, last, column);
        if parts.is_empty() {
            continue;
        }
        let at = columns.len();
        let named = parts.last().and_then(|part| labels.choice_named(part));
        let mark = named.map(|(f, c)| (f, schema.fields[f].choices()[c].value.clone()));
        // A date stands under "Năm sinh / Nam": what is above the mark names the field.
        let naming = if mark.is_some() { &parts[..parts.len() - 1] } else { &parts[..] };
        let found = if naming.is_empty() { Vec::new() } else { labels.fields_like(naming) };
        let marked_field = mark.as_ref().map(|(f, _)| *f);
        candidates
            .extend(found.into_iter().filter(|(f, _)| Some(*f) != marked_field).map(|(f, s)| (s, at, f)));
        let mark = mark.map(|(f, value)| Mark { field: schema.fields[f].key.clone(), value });
        columns.push(ColumnMap {
            column,
            heading: parts.join(" / "),
            field: None,
            score: if mark.is_some() { 95 } else { 0 },
            confidence: Confidence::None,
            mark,
        });
    }
    assign(&mut columns, candidates, schema);
    lone_marks_go(&mut columns);
    for column in &mut columns {
        column.confidence = Confidence::of(column.score);
    }
    let given = |key: &str| {
        columns
            .iter()
            .any(|c| c.field.as_deref() == Some(key) || c.mark.as_ref().is_some_and(|m| m.field == key))
    };
    let missing: Vec<String> =
        schema.fields.iter().filter(|f| f.required && !given(&f.key)).map(|f| f.key.clone()).collect();
    let score = columns.iter().map(|c| u32::from(c.score)).sum::<u32>();
    Mapping { header_first: first, header_last: last, columns, score, missing }
}

/// The best pair first; a field goes to one column, except that the columns of marks share one.
fn assign(columns: &mut [ColumnMap], mut candidates: Vec<(u8, usize, usize)>, schema: &Schema) {
    candidates.sort_by_key(|&(score, at, field)| (std::cmp::Reverse(score), at, field));
    let mut taken: Vec<Option<bool>> = vec![None; schema.fields.len()]; // by columns of marks?
    for (score, at, field) in candidates {
        let column = &mut columns[at];
        let marks = column.mark.is_some();
        if column.field.is_some() || taken[field].is_some_and(|by_marks| !(by_marks && marks)) {
            continue;
        }
        taken[field] = Some(marks);
        column.field = Some(schema.fields[field].key.clone());
        column.score = score;
    }
}

/// One column alone that is called as a value ("Nam" in a title) is no column of marks, unless a field is read
/// from it too or its field has one value only.
fn lone_marks_go(columns: &mut [ColumnMap]) {
    let fields: Vec<Mark> = columns.iter().filter_map(|c| c.mark.clone()).collect();
    for column in columns.iter_mut() {
        let Some(mark) = &column.mark else { continue };
        let others = fields.iter().any(|m| m.field == mark.field && m.value != mark.value);
        let direct = column.field.is_some();
        if !others && !direct {
            // "Nữ" alone, marked with x, is common in lists of associations: kept, but as a guess.
            column.score = WEAK;
        }
    }
}
