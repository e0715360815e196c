use crate::grid::{Cell, Grid};
use crate::guard::{self, Archive};
use crate::limits::Limits;
use crate::mapping::Mapping;
use crate::problem::{LooksLike, OpenProblem};
use crate::schema::Schema;
use crate::sniff::{self, Container};
use crate::{header, ods, xls, xlsx};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A spreadsheet file that was weighed and opened. Sheets are read one by one, when asked for.
pub struct Workbook<'a> {
    bytes: &'a [u8],
    limits: Limits,
    source: Source<'a>,
    sheets: Vec<SheetInfo>,
}

/// The kind of file, as its content tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Excel 2007 and later.
    Xlsx,
    /// Excel 97–2003.
    Xls,
    /// OpenDocument, as LibreOffice writes it.
    Ods,
}

/// A tab of the workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetInfo {
    /// The name on the tab.
    pub name: String,
    /// Hidden by its author.
    pub hidden: bool,
}

enum Source<'a> {
    Xlsx(Box<xlsx::Book<'a>>),
    Xls(Box<xls::Book<'a>>),
    Ods(String),
}

impl<'a> Workbook<'a> {
    /// Opens a file: judges it by content, weighs it against the limits, then lists its sheets.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, OpenProblem> {
        let container = sniff::container(bytes)?;
        if bytes.len() as u64 > limits.max_file_bytes {
            return Err(OpenProblem::TooLarge { bytes: bytes.len() as u64, limit: limits.max_file_bytes });
        }
        let source = match container {
            Container::Xls => Source::Xls(Box::new(guarded(|| xls::Book::open(bytes, limits))?)),
            Container::Zip => {
                let mut zip = guard::open_weighed(bytes, limits)?;
                match zip_format(&mut zip)? {
                    Format::Ods => Source::Ods(ods::content(&mut zip)?),
                    _ => Source::Xlsx(Box::new(guarded(|| xlsx::Book::open(bytes))?)),
                }
            }
        };
        let sheets = match &source {
            Source::Xlsx(book) => book.sheets(),
            Source::Xls(book) => book.sheets(),
            Source::Ods(xml) => ods::sheets(xml),
        };
        Ok(Workbook { bytes, limits: *limits, source, sheets })
    }

    /// The kind of file.
    pub fn format(&self) -> Format {
        match self.source {
            Source::Xlsx(_) => Format::Xlsx,
            Source::Xls(_) => Format::Xls,
            Source::Ods(_) => Format::Ods,
        }
    }

    /// The tabs, in order.
    pub fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    /// The filled part of a sheet, counted from 0.
    pub fn grid(&mut self, sheet: usize) -> Result<Grid, OpenProblem> {
        let name = self.sheets.get(sheet).ok_or(OpenProblem::NoSuchSheet)?.name.clone();
        let (bytes, limits) = (self.bytes, &self.limits);
        match &mut self.source {
            Source::Xlsx(book) => guarded(|| book.grid(bytes, &name, limits)),
            Source::Xls(book) => guarded(|| book.grid(&name, limits)),
            Source::Ods(xml) => ods::grid(xml, sheet, limits),
        }
    }

    /// The visible sheet whose headings fit the schema best, with its grid and the proposed mapping;
    /// `None` when no sheet has a heading that the schema knows.
    pub fn best_sheet(&mut self, schema: &Schema) -> Result<Option<(usize, Grid, Mapping)>, OpenProblem> {
        let mut best: Option<(usize, Grid, Mapping)> = None;
        for sheet in 0..self.sheets.len() {
            if self.sheets[sheet].hidden {
                continue;
            }
            let grid = self.grid(sheet)?;
            let Some(mapping) = header::find_header(&grid, schema) else { continue };
            if best.as_ref().is_none_or(|(_, _, b)| b.score < mapping.score) {
                best = Some((sheet, grid, mapping));
            }
        }
        Ok(best)
    }
}

/// Parsers of hostile formats may have faults that panic; a damaged file must not take the program along.
fn guarded<T>(read: impl FnOnce() -> Result<T, OpenProblem>) -> Result<T, OpenProblem> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(OpenProblem::damaged("the parser gave up")))
}

fn zip_format(zip: &mut Archive<'_>) -> Result<Format, OpenProblem> {
    let has = |name: &str| zip.index_for_name(name).is_some();
    let other = |looks_like| Err(OpenProblem::NotExcel { looks_like });
    if has("xl/workbook.xml") {
        return Ok(Format::Xlsx);
    }
    if has("xl/workbook.bin") {
        return other(LooksLike::ExcelBinary);
    }
    if has("word/document.xml") {
        return other(LooksLike::Word);
    }
    if has("mimetype") && has("content.xml") {
        let kind = guard::part(zip, "mimetype")?;
        return match kind.trim_ascii() {
            b"application/vnd.oasis.opendocument.spreadsheet"
            | b"application/vnd.oasis.opendocument.spreadsheet-template" => Ok(Format::Ods),
            b"application/vnd.oasis.opendocument.text" => other(LooksLike::Word),
            _ => other(LooksLike::Unknown),
        };
    }
    if crate::package::workbook_part(zip).is_some_and(|part| zip.index_for_name(&part).is_some()) {
        return Ok(Format::Xlsx);
    }
    other(LooksLike::Unknown)
}

/// The text of a cell error, as Excel shows it.
pub(crate) fn error_text(error: &calamine::CellErrorType) -> Cell {
    use calamine::CellErrorType as E;
    Cell::Error(match error {
        E::Div0 => "#DIV/0!",
        E::NA => "#N/A",
        E::Name => "#NAME?",
        E::Null => "#NULL!",
        E::Num => "#NUM!",
        E::Ref => "#REF!",
        E::Value => "#VALUE!",
        E::GettingData => "#DATA!",
    })
}
