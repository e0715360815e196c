//! Reports for programs: reading what is public, sending, and the officer's work.

use crate::handle;
use crate::model::{Report, Source};
use crate::send::{self, Sending};
use crate::store::{self, Asked, Wanted, Which};
use crate::throttle;
use axum::Json;
use axum::extract::{Path, Query};
use chrono::{DateTime, Utc};
use platform::area::{get, post};
use platform::once::api::{Begun, begin, id_of, settle};
use platform::{Ctx, Error, Result, Route, Uuid};
use units::place::Point;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(list, show, create, work, accept, note, answer, pass, ask, elsewhere, refuse))]
struct Paths;

pub fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/feedback/reports", "feedback.show", list),
        post("/api/v1/feedback/reports", "feedback.send", create),
        get("/api/v1/feedback/reports/{code}", "feedback.show", show),
        get("/api/v1/feedback/work", "feedback.work", work),
        post("/api/v1/feedback/work/{id}/accept", "feedback.work", accept),
        post("/api/v1/feedback/work/{id}/note", "feedback.work", note),
        post("/api/v1/feedback/work/{id}/answer", "feedback.work", answer),
        post("/api/v1/feedback/work/{id}/pass", "feedback.work", pass),
        post("/api/v1/feedback/work/{id}/ask", "feedback.work", ask),
        post("/api/v1/feedback/work/{id}/elsewhere", "feedback.work", elsewhere),
        post("/api/v1/feedback/work/{id}/refuse", "feedback.work", refuse),
    ]
}

const PAGE: i64 = 100;

/// A report, as everybody may read it.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct ReportBody {
    id: Uuid,
    code: String,
    /// A code of the kinds of the commune.
    kind: String,
    text: String,
    village_id: Option<Uuid>,
    lat: Option<f64>,
    lon: Option<f64>,
    place: String,
    /// new, working, asked, answered, elsewhere, refused or closed.
    state: &'static str,
    sent_at: DateTime<Utc>,
    /// The moment at which its last day is over.
    due_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    late: bool,
    /// How many others see the same.
    supporters: i64,
    /// 1 to 5.
    rating: Option<i64>,
    revision: i64,
}

impl ReportBody {
    fn of(ctx: &Ctx, one: Report) -> ReportBody {
        ReportBody {
            late: one.late(ctx.now),
            id: one.id,
            code: one.code,
            kind: one.kind,
            text: one.body,
            village_id: one.village_id,
            lat: one.lat,
            lon: one.lon,
            place: one.place_words,
            state: one.state.code(),
            sent_at: one.sent_at,
            due_at: one.due_at,
            ended_at: one.ended_at,
            supporters: one.supporters,
            rating: one.rating,
            revision: one.revision,
        }
    }
}

/// Which reports.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    village_id: Option<Uuid>,
    #[serde(default)]
    kind: String,
    /// open, late or done; all if left out.
    #[serde(default)]
    state: String,
    /// The id of the last one of the page before.
    after: Option<Uuid>,
}

fn member(error: Error) -> Error {
    error.renamed(&[
        ("loai", "kind"),
        ("noi-dung", "text"),
        ("thon", "village_id"),
        ("cho", "place"),
        ("ten", "name"),
        ("dien-thoai", "phone"),
        ("loi", "text"),
        ("tra-loi", "text"),
        ("ly-do", "reason"),
        ("ai", "to"),
        ("co-quan", "body"),
    ])
}

/// Public reports, the newest first, 100 a page.
#[utoipa::path(get, path = "/api/v1/feedback/reports", tag = "feedback", params(ReportQuery),
    responses((status = 200, body = Vec<ReportBody>)))]
pub async fn list(ctx: Ctx, Query(query): Query<ReportQuery>) -> Result<Json<Vec<ReportBody>>> {
    let wanted = Wanted { village: query.village_id, kind: query.kind, state: query.state };
    let found = store::shown(&ctx, &wanted, query.after, PAGE).await?;
    Ok(Json(found.into_iter().map(|one| ReportBody::of(&ctx, one)).collect()))
}

/// One public report.
#[utoipa::path(get, path = "/api/v1/feedback/reports/{code}", tag = "feedback", params(("code" = String, Path)),
    responses((status = 200, body = ReportBody), (status = 404)))]
pub async fn show(ctx: Ctx, Path(code): Path<String>) -> Result<Json<ReportBody>> {
    let found = store::by_code(&ctx, &ctx.app.db, &code).await?;
    if found.shown { Ok(Json(ReportBody::of(&ctx, found))) } else { Err(Error::not_found()) }
}

/// A new report. A place is a village or a point.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReport {
    /// Guessed from the text if left out.
    #[serde(default)]
    kind: String,
    text: String,
    lat: Option<f64>,
    lon: Option<f64>,
    village_id: Option<Uuid>,
    #[serde(default)]
    place: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    phone: String,
}

