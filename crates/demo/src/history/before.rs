//! The three years before the article's day. Its counts are already settled, so these stories only look back: when the people
//! of that day came, who had been there before them, and from which household theirs was split.

use super::{LifeEventKind, Teller};
use crate::builder::{Builder, Newcomer};
use crate::day::{ARTICLE_DAY, BASELINE, age_on, days_after, years_after, years_before};
use crate::household::{HouseholdKey, Shapes, compose};
use crate::person::{Membership, PersonKey, Relation, Residence, Sex};
use chrono::NaiveDate;

pub(crate) fn tell(builder: &mut Builder) {
    let mut teller = Teller::new(builder, "before", ARTICLE_DAY);
    teller.tell(40, Teller::household_moved_in);
    teller.tell(45, Teller::household_was_split_off);
    teller.tell(18, Teller::parent_had_own_household);
    teller.tell(60, Teller::spouse_had_died);
    teller.tell(110, Teller::parent_had_died);
    teller.tell(130, Teller::child_had_left);
    teller.tell(120, Teller::in_law_married_in);
    teller.households_moved_out(14);
    teller.residences();
    births(builder);
}

/// Everybody who was born since the registry began and was here from birth.
fn births(b: &mut Builder) {
    let born: Vec<(NaiveDate, HouseholdKey, PersonKey)> = b
        .people
        .iter()
        .filter(|p| p.birth > BASELINE && p.start() == p.birth)
        .map(|p| (p.birth, p.memberships[0].household, p.key))
        .collect();
    for (date, household, child) in born {
        b.tell(date, LifeEventKind::Birth, household, None, vec![child]);
    }
}

