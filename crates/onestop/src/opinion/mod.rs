//! Asking for an opinion while a dossier is worked on: a colleague or the head of the applicant's village is asked, answers
//! or declines. The dossier stays with whoever has it, and its clock runs.

mod ask;
mod mine;
mod model;
mod policy;
mod rules;
mod seen;
mod store;

pub(crate) use ask::{Line, lines};
pub(crate) use mine::with_file;
pub(crate) use model::Opinion;
pub(crate) use rules::{Asking, answer, ask, decline, over, take_back};
pub(crate) use store::{mine, of_dossier, own};

use platform::area::{get, post};
use platform::{Ctx, Result, Route};
use ui::{Status, Waiting, Waits};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/mot-cua/{id}/y-kien", "dossier.work", ask::form),
        post("/lam-viec/mot-cua/{id}/y-kien", "dossier.work", ask::send),
        post("/lam-viec/mot-cua/{id}/y-kien/{opinion}/rut", "dossier.work", ask::take_back),
        get("/lam-viec/y-kien", "opinion.mine", mine::list),
        get("/lam-viec/y-kien/{id}", "opinion.mine", mine::show),
        get("/lam-viec/y-kien/{id}/giay/{paper}", "opinion.mine", mine::file),
        post("/lam-viec/y-kien/{id}/tra-loi", "opinion.answer", mine::answer),
        post("/lam-viec/y-kien/{id}/tu-choi", "opinion.answer", mine::decline),
    ]
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "onestop-opinion-mine",
        url: "/lam-viec/y-kien",
        icon: "message-circle",
        action: "opinion.mine",
        group: "onestop-menu-group",
        order: 82,
    }
}

/// What waits for the reader.
pub(crate) fn waits() -> Waits {
    Waits(|ctx| Box::pin(async move { waiting(ctx).await }))
}

async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    if !ctx.may("opinion.mine") {
        return Ok(Vec::new());
    }
    let within = Ctx { scope: ctx.scope_of("opinion.mine"), ..ctx.clone() };
    let open = store::mine(&within, true, 100).await?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let late = open.iter().any(|one| one.due_at < ctx.now);
    Ok(vec![Waiting {
        label: ctx.t().n("onestop-opinion-waits", "count", open.len()),
        url: "/lam-viec/y-kien".to_owned(),
        status: if late { Status::Late } else { Status::Waiting },
    }])
}
