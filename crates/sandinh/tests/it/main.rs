//! The program as a whole: every route against every role, every page in both languages.

mod access;
mod commands;
mod routes;
