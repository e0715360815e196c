//! The side of those who make the radio: the station now, programmes, the week's plan, the log.

mod live;
mod log;
mod now;
mod plan_sheet;
mod programme_edit;
mod programme_list;
mod programme_show;
mod report;
mod slot;
mod speaker;
mod vendor;
mod week;

use crate::WORK;
use crate::programme::State;
use crate::programme::store::{self, Filter};
use platform::area::{get, post};
use platform::{Ctx, Result, Route};
use ui::{Status, Waiting, Waits};

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![
        get(WORK, "broadcast.read", now::show),
        get("/lam-viec/truyen-thanh/chuong-trinh", "broadcast.read", programme_list::show),
        get("/lam-viec/truyen-thanh/chuong-trinh/moi", "broadcast.write", programme_edit::new),
        post("/lam-viec/truyen-thanh/chuong-trinh/moi", "broadcast.write", programme_edit::create),
        get("/lam-viec/truyen-thanh/chuong-trinh/{id}", "broadcast.read", programme_show::show),
        get("/lam-viec/truyen-thanh/chuong-trinh/{id}/nghe", "broadcast.read", programme_show::hear),
        get("/lam-viec/truyen-thanh/chuong-trinh/{id}/sua", "broadcast.write", programme_edit::form),
        post("/lam-viec/truyen-thanh/chuong-trinh/{id}/sua", "broadcast.write", programme_edit::save),
        post("/lam-viec/truyen-thanh/chuong-trinh/{id}/trinh", "broadcast.write", programme_show::submit),
        post("/lam-viec/truyen-thanh/chuong-trinh/{id}/duyet", "broadcast.approve", programme_show::approve),
        post(
            "/lam-viec/truyen-thanh/chuong-trinh/{id}/tra-lai",
            "broadcast.approve",
            programme_show::send_back,
        ),
        post("/lam-viec/truyen-thanh/chuong-trinh/{id}/ngung", "broadcast.read", programme_show::withdraw),
        get("/lam-viec/truyen-thanh/lich", "broadcast.read", week::show),
        get("/lam-viec/truyen-thanh/lich/moi", "broadcast.plan", slot::new),
        post("/lam-viec/truyen-thanh/lich/moi", "broadcast.plan", slot::create),
        get("/lam-viec/truyen-thanh/lich/{id}", "broadcast.plan", slot::form),
        post("/lam-viec/truyen-thanh/lich/{id}", "broadcast.plan", slot::save),
        post("/lam-viec/truyen-thanh/lich/{id}/nghi", "broadcast.plan", slot::skip),
        post("/lam-viec/truyen-thanh/lich/{id}/bo", "broadcast.plan", slot::remove),
        get("/lam-viec/truyen-thanh/noi", "broadcast.live", live::form),
        post("/lam-viec/truyen-thanh/noi", "broadcast.live", live::create),
        get("/lam-viec/truyen-thanh/noi/{id}", "broadcast.live", live::show),
        post("/lam-viec/truyen-thanh/noi/{id}/am-thanh", "broadcast.live", live::piece),
        post("/lam-viec/truyen-thanh/noi/{id}/dung", "broadcast.live", live::stop),
        get("/lam-viec/truyen-thanh/lich/to-in", "broadcast.read", plan_sheet::show),
        get("/lam-viec/truyen-thanh/nhat-ky", "broadcast.read", log::show),
        get("/lam-viec/truyen-thanh/loa/he-thong-khac", "broadcast.read", vendor::show),
        post("/lam-viec/truyen-thanh/loa/he-thong-khac", "broadcast.speaker", vendor::take),
        get("/lam-viec/truyen-thanh/bao-cao", "broadcast.read", report::show),
    ];
    routes.extend(speaker::routes());
    routes
}

/// A leader finds what was submitted, a writer what came back.
pub(crate) fn waits() -> Waits {
    Waits(|ctx| Box::pin(async move { waiting(ctx).await }))
}

async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    let (state, key, status) = if ctx.may("broadcast.approve") {
        (State::Submitted, "broadcast-waits", Status::Waiting)
    } else if ctx.may("broadcast.write") {
        (State::Returned, "broadcast-waits-returned", Status::Soon)
    } else {
        return Ok(Vec::new());
    };
    let drafted_by = ctx.account_or_none().filter(|_| state == State::Returned);
    let count = store::count(ctx, &Filter { state: Some(state), drafted_by, ..Filter::default() }).await?;
    if count == 0 {
        return Ok(Vec::new());
    }
    let label = ctx.t().n(key, "count", count);
    Ok(vec![Waiting { label, url: format!("{WORK}/chuong-trinh?xem={}", state.code()), status }])
}
