//! The official mailbox for programs.

use super::model::{Letter, State};
use super::{decide, store};
use axum::Json;
use axum::extract::{Path, Query};
use chrono::{DateTime, Utc};
use platform::area::{get, post};
use platform::http::Problem as Details;
use platform::once::api::{Begun, begin, id_of, settle};
use platform::{Ctx, Error, Result, Route, Uuid};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(list, show, take, aside))]
struct Paths;

pub(super) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/mail-letters", "mailbox.list", list),
        get("/api/v1/mail-letters/{id}", "mailbox.show", show),
        post("/api/v1/mail-letters/{id}/take", "mailbox.decide", take),
        post("/api/v1/mail-letters/{id}/aside", "mailbox.decide", aside),
    ]
}

/// A letter that came into a mailbox of the commune.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub(super) struct LetterBody {
    id: Uuid,
    subject: String,
    /// The sender's name; the address only in the letter itself.
    from_name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    from_address: String,
    sent_at: Option<DateTime<Utc>>,
    came_at: DateTime<Utc>,
    /// waiting, plain, automatic, taken, aside or refused.
    state: &'static str,
    /// said, list, own or nobody, when a program wrote it.
    automatic: Option<&'static str>,
    /// Why it was not read as it should be.
    problem: Option<&'static str>,
    documents: i64,
    #[serde(skip_serializing_if = "String::is_empty")]
    text: String,
    /// The incoming document that it became.
    incoming_id: Option<Uuid>,
    revision: i64,
}

impl LetterBody {
    fn of(one: Letter) -> LetterBody {
        LetterBody {
            id: one.id,
            subject: one.subject,
            from_name: one.from_name,
            from_address: String::new(),
            sent_at: one.sent_at,
            came_at: one.came_at,
            state: one.state.code(),
            automatic: one.automatic.map(|why| why.code()),
            problem: one.problem.map(|problem| problem.code()),
            documents: one.documents,
            text: String::new(),
            incoming_id: one.incoming_id,
            revision: one.revision,
        }
    }

    fn whole(one: Letter) -> LetterBody {
        let (from_address, text) = (one.from_address.clone(), one.text.clone());
        LetterBody { from_address, text, ..LetterBody::of(one) }
    }
}

/// Which letters.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct LetterQuery {
    /// waiting (if left out), plain, automatic, taken, aside or refused.
    state: Option<String>,
    /// The id of the last one of the page before.
    after: Option<Uuid>,
}

/// Letters of the official mailbox, the newest first, 50 a page.
#[utoipa::path(get, path = "/api/v1/mail-letters", tag = "office", security(("token" = [])), params(LetterQuery),
    responses((status = 200, body = Vec<LetterBody>)))]
pub(super) async fn list(ctx: Ctx, Query(query): Query<LetterQuery>) -> Result<Json<Vec<LetterBody>>> {
    let state = match query.state.as_deref() {
        Some(word) => State::parse(word).ok_or_else(|| Error::field("state", "error-choose"))?,
        None => State::Waiting,
    };
    let rows = store::letters(&ctx, Some(state), query.after, 50).await?;
    Ok(Json(rows.into_iter().map(LetterBody::of).collect()))
}

/// One letter with its words; the look is recorded.
#[utoipa::path(get, path = "/api/v1/mail-letters/{id}", tag = "office", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = LetterBody), (status = 404, body = Details, content_type = "application/problem+json")))]
pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<LetterBody>> {
    let one = store::letter(&ctx, &ctx.app.db, id).await?;
    super::show::opened(&ctx, &one, serde_json::json!({})).await?;
    Ok(Json(LetterBody::whole(one)))
}

async fn body(ctx: &Ctx, id: Uuid) -> Result<Json<LetterBody>> {
    Ok(Json(LetterBody::whole(store::letter(ctx, &ctx.app.db, id).await?)))
}

/// Which letter as the caller saw it.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Deciding {
    revision: i64,
    /// Why it is set aside; not asked for when it is taken.
    #[serde(default)]
    reason: String,
}

/// Hands the letter's files to the incoming documents; its number is given there.
#[utoipa::path(post, path = "/api/v1/mail-letters/{id}/take", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")), request_body = Deciding,
    responses((status = 200, body = LetterBody), (status = 409, body = Details, content_type = "application/problem+json")))]
pub(super) async fn take(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<Deciding>,
) -> Result<Json<LetterBody>> {
    let letter = Letter { revision: sent.revision, ..store::letter(&ctx, &ctx.app.db, id).await? };
    let document = decide::document(&ctx, &letter).await?;
    let (key, tx) = match begin(&ctx).await? {
        Begun::Again(url) => return body(&ctx, id_of(&url)?).await,
        Begun::First(key, tx) => (key, tx),
    };
    let done = decide::take(&ctx, &tx, &letter, document).await.map(|_| letter);
    let letter = settle(&ctx, key, tx, done, Letter::path).await?;
    body(&ctx, letter.id).await
}

/// Sets a letter aside: it is no document.
#[utoipa::path(post, path = "/api/v1/mail-letters/{id}/aside", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is done once")), request_body = Deciding,
    responses((status = 200, body = LetterBody), (status = 409, body = Details, content_type = "application/problem+json"),
        (status = 422, body = Details, content_type = "application/problem+json")))]
pub(super) async fn aside(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(sent): Json<Deciding>,
) -> Result<Json<LetterBody>> {
    let letter = Letter { revision: sent.revision, ..store::letter(&ctx, &ctx.app.db, id).await? };
    let (key, tx) = match begin(&ctx).await? {
        Begun::Again(url) => return body(&ctx, id_of(&url)?).await,
        Begun::First(key, tx) => (key, tx),
    };
    let done = decide::aside(&ctx, &tx, &letter, &sent.reason).await;
    let done = done.map_err(|error| error.renamed(&[("ly-do", "reason")])).map(|()| letter);
    let letter = settle(&ctx, key, tx, done, Letter::path).await?;
    body(&ctx, letter.id).await
}
