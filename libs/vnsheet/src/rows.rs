use crate::grid::{Cell, Grid, GridRow};
use crate::mapping::Mapping;
use crate::read::{self, Lookup, is_mark};
use crate::schema::Schema;
use crate::skip::{Skip, SkipReason, Skipper};
use crate::value::{CellProblem, ProblemKind, Repair, Value};

/// What one row of the sheet was read as.
#[derive(Clone, Debug, PartialEq)]
pub enum RowRead {
    /// A row of data.
    Data(Row),
    /// A row that is none.
    Skipped {
        /// The number in Excel, from 1.
        number: u32,
        /// Why.
        reason: SkipReason,
        /// Its filled cells, joined, at most 100 characters.
        text: String,
    },
}

/// A row of data. A faulty cell spoils neither its row nor the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The number in Excel, from 1.
    pub number: u32,
    /// One for each field of the schema, in its order.
    pub cells: Vec<CellRead>,
}

/// One field of one row.
#[derive(Clone, Debug, PartialEq)]
pub struct CellRead {
    /// The value, or what is wrong.
    pub result: Result<Value, CellProblem>,
    /// The column it stands in, from 0.
    pub column: Option<u16>,
    /// What was put right, for a person to confirm.
    pub repair: Option<Repair>,
    /// The cell was empty and the value is that of the row above.
    pub filled_down: bool,
}

impl Row {
    /// No cell has a problem.
    pub fn is_right(&self) -> bool {
        self.cells.iter().all(|c| c.result.is_ok())
    }

    /// The problems with their field, counted from 0 in the schema.
    pub fn problems(&self) -> impl Iterator<Item = (usize, &CellProblem)> {
        self.cells.iter().enumerate().filter_map(|(i, c)| c.result.as_ref().err().map(|p| (i, p)))
    }

    /// The value of a field, [`Value::Empty`] when the cell is faulty.
    pub fn value(&self, field: usize) -> &Value {
        self.cells.get(field).and_then(|c| c.result.as_ref().ok()).unwrap_or(&Value::Empty)
    }
}

impl Default for CellRead {
    fn default() -> Self {
        CellRead { result: Ok(Value::Empty), column: None, repair: None, filled_down: false }
    }
}

/// Reads the rows below the heading, as the mapping says. Columns that the mapping names and the sheet or
/// the schema does not have are passed over.
pub fn rows<'a>(grid: &'a Grid, schema: &'a Schema, mapping: &'a Mapping) -> Rows<'a> {
    Rows::new(grid, schema, mapping)
}

/// The iterator of [`rows`].
pub struct Rows<'a> {
    grid: &'a Grid,
    schema: &'a Schema,
    plan: Vec<Plan<'a>>,
    lookups: Vec<Lookup>,
    skipper: Skipper,
    above: Vec<Value>,
    rest: std::slice::Iter<'a, GridRow>,
}

/// Where a field comes from.
#[derive(Default)]
struct Plan<'a> {
    columns: Vec<u16>,
    /// Column, value, whether the column is also read as another field (then anything in it is a mark).
    marks: Vec<(u16, &'a str, &'a str, bool)>,
}

impl<'a> Rows<'a> {
    fn new(grid: &'a Grid, schema: &'a Schema, mapping: &'a Mapping) -> Self {
        let mut plan: Vec<Plan<'a>> = schema.fields.iter().map(|_| Plan::default()).collect();
        for column in &mapping.columns {
            if let Some(at) = column.field.as_deref().and_then(|key| schema.index(key)) {
                plan[at].columns.push(column.column);
            }
            let Some(mark) = &column.mark else { continue };
            if let Some(at) = schema.index(&mark.field) {
                let choice = schema.fields[at].choices().iter().find(|c| c.value == mark.value);
                let label = choice.map_or(mark.value.as_str(), |c| c.label());
                plan[at].marks.push((column.column, mark.value.as_str(), label, column.field.is_some()));
            }
        }
        let start = grid.rows.partition_point(|r| r.number <= mapping.header_last);
        Rows {
            grid,
            schema,
            plan,
            lookups: schema.fields.iter().map(Lookup::new).collect(),
            skipper: Skipper::new(grid, schema, mapping),
            above: vec![Value::Empty; schema.fields.len()],
            rest: grid.rows[start..].iter(),
        }
    }

