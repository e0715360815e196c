//! Administrative papers as Decree 30/2020/NĐ-CP has them: how numbers and dates are written ([`number`], [`symbol`],
//! [`dated`]), how a plain text becomes articles, clauses and tables ([`blocks`]), and the whole paper ([`Paper`]), set by
//! `layouts/decree30.typ`. Measures and wording come with the data: they are the law's, not the program's.

mod appendix;
mod number;
mod paper;
mod text;

pub use appendix::{Appendix, appendices};
pub use number::{bare, commune, copies, dated, ended, number, receivers, symbol, undated};
pub use paper::{Form, Heading, Layout, Margins, Paper, Room, Sizes};
pub use text::{Block, Run, blocks, plain, runs};

/// The typst text; its data is a [`Paper`].
pub const TEMPLATE: &str = include_str!("../../layouts/decree30.typ");
