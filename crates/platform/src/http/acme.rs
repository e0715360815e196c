//! Certificates from a public authority: asked for, answered on port 80, renewed while a third of their time is left.
//!
//! The server starts at once, with the certificate of last time or one of its own making, and takes the new one while
//! it runs. An authority that is away is asked again later; nothing stops because of it.

use super::tls::{make_local, write_secret};
use crate::config::Acme;
use crate::{App, Error, Result};
use axum::extract::{Path as PathParts, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Router, routing::get};
use axum_server::tls_rustls::RustlsConfig;
use chrono::{DateTime, Utc};
use http::{StatusCode, header};
use instant_acme::{
    Account, AuthorizationStatus, ChallengeType, Identifier, LetsEncrypt, NewAccount, NewOrder, Order,
    OrderStatus, RetryPolicy,
};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use x509_cert::Certificate;

/// How often the end of the certificate is looked at.
const LOOK: Duration = Duration::from_secs(6 * 3600);
/// How soon after a first failure, which is often a matter of seconds, and after each further one: public authorities bear five an hour.
const SOON: Duration = Duration::from_secs(20);
const AGAIN: Duration = Duration::from_secs(15 * 60);

/// Answers to the questions of the authority, by their token.
type Answers = Arc<Mutex<HashMap<String, String>>>;

/// Where certificate, key and account are kept.
pub fn folder(data: &Path) -> PathBuf {
    data.join("tls/acme")
}

/// Certificate and key to start with: those of last time, else of our own making.
pub(super) fn first_files(data: &Path, acme: &Acme) -> Result<(PathBuf, PathBuf)> {
    let folder = folder(data);
    let (certificate, key) = (folder.join("server.pem"), folder.join("server.key"));
    if !certificate.exists() || !key.exists() {
        make_local(&folder, &acme.domains)?;
    }
    Ok((certificate, key))
}

/// From when to when a certificate holds, of a PEM file; `None` when it cannot be read.
pub fn validity(certificate: &Path) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let chain = Certificate::load_pem_chain(&std::fs::read(certificate).ok()?).ok()?;
    let first = chain.first()?;
    let validity = first.tbs_certificate().validity();
    let moment = |time: x509_cert::time::Time| {
        DateTime::from_timestamp(i64::try_from(time.to_unix_duration().as_secs()).ok()?, 0)
    };
    Some((moment(validity.not_before)?, moment(validity.not_after)?))
}

/// Our own certificate for the start counts as none: browsers do not trust it.
fn wanted(folder: &Path, now: DateTime<Utc>) -> bool {
    if folder.join("authority.pem").exists() {
        return true;
    }
    match validity(&folder.join("server.pem")) {
        Some((from, to)) => to - now < (to - from) / 3,
        None => true,
    }
}

/// Listens for the authority and keeps the certificate fresh until the stop.
pub(super) async fn spawn(
    app: &App,
    acme: &Acme,
    tls: RustlsConfig,
    stop: CancellationToken,
    tasks: &mut JoinSet<()>,
) -> Result<()> {
    let answers = Answers::default();
    let listener = tokio::net::TcpListener::bind(acme.http).await?;
    let service = door(answers.clone());
    let stopped = stop.clone();
    tasks.spawn(async move {
        axum::serve(listener, service).with_graceful_shutdown(stopped.cancelled_owned()).await.ok();
    });
    let (app, acme) = (app.clone(), acme.clone());
    tasks.spawn(async move {
        let mut failed = false;
        loop {
            let pause = match renew(&app, &acme, &tls, &answers).await {
                Ok(()) => {
                    failed = false;
                    LOOK
                }
                Err(error) => {
                    tracing::error!(
                        detail = error.detail,
                        "no certificate from the authority; trying again later"
                    );
                    if std::mem::replace(&mut failed, true) { AGAIN } else { SOON }
                }
            };
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    });
    Ok(())
}

/// Port 80: the authority's question, and the way to HTTPS for everybody else.
fn door(answers: Answers) -> Router {
    Router::new()
        .route("/.well-known/acme-challenge/{token}", get(answer))
        .fallback(to_https)
        .with_state(answers)
}

async fn answer(State(answers): State<Answers>, PathParts(token): PathParts<String>) -> Response {
    let found = answers.lock().expect("no panic while held").get(&token).cloned();
    found.map_or_else(|| StatusCode::NOT_FOUND.into_response(), IntoResponse::into_response)
}

async fn to_https(request: Request) -> Response {
    let host = request.headers().get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b)) {
        return StatusCode::BAD_REQUEST.into_response();
    }
    Redirect::permanent(&format!("https://{name}{path}")).into_response()
}

