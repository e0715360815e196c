//! Who belongs to whom inside a household, as the stories need it.

use crate::builder::Builder;
use crate::household::HouseholdKey;
use crate::person::{PersonKey, Relation, Sex};
use chrono::NaiveDate;

/// The married child, the son- or daughter-in-law and their children.
pub(super) struct YoungFamily {
    pub child: PersonKey,
    pub in_law: PersonKey,
    pub children: Vec<PersonKey>,
}

impl Builder {
    /// Husband and wife at the middle of a household: the head and the spouse.
    pub(super) fn head_couple(
        &self,
        household: HouseholdKey,
        day: NaiveDate,
    ) -> Option<(PersonKey, PersonKey)> {
        let head = self.member(household, day, Relation::Head)?;
        let spouse = self.member(household, day, Relation::Spouse)?;
        Some(if self.person(head).sex == Sex::Male { (head, spouse) } else { (spouse, head) })
    }

    /// The family of a married child, where there is exactly one in the household.
    pub(super) fn young_family(&self, household: HouseholdKey, day: NaiveDate) -> Option<YoungFamily> {
        let members = self.members_on(household, day);
        let in_law = members.iter().find(|m| m.1 == Relation::ChildInLaw)?.0;
        let sex = self.person(in_law).sex.other();
        let children = members.iter().filter(|m| m.1 == Relation::Child && self.person(m.0).sex == sex);
        let child = children.min_by_key(|m| self.person(m.0).birth)?.0;
        let theirs = |m: &&(PersonKey, Relation)| {
            let person = self.person(m.0);
            m.1 == Relation::Grandchild && (person.father == Some(child) || person.mother == Some(child))
        };
        let children = members.iter().filter(theirs).map(|m| m.0).collect();
        Some(YoungFamily { child, in_law, children })
    }

    pub(super) fn family_name(&self, who: PersonKey) -> &str {
        self.person(who).name.split(' ').next().unwrap_or_default()
    }

    /// Children of a woman that the demo knows.
    pub(super) fn children_of(&self, household: HouseholdKey, mother: PersonKey) -> Vec<PersonKey> {
        let members = self.households[household.0 as usize].members.iter().copied();
        members.filter(|m| self.person(*m).mother == Some(mother)).collect()
    }

    /// Whether a child born on a day would keep its distance from the other children of the mother.
    pub(super) fn birth_fits(&self, household: HouseholdKey, mother: PersonKey, birth: NaiveDate) -> bool {
        let apart = |c: &PersonKey| (self.person(*c).birth - birth).num_days().abs() >= 400;
        self.children_of(household, mother).iter().all(apart)
    }
}
