//! Judging a signed PDF by program.

use crate::check::{given, judged, verdict};
use axum::Json;
use chrono::{DateTime, Utc};
use platform::http::{Form, Problem};
use platform::{Ctx, Error, Result};
use utoipa::OpenApi;

/// What is sent as `multipart/form-data`.
#[derive(utoipa::ToSchema)]
#[allow(dead_code)] // The description of the API reads it, and nothing else.
pub struct SignedFile {
    /// A PDF file of at most 25 MB. Nothing of it is kept.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// One signature, judged.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct SignatureBody {
    /// good, added, stranger, out-of-time or broken.
    verdict: &'static str,
    /// Who signed, by the certificate.
    signer: Option<String>,
    organisation: Option<String>,
    issuer: Option<String>,
    /// When, as the signer's computer said.
    at: Option<DateTime<Utc>>,
    intact: bool,
    /// Nothing was added to the file after it.
    whole: bool,
    in_time: bool,
    trusted: bool,
}

/// The signatures of a PDF, in the order in which they were made.
#[utoipa::path(post, path = "/api/v1/signatures/check", tag = "signing",
    request_body(content = SignedFile, content_type = "multipart/form-data"),
    responses((status = 200, body = Vec<SignatureBody>), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn check(ctx: Ctx, sent: Form) -> Result<Json<Vec<SignatureBody>>> {
    let member = |error: Error| error.renamed(&[("tep", "file")]);
    let file = given(&ctx, &sent).await.map_err(member)?;
    let all = judged(&ctx, file.bytes).await.map_err(member)?;
    let last = all.len().saturating_sub(1);
    let told = all.iter().enumerate().map(|(at, one)| SignatureBody {
        verdict: verdict(one, at == last).code(),
        signer: one.certificate.as_ref().map(|certificate| certificate.name.clone()),
        organisation: one.certificate.as_ref().map(|certificate| certificate.organisation.clone()),
        issuer: one.certificate.as_ref().map(|certificate| certificate.issuer.clone()),
        at: one.at.map(|at| at.with_timezone(&Utc)),
        intact: one.intact,
        whole: one.whole,
        in_time: one.in_time,
        trusted: one.trusted,
    });
    Ok(Json(told.collect()))
}

#[derive(OpenApi)]
#[openapi(paths(check))]
struct Paths;

/// This area's part of the description of the API.
pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}
