//! The pages of an import, in the order in which an officer sees them.

pub(crate) mod columns;
pub(crate) mod mend;
pub(crate) mod result;
pub(crate) mod start;
pub(crate) mod transfer;
