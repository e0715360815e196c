//! A mount as a stream that players and loudspeakers open: MP3 with the titles of Icecast where they are asked for, or Opus in Ogg.

use crate::station::{self, IcyStream, META_INTERVAL, XA};
use axum::body::Body;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, StreamExt};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use platform::{Ctx, Error, Result};
use std::convert::Infallible;

/// `xa.mp3`, `dong-cam.opus`: the commune as a whole or a village by the name in its address.
pub(super) async fn listen(ctx: Ctx, Path(mount): Path<String>, headers: HeaderMap) -> Result<Response> {
    let (name, ending) = mount.rsplit_once('.').ok_or_else(Error::not_found)?;
    let id = if name == XA {
        XA.to_owned()
    } else {
        let villages = units::village_list(&ctx, ctx.today()).await?;
        let village = villages.into_iter().find(|unit| unit.slug == name);
        village.map(|unit| unit.id.to_string()).ok_or_else(Error::not_found)?
    };
    if !matches!(ending, "mp3" | "opus") {
        return Err(Error::not_found());
    }
    let streams = station::streams(&ctx, &id).await?;
    let titles = headers.get("icy-metadata").is_some_and(|asked| asked == "1");
    let mut response = match (ending, streams.opus) {
        ("opus", Some(opus)) => answer(opus.listen(), "audio/ogg; codecs=opus"),
        ("opus", None) => return Err(Error::not_found()),
        _ if titles => {
            let mut response = answer(IcyStream::new(streams.mp3.listen()), "audio/mpeg");
            let every = HeaderValue::from(META_INTERVAL);
            response.headers_mut().insert(HeaderName::from_static("icy-metaint"), every);
            response
        }
        _ => answer(streams.mp3.listen(), "audio/mpeg"),
    };
    // Players of old show it as it stands; only ASCII is safe in a header.
    response.headers_mut().insert(HeaderName::from_static("icy-name"), HeaderValue::from_static("San Dinh"));
    Ok(response)
}

/// A stream of MP3.
pub(crate) fn answer_mp3<S, B>(stream: S) -> Response
where
    S: Stream<Item = B> + Send + 'static,
    B: Into<axum::body::Bytes> + 'static,
{
    answer(stream, "audio/mpeg")
}

fn answer<S, B>(stream: S, kind: &'static str) -> Response
where
    S: Stream<Item = B> + Send + 'static,
    B: Into<axum::body::Bytes> + 'static,
{
    let chunks = stream.map(|chunk| Ok::<_, Infallible>(chunk.into()));
    let about = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")];
    (about, Body::from_stream(chunks)).into_response()
}
