//! Households: where they are, how they stand, who is their head.

pub(crate) mod api;
mod holding;
mod model;
pub(crate) mod pages;
mod regroup;
mod reopen;
mod rules;
mod snapshot;
mod store;
mod then;

pub use holding::{Holding, holding_set, holdings, holdings_set};
pub use model::{FIELDS, Facts, Household, Poverty, RawHousehold, Residence, State};
pub use regroup::{Split, merge, move_out, split};
pub use rules::{count, get, get_many, head_change, history, insert, list, update};
pub use store::{Filter, Listed};

pub(crate) use holding::holdings_of;
pub(crate) use reopen::reopen;
pub(crate) use rules::{active_in, close, not_before, refresh, set_head};
pub(crate) use snapshot::Snapshot;
pub(crate) use store::{
    NewRow, VERSIONS, by_books, find as find_in, get_many as get_many_in, insert as insert_rows,
};
