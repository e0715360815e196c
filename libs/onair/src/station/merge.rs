//! Lines come apart when their mounts hear different things, and together when they have heard the same for a while.

use super::Settings;
use super::line::Line;
use super::player::Key;
use crate::encode::{EncodeFault, Slot, join};

/// After this many samples lines are brought together even at a place where a frame loses its last bytes: 20 s.
const FORCE: u64 = 20 * crate::RATE as u64;

/// All lines, and what each mount is owed of the line that it left.
pub(super) struct Lines {
    pub all: Vec<Line>,
    /// For each mount: frames that it gets before those of its line, in the place of as many of that line's.
    owed: Vec<Vec<Slot>>,
}

impl Lines {
    pub fn new(settings: &Settings, mounts: usize) -> Result<Lines, EncodeFault> {
        let all = if mounts == 0 { vec![] } else { vec![Line::new(settings, (0..mounts).collect())?] };
        Ok(Lines { all, owed: vec![Vec::new(); mounts] })
    }

    /// Brings every mount to a line that plays what it should.
    pub fn part(
        &mut self,
        wanted: &[Option<Key>],
        position: u64,
        settings: &Settings,
    ) -> Result<(), EncodeFault> {
        for index in 0..self.all.len() {
            let members = std::mem::take(&mut self.all[index].members);
            let mut groups: Vec<(&Option<Key>, Vec<usize>)> = Vec::new();
            for mount in members {
                match groups.iter_mut().find(|(key, _)| **key == wanted[mount]) {
                    Some((_, group)) => group.push(mount),
                    None => groups.push((&wanted[mount], vec![mount])),
                }
            }
            // The largest group keeps the encoder; among equals the one that goes on hearing the same.
            let own = |key: &Option<Key>| *key == self.all[index].key;
            groups.sort_by_key(|(key, group)| (std::cmp::Reverse(group.len()), !own(key)));
            let mut groups = groups.into_iter();
            let Some((stays, group)) = groups.next() else { continue };
            self.all[index].members = group;
            for (key, group) in groups {
                let mut line = self.all[index].fork(settings, position, group)?;
                for mount in line.members.clone() {
                    self.move_over(mount, index, &line, u64::MAX);
                }
                line.turn_to(key.clone(), position);
                self.all.push(line);
            }
            if *stays != self.all[index].key {
                self.all[index].turn_to(stays.clone(), position);
            }
        }
        Ok(())
    }

    /// Brings lines together that have played the same for a while.
    pub fn unite(&mut self, position: u64) {
        for index in (0..self.all.len()).rev() {
            let line = &self.all[index];
            let same = |other: &Line| other.key == line.key && other.is_settled(position);
            let Some(to) = (0..index).find(|to| line.is_settled(position) && same(&self.all[*to])) else {
                continue;
            };
            let waited = position - line.since.max(self.all[to].since);
            let allowed = if waited > FORCE { u64::MAX } else { 0 };
            let line = self.all.swap_remove(index);
            let members = line.members.clone();
            let joins: Vec<_> =
                members.iter().map(|mount| self.owed_over(*mount, &line, &self.all[to], allowed)).collect();
            if joins.iter().all(Option::is_some) {
                for (mount, slots) in members.iter().zip(joins.into_iter().flatten()) {
                    self.owed[*mount] = slots;
                }
                self.all[to].members.extend(members);
            } else {
                let last = self.all.len();
                self.all.push(line);
                self.all.swap(index, last);
            }
        }
    }

    /// Gives a mount the frames that lead from its line to another.
    fn move_over(&mut self, mount: usize, from: usize, to: &Line, allowed: u64) {
        if let Some(slots) = self.owed_over(mount, &self.all[from], to, allowed) {
            self.owed[mount] = slots;
        }
    }

    fn owed_over(&self, mount: usize, from: &Line, to: &Line, allowed: u64) -> Option<Vec<Slot>> {
        let ((first, line), (other_first, other)) = (from.waiting(), to.waiting());
        let owed = &self.owed[mount];
        let old: Vec<&[u8]> =
            owed.iter().map(|slot| &**slot).chain(line.into_iter().skip(owed.len())).collect();
        if first != other_first || old.is_empty() && other.is_empty() {
            // Nothing has been made yet.
            return Some(Vec::new());
        }
        join(&old, &other).filter(|join| join.lost as u64 <= allowed).map(|join| join.kept)
    }

    /// What a mount gets of a chunk of its line.
    pub fn share(&mut self, mount: usize, chunk: &[Slot]) -> Option<Vec<u8>> {
        if self.owed[mount].is_empty() {
            return None;
        }
        let mut owed = std::mem::take(&mut self.owed[mount]);
        if owed.len() > chunk.len() {
            self.owed[mount] = owed.split_off(chunk.len());
        }
        let rest = chunk[owed.len()..].iter();
        Some(owed.iter().chain(rest).flat_map(|slot| slot.iter().copied()).collect())
    }
}
