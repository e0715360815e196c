//! The queue before the writers: fair, bounded, and honest when it is full.

use crate::{Error, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Longer than this nobody waits with a page open.
const PATIENCE: Duration = Duration::from_secs(15);

pub(super) struct Gate {
    places: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    queue: usize,
}

pub(super) struct Permit {
    _place: OwnedSemaphorePermit,
}

impl Gate {
    /// `writers` at a time, at most `queue` waiting.
    pub(super) fn new(writers: usize, queue: usize) -> Gate {
        Gate { places: Arc::new(Semaphore::new(writers)), waiting: Arc::default(), queue }
    }

    pub(super) async fn enter(&self) -> Result<Permit> {
        let waiting = Waiting::start(&self.waiting);
        if waiting.ahead >= self.queue {
            return Err(Error::busy(2));
        }
        let place = tokio::time::timeout(PATIENCE, self.places.clone().acquire_owned())
            .await
            .map_err(|_| Error::busy(5))?
            .map_err(Error::internal)?;
        Ok(Permit { _place: place })
    }

    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }
}

/// Counts this task among the waiting until it is dropped, also when the request is cancelled.
struct Waiting<'a> {
    count: &'a AtomicUsize,
    ahead: usize,
}

impl<'a> Waiting<'a> {
    fn start(count: &'a AtomicUsize) -> Waiting<'a> {
        Waiting { count, ahead: count.fetch_add(1, Ordering::Relaxed) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.count.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;

    #[tokio::test]
    async fn a_full_queue_is_refused_at_once() {
        let gate = Gate::new(1, 1);
        let first = gate.enter().await.unwrap();
        let second = gate.enter();
        tokio::pin!(second);
        // Polled once, the second now waits; the third finds the queue full.
        assert!(futures_util::poll!(second.as_mut()).is_pending());
        assert_eq!(gate.enter().await.err().unwrap().kind, Kind::Busy);
        drop(first);
        second.await.unwrap();
        assert_eq!(gate.waiting(), 0);
    }
}
