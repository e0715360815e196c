//! The bytes of a picture.

use crate::place::{State, store};
use axum::extract::{Path, Query};
use axum::response::Response;
use http::{HeaderValue, header};
use platform::{Ctx, Error, Result, Uuid, files};
use std::collections::HashMap;

/// Of a published place; of another only for whoever writes, or has the preview link.
pub(super) async fn show(
    ctx: Ctx,
    Path((id, size)): Path<(Uuid, String)>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let picture = store::picture(&ctx, &ctx.app.db, id).await?;
    let place = store::find(&ctx, &ctx.app.db, picture.place_id).await?;
    let public = place.state == State::Published;
    let has_key = query.get("xem").is_some_and(|key| *key == place.preview_key);
    let writes = ctx.scope_of("tourism.write");
    let mine = writes.whole() || place.content.village.is_some_and(|id| writes.covers("village", id));
    if !(public || has_key || mine) {
        return Err(Error::not_found());
    }
    let chosen = match size.as_str() {
        "480" => picture.small_id.or(picture.middle_id).unwrap_or(picture.file_id),
        "960" => picture.middle_id.unwrap_or(picture.file_id),
        _ => picture.file_id,
    };
    let row = files::find(&ctx, &ctx.app.db, chosen).await?;
    let bytes = files::read(&ctx, &row).await?;
    let mut response = platform::http::file(&picture.name, &row.media_type, bytes);
    // The bytes under an address never change. A picture that was taken down must go.
    let keep = if public { "public, max-age=86400" } else { "no-store" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    Ok(response)
}
