//! Outgoing documents as JSON, by the same rules as the pages.

mod body;
mod read;
mod write;

use platform::Route;
use platform::area::{get, post, put};
use utoipa::OpenApi;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/outgoing-documents", "outgoing.list", read::list),
        post("/api/v1/outgoing-documents", "outgoing.draft", write::create),
        get("/api/v1/outgoing-documents/{id}", "outgoing.list", read::show),
        put("/api/v1/outgoing-documents/{id}", "outgoing.draft", write::save),
        get("/api/v1/outgoing-documents/{id}/versions", "outgoing.list", read::versions),
        get("/api/v1/outgoing-documents/{id}/pdf", "outgoing.list", super::show::preview),
        get("/api/v1/outgoing-documents/{id}/docx", "outgoing.list", super::show::docx),
        post("/api/v1/outgoing-documents/{id}/submit", "outgoing.draft", write::submit),
        post("/api/v1/outgoing-documents/{id}/comments", "outgoing.comment", write::comment),
        post("/api/v1/outgoing-documents/{id}/approve", "outgoing.approve", write::approve),
        post("/api/v1/outgoing-documents/{id}/return", "outgoing.return", write::send_back),
        post("/api/v1/outgoing-documents/{id}/number", "outgoing.number", write::number),
        post("/api/v1/outgoing-documents/{id}/signature", "outgoing.approve", write::sign),
        post("/api/v1/outgoing-documents/{id}/recall", "outgoing.recall", write::recall),
        post("/api/v1/outgoing-documents/{id}/replace", "outgoing.draft", write::replace),
        get("/api/v1/outgoing-register", "outgoing.register", read::register),
    ]
}

#[derive(OpenApi)]
#[openapi(paths(
    read::list,
    read::show,
    read::versions,
    read::register,
    write::create,
    write::save,
    write::submit,
    write::comment,
    write::approve,
    write::send_back,
    write::number,
    write::sign,
    write::recall,
    write::replace,
))]
struct Paths;

/// This noun's part of the description of the API.
pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}
