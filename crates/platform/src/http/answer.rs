//! Answers: pages, redirects, downloads, and errors as a page or as problem details (RFC 9457).

use super::enter::Visit;
use crate::access::Scope;
use crate::app::App;
use crate::{Ctx, Error, Kind};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};

/// Draws an error as a page; the design system registers it.
pub type ErrorPage = fn(&Ctx, &Error) -> String;

/// Problem details: what an API caller gets instead of a page.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// Stable name of the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// One sentence in the caller's language.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Quote it when you ask for help.
    pub request_id: String,
    /// What is wrong, field by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ApiError>,
}

#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub struct ApiError {
    pub field: String,
    pub message: String,
}

/// An HTML page.
pub fn html(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response()
}

/// After a form: look at the result (303).
pub fn see_other(location: &str) -> Response {
    let location = HeaderValue::from_str(location).unwrap_or_else(|_| HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// A kept file: PDF and pictures open in the browser, anything else is saved. Nothing in between keeps it.
pub fn file(name: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    let mut response = download(name, media_type, bytes);
    let headers = response.headers_mut();
    if media_type == "application/pdf" || media_type.starts_with("image/") {
        let inline = headers[header::CONTENT_DISPOSITION].to_str().unwrap_or_default().replacen(
            "attachment",
            "inline",
            1,
        );
        headers.insert(
            header::CONTENT_DISPOSITION,
            inline.parse().unwrap_or(HeaderValue::from_static("inline")),
        );
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A file to save. The name may be Vietnamese.
pub fn download(name: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    let plain: String = vntext::fold(name.rsplit_once('.').map_or(name, |(stem, _)| stem)).replace(' ', "-");
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let encoded: String = name.bytes().map(encode_byte).collect();
    let value = format!("attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{encoded}");
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers
        .insert(header::CONTENT_DISPOSITION, value.parse().unwrap_or(HeaderValue::from_static("attachment")));
    headers.insert(
        header::CONTENT_TYPE,
        media_type.parse().unwrap_or(HeaderValue::from_static("application/octet-stream")),
    );
    response
}

fn encode_byte(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

/// True for API calls and for scripts that ask for JSON.
pub fn wants_json(headers: &HeaderMap, path: &str) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    path.starts_with("/api/") || accept.starts_with("application/json")
}

/// The error itself travels in the response; [`show_errors`] draws it, because only there the language is known.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.kind.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Draws errors that handlers returned, and turns panics and bare status codes into proper ones.
pub(super) async fn show_errors(State(app): State<App>, request: Request, next: Next) -> Response {
    let json = wants_json(request.headers(), request.uri().path());
    let Some(visit) = request.extensions().get::<Visit>().cloned() else { return next.run(request).await };
    let run = std::panic::AssertUnwindSafe(next.run(request));
    let Ok(mut response) = futures_util::FutureExt::catch_unwind(run).await else {
        return show(&app, &visit, Error::internal("the handler panicked"), json);
    };
    if let Some(error) = response.extensions_mut().remove::<Error>() {
        return show(&app, &visit, error, json);
    }
    let bare = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    let kind = match response.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Kind::TooLarge,
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            Kind::Invalid
        }
        StatusCode::SERVICE_UNAVAILABLE => Kind::Busy,
        StatusCode::INTERNAL_SERVER_ERROR => Kind::Internal,
        _ => return response,
    };
    if bare { show(&app, &visit, Error::new(kind), json) } else { response }
}

pub(super) fn show(app: &App, visit: &Visit, error: Error, json: bool) -> Response {
    if error.kind == Kind::Internal {
        tracing::error!(request.id = visit.request_id, http.path = visit.path.split('?').next(), %error, "request failed");
    }
    let ctx = visit.ctx(app, "error.show", Scope::default());
    let mut response = if json { problem(&ctx, &error) } else { page(app, &ctx, &error) };
    if let Some(seconds) = error.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

fn page(app: &App, ctx: &Ctx, error: &Error) -> Response {
    if error.kind == Kind::SignIn && error.message.key != "error-second-factor" {
        return see_other(&format!(
            "/dang-nhap?tiep={}",
            ctx.path.bytes().map(encode_byte).collect::<String>()
        ));
    }
    if error.kind == Kind::SignIn {
        return see_other(&format!(
            "/dang-nhap/ma-xac-thuc?tiep={}",
            ctx.path.bytes().map(encode_byte).collect::<String>()
        ));
    }
    (error.kind.status(), html((app.error_page())(ctx, error))).into_response()
}

fn problem(ctx: &Ctx, error: &Error) -> Response {
    let t = ctx.t();
    let errors =
        error.fields.iter().map(|f| ApiError { field: f.field.to_string(), message: f.message.text(t) });
    let body = Problem {
        kind: format!("{:?}", error.kind).to_lowercase(),
        title: error.message.text(t),
        status: error.kind.status().as_u16(),
        request_id: ctx.request_id.clone(),
        errors: errors.collect(),
    };
    let text = serde_json::to_string(&body).unwrap_or_default();
    (error.kind.status(), [(header::CONTENT_TYPE, "application/problem+json")], text).into_response()
}
