//! The open sources: each programme is decoded once, whoever hears it.

use super::Schedule;
use crate::feed::{Broken, Feed, Source, State};
use crate::plan::Entry;
use crate::time::{BLOCK, Moment, RATE, samples};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// What makes two mounts hear the same: the source, and the wall sample at which it began (live sources have no beginning).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key {
    pub source: Arc<str>,
    pub origin: i64,
}

/// A source that is opening holds its place for so long before something lower is heard. Half a second.
const HOLD: u64 = RATE as u64 / 2;
/// A source that nobody wants is closed after two seconds.
const KEEP: u64 = 2 * RATE as u64;

struct Player {
    feed: Box<dyn Feed>,
    live: bool,
    /// Stream positions: of the opening, and when it was last wanted.
    opened: u64,
    wanted: u64,
    /// What it played in this piece of time.
    sound: Vec<f32>,
    fresh: bool,
}

#[derive(Default)]
pub(super) struct Players {
    open: HashMap<Key, Player>,
}

/// How far a programme is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    Usable,
    Over,
    Failed(Arc<str>),
}

impl Players {
    /// What identifies the programme of an entry.
    pub fn key(schedule: &Schedule, entry: &Entry) -> Key {
        let live = schedule.sources.get(&entry.source).is_some_and(Source::is_live);
        let origin = if live { 0 } else { entry.start.sample() - samples(entry.from) as i64 };
        Key { source: entry.source.clone(), origin }
    }

    /// Makes sure that a programme is open, from `at` (a wall sample) on.
    pub fn want(&mut self, schedule: &Schedule, key: &Key, at: i64, position: u64, patience: Duration) {
        if let Some(player) = self.open.get_mut(key) {
            player.wanted = position;
            return;
        }
        let source = schedule.sources.get(&key.source);
        let live = source.is_some_and(Source::is_live);
        let place = u64::try_from(at - key.origin).unwrap_or(0);
        let feed = match source {
            Some(source) => source.open(place, patience),
            None => Box::new(Broken("there is no such source".into())),
        };
        let sound = Vec::with_capacity(BLOCK);
        let player = Player { feed, live, opened: position, wanted: position, sound, fresh: false };
        self.open.insert(key.clone(), player);
    }

    pub fn standing(&mut self, key: &Key, position: u64) -> Standing {
        let Some(player) = self.open.get_mut(key) else { return Standing::Over };
        match player.feed.state() {
            State::Ready => Standing::Usable,
            State::Opening if position - player.opened < HOLD => Standing::Usable,
            State::Opening => Standing::Failed("it does not begin".into()),
            State::Ended => Standing::Over,
            State::Failed(reason) => Standing::Failed(reason),
        }
    }

    /// A new piece of time begins. What is live is read whether or not somebody hears it: it has to be judged, and time passes for it.
    pub fn begin(&mut self, count: usize, position: u64) {
        self.open.retain(|_, player| position - player.wanted < KEEP);
        for player in self.open.values_mut() {
            player.fresh = false;
            if player.live {
                player.read(0, count);
            }
        }
    }

    /// What a programme plays in this piece of time. Everybody gets the same.
    pub fn sound(&mut self, key: &Key, at: i64, count: usize) -> Option<&[f32]> {
        let player = self.open.get_mut(key)?;
        if !player.fresh {
            player.read(u64::try_from(at - key.origin).unwrap_or(0), count);
        }
        Some(&player.sound)
    }

    /// Closes everything: the clock was set, and the places are others.
    pub fn clear(&mut self) {
        self.open.retain(|_, player| player.live);
    }

    /// How many programmes are open.
    pub fn count(&self) -> usize {
        self.open.len()
    }
}

impl Player {
    fn read(&mut self, at: u64, count: usize) {
        self.sound.resize(count, 0.0);
        self.feed.read(at, &mut self.sound);
        self.fresh = true;
    }
}

/// The later of an entry's beginning and now, as a wall sample.
pub(super) fn entry_point(entry: &Entry, now: i64) -> i64 {
    entry.start.sample().max(now)
}

/// The place in the source of an entry at a wall sample.
pub(super) fn offset(entry: &Entry, now: i64) -> Duration {
    entry.from.saturating_add(Moment::of_sample(now).since(entry.start))
}
