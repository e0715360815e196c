//! The commune's site over HTTP(S).

use crate::config::Config;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, USER_AGENT};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::path::Path;
use std::time::Duration;

/// How long the site may take to begin an answer, and a small one to end.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// Nothing for this long: the line is cut, whatever TCP says.
pub const STALLED: Duration = Duration::from_secs(3);

/// The program, as it tells its name to others.
pub const FIRMWARE: &str = concat!("sandinh-speaker ", env!("CARGO_PKG_VERSION"));

/// Why there is no answer, for the log.
#[derive(Debug, thiserror::Error)]
pub enum NetFault {
    #[error("the station does not accept this device's token ({0}): download its file anew")]
    Token(StatusCode),
    #[error("the station does not know this device, or has nothing for it (404)")]
    Unknown,
    #[error("the station answers {0}")]
    Status(StatusCode),
    #[error("no answer in time")]
    Late,
    #[error("{0}")]
    Line(String),
}

impl NetFault {
    /// True if asking again soon changes nothing: somebody must act at the station first.
    pub fn lasts(&self) -> bool {
        matches!(self, NetFault::Token(_) | NetFault::Unknown)
    }
}

/// The site, and who we are there.
pub struct Site {
    client: Client<HttpsConnector<HttpConnector>, Empty<Bytes>>,
    address: String,
    basic: String,
}

/// An answer that goes on coming.
pub struct Answer {
    pub headers: HeaderMap,
    body: Incoming,
}

impl Site {
    /// Trusts whom the machine trusts, and the authorities of the file.
    ///
    /// # Errors
    /// A file of authorities that cannot be read.
    pub fn new(config: &Config) -> std::io::Result<Site> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if let Some(path) = &config.ca {
            roots.add_parsable_certificates(authorities(path)?);
        }
        let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(std::io::Error::other)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let mut plain = HttpConnector::new();
        plain.set_connect_timeout(Some(PATIENCE));
        plain.set_nodelay(true);
        plain.enforce_http(false);
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_http1()
            .wrap_connector(plain);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        let basic = STANDARD.encode(format!("{}:{}", config.device, config.token));
        Ok(Site { client, address: config.site.clone(), basic: format!("Basic {basic}") })
    }

    /// Begins to fetch a path.
    ///
    /// # Errors
    /// [`NetFault`].
    pub async fn open(&self, path: &str) -> Result<Answer, NetFault> {
        let request = Request::get(format!("{}{path}", self.address))
            .header(AUTHORIZATION, &self.basic)
            .header(USER_AGENT, FIRMWARE.replace(' ', "/"))
            .body(Empty::new())
            .map_err(|fault| NetFault::Line(fault.to_string()))?;
        let answer = tokio::time::timeout(PATIENCE, self.client.request(request)).await;
        let answer = answer.map_err(|_| NetFault::Late)?.map_err(|fault| NetFault::Line(causes(&fault)))?;
        match answer.status() {
            StatusCode::OK => {}
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Err(NetFault::Token(answer.status())),
            StatusCode::NOT_FOUND => return Err(NetFault::Unknown),
            other => return Err(NetFault::Status(other)),
        }
        let (head, body) = answer.into_parts();
        Ok(Answer { headers: head.headers, body })
    }

    /// Fetches at most so many bytes.
    ///
    /// # Errors
    /// [`NetFault`].
    pub async fn fetch(&self, path: &str, most: usize) -> Result<Bytes, NetFault> {
        let mut answer = self.open(path).await?;
        let mut whole = Vec::new();
        while let Some(piece) = answer.next(PATIENCE).await? {
            if whole.len() + piece.len() > most {
                return Err(NetFault::Line(format!("more than {most} bytes")));
            }
            whole.extend_from_slice(&piece);
        }
        Ok(whole.into())
    }

    /// Asks for a short text, as quickly as it goes.
    ///
    /// # Errors
    /// [`NetFault`].
    pub async fn ask(&self, path: &str) -> Result<String, NetFault> {
        let answer = self.open(path).await?;
        let body = tokio::time::timeout(PATIENCE, Limited::new(answer.body, 1_000).collect()).await;
        let body = body.map_err(|_| NetFault::Late)?.map_err(|fault| NetFault::Line(fault.to_string()))?;
        Ok(String::from_utf8_lossy(&body.to_bytes()).trim().to_owned())
    }
}

impl Answer {
    /// The next piece; nothing at the end.
    ///
    /// # Errors
    /// A line that breaks, or says nothing for so long.
    pub async fn next(&mut self, patience: Duration) -> Result<Option<Bytes>, NetFault> {
        loop {
            let frame = tokio::time::timeout(patience, self.body.frame()).await;
            let Some(frame) = frame.map_err(|_| NetFault::Late)? else { return Ok(None) };
            if let Ok(data) = frame.map_err(|fault| NetFault::Line(causes(&fault)))?.into_data() {
                return Ok(Some(data));
            }
        }
    }
}

/// The certificates of a PEM file.
fn authorities(path: &Path) -> std::io::Result<Vec<CertificateDer<'static>>> {
    let wrong = |fault: rustls::pki_types::pem::Error| std::io::Error::other(fault.to_string());
    let found: Result<Vec<_>, _> = CertificateDer::pem_file_iter(path).map_err(wrong)?.collect();
    let found = found.map_err(wrong)?;
    if found.is_empty() { Err(std::io::Error::other("no certificate in it")) } else { Ok(found) }
}

fn causes(fault: &dyn std::error::Error) -> String {
    let mut text = fault.to_string();
    let mut cause = fault.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

/// Waits that grow from one second to thirty, each somewhat shorter or longer than the rule, so that boxes which lost the same line do not
/// come back in the same moment.
pub struct Backoff(Duration);

impl Backoff {
    const FIRST: Duration = Duration::from_secs(1);
    const LONGEST: Duration = Duration::from_secs(30);

    pub fn new() -> Backoff {
        Backoff(Backoff::FIRST)
    }

    /// It went well for a while.
    pub fn reset(&mut self) {
        self.0 = Backoff::FIRST;
    }

    /// How long to wait now.
    pub fn next(&mut self) -> Duration {
        let wait = self.0.mul_f64(rand::random_range(0.75..1.25));
        self.0 = (self.0 * 2).min(Backoff::LONGEST);
        wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_differ() {
        let mut backoff = Backoff::new();
        let waits: Vec<f64> = (0..8).map(|_| backoff.next().as_secs_f64()).collect();
        for (wait, rule) in waits.iter().zip([1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]) {
            assert!((0.75..1.25).contains(&(wait / rule)), "{waits:?}");
        }
        backoff.reset();
        assert!(backoff.next() < Duration::from_secs(2));
    }
}
