//! Making and changing a procedure on pages, for an administrator who is no programmer. The file of `data/procedures` stays
//! what counts: a [`working`] copy of it is changed place by place, and written as such a file when it comes into force.

mod act;
mod asks;
mod check;
mod edit;
mod general;
mod lines;
mod new;
mod pages;
mod place;
mod preview;
mod rows;
mod schema;
mod store;
mod typed;
mod whole;
mod working;
mod write;

use platform::area::{get, post};
use platform::{Ctx, Result, Route};

pub(crate) fn routes() -> Vec<Route> {
    const KEEP: &str = "procedure.keep";
    vec![
        get("/lam-viec/thu-tuc/moi", KEEP, new::form),
        post("/lam-viec/thu-tuc/moi", KEEP, new::make),
        get("/lam-viec/thu-tuc/{code}/sua", KEEP, pages::whole),
        post("/lam-viec/thu-tuc/{code}/sua", KEEP, act::act),
        get("/lam-viec/thu-tuc/{code}/xem-thu", KEEP, preview::show),
        post("/lam-viec/thu-tuc/{code}/hieu-luc", KEEP, act::into_force),
        post("/lam-viec/thu-tuc/{code}/bo-ban-sua", KEEP, act::throw_away),
        get("/lam-viec/thu-tuc/{code}/sua/{part}/{row}", KEEP, pages::form),
        post("/lam-viec/thu-tuc/{code}/sua/{part}/{row}", KEEP, pages::save),
    ]
}

/// A working copy in the list of procedures.
pub(crate) struct Begun {
    pub code: String,
    pub name: String,
    pub url: String,
    pub saved: String,
}

pub(crate) async fn begun(ctx: &Ctx) -> Result<Vec<Begun>> {
    let all = working::begun(ctx).await?;
    let line = |one: working::Working| Begun {
        url: one.path(),
        name: one.procedure.name.of(ctx.lang).to_owned(),
        saved: one.updated_at.map(|at| ctx.t().moment(at)).unwrap_or_default(),
        code: one.code,
    };
    Ok(all.into_iter().map(line).collect())
}
