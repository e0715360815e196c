//! Calls to other programs over HTTP. Redirects are not followed: an address is what an administrator wrote.

use crate::{Ctx, Error, Result};
use axum::body::Bytes;
use http::{Request, Uri};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::sync::OnceLock;
use std::time::Duration;

/// How long another program may take, unless a file says otherwise.
pub const PATIENCE: Duration = Duration::from_secs(15);
/// Longer answers are not for us.
const ANSWER_MAX: usize = 1 << 20;

type Https = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// What the other program said.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub body: Bytes,
}

/// Why there is no answer, for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence(pub String);

/// One connection pool for all, with the roots that the machine trusts.
fn client() -> Result<&'static Https, Silence> {
    static CLIENT: OnceLock<Https> = OnceLock::new();
    if let Some(client) = CLIENT.get() {
        return Ok(client);
    }
    let provider = rustls::crypto::ring::default_provider();
    let connector = HttpsConnectorBuilder::new()
        .with_provider_and_native_roots(provider)
        .map_err(|error| Silence(format!("no trusted certificates: {error}")))?
        .https_or_http()
        .enable_http1()
        .build();
    Ok(CLIENT.get_or_init(|| Client::builder(TokioExecutor::new()).build(connector)))
}

/// Sends it and waits for the whole answer.
pub async fn call(request: Request<Full<Bytes>>, patience: Duration) -> Result<Answer, Silence> {
    call_for(request, patience, ANSWER_MAX).await
}

/// The same for an answer of at most so many bytes, such as a picture.
pub async fn call_for(
    request: Request<Full<Bytes>>,
    patience: Duration,
    most: usize,
) -> Result<Answer, Silence> {
    let told = |error: &dyn std::error::Error| {
        let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
        Silence(format!("{error}{cause}"))
    };
    let whole = async {
        let response = client()?.request(request).await.map_err(|error| told(&error))?;
        let status = response.status().as_u16();
        let body = Limited::new(response.into_body(), most).collect().await;
        let body = body.map_err(|error| Silence(error.to_string()))?.to_bytes();
        Ok(Answer { status, body })
    };
    match tokio::time::timeout(patience, whole).await {
        Ok(answer) => answer,
        Err(_) => Err(Silence("no answer in time".to_owned())),
    }
}

/// An address of another program: HTTPS. A program that itself is only reached on its own machine may call that machine
/// in plain HTTP, for trying things out.
///
/// # Errors
/// At `field`.
pub fn address(ctx: &Ctx, field: &'static str, text: &str) -> Result<Uri> {
    let wrong = || Error::field(field, "call-address-wrong");
    let text = text.trim();
    let uri: Uri = text.parse().map_err(|_| wrong())?;
    let host = uri.host().ok_or_else(wrong)?;
    let at_home = ctx.app.config.listen.ip().is_loopback() && !ctx.app.config.secure_cookies();
    let here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    let allowed = match uri.scheme_str() {
        Some("https") => true,
        Some("http") => at_home && here,
        _ => false,
    };
    let plain = text.len() <= 500 && !text.contains('@');
    if allowed && plain { Ok(uri) } else { Err(wrong()) }
}
