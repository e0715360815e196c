//! The dated tree of administrative units: province, district (until 30 June 2025), commune, villages.
//!
//! A unit has one row in `unit` (as it is now) and one in `unit_version` for each stretch of days in which it was the
//! same. Valid days are inclusive on both ends; what is still in force ends on 9999-12-31. A change closes the open
//! version and begins a new one; a correction overwrites. Mergers are rows of `unit_succession`; what is true only
//! for a while (area, fibre, recognition years) is a `unit_fact`.
//!
//! Reading takes the day: [`village_list`], [`ancestors`] and [`facts`] answer for any past date.

pub mod drawing;
mod fact;
mod head;
mod layer;
mod model;
pub mod place;
mod rules;
mod store;
pub mod views;

pub use fact::{Fact, FactValue, NewFact, fact_number, fact_set, fact_yes, facts, facts_of_kind};
pub use layer::MapLayer;
pub use model::{Kind, NewUnit, Succession, Unit, slug_of};
pub use rules::{Change, boundary_set, change, correct, end, insert, merge};
pub use store::{
    ancestors, boundary, by_code, by_slug, children, find, find_in, get_many, list, made_of, merged_into,
    on_day, village_list,
};

use platform::{Area, db::Migration};

pub const MIGRATIONS: &[Migration] =
    &[Migration { version: 20, name: "units", text: include_str!("../migrations/0020_units.sql") }];

pub fn area() -> Area {
    Area::new("units")
        .migrations(MIGRATIONS)
        .locales(include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"))
        .offer(head::offer())
        .offer(head::Heads::default())
}
