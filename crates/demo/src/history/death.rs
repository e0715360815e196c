//! Death, and who leads the household afterwards; and households that end.

use super::{LifeEventKind, Teller};
use crate::builder::Builder;
use crate::day::{ARTICLE_DAY, LAST_DAY, days_after};
use crate::household::HouseholdKey;
use crate::person::{PersonKey, Relation, Residence};
use chrono::NaiveDate;

impl Builder {
    pub(super) fn dies(&mut self, who: PersonKey, day: NaiveDate) {
        let person = self.person_mut(who);
        person.death = Some(day);
        person.leave(day);
    }

    /// All members leave the commune and the household ends.
    pub(super) fn household_leaves(&mut self, household: HouseholdKey, day: NaiveDate) {
        let members: Vec<PersonKey> =
            self.members_on(household, days_after(day, -1)).iter().map(|m| m.0).collect();
        for member in &members {
            self.person_mut(*member).leave(day);
        }
        self.household_mut(household).to = Some(day);
        self.tell(day, LifeEventKind::MoveOut, household, None, members);
    }

    /// The next head: the spouse, else the eldest adult child, else the eldest adult.
    fn heir(&self, members: &[(PersonKey, Relation)], day: NaiveDate) -> Option<(PersonKey, Relation)> {
        let rank = |relation| match relation {
            Relation::Spouse => 0,
            Relation::Child => 1,
            _ => 2,
        };
        let adults = members.iter().filter(|m| self.person(m.0).age_on(day) >= 18);
        adults.min_by_key(|m| (rank(m.1), self.person(m.0).birth)).copied()
    }

    /// Gives the household its new head and every member the new relation.
    fn inherit(&mut self, members: &[(PersonKey, Relation)], heir: (PersonKey, Relation), day: NaiveDate) {
        for (key, relation) in members {
            let own_child = [self.person(*key).father, self.person(*key).mother].contains(&Some(heir.0));
            let next = match (heir.1, relation) {
                _ if *key == heir.0 => Relation::Head,
                (Relation::Spouse, Relation::Sibling) => Relation::Other,
                (Relation::Spouse, _) => *relation,
                (Relation::Child, Relation::Child) => Relation::Sibling,
                (Relation::Child, Relation::ChildInLaw) => Relation::Spouse,
                (Relation::Child, Relation::Grandchild) if own_child => Relation::Child,
                (Relation::Child, Relation::Parent) => Relation::Grandparent,
                (Relation::Parent, Relation::Child) => Relation::Grandchild,
                _ => Relation::Other,
            };
            if next != *relation {
                self.person_mut(*key).change(day, |m| {
                    m.relation = next;
                    // An heir who was away comes home to lead the household.
                    if next == Relation::Head && m.residence == Residence::TemporarilyAbsent {
                        m.residence = Residence::Permanent;
                    }
                });
            }
        }
    }
}

impl Teller<'_> {
    /// Someone of the household dies, the old more often than the young.
    pub(super) fn death(&mut self, household: HouseholdKey) -> bool {
        let mut members = self.b.members_on(household, ARTICLE_DAY);
        let day = self.rng.day(days_after(ARTICLE_DAY, 3), days_after(LAST_DAY, -10));
        let mut dead = None;
        for (at, (key, _)) in members.iter().enumerate() {
            let age = self.b.person(*key).age_on(day);
            let chance = if age < 55 { 2 } else { (age - 53) as u32 * 9 };
            if self.rng.per_mille(chance) {
                dead = Some(at);
                break;
            }
        }
        let Some(at) = dead else { return false };
        let (dead, relation) = members.remove(at);
        let heir = self.b.heir(&members, day);
        match (relation == Relation::Head, heir) {
            (true, None) if !members.is_empty() => return false,
            (true, None) => self.b.household_mut(household).to = Some(day),
            (true, Some(heir)) => self.b.inherit(&members, heir, day),
            (false, _) => {}
        }
        self.b.dies(dead, day);
        self.b.tell(day, LifeEventKind::Death, household, None, vec![dead]);
        true
    }
}
