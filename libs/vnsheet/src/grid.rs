use crate::limits::Limits;
use crate::problem::OpenProblem;
use chrono::NaiveDateTime;

/// What one cell of a sheet holds, before anyone says what it means.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text as typed, not cleaned.
    Text(String),
    /// Text above [`Limits::max_cell_chars`]: its beginning.
    TooLong(String),
    /// A number; also a date that was never formatted as one.
    Number(f64),
    /// A tick box or the result of a comparison.
    Bool(bool),
    /// A cell formatted as date, in the calendar of its workbook (1900 or 1904).
    DateTime(NaiveDateTime),
    /// A formula that failed, as `#N/A`.
    Error(&'static str),
}

impl Cell {
    /// Nothing, or only white space.
    pub fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The cell as a person sees it, for previews and messages.
    pub fn display(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => vntext::clean(text),
            Cell::TooLong(start) => format!("{}…", vntext::clean(start)),
            Cell::Number(n) => n.to_string(),
            Cell::Bool(true) => "TRUE".to_owned(),
            Cell::Bool(false) => "FALSE".to_owned(),
            Cell::DateTime(at) => vntext::date(at.date()),
            Cell::Error(code) => (*code).to_owned(),
        }
    }
}

/// A row that holds something.
#[derive(Clone, Debug, PartialEq)]
pub struct GridRow {
    /// The number at the left edge in Excel, from 1.
    pub number: u32,
    /// From column A to the last filled one.
    pub cells: Vec<Cell>,
}

/// A block of cells joined into one. Rows count from 1, columns from 0, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    /// First row.
    pub first_row: u32,
    /// Last row.
    pub last_row: u32,
    /// First column.
    pub first_column: u16,
    /// Last column.
    pub last_column: u16,
}

/// The filled part of one sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// The filled rows, from the top; blank rows are not stored.
    pub rows: Vec<GridRow>,
    /// The joined cells, sorted by their first row.
    pub merges: Vec<Merge>,
    /// The workbook counts days from 1904, as old Macs did.
    pub date_1904: bool,
}

impl Grid {
    /// The cell at a row number (from 1) and a column (from 0); [`Cell::Empty`] where nothing is.
    pub fn cell(&self, row: u32, column: u16) -> &Cell {
        self.row(row).and_then(|r| r.cells.get(column as usize)).unwrap_or(&Cell::Empty)
    }

    /// The row with this number, when it holds anything.
    pub fn row(&self, number: u32) -> Option<&GridRow> {
        self.rows.binary_search_by_key(&number, |r| r.number).ok().map(|i| &self.rows[i])
    }

    /// Number of columns from A to the last filled one.
    pub fn width(&self) -> u16 {
        self.rows.iter().map(|r| r.cells.len()).max().unwrap_or(0) as u16
    }

    /// The merged block that covers a cell.
    pub fn merge_at(&self, row: u32, column: u16) -> Option<&Merge> {
        // Those that begin further down cannot cover it; headings stand at the top, where few begin.
        let begun = self.merges.partition_point(|m| m.first_row <= row);
        self.merges[..begun].iter().find(|m| {
            (m.first_row..=m.last_row).contains(&row) && (m.first_column..=m.last_column).contains(&column)
        })
    }
}

/// The name of a column in Excel: 0 is `A`, 26 is `AA`.
pub fn column_letters(column: u16) -> String {
    let mut n = u32::from(column) + 1;
    let mut letters = Vec::new();
    while n > 0 {
        letters.push(b'A' + ((n - 1) % 26) as u8);
        n = (n - 1) / 26;
    }
    letters.iter().rev().map(|&b| b as char).collect()
}

/// Joined blocks of one sheet that are looked at; a list of households has a few thousand.
pub(crate) const MAX_MERGES: usize = 20_000;