async fn renew(app: &App, acme: &Acme, tls: &RustlsConfig, answers: &Answers) -> Result<()> {
    let folder = folder(&app.config.data);
    if !wanted(&folder, app.clock.now()) {
        return Ok(());
    }
    let account = account(acme, &folder).await?;
    let names: Vec<Identifier> = acme.domains.iter().cloned().map(Identifier::Dns).collect();
    let mut order = account.new_order(&NewOrder::new(&names)).await.map_err(Error::internal)?;
    prove(&mut order, answers).await?;
    let status = order.poll_ready(&RetryPolicy::default()).await.map_err(Error::internal)?;
    if status != OrderStatus::Ready {
        return Err(Error::internal(format!("the authority's answer is {status:?}")));
    }
    let key = order.finalize().await.map_err(Error::internal)?;
    let chain = order.poll_certificate(&RetryPolicy::default()).await.map_err(Error::internal)?;
    keep(&folder, &chain, &key)?;
    tls.reload_from_pem_file(folder.join("server.pem"), folder.join("server.key")).await?;
    answers.lock().expect("no panic while held").clear();
    tracing::info!("a new certificate from the authority is in use");
    Ok(())
}

/// Shows that we answer at each name.
async fn prove(order: &mut Order, answers: &Answers) -> Result<()> {
    let mut authorizations = order.authorizations();
    while let Some(next) = authorizations.next().await {
        let mut authorization = next.map_err(Error::internal)?;
        if authorization.status == AuthorizationStatus::Valid {
            continue;
        }
        let mut challenge = authorization
            .challenge(ChallengeType::Http01)
            .ok_or_else(|| Error::internal("the authority does not ask on port 80"))?;
        let answer = challenge.key_authorization().as_str().to_owned();
        answers.lock().expect("no panic while held").insert(challenge.token.clone(), answer);
        challenge.set_ready().await.map_err(Error::internal)?;
    }
    Ok(())
}

/// The account at the authority: of last time, or a new one.
async fn account(acme: &Acme, folder: &Path) -> Result<Account> {
    let builder = || match &acme.root {
        Some(root) => Account::builder_with_root(root),
        None => Account::builder(),
    };
    let kept = folder.join("account.json");
    if let Ok(text) = std::fs::read_to_string(&kept) {
        let credentials = serde_json::from_str(&text)?;
        return builder()
            .map_err(Error::internal)?
            .from_credentials(credentials)
            .await
            .map_err(Error::internal);
    }
    let directory = acme.directory.clone().unwrap_or_else(|| LetsEncrypt::Production.url().to_owned());
    let new =
        NewAccount { contact: &[&acme.contact], terms_of_service_agreed: true, only_return_existing: false };
    let made = builder().map_err(Error::internal)?.create(&new, directory, None).await;
    let (account, credentials) = made.map_err(Error::internal)?;
    write_secret(&kept, &serde_json::to_string(&credentials)?)?;
    Ok(account)
}

/// The key before the certificate, and each in one piece: a cut leaves a pair that was good.
fn keep(folder: &Path, chain: &str, key: &str) -> Result<()> {
    write_secret(&folder.join("server.key.new"), key)?;
    std::fs::write(folder.join("server.pem.new"), chain)?;
    std::fs::rename(folder.join("server.key.new"), folder.join("server.key"))?;
    std::fs::rename(folder.join("server.pem.new"), folder.join("server.pem"))?;
    std::fs::remove_file(folder.join("authority.pem")).ok();
    Ok(())
}
