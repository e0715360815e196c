//! Reading documents and the register.

use super::body::{OutgoingBody, OutgoingCard, OutgoingVersion, RegisterLine};
use crate::outgoing::model::State;
use crate::outgoing::store::{self, Filter};
use crate::outgoing::{file, register as book, trail};
use axum::Json;
use axum::extract::{Path, Query};
use platform::http::Problem;
use platform::{Ctx, Error, Result, Uuid};

const USUAL: i64 = 100;
const MOST: i64 = 500;

/// Which documents, newest first.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OutgoingQuery {
    /// Words of subject, text or number, with or without marks.
    #[serde(default)]
    q: String,
    /// A state, as documents tell it.
    #[serde(default)]
    state: String,
    #[serde(default)]
    issuer: String,
    #[serde(default)]
    kind: String,
    /// The id of the last one of the page before.
    after: Option<Uuid>,
    /// Documents on a page, at most 500; 100 if left out.
    limit: Option<i64>,
}

/// Documents that the reader may see.
#[utoipa::path(get, path = "/api/v1/outgoing-documents", tag = "office", security(("token" = [])), params(OutgoingQuery),
    responses((status = 200, body = Vec<OutgoingBody>), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn list(ctx: Ctx, Query(query): Query<OutgoingQuery>) -> Result<Json<Vec<OutgoingBody>>> {
    let state = match query.state.as_str() {
        "" => Vec::new(),
        word => vec![State::parse(word).ok_or_else(|| Error::field("state", "error-choose"))?],
    };
    let ids = if query.q.trim().is_empty() { None } else { Some(file::find(&ctx, &query.q).await?) };
    let filter = Filter { states: state, issuer: query.issuer, kind: query.kind, ids, ..Filter::default() };
    let limit = query.limit.unwrap_or(USUAL).clamp(1, MOST);
    let found = store::list(&ctx, &filter, query.after, limit).await?;
    Ok(Json(found.into_iter().map(OutgoingBody::of).collect()))
}

/// A document with what happened to it and who gets it.
#[utoipa::path(get, path = "/api/v1/outgoing-documents/{id}", tag = "office", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = OutgoingCard), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<OutgoingCard>> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let events = trail::events(&ctx, id).await?;
    let recipients = trail::recipients(&ctx, &ctx.app.db, id).await?;
    Ok(Json(OutgoingCard::of(one, events, recipients)))
}

/// Every save of a document, the newest first; at most 100.
#[utoipa::path(get, path = "/api/v1/outgoing-documents/{id}/versions", tag = "office", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<OutgoingVersion>), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn versions(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<Vec<OutgoingVersion>>> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let all = trail::versions(&ctx, one.id, USUAL).await?;
    Ok(Json(all.into_iter().map(OutgoingVersion::of).collect()))
}

/// Which lines of the register.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RegisterQuery {
    year: i64,
    issuer: String,
    #[serde(default)]
    kind: String,
}

/// The register of outgoing documents of a year, in the ten columns of Annex IV of Decree 30/2020; at most 500 lines.
#[utoipa::path(get, path = "/api/v1/outgoing-register", tag = "office", security(("token" = [])), params(RegisterQuery),
    responses((status = 200, body = Vec<RegisterLine>)))]
pub async fn register(ctx: Ctx, Query(query): Query<RegisterQuery>) -> Result<Json<Vec<RegisterLine>>> {
    let found = store::register(&ctx, &query.issuer, query.year, &query.kind, None, MOST).await?;
    let line = |one: book::Entry| {
        let [number, day, subject, signer, receivers, keeper, copies, handed, acknowledged, note] = one.cells;
        RegisterLine { number, day, subject, signer, receivers, keeper, copies, handed, acknowledged, note }
    };
    Ok(Json(book::entries(&ctx, &found).await?.into_iter().map(line).collect()))
}
