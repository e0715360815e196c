//! The thread that makes the sound: 20 ms at a time, each in its time.

use crate::board::Board;
use crate::mixer::{self, Ramp, Wish};
use crate::output::Output;
use crate::recorder::{Recorder, Span};
use crate::shelf::Shelf;
use crate::store::Store;
use crate::tape::SharedTape;
use crate::timing::{Timing, micros_at, milliseconds, sample_at};
use onair::BLOCK;
use speakerlink::{DELAY, How, Mode, Played};
use std::ops::Range;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Further off than this one jumps: the clock was set right, or the machine slept.
const FAR: i64 = milliseconds(200);
/// So late nobody hears it,
const FINE: i64 = milliseconds(20);
/// unless it stays so for as many blocks (half a second): then the sound card is slower than the clock.
const SLOW: u32 = 25;
/// Samples that are left out of a block until it is in time again. One in 120 is not heard.
const LEFT_OUT: usize = 8;
/// When so little of the stream is left, what is kept is opened.
const THIN: i64 = milliseconds(1_200);
/// Clips are opened so long before their time.
const EARLY: i64 = milliseconds(1_000);
/// A mode is told when it has held for as many blocks.
const STEADY: u32 = 10;

/// Two seconds after the start.
const UNSETTLED: i64 = 2_000_000;

/// What the player needs.
pub struct Parts {
    pub timing: Arc<Timing>,
    pub board: Arc<Board>,
    pub store: Arc<Store>,
    pub stream: SharedTape,
    pub key: [u8; 32],
    pub output: Box<dyn Output>,
    /// What is written now leaves the loudspeaker so many microseconds later.
    pub output_delay: i64,
    pub stop: CancellationToken,
}

pub struct Player {
    parts: Parts,
    shelf: Shelf,
    programme: Ramp,
    tone: Ramp,
    recorder: Recorder,
    /// What played has a name that no other run has.
    run: u64,
    told: u64,
    began: i64,
    late_for: u32,
    mode: (Mode, u32),
    broken: bool,
}

/// What a block holds of the stream and of a clip.
struct Found {
    stream: Range<usize>,
    stored: Vec<(Range<usize>, String)>,
    /// More of the stream waits for its time.
    more: bool,
}

impl Player {
    pub fn new(parts: Parts) -> Player {
        let shelf = Shelf::new(parts.store.clone(), parts.board.clone(), parts.key);
        let began = parts.timing.elapsed();
        Player {
            parts,
            shelf,
            programme: Ramp::default(),
            tone: Ramp::default(),
            recorder: Recorder::default(),
            run: rand::random(),
            told: 0,
            began,
            late_for: 0,
            mode: (Mode::Silent, 0),
            broken: false,
        }
    }

    /// Plays until it is stopped, and notes what was heard to the end.
    pub fn run(mut self) {
        let mut next = self.due();
        while !self.parts.stop.is_cancelled() {
            next = self.step(next);
        }
        let last = self.recorder.end();
        self.note(last);
    }

    /// Waits for the time of a sample and plays a block from there on. Says where the next one begins.
    fn step(&mut self, mut next: i64) -> i64 {
        let late = self.due() - next;
        if late.abs() > FAR {
            tracing::debug!(milliseconds = late / milliseconds(1), "out of time");
            next = self.due();
        } else if late < 0 {
            self.parts.timing.pause(micros_at(-late));
        }
        let count = BLOCK + self.left_out(late);
        self.block(next, count);
        next + count as i64
    }

    /// The sample of the programme that is to be written now.
    fn due(&self) -> i64 {
        let delay = i64::try_from(DELAY.as_micros()).unwrap_or(0);
        sample_at(self.parts.timing.now() - delay + self.parts.output_delay)
    }

    /// How many samples more than it plays a block takes, so that a sound card that is slow comes along. A quick one waits by itself.
    fn left_out(&mut self, late: i64) -> usize {
        self.late_for = if late > FINE { self.late_for + 1 } else { 0 };
        if self.late_for > SLOW { LEFT_OUT } else { 0 }
    }

    fn block(&mut self, next: i64, count: usize) {
        let (wish, at) = (self.parts.board.wish(), micros_at(next));
        let mut sound = vec![0.0; count];
        let found = self.find(next, wish.programme(at).is_some(), &mut sound);
        self.programme.apply(wish.programme(at).unwrap_or(0.0), &mut sound);
        mixer::add_tone(&mut self.tone, wish.tone(at), next, &mut sound);
        let sound = if count > BLOCK { mixer::thin_out(&sound, BLOCK) } else { sound };
        let left = self.write(&mixer::whole(&sound));
        self.tell(next, &wish, &found, left);
    }

    /// The stream where it is there, what is kept where it is not.
    fn find(&mut self, next: i64, heard: bool, sound: &mut [f32]) -> Found {
        let (stream, ahead, more) = {
            let mut tape = self.parts.stream.tape();
            let ahead = tape.ahead(next);
            (tape.take(next, sound), ahead, tape.end().is_some_and(|end| end > next))
        };
        let mut found = Found { stream: stream.clone(), stored: Vec::new(), more };
        if !heard || ahead >= THIN || !self.settled() {
            self.shelf.close();
            return found;
        }
        self.shelf.prepare(next, next + ahead);
        self.shelf.prepare(next, next + ahead.max(EARLY));
        for gap in [0..stream.start, stream.end..sound.len()] {
            let (there, clip) = self.shelf.take(next + gap.start as i64, &mut sound[gap.clone()]);
            let there = gap.start + there.start..gap.start + there.end;
            found.stored.extend(clip.map(|clip| (there, clip)));
        }
        found
    }

