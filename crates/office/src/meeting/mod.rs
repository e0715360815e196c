//! Meetings (cuộc họp): called, invited to with a calendar file, checked in by QR, papers with notes of one's own, a speaking
//! list, open and secret votes, a big screen, minutes as an outgoing document, conclusions as tasks. Video has its place.

mod agenda;
mod api;
mod attend;
mod back;
mod ballot;
mod calendar;
mod conclusion;
mod edit;
mod export;
mod ink;
mod list;
mod live;
mod minutes;
mod model;
mod paper;
mod people;
mod room;
mod rules;
mod screen;
mod show;
mod speech;
mod store;

pub use agenda::{Typed as AgendaItem, add as add_item};
pub(crate) use api::paths;
pub use ballot::{Asking, cast, close as close_vote, open as open_vote, prepare as prepare_vote};
pub use conclusion::{Concluding, add as conclude, hand_out};
pub use minutes::draft as draft_minutes;
pub use model::{Answer, Came, Meeting, State};
pub use rules::{Calling, answer, check_in_by_hand, close, invite, keep, open};
pub use speech::{ask as ask_to_speak, call as call_speaker, end as end_speech, item_now};
pub(crate) use store::of_minutes;

use platform::area::{get, post};
use platform::db::Migration;
use platform::{Ctx, Kind, Result, Route, Uuid};

pub(crate) const INK_MIGRATION: Migration = Migration {
    version: 361,
    name: "office_ink",
    text: include_str!("../../migrations/0361_office_ink.sql"),
};

pub(crate) const MIGRATION: Migration = Migration {
    version: 360,
    name: "office_meeting",
    text: include_str!("../../migrations/0360_office_meeting.sql"),
};

pub(crate) const PATH: &str = "/lam-viec/cuoc-hop";

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![
        get("/lam-viec/cuoc-hop", "meeting.attend", list::list),
        get("/lam-viec/cuoc-hop/moi", "meeting.call", edit::new),
        post("/lam-viec/cuoc-hop/moi", "meeting.call", edit::create),
        get("/lam-viec/cuoc-hop/{id}", "meeting.attend", show::show),
        get("/lam-viec/cuoc-hop/{id}/sua", "meeting.attend", edit::form),
        post("/lam-viec/cuoc-hop/{id}/sua", "meeting.attend", edit::save),
        post("/lam-viec/cuoc-hop/{id}/moi-hop", "meeting.attend", show::invite),
        post("/lam-viec/cuoc-hop/{id}/khai-mac", "meeting.attend", show::open),
        post("/lam-viec/cuoc-hop/{id}/ket-thuc", "meeting.attend", show::close),
        post("/lam-viec/cuoc-hop/{id}/huy", "meeting.attend", show::cancel),
        post("/lam-viec/cuoc-hop/{id}/tra-loi", "meeting.attend", show::answer),
        get("/lam-viec/cuoc-hop/{id}/lich.ics", "meeting.attend", calendar::file),
        post("/lam-viec/cuoc-hop/{id}/chuong-trinh", "meeting.attend", agenda::send),
        get("/lam-viec/cuoc-hop/{id}/chuong-trinh/{item}", "meeting.attend", agenda::form),
        post("/lam-viec/cuoc-hop/{id}/chuong-trinh/{item}", "meeting.attend", agenda::save),
        post("/lam-viec/cuoc-hop/{id}/tai-lieu", "meeting.attend", paper::send),
        get("/lam-viec/cuoc-hop/{id}/tai-lieu/{paper}", "meeting.attend", paper::open),
        get("/lam-viec/cuoc-hop/{id}/tai-lieu/{paper}/tep", "meeting.attend", paper::whole),
        get("/lam-viec/cuoc-hop/{id}/tai-lieu/{paper}/trang/{page}", "meeting.attend", paper::picture),
        post("/lam-viec/cuoc-hop/{id}/tai-lieu/{paper}/xoa", "meeting.attend", paper::delete),
        post("/lam-viec/cuoc-hop/{id}/tai-lieu/{paper}/ghi-chu", "meeting.attend", paper::note),
        post("/lam-viec/cuoc-hop/{id}/tai-lieu/{paper}/ghi-chu/{note}", "meeting.attend", paper::renote),
        post("/lam-viec/cuoc-hop/{id}/tai-lieu/{paper}/net-ve/{page}", "meeting.attend", ink::keep),
        get("/lam-viec/cuoc-hop/{id}/diem-danh", "meeting.attend", attend::show),
        post("/lam-viec/cuoc-hop/{id}/diem-danh", "meeting.attend", attend::by_hand),
        get("/diem-danh-hop/{code}", "meeting.attend", attend::here),
        get("/lam-viec/cuoc-hop/{id}/dieu-hanh", "meeting.attend", room::show),
        post("/lam-viec/cuoc-hop/{id}/muc-dang-ban", "meeting.attend", room::move_on),
        post("/lam-viec/cuoc-hop/{id}/phat-bieu", "meeting.attend", room::ask_to_speak),
        post("/lam-viec/cuoc-hop/{id}/phat-bieu-tiep", "meeting.attend", room::call_next),
        post("/lam-viec/cuoc-hop/{id}/phat-bieu-xong", "meeting.attend", room::end_speech),
        post("/lam-viec/cuoc-hop/{id}/phat-bieu/{speech}", "meeting.attend", room::turn),
        post("/lam-viec/cuoc-hop/{id}/bieu-quyet", "meeting.attend", room::prepare),
        post("/lam-viec/cuoc-hop/{id}/bieu-quyet/{vote}", "meeting.attend", room::lead),
        post("/lam-viec/cuoc-hop/{id}/bieu-quyet/{vote}/phieu", "meeting.attend", room::vote),
        get("/lam-viec/cuoc-hop/{id}/bieu-quyet/{vote}/ket-qua", "meeting.attend", export::result),
        get("/lam-viec/cuoc-hop/{id}/man-hinh", "meeting.attend", screen::show),
        post("/lam-viec/cuoc-hop/{id}/bien-ban", "meeting.attend", minutes::send),
        get("/lam-viec/cuoc-hop/{id}/ket-luan", "meeting.attend", conclusion::show),
        post("/lam-viec/cuoc-hop/{id}/ket-luan", "meeting.attend", conclusion::send),
        post("/lam-viec/cuoc-hop/{id}/ket-luan-giao", "meeting.attend", conclusion::hand_out_all),
        post("/lam-viec/cuoc-hop/{id}/ket-luan/{conclusion}", "meeting.attend", conclusion::one),
    ];
    routes.extend(api::routes());
    routes
}

pub(crate) fn menu() -> ui::MenuEntry {
    ui::MenuEntry {
        text: "office-meeting-menu",
        url: PATH,
        icon: "users",
        action: "meeting.attend",
        group: "office-menu-group",
        order: 9,
    }
}

/// Invitations that wait for an answer, and meetings that are near.
pub(crate) fn waits() -> ui::Waits {
    ui::Waits(|ctx| Box::pin(async move { list::waiting(ctx).await }))
}

/// The address and title of a meeting, for who may see it.
pub(crate) async fn link(ctx: &Ctx, id: Uuid) -> Result<Option<(String, String)>> {
    match store::find(ctx, &ctx.app.db, id).await {
        Ok(one) => Ok(Some((one.path(), one.title))),
        Err(error) if error.is(Kind::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
