use crate::time::{Moment, samples};
use arc_swap::ArcSwap;
use bytes::Bytes;
use futures_core::Stream;
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// How much lies ready for listeners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutletSettings {
    /// What a new listener gets at once, so that a player need not wait to fill its buffer. It is also the delay.
    pub burst: Duration,
    /// What is kept. A listener that falls back further skips to the burst.
    pub kept: Duration,
    /// A listener that has to skip more often than this is let go.
    pub skips: u32,
}

impl Default for OutletSettings {
    fn default() -> OutletSettings {
        OutletSettings { burst: Duration::from_secs(2), kept: Duration::from_secs(20), skips: 10 }
    }
}

/// So many may wait beyond twice the number of listeners.
const CROWD: usize = 64;

/// The stream of one mount in one codec: one ring of chunks, shared by all who listen.
#[derive(Clone)]
pub struct Outlet(Arc<Shared>);

struct Shared {
    ring: Mutex<Ring>,
    settings: OutletSettings,
    listeners: AtomicUsize,
    title: ArcSwap<String>,
}

struct Ring {
    chunks: VecDeque<(Bytes, u32)>,
    /// The number of the first chunk.
    first: u64,
    /// Samples in all chunks.
    length: u64,
    /// What every listener begins with: the first pages of Ogg.
    head: Bytes,
    /// Where the newest chunk ends, if the one who pushes says so.
    until: Option<Moment>,
    wakers: Vec<Waker>,
    closed: bool,
}

impl Outlet {
    /// An empty stream. `head` comes before everything else for each listener.
    pub fn new(settings: OutletSettings, head: Bytes) -> Outlet {
        let (chunks, wakers) = (VecDeque::new(), Vec::new());
        let ring = Mutex::new(Ring { chunks, first: 0, length: 0, head, until: None, wakers, closed: false });
        let title = ArcSwap::from_pointee(String::new());
        Outlet(Arc::new(Shared { ring, settings, listeners: AtomicUsize::new(0), title }))
    }

    /// Adds a chunk that lasts this many samples: whole frames or pages, because listeners begin and skip at chunks.
    pub fn push(&self, chunk: Bytes, samples_of_it: u32) {
        self.push_until(chunk, samples_of_it, None);
    }

    /// The same, and says at which moment of the programme the chunk ends.
    pub(crate) fn push_until(&self, chunk: Bytes, samples_of_it: u32, until: Option<Moment>) {
        let mut ring = self.ring();
        ring.until = until;
        ring.chunks.push_back((chunk, samples_of_it));
        ring.length += u64::from(samples_of_it);
        while ring.length > samples(self.0.settings.kept) && ring.chunks.len() > 1 {
            if let Some((_, gone)) = ring.chunks.pop_front() {
                ring.length -= u64::from(gone);
                ring.first += 1;
            }
        }
        let wakers = std::mem::take(&mut ring.wakers);
        drop(ring);
        wakers.into_iter().for_each(Waker::wake);
    }

    /// No more comes: listeners get what is left and end.
    pub fn close(&self) {
        let mut ring = self.ring();
        ring.closed = true;
        let wakers = std::mem::take(&mut ring.wakers);
        drop(ring);
        wakers.into_iter().for_each(Waker::wake);
    }

    /// A new listener. It costs a position and a reference, whatever it hears.
    pub fn listen(&self) -> Listener {
        self.0.listeners.fetch_add(1, Ordering::Relaxed);
        let ring = self.ring();
        let next = ring.burst(self.0.settings.burst);
        let head = (!ring.head.is_empty()).then(|| ring.head.clone());
        let began = ring.moment(next);
        drop(ring);
        Listener { outlet: self.clone(), head, next, skipped: 0, began }
    }

    /// How many listen now.
    pub fn listeners(&self) -> usize {
        self.0.listeners.load(Ordering::Relaxed)
    }

    /// What players show ([`IcyStream`](super::IcyStream)): the name of what is on air.
    pub fn set_title(&self, title: &str) {
        self.0.title.store(Arc::new(title.to_owned()));
    }

    /// The title as of now.
    pub fn title(&self) -> Arc<String> {
        self.0.title.load_full()
    }

    /// The newest chunk with its number, for whoever listens to the end of the chain.
    pub(crate) fn newest(&self) -> Option<(u64, Bytes)> {
        let ring = self.ring();
        let (chunk, _) = ring.chunks.back()?;
        Some((ring.first + ring.chunks.len() as u64, chunk.clone()))
    }

    fn ring(&self) -> MutexGuard<'_, Ring> {
        self.0.ring.lock().expect("no holder panics")
    }
}

impl Ring {
    /// The chunk with which this much lies before the newest end.
    fn burst(&self, length: Duration) -> u64 {
        let (mut left, mut next) = (samples(length), self.first + self.chunks.len() as u64);
        for (_, length) in self.chunks.iter().rev() {
            let Some(rest) = left.checked_sub(u64::from(*length)) else { break };
            (left, next) = (rest, next - 1);
        }
        next
    }

    /// The moment at which a chunk begins.
    fn moment(&self, chunk: u64) -> Option<Moment> {
        let skipped = usize::try_from(chunk - self.first).ok()?;
        let ahead: u64 = self.chunks.iter().skip(skipped).map(|(_, length)| u64::from(*length)).sum();
        self.until.map(|until| Moment::of_sample(until.sample() - ahead as i64))
    }
}

