//! Two years of ordinary life after the article's day.

use super::{LifeEventKind, Teller};
use crate::builder::{Builder, Newcomer};
use crate::day::{ARTICLE_DAY, LAST_DAY, age_on, days_after, years_after, years_before};
use crate::household::{HouseholdKey, Shapes, compose};
use crate::person::{PersonKey, Relation, Residence, Sex};
use chrono::NaiveDate;

pub(crate) fn tell(builder: &mut Builder) {
    let mut teller = Teller::new(builder, "after", ARTICLE_DAY);
    teller.tell(14, Teller::household_merges);
    teller.tell(52, Teller::young_family_splits_off);
    teller.tell(112, Teller::death);
    teller.tell(60, Teller::wife_marries_in);
    teller.tell(95, Teller::child_leaves);
    teller.tell(16, Teller::household_moves_out);
    teller.tell(285, Teller::birth);
    teller.tell(60, Teller::someone_returns);
    teller.tell(90, Teller::someone_goes_away);
    teller.households_move_in(20);
}

impl Teller<'_> {
    fn coming_day(&mut self) -> NaiveDate {
        self.rng.day(days_after(ARTICLE_DAY, 3), days_after(LAST_DAY, -10))
    }

    fn birth(&mut self, household: HouseholdKey) -> bool {
        let young = self.b.young_family(household, ARTICLE_DAY).map(|y| {
            let son = self.b.person(y.child).sex == Sex::Male;
            (if son { (y.child, y.in_law) } else { (y.in_law, y.child) }, Relation::Grandchild)
        });
        let couple = self.b.head_couple(household, ARTICLE_DAY).map(|couple| (couple, Relation::Child));
        let Some(((father, mother), relation)) = young.or(couple) else { return false };
        let day = self.coming_day();
        let fertile = (19..=38).contains(&self.b.person(mother).age_on(day));
        let few = self.b.children_of(household, mother).len() < 3;
        let spaced = self
            .b
            .children_of(household, mother)
            .iter()
            .all(|c| years_after(self.b.person(*c).birth, 2) < day);
        if !(fertile && few && spaced) {
            return false;
        }
        let sex = if self.rng.per_mille(518) { Sex::Male } else { Sex::Female };
        let (family, group) = (self.b.family_name(father).to_owned(), self.b.person(father).ethnic_group);
        let province = crate::person::number::birth_province("local", day, &mut self.rng);
        let (father, mother) = (Some(father), Some(mother));
        let who = Newcomer { family: &family, sex, birth: day, group, province, father, mother };
        let child = self.b.add_person(who, household, relation, day);
        self.b.tell(day, LifeEventKind::Birth, household, None, vec![child]);
        true
    }

    /// A grown son marries a woman from outside.
    fn wife_marries_in(&mut self, household: HouseholdKey) -> bool {
        if self.b.member(household, ARTICLE_DAY, Relation::ChildInLaw).is_some() {
            return false;
        }
        let day = self.coming_day();
        let members = self.b.members_on(household, ARTICLE_DAY);
        let groom = members.iter().map(|m| (self.b.person(m.0), m.1)).find(|(person, relation)| {
            let grown = (22..=31).contains(&person.age_on(day));
            *relation == Relation::Child && person.sex == Sex::Male && grown
        });
        let Some((groom, _)) = groom else { return false };
        let (birth, group) = (groom.birth, groom.ethnic_group);
        let birth = days_after(birth, self.rng.range(-300, 1400)).min(years_before(day, 19));
        let family = self.b.names.family(group);
        let province = crate::person::number::birth_province("neighbour", birth, &mut self.rng);
        let who = Newcomer { family, sex: Sex::Female, birth, group, province, father: None, mother: None };
        let wife = self.b.add_person(who, household, Relation::ChildInLaw, day);
        self.b.tell(day, LifeEventKind::MoveIn, household, None, vec![wife]);
        true
    }

    fn child_leaves(&mut self, household: HouseholdKey) -> bool {
        let day = self.coming_day();
        if self.b.member(household, ARTICLE_DAY, Relation::ChildInLaw).is_some() {
            return false;
        }
        let members = self.b.members_on(household, ARTICLE_DAY);
        let grown = |m: &&(PersonKey, Relation)| {
            m.1 == Relation::Child && (18..=27).contains(&self.b.person(m.0).age_on(day))
        };
        let Some(child) = members.iter().find(grown).map(|m| m.0) else { return false };
        self.b.person_mut(child).leave(day);
        self.b.tell(day, LifeEventKind::MoveOut, household, None, vec![child]);
        true
    }

    fn young_family_splits_off(&mut self, household: HouseholdKey) -> bool {
        let Some(young) = self.b.young_family(household, ARTICLE_DAY) else { return false };
        let day = self.coming_day();
        let village = self.b.households[household.0 as usize].village;
        let new = self.b.add_household(village, day);
        self.b.move_person(young.child, day, new, Relation::Head);
        self.b.move_person(young.in_law, day, new, Relation::Spouse);
        for child in &young.children {
            self.b.move_person(*child, day, new, Relation::Child);
        }
        let people = [vec![young.child, young.in_law], young.children].concat();
        self.b.tell(day, LifeEventKind::Split, household, Some(new), people);
        true
    }

    /// An elder who lived alone joins the household of a son.
    fn household_merges(&mut self, household: HouseholdKey) -> bool {
        let members = self.b.members_on(household, ARTICLE_DAY);
        let [(elder, _)] = members[..] else { return false };
        let target = self.b.households.iter().map(|h| h.key).find(|h| self.takes_in(*h, household, elder));
        let Some(target) = target else { return false };
        let day = self.coming_day();
        self.b.move_person(elder, day, target, Relation::Parent);
        self.b.household_mut(household).to = Some(day);
        self.b.tell(day, LifeEventKind::Merge, household, Some(target), vec![elder]);
        self.taken.insert(target);
        true
    }

    fn takes_in(&self, target: HouseholdKey, household: HouseholdKey, elder: PersonKey) -> bool {
        let place = |h: HouseholdKey| &self.b.households[h.0 as usize];
        if place(target).village != place(household).village {
            return false;
        }
        let Some(head) = self.b.member(target, ARTICLE_DAY, Relation::Head) else { return false };
        let gap = age_on(self.b.person(elder).birth, self.b.person(head).birth);
        place(target).exists_on(ARTICLE_DAY)
            && self.b.member(target, ARTICLE_DAY, Relation::Parent).is_none()
            && self.b.family_name(head) == self.b.family_name(elder)
            && self.b.person(head).ethnic_group == self.b.person(elder).ethnic_group
            && (20..=40).contains(&gap)
            && !self
                .b
                .events
                .iter()
                .any(|e| e.date > ARTICLE_DAY && (e.household == target || e.other_household == Some(target)))
    }

    fn household_moves_out(&mut self, household: HouseholdKey) -> bool {
        let day = self.coming_day();
        if self.b.members_on(household, ARTICLE_DAY).len() > 4 {
            return false;
        }
        self.b.household_leaves(household, day);
        true
    }

    fn households_move_in(&mut self, count: usize) {
        let shapes = Shapes::read();
        for _ in 0..count {
            let village = self.rng.pick(&self.b.villages).key;
            let size = self.rng.range(1, 4) as usize;
            let shape = shapes.draw(size, &mut self.rng);
            let day = self.coming_day();
            let household = compose(self.b, &mut self.rng, village, shape, day, day);
            let members = self.b.members_on(household, day).iter().map(|m| m.0).collect();
            self.b.tell(day, LifeEventKind::MoveIn, household, None, members);
        }
    }

    fn someone_returns(&mut self, household: HouseholdKey) -> bool {
        self.residence_changes(household, Residence::TemporarilyAbsent, Residence::Permanent)
    }

    fn someone_goes_away(&mut self, household: HouseholdKey) -> bool {
        self.residence_changes(household, Residence::Permanent, Residence::TemporarilyAbsent)
    }

    fn residence_changes(&mut self, household: HouseholdKey, was: Residence, becomes: Residence) -> bool {
        let day = self.coming_day();
        let members = self.b.members_on(household, ARTICLE_DAY);
        let suited = |m: &&(PersonKey, Relation)| {
            let person = self.b.person(m.0);
            let worker = m.1 != Relation::Head && (19..=45).contains(&person.age_on(day));
            worker && person.membership_on(ARTICLE_DAY).is_some_and(|m| m.residence == was)
        };
        let Some(who) = members.iter().find(suited).map(|m| m.0) else { return false };
        self.b.person_mut(who).change(day, |m| m.residence = becomes);
        true
    }
}