/// What a sender keeps.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct SentBody {
    code: String,
    /// Opens the page of the report to its sender.
    url: String,
}

/// Sends a report. It goes out at once: whether the same is reported already is asked at `reports`.
#[utoipa::path(post, path = "/api/v1/feedback/reports", tag = "feedback", request_body = NewReport,
    params(("Idempotency-Key" = Uuid, Header)), responses((status = 200, body = SentBody), (status = 422), (status = 429)))]
pub async fn create(ctx: Ctx, Json(new): Json<NewReport>) -> Result<Json<SentBody>> {
    let point = match (new.lat, new.lon) {
        (None, None) => None,
        (lat, lon) => {
            let point = lat.zip(lon).and_then(|(lat, lon)| Point::new(lat, lon));
            Some(point.ok_or_else(|| Error::field("lat", "place-wrong"))?)
        }
    };
    let (key, tx) = match begin(&ctx).await? {
        Begun::Again(url) => return Ok(Json(sent_body(&url))),
        Begun::First(key, tx) => (key, tx),
    };
    let sending = Sending {
        source: Source::Api,
        kind: &new.kind,
        body: &new.text,
        point,
        village: new.village_id,
        place_words: &new.place,
        name: &new.name,
        phone: &new.phone,
        files: Vec::new(),
        anonymous: false,
    };
    let done = match throttle::sending(&ctx, false) {
        Ok(()) => send::send(&ctx, &tx, sending).await,
        Err(error) => Err(error),
    };
    let done = match done {
        Ok(mut sent) => send::release_unasked(&ctx, &tx, &mut sent.report).await.map(|()| sent),
        Err(error) => Err(error),
    };
    let sent = settle(&ctx, key, tx, done.map_err(member), send::Sent::own_path).await?;
    Ok(Json(sent_body(&sent.own_path())))
}

fn sent_body(url: &str) -> SentBody {
    let code = url.trim_start_matches("/phan-anh/").split('?').next().unwrap_or_default();
    SentBody { code: code.to_owned(), url: url.to_owned() }
}

/// Which of the reader's work.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WorkQuery {
    /// mine, unheld, open, late or over.
    #[serde(default)]
    which: String,
}

/// Reports as work: by deadline, the first 100.
#[utoipa::path(get, path = "/api/v1/feedback/work", tag = "feedback", security(("token" = [])), params(WorkQuery),
    responses((status = 200, body = Vec<ReportBody>)))]
pub async fn work(ctx: Ctx, Query(query): Query<WorkQuery>) -> Result<Json<Vec<ReportBody>>> {
    let which = match query.which.as_str() {
        "unheld" => Which::Unheld,
        "open" => Which::Open,
        "late" => Which::Late,
        "over" => Which::Over,
        _ => Which::Mine,
    };
    let found = store::list(&ctx, &Asked { which, ..Asked::default() }, None, PAGE).await?;
    Ok(Json(found.into_iter().map(|one| ReportBody::of(&ctx, one)).collect()))
}

/// The revision that the program read.
#[derive(serde::Deserialize, utoipa::ToSchema)]
pub struct Seen {
    revision: i64,
}

/// Words about a report.
#[derive(serde::Deserialize, utoipa::ToSchema)]
pub struct Words {
    revision: i64,
    text: String,
    /// For everybody; a note is for the office alone if left out.
    #[serde(default)]
    public: bool,
}

/// The reader takes it on.
#[utoipa::path(post, path = "/api/v1/feedback/work/{id}/accept", tag = "feedback", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = Seen,
    responses((status = 200, body = ReportBody), (status = 404), (status = 409)))]
pub async fn accept(ctx: Ctx, Path(id): Path<Uuid>, Json(seen): Json<Seen>) -> Result<Json<ReportBody>> {
    let (key, tx) = match begin(&ctx).await? {
        Begun::Again(url) => return again(&ctx, &url).await,
        Begun::First(key, tx) => (key, tx),
    };
    let done = handle::accept(&ctx, &tx, id, seen.revision).await;
    ended(&ctx, key, tx, done).await
}

/// A note of progress.
#[utoipa::path(post, path = "/api/v1/feedback/work/{id}/note", tag = "feedback", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = Words,
    responses((status = 200, body = ReportBody), (status = 404), (status = 409), (status = 422)))]
pub async fn note(ctx: Ctx, Path(id): Path<Uuid>, Json(words): Json<Words>) -> Result<Json<ReportBody>> {
    let (key, tx) = match begin(&ctx).await? {
        Begun::Again(url) => return again(&ctx, &url).await,
        Begun::First(key, tx) => (key, tx),
    };
    let done = handle::note(&ctx, &tx, id, words.revision, &words.text, words.public).await;
    ended(&ctx, key, tx, done).await
}

