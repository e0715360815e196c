//! The address that passkeys of this site belong to, or why there can be none.

use crate::authenticator::communes;
use http::{Uri, header};
use platform::{Ctx, Error, Message, Result};
use webauthn_rs::prelude::Url;
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// Why no passkey works at the address of this page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Why {
    /// The site is reached by numbers.
    Numbers,
    /// Not by HTTPS.
    Plain,
    /// The site's own address is another one.
    Elsewhere(String),
}

impl Why {
    pub fn message(&self) -> Message {
        match self {
            Why::Numbers => Message::new("passkey-why-numbers"),
            Why::Plain => Message::new("passkey-why-plain"),
            Why::Elsewhere(url) => Message::new("passkey-why-elsewhere").with("url", url.clone()),
        }
    }
}

/// The origin that keys are bound to: the configured address; the commune's own host where it has one; on the machine
/// itself `localhost`, since a key belongs to a name and never to numbers. The name a browser sends decides nothing.
async fn origin(ctx: &Ctx) -> Result<Result<String, Why>> {
    let base = ctx.app.config.base_url();
    let uri: Uri = base.parse().map_err(|_| Error::internal("the public address is no address"))?;
    let (scheme, port) = (uri.scheme_str().unwrap_or("http"), uri.port_u16());
    let with_port = |host: &str| {
        let port = port.map_or_else(String::new, |port| format!(":{port}"));
        format!("{scheme}://{host}{port}")
    };
    let asked = asked(ctx);
    let own = communes(&ctx.app).await?.by_host.get(&asked) == Some(&ctx.commune);
    let base_host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_ascii_lowercase();
    let host = match base_host.parse::<std::net::IpAddr>() {
        _ if own => asked.clone(),
        Ok(ip) if ip.is_loopback() => "localhost".to_owned(),
        Ok(_) => return Ok(Err(Why::Numbers)),
        Err(_) => base_host,
    };
    if scheme != "https" && host != "localhost" {
        return Ok(Err(Why::Plain));
    }
    let origin = with_port(&host);
    Ok(if asked == host { Ok(origin) } else { Err(Why::Elsewhere(origin)) })
}

fn asked(ctx: &Ctx) -> String {
    let host = ctx.headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    host.rsplit_once(':').map_or(host, |(name, _)| name).to_ascii_lowercase()
}

/// Why this page can offer no passkey; `None` when it can.
pub(crate) async fn why_not(ctx: &Ctx) -> Result<Option<Why>> {
    Ok(origin(ctx).await?.err())
}

/// The judge of everything that devices send, for this address.
pub(crate) async fn judge(ctx: &Ctx, name: &str) -> Result<Webauthn> {
    let origin = origin(ctx).await?.map_err(|why| Error::invalid(why.message()))?;
    let url = Url::parse(&origin).map_err(Error::internal)?;
    let host = url.domain().ok_or_else(|| Error::internal("an origin without a name"))?.to_owned();
    let builder = WebauthnBuilder::new(&host, &url).map_err(Error::internal)?;
    builder.rp_name(name).build().map_err(Error::internal)
}
