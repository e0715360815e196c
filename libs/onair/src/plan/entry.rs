use crate::time::Moment;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::time::Duration;

/// Who may interrupt whom, from low to high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Fills what nothing else claims.
    Filler,
    /// Programmes of other stations.
    Relay,
    /// The station's own plan.
    Scheduled,
    /// A microphone.
    Live,
    /// Interrupts everything, at once.
    Emergency,
}

/// One line of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Unique in the plan; stands in the log.
    pub id: Arc<str>,
    /// When it begins.
    pub start: Moment,
    /// How long it has the mounts, whether or not its source lasts as long.
    pub length: Duration,
    /// The source, by the name that the `Schedule` knows it by.
    pub source: Arc<str>,
    /// Where in the source it begins.
    pub from: Duration,
    /// Where it is heard.
    pub mounts: BTreeSet<Arc<str>>,
    /// Its class.
    pub class: Class,
    /// A priority item goes before others of its class. Two that meet wait for a [`Decision`].
    pub priority: bool,
}

impl Entry {
    /// When it ends.
    pub fn end(&self) -> Moment {
        self.start.plus(self.length)
    }
}

/// Somebody has decided which of two entries goes first where they meet with the same right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Plays.
    pub first: Arc<str>,
    /// Waits, and plays what is left of it afterwards.
    pub second: Arc<str>,
}

/// Why a list of entries is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanFault {
    /// Two entries of one id.
    #[error("two entries are called {0}")]
    Twice(Arc<str>),
    /// An entry that lasts no time.
    #[error("the entry {0} has no length")]
    NoLength(Arc<str>),
    /// An entry that is heard nowhere.
    #[error("the entry {0} has no mounts")]
    NoMounts(Arc<str>),
    /// A decision about an entry that is not in the plan.
    #[error("a decision speaks of {0}, which is not in the plan")]
    Unknown(Arc<str>),
}

pub(super) fn check(entries: &[Arc<Entry>], decisions: &[Decision]) -> Result<(), PlanFault> {
    let mut names = HashSet::new();
    for entry in entries {
        if !names.insert(&entry.id) {
            return Err(PlanFault::Twice(entry.id.clone()));
        }
        if entry.end() <= entry.start {
            return Err(PlanFault::NoLength(entry.id.clone()));
        }
        if entry.mounts.is_empty() {
            return Err(PlanFault::NoMounts(entry.id.clone()));
        }
    }
    let unknown =
        decisions.iter().flat_map(|made| [&made.first, &made.second]).find(|id| !names.contains(id));
    unknown.map_or(Ok(()), |id| Err(PlanFault::Unknown(id.clone())))
}
