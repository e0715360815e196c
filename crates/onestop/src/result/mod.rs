//! The commune's own papers: drafted from a template, numbered and signed by the leader, kept in the resident's wallet,
//! checked by anybody who is shown one.
//!
//! A number is taken in a transaction of its own, then the paper is set and signed outside of any, then it is attached
//! and the dossier goes on in a second one. Whatever fails in between leaves the number with its paper: the next try
//! uses it, so the book has no gap.

mod check;
mod issue;
mod model;
mod pages;
mod rules;
mod sheet;
mod store;
mod template;
mod wallet;

pub(crate) use check::{Asked, api};
pub(crate) use issue::signed_here;
pub(crate) use model::{Paper, State};
pub(crate) use pages::card;
pub(crate) use rules::{Text, issue, save, unsigned};
pub(crate) use store::{empty, last, live};

use platform::Route;
use platform::area::{get, post};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/mot-cua/{id}/giay-cua-xa", "dossier.show", pages::show),
        post("/lam-viec/mot-cua/{id}/giay-cua-xa", "dossier.work", pages::save),
        get("/lam-viec/mot-cua/{id}/giay-cua-xa/ban-xem", "dossier.show", pages::preview),
        post("/lam-viec/mot-cua/{id}/giay-cua-xa/ky", "dossier.work", issue::sign),
        post("/lam-viec/mot-cua/{id}/giay-cua-xa/lay-so", "dossier.work", issue::number),
        get("/lam-viec/mot-cua/{id}/giay-cua-xa/ban-ky", "dossier.work", issue::unsigned_file),
        get("/lam-viec/mot-cua/{id}/giay-cua-xa/ban-ky/hinh", "dossier.work", issue::look),
        post("/lam-viec/mot-cua/{id}/giay-cua-xa/nop-ban-ky", "dossier.work", issue::signed_file),
        post("/lam-viec/mot-cua/{id}/giay-cua-xa/thu-hoi", "dossier.work", pages::revoke),
        get("/giay-to", "paper.check", check::ask),
        get("/giay-to/{code}", "paper.check", check::show),
        post("/giay-to/{code}", "paper.check", check::compare),
        get("/giay-to-cua-toi", "dossier.mine", wallet::list).on_phone(),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "onestop-menu-wallet",
        url: "/giay-to-cua-toi",
        icon: "wallet",
        action: "dossier.mine",
        group: "",
        order: 3,
    }
}

pub(crate) fn door() -> ui::Door {
    ui::Door {
        text: "onestop-check",
        line: "onestop-check-line",
        url: "/giay-to",
        icon: "scan-line",
        order: 13,
    }
}
