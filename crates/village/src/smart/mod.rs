//! The smart village (thôn thông minh): criteria as data, each with its live state, and the villages that are pilots.

mod model;
mod pages;
mod rules;
mod store;

pub(crate) use pages::{Line, compared, lines, pilot_badge};
pub use rules::{Saying, pilot, say};

use platform::Route;
use platform::area::{get, post};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/so-thon/{village}/thong-minh", "village_book.show", pages::show),
        get("/lam-viec/so-thon/{village}/thong-minh/{code}", "village_book.keep", pages::form),
        post("/lam-viec/so-thon/{village}/thong-minh/{code}", "village_book.keep", pages::say),
        get("/lam-viec/so-thon/{village}/thon-diem", "village_book.pilot", pages::pilot_form),
        post("/lam-viec/so-thon/{village}/thon-diem", "village_book.pilot", pages::pilot),
        get("/lam-viec/so-thon/{village}/bang-chung/{entry}", "village_book.show", pages::evidence),
    ]
}
