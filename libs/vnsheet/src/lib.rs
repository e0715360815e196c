//! Reads the Excel files that Vietnamese communes really have, and writes Excel back. Bytes in, values out.
//!
//! The library knows no commune. The caller says in a [`Schema`] which fields it wants and under which
//! headings they go; the library finds the heading among title rows and merged cells, proposes a
//! [`Mapping`] that a person may correct, and reads each cell to a [`Value`] or says what is wrong with it.
//! Messages are keys (`date_impossible`); the caller has the sentences.
//!
//! ```
//! use vnsheet::{Choice, Field, Kind, Limits, RowRead, Schema, Value, Workbook, rows};
//!
//! let schema = Schema::new([
//!     Field::new("name", Kind::Name, &["Họ và tên", "Họ tên người dân"]).required(),
//!     Field::new("birth", Kind::Date, &["Ngày sinh", "Ngày tháng năm sinh"]),
//!     Field::new("sex", Kind::Choice(vec![Choice::new("m", &["Nam"]), Choice::new("f", &["Nữ"])]), &["Giới tính"]),
//! ]);
//! # let spec = vnsheet::SheetSpec::of(&schema, "Dân cư", vec![vec![
//! #     Value::Text("Nguyễn Văn A".into()), Value::Year(1950), Value::Choice("m".into())]]);
//! # let bytes = vnsheet::write_table(&spec).unwrap();
//! let mut workbook = Workbook::open(&bytes, &Limits::default())?;
//! let (_sheet, grid, mapping) = workbook.best_sheet(&schema)?.expect("a heading that we know");
//! for row in rows(&grid, &schema, &mapping) {
//!     match row {
//!         RowRead::Data(row) => assert_eq!(row.value(1), &Value::Year(1950)),
//!         RowRead::Skipped { number, reason, .. } => println!("row {number}: {}", reason.key()),
//!     }
//! }
//! # Ok::<(), vnsheet::OpenProblem>(())
//! ```
//!
//! # Where to add a heading
//!
//! * Another heading for one field: one more text in [`Field::labels`] of the caller's schema. Capitals, marks,
//!   spaces, brackets and word order need no label of their own.
//! * An abbreviation that every list uses ("SĐT"): one line in `ABBREVIATIONS` of `src/heading.rs`, with a
//!   case in the test below it.
//! * A row that is no data: one word in `SUMS` or `SIGNATURES` of `src/skip.rs`.
//!
//! # What is deliberately not here
//!
//! Whether a person's number is plausible, whether a household has a head, what to do with a faulty row: the
//! caller knows. Formulas are never computed; their stored result is read. CSV and HTML tables are named as
//! what they are, and not read.

mod annotate;
mod annotate_xml;
pub mod any;
mod grid;
mod guard;
mod header;
mod heading;
mod limits;
mod mapping;
mod ods;
mod package;
mod problem;
mod read;
mod rows;
mod sample;
mod schema;
mod serial;
mod skip;
mod sniff;
mod value;
mod workbook;
mod write;
mod xls;
mod xlsx;

pub use annotate::{AnnotateProblem, Remark, annotate};
pub use grid::{Cell, Grid, GridRow, Merge, column_letters};
pub use header::{find_header, header_at};
pub use limits::Limits;
pub use mapping::{ColumnMap, Confidence, Mapping, Mark};
pub use problem::{LooksLike, OpenProblem};
pub use rows::{CellRead, Row, RowRead, Rows, rows};
pub use sample::{SampleText, sample};
pub use schema::{Choice, Field, Kind, Schema};
pub use skip::SkipReason;
pub use value::{CellProblem, ProblemKind, Repair, Value};
pub use workbook::{Format, SheetInfo, Workbook};
pub use write::{Column, SheetSpec, WriteProblem, write_table};
