//! Tables that other systems export: Excel of any age, or CSV.

use crate::{Cell, Grid, GridRow, Limits, LooksLike, Mapping, OpenProblem, Schema, Workbook, find_header};

/// How much a table of another system may ask of us.
pub const LIMITS: Limits = Limits {
    max_file_bytes: 10 << 20,
    max_unpacked_bytes: 100 << 20,
    max_ratio: 200,
    max_rows: 50_000,
    max_columns: 60,
    max_cell_chars: 2_000,
};

/// Why a file gives no table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoTable {
    /// Neither Excel nor CSV.
    Unread(OpenProblem),
    /// No heading that is known.
    NoHeading,
}

/// A table with its sheet (0 for CSV) and what its columns seem to mean.
#[derive(Debug)]
pub struct Table {
    pub sheet: usize,
    pub grid: Grid,
    pub mapping: Mapping,
}

/// The sheet that fits best.
///
/// # Errors
/// [`NoTable`].
pub fn open(bytes: &[u8], schema: &Schema) -> Result<Table, NoTable> {
    match Workbook::open(bytes, &LIMITS) {
        Ok(mut workbook) => {
            let best = workbook.best_sheet(schema).map_err(NoTable::Unread)?;
            let (sheet, grid, mapping) = best.ok_or(NoTable::NoHeading)?;
            Ok(Table { sheet, grid, mapping })
        }
        // A web page with the name of a table is text as well.
        Err(problem @ OpenProblem::NotExcel { looks_like: LooksLike::Html }) => Err(NoTable::Unread(problem)),
        Err(problem) => {
            let grid = csv(bytes).ok_or(NoTable::Unread(problem))?;
            let mapping = find_header(&grid, schema).ok_or(NoTable::NoHeading)?;
            Ok(Table { sheet: 0, grid, mapping })
        }
    }
}

/// One sheet of a file that was opened before.
///
/// # Errors
/// [`NoTable`].
pub fn grid(bytes: &[u8], sheet: usize) -> Result<Grid, NoTable> {
    match Workbook::open(bytes, &LIMITS) {
        Ok(mut workbook) => workbook.grid(sheet).map_err(NoTable::Unread),
        Err(problem) => csv(bytes).ok_or(NoTable::Unread(problem)),
    }
}

/// Text with commas, semicolons or tabs.
fn csv(bytes: &[u8]) -> Option<Grid> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))?;
    let text = text.trim_start_matches('\u{feff}');
    let with = |mark: char| text.lines().take(30).filter(|line| line.contains(mark)).count();
    let delimiter = [';', '\t'].into_iter().find(|mark| with(*mark) > with(',')).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter as u8)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for (number, record) in (1..).zip(reader.records().take(LIMITS.max_rows as usize)) {
        let record = record.ok()?;
        let cell = |text: &str| {
            if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text.trim().to_owned()) }
        };
        rows.push(GridRow { number, cells: record.iter().map(cell).collect() });
    }
    Some(Grid { rows, merges: Vec::new(), date_1904: false })
}
