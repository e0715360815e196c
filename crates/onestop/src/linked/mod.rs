//! Several linked acts in one application (birth, residence and health insurance; death, funeral support and the end of
//! residence): what one form answered the others do not ask again, a paper is given once, everything is sent at once. Each
//! act becomes a dossier of its own, with its code, deadline, steps and fee; they know of each other.

mod pages;
mod rules;
mod store;

pub(crate) use pages::{Panel, Sister, begun, next, panel, sisters, together};
pub(crate) use rules::{add, answers_of, given_by_main, join, submit, throw_away};
pub(crate) use store::mains_of;

use platform::Route;
use platform::area::post;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        post("/ho-so-cua-toi/nhap/{id}/cung-luc", "dossier.draft", pages::add),
        post("/ho-so-cua-toi/nhap/{id}/cung-luc/bo", "dossier.draft", pages::drop),
    ]
}
