//! Secrets of the second factor at rest: ChaCha20-Poly1305 under a key that is a file, so a stolen database or dump
//! opens nobody's second factor.

use crate::code::Secret;
use platform::{App, Error, Result, Uuid};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

const KEY: &str = "second-factor";

fn key(app: &App) -> Result<LessSafeKey> {
    let bytes = audit::keys::load(&app.config.data, KEY)?;
    UnboundKey::new(&CHACHA20_POLY1305, &bytes)
        .map(LessSafeKey::new)
        .map_err(|_| Error::internal("second-factor key"))
}

/// A ciphertext that opens only for the same account.
pub(crate) fn seal(app: &App, account: Uuid, secret: &Secret) -> Result<String> {
    let mut nonce = [0u8; NONCE_LEN];
    rand::Rng::fill(&mut rand::rng(), &mut nonce[..]);
    let mut text = secret.to_vec();
    key(app)?
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(account.as_bytes()),
            &mut text,
        )
        .map_err(|_| Error::internal("second-factor secret cannot be sealed"))?;
    Ok(format!("{}{}", hex::encode(nonce), hex::encode(text)))
}

/// # Errors
/// When the key file is another one than the one that sealed it: the account then needs a new second factor.
pub(crate) fn open(app: &App, account: Uuid, sealed: &str) -> Result<Secret> {
    let broken =
        || Error::internal("a second-factor secret does not open with the key file of this installation");
    let bytes = hex::decode(sealed).map_err(|_| broken())?;
    let (nonce, text) = bytes.split_at_checked(NONCE_LEN).ok_or_else(broken)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
    let mut text = text.to_vec();
    let plain =
        key(app)?.open_in_place(nonce, Aad::from(account.as_bytes()), &mut text).map_err(|_| broken())?;
    Secret::try_from(&*plain).map_err(|_| broken())
}

/// How a recovery code is kept: short codes need a key, else all of them could be tried.
pub(crate) fn code_hash(app: &App, account: Uuid, code: &str) -> Result<String> {
    let key = audit::keys::load(&app.config.data, KEY)?;
    let mut hasher = blake3::Hasher::new_keyed(&key);
    hasher.update(account.as_bytes()).update(code.as_bytes());
    Ok(hasher.finalize().to_hex().to_string())
}
