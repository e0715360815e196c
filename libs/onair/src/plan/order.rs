//! Which of several entries goes first.

use super::{Class, Collision, Decision, Entry};
use std::collections::HashSet;
use std::sync::Arc;

pub(super) struct Order<'p> {
    entries: &'p [Arc<Entry>],
    decided: HashSet<(&'p str, &'p str)>,
}

impl<'p> Order<'p> {
    pub fn new(entries: &'p [Arc<Entry>], decisions: &'p [Decision]) -> Order<'p> {
        let decided = decisions.iter().map(|made| (&*made.first, &*made.second)).collect();
        Order { entries, decided }
    }

    /// These entries, the first in right first. Indexes follow the beginnings, so a smaller one began earlier.
    pub fn of(&self, mut open: Vec<usize>) -> Vec<usize> {
        open.sort_by_key(|index| (std::cmp::Reverse(self.right(*index)), *index));
        let mut order = Vec::with_capacity(open.len());
        while !open.is_empty() {
            // Of the highest, the first that nobody has decided against; in a circle of decisions the one that began earliest.
            let beaten = |index: &usize| open.iter().any(|other| self.is_decided(*other, *index));
            let equals = open.iter().take_while(|index| self.right(**index) == self.right(open[0]));
            let next = { equals }.position(|index| !beaten(index)).unwrap_or(0);
            order.push(open.remove(next));
        }
        order
    }

    fn right(&self, index: usize) -> (Class, bool) {
        (self.entries[index].class, self.entries[index].priority)
    }

    /// Decisions count among equals only: nobody decides an emergency away by mistake.
    fn is_decided(&self, first: usize, second: usize) -> bool {
        let pair = (&*self.entries[first].id, &*self.entries[second].id);
        self.right(first) == self.right(second) && self.decided.contains(&pair)
    }

    pub fn collisions(&self, mount: &Arc<str>, here: &[usize]) -> Vec<Collision> {
        let mut found = Vec::new();
        for (place, first) in here.iter().enumerate() {
            let (a, end) = (&self.entries[*first], self.entries[*first].end());
            let later = here[place + 1..].iter().take_while(|second| self.entries[**second].start < end);
            for second in later {
                let b = &self.entries[*second];
                let decided = self.is_decided(*first, *second) || self.is_decided(*second, *first);
                if self.right(*first) == self.right(*second) && !decided {
                    found.push(Collision {
                        mount: mount.clone(),
                        playing: a.id.clone(),
                        waiting: b.id.clone(),
                        from: b.start,
                        to: end.min(b.end()),
                        priority: a.priority,
                    });
                }
            }
        }
        found
    }
}
