//! Writing documents and handing them on.

use super::body::{OutgoingBody, OutgoingDraft, member};
use crate::outgoing::model::Document;
use crate::outgoing::{draft, issue, pass, signature, store};
use axum::Json;
use axum::extract::Path;
use platform::http::Problem;
use platform::once::api::{Begun, begin, id_of, settle};
use platform::{Ctx, Result, Tx, Uuid};

/// A change of the draft.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutgoingSave {
    /// The revision that the document had when it was looked at.
    revision: i64,
    draft: OutgoingDraft,
}

/// A step of a document as it was looked at.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutgoingStep {
    revision: i64,
    /// The comment or the reason, where one is asked for.
    #[serde(default)]
    text: String,
}

/// How it is signed: with the key that the account keeps here.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutgoingSignature {
    /// The password of the key file. It is kept nowhere.
    password: String,
    revision: i64,
}

/// Runs a rule once; sent again, the document is given as it stands.
async fn done<F>(ctx: &Ctx, rule: F) -> Result<Json<OutgoingBody>>
where
    F: AsyncFnOnce(&Tx) -> Result<Document>,
{
    let one = match begin(ctx).await? {
        Begun::First(key, tx) => {
            let done = rule(&tx).await.map_err(member);
            settle(ctx, key, tx, done, Document::path).await?
        }
        Begun::Again(url) => store::find(ctx, &ctx.app.db, id_of(&url)?).await?,
    };
    Ok(Json(OutgoingBody::of(one)))
}

/// Begins a document.
#[utoipa::path(post, path = "/api/v1/outgoing-documents", tag = "office", security(("token" = [])), request_body = OutgoingDraft,
    params(("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is begun once")),
    responses((status = 200, body = OutgoingBody), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn create(ctx: Ctx, Json(sent): Json<OutgoingDraft>) -> Result<Json<OutgoingBody>> {
    done(&ctx, async |tx: &Tx| draft::save(&ctx, tx, None, sent.into()).await).await
}

/// Keeps the next version of the draft.
#[utoipa::path(put, path = "/api/v1/outgoing-documents/{id}", tag = "office", security(("token" = [])), request_body = OutgoingSave,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = OutgoingBody), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn save(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<OutgoingSave>,
) -> Result<Json<OutgoingBody>> {
    let rule = async |tx: &Tx| draft::save(&ctx, tx, Some((id, sent.revision)), sent.draft.into()).await;
    done(&ctx, rule).await
}

/// Puts it before the leader.
#[utoipa::path(post, path = "/api/v1/outgoing-documents/{id}/submit", tag = "office", security(("token" = [])), request_body = OutgoingStep,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = OutgoingBody), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn submit(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<OutgoingStep>,
) -> Result<Json<OutgoingBody>> {
    done(&ctx, async |tx: &Tx| pass::submit(&ctx, tx, id, sent.revision).await).await
}

/// Says what a colleague thinks of it.
#[utoipa::path(post, path = "/api/v1/outgoing-documents/{id}/comments", tag = "office", security(("token" = [])), request_body = OutgoingStep,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = OutgoingBody), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn comment(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<OutgoingStep>,
) -> Result<Json<OutgoingBody>> {
    done(&ctx, async |tx: &Tx| pass::comment(&ctx, tx, id, &sent.text).await).await
}

/// Approves it; the reader becomes its signer.
#[utoipa::path(post, path = "/api/v1/outgoing-documents/{id}/approve", tag = "office", security(("token" = [])), request_body = OutgoingStep,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = OutgoingBody), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn approve(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<OutgoingStep>,
) -> Result<Json<OutgoingBody>> {
    done(&ctx, async |tx: &Tx| pass::approve(&ctx, tx, id, sent.revision).await).await
}

/// Sends it back to the drafter.
#[utoipa::path(post, path = "/api/v1/outgoing-documents/{id}/return", tag = "office", security(("token" = [])), request_body = OutgoingStep,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = OutgoingBody), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn send_back(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<OutgoingStep>,
) -> Result<Json<OutgoingBody>> {
    done(&ctx, async |tx: &Tx| pass::send_back(&ctx, tx, id, sent.revision, &sent.text).await).await
}

/// Gives it the next number of the year, for a signature on another computer.
#[utoipa::path(post, path = "/api/v1/outgoing-documents/{id}/number", tag = "office", security(("token" = [])), request_body = OutgoingStep,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = OutgoingBody), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn number(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<OutgoingStep>,
) -> Result<Json<OutgoingBody>> {
    done(&ctx, async |tx: &Tx| issue::number(&ctx, tx, id, sent.revision).await).await
}

/// Numbers, signs and issues it.
#[utoipa::path(post, path = "/api/v1/outgoing-documents/{id}/signature", tag = "office", security(("token" = [])), request_body = OutgoingSignature,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is signed once")),
    responses((status = 200, body = OutgoingBody), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn sign(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<OutgoingSignature>,
) -> Result<Json<OutgoingBody>> {
    match begin(&ctx).await? {
        Begun::Again(_) => return Ok(Json(OutgoingBody::of(store::find(&ctx, &ctx.app.db, id).await?))),
        // Nothing is signed inside a transaction.
        Begun::First(_, tx) => tx.rollback().await?,
    }
    let signed = signature::signed_here(&ctx, id, sent.revision, &sent.password).await;
    let (one, file) = signed.map_err(member)?;
    done(&ctx, async |tx: &Tx| issue::signed(&ctx, tx, id, one.revision, &file).await).await
}

/// Takes it back, with a reason; the file and the number stay.
#[utoipa::path(post, path = "/api/v1/outgoing-documents/{id}/recall", tag = "office", security(("token" = [])), request_body = OutgoingStep,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = OutgoingBody), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn recall(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<OutgoingStep>,
) -> Result<Json<OutgoingBody>> {
    done(&ctx, async |tx: &Tx| issue::recall(&ctx, tx, id, sent.revision, &sent.text).await).await
}

/// Begins the document that will take its place.
#[utoipa::path(post, path = "/api/v1/outgoing-documents/{id}/replace", tag = "office", security(("token" = [])), request_body = OutgoingStep,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = OutgoingBody), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn replace(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<OutgoingStep>,
) -> Result<Json<OutgoingBody>> {
    done(&ctx, async |tx: &Tx| issue::replace(&ctx, tx, id, sent.revision).await).await
}
