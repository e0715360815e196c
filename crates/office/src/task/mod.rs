//! Directives and tasks (ý kiến chỉ đạo, nhiệm vụ): one main doer, co-doers, people who should know; a deadline; the state of each
//! recipient on one page; evidence, extension, reminders by themselves.

mod act;
mod api;
mod direct;
pub(crate) mod link;
mod list;
mod model;
mod policy;
mod related;
mod remind;
mod rules;
mod score;
mod show;
mod store;
mod story;

pub(crate) use api::paths;
pub(crate) use direct::DirectForm;
pub use link::{first_use as link_first_use, share as share_link};
pub(crate) use list::{Handed, Line, handed, of_source};
pub use model::{Source, State, Task};
pub(crate) use policy::{Candidate, charged_by};
pub(crate) use related::{Progress, by_ids, candidates, first_open, progress, staff};
pub(crate) use remind::{every, worker};
pub use rules::{Assigning, Reporting, accept, acknowledge, charged, direct, report};
pub(crate) use rules::{assign, assign_for};

use platform::area::{get, post};
use platform::{Ctx, Result, Route};
use store::Which;
use ui::{Status, Waiting, Waits};

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![
        get("/lam-viec/nhiem-vu", "task.mine", list::list),
        get("/lam-viec/nhiem-vu/moi", "task.assign", direct::form),
        post("/lam-viec/nhiem-vu/moi", "task.assign", direct::send),
        post("/lam-viec/van-ban-den/{id}/chi-dao", "task.assign", direct::incoming),
        get("/lam-viec/nhiem-vu/{id}", "task.mine", show::show),
        get("/lam-viec/nhiem-vu/{id}/tep/{file}", "task.mine", story::file),
        post("/lam-viec/nhiem-vu/{id}/nhan", "task.mine", act::acknowledge),
        post("/lam-viec/nhiem-vu/{id}/bao-cao", "task.mine", act::report),
        post("/lam-viec/nhiem-vu/{id}/gia-han", "task.mine", act::ask_extension),
        post("/lam-viec/nhiem-vu/{id}/gia-han/{extension}", "task.assign", act::answer_extension),
        post("/lam-viec/nhiem-vu/{id}/dat", "task.assign", act::accept),
        post("/lam-viec/nhiem-vu/{id}/lam-lai", "task.assign", act::send_back),
        post("/lam-viec/nhiem-vu/{id}/huy", "task.assign", act::cancel),
    ];
    routes.extend(score::routes());
    routes.extend(api::routes());
    routes.extend(link::routes());
    routes
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "office-task-menu",
        url: "/lam-viec/nhiem-vu",
        icon: "list-checks",
        action: "task.mine",
        // What one was charged with stands beside the work of today, above all groups.
        group: "",
        order: 1,
    }
}

/// What waits for the reader: to do, and to look at.
pub(crate) fn waits() -> Waits {
    Waits(|ctx| Box::pin(async move { waiting(ctx).await }))
}

async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    let mut waiting = Vec::new();
    if !ctx.may("task.mine") {
        return Ok(waiting);
    }
    let mine = store::list(ctx, Which::Mine, None, 100).await?;
    if !mine.is_empty() {
        let late = mine.iter().any(|task| task.late(ctx.now));
        waiting.push(Waiting {
            label: ctx.t().n("office-task-wait-mine", "count", mine.len()),
            url: "/lam-viec/nhiem-vu".to_owned(),
            status: if late { Status::Late } else { Status::Waiting },
        });
    }
    if ctx.may("task.assign") {
        let given = store::list(ctx, Which::Given, None, 100).await?;
        let reported = given.iter().filter(|task| task.state == model::State::Reported).count();
        if reported > 0 {
            waiting.push(Waiting {
                label: ctx.t().n("office-task-wait-accept", "count", reported),
                url: "/lam-viec/nhiem-vu?xem=toi-giao".to_owned(),
                status: Status::Waiting,
            });
        }
    }
    Ok(waiting)
}
