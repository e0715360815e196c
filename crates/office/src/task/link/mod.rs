//! A directive in the group that its recipients already have (Zalo): one address for the group, which says nothing, and one
//! personal link for each recipient. The first phone that uses a personal link is bound to that person: it sees and answers
//! that person's own directives and nothing else. No session of the identity area is opened.

mod api;
mod group;
mod model;
mod own;
mod person;
mod phones;
mod rules;
mod share;
mod store;

pub(crate) use api::paths;
pub(crate) use rules::closed;
pub use rules::{first_use, share};

use platform::area::{get, post};
use platform::events::Handler;
use platform::http::Throttle;
use platform::{Ctx, Error, Result, Route, db::Migration};
use std::net::IpAddr;

pub(crate) const MIGRATION: Migration = Migration {
    version: 311,
    name: "office_link",
    text: include_str!("../../../migrations/0311_office_link.sql"),
};

/// Who is not bound needs no role to look at a page that says nothing.
const OPEN: &str = "tasklink.open";

pub(super) fn routes() -> Vec<Route> {
    let mut routes = vec![
        get("/lam-viec/nhiem-vu/{id}/chia-se", "task.assign", share::show),
        post("/lam-viec/nhiem-vu/{id}/chia-se", "task.assign", share::make),
        get("/lam-viec/nhiem-vu/{id}/chia-se/in", "task.assign", share::sheet),
        post("/lam-viec/nhiem-vu/{id}/chia-se/cap-lai", "task.assign", share::renew),
        post("/lam-viec/nhiem-vu/{id}/chia-se/thoi", "task.assign", share::end),
        get("/lam-viec/nhiem-vu/dien-thoai", "task.mine", phones::list),
        post("/lam-viec/nhiem-vu/dien-thoai/{id}/thoi", "task.mine", phones::end),
        get("/lam-viec/dien-thoai", "tasklink.keep", phones::all),
        get("/g/{code}", OPEN, group::show),
        post("/g/{code}", OPEN, group::ask),
        get("/g/rieng/{link}", OPEN, person::show),
        post("/g/rieng/{link}", OPEN, person::bind),
        get("/g/viec", OPEN, own::list),
        get("/g/viec/{id}", OPEN, own::show),
        post("/g/viec/{id}/nhan", OPEN, own::acknowledge),
        post("/g/viec/{id}/bao-cao", OPEN, own::report),
        get("/g/viec/{id}/tep/{file}", OPEN, own::file),
        get("/g/viec/{id}/van-ban/{paper}", OPEN, own::paper),
        post("/g/thoi", OPEN, own::end),
    ];
    routes.extend(api::routes());
    routes
}

pub(crate) fn account_entry() -> ui::AccountEntry {
    ui::AccountEntry {
        text: "office-link-phones",
        line: "office-link-phones-line",
        url: "/lam-viec/nhiem-vu/dien-thoai",
        icon: "smartphone",
        action: "task.mine",
    }
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "office-link-phones-all",
        url: "/lam-viec/dien-thoai",
        icon: "smartphone",
        action: "tasklink.keep",
        group: "office-menu-group",
        order: 241,
    }
}

/// A locked account has no phone.
pub(crate) fn handler() -> Handler {
    Handler::new("identity.account.locked", "office.phones-end", |ctx, payload| async move {
        closed(&ctx, serde_json::from_value(payload["account"].clone())?).await
    })
}

/// Addresses that are none, asked for from one place: codes must not be tried out.
pub(crate) struct Misses(Throttle<Option<IpAddr>>);

impl Default for Misses {
    fn default() -> Misses {
        Misses(Throttle::per_minute(30))
    }
}

/// Counts a question for an address that is none. What was never there, what ended and what is somebody else's look alike.
fn missed(ctx: &Ctx) -> Result<Error> {
    let misses = ctx.app.offers::<Misses>().next().ok_or_else(|| Error::internal("no throttle of links"))?;
    Ok(match misses.0.check(&ctx.ip, ctx.now) {
        Ok(()) => Error { message: "office-link-none".into(), ..Error::not_found() },
        Err(wait) => Error::too_many("error-too-many", wait),
    })
}
