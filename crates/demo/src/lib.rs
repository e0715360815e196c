//! The demo commune: an invented Gia Phú that a person can walk through.
//!
//! [`generate`] makes it from a seed as plain structs: no database, no clock, no file at run time. The counts of the article hold
//! exactly at the end of [`ARTICLE_DAY`]; three years before it and two after it hold ordinary life, so that a question about
//! a past day gets another answer than one about today. See `README.md` for who is counted and what is invented.

mod asset;
mod builder;
mod commune;
mod day;
pub mod devices;
mod history;
mod household;
pub mod map;
mod names;
mod organisation;
mod person;
mod rng;
mod staff;
mod table;
mod unit;
mod village;
pub mod write;

pub use asset::{Asset, AssetKey, AssetKind, Condition, Norm};
pub use commune::Commune;
pub use day::{ARTICLE_DAY, BASELINE, Dated, LAST_DAY, Source, TWO_LEVELS, age_on, holds_on, value_on};
pub use history::{LifeEvent, LifeEventKind};
pub use household::{Household, HouseholdKey, Poverty, Production};
pub use organisation::{Decision, Organisation, OrganisationKey, OrganisationKind, Seat, WorkLine};
pub use person::{
    Disability, Education, Insurance, Membership, Occupation, Person, PersonKey, Relation, Residence, Sex,
};
pub use staff::{Role, StaffAccount};
pub use unit::{Fact, Unit, UnitChange, UnitKey, UnitKind, UnitVersion};
pub use village::{Coverage, CoverageKind, EthnicGroup, Village, VillageKey};

/// Seed of the commune that `sandinh demo` shows.
pub const DEMO_SEED: u64 = 2023;

/// Makes the commune of a seed; the same seed gives the same commune, byte for byte.
pub fn generate(seed: u64) -> Commune {
    let mut builder = builder::Builder::new(seed);
    household::settle(&mut builder);
    history::before::tell(&mut builder);
    history::after::tell(&mut builder);
    person::connected::connect(&mut builder);
    household::economy::survey(&mut builder);
    person::detail::describe(&mut builder);
    person::number::assign(&mut builder);
    household::finish(&mut builder);
    builder.finish()
}