/// One listener: a stream of chunks that ends when the outlet is closed or when the listener is too slow.
pub struct Listener {
    outlet: Outlet,
    head: Option<Bytes>,
    next: u64,
    skipped: u32,
    began: Option<Moment>,
}

impl Listener {
    /// The moment of the programme at which its first sample lies: whoever counts from there plays in time with all others. Only for MP3 of a station.
    pub fn began(&self) -> Option<Moment> {
        self.began
    }

    /// How often it was too slow and skipped.
    pub fn skipped(&self) -> u32 {
        self.skipped
    }

    pub(crate) fn outlet(&self) -> &Outlet {
        &self.outlet
    }
}

impl Stream for Listener {
    type Item = Bytes;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        if let Some(head) = self.head.take() {
            return Poll::Ready(Some(head));
        }
        let outlet = self.outlet.clone();
        let mut ring = outlet.ring();
        if self.next < ring.first {
            self.skipped += 1;
            self.next = ring.burst(outlet.0.settings.burst);
            if self.skipped > outlet.0.settings.skips {
                return Poll::Ready(None);
            }
        }
        let place = usize::try_from(self.next - ring.first).unwrap_or(usize::MAX);
        if let Some((chunk, _)) = ring.chunks.get(place) {
            self.next += 1;
            return Poll::Ready(Some(chunk.clone()));
        }
        if ring.closed {
            return Poll::Ready(None);
        }
        // Those who left still stand in the list until the next chunk. If none comes, they must not pile up: whoever is woken for nothing comes again.
        let crowd = 2 * outlet.listeners() + CROWD;
        let gone = if ring.wakers.len() > crowd { std::mem::take(&mut ring.wakers) } else { Vec::new() };
        ring.wakers.push(context.waker().clone());
        drop(ring);
        gone.into_iter().for_each(Waker::wake);
        Poll::Pending
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.outlet.0.listeners.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::{FutureExt, StreamExt};

    fn outlet(head: &'static [u8]) -> Outlet {
        let settings =
            OutletSettings { burst: Duration::from_secs(1), kept: Duration::from_secs(4), skips: 2 };
        Outlet::new(settings, Bytes::from_static(head))
    }

    fn push(outlet: &Outlet, numbers: std::ops::Range<u8>) {
        numbers.for_each(|number| outlet.push(Bytes::from(vec![number]), 24_000));
    }

    fn heard(listener: &mut Listener) -> Vec<u8> {
        let mut all = Vec::new();
        while let Some(Some(chunk)) = listener.next().now_or_never() {
            all.extend_from_slice(&chunk);
        }
        all
    }

    #[test]
    fn a_listener_gets_the_head_a_burst_and_what_follows() {
        let outlet = outlet(b"H");
        push(&outlet, 0..10);
        let mut listener = outlet.listen();
        assert_eq!(heard(&mut listener), [b'H', 8, 9]);
        push(&outlet, 10..12);
        assert_eq!(heard(&mut listener), [10, 11]);
        outlet.close();
        assert_eq!(listener.next().now_or_never(), Some(None));
    }

    #[test]
    fn a_slow_listener_skips_is_let_go_at_last_and_the_others_hear_all() {
        let outlet = outlet(b"");
        let (mut slow, mut quick) = (outlet.listen(), outlet.listen());
        assert_eq!(outlet.listeners(), 2);
        for round in 0..3u8 {
            push(&outlet, round * 20..round * 20 + 8);
            assert_eq!(heard(&mut quick).len(), 8);
            push(&outlet, round * 20 + 8..round * 20 + 16);
            assert_eq!(heard(&mut quick).len(), 8);
            let late = heard(&mut slow);
            assert_eq!(late, if round < 2 { vec![round * 20 + 14, round * 20 + 15] } else { vec![] });
        }
        assert_eq!((slow.skipped(), quick.skipped()), (3, 0));
        drop(slow);
        assert_eq!(outlet.listeners(), 1);
    }

    #[test]
    fn what_waits_is_woken_by_the_next_chunk() {
        let outlet = outlet(b"");
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let mut listener = outlet.listen();
        let other = outlet.clone();
        let got = runtime.block_on(async {
            let waits = tokio::spawn(async move { listener.next().await });
            tokio::task::yield_now().await;
            push(&other, 7..8);
            waits.await.unwrap()
        });
        assert_eq!(got, Some(Bytes::from_static(&[7])));
    }

    #[test]
    fn those_who_come_and_go_leave_nothing_behind_though_nothing_is_sent() {
        let outlet = outlet(b"");
        let mut stays = outlet.listen();
        for _ in 0..86_400 {
            assert_eq!(outlet.listen().next().now_or_never(), None);
            assert_eq!(stays.next().now_or_never(), None);
        }
        assert!(outlet.ring().wakers.len() <= CROWD + 4, "{}", outlet.ring().wakers.len());
        assert_eq!(outlet.listeners(), 1);
    }

    #[test]
    fn a_listener_is_small() {
        assert!(size_of::<Listener>() <= 80);
    }

    #[test]
    fn a_listener_knows_the_moment_of_its_first_sample() {
        let (outlet, noon) = (outlet(b""), Moment::from_seconds(1_800_000_000));
        assert_eq!(outlet.listen().began(), None);
        for half in 1..=6u64 {
            let until = noon.plus(Duration::from_millis(500 * half));
            outlet.push_until(Bytes::from_static(b"x"), 24_000, Some(until));
        }
        assert_eq!(outlet.listen().began(), Some(noon.plus(Duration::from_secs(2))), "a burst of a second");
    }
}
