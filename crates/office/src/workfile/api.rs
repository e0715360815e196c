//! Work files for programs: reading, opening, filling, closing.

use super::model::{Item, Kind, State, WorkFile};
use super::rules::{self, Naming};
use super::store::{self, Filter};
use super::{contents, terms::Terms};
use axum::Json;
use axum::extract::{Path, Query};
use chrono::{DateTime, NaiveDate, Utc};
use platform::area::{get, post};
use platform::http::Problem;
use platform::once::api::{Begun, begin, id_of, settle};
use platform::{Ctx, Error, Result, Route, Uuid};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(list, show, open, add, close))]
struct Paths;

pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/work-files", "workfile.mine", list),
        post("/api/v1/work-files", "workfile.mine", open),
        get("/api/v1/work-files/{id}", "workfile.mine", show),
        post("/api/v1/work-files/{id}/items", "workfile.mine", add),
        post("/api/v1/work-files/{id}/close", "workfile.mine", close),
    ]
}

/// A work file.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct WorkFileBody {
    id: Uuid,
    /// Number, heading and year: `05.TH/2026`.
    code: String,
    title: String,
    heading: String,
    /// How long it is kept: a code of the file of terms.
    term: String,
    keeper_id: Uuid,
    /// open, closed, offered or archived.
    state: &'static str,
    opened_at: DateTime<Utc>,
    closed_at: Option<DateTime<Utc>>,
    /// The last day on which it must be kept; none while it is open, or for good.
    keep_until: Option<NaiveDate>,
    note: String,
    revision: i64,
    /// What it holds, as far as the reader may see that; not in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Vec<ItemBody>>,
}

/// Something that a file holds.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct ItemBody {
    id: Uuid,
    /// incoming, outgoing, task, file or paper.
    kind: &'static str,
    object_id: Uuid,
    title: String,
    symbol: String,
    author: String,
    dated: Option<NaiveDate>,
    pages: Option<i64>,
    place: String,
    added_at: DateTime<Utc>,
}

fn body(terms: &Terms, one: WorkFile, items: Option<Vec<ItemBody>>) -> WorkFileBody {
    WorkFileBody {
        keep_until: terms.until(&one.term, one.closed_at),
        id: one.id,
        code: one.code,
        title: one.title,
        heading: one.heading,
        term: one.term,
        keeper_id: one.keeper_id,
        state: one.state.code(),
        opened_at: one.opened_at,
        closed_at: one.closed_at,
        note: one.note,
        revision: one.revision,
        items,
    }
}

async fn whole(ctx: &Ctx, id: Uuid) -> Result<WorkFileBody> {
    let one = store::find(ctx, &ctx.app.db, id).await?;
    let mut items = store::items(ctx, &ctx.app.db, id).await?;
    let urls = contents::read(ctx, &mut items).await?;
    let item = |one: Item| ItemBody {
        id: one.id,
        kind: one.kind.code(),
        object_id: one.object_id,
        title: one.title,
        symbol: one.symbol,
        author: one.author,
        dated: one.dated,
        pages: one.pages,
        place: one.place,
        added_at: one.added_at,
    };
    items.retain(|one| one.kind == Kind::Paper || urls.contains_key(&one.object_id));
    Ok(body(&*Terms::load(ctx)?, one, Some(items.into_iter().map(item).collect())))
}

/// Which files.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WorkFileQuery {
    /// open, closed, offered or archived; all if left out.
    state: Option<String>,
    /// Only those that the reader keeps.
    #[serde(default)]
    mine: bool,
    /// The id of the last one of the page before.
    after: Option<Uuid>,
}

const PAGE: i64 = 100;

fn member(error: Error) -> Error {
    error.renamed(&[("ten", "title"), ("de-muc", "heading"), ("thoi-han", "term"), ("ket-qua", "note")])
}

/// Work files that the reader may see, the newest first, 100 a page.
#[utoipa::path(get, path = "/api/v1/work-files", tag = "office", security(("token" = [])), params(WorkFileQuery),
    responses((status = 200, body = Vec<WorkFileBody>)))]
pub async fn list(ctx: Ctx, Query(query): Query<WorkFileQuery>) -> Result<Json<Vec<WorkFileBody>>> {
    let state = match query.state.as_deref() {
        None => None,
        Some(code) => Some(State::parse(code).ok_or_else(|| Error::field("state", "error-choose"))?),
    };
    let filter = Filter { state, mine: query.mine, ..Filter::default() };
    let terms = Terms::load(&ctx)?;
    let files = store::list(&ctx, &filter, query.after, PAGE).await?;
    Ok(Json(files.into_iter().map(|one| body(&terms, one, None)).collect()))
}

/// One file with what it holds.
#[utoipa::path(get, path = "/api/v1/work-files/{id}", tag = "office", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = WorkFileBody), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<WorkFileBody>> {
    Ok(Json(whole(&ctx, id).await?))
}

/// A new file.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkFileNew {
    title: String,
    heading: String,
    /// That of the heading if left out.
    #[serde(default)]
    term: String,
}

/// Opens a file that the reader keeps.
#[utoipa::path(post, path = "/api/v1/work-files", tag = "office", security(("token" = [])),
    params(("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is opened once")), request_body = WorkFileNew,
    responses((status = 200, body = WorkFileBody), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn open(ctx: Ctx, Json(new): Json<WorkFileNew>) -> Result<Json<WorkFileBody>> {
    let (key, tx) = match begin(&ctx).await? {
        Begun::Again(url) => return Ok(Json(whole(&ctx, id_of(&url)?).await?)),
        Begun::First(key, tx) => (key, tx),
    };
    let name = Naming { title: new.title, heading: new.heading, term: new.term };
    let done = rules::open(&ctx, &tx, &name).await.map_err(member);
    let one = settle(&ctx, key, tx, done, WorkFile::path).await?;
    Ok(Json(whole(&ctx, one.id).await?))
}

/// What goes into a file.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemNew {
    /// incoming, outgoing or task. Files of their own and paper come in on the page.
    kind: String,
    object_id: Uuid,
}

/// Puts a document or task into a file; what is there already stays.
#[utoipa::path(post, path = "/api/v1/work-files/{id}/items", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path)), request_body = ItemNew,
    responses((status = 200, body = WorkFileBody), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn add(ctx: Ctx, Path(id): Path<Uuid>, Json(new): Json<ItemNew>) -> Result<Json<WorkFileBody>> {
    let kind = Kind::parse(&new.kind).filter(|kind| !matches!(kind, Kind::File | Kind::Paper));
    let kind = kind.ok_or_else(|| Error::field("kind", "error-choose"))?;
    let tx = ctx.begin().await?;
    rules::add_known(&ctx, &tx, id, kind, new.object_id).await?;
    tx.commit().await?;
    Ok(Json(whole(&ctx, id).await?))
}

/// What came of the work.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    note: String,
    revision: i64,
}

/// The work is over.
#[utoipa::path(post, path = "/api/v1/work-files/{id}/close", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is closed once")),
    request_body = Closing,
    responses((status = 200, body = WorkFileBody), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn close(ctx: Ctx, Path(id): Path<Uuid>, Json(sent): Json<Closing>) -> Result<Json<WorkFileBody>> {
    let (key, tx) = match begin(&ctx).await? {
        Begun::Again(_) => return Ok(Json(whole(&ctx, id).await?)),
        Begun::First(key, tx) => (key, tx),
    };
    let done = rules::close(&ctx, &tx, id, sent.revision, &sent.note).await.map_err(member);
    settle(&ctx, key, tx, done, WorkFile::path).await?;
    Ok(Json(whole(&ctx, id).await?))
}
