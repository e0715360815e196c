use std::fmt;

/// Why a file could not be opened. [`OpenProblem::key`] is the key of the sentence to show.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OpenProblem {
    /// No bytes at all.
    Empty,
    /// Another kind of file, whatever its name says.
    NotExcel {
        /// What it seems to be.
        looks_like: LooksLike,
    },
    /// Protected by a password.
    Encrypted,
    /// Unpacks to far more than its size warrants.
    ZipBomb,
    /// Larger than the limit, as uploaded or unpacked.
    TooLarge {
        /// Bytes found, at least.
        bytes: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// More filled rows than allowed.
    TooManyRows {
        /// Filled rows counted; counting stops a little above the limit in formats that tell no total.
        rows: u64,
        /// Rows allowed.
        limit: u32,
    },
    /// Something stands too far to the right.
    TooManyColumns {
        /// The column found, counted from 1.
        columns: u32,
        /// Columns allowed.
        limit: u16,
    },
    /// More filled cells, or more text in them, than the memory for one file.
    TooManyCells,
    /// Cut off or corrupt. The detail is English, for the log.
    Damaged(String),
    /// The workbook has no such sheet.
    NoSuchSheet,
}

/// What a file that is not Excel seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LooksLike {
    /// A PDF.
    Pdf,
    /// A text document: .doc, .docx, .odt, .rtf.
    Word,
    /// A web page, often a table that some software saved under the name .xls.
    Html,
    /// Lines with separators.
    Csv,
    /// A picture.
    Image,
    /// The binary .xlsb; Excel saves it as .xlsx.
    ExcelBinary,
    /// The XML of Excel 2003; Excel saves it as .xlsx.
    ExcelXml2003,
    /// Something else.
    Unknown,
}

impl OpenProblem {
    /// A stable key for translation, as `not_excel`.
    pub fn key(&self) -> &'static str {
        match self {
            OpenProblem::Empty => "empty",
            OpenProblem::NotExcel { .. } => "not_excel",
            OpenProblem::Encrypted => "encrypted",
            OpenProblem::ZipBomb => "zip_bomb",
            OpenProblem::TooLarge { .. } => "too_large",
            OpenProblem::TooManyRows { .. } => "too_many_rows",
            OpenProblem::TooManyColumns { .. } => "too_many_columns",
            OpenProblem::TooManyCells => "too_many_cells",
            OpenProblem::Damaged(_) => "damaged",
            OpenProblem::NoSuchSheet => "no_such_sheet",
        }
    }

    pub(crate) fn damaged(detail: impl fmt::Display) -> Self {
        OpenProblem::Damaged(detail.to_string())
    }
}

impl LooksLike {
    /// A stable key for translation, as `pdf`.
    pub fn key(self) -> &'static str {
        match self {
            LooksLike::Pdf => "pdf",
            LooksLike::Word => "word",
            LooksLike::Html => "html",
            LooksLike::Csv => "csv",
            LooksLike::Image => "image",
            LooksLike::ExcelBinary => "excel_binary",
            LooksLike::ExcelXml2003 => "excel_xml_2003",
            LooksLike::Unknown => "unknown",
        }
    }
}

impl fmt::Display for OpenProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenProblem::NotExcel { looks_like } => write!(f, "not_excel: {}", looks_like.key()),
            OpenProblem::Damaged(detail) => write!(f, "damaged: {detail}"),
            other => f.write_str(other.key()),
        }
    }
}

impl std::error::Error for OpenProblem {}
