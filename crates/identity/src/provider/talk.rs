//! What we say to a service and how we judge what it says.

use super::depart::{Departure, Purpose};
use super::model::Provider;
use super::{rules, store};
use crate::live::live;
use axum::body::Bytes;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use http_body_util::Full;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreTokenResponse,
};
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    DiscoveryError, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IssuerUrl,
    Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    SignatureVerificationError, TokenResponse,
};
use platform::call::{self, PATIENCE};
use platform::{Ctx, Error, Message, Result, Uuid, ids};
use serde_json::Value;
use std::sync::Arc;

/// Clocks of two offices differ by so much.
const SKEW_MINUTES: i64 = 2;

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Signatures that prove who wrote: no shared secrets, and never none at all.
fn algorithms() -> [CoreJwsSigningAlgorithm; 4] {
    [
        CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
        CoreJwsSigningAlgorithm::RsaSsaPssSha256,
        CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        CoreJwsSigningAlgorithm::EdDsa,
    ]
}

/// What went wrong on the way, in words for people; the detail is for the log.
fn trouble(provider: &Provider, ctx: &Ctx, key: &'static str, detail: impl std::fmt::Display) -> Error {
    tracing::warn!(provider = %provider.id, %detail, "a sign-in service");
    Error::invalid(Message::new(key).with("name", provider.name(ctx.lang).to_owned()))
}

/// Why a call brought nothing.
#[derive(Debug)]
pub(crate) struct NoAnswer(String);

impl std::fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoAnswer {}

/// One call by the platform's client. A service names further addresses itself: they obey the same rule as the one that
/// the administrator wrote.
async fn send(ctx: Ctx, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
    let url = request.uri().to_string();
    call::address(&ctx, "dia-chi", &url).map_err(|_| NoAnswer(format!("{url} is not allowed")))?;
    let answer = call::call(request.map(|body| Full::new(Bytes::from(body))), PATIENCE).await;
    let answer = answer.map_err(|silence| NoAnswer(silence.0))?;
    let response = http::Response::builder().status(answer.status).body(answer.body.to_vec());
    response.map_err(|error| NoAnswer(error.to_string()))
}

/// Reads what the service says of itself; the keys with it.
pub(crate) async fn discover(ctx: &Ctx, provider: &Provider) -> Result<Arc<CoreProviderMetadata>> {
    let wrong = |key, detail: String| trouble(provider, ctx, key, detail);
    let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(Error::internal)?;
    let client = |request| send(ctx.clone(), request);
    let found = CoreProviderMetadata::discover_async(issuer, &client).await;
    let metadata = found.map_err(|error| match error {
        DiscoveryError::Request(silence) => wrong("provider-silent", silence.to_string()),
        DiscoveryError::Validation(detail) => wrong("provider-other-issuer", detail),
        DiscoveryError::Response(status, _, detail) => {
            wrong("provider-no-page", format!("{status} {detail}"))
        }
        other => wrong("provider-garbled", other.to_string()),
    })?;
    let metadata = Arc::new(metadata);
    live(&ctx.app)?.services.keep(provider.id, ctx.now, metadata.clone());
    Ok(metadata)
}

async fn known(ctx: &Ctx, provider: &Provider, anew: bool) -> Result<Arc<CoreProviderMetadata>> {
    match live(&ctx.app)?.services.get(provider.id, ctx.now, anew) {
        Some(metadata) => Ok(metadata),
        None => discover(ctx, provider).await,
    }
}

/// Where the service sends people back to: one address for each service.
pub(crate) fn return_address(ctx: &Ctx, provider: Uuid) -> String {
    format!("{}/dang-nhap/qua/{provider}/ve", ctx.app.config.base_url())
}

async fn client(ctx: &Ctx, provider: &Provider, metadata: &CoreProviderMetadata) -> Result<Client> {
    let secret = match store::secret(ctx, provider.id).await? {
        Some(sealed) => Some(ClientSecret::new(rules::open(&ctx.app, provider.id, &sealed)?)),
        None => None,
    };
    let back = RedirectUrl::new(return_address(ctx, provider.id)).map_err(Error::internal)?;
    let id = ClientId::new(provider.client_id.clone());
    Ok(CoreClient::from_provider_metadata(metadata.clone(), id, secret).set_redirect_uri(back))
}

