//! Tables that other systems export.

pub(crate) use vnsheet::any::{LIMITS, NoTable, Table, grid, open};
