//! Incoming documents for programs: reading the book, handing a document in, registering it.

use super::intake::{ACCEPT, facts_of};
use super::model::{Channel, Facts, Incoming, State};
use super::rules::{self, Arrived, NewFile, Registering};
use super::{store, words};
use crate::reading;
use axum::Json;
use axum::extract::{Path, Query};
use chrono::{DateTime, NaiveDate, Utc};
use platform::area::{get, post};
use platform::files;
use platform::http::{Form, Problem};
use platform::once::api::{Begun, begin, id_of, settle};
use platform::{Ctx, Error, Result, Route, Uuid};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(list, show, hand_in, register))]
struct Paths;

pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/incoming-documents", "incoming.list", list),
        post("/api/v1/incoming-documents", "incoming.register", hand_in),
        get("/api/v1/incoming-documents/{id}", "incoming.show", show),
        post("/api/v1/incoming-documents/{id}/register", "incoming.register", register),
    ]
}

/// An incoming document.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct IncomingBody {
    id: Uuid,
    /// arrived, registered, directed, done, refused or recalled.
    state: &'static str,
    /// The code of the book in which it stands.
    book: Option<String>,
    /// With the book, the year's number.
    year: Option<i64>,
    arrival_number: Option<i64>,
    arrived_at: DateTime<Utc>,
    registered_at: Option<DateTime<Utc>>,
    /// upload, mail or edxml.
    channel: &'static str,
    sender_code: String,
    facts: FactsBody,
    /// Send it back when registering.
    revision: i64,
}

/// What the book says of a document.
#[derive(serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FactsBody {
    sender_name: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    notation: String,
    issued_on: Option<NaiveDate>,
    kind: String,
    subject: String,
    #[serde(default)]
    signer_name: String,
    #[serde(default)]
    signer_position: String,
    /// 0 ordinary to 3 most urgent.
    #[serde(default)]
    urgency: i64,
    due_on: Option<NaiveDate>,
    page_count: Option<i64>,
}

impl FactsBody {
    fn of(facts: Facts) -> FactsBody {
        FactsBody {
            sender_name: facts.sender_name,
            number: facts.number,
            notation: facts.notation,
            issued_on: facts.issued_on,
            kind: facts.kind,
            subject: facts.subject,
            signer_name: facts.signer_name,
            signer_position: facts.signer_position,
            urgency: facts.urgency,
            due_on: facts.due_on,
            page_count: facts.page_count,
        }
    }

    fn facts(self) -> Facts {
        Facts {
            sender_name: self.sender_name,
            number: self.number,
            notation: self.notation,
            issued_on: self.issued_on,
            kind: self.kind,
            subject: self.subject,
            signer_name: self.signer_name,
            signer_position: self.signer_position,
            urgency: self.urgency,
            due_on: self.due_on,
            page_count: self.page_count,
        }
    }
}

impl IncomingBody {
    fn of(one: Incoming) -> IncomingBody {
        IncomingBody {
            id: one.id,
            state: one.state.code(),
            book: one.book,
            year: one.year,
            arrival_number: one.arrival_number,
            arrived_at: one.arrived_at,
            registered_at: one.registered_at,
            channel: one.channel.code(),
            sender_code: one.sender_code,
            facts: FactsBody::of(one.facts),
            revision: one.revision,
        }
    }
}

/// Which documents.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct IncomingQuery {
    /// arrived, registered, directed, done, refused or recalled; all if left out.
    state: Option<String>,
    /// The id of the last one of the page before.
    after: Option<Uuid>,
}

const PAGE: i64 = 100;

/// What the pages call the members.
fn member(error: Error) -> Error {
    error.renamed(&[
        ("noi-gui", "sender_name"),
        ("so", "number"),
        ("ky-hieu", "notation"),
        ("ngay-van-ban", "issued_on"),
        ("loai", "kind"),
        ("trich-yeu", "subject"),
        ("nguoi-ky", "signer_name"),
        ("chuc-vu", "signer_position"),
        ("do-khan", "urgency"),
        ("so-trang", "page_count"),
        ("so-van-ban", "book"),
        ("trung", "again"),
        ("tep", "file"),
        ("khong-mat", "not_secret"),
    ])
}

