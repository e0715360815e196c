//! The commune's own paper about a dossier.

use super::once::{Begun, begin, key, settle};
use crate::dossier;
use crate::result::{self, Paper, Text};
use axum::Json;
use axum::extract::Path;
use chrono::{DateTime, Utc};
use platform::http::Problem;
use platform::{Ctx, Error, Result, Uuid};

/// The paper as it stands.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct ResultBody {
    /// draft, numbered, issued or revoked.
    state: &'static str,
    subject: String,
    /// Paragraphs, one on each line.
    body: String,
    receivers: String,
    /// Number and symbol, `15/GXN-UBND`; empty while it has none.
    number: String,
    signer: String,
    /// By which anybody checks it at `/giay-to/{code}`, once it is issued.
    code: String,
    issued_at: Option<DateTime<Utc>>,
    revoked_at: Option<DateTime<Utc>>,
    /// Send it back with a change.
    revision: i64,
}

impl ResultBody {
    fn of(paper: Paper) -> ResultBody {
        ResultBody {
            state: paper.state.code(),
            number: paper.full_number(),
            subject: paper.subject,
            body: paper.body,
            receivers: paper.receivers,
            signer: paper.signer_name,
            code: paper.code,
            issued_at: paper.issued_at,
            revoked_at: paper.revoked_at,
            revision: paper.revision,
        }
    }
}

/// A draft of it.
#[derive(serde::Deserialize, utoipa::ToSchema)]
pub struct DraftSent {
    subject: String,
    body: String,
    #[serde(default)]
    receivers: String,
    /// Of the draft that is changed; 0 for a new one.
    #[serde(default)]
    revision: i64,
}

/// How it is signed: with the key that the account keeps here.
#[derive(serde::Deserialize, utoipa::ToSchema)]
pub struct SignatureSent {
    /// The password of the key file. It is kept nowhere.
    password: String,
    revision: i64,
}

/// The last paper of a dossier. The look is recorded.
#[utoipa::path(get, path = "/api/v1/dossiers/{id}/paper", tag = "onestop", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = ResultBody), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<ResultBody>> {
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    let paper = result::last(&ctx, &ctx.app.db, id).await?.ok_or_else(Error::not_found)?;
    crate::desk::opened(&ctx, &one).await?;
    Ok(Json(ResultBody::of(paper)))
}

/// Keeps a draft.
#[utoipa::path(put, path = "/api/v1/dossiers/{id}/paper", tag = "onestop", security(("token" = [])), request_body = DraftSent,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is kept once")),
    responses((status = 200, body = ResultBody), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn draft(ctx: Ctx, Path(id): Path<Uuid>, Json(sent): Json<DraftSent>) -> Result<Json<ResultBody>> {
    if let Begun::First(key, tx) = begin(&ctx).await? {
        let text = Text { subject: sent.subject, body: sent.body, receivers: sent.receivers };
        let done = result::save(&ctx, &tx, id, sent.revision, text).await;
        let done = done.map_err(|error| {
            error.renamed(&[("trich-yeu", "subject"), ("noi-dung", "body"), ("noi-nhan", "receivers")])
        });
        settle(&ctx, key, tx, done, |_| format!("/api/v1/dossiers/{id}/paper")).await?;
    }
    kept(&ctx, id).await
}

/// Numbers and signs it; the dossier goes on to its next step.
#[utoipa::path(post, path = "/api/v1/dossiers/{id}/paper/signature", tag = "onestop", security(("token" = [])), request_body = SignatureSent,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is signed once")),
    responses((status = 200, body = ResultBody), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn sign(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<SignatureSent>,
) -> Result<Json<ResultBody>> {
    key(&ctx)?;
    match begin(&ctx).await? {
        Begun::Again(_) => return kept(&ctx, id).await,
        // Nothing is signed inside a transaction.
        Begun::First(_, tx) => tx.rollback().await?,
    }
    let signed = result::signed_here(&ctx, id, sent.revision, &sent.password).await;
    let (paper, file) = signed.map_err(|error| error.renamed(&[(signing::PASSWORD, "password")]))?;
    if let Begun::First(key, tx) = begin(&ctx).await? {
        let done = result::issue(&ctx, &tx, id, paper.revision, &file).await;
        settle(&ctx, key, tx, done, |_| format!("/api/v1/dossiers/{id}/paper")).await?;
    }
    kept(&ctx, id).await
}

async fn kept(ctx: &Ctx, id: Uuid) -> Result<Json<ResultBody>> {
    let paper = result::last(ctx, &ctx.app.db, id).await?.ok_or_else(Error::not_found)?;
    Ok(Json(ResultBody::of(paper)))
}
