//! The built front end inside the binary: names with a hash, kept for ever, compressed at build time.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Dist;

#[derive(serde::Deserialize)]
struct Manifest {
    files: BTreeMap<String, String>,
    icons: BTreeSet<String>,
}

static MANIFEST: LazyLock<Manifest> = LazyLock::new(|| {
    let file = Dist::get("manifest.json").expect("build.rs leaves a manifest in web/dist");
    let mut manifest: Manifest = serde_json::from_slice(&file.data).expect("build.mjs writes the manifest");
    manifest.files.values_mut().for_each(|name| *name = format!("/assets/{name}"));
    manifest
});

/// The address of a built file by its plain name: `asset("app.css")` → `/assets/app.3f2a….css`.
///
/// # Panics
/// In debug builds when no such file was built; a release page would miss the file but still show.
pub fn asset(name: &str) -> &'static str {
    let found = MANIFEST.files.get(name);
    debug_assert!(found.is_some(), "web/dist holds no {name:?}");
    found.map_or("/assets/missing", String::as_str)
}

/// True when `web/icons.txt` names the icon.
pub fn has_icon(name: &str) -> bool {
    MANIFEST.icons.contains(name)
}

/// The handler of `/assets/{*path}`.
pub async fn serve(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some((encoding, file)) = best(&path, &headers) else { return StatusCode::NOT_FOUND.into_response() };
    let etag = format!("\"{}{}\"", path.replace('"', ""), encoding.unwrap_or_default());
    let mut response =
        if headers.get(header::IF_NONE_MATCH).is_some_and(|seen| seen.as_bytes() == etag.as_bytes()) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            body(file)
        };
    let own = response.headers_mut();
    own.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(&path)));
    own.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    own.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        own.insert(header::ETAG, etag);
    }
    if let Some(encoding) = encoding {
        own.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// The service worker stands at the root, so that it serves every page; browsers ask for it anew.
pub async fn worker() -> Response {
    let name = asset("worker.js").trim_start_matches("/assets/");
    let Some(file) = Dist::get(name) else { return StatusCode::NOT_FOUND.into_response() };
    let mut response = body(file.data);
    let own = response.headers_mut();
    own.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type("worker.js")));
    own.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

fn body(file: Cow<'static, [u8]>) -> Response {
    match file {
        Cow::Borrowed(bytes) => axum::body::Bytes::from_static(bytes).into_response(),
        Cow::Owned(bytes) => axum::body::Bytes::from(bytes).into_response(),
    }
}

/// The smallest form that the browser understands.
fn best(path: &str, headers: &HeaderMap) -> Option<(Option<&'static str>, Cow<'static, [u8]>)> {
    if path.ends_with(".br") || path.ends_with(".gz") || path == "manifest.json" {
        return None;
    }
    let accepted =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    for (encoding, ending) in [("br", "br"), ("gzip", "gz")] {
        if accepts(accepted, encoding)
            && let Some(file) = Dist::get(&format!("{path}.{ending}"))
        {
            return Some((Some(encoding), file.data));
        }
    }
    Dist::get(path).map(|file| (None, file.data))
}

fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        words.next() == Some(encoding)
            && !words.any(|word| matches!(word, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}