/// Incoming documents, the newest first, 100 a page.
#[utoipa::path(get, path = "/api/v1/incoming-documents", tag = "office", security(("token" = [])), params(IncomingQuery),
    responses((status = 200, body = Vec<IncomingBody>)))]
pub async fn list(ctx: Ctx, Query(query): Query<IncomingQuery>) -> Result<Json<Vec<IncomingBody>>> {
    let states = match query.state.as_deref() {
        Some(word) => vec![State::parse(word).ok_or_else(|| Error::field("state", "error-choose"))?],
        None => Vec::new(),
    };
    let rows = store::list(&ctx, &store::Filter { states, ids: None }, query.after, PAGE).await?;
    Ok(Json(rows.into_iter().map(IncomingBody::of).collect()))
}

/// One document.
#[utoipa::path(get, path = "/api/v1/incoming-documents/{id}", tag = "office", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = IncomingBody), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<IncomingBody>> {
    Ok(Json(IncomingBody::of(store::find(&ctx, &ctx.app.db, id).await?)))
}

/// Hands a document in as a file (`multipart/form-data`, field `file`, once or more). Whoever sends it answers for it that it
/// is not secret: field `not_secret` is 1. Its facts are proposed from the text.
#[utoipa::path(post, path = "/api/v1/incoming-documents", tag = "office", security(("token" = [])),
    params(("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is kept once")),
    responses((status = 200, body = IncomingBody), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn hand_in(ctx: Ctx, sent: Form) -> Result<Json<IncomingBody>> {
    if !sent.ticked("not_secret") {
        return Err(Error::field("not_secret", "office-secret-ask"));
    }
    if sent.uploads.is_empty() {
        return Err(Error::field("file", "office-file-missing"));
    }
    let mut new = Vec::new();
    for upload in &sent.uploads {
        let file = files::prepare(&ctx, upload.name.clone(), upload.bytes.clone(), ACCEPT).await;
        let file = file.map_err(|error| Error::field("file", error.message))?;
        let words = reading::read(&file).await.map_err(member)?;
        new.push(NewFile { file, words });
    }
    let facts = facts_of(&ctx, &new)?;
    let (key, tx) = match begin(&ctx).await? {
        Begun::Again(url) => {
            return Ok(Json(IncomingBody::of(store::find(&ctx, &ctx.app.db, id_of(&url)?).await?)));
        }
        Begun::First(key, tx) => (key, tx),
    };
    let arrived = Arrived {
        channel: Channel::Upload,
        sender_code: String::new(),
        external_id: None,
        facts,
        files: new,
    };
    let done = match rules::arrive(&ctx, &tx, arrived).await {
        Ok(one) => words::later(&ctx, &tx).await.map(|()| one),
        Err(error) => Err(member(error)),
    };
    Ok(Json(IncomingBody::of(settle(&ctx, key, tx, done, Incoming::path).await?)))
}

/// What goes into the book.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterBody {
    revision: i64,
    /// The code of the book.
    book: String,
    facts: FactsBody,
    /// Another one like it stands in the book, and this is not the same.
    #[serde(default)]
    again: bool,
}

/// Gives a document the next number of the year. Sent twice, the second is told that it stands there already.
#[utoipa::path(post, path = "/api/v1/incoming-documents/{id}/register", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path)), request_body = RegisterBody,
    responses((status = 200, body = IncomingBody), (status = 409, body = Problem, content_type = "application/problem+json"),
              (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn register(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(body): Json<RegisterBody>,
) -> Result<Json<IncomingBody>> {
    let sent = Registering {
        revision: body.revision,
        book: body.book,
        facts: body.facts.facts(),
        again: body.again,
    };
    let tx = ctx.begin().await?;
    let one = rules::register(&ctx, &tx, id, sent).await.map_err(member)?;
    tx.commit().await?;
    Ok(Json(IncomingBody::of(one)))
}
