//! A certificate from a real authority: Pebble, the test server of Let's Encrypt, with a name server beside it that says
//! that every name is this machine.

use crate::toy;
use platform::config::{Acme, Config, Tls};
use platform::http::{acme, serve, tls};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use serde_json::json;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

const NAME: &str = "giaphu.example";

/// A port that nobody uses, below those that the system gives away by itself to whoever asks meanwhile.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let mut ports = std::iter::repeat_with(|| {
        let start = std::process::id() as u16 % 1_000 * 20;
        10_000 + (start + NEXT.fetch_add(1, Ordering::Relaxed)) % 20_000
    });
    ports.find(|port| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok()).unwrap()
}

/// Starts a program and waits for a line that shows that it is ready.
async fn program(name: &str, arguments: &[&str], ready: &str) -> Child {
    let mut command = Command::new(name);
    command.args(arguments).env("PEBBLE_VA_NOSLEEP", "1").stdout(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn().unwrap_or_else(|e| panic!("{name}: {e}; `cargo xtask test` installs it"));
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    loop {
        let line = lines.next_line().await.unwrap().unwrap_or_else(|| panic!("{name} ended at its start"));
        if line.contains(ready) {
            break;
        }
    }
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    child
}

struct Authority {
    _programs: [Child; 2],
    api: u16,
    management: u16,
    /// Where it asks whether we answer for a name.
    asks: u16,
}

/// The authority, whose own page is vouched for by `folder/authority.pem`.
async fn authority(folder: &Path) -> Authority {
    tls::make_local(folder, &["localhost".to_owned()]).unwrap();
    let (api, management, asks, names, control) =
        (free_port(), free_port(), free_port(), free_port(), free_port());
    let local = |port: u16| format!("127.0.0.1:{port}");
    let config = json!({ "pebble": {
        "listenAddress": local(api), "managementListenAddress": local(management),
        "certificate": folder.join("server.pem"), "privateKey": folder.join("server.key"),
        "httpPort": asks, "tlsPort": free_port(), "ocspResponderURL": "",
        "externalAccountBindingRequired": false } });
    let file = folder.join("pebble.json");
    std::fs::write(&file, config.to_string()).unwrap();
    let names = local(names);
    let off = ["-defaultIPv6", "", "-http01", "", "-https01", "", "-tlsalpn01", ""];
    let mut server = vec!["-dns01", &names, "-management"];
    let control = local(control);
    server.push(&control);
    server.extend(off);
    let server = program("pebble-challtestsrv", &server, "Starting management server").await;
    let file = file.to_str().unwrap();
    let pebble = ["-config", file, "-dnsserver", &names];
    let pebble = program("pebble", &pebble, "ACME directory available").await;
    Authority { _programs: [server, pebble], api, management, asks }
}

fn client(root: &[u8]) -> tokio_rustls::TlsConnector {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(root).unwrap()).unwrap();
    let config = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    Arc::new(config).into()
}

/// What stands at an address, by TLS; an error when the certificate is not vouched for.
async fn fetch(
    tls: &tokio_rustls::TlsConnector,
    name: &str,
    to: SocketAddr,
    path: &str,
) -> std::io::Result<String> {
    let tcp = TcpStream::connect(to).await?;
    let mut stream = tls.connect(name.to_owned().try_into().unwrap(), tcp).await?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok();
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// An app that asks the authority at port `api`, vouched for by `root`, and is asked at port `asks`.
async fn app(data: &Path, api: u16, root: &Path, asks: u16) -> platform::App {
    let mut config = Config::load(data).unwrap();
    config.listen = ([127, 0, 0, 1], 0).into();
    config.tls = Tls::Acme(Acme {
        domains: vec![NAME.to_owned()],
        contact: "mailto:vanphong@giaphu.example".to_owned(),
        http: ([127, 0, 0, 1], asks).into(),
        directory: Some(format!("https://localhost:{api}/dir")),
        root: Some(root.to_owned()),
    });
    let builder = platform::app::Builder {
        config,
        clock: Default::default(),
        areas: vec![platform::area(), toy::area()],
        authenticator: Box::new(toy::ByCookie),
        error_page: |_, error| error.to_string(),
    };
    builder.start().await.unwrap()
}

/// Asks until the answer comes under a certificate that `issuer` vouches for.
async fn until_certified(issuer: &tokio_rustls::TlsConnector, to: SocketAddr) -> String {
    let wait = async {
        loop {
            if let Ok(answer) = fetch(issuer, NAME, to, "/").await {
                return answer;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), wait).await.expect("a certificate within a minute")
}

#[tokio::test]
async fn a_certificate_comes_from_the_authority_and_is_kept() {
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let authority = authority(folder.path()).await;
    let root = folder.path().join("authority.pem");
    let first = app(data.path(), authority.api, &root, authority.asks).await;
    let server = serve(&first).await.unwrap();
    // The authority's root is made anew at each start and stands on its management page.
    let management: SocketAddr = ([127, 0, 0, 1], authority.management).into();
    let page =
        fetch(&client(&std::fs::read(&root).unwrap()), "localhost", management, "/roots/0").await.unwrap();
    let issuer = client(&page.as_bytes()[page.find("-----BEGIN").unwrap()..]);
    let answer = until_certified(&issuer, server.address).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");

    let mut plain = TcpStream::connect(("127.0.0.1", authority.asks)).await.unwrap();
    plain
        .write_all(b"GET /tim?q=x HTTP/1.1\r\nHost: giaphu.example\r\nConnection: close\r\n\r\n")
        .await
        .unwrap();
    let mut answer = String::new();
    plain.read_to_string(&mut answer).await.unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 308") && answer.contains("location: https://giaphu.example/tim?q=x"),
        "{answer}"
    );
    server.stop().await;

    // After a new start the kept certificate serves at once, and nothing is asked of the authority.
    let kept = data.path().join("tls/acme/server.pem");
    let before = std::fs::read(&kept).unwrap();
    let second = app(data.path(), authority.api, &root, authority.asks).await;
    let server = serve(&second).await.unwrap();
    assert!(fetch(&issuer, NAME, server.address, "/").await.unwrap().starts_with("HTTP/1.1 200"));
    server.stop().await;
    assert_eq!(std::fs::read(&kept).unwrap(), before);
    let (from, to) = acme::validity(&kept).unwrap();
    assert!(to > from);
}

#[tokio::test]
async fn without_the_authority_the_server_stands_with_its_own_certificate() {
    let data = tempfile::tempdir().unwrap();
    let nobody = tempfile::tempdir().unwrap();
    tls::make_local(nobody.path(), &["localhost".to_owned()]).unwrap();
    let app = app(data.path(), free_port(), &nobody.path().join("authority.pem"), 0).await;
    let server = serve(&app).await.unwrap();
    let own = client(&std::fs::read(data.path().join("tls/acme/authority.pem")).unwrap());
    assert!(fetch(&own, NAME, server.address, "/").await.unwrap().starts_with("HTTP/1.1 200"));
    server.stop().await;
}
