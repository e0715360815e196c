//! Certificates: from a public authority ([`acme`]), files that somebody else renews, or the office's own authority,
//! because phones give camera and background work only to HTTPS pages, also on the office network.

use super::acme;
use crate::config::{Config, Tls};
use crate::{Error, Result};
use axum_server::tls_rustls::RustlsConfig;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use std::path::{Path, PathBuf};

/// The settings of the listener, `None` for plain HTTP.
pub(super) async fn load(config: &Config) -> Result<Option<RustlsConfig>> {
    let (certificate, key) = match &config.tls {
        Tls::Off => return Ok(None),
        Tls::Files { certificate, key } => (certificate.clone(), key.clone()),
        Tls::Acme(acme) => acme::first_files(&config.data, acme)?,
        Tls::Local => local_files(&config.data.join("tls"), config)?,
    };
    rustls::crypto::ring::default_provider().install_default().ok(); // a second start in one process is no error
    let tls = RustlsConfig::from_pem_file(&certificate, &key)
        .await
        .map_err(|e| Error::internal(format!("{} or {}: {e}", certificate.display(), key.display())))?;
    Ok(Some(tls))
}

/// The authority's certificate: phones of the office install it once.
pub fn authority_file(data: &Path) -> PathBuf {
    data.join("tls/authority.pem")
}

fn local_files(folder: &Path, config: &Config) -> Result<(PathBuf, PathBuf)> {
    let (certificate, key) = (folder.join("server.pem"), folder.join("server.key"));
    if !certificate.exists() || !key.exists() {
        make_local(folder, &names(config))?;
    }
    Ok((certificate, key))
}

fn names(config: &Config) -> Vec<String> {
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), config.listen.ip().to_string()];
    let host = config.public_url.as_deref().and_then(|url| url.split("://").nth(1)?.split(['/', ':']).next());
    names.extend(host.map(str::to_owned));
    names.sort();
    names.dedup();
    names
}

/// Makes the authority (ten years) and the server's certificate.
pub fn make_local(folder: &Path, names: &[String]) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let authority_key = KeyPair::generate().map_err(Error::internal)?;
    let mut authority = CertificateParams::default();
    authority.distinguished_name.push(DnType::CommonName, "Sân Đình – cơ quan chứng thực nội bộ");
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority_pem = authority.self_signed(&authority_key).map_err(Error::internal)?.pem();
    let issuer = Issuer::new(authority, authority_key);
    let key = KeyPair::generate().map_err(Error::internal)?;
    let mut server = CertificateParams::new(names.to_vec()).map_err(Error::internal)?;
    server.distinguished_name.push(DnType::CommonName, "Sân Đình");
    let server_pem = server.signed_by(&key, &issuer).map_err(Error::internal)?.pem();
    std::fs::write(folder.join("authority.pem"), &authority_pem)?;
    std::fs::write(folder.join("server.pem"), server_pem + &authority_pem)?;
    write_secret(&folder.join("server.key"), &key.serialize_pem())
}

/// Only the service's own user may read a key.
pub(super) fn write_secret(path: &Path, text: &str) -> Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    Ok(file.write_all(text.as_bytes())?)
}