/// Collects cells in reading order and keeps the limits.
pub(crate) struct Builder<'a> {
    limits: &'a Limits,
    rows: Vec<GridRow>,
    cells: usize,
    text_bytes: u64,
    sorted: bool,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(limits: &'a Limits) -> Self {
        Builder { limits, rows: Vec::new(), cells: 0, text_bytes: 0, sorted: true }
    }

    /// Text within the limit, or its beginning.
    pub(crate) fn text(&self, text: &str) -> Cell {
        let max = self.limits.max_cell_chars;
        if text.is_empty() {
            Cell::Empty
        } else if text.len() > max && text.chars().nth(max).is_some() {
            Cell::TooLong(text.chars().take(100).collect())
        } else {
            Cell::Text(text.to_owned())
        }
    }

    /// Adds a cell; `row` and `column` count from 0.
    pub(crate) fn push(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), OpenProblem> {
        if cell.is_blank() {
            return Ok(());
        }
        if column >= u32::from(self.limits.max_columns) {
            return Err(OpenProblem::TooManyColumns { columns: column + 1, limit: self.limits.max_columns });
        }
        let number = row.saturating_add(1);
        match self.rows.last() {
            Some(last) if last.number == number => {}
            last => {
                self.sorted &= last.is_none_or(|l| l.number < number);
                if self.rows.len() as u64 >= u64::from(self.limits.max_rows) * 4 {
                    return Err(self.too_many_rows());
                }
                self.rows.push(GridRow { number, cells: Vec::new() });
            }
        }
        if self.rows.len() > self.limits.max_rows as usize {
            return Ok(()); // count on, keep nothing
        }
        self.text_bytes += if let Cell::Text(text) = &cell { text.len() as u64 } else { 0 };
        let cells = &mut self.rows.last_mut().expect("a row was pushed").cells;
        let column = column as usize;
        let grown = (column + 1).saturating_sub(cells.len());
        self.cells += grown;
        if self.cells > self.limits.max_cells() || self.text_bytes > self.limits.max_unpacked_bytes {
            return Err(OpenProblem::TooManyCells);
        }
        if grown > 0 {
            cells.resize(column + 1, Cell::Empty);
        }
        cells[column] = cell;
        Ok(())
    }

    fn too_many_rows(&self) -> OpenProblem {
        OpenProblem::TooManyRows { rows: self.rows.len() as u64, limit: self.limits.max_rows }
    }

    pub(crate) fn finish(mut self, mut merges: Vec<Merge>, date_1904: bool) -> Result<Grid, OpenProblem> {
        if self.rows.len() > self.limits.max_rows as usize {
            return Err(self.too_many_rows());
        }
        if !self.sorted {
            self.rows.sort_by_key(|r| r.number);
            self.rows.dedup_by(|later, first| {
                let same = later.number == first.number;
                if same {
                    join(&mut first.cells, std::mem::take(&mut later.cells));
                }
                same
            });
        }
        merges.truncate(MAX_MERGES);
        merges.sort_by_key(|m| m.first_row);
        Ok(Grid { rows: self.rows, merges, date_1904 })
    }
}

/// A row that came in two pieces: the filled cells of the second go over the first.
fn join(first: &mut Vec<Cell>, later: Vec<Cell>) {
    if first.len() < later.len() {
        first.resize(later.len(), Cell::Empty);
    }
    for (place, cell) in first.iter_mut().zip(later) {
        if cell != Cell::Empty {
            *place = cell;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_as_in_excel() {
        for (column, want) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(column_letters(column), want);
        }
    }

    #[test]
    fn rows_out_of_order_are_joined() {
        let limits = Limits::default();
        let mut builder = Builder::new(&limits);
        for (row, column, n) in [(5, 0, 1.0), (2, 1, 2.0), (5, 2, 3.0)] {
            builder.push(row, column, Cell::Number(n)).unwrap();
        }
        let grid = builder.finish(Vec::new(), false).unwrap();
        assert_eq!(grid.rows.iter().map(|r| r.number).collect::<Vec<_>>(), [3, 6]);
        assert_eq!(grid.cell(6, 0), &Cell::Number(1.0));
        assert_eq!(grid.cell(6, 2), &Cell::Number(3.0));
        assert_eq!(grid.cell(7, 2), &Cell::Empty);
    }
}
