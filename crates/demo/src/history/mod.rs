//! What happens to people and households: the events that the registry's history shows.

pub(crate) mod after;
pub(crate) mod before;
mod death;
mod family;

use crate::builder::Builder;
use crate::household::HouseholdKey;
use crate::person::PersonKey;
use crate::rng::Rng;
use chrono::NaiveDate;
use std::collections::BTreeSet;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LifeEventKind {
    /// `people`: the child; `household`: where it is born.
    Birth,
    /// `people`: the dead; a new head, if needed, follows from the memberships.
    Death,
    /// `people`: who came from outside the commune into `household`.
    MoveIn,
    /// `people`: who left the commune from `household`.
    MoveOut,
    /// `people` left `household` to form `other_household`, which begins on that day.
    Split,
    /// `household` ended on that day; `people`, its members, joined `other_household`.
    Merge,
}

/// Something that happened on a day. The memberships already contain its effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifeEvent {
    pub date: NaiveDate,
    pub kind: LifeEventKind,
    pub household: HouseholdKey,
    pub other_household: Option<HouseholdKey>,
    pub people: Vec<PersonKey>,
}

/// Tells stories of households, at most one for each, so that no story contradicts another.
struct Teller<'a> {
    b: &'a mut Builder,
    rng: Rng,
    /// Households without a story so far, in random order.
    free: Vec<HouseholdKey>,
    /// Households that have a part in the story of another.
    taken: BTreeSet<HouseholdKey>,
}

impl<'a> Teller<'a> {
    fn new(b: &'a mut Builder, topic: &str, on: NaiveDate) -> Self {
        let mut rng = b.rng(topic);
        let mut free: Vec<HouseholdKey> =
            b.households.iter().filter(|h| h.exists_on(on)).map(|h| h.key).collect();
        rng.shuffle(&mut free);
        Teller { b, rng, free, taken: BTreeSet::new() }
    }

    /// Offers a story to the free households until `want` of them took it.
    fn tell(&mut self, want: usize, story: fn(&mut Self, HouseholdKey) -> bool) {
        let (mut told, offered) = (0, std::mem::take(&mut self.free));
        let mut rest = Vec::with_capacity(offered.len());
        for household in offered {
            if told < want && !self.taken.contains(&household) && story(self, household) {
                told += 1;
            } else {
                rest.push(household);
            }
        }
        self.free = rest;
    }
}
