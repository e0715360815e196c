//! A sign-in service that says whatever a test wants: right, or wrong in one way at a time.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

pub const CLIENT: &str = "xa-gia-phu";

struct Said {
    address: String,
    /// The issuer that it names itself by.
    issuer: String,
    key: EcdsaKeyPair,
    kid: String,
    /// What the next exchange of a code brings.
    token: String,
    /// The last exchange as it was asked.
    asked: String,
    down: bool,
    garbled: bool,
}

#[derive(Clone)]
pub struct Service(Arc<Mutex<Said>>);

fn new_key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &random).unwrap()
}

impl Service {
    pub async fn start() -> Service {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let said = Said {
            issuer: address.clone(),
            address,
            key: new_key(),
            kid: "khoa-1".into(),
            token: String::new(),
            asked: String::new(),
            down: false,
            garbled: false,
        };
        let service = Service(Arc::new(Mutex::new(said)));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(service.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        service
    }

    pub fn address(&self) -> String {
        self.0.lock().unwrap().address.clone()
    }

    pub fn name_itself(&self, issuer: &str) {
        self.0.lock().unwrap().issuer = issuer.into();
    }

    pub fn set_down(&self, down: bool) {
        self.0.lock().unwrap().down = down;
    }

    pub fn set_garbled(&self, garbled: bool) {
        self.0.lock().unwrap().garbled = garbled;
    }

    /// New keys; the old ones are no longer shown.
    pub fn rotate(&self) {
        let mut said = self.0.lock().unwrap();
        (said.key, said.kid) = (new_key(), format!("{}x", said.kid));
    }

    /// The form of the last exchange.
    pub fn asked(&self) -> String {
        self.0.lock().unwrap().asked.clone()
    }

    /// What a right statement says.
    pub fn claims(&self, subject: &str, nonce: &str, now: DateTime<Utc>) -> Value {
        json!({ "iss": self.address(), "sub": subject, "aud": CLIENT, "nonce": nonce, "name": "Lò Thị Mẫu",
            "iat": now.timestamp(), "exp": now.timestamp() + 300 })
    }

    /// The next exchange brings these claims, signed.
    pub fn give(&self, claims: &Value) {
        let mut said = self.0.lock().unwrap();
        let head = json!({ "alg": "ES256", "kid": said.kid });
        let text = format!("{}.{}", part(&head), part(claims));
        let signature = said.key.sign(&SystemRandom::new(), text.as_bytes()).unwrap();
        said.token = format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()));
    }

    /// Signed by nobody.
    pub fn give_unsigned(&self, claims: &Value) {
        self.0.lock().unwrap().token = format!("{}.{}.", part(&json!({ "alg": "none" })), part(claims));
    }

    /// Signed by somebody else under the same name.
    pub fn give_forged(&self, claims: &Value) {
        let mut said = self.0.lock().unwrap();
        let text = format!("{}.{}", part(&json!({ "alg": "ES256", "kid": said.kid })), part(claims));
        let signature = new_key().sign(&SystemRandom::new(), text.as_bytes()).unwrap();
        said.token = format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()));
    }

    /// Signed with the client's secret, as a service must not for us.
    pub fn give_shared(&self, claims: &Value, secret: &str) {
        let text = format!("{}.{}", part(&json!({ "alg": "HS256" })), part(claims));
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret.as_bytes());
        let tag = ring::hmac::sign(&key, text.as_bytes());
        self.0.lock().unwrap().token = format!("{text}.{}", URL_SAFE_NO_PAD.encode(tag.as_ref()));
    }
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

async fn metadata(State(service): State<Service>) -> Response {
    let said = service.0.lock().unwrap();
    if said.down {
        return http::StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    if said.garbled {
        return "<html>".into_response();
    }
    let at = &said.address;
    Json(json!({ "issuer": said.issuer, "authorization_endpoint": format!("{at}/auth"), "token_endpoint": format!("{at}/token"),
        "jwks_uri": format!("{at}/keys"), "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "none", "HS256"] }))
    .into_response()
}

async fn keys(State(service): State<Service>) -> Json<Value> {
    let said = service.0.lock().unwrap();
    let point = said.key.public_key().as_ref();
    let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..65]));
    Json(
        json!({ "keys": [{ "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": said.kid, "x": x, "y": y }] }),
    )
}

async fn token(State(service): State<Service>, body: String) -> Response {
    let mut said = service.0.lock().unwrap();
    said.asked = body;
    if said.down {
        return http::StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    if said.token.is_empty() {
        return (http::StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
    }
    Json(json!({ "access_token": "t", "token_type": "Bearer", "expires_in": 60, "id_token": said.token }))
        .into_response()
}
