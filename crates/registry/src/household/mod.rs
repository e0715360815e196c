//! Households: where they are, how they stand, who is their head.

mod holding;
mod model;
mod regroup;
mod rules;
mod store;

pub use holding::{Holding, holding_set, holdings};
pub use model::{FIELDS, Facts, Household, Poverty, RawHousehold, Residence, State};
pub use regroup::{Split, merge, move_out, split};
pub use rules::{count, get, get_many, head_change, history, insert, list, update};
pub use store::{Filter, Listed};

pub(crate) use rules::{active_in, close, not_before, refresh, set_head};
pub(crate) use store::{NewRow, VERSIONS, by_books, find as find_in, insert as insert_rows};
