//! Tasks for programs: reading, giving, acknowledging, reporting.

use super::model::{Part, Source, Task};
use super::rules::{self, Assigning, Reporting};
use super::store::{self, Which};
use axum::Json;
use axum::extract::{Path, Query};
use chrono::{DateTime, NaiveDate, Utc};
use platform::area::{get, post};
use platform::http::Problem;
use platform::once::api::{Begun, begin, id_of, settle};
use platform::{Ctx, Error, Result, Route, Uuid};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(list, show, assign, acknowledge, report))]
struct Paths;

pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/tasks", "task.mine", list),
        post("/api/v1/tasks", "task.assign", assign),
        get("/api/v1/tasks/{id}", "task.mine", show),
        post("/api/v1/tasks/{id}/acknowledge", "task.mine", acknowledge),
        post("/api/v1/tasks/{id}/report", "task.mine", report),
    ]
}

/// A task.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct TaskBody {
    id: Uuid,
    code: String,
    /// own, incoming, plan or meeting.
    source: &'static str,
    source_id: Option<Uuid>,
    title: String,
    body: String,
    assigned_by: Uuid,
    assigned_at: DateTime<Utc>,
    /// The moment at which its last day is over.
    due_at: Option<DateTime<Utc>>,
    /// open, reported, done or cancelled.
    state: &'static str,
    ended_at: Option<DateTime<Utc>>,
    recipients: Vec<PartBody>,
}

/// What one recipient has of it.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct PartBody {
    account_id: Uuid,
    /// main, co or inform.
    duty: &'static str,
    delivered_at: DateTime<Utc>,
    seen_at: Option<DateTime<Utc>>,
    acknowledged_at: Option<DateTime<Utc>>,
    /// 0 to 100.
    progress: i64,
    done_at: Option<DateTime<Utc>>,
}

impl TaskBody {
    fn of(task: Task, parts: Vec<Part>) -> TaskBody {
        let part = |part: Part| PartBody {
            account_id: part.account_id,
            duty: part.duty.code(),
            delivered_at: part.delivered_at,
            seen_at: part.seen_at,
            acknowledged_at: part.acknowledged_at,
            progress: part.progress,
            done_at: part.done_at,
        };
        TaskBody {
            id: task.id,
            code: task.code,
            source: task.source.code(),
            source_id: task.source_id,
            title: task.title,
            body: task.body,
            assigned_by: task.assigned_by,
            assigned_at: task.assigned_at,
            due_at: task.due_at,
            state: task.state.code(),
            ended_at: task.ended_at,
            recipients: parts.into_iter().map(part).collect(),
        }
    }
}

/// Which tasks.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TaskQuery {
    /// Those that the reader gave; those that wait for the reader if left out.
    #[serde(default)]
    given: bool,
    /// The id of the last one of the page before.
    after: Option<Uuid>,
}

const PAGE: i64 = 100;

fn member(error: Error) -> Error {
    error.renamed(&[
        ("viec", "title"),
        ("y-kien", "body"),
        ("chu-tri", "main"),
        ("phoi-hop", "co"),
        ("de-biet", "inform"),
        ("han", "due_on"),
        ("bao-cao", "words"),
        ("tien-do", "progress"),
    ])
}

/// Tasks that wait for the reader, or that the reader gave; the newest first, 100 a page.
#[utoipa::path(get, path = "/api/v1/tasks", tag = "office", security(("token" = [])), params(TaskQuery),
    responses((status = 200, body = Vec<TaskBody>)))]
pub async fn list(ctx: Ctx, Query(query): Query<TaskQuery>) -> Result<Json<Vec<TaskBody>>> {
    let which = if query.given { Which::Given } else { Which::Mine };
    let tasks = store::list(&ctx, which, query.after, PAGE).await?;
    let ids: Vec<Uuid> = tasks.iter().map(|task| task.id).collect();
    let parts = store::parts(&ctx, &ctx.app.db, &ids).await?;
    let of = |id: Uuid| parts.iter().filter(|part| part.task_id == id).cloned().collect();
    Ok(Json(
        tasks
            .into_iter()
            .map(|task| {
                let parts = of(task.id);
                TaskBody::of(task, parts)
            })
            .collect(),
    ))
}

/// One task.
#[utoipa::path(get, path = "/api/v1/tasks/{id}", tag = "office", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = TaskBody), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<TaskBody>> {
    Ok(Json(body(&ctx, id).await?))
}

async fn body(ctx: &Ctx, id: Uuid) -> Result<TaskBody> {
    let task = store::find(ctx, &ctx.app.db, id).await?;
    Ok(TaskBody::of(task, store::parts(ctx, &ctx.app.db, &[id]).await?))
}

/// What is to be done.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskNew {
    title: String,
    #[serde(default)]
    body: String,
    /// The last day.
    due_on: Option<NaiveDate>,
    /// The account of the main doer.
    main: Uuid,
    #[serde(default)]
    co: Vec<Uuid>,
    #[serde(default)]
    inform: Vec<Uuid>,
}

/// Charges people with something.
#[utoipa::path(post, path = "/api/v1/tasks", tag = "office", security(("token" = [])),
    params(("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is given once")), request_body = TaskNew,
    responses((status = 200, body = TaskBody), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn assign(ctx: Ctx, Json(new): Json<TaskNew>) -> Result<Json<TaskBody>> {
    let (key, tx) = match begin(&ctx).await? {
        Begun::Again(url) => return Ok(Json(body(&ctx, id_of(&url)?).await?)),
        Begun::First(key, tx) => (key, tx),
    };
    let sent = Assigning {
        source: Source::Own,
        source_id: None,
        parent_id: None,
        position: 0,
        title: new.title,
        body: new.body,
        urgency: 0,
        due: new.due_on,
        main: Some(new.main),
        co: new.co,
        inform: new.inform,
    };
    let done = rules::assign(&ctx, &tx, sent).await.map_err(member);
    let task = settle(&ctx, key, tx, done, Task::path).await?;
    Ok(Json(body(&ctx, task.id).await?))
}

/// The reader has it. Sent twice, it is said once.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/acknowledge", tag = "office", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = TaskBody), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn acknowledge(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<TaskBody>> {
    let tx = ctx.begin().await?;
    rules::acknowledge(&ctx, &tx, id).await?;
    tx.commit().await?;
    Ok(Json(body(&ctx, id).await?))
}

/// How far it is.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskReport {
    words: String,
    /// 0 to 100.
    #[serde(default)]
    progress: i64,
    #[serde(default)]
    done: bool,
}

/// Tells how far it is. Evidence goes with it on the page only.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/report", tag = "office", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is told once")),
    request_body = TaskReport,
    responses((status = 200, body = TaskBody), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn report(ctx: Ctx, Path(id): Path<Uuid>, Json(sent): Json<TaskReport>) -> Result<Json<TaskBody>> {
    let (key, tx) = match begin(&ctx).await? {
        Begun::Again(_) => return Ok(Json(body(&ctx, id).await?)),
        Begun::First(key, tx) => (key, tx),
    };
    let sent = Reporting { words: sent.words, progress: sent.progress, done: sent.done, files: Vec::new() };
    let done = rules::report(&ctx, &tx, id, sent).await.map_err(member);
    settle(&ctx, key, tx, done, Task::path).await?;
    Ok(Json(body(&ctx, id).await?))
}
