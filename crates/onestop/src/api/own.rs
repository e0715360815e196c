//! A resident's dossiers: where they stand, what was asked, the answer.

use super::body::{DossierBody, EventBody, PaperBody, papers};
use super::give::revision;
use super::once::{Begun, begin, id_of, key, settle};
use crate::dossier::{self, Event, Happened, Status, events, marks_of};
use crate::form::model::Answers;
use crate::resident::answer_pages;
use axum::Json;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Problem};
use platform::{Ctx, Error, FieldError, Result, Uuid};
use std::collections::BTreeMap;

/// Most of one reader.
const SHOWN: i64 = 200;

/// An own dossier with all that its applicant may know.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct OwnCard {
    #[serde(flatten)]
    dossier: DossierBody,
    #[schema(value_type = Object)]
    answers: Answers,
    /// What must be mended: a field or a paper as `giay-KEY`, and why. Empty unless the status is 5.
    #[schema(value_type = Object)]
    asked: BTreeMap<String, String>,
    /// What was said with it.
    asked_note: String,
    papers: Vec<PaperBody>,
    /// There when the dossier has ended.
    results: Vec<PaperBody>,
    events: Vec<EventBody>,
    /// Codes of the dossiers that were handed in with it.
    linked: Vec<String>,
}

/// What is sent as `multipart/form-data`.
#[derive(utoipa::ToSchema)]
#[allow(dead_code)] // The description of the API reads it, and nothing else.
pub struct AnswerSent {
    revision: i64,
    /// New values of the marked fields: a JSON object.
    answers: String,
    /// New pages of a marked paper: parts named `giay-KEY`.
    #[schema(rename = "giay-KEY", value_type = Vec<String>, format = Binary)]
    pages: Vec<u8>,
}

/// The reader's dossiers, newest first.
#[utoipa::path(get, path = "/api/v1/my/dossiers", tag = "onestop", security(("token" = [])), responses((status = 200, body = Vec<DossierBody>)))]
pub async fn list(ctx: Ctx) -> Result<Json<Vec<DossierBody>>> {
    Ok(Json(dossier::mine(&ctx, SHOWN).await?.iter().map(DossierBody::of).collect()))
}

/// One of them.
#[utoipa::path(get, path = "/api/v1/my/dossiers/{id}", tag = "onestop", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = OwnCard), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<OwnCard>> {
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    let all = events(&ctx, &ctx.app.db, id).await?;
    let asked = all.iter().rev().find(|event| event.kind == Happened::Asked);
    let asked = asked.filter(|_| one.status == Status::Supplement);
    let results =
        if one.status.ended() { dossier::results(&ctx, &ctx.app.db, id).await? } else { Vec::new() };
    Ok(Json(OwnCard {
        asked: asked.map(Event::marks).unwrap_or_default().into_iter().collect(),
        asked_note: asked.map(|event| event.note.clone()).unwrap_or_default(),
        papers: papers(&ctx, &dossier::papers(&ctx, &ctx.app.db, id).await?).await?,
        results: papers(&ctx, &results).await?,
        linked: crate::linked::sisters(&ctx, &ctx.app.db, &one)
            .await?
            .into_iter()
            .map(|one| one.code)
            .collect(),
        dossier: DossierBody::of(&one),
        answers: one.answers,
        events: all.into_iter().filter(|event| event.kind.shown()).map(EventBody::public).collect(),
    }))
}

