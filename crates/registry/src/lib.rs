//! The registry: households and their people, organisations, assets, boards and teams; each exists once and has one
//! identity code.
//!
//! A noun has a current table, for lists, uniqueness and search, and a version table that says what was true on any
//! past day ([`views`]). Both are written by the same rule. A *change* closes the newest version and begins one on its
//! day; a *correction* overwrites. Nothing is dated in the future.

pub mod asset;
pub mod bulk;
mod card;
pub mod code;
mod due;
pub mod duplicate;
pub mod export;
mod figures;
mod find;
pub mod household;
pub mod import;
mod label;
pub mod link;
pub mod lists;
pub mod marriage;
mod object;
pub mod organisation;
pub mod page;
pub mod person;
pub mod personal;
pub mod proposal;
mod show;
pub mod team;
mod thing;
mod told;
mod version;
pub mod views;
mod village;
mod villages;
mod work;

pub use card::{Behind, Coded};
pub use due::{DueForm, DueForms, FoundForm};
pub use find::{household_path, person_path};
pub use show::panel::{Drawn, Gathering, Gatherings, Panel, PersonPanel, VillagePanel};
pub use show::sheet;
pub use told::{accounts_of, residents_of};
pub use version::How;
pub use village::draw as village_map;
pub use villages::Villages;

use platform::{Area, db::Migration};

pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 100, name: "registry", text: include_str!("../migrations/0100_registry.sql") },
    Migration {
        version: 101,
        name: "registry_organisations",
        text: include_str!("../migrations/0101_registry_organisations.sql"),
    },
    Migration {
        version: 102,
        name: "registry_work",
        text: include_str!("../migrations/0102_registry_work.sql"),
    },
    Migration {
        version: 103,
        name: "registry_erase",
        text: include_str!("../migrations/0103_registry_erase.sql"),
    },
    Migration {
        version: 110,
        name: "registry_due",
        text: include_str!("../migrations/0110_registry_due.sql"),
    },
    Migration {
        version: 111,
        name: "registry_due_sent",
        text: include_str!("../migrations/0111_registry_due_sent.sql"),
    },
    Migration {
        version: 112,
        name: "registry_proposal_undo",
        text: include_str!("../migrations/0112_registry_proposal_undo.sql"),
    },
    Migration {
        version: 113,
        name: "registry_marriage",
        text: include_str!("../migrations/0113_registry_marriage.sql"),
    },
    Migration {
        version: 114,
        name: "registry_link",
        text: include_str!("../migrations/0114_registry_link.sql"),
    },
];

pub fn area() -> Area {
    let area = import::workers().into_iter().fold(own(), Area::worker);
    card::CODED.into_iter().fold(area, Area::offer)
}

fn own() -> Area {
    Area::new("registry")
        .migrations(MIGRATIONS)
        .offer(village::CULTURE_HOUSES)
        .offer(village::LOUDSPEAKERS)
        .offer(figures::set())
        .locales(
            concat!(include_str!("../locales/vi.ftl"), include_str!("../locales/import.vi.ftl")),
            concat!(include_str!("../locales/en.ftl"), include_str!("../locales/import.en.ftl")),
        )
        .policies(include_str!("access.cedar"))
        .routes([card::routes(), due::routes(), label::routes(), village::routes()].concat())
        .routes([organisation::pages::routes(), asset::pages::routes(), team::pages::routes()].concat())
        .routes(import::routes())
        .offer(import::menu())
        .openapi(openapi)
        .offer(due::waits())
        .offer(due::menu())
        .offer(label::menu())
        .offer(village::menu())
        .offer(organisation::pages::menu())
        .offer(asset::pages::menu())
        .offer(team::pages::menu())
        .routes([household::pages::routes(), household::api::routes()].concat())
        .routes([person::pages::routes(), person::api::routes()].concat())
        .routes([personal::pages::routes(), duplicate::pages::routes(), marriage::pages::routes()].concat())
        .offer(household::pages::menu())
        .offer(person::pages::menu())
        .offer(duplicate::pages::menu())
        .offer(personal::pages::menu())
        .routes(link::pages::routes())
        .offer(link::pages::menu())
        .offer(link::pages::account_entry())
        .offer(link::pages::waits())
        .offer(identity::NumberVouched(link::vouched))
        .routes(proposal::pages::routes())
        .offer(proposal::pages::menu())
        .offer(proposal::pages::waits())
        .offer(told::groups())
}

/// The registry's part of the description of the API.
fn openapi() -> utoipa::openapi::OpenApi {
    let mut all = household::api::paths();
    for part in [
        person::api::paths(),
        organisation::api::paths(),
        asset::api::paths(),
        village::api::paths(),
        due::paths(),
    ] {
        all.merge(part);
    }
    all
}