/// The answer, which everybody reads where the report is public.
#[utoipa::path(post, path = "/api/v1/feedback/work/{id}/answer", tag = "feedback", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = Words,
    responses((status = 200, body = ReportBody), (status = 404), (status = 409), (status = 422)))]
pub async fn answer(ctx: Ctx, Path(id): Path<Uuid>, Json(words): Json<Words>) -> Result<Json<ReportBody>> {
    let (key, tx) = match begin(&ctx).await? {
        Begun::Again(url) => return again(&ctx, &url).await,
        Begun::First(key, tx) => (key, tx),
    };
    let done = handle::answer(&ctx, &tx, id, words.revision, &words.text, &[]).await;
    ended(&ctx, key, tx, done).await
}

/// To whom it goes, and why.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Passing {
    revision: i64,
    /// The account of whoever shall settle it.
    to: Uuid,
    reason: String,
    /// Mended on the way, if it was wrong.
    #[serde(default)]
    kind: String,
}

/// It goes to somebody else.
#[utoipa::path(post, path = "/api/v1/feedback/work/{id}/pass", tag = "feedback", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = Passing,
    responses((status = 200, body = ReportBody), (status = 404), (status = 409), (status = 422)))]
pub async fn pass(ctx: Ctx, Path(id): Path<Uuid>, Json(to): Json<Passing>) -> Result<Json<ReportBody>> {
    let (key, tx) = match begin(&ctx).await? {
        Begun::Again(url) => return again(&ctx, &url).await,
        Begun::First(key, tx) => (key, tx),
    };
    let done = handle::pass(&ctx, &tx, id, to.revision, Some(to.to), &to.kind, &to.reason).await;
    ended(&ctx, key, tx, done).await
}

/// The sender is asked for more; the clock stands meanwhile.
#[utoipa::path(post, path = "/api/v1/feedback/work/{id}/ask", tag = "feedback", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = Words,
    responses((status = 200, body = ReportBody), (status = 404), (status = 409), (status = 422)))]
pub async fn ask(ctx: Ctx, Path(id): Path<Uuid>, Json(words): Json<Words>) -> Result<Json<ReportBody>> {
    let (key, tx) = match begin(&ctx).await? {
        Begun::Again(url) => return again(&ctx, &url).await,
        Begun::First(key, tx) => (key, tx),
    };
    let done = handle::ask(&ctx, &tx, id, words.revision, &words.text).await;
    ended(&ctx, key, tx, done).await
}

/// The body that is responsible.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Elsewhere {
    revision: i64,
    body: String,
    /// What the sender should do.
    text: String,
}

/// Another body is responsible; it ends here.
#[utoipa::path(post, path = "/api/v1/feedback/work/{id}/elsewhere", tag = "feedback", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = Elsewhere,
    responses((status = 200, body = ReportBody), (status = 404), (status = 409), (status = 422)))]
pub async fn elsewhere(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(at): Json<Elsewhere>,
) -> Result<Json<ReportBody>> {
    let (key, tx) = match begin(&ctx).await? {
        Begun::Again(url) => return again(&ctx, &url).await,
        Begun::First(key, tx) => (key, tx),
    };
    let done = handle::elsewhere(&ctx, &tx, id, at.revision, &at.body, &at.text).await;
    ended(&ctx, key, tx, done).await
}

/// It is closed without being settled, with the reason.
#[utoipa::path(post, path = "/api/v1/feedback/work/{id}/refuse", tag = "feedback", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = Words,
    responses((status = 200, body = ReportBody), (status = 404), (status = 409), (status = 422)))]
pub async fn refuse(ctx: Ctx, Path(id): Path<Uuid>, Json(words): Json<Words>) -> Result<Json<ReportBody>> {
    let (key, tx) = match begin(&ctx).await? {
        Begun::Again(url) => return again(&ctx, &url).await,
        Begun::First(key, tx) => (key, tx),
    };
    let done = handle::refuse(&ctx, &tx, id, words.revision, &words.text).await;
    ended(&ctx, key, tx, done).await
}

async fn again(ctx: &Ctx, url: &str) -> Result<Json<ReportBody>> {
    let one = handle::find(ctx, &ctx.app.db, id_of(url)?).await?;
    Ok(Json(ReportBody::of(ctx, one)))
}

async fn ended(ctx: &Ctx, key: Uuid, tx: platform::Tx, done: Result<Report>) -> Result<Json<ReportBody>> {
    let done = settle(ctx, key, tx, done.map_err(member), Report::work_path).await?;
    let now = handle::find(ctx, &ctx.app.db, done.id).await?;
    Ok(Json(ReportBody::of(ctx, now)))
}
