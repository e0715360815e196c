//! The rules of the registry against a database.

mod asset_pages;
mod bulk;
mod checks;
mod codes;
mod commune;
mod desk;
mod due;
mod duplicates;
mod figures;
mod household_pages;
mod households;
mod import;
mod import_http;
mod organisation_pages;
mod people;
mod person_pages;
mod personal;
mod personal_pages;
mod proposal_pages;
mod proposals;
mod sheet;
mod team_pages;
mod things;
mod versions;
mod world;
