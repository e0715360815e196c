//! The commune's own key for its warnings, and the certificate that goes with it: made once, kept in the data folder.

use cap::PrivateKey;
use platform::{Ctx, Error, Result};
use rcgen::{CertificateParams, DnType, KeyPair};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// The year in which the certificate ends: other systems trust it by itself, so it must last.
const UNTIL: i32 = 2060;

fn place(ctx: &Ctx, ending: &str) -> PathBuf {
    ctx.app.config.data.join("keys").join(format!("cap-{}.{ending}", ctx.commune.simple()))
}

/// The key, and its certificate in DER.
pub(super) fn key(ctx: &Ctx) -> Result<(PrivateKey, Vec<u8>)> {
    let (secret, open) = (place(ctx, "key"), place(ctx, "der"));
    if !open.exists() {
        make(ctx, &secret, &open)?;
    }
    let certificate = std::fs::read(&open)?;
    let secret = std::fs::read(&secret)?;
    let key = PrivateKey::from_pkcs8(&secret, vec![certificate.clone()]).map_err(Error::internal)?;
    Ok((key, certificate))
}

fn make(ctx: &Ctx, secret: &Path, open: &Path) -> Result<()> {
    // The folder is made with its rights by the first key of the other sort.
    audit::keys::load(&ctx.app.config.data, "cap")?;
    let key = KeyPair::generate().map_err(Error::internal)?;
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, super::write::sender(ctx)?.as_str());
    params.not_before = rcgen::date_time_ymd(2025, 7, 1);
    params.not_after = rcgen::date_time_ymd(UNTIL, 1, 1);
    let certificate = params.self_signed(&key).map_err(Error::internal)?;
    let mut file =
        std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(secret)?;
    file.write_all(&key.serialize_der())?;
    file.sync_all()?;
    Ok(std::fs::write(open, certificate.der())?)
}
