//! Money for dossiers: what is owed, the VietQR code of a transfer, cash at the counter, the bank's statement. Money that
//! does not fit exactly is listed, never guessed.

mod matching;
mod pages;
mod portal;
mod rules;
mod statement;
mod store;
pub(crate) mod taken;
mod webhook;

pub(crate) use pages::{PayBox, qr, takes_transfers};
pub use portal::{PortalPayment, portal};
pub(crate) use rules::take_statement;
pub use rules::{Owed, cash, owed};
pub(crate) use statement::read as statement_read;
pub use store::{Method, Payment};
pub(crate) use store::{find as payment, get_many as payments_of, list as payments};
pub(crate) use webhook::paths;

use platform::Route;
use platform::area::{get, post};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/thu-phi", "payment.list", pages::list),
        post("/lam-viec/thu-phi", "payment.statement", pages::upload),
        post("/lam-viec/mot-cua/{id}/thu-phi", "payment.cash", pages::take_cash),
        post("/lam-viec/mot-cua/{id}/nop-qua-cong", "payment.cash", portal::take),
        post("/api/v1/payments/notice", "payment.notice", webhook::notice),
        get("/lam-viec/thu-phi/{id}/bien-lai", "payment.list", pages::receipt),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "onestop-menu-fees",
        url: "/lam-viec/thu-phi",
        icon: "wallet",
        action: "payment.list",
        group: "onestop-menu-group",
        order: 82,
    }
}
