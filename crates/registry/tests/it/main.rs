//! The rules of the registry against a database.

mod bulk;
mod checks;
mod things;
mod proposals;
mod personal;
mod duplicates;
mod households;
mod import;
mod import_http;
mod objects;
mod people;
mod sheet;
mod versions;
mod world;