    fn row(&mut self, row: &GridRow) -> Row {
        let cells = (0..self.schema.fields.len()).map(|field| self.field(row, field)).collect();
        Row { number: row.number, cells }
    }

    fn field(&mut self, row: &GridRow, at: usize) -> CellRead {
        let field = &self.schema.fields[at];
        let mut read = self.direct(row, at);
        if matches!(read.result, Ok(Value::Empty)) && !self.plan[at].marks.is_empty() {
            read = self.marked(row, at);
        }
        if field.fill_down {
            if matches!(read.result, Ok(Value::Empty)) {
                read.result = Ok(self.above[at].clone());
                read.filled_down = self.above[at] != Value::Empty;
            } else {
                // Below a faulty cell nothing is known: better empty than the household before.
                self.above[at] = read.result.clone().unwrap_or_default();
            }
        }
        let mapped = !self.plan[at].columns.is_empty() || !self.plan[at].marks.is_empty();
        if field.required && mapped && matches!(read.result, Ok(Value::Empty)) {
            read.result = Err(CellProblem { kind: ProblemKind::Required, raw: String::new() });
        }
        read
    }

    /// The first filled of the columns of the field; two that differ are a problem.
    fn direct(&self, row: &GridRow, at: usize) -> CellRead {
        let mut found = CellRead { column: self.plan[at].columns.first().copied(), ..CellRead::default() };
        for &column in &self.plan[at].columns {
            let cell = row.cells.get(column as usize).unwrap_or(&Cell::Empty);
            if cell.is_blank() {
                continue;
            }
            let read = read::cell(cell, &self.schema.fields[at], &self.lookups[at], self.grid.date_1904);
            let read = match read {
                Ok((value, repair)) => {
                    CellRead { result: Ok(value), column: Some(column), repair, filled_down: false }
                }
                Err(kind) => problem(kind, cell, column),
            };
            if matches!(found.result, Ok(Value::Empty)) {
                found = read;
            } else if found.result != read.result {
                return problem(ProblemKind::TwoValues, cell, column);
            }
        }
        found
    }

    fn marked(&self, row: &GridRow, at: usize) -> CellRead {
        let mut found: Option<(u16, &str)> = None;
        for &(column, value, label, read_too) in &self.plan[at].marks {
            let cell = row.cells.get(column as usize).unwrap_or(&Cell::Empty);
            let marked = if read_too { Some(!cell.is_blank()) } else { is_mark(cell, label) };
            match (marked, found) {
                (Some(false), _) => {}
                (None, _) => return problem(ProblemKind::MarkUnknown, cell, column),
                (Some(true), Some((_, other))) if other != value => {
                    return problem(ProblemKind::TwoMarks, cell, column);
                }
                (Some(true), _) => found = Some((column, value)),
            }
        }
        let first = self.plan[at].marks.first().map(|m| m.0);
        let value = found.map_or(Value::Empty, |(_, value)| Value::Choice(value.to_owned()));
        CellRead { result: Ok(value), column: found.map(|f| f.0).or(first), ..CellRead::default() }
    }
}

fn problem(kind: ProblemKind, cell: &Cell, column: u16) -> CellRead {
    let raw = cell.display().chars().take(100).collect();
    CellRead {
        result: Err(CellProblem { kind, raw }),
        column: Some(column),
        repair: None,
        filled_down: false,
    }
}

impl Iterator for Rows<'_> {
    type Item = RowRead;

    fn next(&mut self) -> Option<RowRead> {
        let row = self.rest.next()?;
        match self.skipper.judge(row) {
            Skip::No => Some(RowRead::Data(self.row(row))),
            Skip::Yes(reason) => {
                let texts: Vec<String> =
                    row.cells.iter().filter(|c| !c.is_blank()).map(Cell::display).collect();
                let text = texts.join(" ").chars().take(100).collect();
                Some(RowRead::Skipped { number: row.number, reason, text })
            }
        }
    }
}