impl Teller<'_> {
    fn past_day(&mut self) -> NaiveDate {
        self.rng.day(days_after(BASELINE, 30), days_after(ARTICLE_DAY, -5))
    }

    fn household_moved_in(&mut self, household: HouseholdKey) -> bool {
        let members = self.b.members_on(household, ARTICLE_DAY);
        if members.len() > 4 {
            return false;
        }
        let day = self.past_day();
        let temporary = self.rng.per_mille(350);
        self.b.household_mut(household).from = day;
        for (key, _) in &members {
            let person = self.b.person_mut(*key);
            person.memberships[0].from = day.max(person.birth);
            if temporary {
                person.memberships[0].residence = Residence::Temporary;
            }
        }
        let came = members.iter().map(|m| m.0).filter(|m| self.b.person(*m).birth < day).collect();
        self.b.tell(day, LifeEventKind::MoveIn, household, None, came);
        true
    }

    /// A young household came out of an older one of the same village, people and family name.
    fn household_was_split_off(&mut self, household: HouseholdKey) -> bool {
        let members = self.b.members_on(household, ARTICLE_DAY);
        let core = [Relation::Head, Relation::Spouse, Relation::Child];
        let Some((man, _)) = self.b.head_couple(household, ARTICLE_DAY) else { return false };
        let age = self.b.person(man).age_on(ARTICLE_DAY);
        if !(23..=36).contains(&age) || members.iter().any(|m| !core.contains(&m.1)) {
            return false;
        }
        let old =
            self.b.households.iter().map(|h| h.key).find(|old| self.could_be_parents(*old, household, man));
        let Some(old) = old else { return false };
        let day = self.past_day();
        if let Some((father, mother)) = self.b.head_couple(old, ARTICLE_DAY) {
            let son = self.b.person_mut(man);
            (son.father, son.mother) = (Some(father), Some(mother));
        }
        for (key, relation) in &members {
            let before = match relation {
                Relation::Child => Relation::Grandchild,
                _ if *key == man => Relation::Child,
                _ => Relation::ChildInLaw,
            };
            self.b.lived_elsewhere(*key, old, before, day);
        }
        self.b.household_mut(household).from = day;
        let left = members.iter().map(|m| m.0).filter(|m| self.b.person(*m).birth < day).collect();
        self.b.tell(day, LifeEventKind::Split, old, Some(household), left);
        self.taken.insert(old);
        true
    }

    fn could_be_parents(&self, old: HouseholdKey, young: HouseholdKey, son: PersonKey) -> bool {
        let place = |h: HouseholdKey| self.b.households[h.0 as usize].village;
        if place(old) != place(young) || self.b.households[old.0 as usize].from != BASELINE {
            return false;
        }
        // Head and spouse were composed first; most households fail here, before the slower questions.
        let first_two = self.b.households[old.0 as usize].members.iter().take(2);
        if !first_two.into_iter().any(|m| self.b.family_name(*m) == self.b.family_name(son)) {
            return false;
        }
        let Some((father, mother)) = self.b.head_couple(old, ARTICLE_DAY) else { return false };
        let birth = self.b.person(son).birth;
        let gap = |p: PersonKey| age_on(self.b.person(p).birth, birth);
        self.b.family_name(father) == self.b.family_name(son)
            && self.b.person(father).ethnic_group == self.b.person(son).ethnic_group
            && (20..=48).contains(&gap(father))
            && (19..=41).contains(&gap(mother))
            && self.b.birth_fits(old, mother, birth)
            && self.b.household_unsplit(old)
    }

    /// The single parent of the head kept an own household until it was merged into this one.
    fn parent_had_own_household(&mut self, household: HouseholdKey) -> bool {
        let members = self.b.members_on(household, ARTICLE_DAY);
        let parents: Vec<PersonKey> =
            members.iter().filter(|m| m.1 == Relation::Parent).map(|m| m.0).collect();
        let [parent] = parents[..] else { return false };
        let day = self.past_day();
        let village = self.b.households[household.0 as usize].village;
        let old = self.b.add_household(village, BASELINE);
        self.b.lived_elsewhere(parent, old, Relation::Head, day);
        self.b.household_mut(old).to = Some(day);
        self.b.tell(day, LifeEventKind::Merge, old, Some(household), vec![parent]);
        true
    }

    /// A widow or widower took over the household from the dead spouse.
    fn spouse_had_died(&mut self, household: HouseholdKey) -> bool {
        let members = self.b.members_on(household, ARTICLE_DAY);
        let Some(head) = self.b.member(household, ARTICLE_DAY, Relation::Head) else { return false };
        let widowed = self.b.person(head).age_on(ARTICLE_DAY) >= 52;
        let unsuited = [Relation::Spouse, Relation::Sibling, Relation::Parent, Relation::Grandparent];
        if !widowed || members.iter().any(|m| unsuited.contains(&m.1)) {
            return false;
        }
        let day = self.past_day();
        let (sex, birth, group) =
            (self.b.person(head).sex, self.b.person(head).birth, self.b.person(head).ethnic_group);
        let older = if sex == Sex::Female { self.rng.range(-300, 2500) } else { self.rng.range(-1500, 600) };
        let family = self.b.family_name(head).to_owned();
        let who = Newcomer {
            family: &family,
            sex: sex.other(),
            birth: days_after(birth, -older),
            group,
            province: "010",
            father: None,
            mother: None,
        };
        let dead = self.b.add_person(who, household, Relation::Head, BASELINE);
        self.b.dies(dead, day);
        self.b.person_mut(head).memberships[0].relation = Relation::Spouse;
        self.b.person_mut(head).change(day, |m| m.relation = Relation::Head);
        self.b.tell(day, LifeEventKind::Death, household, None, vec![dead]);
        true
    }

    fn parent_had_died(&mut self, household: HouseholdKey) -> bool {
        let Some(head) = self.b.member(household, ARTICLE_DAY, Relation::Head) else { return false };
        let (birth, group) = (self.b.person(head).birth, self.b.person(head).ethnic_group);
        let settled = self.b.member(household, ARTICLE_DAY, Relation::Parent).is_none();
        if !settled || !(38..=66).contains(&age_on(birth, ARTICLE_DAY)) {
            return false;
        }
        let sex = if self.rng.per_mille(560) { Sex::Female } else { Sex::Male };
        let own = self.b.names.family(group);
        let family = if sex == Sex::Male { self.b.family_name(head).to_owned() } else { own.to_owned() };
        let birth = days_after(years_before(birth, self.rng.range(19, 29)), -self.rng.range(0, 364));
        let who =
            Newcomer { family: &family, sex, birth, group, province: "010", father: None, mother: None };
        let dead = self.b.add_person(who, household, Relation::Parent, BASELINE);
        let day = self.past_day();
        self.b.dies(dead, day);
        self.b.tell(day, LifeEventKind::Death, household, None, vec![dead]);
        true
    }

    /// A grown child left the commune: to marry, to work, to study.
    fn child_had_left(&mut self, household: HouseholdKey) -> bool {
        let Some((father, mother)) = self.b.head_couple(household, ARTICLE_DAY) else { return false };
        let earliest = years_after(self.b.person(mother).birth, 19).max(years_before(BASELINE, 23));
        let latest = years_after(self.b.person(mother).birth, 40).min(years_before(ARTICLE_DAY, 20));
        if earliest >= latest {
            return false;
        }
        let birth = self.rng.day(earliest, latest);
        if !self.b.birth_fits(household, mother, birth) {
            return false;
        }
        let sex = if self.rng.per_mille(620) { Sex::Female } else { Sex::Male };
        let (family, group) = (self.b.family_name(father).to_owned(), self.b.person(father).ethnic_group);
        let (father, mother) = (Some(father), Some(mother));
        let who = Newcomer { family: &family, sex, birth, group, province: "010", father, mother };
        let child = self.b.add_person(who, household, Relation::Child, BASELINE);
        let first = days_after(BASELINE, 30).max(years_after(birth, 18));
        let day = self.rng.day(first, days_after(ARTICLE_DAY, -5));
        self.b.person_mut(child).leave(day);
        self.b.tell(day, LifeEventKind::MoveOut, household, None, vec![child]);
        true
    }

    /// A young wife or husband came from outside, before the first child.
    fn in_law_married_in(&mut self, household: HouseholdKey) -> bool {
        let members = self.b.members_on(household, ARTICLE_DAY);
        let in_law = members.iter().find(|m| m.1 == Relation::ChildInLaw);
        let Some(who) = in_law.or(members.iter().find(|m| m.1 == Relation::Spouse)).map(|m| m.0) else {
            return false;
        };
        let birth = self.b.person(who).birth;
        let parent_of = |m: &&(PersonKey, Relation)| {
            let child = self.b.person(m.0);
            child.mother == Some(who) || child.father == Some(who)
        };
        let first_child = members.iter().filter(parent_of).map(|m| self.b.person(m.0).birth).min();
        let latest = first_child.map_or(days_after(ARTICLE_DAY, -5), |birth| days_after(birth, -200));
        let earliest = days_after(BASELINE, 20).max(years_after(birth, 18));
        if age_on(birth, ARTICLE_DAY) > 33 || earliest >= latest {
            return false;
        }
        let day = self.rng.day(earliest, latest);
        self.b.person_mut(who).memberships[0].from = day;
        self.b.tell(day, LifeEventKind::MoveIn, household, None, vec![who]);
        true
    }

    fn households_moved_out(&mut self, count: usize) {
        let shapes = Shapes::read();
        for _ in 0..count {
            let village = self.rng.pick(&self.b.villages).key;
            let size = self.rng.range(1, 4) as usize;
            let shape = shapes.draw(size, &mut self.rng);
            let household = compose(self.b, &mut self.rng, village, shape, BASELINE, BASELINE);
            let day = self.past_day();
            self.b.household_leaves(household, day);
        }
    }

    /// Lodgers live here for a time; some of working age are away for a time.
    fn residences(&mut self) {
        for at in 0..self.b.people.len() {
            let Some(now) = self.b.people[at].membership_on(ARTICLE_DAY) else { continue };
            let (relation, start) = (now.relation, now.from);
            let age = self.b.people[at].age_on(ARTICLE_DAY);
            if relation == Relation::Other {
                self.b.people[at].memberships.iter_mut().for_each(|m| m.residence = Residence::Temporary);
            } else if relation != Relation::Head && (19..=42).contains(&age) && self.rng.per_mille(75) {
                let first = start.max(BASELINE + chrono::Months::new(12));
                if first < days_after(ARTICLE_DAY, -40) {
                    let day = self.rng.day(days_after(first, 20), days_after(ARTICLE_DAY, -10));
                    self.b.people[at].change(day, |m| m.residence = Residence::TemporarilyAbsent);
                }
            }
        }
    }
}

impl Builder {
    /// Before `day` the person had lived in another household, since the beginning or the birth.
    fn lived_elsewhere(
        &mut self,
        who: PersonKey,
        household: HouseholdKey,
        relation: Relation,
        day: NaiveDate,
    ) {
        let person = self.person_mut(who);
        if person.birth >= day {
            return;
        }
        let from = BASELINE.max(person.birth);
        person.memberships[0].from = day;
        let residence = Residence::Permanent;
        person.memberships.insert(0, Membership { household, relation, residence, from, to: Some(day) });
        self.household_mut(household).members.push(who);
    }

    fn household_unsplit(&self, household: HouseholdKey) -> bool {
        let touched =
            |e: &crate::history::LifeEvent| e.household == household || e.other_household == Some(household);
        !self.events.iter().any(touched)
    }
}
