//! Starting the agent.

use crate::{Agent, Module, PORT};
use platform::clock::Clock;
use platform::{Error, Message, Result};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use tokio::net::TcpListener;

/// How it is started.
#[derive(clap::Args, Debug, Clone)]
pub struct Options {
    /// The driver of the token (PKCS#11): a .so, .dll or .dylib file that came with the token
    #[arg(long)]
    pub module: PathBuf,
    /// The address of this computer on which the commune's page finds the agent
    #[arg(long, default_value_t = SocketAddr::from((Ipv4Addr::LOCALHOST, PORT)))]
    pub listen: SocketAddr,
    /// The commune's site, as the browser shows it: https://xa.example.vn (may be given several times)
    #[arg(long, required = true)]
    pub allow: Vec<String>,
}

/// Runs until it is stopped; `ready` hears where it listens.
///
/// # Errors
/// An address that others reach, a site that is none, a driver that cannot be loaded, a port that is taken.
pub async fn run(options: Options, ready: impl FnOnce(SocketAddr)) -> Result<()> {
    crate::load_texts();
    if options.listen.ip() != Ipv4Addr::LOCALHOST {
        return Err(Error::invalid(
            Message::new("agent-not-loopback").with("address", options.listen.to_string()),
        ));
    }
    let allow = options.allow.iter().map(|one| origin(one)).collect::<Result<Vec<String>>>()?;
    let module = Module::load(&options.module).map_err(|fault| {
        let message = Message::new("agent-module-wrong").with("path", options.module.display().to_string());
        Error { detail: Some(fault.to_string()), ..Error::invalid(message) }
    })?;
    let taken = |error: std::io::Error| {
        let message = Message::new("agent-port-taken").with("address", options.listen.to_string());
        Error { detail: Some(error.to_string()), ..Error::invalid(message) }
    };
    let listener = TcpListener::bind(options.listen).await.map_err(taken)?;
    let address = listener.local_addr().map_err(Error::internal)?;
    let agent = Agent::new(Box::new(module), allow, address, Clock::System);
    ready(address);
    axum::serve(listener, agent.router()).await.map_err(Error::internal)
}

/// An origin as browsers write it: scheme, name in small letters, port unless it is the usual one; nothing after it.
fn origin(given: &str) -> Result<String> {
    let wrong = || Error::invalid(Message::new("agent-site-wrong").with("site", given));
    let plain = given.trim().trim_end_matches('/').to_lowercase();
    let uri: http::Uri = plain.parse().map_err(|_| wrong())?;
    let host = uri.host().ok_or_else(wrong)?;
    let near = ["localhost", "127.0.0.1"].contains(&host);
    let scheme = uri.scheme_str().filter(|scheme| *scheme == "https" || (*scheme == "http" && near));
    let (scheme, path) = (scheme.ok_or_else(wrong)?, uri.path());
    if !matches!(path, "" | "/") || uri.query().is_some() || plain.contains('@') {
        return Err(wrong());
    }
    let usual = if scheme == "https" { 443 } else { 80 };
    Ok(match uri.port_u16().filter(|port| *port != usual) {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_written_as_browsers_write_it() {
        let known = |given: &str| origin(given).ok();
        assert_eq!(known("https://Xa.Example.vn/").as_deref(), Some("https://xa.example.vn"));
        assert_eq!(known("https://xa.example.vn:443").as_deref(), Some("https://xa.example.vn"));
        assert_eq!(known("http://127.0.0.1:8080").as_deref(), Some("http://127.0.0.1:8080"));
        for wrong in [
            "*",
            "null",
            "xa.example.vn",
            "http://xa.example.vn",
            "https://xa.example.vn/trang",
            "https://a@b.vn",
            "",
        ] {
            assert_eq!(known(wrong), None, "{wrong}");
        }
    }
}
