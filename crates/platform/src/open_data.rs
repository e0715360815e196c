//! Tables that an area gives to everybody (dữ liệu mở): made from the live rows each time, never with a person in them. An area offers
//! a [`Dataset`]; the portal lists them, describes them for catalogues and hands them out.

use crate::{Ctx, Result};
use futures_util::future::BoxFuture;
use serde_json::Value;

/// One table.
#[derive(Clone, Copy)]
pub struct Dataset {
    /// In addresses: `so-lieu`. Short Vietnamese words.
    pub code: &'static str,
    /// Keys of its title and of what it is.
    pub title: &'static str,
    pub about: &'static str,
    /// Names of the columns, in `snake_case`; programs rely on them.
    pub columns: &'static [&'static str],
    /// Where latitude and longitude stand among the columns: then the table is also given as GeoJSON.
    pub point: Option<(usize, usize)>,
    /// As it stands now, a value for each column. The rows are few: what is larger than a page of a spreadsheet is no table of a commune.
    pub rows: Rows,
}

pub type Rows = for<'a> fn(&'a Ctx) -> BoxFuture<'a, Result<Vec<Vec<Value>>>>;
