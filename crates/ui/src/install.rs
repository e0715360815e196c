//! What a phone needs to put the commune among its applications: name, icons and the doors behind a long press.
//! The form is the W3C's *Web Application Manifest*.

use crate::{Shell, asset, doors};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use platform::{Ctx, Result};
use serde_json::{Value, json};

const COLOUR: &str = "#1e6b3c"; // the head of the page, as in base.html
const GROUND: &str = "#fffdf8";
/// More does no phone show.
const SHORTCUTS: usize = 4;

/// The handler of `/manifest.webmanifest`.
pub async fn manifest(ctx: Ctx) -> Result<Response> {
    let shell = Shell::of(&ctx, "ui-name").await?;
    let t = ctx.t();
    let named = !shell.commune.name.is_empty();
    let name = if named { shell.commune.name.clone() } else { t.t("ui-name") };
    let shortcuts: Vec<Value> = doors(&ctx)
        .iter()
        .take(SHORTCUTS)
        .map(|door| json!({ "name": t.t(door.text), "description": t.t(door.line), "url": door.url }))
        .collect();
    let whole = json!({
        "id": "/",
        "name": name,
        "short_name": name,
        "description": t.t("ui-tagline"),
        "lang": shell.lang(),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": COLOUR,
        "background_color": GROUND,
        "categories": ["government", "utilities"],
        "icons": [
            icon("app-192.png", "192x192", "any"),
            icon("app-512.png", "512x512", "any"),
            icon("app-maskable.png", "512x512", "maskable"),
        ],
        "shortcuts": shortcuts,
    });
    let kind = HeaderValue::from_static("application/manifest+json; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], whole.to_string()).into_response())
}

fn icon(name: &str, sizes: &str, purpose: &str) -> Value {
    json!({ "src": asset(name), "sizes": sizes, "type": "image/png", "purpose": purpose })
}
