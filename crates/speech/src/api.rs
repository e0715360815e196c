//! The dictionary for programs, and how a text is said.

use crate::{store, words};
use axum::Json;
use platform::http::Problem;
use platform::{Ctx, Error, Result, Uuid};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(list, keep, say))]
struct Paths;

/// This area's part of the description of the API.
pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

/// A word of the commune's own.
#[derive(serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SpeechWord {
    /// As it is written, capitals included; may be a phrase.
    written: String,
    /// As it is heard: words without digits.
    said: String,
}

/// The commune's own words.
#[utoipa::path(get, path = "/api/v1/speech/words", tag = "speech", security(("token" = [])), responses((status = 200, body = Vec<SpeechWord>)))]
pub async fn list(ctx: Ctx) -> Result<Json<Vec<SpeechWord>>> {
    let all = store::words(&ctx, &ctx.app.db).await?;
    Ok(Json(all.into_iter().map(|one| SpeechWord { written: one.written, said: one.said }).collect()))
}

/// Which word was kept.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct SpeechWordKept {
    id: Uuid,
}

/// Keeps how a word is said; sent twice it is the same word.
#[utoipa::path(post, path = "/api/v1/speech/words", tag = "speech", security(("token" = [])), request_body = SpeechWord,
    responses((status = 200, body = SpeechWordKept), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn keep(ctx: Ctx, Json(new): Json<SpeechWord>) -> Result<Json<SpeechWordKept>> {
    let member = |error: Error| error.renamed(&[("tu", "written"), ("doc-la", "said")]);
    let tx = ctx.begin().await?;
    let id = words::keep(&ctx, &tx, &new.written, &new.said).await.map_err(member)?;
    tx.commit().await?;
    Ok(Json(SpeechWordKept { id }))
}

/// A text.
#[derive(serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SpeechText {
    text: String,
}

/// How a text is said in this commune: every number, date and short form in words.
#[utoipa::path(post, path = "/api/v1/speech/say", tag = "speech", security(("token" = [])), request_body = SpeechText,
    responses((status = 200, body = SpeechText)))]
pub async fn say(ctx: Ctx, Json(sent): Json<SpeechText>) -> Result<Json<SpeechText>> {
    Ok(Json(SpeechText { text: words::lexicon(&ctx).await?.speak(&sent.text) }))
}
