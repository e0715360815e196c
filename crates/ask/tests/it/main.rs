//! Asking residents, as people over HTTP.

mod ballot;
mod drafts;
mod polls;
mod works;
mod world;
