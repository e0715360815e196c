//! Programmes, the plan and the log for programs.

mod line;
mod programme;

use crate::station::store as air;
use axum::Json;
use axum::extract::Query;
use chrono::{DateTime, NaiveDate, Utc};
use platform::area::{get, post};
use platform::clock::{end_of_day, start_of_day};
use platform::{Ctx, Error, Result, Route, Uuid};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(
    programme::list,
    programme::create,
    programme::show,
    programme::submit,
    programme::approve,
    programme::send_back,
    programme::withdraw,
    line::planned,
    line::add,
    line::remove,
    log
))]
struct Paths;

pub fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/radio/programmes", "broadcast.read", programme::list),
        post("/api/v1/radio/programmes", "broadcast.write", programme::create),
        get("/api/v1/radio/programmes/{id}", "broadcast.read", programme::show),
        post("/api/v1/radio/programmes/{id}/submit", "broadcast.write", programme::submit),
        post("/api/v1/radio/programmes/{id}/approve", "broadcast.approve", programme::approve),
        post("/api/v1/radio/programmes/{id}/return", "broadcast.approve", programme::send_back),
        post("/api/v1/radio/programmes/{id}/withdraw", "broadcast.read", programme::withdraw),
        get("/api/v1/radio/plan", "broadcast.listen", line::planned),
        post("/api/v1/radio/plan", "broadcast.plan", line::add),
        post("/api/v1/radio/plan/{id}/remove", "broadcast.plan", line::remove),
        get("/api/v1/radio/log", "broadcast.read", log),
    ]
}

/// Rows of the log of a day.
const LOG: i64 = 10_000;

/// Which day.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RadioDay {
    /// `2026-03-10`; today if left out.
    day: Option<NaiveDate>,
}

/// The object as the caller knows it, and why where a reason is asked for.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RadioStep {
    revision: i64,
    #[serde(default)]
    reason: String,
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
    responses((status = 200, body = Vec<RadioAired>), (status = 422)))]
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
