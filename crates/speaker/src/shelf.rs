//! What is kept for a cut line, as sound: judged, decoded from where the clock says, a little ahead of its moment.

use crate::board::Board;
use crate::store::{Faulty, Store};
use crate::tape::Tape;
use crate::timing::{micros_at, milliseconds, sample_at};
use onair::Moment;
use onair::audio::Reader;
use onair::clip::ClipFault;
use speakerlink::Clip;
use std::ops::Range;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};

/// Decoded so far ahead,
const AHEAD: i64 = milliseconds(3_000);
/// and some pieces more, of some 1,000 samples each.
const PIECES: usize = 16;

/// The clips, and those that are playing or about to.
pub struct Shelf {
    store: Arc<Store>,
    board: Arc<Board>,
    key: [u8; 32],
    open: Vec<Open>,
    /// What is over or was refused while its time goes on: it does not begin again.
    spent: Vec<Clip>,
    /// What was fetched since may be what was missing.
    seen: u64,
}

struct Open {
    clip: Clip,
    /// Samples of the programme.
    from: i64,
    to: i64,
    pieces: Receiver<Vec<f32>>,
    tape: Tape,
    /// Where the next piece belongs.
    next: i64,
    over: bool,
}

impl Shelf {
    pub fn new(store: Arc<Store>, board: Arc<Board>, key: [u8; 32]) -> Shelf {
        Shelf { store, board, key, open: Vec::new(), spent: Vec::new(), seen: 0 }
    }

    /// Sees to it that what is kept for a sample is opened, while others play on up to that one. `now` is the sample that is played now.
    pub fn prepare(&mut self, now: i64, at: i64) {
        let over = self.open.extract_if(.., |open| !open.serves(now));
        self.spent.extend(over.map(|open| open.clip));
        self.spent.retain(|clip| sample_at(clip.to) > now);
        let fetched = self.store.fetched();
        if std::mem::replace(&mut self.seen, fetched) != fetched {
            self.spent.clear();
        }
        if self.open.iter().any(|open| open.from <= at && at < open.to) {
            return;
        }
        let due = self.store.due(micros_at(at));
        let fresh = due.into_iter().find(|clip| !self.spent.contains(clip));
        self.open.extend(fresh.and_then(|clip| self.begin(clip, at)));
    }

    fn begin(&self, clip: Clip, at: i64) -> Option<Open> {
        let (from, to) = (sample_at(clip.from), sample_at(clip.to));
        let (send, pieces) = sync_channel(PIECES);
        let job =
            Job { store: self.store.clone(), board: self.board.clone(), key: self.key, clip: clip.clone() };
        let thread = std::thread::Builder::new().name("speaker-clip".into());
        match thread.spawn(move || job.run(at.max(from), from, &send)) {
            Ok(_) => {
                Some(Open { clip, from, to, pieces, tape: Tape::default(), next: at.max(from), over: false })
            }
            Err(fault) => {
                tracing::error!(%fault, "no thread for a clip");
                None
            }
        }
    }

    /// Copies what is kept for the samples from `at` on; says which part was there, and of which clip.
    pub fn take(&mut self, at: i64, out: &mut [f32]) -> (Range<usize>, Option<String>) {
        for open in &mut self.open {
            let most = usize::try_from(open.to - at).unwrap_or(0).min(out.len());
            let there = open.tape.take(at, &mut out[..most]);
            if !there.is_empty() {
                return (there, Some(open.clip.id.clone()));
            }
        }
        (0..0, None)
    }

    /// The stream is back.
    pub fn close(&mut self) {
        self.open.clear();
        self.spent.clear();
    }
}

impl Open {
    /// Takes what was decoded. False if nothing more comes.
    fn serves(&mut self, now: i64) -> bool {
        while !self.over && self.next - now < AHEAD {
            match self.pieces.try_recv() {
                Ok(sound) => {
                    self.tape.push(self.next, &sound);
                    self.next += sound.len() as i64;
                }
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => self.over = true,
            }
        }
        now < self.to && (!self.over || self.tape.end().is_some_and(|end| end > now))
    }
}

/// Judges and decodes a clip, on a thread of its own.
struct Job {
    store: Arc<Store>,
    board: Arc<Board>,
    key: [u8; 32],
    clip: Clip,
}

impl Job {
    fn run(&self, at: i64, from: i64, send: &SyncSender<Vec<f32>>) {
        let now = Moment::from_micros(micros_at(at).max(self.clip.from));
        let audio = match self.store.judge(&self.clip, &self.key, now) {
            Ok(audio) => audio,
            Err(fault @ (Faulty::Missing(_) | Faulty::Refused(ClipFault::Early))) => {
                return tracing::info!(clip = self.clip.id, %fault, "a clip does not play");
            }
            Err(fault) => {
                self.board.refuse();
                return tracing::warn!(clip = self.clip.id, %fault, "a clip is refused");
            }
        };
        let place = u64::try_from(at - from).unwrap_or(0);
        if let Err(fault) = decode(audio, place, send) {
            tracing::warn!(clip = self.clip.id, %fault, "a clip cannot be decoded");
        }
    }
}

/// Ends with the audio, or when nobody wants more of it.
fn decode(audio: Vec<u8>, place: u64, send: &SyncSender<Vec<f32>>) -> Result<(), onair::audio::AudioFault> {
    let mut reader = Reader::of_bytes(audio, "mp3")?;
    reader.seek(place)?;
    loop {
        let mut sound = Vec::new();
        let more = reader.read(&mut sound)?;
        if (!sound.is_empty() && send.send(sound).is_err()) || !more {
            return Ok(());
        }
    }
}
