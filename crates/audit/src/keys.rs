//! Secret keys of an installation: files of 32 random bytes in the data folder, readable by its owner only. They are
//! never part of a dump; whoever moves an installation moves the folder `keys` by hand.

use platform::{Error, Result, Uuid};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use std::collections::HashMap;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex};

type Key = [u8; 32];

static READ: LazyLock<Mutex<HashMap<PathBuf, Key>>> = LazyLock::new(Mutex::default);

/// The key `data/keys/{name}.key`, made the first time it is asked for.
///
/// # Errors
/// A file of another length, or a folder that cannot be written.
pub fn load(data: &Path, name: &str) -> Result<Key> {
    let path = data.join("keys").join(format!("{name}.key"));
    let mut read = READ.lock().expect("no panic while held");
    if let Some(key) = read.get(&path) {
        return Ok(*key);
    }
    let key = match std::fs::read(&path) {
        Ok(bytes) => {
            Key::try_from(bytes).map_err(|_| Error::internal(format!("{} is damaged", path.display())))?
        }
        Err(e) if e.kind() == ErrorKind::NotFound => make(&path)?,
        Err(e) => return Err(e.into()),
    };
    read.insert(path, key);
    Ok(key)
}

fn make(path: &Path) -> Result<Key> {
    if let Some(folder) = path.parent() {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let mut key = Key::default();
    rand::Rng::fill(&mut rand::rng(), &mut key[..]);
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(&key)?;
    file.sync_all()?;
    Ok(key)
}

/// Locks bytes under a key file, for one owner: they open for no other. A stolen database or dump gives them to nobody.
pub fn seal(data: &Path, name: &str, owner: Uuid, plain: &[u8]) -> Result<String> {
    let mut nonce = [0u8; NONCE_LEN];
    rand::Rng::fill(&mut rand::rng(), &mut nonce[..]);
    let mut text = plain.to_vec();
    aead(data, name)?
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(owner.as_bytes()), &mut text)
        .map_err(|_| Error::internal(format!("{name}: cannot be sealed")))?;
    Ok(format!("{}{}", hex::encode(nonce), hex::encode(text)))
}

/// # Errors
/// When the key file is another one than the one that sealed it.
pub fn open(data: &Path, name: &str, owner: Uuid, sealed: &str) -> Result<Vec<u8>> {
    let broken = || Error::internal(format!("{name}: does not open with the key file of this installation"));
    let bytes = hex::decode(sealed).map_err(|_| broken())?;
    let (nonce, text) = bytes.split_at_checked(NONCE_LEN).ok_or_else(broken)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
    let mut text = text.to_vec();
    let key = aead(data, name)?;
    let plain = key.open_in_place(nonce, Aad::from(owner.as_bytes()), &mut text).map_err(|_| broken())?;
    Ok(plain.to_vec())
}

fn aead(data: &Path, name: &str) -> Result<LessSafeKey> {
    let key = UnboundKey::new(&CHACHA20_POLY1305, &load(data, name)?);
    key.map(LessSafeKey::new).map_err(|_| Error::internal(format!("{name}: no key")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_key_is_made_once_and_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let key = load(folder.path(), "test").unwrap();
        assert_eq!(load(folder.path(), "test").unwrap(), key);
        assert_ne!(load(folder.path(), "other").unwrap(), key);
        let file = folder.path().join("keys/test.key");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read(file).unwrap(), key);
    }

    #[test]
    fn what_is_sealed_opens_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let (mine, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = seal(folder.path(), "test", mine, b"secret").unwrap();
        assert_ne!(sealed, seal(folder.path(), "test", mine, b"secret").unwrap());
        assert_eq!(open(folder.path(), "test", mine, &sealed).unwrap(), b"secret");
        assert!(open(folder.path(), "test", other, &sealed).is_err());
        assert!(open(folder.path(), "other", mine, &sealed).is_err());
        assert!(open(folder.path(), "test", mine, "0a").is_err());
    }
}
