//! People: who they are, where they are counted, what is known of them over time.

pub(crate) mod api;
pub(crate) mod check;
mod event;
mod leave;
mod model;
pub(crate) mod pages;
mod raw;
mod read;
mod rules;
mod skill;
mod snapshot;
mod store;

pub use check::{NewPerson, form_name};
pub use event::{EventKind, LifeEvent, of_household as events_of_household, of_person as events_of_person};
pub use leave::{Leaving, come_back, leave};
pub use model::{Facts, Membership, Person, Precision, Residence, Sex, State, Version};
pub use raw::{FIELDS, RawPerson, birth_text};
pub use read::{alike, by_number, count, get, get_many, history, list, members, places};
pub use rules::{Arrival, add, move_to, update};
pub use skill::{Skill, skill_remove, skill_set, skills, skills_set};
pub use store::{Filter, Numbered};

pub(crate) use event::insert as events_insert;
pub(crate) use leave::go;
pub(crate) use rules::{changed_meanwhile, refile, write_place};
pub(crate) use skill::skill_codes;
pub(crate) use snapshot::{Snapshot, rewrite};
pub(crate) use store::{
    NewRow, PLACES, VERSIONS, by_numbers, find as find_in, get_many as get_many_in, insert as insert_rows,
    members as members_in, update as update_row,
};
