//! Work files whose term is over, and decisions about them, for programs.

use super::model::{Deciding, Disposal};
use super::rules;
use crate::workfile::model::WorkFile;
use crate::workfile::terms::Terms;
use axum::Json;
use axum::extract::Path;
use chrono::NaiveDate;
use platform::http::Problem;
use platform::once::api::{Begun, begin, id_of, settle};
use platform::{Ctx, Error, Result, Uuid, files};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(due, decide, show, destroy, drop))]
struct Paths;

pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

/// A work file whose term is over.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct WorkFileDue {
    id: Uuid,
    code: String,
    title: String,
    /// How long it was kept: a code of the file of terms.
    term: String,
    /// The last day on which it had to be kept.
    until: Option<NaiveDate>,
}

/// A decision to destroy work files.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkFileDisposalNew {
    number: String,
    decided_on: NaiveDate,
    signer: String,
    files: Vec<Uuid>,
}

/// A decision as it stands.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct WorkFileDisposalBody {
    id: Uuid,
    number: String,
    decided_on: NaiveDate,
    signer: String,
    /// decided, done or dropped.
    state: &'static str,
    files: Vec<Uuid>,
    /// Send it back when it is carried out or dropped.
    revision: i64,
}

/// Which revision is meant.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkFileDisposalEnd {
    revision: i64,
}

async fn body(ctx: &Ctx, id: Uuid) -> Result<Json<WorkFileDisposalBody>> {
    let (one, all) = rules::show(ctx, id).await?;
    Ok(Json(WorkFileDisposalBody {
        id: one.id,
        number: one.decision_no,
        decided_on: one.decided_on,
        signer: one.signer,
        state: one.state.code(),
        files: all.into_iter().map(|file| file.id).collect(),
        revision: one.revision,
    }))
}

/// Work files whose term is over and that stand in no decision, at most 200.
#[utoipa::path(get, path = "/api/v1/work-file-disposals/due", tag = "office", security(("token" = [])),
    responses((status = 200, body = Vec<WorkFileDue>)))]
pub async fn due(ctx: Ctx) -> Result<Json<Vec<WorkFileDue>>> {
    let terms = Terms::load(&ctx)?;
    let told = |one: WorkFile| WorkFileDue {
        until: terms.until(&one.term, one.closed_at),
        id: one.id,
        code: one.code,
        title: one.title,
        term: one.term,
    };
    Ok(Json(rules::due(&ctx).await?.into_iter().map(told).collect()))
}

/// A decision with its files.
#[utoipa::path(get, path = "/api/v1/work-file-disposals/{id}", tag = "office", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = WorkFileDisposalBody), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<WorkFileDisposalBody>> {
    body(&ctx, id).await
}

/// Records a decision; nothing is destroyed by it.
#[utoipa::path(post, path = "/api/v1/work-file-disposals", tag = "office", security(("token" = [])),
    params(("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is recorded once")), request_body = WorkFileDisposalNew,
    responses((status = 200, body = WorkFileDisposalBody), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn decide(ctx: Ctx, Json(new): Json<WorkFileDisposalNew>) -> Result<Json<WorkFileDisposalBody>> {
    let said =
        Deciding { number: new.number, on: Some(new.decided_on), signer: new.signer, files: new.files };
    let id = match begin(&ctx).await? {
        Begun::First(key, tx) => {
            let done = rules::decide(&ctx, &tx, said).await.map_err(member);
            settle(&ctx, key, tx, done, Disposal::path).await?.id
        }
        Begun::Again(url) => id_of(&url)?,
    };
    body(&ctx, id).await
}

/// What the page calls the members.
fn member(error: Error) -> Error {
    let words = [
        ("so-quyet-dinh", "number"),
        ("ngay-quyet-dinh", "decided_on"),
        ("nguoi-ky", "signer"),
        ("ho-so", "files"),
    ];
    error.renamed(&words)
}

/// Carries a decision out: what its files hold of their own is gone for ever.
#[utoipa::path(post, path = "/api/v1/work-file-disposals/{id}/destroy", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")),
    request_body = WorkFileDisposalEnd,
    responses((status = 200, body = WorkFileDisposalBody),
        (status = 409, description = "It changed or has ended", body = Problem, content_type = "application/problem+json")))]
pub async fn destroy(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(said): Json<WorkFileDisposalEnd>,
) -> Result<Json<WorkFileDisposalBody>> {
    if let Begun::First(key, tx) = begin(&ctx).await? {
        let done = rules::destroy(&ctx, &tx, id, said.revision).await;
        let (_, gone) = settle(&ctx, key, tx, done, |(one, _)| one.path()).await?;
        files::forget(&ctx, &gone).await?;
    }
    body(&ctx, id).await
}

/// Drops a decision that was not carried out.
#[utoipa::path(post, path = "/api/v1/work-file-disposals/{id}/drop", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")),
    request_body = WorkFileDisposalEnd,
    responses((status = 200, body = WorkFileDisposalBody),
        (status = 409, description = "It changed or has ended", body = Problem, content_type = "application/problem+json")))]
pub async fn drop(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(said): Json<WorkFileDisposalEnd>,
) -> Result<Json<WorkFileDisposalBody>> {
    if let Begun::First(key, tx) = begin(&ctx).await? {
        let done = rules::drop(&ctx, &tx, id, said.revision).await;
        settle(&ctx, key, tx, done, Disposal::path).await?;
    }
    body(&ctx, id).await
}
