//! Polls: questions with choices, answered once by each resident or each browser. Only sums are kept, and free words without whose
//! they are.

mod answer;
mod desk;
mod public;
mod store;

pub(crate) use answer::Tries;
pub use answer::{Asking, ask, give};
pub(crate) use answer::{patient, questions};
pub(crate) use desk::page as desk_page;
pub(crate) use store::{choices, forget, list};

use platform::Route;
use platform::area::{get, post};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/hoi-dan/{id}", "ask.read", public::show).on_phone(),
        post("/hoi-dan/{id}", "ask.answer", public::send),
        post("/lam-viec/hoi-dan/{id}/cau-hoi", "ask.keep", desk::add),
        post("/lam-viec/hoi-dan/{id}/cau-hoi/{row}/bo", "ask.keep", desk::remove),
        get("/lam-viec/hoi-dan/{id}/tai-ve", "ask.show", desk::export),
    ]
}
