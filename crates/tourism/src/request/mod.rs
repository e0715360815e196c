//! A visitor asks whether there is room (hỏi chỗ): no account, a code to see the answer, deleted after a term. The business answers if
//! somebody of it has an account, else an officer calls its owner.

mod model;
mod public;
mod rules;
pub(crate) mod store;
mod work;

pub use model::{Request, State};
pub(crate) use rules::{Gates, each_day, worker};
pub use rules::{Sending, answer, send};

use crate::place::Place;
use platform::Route;
use platform::area::{get, post};

/// Where requests are answered.
pub(crate) const WORK: &str = "/lam-viec/du-lich/hoi-cho";

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/hoi-cho/{slug}", "tourism.ask", public::form),
        post("/hoi-cho/{slug}", "tourism.ask", public::send),
        get("/hoi-cho/xem/{code}", "tourism.ask", public::show),
        post("/hoi-cho/xem/{code}", "tourism.ask", public::forget),
        get(WORK, "tourism.answer", work::list),
        get("/lam-viec/du-lich/hoi-cho/{id}", "tourism.answer", work::show),
        post("/lam-viec/du-lich/hoi-cho/{id}", "tourism.answer", work::answer),
        post("/lam-viec/du-lich/hoi-cho/{id}/lien-he", "tourism.answer", work::reveal),
    ]
}

pub(crate) fn form_path(one: &Place) -> String {
    format!("/hoi-cho/{}", one.slug)
}
