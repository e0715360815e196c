//! The whole demo commune and the questions that its writer and its tests ask it.

use crate::asset::{Asset, Norm};
use crate::history::LifeEvent;
use crate::household::{Household, HouseholdKey};
use crate::organisation::{Organisation, OrganisationKind};
use crate::person::{Membership, Person, PersonKey, Relation};
use crate::staff::StaffAccount;
use crate::unit::{Fact, Unit, UnitChange};
use crate::village::{Coverage, EthnicGroup, Village, VillageKey};
use chrono::NaiveDate;

/// Everything that [`crate::generate`] makes. Keys of people and households are positions in their lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commune {
    pub seed: u64,
    pub units: Vec<Unit>,
    pub unit_changes: Vec<UnitChange>,
    pub facts: Vec<Fact>,
    pub ethnic_groups: Vec<EthnicGroup>,
    pub villages: Vec<Village>,
    pub coverage: Vec<Coverage>,
    pub households: Vec<Household>,
    pub people: Vec<Person>,
    pub organisations: Vec<Organisation>,
    pub assets: Vec<Asset>,
    pub norms: Vec<Norm>,
    pub staff: Vec<StaffAccount>,
    /// By date.
    pub events: Vec<LifeEvent>,
}

impl Commune {
    /// A person by key; keys come from this same commune.
    pub fn person(&self, key: PersonKey) -> &Person {
        &self.people[key.0 as usize]
    }

    /// A household by key; keys come from this same commune.
    pub fn household(&self, key: HouseholdKey) -> &Household {
        &self.households[key.0 as usize]
    }

    /// A village by key; keys come from this same commune.
    pub fn village(&self, key: VillageKey) -> &Village {
        &self.villages[usize::from(key.0) - 1]
    }

    /// Everybody who is counted on a day, with their membership.
    pub fn people_on(&self, day: NaiveDate) -> impl Iterator<Item = (&Person, &Membership)> {
        self.people.iter().filter_map(move |p| p.membership_on(day).map(|m| (p, m)))
    }

    /// The households that exist on a day.
    pub fn households_on(&self, day: NaiveDate) -> impl Iterator<Item = &Household> {
        self.households.iter().filter(move |h| h.exists_on(day))
    }

    /// Members of a household on a day.
    pub fn members_on(
        &self,
        household: HouseholdKey,
        day: NaiveDate,
    ) -> impl Iterator<Item = (&Person, &Membership)> {
        let members = self.household(household).members.iter().map(|key| self.person(*key));
        members.filter_map(move |p| p.membership_on(day).filter(|m| m.household == household).map(|m| (p, m)))
    }

    /// The head of a household on a day; `None` when the household does not exist then.
    pub fn head_on(&self, household: HouseholdKey, day: NaiveDate) -> Option<&Person> {
        self.members_on(household, day).find(|(_, m)| m.relation == Relation::Head).map(|(p, _)| p)
    }

    /// The village where a person lives on a day.
    pub fn village_on(&self, person: PersonKey, day: NaiveDate) -> Option<VillageKey> {
        self.person(person).membership_on(day).map(|m| self.household(m.household).village)
    }

    /// Organisations of a kind that exist on a day.
    pub fn organisations_on(
        &self,
        kind: OrganisationKind,
        day: NaiveDate,
    ) -> impl Iterator<Item = &Organisation> {
        self.organisations.iter().filter(move |o| o.kind == kind && crate::day::holds_on(o.from, o.to, day))
    }
}
