//! The official mailbox (hộp thư công vụ): letters are fetched over IMAP, wait in a list, and the clerk decides what becomes a
//! document. The original of each is kept. No letter of a program is answered.
//!
//! Fetching may break off anywhere: a letter is known by its name in the mailbox (UIDVALIDITY and UID) and by its own
//! (Message-ID), and marked on the server only after it stands here.

mod act;
mod answer;
mod api;
mod automatic;
mod decide;
mod folder_name;
mod judge;
mod list;
mod look;
mod model;
mod official;
mod plant;
mod read;
mod settings;
mod setup;
mod show;
mod store;
mod wire;

pub(crate) use answer::told;
pub use official::confirmed;
pub(crate) use official::shown;
pub use plant::{Planted, mailbox as plant_mailbox, plant};

use model::State;
use platform::area::{get, post};
use platform::db::Migration;
use platform::jobs::{Every, Worker};
use platform::{Ctx, Result, Route};
use ui::{Status, Waiting, Waits};

pub(crate) const MIGRATION: Migration = Migration {
    version: 371,
    name: "office_mailbox",
    text: include_str!("../../migrations/0371_office_mailbox.sql"),
};

const PATH: &str = "/lam-viec/hop-thu-cong-vu";
/// Where mailboxes are set up.
const SETUP: &str = "/lam-viec/hop-thu-cong-vu/thiet-lap";
/// Where somebody confirms their own official address.
const OWN: &str = "/tai-khoan/thu-cong-vu";

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![
        get(PATH, "mailbox.list", list::list),
        post("/lam-viec/hop-thu-cong-vu/xem", "mailbox.look", list::look_now),
        get("/lam-viec/hop-thu-cong-vu/{id}", "mailbox.show", show::show),
        get("/lam-viec/hop-thu-cong-vu/{id}/tep/{file}", "mailbox.show", show::file),
        get("/lam-viec/hop-thu-cong-vu/{id}/thu-goc", "mailbox.show", show::original),
        post("/lam-viec/hop-thu-cong-vu/{id}/vao-so-den", "mailbox.decide", act::take),
        post("/lam-viec/hop-thu-cong-vu/{id}/khong-phai", "mailbox.decide", act::aside),
        post("/lam-viec/hop-thu-cong-vu/{id}/mo-lai", "mailbox.decide", act::reopen),
        post("/lam-viec/hop-thu-cong-vu/{id}/tu-choi", "mailbox.decide", act::refuse),
        post("/lam-viec/hop-thu-cong-vu/{id}/mat", "mailbox.decide", act::forget),
        get(SETUP, "mailbox.keep", setup::list),
        get("/lam-viec/hop-thu-cong-vu/thiet-lap/moi", "mailbox.keep", setup::new),
        post("/lam-viec/hop-thu-cong-vu/thiet-lap/moi", "mailbox.keep", setup::insert),
        get("/lam-viec/hop-thu-cong-vu/thiet-lap/{id}", "mailbox.keep", setup::edit),
        post("/lam-viec/hop-thu-cong-vu/thiet-lap/{id}", "mailbox.keep", setup::update),
        post("/lam-viec/hop-thu-cong-vu/thiet-lap/{id}/ngung", "mailbox.keep", setup::end),
        get(OWN, "mailbox.own", official::show),
        post(OWN, "mailbox.own", official::ask),
        post("/tai-khoan/thu-cong-vu/ma", "mailbox.own", official::confirm),
    ];
    routes.extend(api::routes());
    routes
}

pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    api::paths()
}

pub(crate) fn workers() -> [Worker; 3] {
    [
        Worker::new(look::JOB, look::job),
        Worker::new(answer::JOB, answer::job),
        Worker::new(official::JOB, official::job),
    ]
}

pub(crate) fn every() -> [Every; 2] {
    [
        Every { kind: look::JOB, period: look::PERIOD },
        Every { kind: answer::JOB, period: std::time::Duration::from_secs(600) },
    ]
}

pub(crate) fn menu() -> [ui::MenuEntry; 2] {
    [
        ui::MenuEntry {
            text: "office-mailbox",
            url: PATH,
            icon: "mail",
            action: "mailbox.list",
            group: "office-menu-group",
            order: 6,
        },
        ui::MenuEntry {
            text: "office-mailbox-setup",
            url: SETUP,
            icon: "mail",
            action: "mailbox.keep",
            group: "messages-menu-group",
            order: 896,
        },
    ]
}

pub(crate) fn account_entry() -> ui::AccountEntry {
    ui::AccountEntry {
        text: "office-official",
        line: "office-official-line",
        url: OWN,
        icon: "mail",
        action: "mailbox.own",
    }
}

/// What waits for the clerk; and for whoever looks after them, the mailboxes that cannot be read.
pub(crate) fn waits() -> Waits {
    Waits(|ctx| Box::pin(async move { waiting(ctx).await }))
}

async fn waiting(ctx: &Ctx) -> Result<Vec<Waiting>> {
    let mut waiting = Vec::new();
    if ctx.may("mailbox.decide") {
        let count = store::letter_count(ctx, Some(State::Waiting)).await?;
        let label = ctx.t().n("office-mailbox-waits", "count", count);
        let one = Waiting { label, url: PATH.to_owned(), status: Status::Waiting };
        waiting.extend((count > 0).then_some(one));
    }
    if ctx.may("mailbox.keep") {
        let away =
            store::mailboxes(ctx, &ctx.app.db).await?.iter().filter(|one| one.failed_since.is_some()).count();
        let label = ctx.t().n("office-mailbox-waits-away", "count", away as i64);
        waiting.extend((away > 0).then_some(Waiting { label, url: SETUP.to_owned(), status: Status::Late }));
    }
    Ok(waiting)
}
