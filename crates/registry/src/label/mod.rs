//! Labels with identity codes: sheets of A4 with 3 × 8 of them, to be cut or on sticky paper. What a scan opens stands
//! in [`crate::card`].

mod pages;
pub(crate) mod qr;
mod store;

use platform::Route;
use platform::area::{get, post};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/tem", "label.print", pages::choose),
        get("/lam-viec/tem/in", "label.print", pages::sheets),
        post("/lam-viec/tem", "label.print", pages::sheets_of_chosen),
        post("/lam-viec/tem/in", "label.print", pages::sheets_of_chosen),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "registry-menu-labels",
        url: "/lam-viec/tem",
        icon: "qr-code",
        action: "label.print",
        group: "registry-menu-group",
        order: 150,
    }
}
