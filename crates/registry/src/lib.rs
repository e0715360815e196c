//! The registry: households and their people, organisations, assets, boards and teams; each exists once and has one
//! identity code.
//!
//! A noun has a current table, for lists, uniqueness and search, and a version table that says what was true on any
//! past day ([`views`]). Both are written by the same rule. A *change* closes the newest version and begins one on its
//! day; a *correction* overwrites. Nothing is dated in the future.

pub mod asset;
pub mod bulk;
mod card;
mod choice;
pub mod code;
mod due;
mod find;
pub mod export;
pub mod household;
pub mod import;
mod label;
pub mod lists;
pub mod organisation;
pub mod page;
pub mod person;
mod show;
pub mod team;
mod thing;
mod version;
pub mod views;
mod village;
mod villages;
mod work;

pub use card::{Behind, Coded};
pub use find::{household_path, person_path};
pub use show::panel::{Drawn, Panel, PersonPanel};
pub use version::How;
pub use villages::Villages;

use platform::{Area, db::Migration};

pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 100, name: "registry", text: include_str!("../migrations/0100_registry.sql") },
    Migration { version: 101, name: "registry_organisations", text: include_str!("../migrations/0101_registry_organisations.sql") },
    Migration { version: 102, name: "registry_work", text: include_str!("../migrations/0102_registry_work.sql") },
    Migration { version: 110, name: "registry_due", text: include_str!("../migrations/0110_registry_due.sql") },
];

pub fn area() -> Area {
    Area::new("registry")
        .migrations(MIGRATIONS)
        .locales(include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"))
        .policies(include_str!("access.cedar"))
        .routes([card::routes(), due::routes(), label::routes(), village::routes()].concat())
        .offer(due::menu())
        .offer(due::waits())
        .offer(label::menu())
        .offer(village::menu())
        .routes(household::pages::routes())
        .routes(person::pages::routes())
}
