//! Programmes, the plan and the log for programs.

use crate::law::clock;
use crate::plan::{self, Draft as SlotDraft, Slot, lines, store as plan_store};
use crate::programme::{self, Draft, Form, Programme, store};
use crate::station::store as air;
use axum::Json;
use axum::extract::{Path, Query};
use chrono::{DateTime, NaiveDate, Utc};
use platform::area::{get, post};
use platform::clock::{end_of_day, start_of_day};
use platform::http::Problem;
use platform::{Ctx, Error, Result, Route, Uuid};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(list, create, show, submit, approve, send_back, withdraw, planned, plan_add, plan_remove, log))]
struct Paths;

pub fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/radio/programmes", "broadcast.read", list),
        post("/api/v1/radio/programmes", "broadcast.write", create),
        get("/api/v1/radio/programmes/{id}", "broadcast.read", show),
        post("/api/v1/radio/programmes/{id}/submit", "broadcast.write", submit),
        post("/api/v1/radio/programmes/{id}/approve", "broadcast.approve", approve),
        post("/api/v1/radio/programmes/{id}/return", "broadcast.approve", send_back),
        post("/api/v1/radio/programmes/{id}/withdraw", "broadcast.read", withdraw),
        get("/api/v1/radio/plan", "broadcast.listen", planned),
        post("/api/v1/radio/plan", "broadcast.plan", plan_add),
        post("/api/v1/radio/plan/{id}/remove", "broadcast.plan", plan_remove),
        get("/api/v1/radio/log", "broadcast.read", log),
    ]
}

const PAGE: i64 = 200;
/// Rows of the log of a day.
const LOG: i64 = 10_000;

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

fn body(one: Programme) -> RadioProgramme {
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
    responses((status = 200, body = RadioProgramme), (status = 404, body = Problem, content_type = "application/problem+json")))]
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

const MEMBERS: [(&str, &str); 7] = [
    ("ten", "title"),
    ("loai", "kind"),
    ("nguon", "origin"),
    ("tieng", "language"),
    ("cach", "form"),
    ("noi-dung", "words"),
    ("dia-chi", "address"),
];

/// Begins a programme.
#[utoipa::path(post, path = "/api/v1/radio/programmes", tag = "radio", security(("token" = [])), request_body = RadioProgrammeNew,
    responses((status = 200, body = RadioProgramme), (status = 422, body = Problem, content_type = "application/problem+json")))]
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
    let tx = ctx.begin().await?;
    let one = programme::create(&ctx, &tx, draft, None).await.map_err(|error| error.renamed(&MEMBERS))?;
    tx.commit().await?;
    Ok(Json(body(one)))
}

/// The programme as the caller knows it, and why where a reason is asked for.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RadioStep {
    revision: i64,
    #[serde(default)]
    reason: String,
}

const REASONS: [(&str, &str); 2] = [("ly-do", "reason"), ("ly-do-ngung", "reason")];

/// Asks the leaders to approve it.
#[utoipa::path(post, path = "/api/v1/radio/programmes/{id}/submit", tag = "radio", security(("token" = [])), request_body = RadioStep,
    responses((status = 200, body = RadioProgramme), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn submit(ctx: Ctx, Path(id): Path<Uuid>, Json(step): Json<RadioStep>) -> Result<Json<RadioProgramme>> {
    let tx = ctx.begin().await?;
    let one = programme::submit(&ctx, &tx, id, step.revision).await?;
    tx.commit().await?;
    Ok(Json(body(one)))
}

/// Approves it: the plan may air it.
#[utoipa::path(post, path = "/api/v1/radio/programmes/{id}/approve", tag = "radio", security(("token" = [])), request_body = RadioStep,
    responses((status = 200, body = RadioProgramme), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn approve(ctx: Ctx, Path(id): Path<Uuid>, Json(step): Json<RadioStep>) -> Result<Json<RadioProgramme>> {
    let tx = ctx.begin().await?;
    let one = programme::approve(&ctx, &tx, id, step.revision).await?;
    tx.commit().await?;
    Ok(Json(body(one)))
}

/// Gives it back with a reason.
#[utoipa::path(post, path = "/api/v1/radio/programmes/{id}/return", tag = "radio", security(("token" = [])), request_body = RadioStep,
    responses((status = 200, body = RadioProgramme), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn send_back(ctx: Ctx, Path(id): Path<Uuid>, Json(step): Json<RadioStep>) -> Result<Json<RadioProgramme>> {
    let tx = ctx.begin().await?;
    let one = programme::send_back(&ctx, &tx, id, step.revision, &step.reason).await;
    let one = one.map_err(|error| error.renamed(&REASONS))?;
    tx.commit().await?;
    Ok(Json(body(one)))
}

/// Takes it off the air, with a reason.
#[utoipa::path(post, path = "/api/v1/radio/programmes/{id}/withdraw", tag = "radio", security(("token" = [])), request_body = RadioStep,
    responses((status = 200, body = RadioProgramme), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn withdraw(ctx: Ctx, Path(id): Path<Uuid>, Json(step): Json<RadioStep>) -> Result<Json<RadioProgramme>> {
    let tx = ctx.begin().await?;
    let one = programme::withdraw(&ctx, &tx, id, step.revision, &step.reason).await;
    let one = one.map_err(|error| error.renamed(&REASONS))?;
    tx.commit().await?;
    Ok(Json(body(one)))
}

/// One airing.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct RadioTurn {
    line_id: Uuid,
    programme_id: Uuid,
    title: String,
    kind: String,
    origin: String,
    begins_at: DateTime<Utc>,
    seconds: i64,
    /// Empty: the whole commune.
    village_ids: Vec<Uuid>,
    priority: bool,
}

/// Which day.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RadioDay {
    /// `2026-03-10`; today if left out.
    day: Option<NaiveDate>,
}

/// What is aired on a day: approved programmes that are not taken off it.
#[utoipa::path(get, path = "/api/v1/radio/plan", tag = "radio", params(RadioDay), responses((status = 200, body = Vec<RadioTurn>)))]
pub async fn planned(ctx: Ctx, Query(query): Query<RadioDay>) -> Result<Json<Vec<RadioTurn>>> {
    let day = query.day.unwrap_or(ctx.today());
    let slots = plan_store::between(&ctx, &ctx.app.db, day, day).await?;
    let skips = plan_store::skips(&ctx, &ctx.app.db, &slots, day, day).await?;
    let sounds = |line: &plan::Line| line.off.is_none() && line.slot.state == programme::State::Approved;
    let turn = |line: plan::Line| RadioTurn {
        line_id: line.slot.id,
        programme_id: line.slot.programme_id,
        title: line.slot.title.clone(),
        kind: line.slot.kind.clone(),
        origin: line.slot.origin.clone(),
        begins_at: line.at,
        seconds: line.slot.length,
        village_ids: line.slot.villages().into_iter().collect(),
        priority: line.slot.priority,
    };
    Ok(Json(lines(&slots, &skips, day).into_iter().filter(sounds).map(turn).collect()))
}

/// A line of the plan.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RadioLineNew {
    programme_id: Uuid,
    from_on: NaiveDate,
    /// Left out: until further notice; of no meaning without weekdays.
    to_on: Option<NaiveDate>,
    /// 1 is Monday; nothing: once, on `from_on`.
    #[serde(default)]
    weekdays: Vec<u8>,
    /// `05:30` or `05:30:15`.
    at: String,
    /// A recording's own length if left out.
    minutes: Option<i64>,
    /// Nothing: the whole commune.
    #[serde(default)]
    village_ids: Vec<Uuid>,
    #[serde(default)]
    priority: bool,
}

/// A line that was added.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct RadioLine {
    id: Uuid,
    at: String,
    seconds: i64,
    revision: i64,
}

