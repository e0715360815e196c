//! Reads .xls through calamine.
//!
//! calamine allots the whole rectangle between the first and the last cell of a sheet, so one cell in the
//! far corner would cost gigabytes. The records are walked first, and the rectangles added up.

use crate::grid::{Builder, Cell, Grid, Merge};
use crate::limits::Limits;
use crate::problem::OpenProblem;
use crate::serial;
use crate::workbook::{SheetInfo, error_text};
use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};
use std::io::{Cursor, Read};

pub(crate) struct Book<'a> {
    inner: Xls<Cursor<&'a [u8]>>,
}

impl<'a> Book<'a> {
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, OpenProblem> {
        weigh(bytes, limits)?;
        let inner = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
            XlsError::Password => OpenProblem::Encrypted,
            other => OpenProblem::damaged(other),
        })?;
        Ok(Book { inner })
    }

    pub(crate) fn sheets(&self) -> Vec<SheetInfo> {
        let worksheets = self.inner.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet);
        worksheets
            .map(|s| SheetInfo { name: s.name.clone(), hidden: s.visible != SheetVisible::Visible })
            .collect()
    }

    pub(crate) fn grid(&mut self, sheet: &str, limits: &Limits) -> Result<Grid, OpenProblem> {
        let date_1904 = self.inner.has_1904_epoch();
        let range = self.inner.worksheet_range(sheet).map_err(OpenProblem::damaged)?;
        let mut builder = Builder::new(limits);
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, cell) in range.used_cells() {
            let value = match cell {
                Data::Empty => continue,
                Data::Int(n) => Cell::Number(*n as f64),
                Data::Float(n) => Cell::Number(*n),
                Data::String(text) | Data::DurationIso(text) => builder.text(text),
                Data::DateTimeIso(text) => crate::xlsx::iso(text, &builder),
                Data::Bool(value) => Cell::Bool(*value),
                Data::DateTime(at) => {
                    serial::moment(at.as_f64(), date_1904).map_or(Cell::Number(at.as_f64()), Cell::DateTime)
                }
                Data::Error(error) => error_text(error),
            };
            builder.push(top + row as u32, left + column as u32, value)?;
        }
        let merges = self.inner.merge_cells_by_sheet_name(sheet).unwrap_or_default();
        let merges = merges.into_iter().map(|d| Merge {
            first_row: d.start.0 + 1,
            last_row: d.end.0 + 1,
            first_column: d.start.1 as u16,
            last_column: d.end.1 as u16,
        });
        builder.finish(merges.collect(), date_1904)
    }
}

/// Adds up the rectangles that the cells of each sheet span.
fn weigh(bytes: &[u8], limits: &Limits) -> Result<(), OpenProblem> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(OpenProblem::damaged)?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name));
    let name = name.ok_or_else(|| OpenProblem::damaged("no workbook stream"))?;
    let mut stream = Vec::new();
    let reader = file.open_stream(name).map_err(OpenProblem::damaged)?;
    reader.take(limits.max_file_bytes).read_to_end(&mut stream).map_err(OpenProblem::damaged)?;

    let max_cells = limits.max_cells() as u64;
    let mut total = 0u64;
    let mut span: Option<Span> = None;
    let mut rest = stream.as_slice();
    while let [t0, t1, l0, l1, tail @ ..] = rest {
        let (kind, length) = (u16::from_le_bytes([*t0, *t1]), u16::from_le_bytes([*l0, *l1]) as usize);
        let Some(data) = tail.get(..length) else { break };
        rest = &tail[length..];
        if kind == BOF {
            span = None;
        } else if CELLS.contains(&kind)
            && let [r0, r1, c0, c1, more @ ..] = data
        {
            let (row, first) = (u16::from_le_bytes([*r0, *r1]), u16::from_le_bytes([*c0, *c1]));
            let last = if kind == MULTIPLE { first.saturating_add((more.len() / 6) as u16) } else { first };
            let before = span.map_or(0, Span::cells);
            let grown = span.map_or(Span { top: row, bottom: row, left: first, right: last }, |s| {
                s.with(row, first, last)
            });
            total += grown.cells() - before;
            span = Some(grown);
        }
        if total > max_cells {
            return Err(OpenProblem::TooManyCells);
        }
    }
    Ok(())
}

/// The record that begins a sheet.
const BOF: u16 = 0x0809;
/// The record with several numbers of a row.
const MULTIPLE: u16 = 0x00bd;
/// Records that begin with the row and column of a cell.
const CELLS: [u16; 8] = [0x0006, MULTIPLE, 0x00d6, 0x00fd, 0x0203, 0x0204, 0x0205, 0x027e];

#[derive(Clone, Copy)]
struct Span {
    top: u16,
    bottom: u16,
    left: u16,
    right: u16,
}

impl Span {
    fn cells(self) -> u64 {
        (u64::from(self.bottom - self.top) + 1) * (u64::from(self.right - self.left) + 1)
    }

    fn with(self, row: u16, first: u16, last: u16) -> Span {
        Span {
            top: self.top.min(row),
            bottom: self.bottom.max(row),
            left: self.left.min(first),
            right: self.right.max(last),
        }
    }
}
