//! The work side of campaigns for officers and leaders: all of them side by side, one by village and channel, its households, messages
//! to those who were not reached.

mod homes;
mod list;
mod send;
mod show;
mod waits;

pub(crate) use waits::waits;

use crate::campaign::{State, form, store as campaigns};
use crate::roll::{home, pages, paper, ways};
use axum::extract::Path;
use axum::response::Response;
use platform::area::{get, post};
use platform::{Ctx, Error, Result, Route, Uuid};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/van-dong", "reach.show", list::list),
        get("/lam-viec/van-dong/moi", "reach.keep", form::new),
        post("/lam-viec/van-dong/moi", "reach.keep", form::create),
        get("/lam-viec/van-dong/{id}", "reach.show", show::show),
        get("/lam-viec/van-dong/{id}/sua", "reach.keep", form::edit),
        post("/lam-viec/van-dong/{id}/sua", "reach.keep", form::save),
        post("/lam-viec/van-dong/{id}/bat-dau", "reach.keep", show::begin),
        post("/lam-viec/van-dong/{id}/them-ho", "reach.keep", show::add_later),
        post("/lam-viec/van-dong/{id}/ket-thuc", "reach.keep", show::end),
        post("/lam-viec/van-dong/{id}/rut", "reach.keep", show::withdraw),
        get("/lam-viec/van-dong/{id}/ho", "reach.show", homes::list),
        post("/lam-viec/van-dong/{id}/ho/{home}/ten", "reach.note", home::name),
        get("/lam-viec/van-dong/{id}/nhan-tin", "reach.send", send::form),
        post("/lam-viec/van-dong/{id}/nhan-tin", "reach.send", send::send),
        get("/lam-viec/van-dong/{id}/thon/{village}", "reach.show", pages::list),
        get("/lam-viec/van-dong/{id}/thon/{village}/in", "reach.show", paper::sheet),
        post("/lam-viec/van-dong/{id}/thon/{village}/nhieu", "reach.note", pages::many),
        post("/lam-viec/van-dong/{id}/thon/{village}/hoan-tac/{batch}", "reach.note", pages::undo),
        get("/lam-viec/van-dong/{id}/thon/{village}/ho/{home}", "reach.show", home::show),
        post("/lam-viec/van-dong/{id}/thon/{village}/ho/{home}", "reach.note", home::note),
        post("/lam-viec/van-dong/{id}/thon/{village}/loa", "reach.note", ways::hear),
        post("/lam-viec/van-dong/{id}/thon/{village}/loa/{item}/bo", "reach.note", ways::unhear),
        post("/lam-viec/van-dong/{id}/thon/{village}/hop", "reach.note", ways::link),
        post("/lam-viec/van-dong/{id}/thon/{village}/hop/{item}/bo", "reach.note", ways::unlink),
    ]
}

/// The village of a reader who has one alone.
fn only_village(ctx: &Ctx) -> Option<Uuid> {
    match ctx.scope.ids("village").as_slice() {
        [only] if !ctx.scope.whole() => Some(*only),
        _ => None,
    }
}

/// # Errors
/// Not found where whoever asks does not answer for the whole commune, and leads nowhere else.
fn whole_only(ctx: &Ctx) -> Result<()> {
    if ctx.scope.whole() { Ok(()) } else { Err(Error::not_found()) }
}

/// Leads those who have one village to it.
async fn led(ctx: &Ctx, id: Uuid) -> Result<Option<Response>> {
    let Some(village) = only_village(ctx) else {
        whole_only(ctx)?;
        return Ok(None);
    };
    let one = campaigns::find(ctx, &ctx.app.db, id).await?;
    if one.state == State::Draft {
        return Err(Error::not_found());
    }
    Ok(Some(platform::http::see_other(&one.village_path(village))))
}

/// An id in an address.
type Id = Path<Uuid>;
