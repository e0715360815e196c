//! Loudspeakers for those who make the radio: the map and the list, one cluster, its form.

mod edit;
mod list;
mod show;

use platform::Route;
use platform::area::{get, post};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/truyen-thanh/loa", "broadcast.read", list::show),
        get("/lam-viec/truyen-thanh/loa/moi", "broadcast.speaker", edit::new),
        post("/lam-viec/truyen-thanh/loa/moi", "broadcast.speaker", edit::create),
        post("/lam-viec/truyen-thanh/loa/thu", "broadcast.speaker", list::test),
        get("/lam-viec/truyen-thanh/loa/{id}", "broadcast.read", show::show),
        get("/lam-viec/truyen-thanh/loa/{id}/sua", "broadcast.speaker", edit::form),
        post("/lam-viec/truyen-thanh/loa/{id}/sua", "broadcast.speaker", edit::save),
        post("/lam-viec/truyen-thanh/loa/{id}/dat", "broadcast.speaker", show::set),
        post("/lam-viec/truyen-thanh/loa/{id}/lenh", "broadcast.speaker", show::order),
        post("/lam-viec/truyen-thanh/loa/{id}/ma", "broadcast.speaker", show::renew),
        post("/lam-viec/truyen-thanh/loa/{id}/thoi", "broadcast.speaker", show::retire),
        get("/lam-viec/truyen-thanh/loa/{id}/speaker.toml", "broadcast.speaker", show::config),
    ]
}
