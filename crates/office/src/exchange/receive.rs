//! The door for packages of other sites.

use super::model::{Peer, Way};
use super::store;
use super::take::{self, Verdict};
use axum::Json;
use axum::body::Bytes;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use platform::sign::{self, Doubt};
use platform::{Ctx, Error, Kind, Result};

pub(super) const PATH: &str = "/api/v1/exchange/packages";

/// Takes a package (edXML, QCVN 102:2016). Signed: `X-Sandinh-Agency` is the sender's code, `X-Sandinh-Timestamp` seconds, and
/// `X-Sandinh-Signature` is `sha256=` and the HMAC-SHA256 of timestamp, a point and the body. The same package again is
/// answered with `known` and changes nothing.
#[utoipa::path(post, path = "/api/v1/exchange/packages", tag = "office",
    request_body(content = String, content_type = "application/xml"),
    responses((status = 200, body = Verdict),
        (status = 401, description = "Nobody we know, a wrong signature, or the moment too far away", body = platform::http::Problem, content_type = "application/problem+json"),
        (status = 413, body = platform::http::Problem, content_type = "application/problem+json"),
        (status = 422, description = "Refused, with the reason", body = Verdict)))]
pub(super) async fn package(ctx: Ctx, body: Bytes) -> Result<Response> {
    if body.len() > take::LARGEST {
        return Err(Error::new(Kind::TooLarge));
    }
    let peer = believed(&ctx, &body).await?;
    let whole = Ctx { scope: Ctx::system(&ctx.app, ctx.commune, ctx.action).scope, ..ctx };
    let verdict = take::take(&whole, &peer, body.to_vec()).await?;
    let status = if verdict.taken() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, Json(verdict)).into_response())
}

/// The peer that signed it, just now. Who is unknown learns as much as who signs wrongly.
async fn believed(ctx: &Ctx, body: &[u8]) -> Result<Peer> {
    let header = |name: &str| ctx.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let refused = |key: &'static str| Error { message: key.into(), ..Error::new(Kind::SignIn) };
    let code = header("x-sandinh-agency");
    let peers = store::peers(ctx, &ctx.app.db).await?;
    let peer = peers.into_iter().find(|peer| peer.way == Way::Https && peer.code == code);
    let peer = peer.ok_or_else(|| refused("office-exchange-signature"))?;
    let secret = peer.secret(ctx)?;
    let (moment, signature) = (header("x-sandinh-timestamp"), header("x-sandinh-signature"));
    sign::verify(&secret, moment, signature, body, ctx.now).map_err(|doubt| match doubt {
        Doubt::Signature => refused("office-exchange-signature"),
        Doubt::Moment => refused("office-exchange-moment"),
    })?;
    Ok(peer)
}
