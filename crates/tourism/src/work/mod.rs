//! The side of those who write: the list, one place with all that may be done, the form.

mod act;
mod edit;
mod list;
mod pictures;
mod show;
mod typed;

use crate::WORK;
use crate::place::State;
use crate::place::store::{self, Filter};
use crate::request;
use platform::area::{get, post};
use platform::{Ctx, Result, Route};
use ui::{Status, Waiting, Waits};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get(WORK, "tourism.write", list::show),
        get("/lam-viec/du-lich/moi", "tourism.write", edit::new),
        post("/lam-viec/du-lich/moi", "tourism.write", edit::create),
        get("/lam-viec/du-lich/{id}", "tourism.write", show::show),
        get("/lam-viec/du-lich/{id}/soan", "tourism.write", edit::form),
        post("/lam-viec/du-lich/{id}/soan", "tourism.write", edit::save),
        post("/lam-viec/du-lich/{id}/anh", "tourism.write", pictures::upload),
        post("/lam-viec/du-lich/{id}/anh/{file}", "tourism.write", pictures::describe),
        post("/lam-viec/du-lich/{id}/lien-he", "tourism.write", act::contact),
        post("/lam-viec/du-lich/{id}/nam", "tourism.page", act::skip),
        post("/lam-viec/du-lich/{id}/trinh", "tourism.write", act::submit),
        post("/lam-viec/du-lich/{id}/duyet", "tourism.approve", act::approve),
        post("/lam-viec/du-lich/{id}/tra-lai", "tourism.approve", act::send_back),
        post("/lam-viec/du-lich/{id}/go", "tourism.approve", act::take_down),
    ]
}

/// A leader finds what was submitted, a writer what came back, whoever answers what visitors ask.
pub(crate) fn waits() -> Waits {
    Waits(|ctx| Box::pin(async move { waiting(ctx).await }))
}

async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    let mut all = Vec::new();
    let within = |action| Ctx { scope: ctx.scope_of(action), ..ctx.clone() };
    if ctx.may("tourism.approve") {
        let filter = Filter { state: Some(State::Submitted), ..Filter::default() };
        let count = store::count(&within("tourism.approve"), &filter).await?;
        if count > 0 {
            let label = ctx.t().n("tourism-waits", "count", count);
            all.push(Waiting { label, url: format!("{WORK}?xem=submitted"), status: Status::Waiting });
        }
    } else if ctx.may("tourism.write") {
        let drafted_by = ctx.account_or_none();
        let filter = Filter { state: Some(State::Returned), drafted_by, ..Filter::default() };
        let count = store::count(&within("tourism.write"), &filter).await?;
        if count > 0 {
            let label = ctx.t().n("tourism-waits-returned", "count", count);
            all.push(Waiting { label, url: format!("{WORK}?xem=returned"), status: Status::Soon });
        }
    }
    if ctx.may("tourism.answer") {
        let asked = Some(request::State::Asked);
        let count = request::store::count(&within("tourism.answer"), asked).await?;
        if count > 0 {
            let label = ctx.t().n("tourism-waits-requests", "count", count);
            let url = format!("{}?xem=asked", request::WORK);
            all.push(Waiting { label, url, status: Status::Waiting });
        }
    }
    Ok(all)
}
