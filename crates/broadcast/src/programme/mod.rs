//! A programme (chương trình): a recording, words that the voice reads, or another station's stream; written, reviewed, approved.

mod check;
mod model;
mod rules;
mod sound;
pub(crate) mod store;

pub use model::{Draft, Form, Happened, Programme, Ready, State};
pub(crate) use rules::{May, may};
pub use rules::{approve, create, save, send_back, submit, withdraw};
pub use sound::{Recording, recording};
pub(crate) use sound::{about, found, place as sound_place, recorded, worker, wrong};
