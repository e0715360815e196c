//! Pages and documents: what the applicant gives, what the office looks at and returns.

use super::body::{DossierBody, PaperBody, papers as papers_of};
use super::once::{Begun, begin, id_of, key, settle};
use crate::dossier::{self, ACCEPT, asked_papers, draft_find};
use axum::Json;
use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use platform::http::{Form, Problem, Upload};
use platform::{Ctx, Error, Kind, Result, Uuid, files};

/// What is sent as `multipart/form-data`.
#[derive(utoipa::ToSchema)]
#[allow(dead_code)] // The description of the API reads it, and nothing else.
pub struct PagesSent {
    /// The key of a paper of the procedure.
    paper: String,
    /// Photographs and PDF; several parts of this name are several pages.
    #[schema(value_type = Vec<String>, format = Binary)]
    file: Vec<u8>,
}

/// What is sent as `multipart/form-data`.
#[derive(utoipa::ToSchema)]
#[allow(dead_code)] // As above.
pub struct ResultSent {
    revision: i64,
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// A file that cannot be taken is told at its member.
pub(super) fn at_file(error: Error, member: &str) -> Error {
    match error.kind {
        Kind::Invalid | Kind::TooLarge if error.fields.is_empty() => {
            let kind = error.kind;
            Error { kind, ..Error::field(member.to_owned(), error.message) }
        }
        _ => error,
    }
}

/// Adds pages to a paper of a draft.
#[utoipa::path(post, path = "/api/v1/drafts/{id}/papers", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, the pages are there once")),
    request_body(content = PagesSent, content_type = "multipart/form-data"),
    responses((status = 200, description = "All papers of the draft", body = Vec<PaperBody>),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn add(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Json<Vec<PaperBody>>> {
    key(&ctx)?;
    let draft = draft_find(&ctx, &ctx.app.db, id).await?;
    let procedure = draft.procedure(&ctx).await?;
    let paper = sent.text("paper").to_owned();
    let asked = asked_papers(&procedure, &draft.answers, draft.person_id.is_some());
    if !asked.iter().any(|(one, _)| one.key == paper) {
        return Err(Error::field("paper", "error-choose"));
    }
    let pages =
        crate::resident::prepared(&ctx, &sent, &paper, id).await.map_err(|error| at_file(error, "file"))?;
    if let Begun::First(key, tx) = begin(&ctx).await? {
        let done = dossier::draft_pages_add(&ctx, &tx, id, &paper, &pages).await;
        settle(&ctx, key, tx, done, |()| format!("/api/v1/drafts/{id}/papers")).await?;
    }
    Ok(Json(papers_of(&ctx, &dossier::papers(&ctx, &ctx.app.db, id).await?).await?))
}

/// Takes a page of a draft away.
#[utoipa::path(delete, path = "/api/v1/drafts/{id}/papers/{paper}", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("paper" = Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn drop(ctx: Ctx, Path((id, paper)): Path<(Uuid, Uuid)>) -> Result<StatusCode> {
    let draft = draft_find(&ctx, &ctx.app.db, id).await?;
    dossier::paper_one(&ctx, draft.id, paper).await?;
    let tx = ctx.begin().await?;
    dossier::draft_page_drop(&ctx, &tx, draft.id, paper).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The bytes of a page of a draft.
#[utoipa::path(get, path = "/api/v1/drafts/{id}/papers/{paper}", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("paper" = Uuid, Path)), responses((status = 200, description = "A picture or PDF", content_type = "application/octet-stream")))]
pub async fn draft_paper(ctx: Ctx, Path((id, paper)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let draft = draft_find(&ctx, &ctx.app.db, id).await?;
    crate::resident::shown(&ctx, draft.id, paper, &crate::resident::FOR_APPLICANT).await
}

/// What stands in a dossier: pages of the applicant, then results. The look is recorded.
#[utoipa::path(get, path = "/api/v1/dossiers/{id}/papers", tag = "onestop", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<PaperBody>), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn papers(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<Vec<PaperBody>>> {
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    crate::desk::opened(&ctx, &one).await?;
    let mut rows = dossier::papers(&ctx, &ctx.app.db, id).await?;
    rows.extend(dossier::results(&ctx, &ctx.app.db, id).await?);
    Ok(Json(papers_of(&ctx, &rows).await?))
}

/// The bytes of a page or document. The look is recorded.
#[utoipa::path(get, path = "/api/v1/dossiers/{id}/papers/{paper}", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("paper" = Uuid, Path)), responses((status = 200, description = "A picture or PDF", content_type = "application/octet-stream")))]
pub async fn paper(ctx: Ctx, Path((id, paper)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    crate::desk::opened(&ctx, &one).await?;
    crate::resident::shown(&ctx, one.id, paper, &crate::resident::FOR_OFFICE).await
}

/// Attaches what is returned.
#[utoipa::path(post, path = "/api/v1/dossiers/{id}/result", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is attached once")),
    request_body(content = ResultSent, content_type = "multipart/form-data"),
    responses((status = 200, body = DossierBody),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn result(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Json<DossierBody>> {
    key(&ctx)?;
    let revision = revision(&sent)?;
    let upload = sent.uploads.first().ok_or_else(|| Error::field("file", "onestop-file-none"))?;
    let Upload { name, bytes, .. } = upload.clone();
    let file = files::prepare(&ctx, name, bytes, ACCEPT).await.map_err(|error| at_file(error, "file"))?;
    let one = match begin(&ctx).await? {
        Begun::Again(url) => dossier::find(&ctx, &ctx.app.db, id_of(&url)?).await?,
        Begun::First(key, tx) => {
            let done = dossier::attach(&ctx, &tx, id, revision, &file).await;
            settle(&ctx, key, tx, done, dossier::Dossier::path).await?
        }
    };
    Ok(Json(DossierBody::of(&one)))
}

pub(super) fn revision(sent: &Form) -> Result<i64> {
    sent.text("revision").parse().map_err(|_| Error::field("revision", "error-number"))
}
