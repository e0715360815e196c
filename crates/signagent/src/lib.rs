//! The signing agent: it runs on the official's own computer, where the USB token is, and listens on the loopback address
//! only. A page of the commune hands it a PDF ([`api`]); the agent shows in a window of its own ([`window`]) what it is
//! asked to sign, and signs when the official types the PIN there ([`token`], [`pkcs11`]). The page gets the signed file
//! back, and nothing else: no certificate before, no PIN ever.
//!
//! Who may ask is settled in [`door`]; why it is so, in `docs/signing.md`.

mod api;
mod door;
mod pkcs11;
mod requests;
mod run;
mod token;
mod window;

pub use pkcs11::Module;
pub use requests::{LIFE, WAITING_MAX};
pub use run::{Options, run};
pub use token::{Job, Offered, PinState, TokenFault, Tokens};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use platform::clock::Clock;
use platform::{Area, Lang, i18n};
use requests::Requests;
use std::net::SocketAddr;
use std::sync::Arc;

/// Where the page looks for the agent, unless the official says otherwise on both sides.
pub const PORT: u16 = 17_817;
/// A PDF and what is drawn into it.
const BODY_MAX: usize = 27 << 20;

const VI: &str = include_str!("../locales/vi.ftl");
const EN: &str = include_str!("../locales/en.ftl");

/// Its texts, for the binary's list.
pub fn area() -> Area {
    Area::new("signagent").locales(VI, EN)
}

/// The same, where there is no list.
pub fn load_texts() {
    i18n::load("signagent", Lang::Vi, VI);
    i18n::load("signagent", Lang::En, EN);
}

/// What the agent knows while it runs.
#[derive(Clone)]
pub struct Agent(Arc<Inner>);

struct Inner {
    tokens: Box<dyn Tokens>,
    /// Origins of the commune's pages.
    allow: Vec<String>,
    address: SocketAddr,
    clock: Clock,
    requests: Requests,
}

impl Agent {
    /// `address` is the one that it listens on.
    pub fn new(tokens: Box<dyn Tokens>, allow: Vec<String>, address: SocketAddr, clock: Clock) -> Agent {
        Agent(Arc::new(Inner { tokens, allow, address, clock, requests: Requests::default() }))
    }

    /// All that it answers.
    pub fn router(self) -> Router {
        Router::new()
            .route("/api/hello", get(api::hello))
            .route("/api/requests", post(api::ask))
            .route("/api/requests/{id}", get(api::state).delete(api::give_up))
            .route("/api/requests/{id}/file", get(api::file))
            .route("/", get(window::home))
            .route("/look.css", get(window::style))
            .route("/ky/{secret}", get(window::show).post(window::sign))
            .route("/ky/{secret}/van-ban", get(window::file))
            .route("/ky/{secret}/huy", post(window::cancel))
            .layer(DefaultBodyLimit::max(BODY_MAX))
            .layer(from_fn_with_state(self.clone(), door::guard))
            .with_state(self)
    }
}
