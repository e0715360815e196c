//! The office's side: the list by deadline, one report with all that may be done, the closed book, the numbers.

mod act;
mod book;
mod count;
mod list;
mod many;
mod show;

pub(crate) use show::again;

use crate::store::{self, Asked, Which};
use platform::area::{get, post};
use platform::{Ctx, Result, Route};
use ui::{MenuEntry, Status, Waiting, Waits};

pub(crate) const PATH: &str = "/lam-viec/phan-anh";

pub fn routes() -> Vec<Route> {
    vec![
        get(PATH, "feedback.work", list::list),
        post("/lam-viec/phan-anh/nhan-viec", "feedback.work", list::accept_picked),
        post("/lam-viec/phan-anh/chuyen-nhieu", "feedback.work", many::ask),
        post("/lam-viec/phan-anh/chuyen-nhieu/ghi", "feedback.work", many::pass),
        get("/lam-viec/so-lieu-phan-anh", "feedback.count", count::page),
        get("/lam-viec/so-don-kin", "feedback.book", book::list),
        get("/lam-viec/phan-anh/{id}", "feedback.work", show::show),
        get("/lam-viec/phan-anh/{id}/anh/{picture}", "feedback.work", show::picture),
        post("/lam-viec/phan-anh/{id}/lien-he", "feedback.work", show::contact),
        post("/lam-viec/phan-anh/{id}/nhan", "feedback.work", act::accept),
        post("/lam-viec/phan-anh/{id}/chuyen", "feedback.work", act::pass),
        post("/lam-viec/phan-anh/{id}/noi-khac", "feedback.work", act::elsewhere),
        post("/lam-viec/phan-anh/{id}/tu-choi", "feedback.work", act::refuse),
        post("/lam-viec/phan-anh/{id}/hoi", "feedback.work", act::ask),
        post("/lam-viec/phan-anh/{id}/ghi", "feedback.work", act::note),
        post("/lam-viec/phan-anh/{id}/tra-loi", "feedback.work", act::answer),
        post("/lam-viec/phan-anh/{id}/cong-khai", "feedback.work", act::show),
        post("/lam-viec/phan-anh/{id}/anh/{picture}/an", "feedback.work", act::hide_picture),
    ]
}

pub fn menu() -> Vec<MenuEntry> {
    let entry = |text, url, icon, action, order| MenuEntry {
        text,
        url,
        icon,
        action,
        group: "feedback-menu-group",
        order,
    };
    vec![
        entry("feedback-work", PATH, "megaphone", "feedback.work", 90),
        entry("feedback-numbers", "/lam-viec/so-lieu-phan-anh", "chart-column", "feedback.count", 91),
        entry("feedback-book", "/lam-viec/so-don-kin", "lock", "feedback.book", 92),
    ]
}

/// What waits for the reader.
pub fn waits() -> Waits {
    Waits(|ctx| Box::pin(async move { waiting(ctx).await }))
}

async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    let scope = ctx.scope_of("feedback.work");
    if scope.is_empty() {
        return Ok(Vec::new());
    }
    let within = Ctx { scope, ..ctx.clone() };
    let mine = store::list(&within, &Asked { which: Which::Mine, ..Asked::default() }, None, 100).await?;
    if mine.is_empty() {
        return Ok(Vec::new());
    }
    let late = mine.iter().any(|one| one.late(ctx.now));
    Ok(vec![Waiting {
        label: ctx.t().n("feedback-waits", "count", mine.len()),
        url: PATH.to_owned(),
        status: if late { Status::Late } else { Status::Waiting },
    }])
}
