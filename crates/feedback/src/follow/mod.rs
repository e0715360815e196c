//! Following a report by e-mail without an account: asked for on its page, begun by the link of the first letter, ended by the
//! link of any later one. Opening a link changes nothing: programs that look at mail open them all. A button does.

mod letter;
mod pages;
mod rules;
mod store;

pub(crate) use rules::told;
pub(crate) use store::forget;

use platform::Route;
use platform::area::{get, post};
use platform::jobs::Worker;

pub fn routes() -> Vec<Route> {
    vec![
        post("/phan-anh/{code}/theo-doi", "feedback.follow", pages::ask),
        get("/theo-doi-phan-anh/{token}", "feedback.follow", pages::show),
        post("/theo-doi-phan-anh/{token}", "feedback.follow", pages::confirm),
        post("/theo-doi-phan-anh/{token}/thoi", "feedback.follow", pages::end),
    ]
}

pub fn worker() -> Worker {
    Worker::new(letter::JOB, letter::job)
}
