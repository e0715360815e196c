use crate::annotate_xml as xml;
use crate::grid::{Cell, Grid};
use crate::guard::{self, Archive};
use crate::limits::Limits;
use crate::package;
use crate::problem::OpenProblem;
use crate::workbook::{Format, Workbook};
use crate::write::{WriteProblem, shown, tab_name};
use rust_xlsxwriter::{Color, Format as CellFormat};
use std::collections::BTreeMap;
use std::fmt;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// A text for the person who mends a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The number of the row in Excel, from 1.
    pub row: u32,
    /// What to mend; several remarks on one row go into one cell, line by line.
    pub text: String,
}

/// Why no annotated file was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnnotateProblem {
    /// The original cannot be read.
    Open(OpenProblem),
    /// The new file cannot be written.
    Write(WriteProblem),
}

impl fmt::Display for AnnotateProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AnnotateProblem::Open(problem) => problem.fmt(f),
            AnnotateProblem::Write(problem) => problem.fmt(f),
        }
    }
}

impl std::error::Error for AnnotateProblem {}

impl From<OpenProblem> for AnnotateProblem {
    fn from(problem: OpenProblem) -> Self {
        AnnotateProblem::Open(problem)
    }
}

impl From<WriteProblem> for AnnotateProblem {
    fn from(problem: WriteProblem) -> Self {
        AnnotateProblem::Write(problem)
    }
}

/// Gives the same file back with a column of remarks to the right of the table.
///
/// An .xlsx file stays as it is, byte for byte, but for the cells of that column and their colours. An .xls or
/// .ods file comes back as a new .xlsx with the same cells. A column of that heading from an earlier round is
/// used again, its old remarks go. `header_row` counts from 1, `sheet` from 0.
pub fn annotate(
    bytes: &[u8],
    limits: &Limits,
    sheet: usize,
    header_row: u32,
    heading: &str,
    remarks: &[Remark],
) -> Result<Vec<u8>, AnnotateProblem> {
    let mut workbook = Workbook::open(bytes, limits)?;
    let grid = workbook.grid(sheet)?;
    let job = Job::new(&grid, header_row, heading, remarks);
    if workbook.format() == Format::Xlsx {
        let name = workbook.sheets()[sheet].name.clone();
        if let Some(annotated) = in_place(bytes, limits, &name, &job)? {
            return Ok(annotated);
        }
    }
    rebuild(&mut workbook, sheet, &job)
}

/// What to write where.
pub(crate) struct Job {
    /// Where the remarks go, from 0.
    pub(crate) column: u16,
    /// The row of the heading, from 1.
    pub(crate) header_row: u32,
    pub(crate) heading: String,
    /// By row number; an empty text clears a remark of an earlier round.
    pub(crate) texts: BTreeMap<u32, String>,
}

impl Job {
    fn new(grid: &Grid, header_row: u32, heading: &str, remarks: &[Remark]) -> Self {
        let header_row = header_row.max(1);
        let is_heading = |column: &u16| matches!(grid.cell(header_row, *column), Cell::Text(text) if vntext::fold(text) == vntext::fold(heading));
        let earlier = (0..grid.width()).rev().find(is_heading);
        let column = earlier.unwrap_or_else(|| free_column(grid, header_row));
        let mut texts: BTreeMap<u32, String> = BTreeMap::new();
        if earlier.is_some() {
            let below = grid.rows.iter().filter(|r| r.number > header_row);
            let old = below.filter(|r| r.cells.get(column as usize).is_some_and(|c| !c.is_blank()));
            texts.extend(old.map(|r| (r.number, String::new())));
        }
        for remark in remarks.iter().filter(|r| r.row > 0 && r.row != header_row && r.row <= 1_048_576) {
            let text = texts.entry(remark.row).or_default();
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&shown(&remark.text));
        }
        Job { column, header_row, heading: shown(heading), texts }
    }
}

/// To the right of every filled cell, and of every merged block that reaches below the heading's top.
fn free_column(grid: &Grid, header_row: u32) -> u16 {
    let merged =
        grid.merges.iter().filter(|m| m.last_row >= header_row).map(|m| m.last_column.saturating_add(1));
    merged.chain([grid.width()]).max().unwrap_or(0).min(16_383)
}

