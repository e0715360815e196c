//! Open311 GeoReport v2, as other cities' programs speak it: services, requests, and a new request. JSON only.

use crate::kinds::Kinds;
use crate::model::{Happened, Report, Source};
use crate::send::{self, Sending};
use crate::store::{self, Wanted};
use crate::throttle;
use axum::Json;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use platform::area::{get, post};
use platform::http::Form;
use platform::{Ctx, Error, Kind, Result, Route};
use serde_json::{Value, json};
use std::collections::HashMap;
use units::place::{Ground, Point};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(services, requests, request, create))]
struct Paths;

pub fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/open311/services.json", "feedback.show", services),
        get("/api/v1/open311/requests.json", "feedback.show", requests),
        post("/api/v1/open311/requests.json", "feedback.send", create),
        get("/api/v1/open311/requests/{code}", "feedback.show", request),
    ]
}

/// Requests of one answer at most.
const PAGE: i64 = 100;

/// An error as the standard wants it.
fn refused(ctx: &Ctx, error: &Error) -> Response {
    let status = match error.kind {
        Kind::Invalid => StatusCode::BAD_REQUEST,
        kind => kind.status(),
    };
    let mut words: Vec<String> = error.fields.iter().map(|field| field.message.text(ctx.t())).collect();
    if words.is_empty() {
        words.push(error.message.text(ctx.t()));
    }
    let body: Vec<Value> =
        words.iter().map(|word| json!({ "code": status.as_u16(), "description": word })).collect();
    (status, Json(body)).into_response()
}

/// The kinds of reports.
#[utoipa::path(get, path = "/api/v1/open311/services.json", tag = "open311", responses((status = 200)))]
pub async fn services(ctx: Ctx) -> Result<Json<Value>> {
    let kinds = Kinds::load(&ctx)?;
    let group = |key: &str| {
        kinds.group.iter().find(|group| group.key == key).map_or("", |group| group.name(ctx.lang))
    };
    // What goes its own lawful way does not go through programs.
    let service = |kind: &crate::kinds::Kind| {
        json!({
            "service_code": kind.code,
            "service_name": kind.name(ctx.lang),
            "description": ctx.t().n("feedback-days", "count", i64::from(kind.days)),
            "metadata": false,
            "type": "realtime",
            "keywords": kind.keywords(),
            "group": group(&kind.group),
        })
    };
    Ok(Json(kinds.kind.iter().filter(|kind| kind.way.is_none()).map(service).collect()))
}

async fn body(ctx: &Ctx, kinds: &Kinds, ground: &Ground, one: &Report, notes: &str) -> Result<Value> {
    let files = store::files(ctx, &ctx.app.db, &[one.id]).await?;
    let first =
        files.iter().find(|file| !file.sound && !file.hidden && file.part == crate::model::Part::Sent);
    let media = first.map(|file| format!("{}{}/anh/{}", ctx.app.config.base_url(), one.path(), file.id));
    let parts = [one.place_words.clone(), ground.name(one.village_id)];
    let address: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Ok(json!({
        "service_request_id": one.code,
        "status": if one.open { "open" } else { "closed" },
        "status_notes": notes,
        "service_name": kinds.name(&one.kind, ctx.lang),
        "service_code": one.kind,
        "description": one.body,
        "agency_responsible": null,
        "service_notice": null,
        "requested_datetime": one.sent_at,
        "updated_datetime": one.ended_at.unwrap_or(one.sent_at),
        "expected_datetime": one.due_at,
        "address": address.join(", "),
        "lat": one.lat,
        "long": one.lon,
        "media_url": media,
    }))
}

/// Public requests, the newest first; `service_code`, `status` (open or closed) and `service_request_id` narrow them.
#[utoipa::path(get, path = "/api/v1/open311/requests.json", tag = "open311", responses((status = 200)))]
pub async fn requests(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Json<Value>> {
    let text = |name: &str| query.get(name).map_or("", String::as_str);
    let (kinds, ground) = (Kinds::load(&ctx)?, Ground::load(&ctx).await?);
    let state = match text("status") {
        "open" => "open",
        "closed" => "done",
        _ => "",
    };
    let mut found = Vec::new();
    match text("service_request_id") {
        "" => {
            let wanted =
                Wanted { village: None, kind: text("service_code").to_owned(), state: state.to_owned() };
            found = store::shown(&ctx, &wanted, None, PAGE).await?;
        }
        codes => {
            for code in codes.split(',').take(20) {
                match store::by_code(&ctx, &ctx.app.db, code).await {
                    Ok(one) if one.shown => found.push(one),
                    Err(error) if !error.is(Kind::NotFound) => return Err(error),
                    _ => {}
                }
            }
        }
    }
    let mut bodies = Vec::new();
    for one in &found {
        bodies.push(body(&ctx, &kinds, &ground, one, "").await?);
    }
    Ok(Json(bodies.into()))
}

/// One public request, with the answer.
#[utoipa::path(get, path = "/api/v1/open311/requests/{code}", tag = "open311", params(("code" = String, Path)),
    responses((status = 200), (status = 404)))]
pub async fn request(ctx: Ctx, Path(code): Path<String>) -> Result<Response> {
    let found = store::by_code(&ctx, &ctx.app.db, code.trim_end_matches(".json")).await;
    let one = match found {
        Ok(one) if one.shown => one,
        Ok(_) => return Ok(refused(&ctx, &Error::not_found())),
        Err(error) => return Ok(refused(&ctx, &error)),
    };
    let events = store::events(&ctx, &ctx.app.db, one.id).await?;
    let last = events.iter().rev().find(|event| {
        event.public && matches!(event.what, Happened::Answered | Happened::Progress | Happened::Elsewhere)
    });
    let notes = last.map(|event| event.words.clone()).unwrap_or_default();
    let (kinds, ground) = (Kinds::load(&ctx)?, Ground::load(&ctx).await?);
    Ok(Json(json!([body(&ctx, &kinds, &ground, &one, &notes).await?])).into_response())
}

/// A new request, as a form.
#[utoipa::path(post, path = "/api/v1/open311/requests.json", tag = "open311", responses((status = 200), (status = 400), (status = 429)))]
pub async fn create(ctx: Ctx, sent: Form) -> Result<Response> {
    match take(&ctx, &sent).await {
        Ok(sent) => {
            let notice = format!("{}{}", ctx.app.config.base_url(), sent.own_path());
            let body = json!([{ "service_request_id": sent.report.code, "service_notice": notice, "account_id": null }]);
            Ok(Json(body).into_response())
        }
        Err(error) if error.kind == Kind::Internal => Err(error),
        Err(error) => Ok(refused(&ctx, &error)),
    }
}

async fn take(ctx: &Ctx, sent: &Form) -> Result<send::Sent> {
    let name = format!("{} {}", sent.text("last_name"), sent.text("first_name"));
    let tx = ctx.begin().await?;
    throttle::sending(ctx, false)?;
    let sending = Sending {
        source: Source::Api,
        kind: sent.text("service_code"),
        body: sent.text("description"),
        point: Point::parse(sent.text("lat"), sent.text("long"))?,
        village: None,
        place_words: sent.text("address_string"),
        name: name.trim(),
        phone: sent.text("phone"),
        files: Vec::new(),
        anonymous: false,
    };
    let mut done = send::send(ctx, &tx, sending).await?;
    send::release_unasked(ctx, &tx, &mut done.report).await?;
    tx.commit().await?;
    Ok(done)
}
