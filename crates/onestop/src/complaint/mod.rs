//! Complaints of applicants about how their dossier is handled: sent from the own page or by code and digits, answered by
//! a leader within a time of its own. What was said is for its sender and the leaders, not for the officer it is about.

mod desk;
mod model;
mod own;
mod page;
mod policy;
mod rules;
mod store;
mod tracked;

pub(crate) use model::Complaint;
pub(crate) use own::told_short;
pub(crate) use rules::{Answering, Sending, answer, rate, send, theirs, withdraw};
pub(crate) use store::{Month, find, list, month, of_dossier};

use platform::area::{get, post};
use platform::{Ctx, Result, Route};
use ui::{Status, Waiting, Waits};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/ho-so-cua-toi/{id}/phan-anh", "dossier.mine", own::form),
        post("/ho-so-cua-toi/{id}/phan-anh", "dossier.mine", own::send),
        post("/ho-so-cua-toi/{id}/phan-anh/{complaint}/rut", "dossier.mine", own::withdraw),
        post("/ho-so-cua-toi/{id}/phan-anh/{complaint}/danh-gia", "dossier.mine", own::rate),
        get("/ho-so-cua-toi/{id}/phan-anh/{complaint}/giay/{paper}", "dossier.mine", own::file),
        get("/ho-so/{code}/phan-anh", "complaint.send", tracked::form),
        post("/ho-so/{code}/phan-anh", "complaint.send", tracked::send),
        post("/ho-so/{code}/phan-anh/{complaint}/rut", "complaint.send", tracked::withdraw),
        get("/lam-viec/khieu-nai", "complaint.list", desk::list),
        get("/lam-viec/khieu-nai/{id}", "complaint.list", desk::show),
        get("/lam-viec/khieu-nai/{id}/giay/{paper}", "complaint.list", desk::file),
        post("/lam-viec/khieu-nai/{id}/tra-loi", "complaint.answer", desk::answer),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "onestop-complaints",
        url: "/lam-viec/khieu-nai",
        icon: "megaphone",
        action: "complaint.list",
        group: "onestop-menu-group",
        order: 85,
    }
}

/// What waits for a leader.
pub(crate) fn waits() -> Waits {
    Waits(|ctx| Box::pin(async move { waiting(ctx).await }))
}

async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    if !ctx.may("complaint.list") {
        return Ok(Vec::new());
    }
    let open = store::list(ctx, true, 100).await?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let late = open.iter().any(|one| one.due_at < ctx.now);
    Ok(vec![Waiting {
        label: ctx.t().n("onestop-complaint-waits", "count", open.len()),
        url: "/lam-viec/khieu-nai".to_owned(),
        status: if late { Status::Late } else { Status::Waiting },
    }])
}
