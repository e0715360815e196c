//! What people write to the commune's Facebook page and Zalo account: it waits for an officer, who makes a report of it, joins
//! it to one, answers it, or sets it aside. Talks themselves are kept by the area messages.

mod act;
mod api;
mod card;
mod heard;
mod list;
mod model;
mod rules;
mod show;
mod store;

pub(crate) use api::{paths, routes as api_routes};
pub(crate) use card::{Card, cards};
pub use model::{Matter, Standing, Why};
pub(crate) use rules::told;
pub use rules::{Turning, answer, aside, join, turn};

use platform::area::{get, post};
use platform::events::Handler;
use platform::{Ctx, Result, Route, Tx, Uuid};
use ui::{MenuEntry, Status, Waiting, Waits};

pub(crate) const PATH: &str = "/lam-viec/tin-mang";

pub fn routes() -> Vec<Route> {
    vec![
        get(PATH, "feedback.voices", list::list),
        post("/lam-viec/tin-mang/de-rieng", "feedback.voices", list::aside_picked),
        get("/lam-viec/tin-mang/{id}", "feedback.voices", show::show),
        get("/lam-viec/tin-mang/{id}/anh/{picture}", "feedback.voices", show::picture),
        post("/lam-viec/tin-mang/{id}/nguoi-gui", "feedback.voices", show::who),
        post("/lam-viec/tin-mang/{id}/phan-anh", "feedback.voices", act::turn),
        post("/lam-viec/tin-mang/{id}/gop", "feedback.voices", act::join),
        post("/lam-viec/tin-mang/{id}/tra-loi", "feedback.voices", act::answer),
        post("/lam-viec/tin-mang/{id}/de-rieng", "feedback.voices", act::aside),
        post("/lam-viec/tin-mang/{id}/lay-lai", "feedback.voices", act::restore),
        post("/lam-viec/tin-mang/{id}/khong-to-cao", "feedback.voices", act::clear),
        post("/lam-viec/phan-anh/{id}/nhan-tin", "feedback.voices", act::go_on),
        post("/lam-viec/phan-anh/{id}/bao-nguoi-gui", "feedback.voices", act::tells),
        post("/lam-viec/phan-anh/{id}/gui-lai", "feedback.voices", act::again),
    ]
}

pub fn handler() -> Handler {
    Handler::new(messages::channel::voice::EVENT, "feedback.voice", heard::heard)
}

pub fn menu() -> MenuEntry {
    MenuEntry {
        text: "feedback-voices",
        url: PATH,
        icon: "message-circle",
        action: "feedback.voices",
        group: "feedback-menu-group",
        order: 90,
    }
}

/// What waits in the room.
pub fn waits() -> Waits {
    Waits(|ctx| Box::pin(async move { waiting(ctx).await }))
}

async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    if !ctx.may("feedback.voices") {
        return Ok(Vec::new());
    }
    let count = count_waiting(ctx).await?;
    if count == 0 {
        return Ok(Vec::new());
    }
    let label = ctx.t().n("feedback-voices-wait", "count", count);
    Ok(vec![Waiting { label, url: PATH.to_owned(), status: Status::Waiting }])
}

pub(crate) async fn count_waiting(ctx: &Ctx) -> Result<i64> {
    store::count_waiting(ctx).await
}

/// Puts a line where it belongs at once, as the background work does a moment later: for the demo.
pub async fn take(ctx: &Ctx, tx: &Tx, line: Uuid) -> Result<Matter> {
    let talk = messages::channel::voice::line(ctx, tx, line).await?.talk_id;
    heard::take(ctx, tx, talk, line).await?;
    store::of_talk(ctx, tx, talk).await?.pop().ok_or_else(platform::Error::not_found)
}
