//! A connection to another station, plain or by TLS.

use hyper::Uri;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

pub(crate) trait Pipe: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Pipe for T {}

const PATIENCE: Duration = Duration::from_secs(5);

/// Connects to the host of an address (`http` or `https`).
pub(crate) async fn dial(uri: &Uri) -> io::Result<Box<dyn Pipe>> {
    let wrong = |text: &str| io::Error::new(io::ErrorKind::InvalidInput, text);
    let host = uri.host().ok_or_else(|| wrong("the address names no host"))?.trim_matches(['[', ']']);
    let secure = uri.scheme_str() == Some("https");
    let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
    let connect = tokio::time::timeout(PATIENCE, TcpStream::connect((host, port)));
    let plain = connect.await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
    plain.set_nodelay(true)?;
    if !secure {
        return Ok(Box::new(plain));
    }
    let name = rustls::pki_types::ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
    let connector = tokio_rustls::TlsConnector::from(trusting()?);
    let shake = tokio::time::timeout(PATIENCE, connector.connect(name, plain));
    Ok(Box::new(shake.await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??))
}

/// Trusts whom the machine trusts.
fn trusting() -> io::Result<Arc<rustls::ClientConfig>> {
    static CONFIG: OnceLock<Arc<rustls::ClientConfig>> = OnceLock::new();
    if let Some(config) = CONFIG.get() {
        return Ok(config.clone());
    }
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(CONFIG.get_or_init(|| Arc::new(config)).clone())
}

/// Shoutcast servers answer `ICY 200 OK` where HTTP says `HTTP/1.0 200 OK`.
pub(crate) struct IcyAnswer<P> {
    inner: P,
    begin: Begin,
}

enum Begin {
    /// What has been read of the first four bytes.
    Reading(Vec<u8>),
    /// What the reader has yet to get of the beginning.
    Giving(Vec<u8>),
}

impl<P> IcyAnswer<P> {
    pub fn new(inner: P) -> IcyAnswer<P> {
        IcyAnswer { inner, begin: Begin::Reading(Vec::new()) }
    }
}

impl<P: AsyncRead + Unpin> AsyncRead for IcyAnswer<P> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        out: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if let Begin::Reading(begin) = &mut this.begin {
            while begin.len() < 4 {
                let mut four = [0; 4];
                let mut some = ReadBuf::new(&mut four[begin.len()..]);
                std::task::ready!(Pin::new(&mut this.inner).poll_read(context, &mut some))?;
                if some.filled().is_empty() {
                    break;
                }
                begin.extend_from_slice(some.filled());
            }
            let fixed = if begin == b"ICY " { b"HTTP/1.0 ".to_vec() } else { std::mem::take(begin) };
            this.begin = Begin::Giving(fixed);
        }
        match &mut this.begin {
            Begin::Giving(left) if !left.is_empty() => {
                let count = left.len().min(out.remaining());
                out.put_slice(&left[..count]);
                left.drain(..count);
                Poll::Ready(Ok(()))
            }
            _ => Pin::new(&mut this.inner).poll_read(context, out),
        }
    }
}

impl<P: AsyncWrite + Unpin> AsyncWrite for IcyAnswer<P> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().inner).poll_write(context, bytes)
    }
    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_flush(context)
    }
    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_shutdown(context)
    }
}
