//! What polls, drafts and rounds of works have in common: whom they ask, from when until when, and how they end.

mod desk;
mod form;
mod front;
mod model;
mod rules;
mod search;
pub(crate) mod store;

pub(crate) use desk::{Frame, frame, kept, press, waits};
pub(crate) use front::{Head, head, panel};
pub use model::{Kind, Matter, Setting, Shown, State, Who};
pub(crate) use model::{Standing, WORK};
pub use rules::{cancel, prepare, publish};
pub(crate) use rules::{each_day, finish, record, worker};

use platform::Route;
use platform::area::{get, post};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/hoi-dan", "ask.read", front::list).on_phone(),
        get("/lam-viec/hoi-dan", "ask.show", desk::list),
        get("/lam-viec/hoi-dan/moi/{kind}", "ask.keep", form::new),
        post("/lam-viec/hoi-dan/moi/{kind}", "ask.keep", form::create),
        get("/lam-viec/hoi-dan/{id}", "ask.show", desk::show),
        get("/lam-viec/hoi-dan/{id}/sua", "ask.keep", form::edit),
        post("/lam-viec/hoi-dan/{id}/sua", "ask.keep", form::save),
        post("/lam-viec/hoi-dan/{id}/dang", "ask.keep", desk::publish),
        post("/lam-viec/hoi-dan/{id}/huy", "ask.keep", desk::cancel),
    ]
}
