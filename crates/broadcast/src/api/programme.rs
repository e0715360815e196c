//! Programmes for programs.

use super::RadioStep;
use crate::programme::{self, Draft, Form, Programme, store};
use axum::Json;
use axum::extract::{Path, Query};
use chrono::{DateTime, Utc};
use platform::once::api::{Begun, begin, id_of, settle};
use platform::{Ctx, Result, Tx, Uuid};

const PAGE: i64 = 200;

/// A programme of the radio.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct RadioProgramme {
    id: Uuid,
    title: String,
    /// Code of `data/broadcast`, as are `origin` and `language`.
    kind: String,
    origin: String,
    language: String,
    /// sound, text or relay.
    form: &'static str,
    words: String,
    address: String,
    /// draft, submitted, returned, approved or withdrawn.
    state: &'static str,
    /// none, waiting, ready or failed: whether it can be heard.
    ready: &'static str,
    milliseconds: i64,
    /// LUFS.
    loudness: Option<f64>,
    approved_at: Option<DateTime<Utc>>,
    aired_at: Option<DateTime<Utc>>,
    revision: i64,
}

pub(super) fn body(one: Programme) -> RadioProgramme {
    RadioProgramme {
        id: one.id,
        form: one.form.code(),
        state: one.state.code(),
        ready: one.ready.code(),
        milliseconds: one.length,
        loudness: one.loudness.map(|hundredths| hundredths as f64 / 100.0),
        title: one.title,
        kind: one.kind,
        origin: one.origin,
        language: one.language,
        words: one.words,
        address: one.address,
        approved_at: one.approved_at,
        aired_at: one.aired_at,
        revision: one.revision,
    }
}

/// Which programmes.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RadioQuery {
    /// The id of the last one of the page before.
    after: Option<Uuid>,
}

/// Programmes, the newest first, 200 a page.
#[utoipa::path(get, path = "/api/v1/radio/programmes", tag = "radio", security(("token" = [])), params(RadioQuery),
    responses((status = 200, body = Vec<RadioProgramme>)))]
pub async fn list(ctx: Ctx, Query(query): Query<RadioQuery>) -> Result<Json<Vec<RadioProgramme>>> {
    let all = store::list(&ctx, &store::Filter::default(), query.after, PAGE).await?;
    Ok(Json(all.into_iter().map(body).collect()))
}

/// One programme.
#[utoipa::path(get, path = "/api/v1/radio/programmes/{id}", tag = "radio", security(("token" = [])),
    responses((status = 200, body = RadioProgramme), (status = 404)))]
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<RadioProgramme>> {
    Ok(Json(body(store::find(&ctx, &ctx.app.db, id).await?)))
}

/// A programme that the voice reads, or another station's stream. Recordings are sent through the page.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RadioProgrammeNew {
    title: String,
    kind: String,
    origin: String,
    language: String,
    /// text or relay.
    form: String,
    #[serde(default)]
    words: String,
    #[serde(default)]
    address: String,
}

const FIELDS: [(&str, &str); 9] = [
    ("ten", "title"),
    ("loai", "kind"),
    ("nguon", "origin"),
    ("tieng", "language"),
    ("cach", "form"),
    ("noi-dung", "words"),
    ("dia-chi", "address"),
    ("ly-do", "reason"),
    ("ly-do-ngung", "reason"),
];

/// Does it once, however often the request is sent.
async fn once(ctx: &Ctx, rule: impl AsyncFnOnce(&Tx) -> Result<Programme>) -> Result<Json<RadioProgramme>> {
    let (key, tx) = match begin(ctx).await? {
        Begun::Again(url) => return Ok(Json(body(store::find(ctx, &ctx.app.db, id_of(&url)?).await?))),
        Begun::First(key, tx) => (key, tx),
    };
    let done = rule(&tx).await.map_err(|error| error.renamed(&FIELDS));
    Ok(Json(body(settle(ctx, key, tx, done, Programme::path).await?)))
}

/// Begins a programme.
#[utoipa::path(post, path = "/api/v1/radio/programmes", tag = "radio", security(("token" = [])),
    params(("Idempotency-Key" = Uuid, Header)), request_body = RadioProgrammeNew,
    responses((status = 200, body = RadioProgramme), (status = 422)))]
pub async fn create(ctx: Ctx, Json(new): Json<RadioProgrammeNew>) -> Result<Json<RadioProgramme>> {
    let form = Form::parse(&new.form).filter(|form| *form != Form::Sound);
    let draft = Draft {
        title: new.title,
        kind: new.kind,
        origin: new.origin,
        language: new.language,
        form,
        words: new.words,
        address: new.address,
    };
    once(&ctx, async |tx| programme::create(&ctx, tx, draft, None).await).await
}

/// Asks the leaders to approve it.
#[utoipa::path(post, path = "/api/v1/radio/programmes/{id}/submit", tag = "radio", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = RadioStep,
    responses((status = 200, body = RadioProgramme), (status = 404), (status = 409), (status = 422)))]
pub async fn submit(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(step): Json<RadioStep>,
) -> Result<Json<RadioProgramme>> {
    once(&ctx, async |tx| programme::submit(&ctx, tx, id, step.revision).await).await
}

/// Approves it: the plan may air it.
#[utoipa::path(post, path = "/api/v1/radio/programmes/{id}/approve", tag = "radio", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = RadioStep,
    responses((status = 200, body = RadioProgramme), (status = 404), (status = 409), (status = 422)))]
pub async fn approve(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(step): Json<RadioStep>,
) -> Result<Json<RadioProgramme>> {
    once(&ctx, async |tx| programme::approve(&ctx, tx, id, step.revision).await).await
}

/// Gives it back with a reason.
#[utoipa::path(post, path = "/api/v1/radio/programmes/{id}/return", tag = "radio", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = RadioStep,
    responses((status = 200, body = RadioProgramme), (status = 404), (status = 409), (status = 422)))]
pub async fn send_back(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(step): Json<RadioStep>,
) -> Result<Json<RadioProgramme>> {
    once(&ctx, async |tx| programme::send_back(&ctx, tx, id, step.revision, &step.reason).await).await
}

/// Takes it off the air, with a reason.
#[utoipa::path(post, path = "/api/v1/radio/programmes/{id}/withdraw", tag = "radio", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = RadioStep,
    responses((status = 200, body = RadioProgramme), (status = 404), (status = 409), (status = 422)))]
pub async fn withdraw(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(step): Json<RadioStep>,
) -> Result<Json<RadioProgramme>> {
    once(&ctx, async |tx| programme::withdraw(&ctx, tx, id, step.revision, &step.reason).await).await
}
