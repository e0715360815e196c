//! The ways out, behind one small trait: HTTPS to another site of this program, or a watched folder for an adapter of an axis.

use super::model::{Office, Peer, Way};
use super::{folder, receive};
use axum::body::Bytes;
use http::{Method, Request, header};
use http_body_util::Full;
use platform::{Ctx, Error, Result, Uuid, call, sign};
use std::time::Duration;

/// A package of many megabytes over a line in the hills.
const PATIENCE: Duration = Duration::from_secs(120);

/// What came of a try.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reached {
    Taken,
    /// It says no: a person looks at it.
    Refused(String),
    /// The line is cut or the peer is down: later.
    Later(String),
}

/// A way to a peer. Sending the same twice has to be harmless: the program may die between the answer and our note of it.
pub(super) trait Transport {
    fn deliver(
        &self,
        ctx: &Ctx,
        office: &Office,
        id: Uuid,
        bytes: Vec<u8>,
    ) -> impl Future<Output = Result<Reached>> + Send;
}

pub(super) async fn deliver(
    ctx: &Ctx,
    office: &Office,
    peer: &Peer,
    id: Uuid,
    bytes: Vec<u8>,
) -> Result<Reached> {
    match peer.way {
        Way::Https => Site(peer).deliver(ctx, office, id, bytes).await,
        Way::Folder => Folder(peer).deliver(ctx, office, id, bytes).await,
    }
}

/// Another site of this program.
struct Site<'p>(&'p Peer);

impl Transport for Site<'_> {
    async fn deliver(&self, ctx: &Ctx, office: &Office, _: Uuid, bytes: Vec<u8>) -> Result<Reached> {
        let address = format!("{}{}", self.0.address.trim_end_matches('/'), receive::PATH);
        let secret = self.0.secret(ctx)?;
        let now = ctx.app.clock.now().timestamp();
        let request = Request::builder()
            .method(Method::POST)
            .uri(address)
            .header(header::CONTENT_TYPE, "application/xml")
            .header(header::ACCEPT, "application/json")
            .header(header::USER_AGENT, "sandinh")
            .header("x-sandinh-agency", office.code.as_str())
            .header("x-sandinh-timestamp", now)
            .header("x-sandinh-signature", sign::signature(&secret, now, &bytes))
            .body(Full::new(Bytes::from(bytes)))
            .map_err(Error::internal)?;
        Ok(match call::call(request, PATIENCE).await {
            Err(silence) => Reached::Later(silence.0),
            Ok(answer) => judged(answer.status, &answer.body),
        })
    }
}

fn judged(status: u16, body: &[u8]) -> Reached {
    match status {
        200..300 => Reached::Taken,
        408 | 425 | 429 | 500.. => Reached::Later(status.to_string()),
        _ => {
            let said: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
            let text = said["text"].as_str().or_else(|| said["title"].as_str()).unwrap_or_default();
            // Of what another program says, only letters reach the page.
            let words: String = text.chars().filter(|c| !c.is_control()).take(300).collect();
            Reached::Refused(format!("{status} {words}").trim_end().to_owned())
        }
    }
}

/// Files in a folder that an adapter takes away.
struct Folder<'p>(&'p Peer);

impl Transport for Folder<'_> {
    async fn deliver(&self, ctx: &Ctx, _: &Office, id: Uuid, bytes: Vec<u8>) -> Result<Reached> {
        let place = folder::place(ctx, self.0);
        let work = move || folder::put(&place, &id.to_string(), &bytes);
        let written = tokio::task::spawn_blocking(work).await.map_err(Error::internal)?;
        Ok(match written {
            Ok(()) => Reached::Taken,
            Err(error) => Reached::Later(error.to_string()),
        })
    }
}
