//! A recording, decoded ahead of time by a thread of its own: a slow disk must not stop the station.

use super::{Feed, State};
use crate::audio::{AudioFault, Reader};
use crate::time::samples;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

/// Pieces that lie ready. MP3 gives 24 ms each, FLAC 85: one to three seconds.
const PIECES: usize = 40;
/// Further ahead than this it is quicker to search the file than to decode up to the place. Five seconds.
const SEARCH: u64 = 5 * crate::RATE as u64;

/// A recording that gives nothing for half a second is left for what comes next in the plan, until it gives something.
const DRY: usize = crate::RATE as usize / 2;
const SLOW: &str = "the recording cannot be read fast enough";

enum Piece {
    /// Samples, and the place of the first of them.
    Sound(u64, Vec<f32>),
    End(State),
}

pub(crate) struct Ahead {
    pieces: Receiver<Piece>,
    how: (PathBuf, f32, bool, Duration),
    now: (u64, Vec<f32>),
    state: State,
    /// Samples that should have been there and were not, since the last that was.
    dry: usize,
}

impl Ahead {
    pub fn open(path: PathBuf, gain: f32, again: bool, at: u64, patience: Duration) -> Ahead {
        let (send, pieces) = sync_channel(PIECES);
        let file = path.clone();
        let factor = 10f32.powf(gain.clamp(-60.0, 40.0) / 20.0);
        let run = move || {
            let end = match decode(&file, factor, again, at, &send) {
                Ok(()) => State::Ended,
                Err(fault) => State::Failed(fault.to_string().into()),
            };
            // Nobody may be listening any more.
            let _ = send.send(Piece::End(end));
        };
        let started = std::thread::Builder::new().name("onair-file".into()).spawn(run);
        let state = match started {
            Ok(_) => State::Opening,
            Err(error) => State::Failed(error.to_string().into()),
        };
        Ahead { pieces, how: (path, gain, again, patience), now: (at, Vec::new()), state, dry: 0 }
    }

    /// Takes the next piece; false if there is none (yet).
    fn next(&mut self, patience: Duration) -> bool {
        match self.pieces.recv_timeout(patience) {
            Ok(Piece::Sound(at, sound)) => {
                (self.now, self.state, self.dry) = ((at, sound), State::Ready, 0);
                true
            }
            Ok(Piece::End(state)) => {
                self.state = state;
                false
            }
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => {
                if matches!(self.state, State::Opening | State::Ready) {
                    self.state = State::Failed("the decoder broke off".into());
                }
                false
            }
        }
    }
}

impl Feed for Ahead {
    fn read(&mut self, at: u64, out: &mut [f32]) -> State {
        let here = self.now.0 + self.now.1.len() as u64;
        if at < self.now.0 || at > here + SEARCH {
            let (path, gain, again, patience) = self.how.clone();
            *self = Ahead::open(path, gain, again, at, patience);
        }
        out.fill(0.0);
        let (mut done, patience) = (0, self.how.3);
        while done < out.len() {
            let place = at + done as u64;
            let (begin, sound) = &self.now;
            let from = usize::try_from(place.saturating_sub(*begin)).unwrap_or(usize::MAX).min(sound.len());
            let count = (sound.len() - from).min(out.len() - done);
            if place >= *begin && count > 0 {
                out[done..done + count].copy_from_slice(&sound[from..from + count]);
                done += count;
            } else if !matches!(self.state, State::Opening | State::Ready) || !self.next(patience) {
                break;
            }
        }
        self.dry += out.len() - done;
        if self.dry > DRY && self.state == State::Ready {
            self.state = State::Failed(SLOW.into());
        }
        self.state.clone()
    }

    fn state(&mut self) -> State {
        match &self.state {
            State::Opening if self.now.1.is_empty() => self.next(self.how.3),
            // It may have caught up.
            State::Failed(reason) if &**reason == SLOW => self.next(Duration::ZERO),
            _ => false,
        };
        self.state.clone()
    }
}

/// Sends the recording from a place on, until its end or until nobody listens.
fn decode(path: &Path, factor: f32, again: bool, at: u64, out: &SyncSender<Piece>) -> Result<(), AudioFault> {
    let mut place = at;
    let mut inside = at;
    loop {
        let mut reader = Reader::open(path)?;
        if let Some(length) = reader.length().map(samples).filter(|length| again && *length > 0) {
            inside %= length;
        }
        reader.seek(inside)?;
        let before = place;
        let mut piece = Vec::new();
        while reader.read(&mut piece)? {
            if piece.is_empty() {
                continue;
            }
            piece.iter_mut().for_each(|sample| *sample = (*sample * factor).clamp(-1.0, 1.0));
            let count = piece.len() as u64;
            if out.send(Piece::Sound(place, std::mem::take(&mut piece))).is_err() {
                return Ok(());
            }
            place += count;
        }
        if !again || place == before && inside == 0 {
            return Ok(());
        }
        inside = 0;
    }
}

/// A feed that has failed from the beginning.
pub(crate) struct Broken(pub Arc<str>);

impl Feed for Broken {
    fn read(&mut self, _at: u64, out: &mut [f32]) -> State {
        out.fill(0.0);
        self.state()
    }
    fn state(&mut self) -> State {
        State::Failed(self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_that_stalls_is_a_failure_until_it_goes_on() {
        let (send, pieces) = sync_channel(PIECES);
        let how = ("".into(), 0.0, false, Duration::ZERO);
        let mut feed = Ahead { pieces, how, now: (0, Vec::new()), state: State::Opening, dry: 0 };
        let mut out = [0.0; 960];
        send.send(Piece::Sound(0, vec![0.5; 1_920])).unwrap();
        let states: Vec<State> = (0..40u64).map(|beat| feed.read(beat * 960, &mut out)).collect();
        assert_eq!(
            states.iter().position(|state| *state != State::Ready),
            Some(2 + 25),
            "after half a second"
        );
        assert_eq!(feed.state(), State::Failed(SLOW.into()));
        // What comes late is skipped, what comes in time is heard at its place.
        send.send(Piece::Sound(1_920, vec![0.25; 48_000])).unwrap();
        assert_eq!(feed.state(), State::Ready);
        feed.read(48_000, &mut out);
        assert_eq!(out[..959], [0.25; 959][..]);
        drop(send);
        feed.read(60_000, &mut out);
        assert_eq!(feed.state(), State::Failed("the decoder broke off".into()));
    }
}
