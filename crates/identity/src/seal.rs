//! Secrets of the second factor at rest: locked under a key that is a file, so a stolen database or dump opens nobody's
//! second factor.

use crate::code::Secret;
use platform::{App, Error, Result, Uuid};

const KEY: &str = "second-factor";

/// A ciphertext that opens only for the same account.
pub(crate) fn seal(app: &App, account: Uuid, secret: &Secret) -> Result<String> {
    audit::keys::seal(&app.config.data, KEY, account, secret)
}

/// # Errors
/// When the key file is another one than the one that sealed it: the account then needs a new second factor.
pub(crate) fn open(app: &App, account: Uuid, sealed: &str) -> Result<Secret> {
    let plain = audit::keys::open(&app.config.data, KEY, account, sealed)?;
    Secret::try_from(plain.as_slice())
        .map_err(|_| Error::internal("a second-factor secret of another length"))
}

/// How a recovery code is kept: short codes need a key, else all of them could be tried.
pub(crate) fn code_hash(app: &App, account: Uuid, code: &str) -> Result<String> {
    let key = audit::keys::load(&app.config.data, KEY)?;
    let mut hasher = blake3::Hasher::new_keyed(&key);
    hasher.update(account.as_bytes()).update(code.as_bytes());
    Ok(hasher.finalize().to_hex().to_string())
}
