//! What the steps of the generator share while the commune is being made.

use crate::commune::Commune;
use crate::day::BASELINE;
use crate::history::{LifeEvent, LifeEventKind};
use crate::household::{Household, HouseholdKey};
use crate::names::Names;
use crate::person::{Education, Membership, Person, PersonKey, Relation, Residence, Sex};
use crate::rng::Rng;
use crate::village::{self, Village, VillageKey};
use crate::{asset, organisation, staff, unit};
use chrono::NaiveDate;

pub(crate) struct Builder {
    pub seed: u64,
    pub villages: Vec<Village>,
    pub households: Vec<Household>,
    pub people: Vec<Person>,
    pub events: Vec<LifeEvent>,
    pub names: Names,
}

/// What is known of a person at the moment of being added.
pub(crate) struct Newcomer<'a> {
    pub family: &'a str,
    pub sex: Sex,
    pub birth: NaiveDate,
    pub group: &'static str,
    pub province: &'static str,
    pub father: Option<PersonKey>,
    pub mother: Option<PersonKey>,
}

impl Builder {
    pub fn new(seed: u64) -> Self {
        Builder {
            seed,
            villages: village::villages(),
            households: Vec::new(),
            people: Vec::new(),
            events: Vec::new(),
            names: Names::new(seed),
        }
    }

    pub fn rng(&self, topic: &str) -> Rng {
        Rng::new(self.seed, topic)
    }

    pub fn village(&self, key: VillageKey) -> &Village {
        &self.villages[usize::from(key.0) - 1]
    }

    pub fn person(&self, key: PersonKey) -> &Person {
        &self.people[key.0 as usize]
    }

    pub fn person_mut(&mut self, key: PersonKey) -> &mut Person {
        &mut self.people[key.0 as usize]
    }

    pub fn household_mut(&mut self, key: HouseholdKey) -> &mut Household {
        &mut self.households[key.0 as usize]
    }

    pub fn add_household(&mut self, village: VillageKey, from: NaiveDate) -> HouseholdKey {
        let key = HouseholdKey(self.households.len() as u32);
        self.households.push(Household::new(key, village, from));
        key
    }

    /// Adds a person to a household from a day, or from the birth if that is later.
    pub fn add_person(
        &mut self,
        who: Newcomer<'_>,
        household: HouseholdKey,
        relation: Relation,
        from: NaiveDate,
    ) -> PersonKey {
        let key = PersonKey(self.people.len() as u32);
        let name = self.names.full(who.group, who.family, who.sex, who.birth);
        let from = from.max(who.birth).max(BASELINE);
        let membership = Membership { household, relation, residence: Residence::Permanent, from, to: None };
        self.people.push(Person {
            key,
            name,
            sex: who.sex,
            birth: who.birth,
            death: None,
            ethnic_group: who.group,
            birth_province: who.province,
            father: who.father,
            mother: who.mother,
            personal_number: None,
            memberships: vec![membership],
            phone: Vec::new(),
            smartphone: Vec::new(),
            payment_account: Vec::new(),
            insurance: Vec::new(),
            occupation: Vec::new(),
            education: Education::None,
            skills: Vec::new(),
            disability: None,
            meritorious_vi: None,
        });
        self.household_mut(household).members.push(key);
        key
    }

    /// Moves a person into another household from a day; whoever moves lives there from then on.
    pub fn move_person(&mut self, who: PersonKey, day: NaiveDate, into: HouseholdKey, relation: Relation) {
        self.person_mut(who).change(day, |m| {
            m.household = into;
            m.relation = relation;
            m.residence = Residence::Permanent;
        });
        let members = &mut self.household_mut(into).members;
        if !members.contains(&who) {
            members.push(who);
        }
    }

    /// Members on a day with their relation, in the order in which they came.
    pub fn members_on(&self, household: HouseholdKey, day: NaiveDate) -> Vec<(PersonKey, Relation)> {
        let members = self.households[household.0 as usize].members.iter();
        let here = |key: &PersonKey| {
            self.person(*key)
                .membership_on(day)
                .filter(|m| m.household == household)
                .map(|m| (*key, m.relation))
        };
        members.filter_map(here).collect()
    }

    /// The first member with a relation on a day.
    pub fn member(&self, household: HouseholdKey, day: NaiveDate, relation: Relation) -> Option<PersonKey> {
        self.members_on(household, day).into_iter().find(|m| m.1 == relation).map(|m| m.0)
    }

    pub fn tell(
        &mut self,
        date: NaiveDate,
        kind: LifeEventKind,
        household: HouseholdKey,
        other_household: Option<HouseholdKey>,
        people: Vec<PersonKey>,
    ) {
        self.events.push(LifeEvent { date, kind, household, other_household, people });
    }

    /// The commune, with the parts that are made from the people: organisations, assets and accounts.
    pub fn finish(mut self) -> Commune {
        self.events.sort_by_key(|e| (e.date, e.household, e.kind));
        let (seed, coverage) = (self.seed, village::coverage(&self.villages));
        let mut commune = Commune {
            seed,
            units: unit::units(),
            unit_changes: unit::changes(),
            facts: unit::facts(),
            ethnic_groups: village::ethnic_groups(),
            villages: self.villages,
            coverage,
            households: self.households,
            people: self.people,
            organisations: Vec::new(),
            assets: Vec::new(),
            norms: asset::norms(),
            staff: Vec::new(),
            events: self.events,
        };
        commune.staff = staff::cast(&mut commune);
        commune.organisations = organisation::all(&commune);
        commune.assets = asset::all(&commune);
        commune
    }
}
