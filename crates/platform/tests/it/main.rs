//! The ground over HTTP, with a toy area, on the engine that `SANDINH_TEST_ENGINE` names.

mod acme;
mod dump;
mod entry;
mod forms;
mod jobs;
mod kept;
mod rows;
mod search;
mod serving;
mod toy;
