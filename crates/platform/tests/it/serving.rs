//! The real listener: TLS with the office's own authority, and a stop that cuts nobody off.

use crate::toy;
use platform::config::Tls;
use platform::http::{serve, tls};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn a_request_in_hand_is_answered_before_the_stop() {
    let test = toy::start().await;
    let server = serve(&test.app).await.unwrap();
    let mut early = TcpStream::connect(server.address).await.unwrap();
    early.write_all(&REQUEST[..20]).await.unwrap();
    let mut whole = TcpStream::connect(server.address).await.unwrap();
    whole.write_all(REQUEST).await.unwrap();
    let mut answer = String::new();
    whole.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let address = server.address;
    let stopping = tokio::spawn(server.stop());
    early.write_all(&REQUEST[20..]).await.unwrap();
    answer.clear();
    early.read_to_string(&mut answer).await.unwrap();
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 200"), "{answer}");
    stopping.await.unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens after the stop");
}

#[tokio::test]
async fn phones_that_know_the_office_authority_reach_us_by_tls() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = platform::config::Config::load(folder.path()).unwrap();
    config.tls = Tls::Local;
    config.listen = ([127, 0, 0, 1], 0).into();
    let app = platform::app::Builder {
        config,
        clock: Default::default(),
        areas: vec![platform::area(), toy::area()],
        authenticator: Box::new(toy::ByCookie),
        error_page: |_, error| error.to_string(),
    };
    let app = app.start().await.unwrap();
    let server = serve(&app).await.unwrap();
    let authority = std::fs::read(tls::authority_file(folder.path())).unwrap();
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(&authority).unwrap()).unwrap();
    let client = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let tcp = TcpStream::connect(server.address).await.unwrap();
    let name = "localhost".try_into().unwrap();
    let mut tls = tokio_rustls::TlsConnector::from(Arc::new(client)).connect(name, tcp).await.unwrap();
    tls.write_all(REQUEST).await.unwrap();
    let mut answer = Vec::new();
    tls.read_to_end(&mut answer).await.ok(); // a close without notice is no error of ours
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("strict-transport-security"), "{answer}");
    server.stop().await;
}