/// The bytes of a page or result of an own dossier.
#[utoipa::path(get, path = "/api/v1/my/dossiers/{id}/papers/{paper}", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("paper" = Uuid, Path)), responses((status = 200, description = "A picture or PDF", content_type = "application/octet-stream")))]
pub async fn paper(ctx: Ctx, Path((id, paper)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    crate::resident::shown(&ctx, one.id, paper, &crate::resident::FOR_APPLICANT).await
}

/// Answers a request: new values of the marked fields, new pages of the marked papers.
#[utoipa::path(post, path = "/api/v1/my/dossiers/{id}/answer", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is answered once")),
    request_body(content = AnswerSent, content_type = "multipart/form-data"),
    responses((status = 200, body = DossierBody),
        (status = 409, description = "Nothing is asked, or it changed meanwhile", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn answer(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Json<DossierBody>> {
    key(&ctx)?;
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    let marks = marks_of(&ctx, &ctx.app.db, id).await?;
    let revision = revision(&sent)?;
    let answers = answers(&sent, &marks)?;
    let pages = answer_pages(&ctx, &marks, &sent).await?;
    let one = match begin(&ctx).await? {
        Begun::Again(url) => dossier::find(&ctx, &ctx.app.db, id_of(&url)?).await?,
        Begun::First(key, tx) => {
            let done = dossier::answer(&ctx, &tx, one.id, revision, &answers, pages).await;
            settle(&ctx, key, tx, done, dossier::Dossier::own_path).await?
        }
    };
    Ok(Json(DossierBody::of(&one)))
}

/// How a dossier is taken back.
#[derive(serde::Deserialize, utoipa::ToSchema)]
pub struct WithdrawalSent {
    revision: i64,
    /// Why, in the applicant's words; may be left out.
    #[serde(default)]
    reason: String,
}

/// Takes an own dossier back.
#[utoipa::path(post, path = "/api/v1/my/dossiers/{id}/withdrawal", tag = "onestop", security(("token" = [])), request_body = WithdrawalSent,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is taken back once")),
    responses((status = 200, body = DossierBody),
        (status = 409, description = "It has ended, or changed meanwhile", body = Problem, content_type = "application/problem+json")))]
pub async fn withdraw(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<WithdrawalSent>,
) -> Result<Json<DossierBody>> {
    let one = match begin(&ctx).await? {
        Begun::Again(url) => dossier::find(&ctx, &ctx.app.db, id_of(&url)?).await?,
        Begun::First(key, tx) => {
            let done = dossier::withdraw(&ctx, &tx, id, sent.revision, &sent.reason).await;
            settle(&ctx, key, tx, done, dossier::Dossier::own_path).await?
        }
    };
    Ok(Json(DossierBody::of(&one)))
}

/// How satisfied the applicant is.
#[derive(serde::Deserialize, utoipa::ToSchema)]
pub struct RatingSent {
    revision: i64,
    /// 1 not satisfied, 2 satisfied, 3 very satisfied.
    rating: i64,
    #[serde(default)]
    words: String,
}

/// Rates an own dossier that has ended, once.
#[utoipa::path(post, path = "/api/v1/my/dossiers/{id}/rating", tag = "onestop", security(("token" = [])), request_body = RatingSent,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is rated once")),
    responses((status = 200, body = DossierBody),
        (status = 409, description = "It runs still, or is rated already", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn rate(ctx: Ctx, Path(id): Path<Uuid>, Json(sent): Json<RatingSent>) -> Result<Json<DossierBody>> {
    let one = match begin(&ctx).await? {
        Begun::Again(url) => dossier::find(&ctx, &ctx.app.db, id_of(&url)?).await?,
        Begun::First(key, tx) => {
            let rating = sent.rating.to_string();
            let done = dossier::rate(&ctx, &tx, id, sent.revision, &rating, &sent.words).await;
            let done = done.map_err(|error| error.renamed(&[("muc", "rating"), ("y-kien", "words")]));
            settle(&ctx, key, tx, done, dossier::Dossier::own_path).await?
        }
    };
    Ok(Json(DossierBody::of(&one)))
}

/// # Errors
/// When it is no object, or has a field that nobody asked for.
fn answers(sent: &Form, marks: &[(String, String)]) -> Result<Answers> {
    let text = sent.some("answers").unwrap_or("{}");
    let answers: Answers =
        serde_json::from_str(text).map_err(|_| Error::field("answers", "onestop-wrong-type"))?;
    let other = answers.keys().filter(|key| !marks.iter().any(|(marked, _)| marked == *key));
    let wrong: Vec<FieldError> = other
        .map(|key| FieldError { field: key.clone().into(), message: "onestop-wrong-unknown".into() })
        .collect();
    if wrong.is_empty() { Ok(answers) } else { Err(Error::fields(wrong)) }
}
