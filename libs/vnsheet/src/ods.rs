//! Reads .ods. Written here because repeated rows and cells must be counted before they are unrolled.

use crate::grid::{Builder, Cell, Grid, MAX_MERGES, Merge};
use crate::guard::Archive;
use crate::limits::Limits;
use crate::package::{attribute, elements, text_part};
use crate::problem::OpenProblem;
use crate::workbook::SheetInfo;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

pub(crate) fn content(zip: &mut Archive<'_>) -> Result<String, OpenProblem> {
    if text_part(zip, "META-INF/manifest.xml").is_ok_and(|xml| xml.contains("encryption-data")) {
        return Err(OpenProblem::Encrypted);
    }
    text_part(zip, "content.xml")
}

pub(crate) fn sheets(xml: &str) -> Vec<SheetInfo> {
    let mut sheets = Vec::new();
    elements(xml, |name, e| {
        if name == "table" {
            sheets.push(SheetInfo { name: attribute(e, "name").unwrap_or_default(), hidden: false });
        }
        true
    });
    sheets
}

pub(crate) fn grid(xml: &str, sheet: usize, limits: &Limits) -> Result<Grid, OpenProblem> {
    let mut reader = Reader::from_str(xml);
    let mut state =
        State { builder: Builder::new(limits), merges: Vec::new(), row: 0, repeat: 1, cells: Vec::new() };
    let (mut tables, mut depth) = (0, 0);
    let mut cell: Option<Open> = None;
    loop {
        let event = reader.read_event().map_err(OpenProblem::damaged)?;
        if let Event::Start(e) | Event::Empty(e) = &event
            && e.local_name().as_ref() == "table"
        {
            tables += 1;
        }
        if tables != sheet + 1 {
            match event {
                Event::Eof => break,
                _ => continue,
            }
        }
        match event {
            Event::Eof => break,
            Event::Start(e) => match e.local_name().as_ref() {
                "table-row" => state.row_start(&e),
                "table-cell" | "covered-table-cell" => cell = Some(Open::new(&e)),
                "annotation" => depth += 1,
                "p" => cell.iter_mut().for_each(Open::line),
                _ => {}
            },
            Event::Empty(e) => match e.local_name().as_ref() {
                "table-row" => {
                    state.row_start(&e);
                    state.row_end()?;
                }
                "table-cell" | "covered-table-cell" => state.cell(&Open::new(&e)),
                "s" | "tab" | "line-break" => cell.iter_mut().for_each(|c| c.text.push(' ')),
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "table-row" => state.row_end()?,
                "table-cell" | "covered-table-cell" => cell.take().iter().for_each(|c| state.cell(c)),
                "annotation" => depth -= 1,
                _ => {}
            },
            Event::Text(t) if depth == 0 => cell.iter_mut().for_each(|c| c.text.push_str(&t.xml10_content())),
            Event::GeneralRef(r) if depth == 0 => {
                let resolved = match r.resolve_char_ref() {
                    Ok(Some(c)) => Some(c),
                    _ => named(&r.xml10_content()),
                };
                cell.iter_mut().for_each(|c| c.text.extend(resolved));
            }
            _ => {}
        }
    }
    state.builder.finish(state.merges, false)
}

fn named(entity: &str) -> Option<char> {
    Some(match entity {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// A cell whose end has not come yet.
struct Open {
    kind: String,
    value: Option<String>,
    text: String,
    repeat: u32,
    spanned: (u32, u32),
}

impl Open {
    fn new(e: &BytesStart<'_>) -> Self {
        let kind = attribute(e, "value-type").unwrap_or_default();
        let value = match kind.as_str() {
            "date" => attribute(e, "date-value"),
            "boolean" => attribute(e, "boolean-value"),
            _ => attribute(e, "value"),
        };
        let count = |name| attribute(e, name).and_then(|n| n.parse().ok()).unwrap_or(1u32);
        let spanned = (count("number-rows-spanned"), count("number-columns-spanned"));
        Open { kind, value, text: String::new(), repeat: count("number-columns-repeated"), spanned }
    }

    fn line(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    fn read(&self, builder: &Builder<'_>) -> Cell {
        let text = || builder.text(&self.text);
        let Some(value) = &self.value else { return text() };
        match self.kind.as_str() {
            "float" | "currency" | "percentage" => value.parse().map_or_else(|_| text(), Cell::Number),
            "boolean" => Cell::Bool(value == "true"),
            "date" => crate::xlsx::iso(value, builder),
            _ => text(),
        }
    }
}

struct State<'a> {
    builder: Builder<'a>,
    merges: Vec<Merge>,
    /// Counted from 0.
    row: u32,
    repeat: u32,
    /// First column, number of columns, content.
    cells: Vec<(u32, u32, Cell)>,
}

impl State<'_> {
    fn row_start(&mut self, e: &BytesStart<'_>) {
        self.repeat = attribute(e, "number-rows-repeated").and_then(|n| n.parse().ok()).unwrap_or(1).max(1);
        self.cells.clear();
    }

    fn cell(&mut self, open: &Open) {
        let column = self.cells.last().map_or(0, |(first, count, _)| first.saturating_add(*count));
        let (rows, columns) = open.spanned;
        if (rows > 1 || columns > 1) && self.merges.len() < MAX_MERGES && column < u32::from(u16::MAX) {
            let first_row = self.row.saturating_add(1);
            self.merges.push(Merge {
                first_row,
                last_row: first_row.saturating_add(rows.saturating_sub(1)),
                first_column: column as u16,
                last_column: column.saturating_add(columns.saturating_sub(1)).min(u32::from(u16::MAX)) as u16,
            });
        }
        let cell = open.read(&self.builder);
        self.cells.push((column, open.repeat.max(1), cell));
    }

    fn row_end(&mut self) -> Result<(), OpenProblem> {
        let cells = std::mem::take(&mut self.cells);
        if cells.iter().any(|(_, _, cell)| !cell.is_blank()) {
            for row in (0..self.repeat).map(|n| self.row.saturating_add(n)) {
                for (first, count, cell) in cells.iter().filter(|(_, _, cell)| !cell.is_blank()) {
                    for column in (0..*count).map(|n| first.saturating_add(n)) {
                        self.builder.push(row, column, cell.clone())?;
                    }
                }
            }
        }
        self.row = self.row.saturating_add(self.repeat);
        self.cells = cells;
        self.cells.clear();
        Ok(())
    }
}
