//! What devices fetch: their stream, the plan of what they keep, its sound, the station's time. They sign in with their token
//! each time (Basic authentication).

use super::clip::{by_sound, plan_of};
use super::model::Speaker;
use super::{store, token};
use crate::public::answer_mp3;
use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use platform::area::get;
use platform::{Ctx, Error, Kind, Result, Route, Uuid, files};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/truyen-thanh/loa/{id}/phat.mp3", "broadcast.listen", stream),
        get("/truyen-thanh/loa/{id}/ke-hoach", "broadcast.listen", plan),
        get("/truyen-thanh/loa/{id}/am-thanh/{sha}", "broadcast.listen", audio),
        get("/truyen-thanh/loa/{id}/gio", "broadcast.listen", time),
    ]
}

/// The device that asks. What is unknown, out of service or has another token looks alike.
async fn device(ctx: &Ctx, id: Uuid, headers: &HeaderMap) -> Result<Option<Speaker>> {
    let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let pair = sent.and_then(|sent| sent.strip_prefix("Basic "));
    let pair = pair.and_then(|pair| BASE64_STANDARD.decode(pair).ok());
    let pair = pair.and_then(|pair| String::from_utf8(pair).ok()).unwrap_or_default();
    let (name, secret) = pair.split_once(':').unwrap_or_default();
    match store::find(ctx, &ctx.app.db, id).await {
        Ok(one) => Ok(Some(one).filter(|one| name == id.to_string() && token::signs_in(ctx, one, secret))),
        Err(error) if error.is(Kind::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A device has no use for the page on which people sign in.
fn refused() -> Response {
    (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Basic realm=\"sandinh\"")]).into_response()
}

async fn stream(ctx: Ctx, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Response> {
    let Some(one) = device(&ctx, id, &headers).await? else { return Ok(refused()) };
    let streams = crate::station::streams(&ctx, &one.unit_id.to_string()).await?;
    let listener = streams.mp3.listen();
    let began = listener.began();
    let mut response = answer_mp3(listener);
    if let Some(began) = began {
        let name = HeaderName::from_static(speakerlink::STREAM_BEGAN);
        response.headers_mut().insert(name, HeaderValue::from(began.micros()));
    }
    Ok(response)
}

async fn plan(ctx: Ctx, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Response> {
    let Some(one) = device(&ctx, id, &headers).await? else { return Ok(refused()) };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(plan_of(&ctx, &one).await?)).into_response())
}

async fn audio(ctx: Ctx, Path((id, sha)): Path<(Uuid, String)>, headers: HeaderMap) -> Result<Response> {
    if device(&ctx, id, &headers).await?.is_none() {
        return Ok(refused());
    }
    let stored = by_sound(&ctx, &sha).await?.ok_or_else(Error::not_found)?;
    let file = files::find(&ctx, &ctx.app.db, stored.stored_id).await?;
    let bytes = files::read(&ctx, &file).await?;
    Ok(platform::http::part(&headers, &file.media_type, bytes))
}

/// As exact as the wall clock of the station itself: microseconds.
async fn time(ctx: Ctx, Path(id): Path<Uuid>, headers: HeaderMap) -> Result<Response> {
    if device(&ctx, id, &headers).await?.is_none() {
        return Ok(refused());
    }
    let now = crate::station::now(&ctx);
    Ok(([(header::CACHE_CONTROL, "no-store")], now.micros().to_string()).into_response())
}