    /// A clock that was not compared with the station's yet may be wrong by days: what is kept waits a little for it.
    fn settled(&self) -> bool {
        let timing = &self.parts.timing;
        timing.difference().is_some() || timing.elapsed() - self.began > UNSETTLED
    }

    /// True if it goes its way.
    fn write(&mut self, sound: &[i16]) -> bool {
        let written = self.parts.output.write(sound);
        if let Err(fault) = &written
            && !self.broken
        {
            tracing::error!(%fault, "the sound goes nowhere");
        }
        self.broken = written.is_err();
        !self.broken
    }

    /// Notes what was heard, and which mode this is.
    fn tell(&mut self, next: i64, wish: &Wish, found: &Found, left: bool) {
        let heard = left && wish.programme(micros_at(next)).is_some();
        let span = |part: &Range<usize>, how, clip: Option<&String>| Span {
            from: micros_at(next + part.start as i64),
            to: micros_at(next + part.end as i64),
            how,
            clip: clip.cloned(),
        };
        let mut spans: Vec<Span> =
            found.stored.iter().map(|(part, clip)| span(part, How::Stored, Some(clip))).collect();
        spans.extend((!found.stream.is_empty()).then(|| span(&found.stream, How::Stream, None)));
        spans.sort_by_key(|span| span.from);
        let mode = match spans.last() {
            _ if wish.programme(micros_at(next)).is_none() => Mode::Silent,
            Some(span) if span.how == How::Stream => Mode::Stream,
            Some(_) => Mode::Stored,
            None if found.more => Mode::Silent,
            None => Mode::Cut,
        };
        self.say(mode);
        if !heard || spans.is_empty() {
            let over = self.recorder.silent(micros_at(next));
            return self.note(over);
        }
        for span in spans {
            let over = self.recorder.heard(span);
            self.note(over);
        }
    }

    fn say(&mut self, mode: Mode) {
        self.mode = if self.mode.0 == mode { (mode, self.mode.1.saturating_add(1)) } else { (mode, 0) };
        if self.mode.1 == STEADY {
            self.parts.board.mode.send_if_modified(|old| std::mem::replace(old, mode) != mode);
        }
    }

    fn note(&mut self, span: Option<Span>) {
        let Some(Span { from, to, how, clip }) = span else { return };
        self.told += 1;
        let id = format!("{:x}-{}", self.run, self.told);
        self.parts.store.note(Played { id, from, to, how, clip });
        self.parts.board.played.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timing::OwnClock;
    use onair::{Clock, Moment, SimulatedClock};
    use std::time::Duration;

    /// A sound card that takes so many microseconds for each block of 20 ms.
    struct Card(Arc<SimulatedClock>, u64);

    impl Output for Card {
        fn write(&mut self, sound: &[i16]) -> std::io::Result<()> {
            assert_eq!(sound.len(), BLOCK);
            self.0.pause(Duration::from_micros(self.1));
            Ok(())
        }
    }

    fn player(folder: &std::path::Path, card: u64) -> (Arc<SimulatedClock>, Player) {
        let clock = Arc::new(SimulatedClock::new(Moment::from_seconds(1_795_824_000)));
        let store = Arc::new(Store::open(folder).unwrap());
        let own: OwnClock = clock.clone();
        let parts = Parts {
            timing: Arc::new(Timing::new(own, 0)),
            board: Arc::new(Board::new(&store.state())),
            store,
            stream: SharedTape::default(),
            key: [0; 32],
            output: Box::new(Card(clock.clone(), card)),
            output_delay: 0,
            stop: CancellationToken::new(),
        };
        (clock, Player::new(parts))
    }

    /// By how many milliseconds each block of a minute was late when it was asked for.
    fn minute(player: &mut Player) -> Vec<i64> {
        let mut next = player.due();
        let mut step = || {
            let late = (player.due() - next) / milliseconds(1);
            next = player.step(next);
            late
        };
        (0..3_000).map(|_| step()).collect()
    }

    #[test]
    fn a_quick_sound_card_waits_and_a_slow_one_comes_along() {
        let folder = tempfile::tempdir().unwrap();
        for card in [0, 19_900, 20_000, 20_100] {
            let (_, mut player) = player(folder.path(), card);
            let late = minute(&mut player);
            assert!(late.iter().all(|late| (-20..=24).contains(late)), "{card}: {:?}", late.iter().max());
        }
    }

    #[test]
    fn what_hangs_is_not_made_up_for() {
        let folder = tempfile::tempdir().unwrap();
        let (clock, mut player) = player(folder.path(), 0);
        let before = player.due();
        let next = player.step(before);
        clock.pause(Duration::from_secs(3));
        let next = player.step(next);
        assert!(next - before >= milliseconds(3_000), "the next block is the one whose time it is");
    }
}