/// Sets out: the address of the service, and what the browser has to carry.
pub(crate) async fn depart(
    ctx: &Ctx,
    provider: &Provider,
    purpose: Purpose,
    next: &str,
) -> Result<(String, String)> {
    let metadata = known(ctx, provider, false).await?;
    if metadata.token_endpoint().is_none() {
        return Err(trouble(provider, ctx, "provider-garbled", "no token endpoint"));
    }
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let client = client(ctx, provider, &metadata).await?;
    let mut asked = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
        .set_pkce_challenge(challenge);
    for scope in provider.scopes.split(' ').filter(|scope| !scope.is_empty() && *scope != "openid") {
        asked = asked.add_scope(Scope::new(scope.to_owned()));
    }
    let (url, state, nonce) = asked.url();
    let browser = ids::new_secret();
    let departure = Departure {
        commune: ctx.commune,
        provider: provider.id,
        purpose,
        nonce: nonce.secret().clone(),
        verifier: verifier.into_secret(),
        browser: browser.clone(),
        next: next.to_owned(),
        at: ctx.now,
    };
    live(&ctx.app)?.departures.keep(state.into_secret(), departure);
    Ok((url.to_string(), browser))
}

/// What a service vouches for.
#[derive(Debug, Clone)]
pub(crate) struct Vouched {
    pub subject_hash: String,
    pub name: String,
    /// The personal number, when the service vouches for it at a level that is enough.
    pub number: Option<String>,
}

/// Exchanges the code that the person brought for the service's statement, and judges it.
pub(crate) async fn exchange(
    ctx: &Ctx,
    provider: &Provider,
    departure: &Departure,
    code: &str,
) -> Result<Vouched> {
    let metadata = known(ctx, provider, false).await?;
    let client = client(ctx, provider, &metadata).await?;
    let calls = |request| send(ctx.clone(), request);
    let said = client
        .exchange_code(AuthorizationCode::new(code.to_owned()))
        .map_err(Error::internal)?
        .set_pkce_verifier(PkceCodeVerifier::new(departure.verifier.clone()))
        .request_async(&calls)
        .await
        .map_err(|error| match error {
            openidconnect::RequestTokenError::Request(silence) => {
                trouble(provider, ctx, "provider-silent", silence)
            }
            openidconnect::RequestTokenError::ServerResponse(answer) => {
                trouble(provider, ctx, "provider-refused", answer.error())
            }
            other => trouble(provider, ctx, "provider-garbled", other),
        })?;
    let judged = match judge(ctx, &client, &said, &departure.nonce) {
        // The service may have changed its keys: look once more.
        Err(ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::NoMatchingKey | SignatureVerificationError::CryptoError(_),
        )) => {
            let metadata = known(ctx, provider, true).await?;
            let client = self::client(ctx, provider, &metadata).await?;
            judge(ctx, &client, &said, &departure.nonce)
        }
        judged => judged,
    };
    let claims = judged.map_err(|error| trouble(provider, ctx, "provider-token-wrong", error))?;
    vouched(ctx, provider, &claims)
}

/// Who signed, for whom, when, in answer to what. The claims, which the signature covers.
fn judge(
    ctx: &Ctx,
    client: &Client,
    said: &CoreTokenResponse,
    nonce: &str,
) -> Result<Value, ClaimsVerificationError> {
    let other = |text: &str| ClaimsVerificationError::Other(text.to_owned());
    let token = said.id_token().ok_or_else(|| other("no ID token"))?;
    let (now, skew) = (ctx.now, Duration::minutes(SKEW_MINUTES));
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs(algorithms())
        .set_time_fn(move || now - skew)
        .set_issue_time_verifier_fn(move |at: DateTime<Utc>| {
            if at <= now + skew { Ok(()) } else { Err("issued in the future".to_owned()) }
        });
    let claims = token.claims(&verifier, &Nonce::new(nonce.to_owned()))?;
    if let Some(expected) = claims.access_token_hash() {
        let alg = token.signing_alg().map_err(|error| other(&error.to_string()))?;
        let key = token.signing_key(&verifier).map_err(|error| other(&error.to_string()))?;
        let hash = AccessTokenHash::from_token(said.access_token(), alg, key);
        if hash.map_err(|error| other(&error.to_string()))? != *expected {
            return Err(other("the access token is another one"));
        }
    }
    let text = token.to_string();
    let body = text.split('.').nth(1).and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    body.and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or_else(|| other("no claims"))
}

fn vouched(ctx: &Ctx, provider: &Provider, claims: &Value) -> Result<Vouched> {
    let text = |name: &str| claims[name].as_str().unwrap_or_default().to_owned();
    let subject = text("sub");
    if subject.is_empty() {
        return Err(trouble(provider, ctx, "provider-token-wrong", "no subject"));
    }
    let level = text(&provider.level_claim);
    let believed = !level.is_empty() && provider.levels.split(' ').any(|one| one == level);
    let number = Some(text(&provider.number_claim))
        .filter(|number| believed && number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit()));
    Ok(Vouched {
        subject_hash: rules::subject_hash(&ctx.app, provider.id, &subject)?,
        name: vntext::clean(&text("name")),
        number,
    })
}