fn line(slot: &Slot) -> RadioLine {
    RadioLine { id: slot.id, at: clock(slot.starts), seconds: slot.length, revision: slot.revision }
}

const LINE_MEMBERS: [(&str, &str); 6] = [
    ("chuong-trinh", "programme_id"),
    ("gio", "at"),
    ("so-phut", "minutes"),
    ("tu-ngay", "from_on"),
    ("den-ngay", "to_on"),
    ("thon", "village_ids"),
];

/// Puts a programme into the plan; what meets another or falls into quiet hours is refused with its reason.
#[utoipa::path(post, path = "/api/v1/radio/plan", tag = "radio", security(("token" = [])), request_body = RadioLineNew,
    responses((status = 200, body = RadioLine), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn plan_add(ctx: Ctx, Json(new): Json<RadioLineNew>) -> Result<Json<RadioLine>> {
    let draft = SlotDraft {
        programme: Some(new.programme_id),
        from_on: Some(new.from_on),
        to_on: new.to_on,
        weekdays: new.weekdays,
        starts: new.at,
        minutes: new.minutes,
        villages: new.village_ids,
        priority: new.priority,
    };
    let tx = ctx.begin().await?;
    let one = plan::add(&ctx, &tx, &draft).await.map_err(|error| error.renamed(&LINE_MEMBERS))?;
    tx.commit().await?;
    Ok(Json(line(&one)))
}

/// Takes a line out of the plan; what it has aired stays in the log.
#[utoipa::path(post, path = "/api/v1/radio/plan/{id}/remove", tag = "radio", security(("token" = [])), request_body = RadioStep,
    responses((status = 200), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn plan_remove(ctx: Ctx, Path(id): Path<Uuid>, Json(step): Json<RadioStep>) -> Result<Json<()>> {
    let tx = ctx.begin().await?;
    plan::remove(&ctx, &tx, id, step.revision).await?;
    tx.commit().await?;
    Ok(Json(()))
}

/// A row of the log.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct RadioAired {
    /// A village's id, or `xa` for the commune as a whole.
    mount: String,
    /// aired, missing, gap or silent.
    what: &'static str,
    programme_id: Option<Uuid>,
    title: String,
    kind: String,
    origin: String,
    from_at: DateTime<Utc>,
    /// Nothing: on air.
    to_at: Option<DateTime<Utc>>,
}

/// What was on air on a day.
#[utoipa::path(get, path = "/api/v1/radio/log", tag = "radio", security(("token" = [])), params(RadioDay),
    responses((status = 200, body = Vec<RadioAired>)))]
pub async fn log(ctx: Ctx, Query(query): Query<RadioDay>) -> Result<Json<Vec<RadioAired>>> {
    let day = query.day.unwrap_or(ctx.today());
    if start_of_day(day) > ctx.now {
        return Err(Error::field("day", "broadcast-day-ahead"));
    }
    let rows = air::between(&ctx, start_of_day(day), end_of_day(day), LOG).await?;
    let row = |one: air::Aired| RadioAired {
        mount: one.mount,
        what: one.what.code(),
        programme_id: one.programme_id,
        title: one.title,
        kind: one.kind,
        origin: one.origin,
        from_at: one.from_at,
        to_at: one.to_at,
    };
    Ok(Json(rows.into_iter().map(row).collect()))
}
