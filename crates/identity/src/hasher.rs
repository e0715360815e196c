//! Passwords become argon2id hashes here, few at a time: each takes 19 MiB and a good part of a core, so a crowd at
//! the door must not take the whole machine. Beyond the queue the answer is a polite "come back in a moment".

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use platform::{Error, Result};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// At a time: one a core of the smallest machine.
const AT_ONCE: usize = 2;
const QUEUE: usize = 64;
const PATIENCE: Duration = Duration::from_secs(15);

/// Memory in KiB, passes, lanes: the minimum that OWASP's password storage sheet names for argon2id.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// A password as it is stored. Only [`Hasher::hash`] makes one.
#[derive(Debug, Clone)]
pub struct Hashed(String);

impl Hashed {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

pub(crate) struct Hasher {
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
}

impl Default for Hasher {
    fn default() -> Hasher {
        Hasher { places: Arc::new(Semaphore::new(AT_ONCE)), waiting: AtomicUsize::new(0) }
    }
}

fn argon() -> Argon2<'static> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).expect("constants that argon2 accepts");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// What is compared when there is no such account, so that the answer takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| make("nobody has this password").unwrap_or_default());

fn make(password: &str) -> Result<String> {
    Ok(argon().hash_password(password.as_bytes()).map_err(Error::internal)?.to_string())
}

impl Hasher {
    pub async fn hash(&self, password: &str) -> Result<Hashed> {
        let password = password.to_owned();
        self.run(move || make(&password)).await?.map(Hashed)
    }

    /// Compares; without a stored hash it takes the same time and says no.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool> {
        let (password, stored) = (password.to_owned(), stored.map(str::to_owned));
        self.run(move || {
            let hash = PasswordHash::new(stored.as_deref().unwrap_or(&NOBODY)).map_err(Error::internal)?;
            let same = argon().verify_password(password.as_bytes(), &hash).is_ok();
            Ok(same && stored.is_some())
        })
        .await?
    }

    /// Runs one piece of hashing away from the request threads. The place goes with it: a request that was given up
    /// still holds its place until the memory is free.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let place = self.place().await?;
        let task = tokio::task::spawn_blocking(move || {
            let _place = place;
            work()
        });
        task.await.map_err(Error::internal)
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit> {
        let ahead = self.waiting.fetch_add(1, Ordering::Relaxed);
        let _leave = Leave(&self.waiting);
        if ahead >= QUEUE && self.places.available_permits() == 0 {
            return Err(Error::busy(3));
        }
        let place = tokio::time::timeout(PATIENCE, self.places.clone().acquire_owned()).await;
        place.map_err(|_| Error::busy(10))?.map_err(Error::internal)
    }
}

struct Leave<'a>(&'a AtomicUsize);

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// True when a hash was made with another cost than today's: it is made anew at the next sign-in.
pub(crate) fn outdated(stored: &str) -> bool {
    let (memory, passes, lanes) = COST;
    !stored.starts_with(&format!("$argon2id$v=19$m={memory},t={passes},p={lanes}$"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::join_all;
    use platform::Kind;

    #[tokio::test]
    async fn a_password_fits_its_hash_and_no_other() {
        let hasher = Hasher::default();
        let hashed = hasher.hash("lúa chín vàng đồng").await.unwrap();
        assert!(hasher.verify("lúa chín vàng đồng", Some(hashed.as_str())).await.unwrap());
        assert!(!hasher.verify("lúa chín vàng đông", Some(hashed.as_str())).await.unwrap());
        assert!(!hasher.verify("nobody has this password", None).await.unwrap());
        assert!(!outdated(hashed.as_str()));
        assert!(outdated("$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$aGFzaA"));
    }

    #[tokio::test]
    async fn a_crowd_is_told_to_come_back() {
        let hasher = Hasher::default();
        let held = join_all((0..AT_ONCE).map(|_| hasher.place())).await;
        let crowd: Vec<_> = (0..QUEUE).map(|_| Box::pin(hasher.place())).collect();
        let mut crowd = crowd;
        for one in &mut crowd {
            assert!(futures_util::poll!(one.as_mut()).is_pending());
        }
        let refused = hasher.place().await.unwrap_err();
        assert_eq!((refused.kind, refused.retry_after), (Kind::Busy, Some(3)));
        drop(held);
        drop(crowd);
        assert!(hasher.place().await.is_ok());
        assert_eq!(hasher.waiting.load(Ordering::Relaxed), 0);
    }
}
