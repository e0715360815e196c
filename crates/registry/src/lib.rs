//! The registry: households and their people, organisations, assets, boards and teams; each exists once and has one
//! identity code.
//!
//! A noun has a current table, for lists, uniqueness and search, and a version table that says what was true on any
//! past day ([`views`]). Both are written by the same rule. A *change* closes the newest version and begins one on its
//! day; a *correction* overwrites. Nothing is dated in the future.

pub mod bulk;
mod choice;
pub mod code;
mod find;
pub mod household;
pub mod lists;
pub mod page;
pub mod person;
mod version;
pub mod views;
mod villages;

pub use find::{household_path, person_path};
pub use version::How;
pub use villages::Villages;

use platform::{Area, db::Migration};

pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 100, name: "registry", text: include_str!("../migrations/0100_registry.sql") },
    Migration { version: 101, name: "registry_organisations", text: include_str!("../migrations/0101_registry_organisations.sql") },
    Migration { version: 102, name: "registry_work", text: include_str!("../migrations/0102_registry_work.sql") },
];

pub fn area() -> Area {
    Area::new("registry")
        .migrations(MIGRATIONS)
        .locales(include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"))
        .policies(include_str!("access.cedar"))
}
