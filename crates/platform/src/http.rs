//! From the socket to the rule and back: router, middleware, forms, answers.

pub mod acme;
mod answer;
mod enter;
mod form;
mod headers;
mod kept;
mod note;
mod outbox;
mod own;
mod part;
mod serve;
mod step;
mod throttle;
pub mod tls;

pub use answer::{ApiError, ErrorPage, Problem, download, file, html, see_other, wants_json};
pub use enter::cookie;
pub use form::{Form, Upload};
pub use note::Note;
pub use part::part;
pub use serve::{Server, StopAsked, serve};
pub use step::{Start, settle, start};
pub use throttle::Throttle;

use crate::app::App;
use axum::Router;
use axum::middleware::from_fn_with_state;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

/// No body is larger, whatever the route; areas set smaller limits where they know better.
const MAX_BODY: usize = 32 << 20;
const MAX_TIME: Duration = Duration::from_secs(60);

/// The whole program as one router: every route of every area, guarded by its action.
pub fn router(app: &App) -> Router {
    let mut paths: BTreeMap<&str, axum::routing::MethodRouter<App>> = BTreeMap::new();
    let shelf = Arc::new(kept::Shelf::default());
    for route in app.routes() {
        let shelf = route.kept.then(|| shelf.clone());
        let (action, path, on_phone) = (route.action, route.path, route.on_phone);
        let door = enter::Door { app: app.clone(), action, path, shelf, on_phone };
        let guard = from_fn_with_state(door, enter::guard);
        let guarded = route.handler.clone().layer(guard);
        let known = paths.remove(route.path);
        paths.insert(route.path, known.map_or_else(|| guarded.clone(), |known| known.merge(guarded.clone())));
    }
    let mut router = Router::new().merge(own::routes());
    for (path, handler) in paths {
        router = router.route(path, handler);
    }
    let throttle = Arc::new(Throttle::per_minute(1200));
    router
        .fallback(own::not_found)
        .method_not_allowed_fallback(own::not_found)
        .layer(axum::extract::DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(TimeoutLayer::with_status_code(http::StatusCode::SERVICE_UNAVAILABLE, MAX_TIME))
        .layer(from_fn_with_state(app.clone(), answer::show_errors))
        .layer(from_fn_with_state((app.clone(), throttle), enter::identify))
        .layer(from_fn_with_state(app.clone(), headers::secure))
        .with_state(app.clone())
}
