//! Appointments: an hour at the desk, booked from the telephone, so that nobody waits.

mod book;
mod desk;
mod hours;
mod mine;
mod model;
mod purpose;
mod rules;
mod store;

pub(crate) use purpose::door as door_of;

use platform::area::{get, post};
use platform::{Ctx, Result, Route, Uuid};
use registry::personal::AlsoHeld;
use serde_json::{Value, json};
use ui::{Status, Waiting, Waits};

/// Appointments in a copy; nobody has more.
const COPIED: i64 = 1_000;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/thu-tuc/{code}/hen", "visit.book", book::form),
        post("/thu-tuc/{code}/hen", "visit.book", book::book),
        get("/lich-hen", "visit.mine", mine::list).on_phone(),
        get("/lich-hen/{id}", "visit.mine", mine::show).on_phone(),
        post("/lich-hen/{id}/huy", "visit.mine", mine::cancel),
        get("/lam-viec/lich-hen", "visit.list", desk::list),
        post("/lam-viec/lich-hen/{id}/{act}", "visit.receive", desk::act),
    ]
}

pub(crate) fn menu() -> [ui::MenuEntry; 2] {
    let entry =
        |text, url, action, group, order| ui::MenuEntry { text, url, icon: "calendar", action, group, order };
    [
        entry("onestop-visit-menu-list", "/lam-viec/lich-hen", "visit.list", "onestop-menu-group", 84),
        entry("onestop-visit-menu-mine", "/lich-hen", "visit.mine", "", 3),
    ]
}

/// Who comes today, for the desk.
pub(crate) fn waits() -> Waits {
    Waits(|ctx| Box::pin(async move { waiting(ctx).await }))
}

async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    if !ctx.may("visit.list") {
        return Ok(Vec::new());
    }
    let open = store::open_count(ctx, ctx.today()).await?;
    let line = || Waiting {
        label: ctx.t().n("onestop-visit-waits", "count", open),
        url: "/lam-viec/lich-hen".to_owned(),
        status: Status::Waiting,
    };
    Ok(if open > 0 { vec![line()] } else { Vec::new() })
}

/// The person's appointments, for the copy that the person may ask for.
pub(crate) fn copy() -> AlsoHeld {
    AlsoHeld { name: "visits", read: |ctx, person| Box::pin(held(ctx, person)) }
}

async fn held(ctx: &Ctx, person: Uuid) -> Result<Value> {
    let all = store::of_person(ctx, person, COPIED).await?;
    let one = |one: &model::Visit| {
        json!({ "code": one.code, "procedure": one.procedure_code, "at": one.starts_at, "papers": one.papers,
                "state": one.state, "made_at": one.made_at })
    };
    Ok(Value::Array(all.iter().map(one).collect()))
}
