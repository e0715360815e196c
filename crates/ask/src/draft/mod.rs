//! Consultations: a draft is read paragraph by paragraph, residents say yes or no and comment, the office answers each comment and
//! publishes what it took over and what not.

mod desk;
mod public;
mod rules;
mod split;
mod store;

pub(crate) use desk::{export, page as desk_page};
pub use rules::{Verdict, comment, decide, position, publish_summary, reply, set_text, stand};
pub(crate) use rules::{held, parts};
pub use store::{Comment, CommentState};
pub(crate) use store::{list, stances};

use platform::Route;
use platform::area::{get, post};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/hoi-dan/gop-y/{id}", "ask.read", public::show).on_phone(),
        post("/hoi-dan/gop-y/{id}", "ask.comment", public::send),
        post("/hoi-dan/gop-y/{id}/dong-y", "ask.comment", public::stand),
        post("/lam-viec/hoi-dan/{id}/van-ban", "ask.keep", desk::text),
        post("/lam-viec/hoi-dan/{id}/gop-y/{comment}", "ask.keep", desk::decide),
        post("/lam-viec/hoi-dan/{id}/tra-loi", "ask.keep", desk::reply),
        post("/lam-viec/hoi-dan/{id}/cong-bo", "ask.keep", desk::publish),
        get("/lam-viec/hoi-dan/{id}/tong-hop", "ask.show", desk::sheet),
    ]
}
