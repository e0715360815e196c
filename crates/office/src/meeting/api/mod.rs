//! Meetings for programs.

mod body;
mod read;
mod write;

use platform::Route;
use platform::area::{get, post};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(
    read::list,
    read::show,
    write::call,
    write::invite,
    write::open,
    write::close,
    write::cancel,
    write::answer,
    write::add_item,
    write::check_in,
    write::ask_to_speak,
    write::call_next,
    write::end_speech,
    write::prepare_vote,
    write::open_vote,
    write::close_vote,
    write::cast,
    write::conclude,
    write::hand_out,
    write::draft_minutes
))]
struct Paths;

pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/meetings", "meeting.attend", read::list),
        post("/api/v1/meetings", "meeting.call", write::call),
        get("/api/v1/meetings/{id}", "meeting.attend", read::show),
        post("/api/v1/meetings/{id}/invite", "meeting.attend", write::invite),
        post("/api/v1/meetings/{id}/open", "meeting.attend", write::open),
        post("/api/v1/meetings/{id}/close", "meeting.attend", write::close),
        post("/api/v1/meetings/{id}/cancel", "meeting.attend", write::cancel),
        post("/api/v1/meetings/{id}/answer", "meeting.attend", write::answer),
        post("/api/v1/meetings/{id}/agenda", "meeting.attend", write::add_item),
        post("/api/v1/meetings/{id}/check-ins", "meeting.attend", write::check_in),
        post("/api/v1/meetings/{id}/speeches", "meeting.attend", write::ask_to_speak),
        post("/api/v1/meetings/{id}/speeches/next", "meeting.attend", write::call_next),
        post("/api/v1/meetings/{id}/speeches/end", "meeting.attend", write::end_speech),
        post("/api/v1/meetings/{id}/votes", "meeting.attend", write::prepare_vote),
        post("/api/v1/meetings/{id}/votes/{vote}/open", "meeting.attend", write::open_vote),
        post("/api/v1/meetings/{id}/votes/{vote}/close", "meeting.attend", write::close_vote),
        post("/api/v1/meetings/{id}/votes/{vote}/ballot", "meeting.attend", write::cast),
        post("/api/v1/meetings/{id}/conclusions", "meeting.attend", write::conclude),
        post("/api/v1/meetings/{id}/conclusions/{conclusion}/task", "meeting.attend", write::hand_out),
        post("/api/v1/meetings/{id}/minutes", "meeting.attend", write::draft_minutes),
    ]
}
