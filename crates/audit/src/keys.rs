//! Secret keys of an installation: files of 32 random bytes in the data folder, readable by its owner only. They are
//! never part of a dump; whoever moves an installation moves the folder `keys` by hand.

use platform::{Error, Result};
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
}
