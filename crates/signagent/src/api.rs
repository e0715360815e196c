//! What the commune's page asks for.

use crate::Agent;
use crate::requests::{Asked, Drawn, State as Stands};
use axum::Json;
use axum::extract::{Multipart, Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use platform::{Lang, T};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Characters of what the page says of a document.
const WORDS_MAX: usize = 300;

/// That it is there, and which it is.
pub(crate) async fn hello() -> Response {
    Json(json!({ "program": "sandinh-sign-agent", "version": env!("CARGO_PKG_VERSION") })).into_response()
}

/// A PDF to be signed. The answer names the request, and the window in which the official decides.
pub(crate) async fn ask(State(agent): State<Agent>, headers: HeaderMap, sent: Multipart) -> Response {
    let Some(parts) = read(sent).await else {
        return wrong(Lang::Vi, StatusCode::BAD_REQUEST, "agent-unreadable");
    };
    let word = |name: &str| {
        let bytes = parts.get(name).map(Vec::as_slice).unwrap_or_default();
        String::from_utf8_lossy(bytes).chars().filter(|c| !c.is_control()).take(WORDS_MAX).collect::<String>()
    };
    let lang = Lang::parse(&word("lang")).unwrap_or_default();
    let Ok(drawn) = drawn(&parts, &word) else {
        return wrong(lang, StatusCode::UNPROCESSABLE_ENTITY, "agent-unreadable");
    };
    let file = parts.get("file").cloned().unwrap_or_default();
    let looked = tokio::task::spawn_blocking(move || (pades::check(&file, &[]), file)).await;
    let (judged, file) = match looked {
        Ok((Ok(judged), file)) => (judged, file),
        Ok((Err(pades::Fault::Locked), _)) => {
            return wrong(lang, StatusCode::UNPROCESSABLE_ENTITY, "agent-pdf-locked");
        }
        _ => return wrong(lang, StatusCode::UNPROCESSABLE_ENTITY, "agent-not-pdf"),
    };
    let asked = Asked {
        origin: origin(&headers),
        lang,
        title: word("title"),
        number: word("number"),
        reason: word("reason"),
        place: word("place"),
        digest: hex::encode(Sha256::digest(&file)),
        signed_by: judged.into_iter().filter_map(|one| one.certificate.map(|one| one.name)).collect(),
        file,
        drawn,
    };
    match agent.0.requests.add(asked, agent.0.clock.now()) {
        Some((id, secret)) => {
            let window = format!("http://{}/ky/{secret}", agent.0.address);
            (StatusCode::CREATED, Json(json!({ "id": id, "window": window }))).into_response()
        }
        None => wrong(lang, StatusCode::TOO_MANY_REQUESTS, "agent-too-many"),
    }
}

async fn read(mut sent: Multipart) -> Option<HashMap<String, Vec<u8>>> {
    let mut parts = HashMap::new();
    loop {
        match sent.next_field().await {
            Ok(Some(field)) => {
                let name = field.name()?.to_owned();
                parts.insert(name, field.bytes().await.ok()?.to_vec());
            }
            Ok(None) => return Some(parts),
            Err(_) => return None,
        }
    }
}

/// The drawing with its place, `page` and `at` ("left bottom right top"), when there is one.
fn drawn(parts: &HashMap<String, Vec<u8>>, word: &impl Fn(&str) -> String) -> Result<Option<Drawn>, ()> {
    let Some(drawing) = parts.get("drawing").filter(|bytes| !bytes.is_empty()) else { return Ok(None) };
    let at: Vec<f32> = word("at").split(' ').filter_map(|one| one.parse().ok()).collect();
    let at = <[f32; 4]>::try_from(at).map_err(|_| ())?;
    Ok(Some(Drawn { page: word("page").parse().map_err(|_| ())?, at, drawing: drawing.clone() }))
}

fn origin(headers: &HeaderMap) -> String {
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
    origin.unwrap_or_default().to_owned()
}

fn wrong(lang: Lang, status: StatusCode, key: &'static str) -> Response {
    (status, Json(json!({ "problem": key.trim_start_matches("agent-"), "text": T(lang).t(key) })))
        .into_response()
}

/// How far a request is: waiting, signed, cancelled or expired.
pub(crate) async fn state(
    State(agent): State<Agent>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let state = agent.0.requests.state(&id, &origin(&headers), agent.0.clock.now());
    match state {
        Some(state) => Json(json!({ "state": state.code() })).into_response(),
        None => (StatusCode::NOT_FOUND, Json(json!({ "state": Stands::Expired.code() }))).into_response(),
    }
}

/// The signed file, once.
pub(crate) async fn file(State(agent): State<Agent>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    match agent.0.requests.take(&id, &origin(&headers), agent.0.clock.now()) {
        Some(file) => ([(header::CONTENT_TYPE, "application/pdf")], file.to_vec()).into_response(),
        None => (StatusCode::NOT_FOUND, Json(json!({ "state": Stands::Expired.code() }))).into_response(),
    }
}

/// The page waits no more.
pub(crate) async fn give_up(
    State(agent): State<Agent>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> StatusCode {
    agent.0.requests.give_up(&id, &origin(&headers), agent.0.clock.now());
    StatusCode::NO_CONTENT
}
