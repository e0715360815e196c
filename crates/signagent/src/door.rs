//! Who may come in. Every page in the world can send requests to this computer's loopback address, so each is judged:
//!
//! - by the name under which it was asked for (`Host`): a foreign name that was made to point here (DNS rebinding) is refused;
//! - under `/api`, by the page that asks (`Origin`): only the sites that the official named, and only with a header that
//!   no form can send;
//! - in the windows, by coming from the agent's own pages, or by being opened as a page. No one frames them.

use crate::Agent;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};

/// What a form of another site cannot send without being asked about first.
const MARK: &str = "x-sandinh";
const CSP: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub(crate) async fn guard(State(agent): State<Agent>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let Some(host) = own_name(&agent, headers) else {
        return (StatusCode::MISDIRECTED_REQUEST, "unknown host").into_response();
    };
    let mut answer = if request.uri().path().starts_with("/api/") {
        let Some(origin) = allowed(&agent, headers) else {
            return refused("this site is not allowed");
        };
        if request.method() == Method::OPTIONS {
            return preflight(headers, origin);
        }
        if text(headers, MARK) != Some("1") {
            return refused("no mark");
        }
        let mut answer = next.run(request).await;
        shared(answer.headers_mut(), origin);
        answer
    } else {
        if !at_home(request.method(), headers, &host) {
            return refused("from another site");
        }
        next.run(request).await
    };
    for (name, value) in [
        ("content-security-policy", CSP),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        answer.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    answer
}

fn refused(why: &'static str) -> Response {
    (StatusCode::FORBIDDEN, why).into_response()
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The name in the request, if it is one of this agent.
fn own_name(agent: &Agent, headers: &HeaderMap) -> Option<String> {
    let host = text(headers, "host")?;
    let port = agent.0.address.port();
    [format!("127.0.0.1:{port}"), format!("localhost:{port}")].into_iter().find(|own| own == host)
}

fn allowed(agent: &Agent, headers: &HeaderMap) -> Option<HeaderValue> {
    let origin = text(headers, "origin")?;
    agent.0.allow.iter().any(|one| one == origin).then(|| headers.get(header::ORIGIN).cloned())?
}

/// A page is looked at by going there; a press comes from the agent's own page.
fn at_home(method: &Method, headers: &HeaderMap, host: &str) -> bool {
    if method == Method::GET {
        let own = matches!(text(headers, "sec-fetch-site"), None | Some("same-origin" | "none"));
        let gone_to = text(headers, "sec-fetch-mode") == Some("navigate")
            && text(headers, "sec-fetch-dest") == Some("document");
        return own || gone_to;
    }
    text(headers, "origin").is_some_and(|origin| origin == format!("http://{host}"))
}

/// The browser asks before the page may.
fn preflight(headers: &HeaderMap, origin: HeaderValue) -> Response {
    let mut answer = StatusCode::NO_CONTENT.into_response();
    shared(answer.headers_mut(), origin);
    let given = answer.headers_mut();
    given.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, DELETE"));
    given.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type, x-sandinh"));
    // From the public network into this computer: Private Network Access.
    if text(headers, "access-control-request-private-network") == Some("true") {
        let name = HeaderName::from_static("access-control-allow-private-network");
        given.insert(name, HeaderValue::from_static("true"));
    }
    answer
}

fn shared(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(header::VARY, HeaderValue::from_static("origin"));
}
