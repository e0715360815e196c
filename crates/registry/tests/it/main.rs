//! The rules of the registry against a database.

mod checks;
mod households;
mod people;
mod versions;
mod world;
