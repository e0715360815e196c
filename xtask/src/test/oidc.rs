//! A real sign-in service (OpenID Connect): oidc-provider, certified, one of the npm packages of the journeys.

use super::server::{Server, free_port};
use crate::front;
use crate::run::{Outcome, command};
use crate::workspace;

pub struct Oidc {
    _server: Server,
    port: u16,
}

impl Oidc {
    pub fn start() -> Outcome<Oidc> {
        front::npm_packages("e2e")?;
        let port = free_port()?;
        let mut server = command("node servers/oidc.mjs");
        server.arg(port.to_string()).current_dir(workspace::root().join("e2e"));
        Ok(Oidc { _server: Server::start("oidc", "listening on", "TERM", None, &server)?, port })
    }

    /// The issuer: `http://127.0.0.1:PORT`
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}
