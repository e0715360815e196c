//! The rules of the registry against a database.

mod bulk;
mod checks;
mod desk;
mod duplicates;
mod figures;
mod household_pages;
mod households;
mod import;
mod import_http;
mod objects;
mod people;
mod person_pages;
mod personal;
mod personal_pages;
mod proposal_pages;
mod proposals;
mod sheet;
mod things;
mod versions;
mod world;
