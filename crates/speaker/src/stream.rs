//! The station's stream: opened, decoded, put on the tape, and opened again.

use crate::board::Board;
use crate::clock;
use crate::net::{Answer, Backoff, NetFault, STALLED, Site};
use crate::tape::SharedTape;
use crate::timing::{Timing, milliseconds, sample_at};
use bytes::Bytes;
use onair::audio::Reader;
use speakerlink::{DELAY, STREAM_BEGAN, path};
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;

/// Pieces of the network that wait for the decoder.
const WAITING: usize = 64;
/// A stream that lasted so long was a good one: the next wait is short again.
const LASTED: Duration = Duration::from_secs(20);
/// After an answer that somebody at the station must change.
const ASK_AGAIN: Duration = Duration::from_secs(60);
/// A stream that is so much later than it may be, or from the future, is not in time: it begins anew.
const ASTRAY: i64 = milliseconds(2_000);

/// Nothing was decoded yet.
const UNKNOWN: i64 = i64::MIN;

/// What the stream needs.
pub struct Stream {
    pub site: Arc<Site>,
    pub device: String,
    pub timing: Arc<Timing>,
    pub board: Arc<Board>,
    pub tape: SharedTape,
}

#[derive(Debug, thiserror::Error)]
enum StreamFault {
    #[error(transparent)]
    Net(#[from] NetFault),
    #[error("the stream has ended")]
    Ended,
    #[error("the stream does not say when it began")]
    Timeless,
    #[error("what comes cannot be decoded")]
    Undecodable,
    #[error("the stream is {0} ms from its time")]
    Astray(i64),
}

impl Stream {
    /// Keeps the stream open as long as it is wanted. Ends when its task is dropped.
    pub async fn keep(self) {
        let mut backoff = Backoff::new();
        loop {
            self.until_wanted(true).await;
            let began = tokio::time::Instant::now();
            let fault = tokio::select! {
                fault = self.once() => fault,
                () = self.until_wanted(false) => {
                    tracing::info!("the stream is closed: the loudspeaker is off");
                    continue;
                }
            };
            tracing::warn!(%fault, "the stream is cut");
            if began.elapsed() > LASTED {
                backoff.reset();
            }
            let lasts = matches!(&fault, StreamFault::Net(fault) if fault.lasts());
            let pause = if lasts { ASK_AGAIN } else { backoff.next() };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.until_wanted(false) => {}
            }
        }
    }

    /// Waits until the stream is wanted, or until it is not. An alarm ends by the clock, so the clock is looked at too.
    async fn until_wanted(&self, wanted: bool) {
        let delay = i64::try_from(DELAY.as_micros()).unwrap_or(0);
        while self.board.wish().stream(self.timing.now() - delay) != wanted {
            let look = tokio::time::sleep(Duration::from_secs(1));
            tokio::select! {
                () = self.board.wished.notified() => {}
                () = look => {}
            }
        }
    }

    async fn once(&self) -> StreamFault {
        match self.open().await {
            Ok(fault) | Err(fault) => fault,
        }
    }

    async fn open(&self) -> Result<StreamFault, StreamFault> {
        // Sound can be put in its time only by the station's clock.
        if self.timing.difference().is_none() {
            clock::measure(&self.site, &self.device, &self.timing).await?;
        }
        let mut answer = self.site.open(&path::stream(&self.device)).await?;
        let began = answer.headers.get(STREAM_BEGAN).and_then(|value| value.to_str().ok()?.parse().ok());
        let began = sample_at(began.ok_or(StreamFault::Timeless)?);
        tracing::info!("the stream is open");
        let (send, receive) = mpsc::channel(WAITING);
        let reached = Arc::new(AtomicI64::new(UNKNOWN));
        let decoder = Decoder { now: Bytes::new(), bytes: receive };
        let (far, tape) = (reached.clone(), self.tape.clone());
        std::thread::Builder::new()
            .name("speaker-stream".into())
            .spawn(move || decoder.run(began, &far, &tape))
            .map_err(|fault| NetFault::Line(fault.to_string()))?;
        self.pass(&mut answer, &send, &reached).await
    }

    /// Passes the bytes on to the decoder as long as they come in time.
    async fn pass(
        &self,
        answer: &mut Answer,
        send: &mpsc::Sender<Bytes>,
        reached: &AtomicI64,
    ) -> Result<StreamFault, StreamFault> {
        while let Some(piece) = answer.next(STALLED).await? {
            let sent = tokio::time::timeout(STALLED, send.send(piece)).await;
            sent.map_err(|_| StreamFault::Undecodable)?.map_err(|_| StreamFault::Undecodable)?;
            let (now, end) = (self.timing.sample(), reached.load(Ordering::Relaxed));
            if end == UNKNOWN {
                continue;
            }
            let late = now - end - sample_at(i64::try_from(DELAY.as_micros()).unwrap_or(0));
            if late > ASTRAY || end - now > ASTRAY {
                // Perhaps it is our clock that is wrong. What was put in a wrong place would keep out what belongs there.
                self.tape.tape().clear();
                self.board.astray.notify_one();
                return Ok(StreamFault::Astray((now - end) / 48));
            }
        }
        Ok(StreamFault::Ended)
    }
}

/// The pieces as something to read from, on a thread of its own. It ends when no more are sent.
struct Decoder {
    bytes: mpsc::Receiver<Bytes>,
    now: Bytes,
}

impl Decoder {
    fn run(self, began: i64, reached: &AtomicI64, tape: &SharedTape) {
        let mut reader = match Reader::of_stream(self, "mp3") {
            Ok(reader) => reader,
            Err(fault) => return tracing::warn!(%fault, "the stream cannot be decoded"),
        };
        let (mut at, mut sound) = (began, Vec::new());
        while let Ok(true) = reader.read(&mut sound) {
            tape.tape().push(at, &sound);
            at += sound.len() as i64;
            reached.store(at, Ordering::Relaxed);
            sound.clear();
        }
    }
}

impl Read for Decoder {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        while self.now.is_empty() {
            let Some(next) = self.bytes.blocking_recv() else { return Ok(0) };
            self.now = next;
        }
        let count = self.now.len().min(out.len());
        out[..count].copy_from_slice(&self.now.split_to(count));
        Ok(count)
    }
}
