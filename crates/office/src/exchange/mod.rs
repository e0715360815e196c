//! Documents exchanged with other agencies as packages of QCVN 102:2016 (`libs/edxml`): out by an outbox that survives a crash
//! and a cut line, in by a signed request or a watched folder, and both ways what became of them.
//!
//! The rest of the office speaks to it by three functions: [`send`] hands a document over in the transaction in which it is
//! issued, [`status`] tells the sender what became of one that came in, and [`standings`] says what the receivers told.

mod api;
mod folder;
mod model;
mod package;
mod pages;
mod queue;
mod receive;
mod rules;
mod send;
mod store;
mod take;
mod told;
mod transport;

pub use model::{Outgoing, Purpose, Recipient, Standing, Step};
pub(crate) use queue::forget;
pub use queue::{send, standings, status};

use platform::Route;
use platform::area::{get, post};
use platform::db::Migration;
use platform::jobs::{Every, Worker};
use std::time::Duration;

pub(crate) const MIGRATIONS: [Migration; 2] = [
    Migration {
        version: 340,
        name: "office_exchange",
        text: include_str!("../../migrations/0340_office_exchange.sql"),
    },
    Migration {
        version: 341,
        name: "office_exchange_net",
        text: include_str!("../../migrations/0341_office_exchange_net.sql"),
    },
];

pub(crate) const PATH: &str = "/lam-viec/lien-thong";

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/lien-thong", "exchange.list", pages::list),
        post("/lam-viec/lien-thong", "exchange.keep", pages::insert),
        post("/lam-viec/lien-thong/co-quan", "exchange.keep", pages::office),
        post("/lam-viec/lien-thong/{id}/ngung", "exchange.keep", pages::end),
        post("/lam-viec/lien-thong/{id}/gui-lai", "exchange.answer", pages::again),
        post("/lam-viec/lien-thong/{id}/tra-loi", "exchange.answer", pages::answer),
        get("/api/v1/exchange/messages", "exchange.list", api::list),
        post("/api/v1/exchange/packages", "exchange.receive", receive::package),
    ]
}

pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    api::paths()
}

pub(crate) fn workers() -> [Worker; 2] {
    [Worker::new(send::JOB, send::job), Worker::new(folder::JOB, folder::job)]
}

/// Looks again for what a cut line left behind, and into the folders.
pub(crate) fn every() -> [Every; 2] {
    [
        Every { kind: send::JOB, period: Duration::from_secs(600) },
        Every { kind: folder::JOB, period: Duration::from_secs(60) },
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "office-exchange",
        url: PATH,
        icon: "layers",
        action: "exchange.list",
        group: "office-menu-group",
        order: 240,
    }
}
