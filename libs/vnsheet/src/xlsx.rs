//! Reads .xlsx: cells streamed by calamine, limits kept by us.

use crate::grid::{Builder, Cell, Grid};
use crate::limits::Limits;
use crate::problem::OpenProblem;
use crate::workbook::{SheetInfo, error_text};
use crate::{guard, package, serial};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::io::Cursor;

pub(crate) struct Book<'a> {
    inner: Xlsx<Cursor<&'a [u8]>>,
}

impl<'a> Book<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, OpenProblem> {
        Ok(Book { inner: Xlsx::new(Cursor::new(bytes)).map_err(problem)? })
    }

    pub(crate) fn sheets(&self) -> Vec<SheetInfo> {
        let worksheets = self.inner.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet);
        worksheets
            .map(|s| SheetInfo { name: s.name.clone(), hidden: s.visible != SheetVisible::Visible })
            .collect()
    }

    pub(crate) fn grid(&mut self, bytes: &[u8], sheet: &str, limits: &Limits) -> Result<Grid, OpenProblem> {
        let date_1904 = self.inner.has_1904_epoch();
        let merges = merges(bytes, sheet)?;
        let mut builder = Builder::new(limits);
        let mut cells = self.inner.worksheet_cells_reader(sheet).map_err(problem)?;
        while let Some(cell) = cells.next_cell().map_err(problem)? {
            let (row, column) = cell.get_position();
            let value = match cell.get_value() {
                DataRef::Empty => continue,
                DataRef::Int(n) => Cell::Number(*n as f64),
                DataRef::Float(n) => Cell::Number(*n),
                DataRef::String(text) => builder.text(text),
                DataRef::SharedString(text) => builder.text(text),
                DataRef::Bool(value) => Cell::Bool(*value),
                DataRef::DateTime(at) => {
                    let serial = at.as_f64();
                    let moment = if at.is_duration() { None } else { serial::moment(serial, date_1904) };
                    moment.map_or(Cell::Number(serial), Cell::DateTime)
                }
                DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => iso(text, &builder),
                DataRef::Error(error) => error_text(error),
            };
            builder.push(row, column, value)?;
        }
        builder.finish(merges, date_1904)
    }
}

/// `2024-01-16T00:00:00`, or text when it is none.
pub(crate) fn iso(text: &str, builder: &Builder<'_>) -> Cell {
    let moment = text
        .parse::<chrono::NaiveDateTime>()
        .ok()
        .or_else(|| text.parse::<chrono::NaiveDate>().ok().map(|day| day.and_time(chrono::NaiveTime::MIN)));
    moment.map_or_else(|| builder.text(text), Cell::DateTime)
}

/// The container was weighed when the workbook was opened.
fn merges(bytes: &[u8], sheet: &str) -> Result<Vec<crate::Merge>, OpenProblem> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(OpenProblem::damaged)?;
    let Some(part) = package::sheet_part(&mut zip, sheet) else { return Ok(Vec::new()) };
    let xml = guard::part(&mut zip, &part)?;
    Ok(std::str::from_utf8(&xml).map(package::merges).unwrap_or_default())
}

fn problem(error: XlsxError) -> OpenProblem {
    match error {
        XlsxError::Password => OpenProblem::Encrypted,
        other => OpenProblem::damaged(other),
    }
}
