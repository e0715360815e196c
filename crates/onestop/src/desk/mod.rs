//! The office's side: the common work list, a dossier with everything that may be done with it, the counter.

mod acts;
mod counter;
mod list;
mod record;
mod show;
mod stranger;

pub(crate) use acts::{again, end_of};
pub(crate) use show::opened;

use crate::dossier::{self, Filter, Queue};
use crate::procedure::model::StepRole;
use platform::area::{get, post};
use platform::{Ctx, Result, Route};
use ui::{Status, Waiting, Waits};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/mot-cua", "dossier.list", list::list),
        get("/lam-viec/mot-cua/{id}", "dossier.show", show::show),
        get("/lam-viec/mot-cua/{id}/giay/{paper}", "dossier.show", show::file),
        get("/lam-viec/mot-cua/{id}/phieu/{number}", "dossier.show", show::sheet),
        post("/lam-viec/mot-cua/{id}/ket-qua", "dossier.work", acts::attach),
        post("/lam-viec/mot-cua/{id}/so-bo", "dossier.record", record::save),
        post("/lam-viec/mot-cua/{id}/viec/{act}", "dossier.work", acts::act),
        get("/lam-viec/quay", "dossier.counter", counter::choose),
        get("/lam-viec/quay/{code}", "dossier.counter", counter::form),
        post("/lam-viec/quay/{code}", "dossier.counter", counter::receive),
    ]
}

pub(crate) fn menu() -> [ui::MenuEntry; 2] {
    [
        ui::MenuEntry {
            text: "onestop-menu-list",
            url: "/lam-viec/mot-cua",
            icon: "clipboard-check",
            action: "dossier.list",
            group: "onestop-menu-group",
            order: 80,
        },
        ui::MenuEntry {
            text: "onestop-menu-counter",
            url: "/lam-viec/quay",
            icon: "user-plus",
            action: "dossier.counter",
            group: "onestop-menu-group",
            order: 81,
        },
    ]
}

/// The queues whose steps the reader may do.
pub(crate) fn own_queues(ctx: &Ctx) -> Vec<Queue> {
    let Some(actor) = &ctx.actor else { return Vec::new() };
    StepRole::ALL.iter().filter(|role| role.held_by(actor)).map(|role| Queue::from(*role)).collect()
}

/// What waits for the reader: for the desk.
pub(crate) fn waits() -> Waits {
    Waits(|ctx| Box::pin(async move { waiting(ctx).await }))
}

async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    if !ctx.may("dossier.list") {
        return Ok(Vec::new());
    }
    let mut lines = Vec::new();
    for queue in own_queues(ctx) {
        let count = dossier::count(ctx, &Filter { queue: Some(queue), ..Filter::default() }).await?;
        if count > 0 {
            lines.push(Waiting {
                label: ctx.t().n(&format!("onestop-waits-{}", queue.code()), "count", count),
                url: format!("/lam-viec/mot-cua?viec={}", queue.code()),
                status: Status::Waiting,
            });
        }
    }
    Ok(lines)
}