/// `None` when the file is built in a way that is better written anew.
fn in_place(bytes: &[u8], limits: &Limits, sheet: &str, job: &Job) -> Result<Option<Vec<u8>>, OpenProblem> {
    let mut zip = guard::open_weighed(bytes, limits)?;
    let Some(part) = package::sheet_part(&mut zip, sheet) else { return Ok(None) };
    let Ok(old) = package::text_part(&mut zip, &part) else { return Ok(None) };
    let mut changed = Vec::new();
    let mut styles = None;
    if let Some(styles_part) = package::styles_part(&mut zip)
        && let Ok(text) = package::text_part(&mut zip, &styles_part)
        && let Some((text, heading, remark)) = xml::with_styles(&text)
    {
        styles = Some((heading, remark));
        changed.push((styles_part, text));
    }
    let Some(new) = xml::with_remarks(&old, job, styles) else { return Ok(None) };
    changed.push((part, new));
    repack(&mut zip, &changed).map(Some)
}

/// The same container with some parts changed; the others are copied as they are packed.
fn repack(zip: &mut Archive<'_>, changed: &[(String, String)]) -> Result<Vec<u8>, OpenProblem> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let part = zip.by_index_raw(index).map_err(OpenProblem::damaged)?;
        let name = part.name().map_err(OpenProblem::damaged)?.into_owned();
        match changed.iter().find(|(changed, _)| *changed == name) {
            Some((_, text)) => {
                drop(part);
                let options =
                    SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
                out.start_file(name, options).map_err(OpenProblem::damaged)?;
                out.write_all(text.as_bytes()).map_err(OpenProblem::damaged)?;
            }
            None => out.raw_copy_file(part).map_err(OpenProblem::damaged)?,
        }
    }
    out.finish().map(Cursor::into_inner).map_err(OpenProblem::damaged)
}

/// The cells of every sheet in a new file.
fn rebuild(workbook: &mut Workbook<'_>, sheet: usize, job: &Job) -> Result<Vec<u8>, AnnotateProblem> {
    let names: Vec<String> = workbook.sheets().iter().map(|s| tab_name(&s.name)).collect();
    let mut out = rust_xlsxwriter::Workbook::new();
    for (index, name) in names.iter().enumerate() {
        let grid = workbook.grid(index)?;
        let page = out.add_worksheet();
        // Two tabs that differ only in what Excel forbids get the names of Excel.
        if !names[..index].iter().any(|n| n.eq_ignore_ascii_case(name)) {
            page.set_name(name).map_err(WriteProblem::from)?;
        }
        copy(page, &grid).map_err(WriteProblem::from)?;
        if index == sheet {
            remarks(page, job).map_err(WriteProblem::from)?;
        }
    }
    Ok(out.save_to_buffer().map_err(WriteProblem::from)?)
}

fn copy(page: &mut rust_xlsxwriter::Worksheet, grid: &Grid) -> Result<(), rust_xlsxwriter::XlsxError> {
    let date = CellFormat::new().set_num_format("dd/mm/yyyy");
    let text_format = CellFormat::new().set_num_format("@");
    for row in &grid.rows {
        for (column, cell) in (0u16..).zip(&row.cells) {
            let at = row.number - 1;
            match cell {
                Cell::Empty => {}
                Cell::Text(text) | Cell::TooLong(text) => {
                    page.write_string_with_format(at, column, shown(text), &text_format)?;
                }
                Cell::Number(n) => {
                    page.write_number(at, column, *n)?;
                }
                Cell::Bool(value) => {
                    page.write_boolean(at, column, *value)?;
                }
                Cell::DateTime(moment) if chrono::Datelike::year(moment) >= 1900 => {
                    page.write_datetime_with_format(at, column, moment, &date)?;
                }
                Cell::DateTime(_) | Cell::Error(_) => {
                    page.write_string(at, column, cell.display())?;
                }
            }
        }
    }
    Ok(())
}

fn remarks(page: &mut rust_xlsxwriter::Worksheet, job: &Job) -> Result<(), rust_xlsxwriter::XlsxError> {
    let heading = CellFormat::new().set_bold().set_background_color(Color::RGB(0xFF_E6_99));
    let remark = CellFormat::new().set_text_wrap().set_background_color(Color::RGB(0xFF_F2_CC));
    page.set_column_width(job.column, 45)?;
    page.write_string_with_format(job.header_row - 1, job.column, &job.heading, &heading)?;
    for (row, text) in &job.texts {
        if text.is_empty() {
            page.write_blank(row - 1, job.column, &CellFormat::new())?;
        } else {
            page.write_string_with_format(row - 1, job.column, text, &remark)?;
        }
    }
    Ok(())
}
