//! Works of a village, chosen by its households: one household one vote, a secret ballot that everybody can count.

mod ballot;
mod count;
mod desk;
mod model;
mod paper;
mod public;
mod rules;
mod store;

pub use ballot::{cast, code};
pub use count::count;
pub(crate) use count::counts_itself;
pub(crate) use desk::page as desk_page;
pub use model::{Ballot, Offer, Work, WorkState};
pub use paper::{hand, write_paper};
pub(crate) use rules::{empty, offered, take_roll};
pub use rules::{offer, propose};
pub(crate) use store::{ballots, works};

use platform::Route;
use platform::area::{get, post};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/hoi-dan/cong-trinh/{id}", "ask.read", public::show).on_phone(),
        post("/hoi-dan/cong-trinh/{id}", "ask.read", public::find),
        get("/hoi-dan/cong-trinh/{id}/phieu", "ask.read", public::file),
        get("/hoi-dan/cong-trinh/{id}/bo-phieu", "ask.vote", public::booth),
        post("/hoi-dan/cong-trinh/{id}/bo-phieu", "ask.vote", public::vote),
        post("/hoi-dan/cong-trinh/{id}/de-xuat", "ask.vote", public::propose),
        post("/lam-viec/hoi-dan/{id}/cong-trinh", "ask.keep", desk::offer),
        post("/lam-viec/hoi-dan/{id}/cong-trinh/{row}", "ask.keep", desk::decide),
        get("/lam-viec/hoi-dan/{id}/ho", "ask.show", desk::roll),
        post("/lam-viec/hoi-dan/{id}/ho/{home}", "ask.keep", desk::hand),
        get("/lam-viec/hoi-dan/{id}/phieu-giay", "ask.keep", desk::sheet),
        post("/lam-viec/hoi-dan/{id}/phieu-giay", "ask.keep", desk::write_paper),
        post("/lam-viec/hoi-dan/{id}/phieu-giay/bo", "ask.keep", desk::drop_paper),
        post("/lam-viec/hoi-dan/{id}/kiem-phieu", "ask.keep", desk::count),
        get("/lam-viec/hoi-dan/{id}/bien-ban", "ask.show", desk::minutes),
    ]
}
