//! Reads the text of Word files (.docx, ECMA-376), and writes such files that Word and LibreOffice open: one section of pages,
//! paragraphs, tables, a page number in the head from the second page on. Lengths are in millimetres, letters in points.
//!
//! It is written by hand because an official paper asks for little and asks for it exactly (rows that stay together, rules
//! below a text, a first page without number), and because the same document must give the same bytes: docx-rs (0.4.22 was
//! looked at) would bring an older zip and an older quick-xml beside ours.
//!
//! ```
//! use docx::{Align, Document, Page, Paragraph, Run};
//! let mut document = Document::new(Page::A4, "Times New Roman", 14.0);
//! document.push(Paragraph::of(Run::new("QUYẾT ĐỊNH").bold()).align(Align::Centre));
//! let file = document.file("2026-01-05T02:05:07Z".parse().unwrap()).unwrap();
//! assert!(file.starts_with(b"PK"));
//! ```

mod model;
mod pack;
mod read;
mod xml;

pub use model::{Align, Block, Cell, Document, Page, Paragraph, Row, Run, Table};
pub use read::text;

/// Why no file came out, or none was read.
#[derive(Debug, thiserror::Error)]
#[error("the file cannot be used: {0}")]
pub struct Fault(String);
