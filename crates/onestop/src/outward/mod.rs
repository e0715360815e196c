//! What happens to dossiers, told to other programs that asked for it: signed, at least once, without personal text.
//! `docs/notices.md` says it to whoever writes such a program.

mod deliver;
mod model;
mod pages;
mod rules;
mod store;

pub(crate) use rules::told;

use platform::Route;
use platform::area::{get, post};
use platform::jobs::Worker;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/ket-noi", "hook.keep", pages::list),
        post("/lam-viec/ket-noi", "hook.keep", pages::insert),
        post("/lam-viec/ket-noi/{id}/khoa", "hook.keep", pages::renew),
        post("/lam-viec/ket-noi/{id}/ngung", "hook.keep", pages::end),
    ]
}

pub(crate) fn worker() -> Worker {
    Worker::new(deliver::JOB, deliver::job)
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "onestop-menu-hooks",
        url: "/lam-viec/ket-noi",
        icon: "layers",
        action: "hook.keep",
        group: "onestop-menu-group",
        order: 91,
    }
}
