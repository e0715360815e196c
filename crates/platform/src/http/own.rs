//! The platform's own addresses: health, measurements, the API's description, and what is not there.

use crate::app::App;
use crate::{Error, applied_schema};
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{StatusCode, header};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/healthz", get(health))
        .route("/metrics", get(metrics))
        .route("/api/openapi.json", get(openapi))
}

pub(super) async fn not_found() -> Error {
    Error::not_found()
}

/// 200 when the database answers.
async fn health(State(app): State<App>) -> Response {
    match applied_schema(&app).await {
        Ok(version) => axum::Json(serde_json::json!({ "status": "ok", "schema": version })).into_response(),
        Err(error) => {
            tracing::error!(%error, "health check failed");
            (StatusCode::SERVICE_UNAVAILABLE, "database").into_response()
        }
    }
}

/// For Prometheus. Counts only: no names, no addresses of people.
async fn metrics(State(app): State<App>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], app.metrics.text(app.db.writers_waiting())).into_response()
}

async fn openapi(State(app): State<App>) -> Response {
    axum::Json(crate::openapi::document(app.areas())).into_response()
}
