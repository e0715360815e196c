//! What each mount plays at which instant: a pure function of the plan and the wall clock.
//!
//! Nothing here remembers what was played. A station that is started again in the middle of a programme asks the same question and
//! gets the same answer, so it goes on where the wall clock says.

mod entry;
mod order;

pub use entry::{Class, Decision, Entry, PlanFault};

use crate::time::Moment;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

/// A checked plan: entries, decisions, and for each mount what follows what.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    entries: Vec<Arc<Entry>>,
    mounts: BTreeMap<Arc<str>, Vec<Segment>>,
    collisions: Vec<Collision>,
}

/// From this instant to that of the next segment nothing begins or ends on the mount.
#[derive(Debug, Clone)]
struct Segment {
    from: Moment,
    /// Indexes of entries, the one that plays first.
    order: Vec<usize>,
}

/// Two entries that claim the same mount at the same time with the same right. It is for the caller to refuse such a plan, or to have
/// somebody decide; until then the one that began earlier goes on (with the same beginning: the smaller id).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Collision {
    /// The mount on which they meet.
    pub mount: Arc<str>,
    /// The entry that plays as long as nobody decides.
    pub playing: Arc<str>,
    /// The entry that waits.
    pub waiting: Arc<str>,
    /// When they begin to overlap.
    pub from: Moment,
    /// When one of them ends.
    pub to: Moment,
    /// Both are priority items: the law leaves the order to an officer.
    pub priority: bool,
}

/// An entry that is on air, and how far it has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Airing {
    /// What plays.
    pub entry: Arc<Entry>,
    /// The place in its source.
    pub offset: Duration,
}

impl Plan {
    /// Checks the entries and lays out every mount. The order of the arguments does not matter.
    ///
    /// # Errors
    /// [`PlanFault`] for two entries of one id, an entry without length or mounts, a decision about an unknown entry.
    pub fn new(entries: Vec<Entry>, decisions: Vec<Decision>) -> Result<Plan, PlanFault> {
        let mut entries: Vec<Arc<Entry>> = entries.into_iter().map(Arc::new).collect();
        entries.sort_by(|a, b| (a.start, &a.id).cmp(&(b.start, &b.id)));
        entry::check(&entries, &decisions)?;
        let order = order::Order::new(&entries, &decisions);
        let names: BTreeSet<&Arc<str>> = entries.iter().flat_map(|entry| &entry.mounts).collect();
        let (mut mounts, mut collisions) = (BTreeMap::new(), Vec::new());
        for name in names {
            let here: Vec<usize> =
                (0..entries.len()).filter(|at| entries[*at].mounts.contains(name)).collect();
            collisions.extend(order.collisions(name, &here));
            mounts.insert(name.clone(), segments(&entries, &here, &order));
        }
        collisions.sort();
        Ok(Plan { entries, mounts, collisions })
    }

    /// All entries, by their beginning.
    pub fn entries(&self) -> &[Arc<Entry>] {
        &self.entries
    }

    /// The names of all mounts that an entry speaks of.
    pub fn mounts(&self) -> impl Iterator<Item = &Arc<str>> {
        self.mounts.keys()
    }

    /// Every pair that meets with the same right and without a [`Decision`].
    pub fn collisions(&self) -> &[Collision] {
        &self.collisions
    }

    /// What the plan gives to a mount at an instant; `None` where it is silent.
    pub fn on_air(&self, mount: &str, at: Moment) -> Option<Airing> {
        self.candidates(mount, at).next()
    }

    /// Everything that claims a mount at an instant, the first in right first: what comes next if that one fails.
    pub fn candidates(&self, mount: &str, at: Moment) -> impl Iterator<Item = Airing> + '_ {
        let order = self.segment(mount, at).map_or(&[][..], |segment| &segment.order);
        order.iter().map(move |index| {
            let entry = self.entries[*index].clone();
            let offset = entry.from.saturating_add(at.since(entry.start));
            Airing { entry, offset }
        })
    }

    /// The next instant after this one at which something begins or ends on the mount.
    pub fn next_change(&self, mount: &str, after: Moment) -> Option<Moment> {
        let segments = self.mounts.get(mount)?;
        let next = segments.partition_point(|segment| segment.from <= after);
        segments.get(next).map(|segment| segment.from)
    }

    fn segment(&self, mount: &str, at: Moment) -> Option<&Segment> {
        let segments = self.mounts.get(mount)?;
        let next = segments.partition_point(|segment| segment.from <= at);
        next.checked_sub(1).map(|index| &segments[index])
    }
}

/// One sweep over the beginnings and ends on a mount.
fn segments(entries: &[Arc<Entry>], here: &[usize], order: &order::Order<'_>) -> Vec<Segment> {
    let mut marks: Vec<(Moment, bool, usize)> = Vec::with_capacity(here.len() * 2);
    for index in here {
        marks.push((entries[*index].start, true, *index));
        marks.push((entries[*index].end(), false, *index));
    }
    marks.sort();
    let (mut segments, mut open) = (Vec::<Segment>::new(), BTreeSet::new());
    for (from, begins, index) in marks {
        if begins {
            open.insert(index)
        } else {
            open.remove(&index)
        };
        let now = order.of(open.iter().copied().collect());
        match segments.last_mut() {
            Some(last) if last.from == from => last.order = now,
            _ => segments.push(Segment { from, order: now }),
        }
    }
    segments
}
