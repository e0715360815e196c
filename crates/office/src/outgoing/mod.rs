//! Documents that the commune issues (văn bản đi): drafted in versions, commented on, approved or sent back by the leader,
//! numbered and signed, entered in the register; recalled or replaced when they must be.

mod acts;
mod api;
mod axis;
mod compare;
mod draft;
mod edit;
mod file;
mod issue;
mod kinds;
mod list;
mod model;
mod pass;
mod register;
mod sheet;
mod show;
mod signature;
mod store;
mod trail;
mod word;

use platform::area::{get, post};
use platform::db::Migration;
use platform::{Ctx, Result, Route, Uuid};
use ui::{MenuEntry, Status, Waiting, Waits};

pub(crate) use api::{paths, routes as api_routes};
pub(crate) use axis::{gone, stands};
pub(crate) use draft::save as keep_draft;
pub(crate) use kinds::{Issuer, Kinds};
pub(crate) use model::Document;
pub(crate) use model::Draft;
pub(crate) use store::find;

pub(crate) const MIGRATION: Migration = Migration {
    version: 320,
    name: "office_outgoing",
    text: include_str!("../../migrations/0320_office_outgoing.sql"),
};

pub(crate) const PATH: &str = "/lam-viec/van-ban-di";

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/van-ban-di", "outgoing.list", list::list),
        get("/lam-viec/van-ban-di/so", "outgoing.register", register::show),
        get("/lam-viec/van-ban-di/soan", "outgoing.draft", edit::new),
        post("/lam-viec/van-ban-di/soan", "outgoing.draft", edit::create),
        get("/lam-viec/van-ban-di/{id}", "outgoing.list", show::show),
        get("/lam-viec/van-ban-di/{id}/soan", "outgoing.draft", edit::form),
        post("/lam-viec/van-ban-di/{id}/soan", "outgoing.draft", edit::save),
        get("/lam-viec/van-ban-di/{id}/ban-xem", "outgoing.list", show::preview),
        get("/lam-viec/van-ban-di/{id}/word", "outgoing.list", show::docx),
        get("/lam-viec/van-ban-di/{id}/so-sanh", "outgoing.list", compare::show),
        post("/lam-viec/van-ban-di/{id}/trinh", "outgoing.draft", acts::submit),
        post("/lam-viec/van-ban-di/{id}/gop-y", "outgoing.comment", acts::comment),
        post("/lam-viec/van-ban-di/{id}/duyet", "outgoing.approve", acts::approve),
        post("/lam-viec/van-ban-di/{id}/tra-lai", "outgoing.return", acts::send_back),
        post("/lam-viec/van-ban-di/{id}/lay-so", "outgoing.number", acts::number),
        post("/lam-viec/van-ban-di/{id}/ky", "outgoing.approve", signature::sign),
        post("/lam-viec/van-ban-di/{id}/dong-dau", "outgoing.issue", signature::seal),
        get("/lam-viec/van-ban-di/{id}/ban-ky", "outgoing.number", signature::unsigned_file),
        get("/lam-viec/van-ban-di/{id}/ban-ky/hinh", "outgoing.number", signature::look),
        post("/lam-viec/van-ban-di/{id}/nop-ban-ky", "outgoing.number", signature::signed_file),
        post("/lam-viec/van-ban-di/{id}/da-giao/{row}", "outgoing.issue", acts::hand_over),
        post("/lam-viec/van-ban-di/{id}/thu-hoi", "outgoing.recall", acts::recall),
        post("/lam-viec/van-ban-di/{id}/thay-the", "outgoing.draft", acts::replace),
    ]
}

/// The drafts and documents that answer an incoming one: address and name, as far as the reader may see them.
pub(crate) async fn answers(ctx: &Ctx, incoming: Uuid) -> Result<Vec<(String, String)>> {
    if !ctx.may("outgoing.list") {
        return Ok(Vec::new());
    }
    let named = |one: Document| {
        let number = one.full_number();
        let state = ctx.t().t(one.state.text_key());
        let parts = [number.as_str(), one.subject.as_str(), state.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        (one.path(), parts.join(" · "))
    };
    Ok(store::replies(ctx, incoming).await?.into_iter().map(named).collect())
}

/// Those of these that the reader may see.
pub(crate) async fn by_ids(ctx: &Ctx, ids: Vec<Uuid>) -> Result<Vec<Document>> {
    let limit = ids.len() as i64;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    store::list(ctx, &store::Filter { ids: Some(ids), ..store::Filter::default() }, None, limit).await
}

pub(crate) fn menu() -> Vec<MenuEntry> {
    let entry = |text, url, icon, action, order| MenuEntry {
        text,
        url,
        icon,
        action,
        group: "office-menu-group",
        order,
    };
    vec![
        entry("office-outgoing", PATH, "send", "outgoing.list", 6),
        entry("office-outgoing-register", "/lam-viec/van-ban-di/so", "table", "outgoing.register", 7),
    ]
}

/// What waits for the reader: a signature, a number, a draft that came back.
pub(crate) fn waits() -> Waits {
    Waits(|ctx| Box::pin(async move { waiting(ctx).await }))
}

async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    if !ctx.may("outgoing.list") {
        return Ok(Vec::new());
    }
    let open = list::waiting(ctx).await?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let urgent = open.iter().any(|one| one.content.urgency > 0);
    Ok(vec![Waiting {
        label: ctx.t().n("office-outgoing-waits", "count", open.len()),
        url: format!("{PATH}?xem=cho-toi"),
        status: if urgent { Status::Late } else { Status::Waiting },
    }])
}
