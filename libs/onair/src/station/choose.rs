//! What each mount plays now, and why.

use super::log::{AirEvent, Why};
use super::player::{Key, Players, Standing, entry_point, offset};
use super::{AirLog, Schedule, Settings};
use crate::plan::Entry;
use crate::time::{Moment, samples};
use std::sync::Arc;

/// A mount in the eyes of the log.
pub(super) struct Seat {
    pub name: Arc<str>,
    /// What is on air.
    entry: Option<Arc<Entry>>,
    since: Moment,
    /// Nothing has been logged yet.
    new: bool,
    /// The entry that should be on air and has failed.
    failed: Option<Arc<str>>,
}

/// What may explain a change at this beat.
#[derive(Clone, Copy, Default)]
pub(super) struct Occasion {
    pub jumped: bool,
    pub new_schedule: bool,
}

impl Seat {
    pub fn new(name: Arc<str>) -> Seat {
        Seat { name, entry: None, since: Moment::default(), new: true, failed: None }
    }

    /// Takes the first candidate that can be heard, opening those before it.
    pub fn choose(
        &mut self,
        schedule: &Schedule,
        players: &mut Players,
        (now, position): (i64, u64),
        settings: &Settings,
        occasion: Occasion,
        log: &mut dyn AirLog,
    ) -> Option<Key> {
        let (mut blame, mut chosen) = (None, None);
        let (mut failed, at) = (None, Moment::of_sample(now));
        for airing in schedule.plan.candidates(&self.name, at) {
            let key = Players::key(schedule, &airing.entry);
            players.want(schedule, &key, now, position, settings.patience);
            let why = match players.standing(&key, position) {
                Standing::Usable => {
                    chosen = Some((airing.entry, key));
                    break;
                }
                Standing::Over => Why::SourceEnded,
                Standing::Failed(reason) => Why::SourceFailed(reason),
            };
            failed.get_or_insert(airing.entry.id.clone());
            blame.get_or_insert(why);
        }
        let (entry, key) = chosen.unzip();
        let why = if occasion.jumped {
            Why::ClockJumped
        } else if occasion.new_schedule {
            Why::NewSchedule
        } else if entry.as_ref().is_some_and(|entry: &Arc<Entry>| self.failed.as_ref() == Some(&entry.id)) {
            Why::SourceReturned
        } else {
            blame.clone().unwrap_or(Why::Planned)
        };
        if let (Some(entry), Why::SourceFailed(reason)) = (&failed, blame.unwrap_or(Why::Planned))
            && self.failed.as_ref() != Some(entry)
        {
            let (mount, entry) = (self.name.clone(), entry.clone());
            log.note(AirEvent::Missing { mount, entry, at, reason });
        }
        self.failed = failed;
        let same = self.entry.as_ref().map(|entry| &entry.id) == entry.as_ref().map(|entry| &entry.id);
        if !same || self.new || occasion.jumped {
            self.change(entry, now, why, log);
        }
        key
    }

    fn change(&mut self, entry: Option<Arc<Entry>>, now: i64, why: Why, log: &mut dyn AirLog) {
        let at = Moment::of_sample(now);
        if !self.new && why != Why::ClockJumped {
            self.end(at, why.clone(), log);
        }
        let why = if std::mem::take(&mut self.new) { Why::Started } else { why };
        let offset = entry.as_ref().map(|entry| offset(entry, now)).unwrap_or_default();
        (self.entry, self.since) = (entry, at);
        log.note(AirEvent::Began { mount: self.name.clone(), on_air: self.on_air(), at, offset, why });
    }

    /// Logs the end of what is on air.
    pub fn end(&self, to: Moment, why: Why, log: &mut dyn AirLog) {
        let (mount, on_air, from) = (self.name.clone(), self.on_air(), self.since);
        log.note(AirEvent::Ended { mount, on_air, from, to, why });
    }

    /// The clock is about to jump: what is on air ends where the old time ended.
    pub fn leave(&mut self, to: Moment, log: &mut dyn AirLog) {
        self.end(to, Why::ClockJumped, log);
    }

    fn on_air(&self) -> Option<(Arc<str>, Arc<str>)> {
        self.entry.as_ref().map(|entry| (entry.id.clone(), entry.source.clone()))
    }

    /// Opens what will be on air soon.
    pub fn prepare(
        &self,
        schedule: &Schedule,
        players: &mut Players,
        (now, position): (i64, u64),
        settings: &Settings,
    ) {
        let soon = Moment::of_sample(now + samples(settings.lead) as i64);
        let next = schedule.plan.next_change(&self.name, Moment::of_sample(now)).unwrap_or(soon).min(soon);
        for at in [next, soon] {
            if let Some(airing) = schedule.plan.on_air(&self.name, at) {
                let key = Players::key(schedule, &airing.entry);
                players.want(schedule, &key, entry_point(&airing.entry, now), position, settings.patience);
            }
        }
    }
}
