//! The pages of the door, of one's own account, and of the administrator.

pub(crate) mod account;
pub(crate) mod door;
pub(crate) mod factor;
pub(crate) mod grant;
pub(crate) mod next;
pub(crate) mod passkey;
pub(crate) mod password;
pub(crate) mod profile;
pub(crate) mod prove;
pub(crate) mod provider;
pub(crate) mod sign_in;
pub(crate) mod token;

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use platform::http::html;
use platform::{Ctx, Error, Kind, Result};

/// A form again, with what was typed and what is wrong (422), or with the wait (429, 503).
pub(crate) fn again(error: &Error, page: String) -> Response {
    let mut response = (error.kind.status(), html(page)).into_response();
    if let Some(seconds) = error.retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// Errors that are shown inside the form; the others go to the error page.
pub(crate) fn shown_in_form(error: &Error) -> bool {
    matches!(error.kind, Kind::Invalid | Kind::Conflict | Kind::TooMany)
}

/// The sentence above a form; nothing when every sentence stands at a field.
pub(crate) fn problem(ctx: &Ctx, error: Option<&Error>) -> String {
    error
        .filter(|error| error.fields.is_empty())
        .map_or_else(String::new, |error| error.message.text(ctx.t()))
}

pub(crate) fn with_cookie(mut response: Response, line: &str) -> Result<Response> {
    let value = HeaderValue::from_str(line).map_err(Error::internal)?;
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(response)
}

pub(crate) fn page(text: String, status: StatusCode) -> Response {
    (status, html(text)).into_response()
}

/// The browser's own name.
pub(crate) fn user_agent(ctx: &Ctx) -> &str {
    ctx.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
