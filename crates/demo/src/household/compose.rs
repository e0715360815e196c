//! Puts a household together: a head, and around the head a family whose ages fit.

use super::HouseholdKey;
use crate::builder::{Builder, Newcomer};
use crate::day::{age_on, days_after, years_after, years_before, ymd};
use crate::person::{PersonKey, Relation, Sex};
use crate::rng::Rng;
use crate::table::Table;
use crate::village::VillageKey;
use chrono::NaiveDate;

/// Least days between two children of one mother.
const SPACING: i64 = 511;
/// Least age of husband and wife on the article's day: grown already when the registry began, three years before.
const MARRIED_AGE: i64 = 22;

/// The kinds of household of `data/demo/household_shapes.csv`.
pub(crate) struct Shapes(Vec<Shape>);

#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    size: usize,
    weight: u32,
    head_age: (i64, i64),
    spouse: bool,
    /// A married child lives here with husband or wife.
    couple: bool,
    children: i64,
    grandchildren: i64,
    parents: i64,
    siblings: i64,
    others: i64,
}

impl Shapes {
    pub fn read() -> Self {
        let table = Table::read(include_str!("../../../../data/demo/household_shapes.csv"));
        let shape = |row: crate::table::Row<'_>| Shape {
            size: row.number("size"),
            weight: row.number("weight"),
            head_age: (row.number("head_from"), row.number("head_to")),
            spouse: row.text("spouse") == "1",
            couple: row.text("couple") == "2",
            children: row.number("children"),
            grandchildren: row.number("grandchildren"),
            parents: row.number("parents"),
            siblings: row.number("siblings"),
            others: row.number("others"),
        };
        Shapes(table.rows().map(shape).collect())
    }

    pub fn draw(&self, size: usize, rng: &mut Rng) -> Shape {
        let of_size: Vec<Shape> = self.0.iter().copied().filter(|s| s.size == size).collect();
        *rng.weighted(&of_size, |s| s.weight)
    }
}

/// The household being composed, and the man and woman at its middle.
struct Family<'a> {
    builder: &'a mut Builder,
    rng: &'a mut Rng,
    household: HouseholdKey,
    village: VillageKey,
    day: NaiveDate,
    from: NaiveDate,
    group: &'static str,
    man: Option<PersonKey>,
    woman: Option<PersonKey>,
    /// Birth of the mother of the children, also when she is not in the household.
    mother_birth: NaiveDate,
}

/// Composes a household as it is on `day`; its people are in the registry since `from` or their birth.
pub(crate) fn compose(
    builder: &mut Builder,
    rng: &mut Rng,
    village: VillageKey,
    shape: Shape,
    day: NaiveDate,
    from: NaiveDate,
) -> HouseholdKey {
    let household = builder.add_household(village, from);
    let group = rng.weighted(&builder.village(village).plan.peoples, |p| p.1).0;
    let (man, woman) = (None, None);
    let mut family =
        Family { builder, rng, household, village, day, from, group, man, woman, mother_birth: day };
    let head = family.middle(shape);
    family.offspring(shape);
    family.elders(shape, head);
    family.around(shape, head);
    household
}

impl Family<'_> {
    fn add(
        &mut self,
        relation: Relation,
        sex: Sex,
        birth: NaiveDate,
        family: &str,
        group: &'static str,
        parents: (Option<PersonKey>, Option<PersonKey>),
    ) -> PersonKey {
        let class = match relation {
            Relation::Spouse | Relation::ChildInLaw | Relation::Other => "neighbour",
            Relation::Head | Relation::Parent | Relation::Sibling
                if group == "kinh" && birth < ymd(1985, 1, 1) =>
            {
                "settler"
            }
            _ => "local",
        };
        let province = crate::person::number::birth_province(class, birth, self.rng);
        let (father, mother) = parents;
        let who = Newcomer { family, sex, birth, group, province, father, mother };
        self.builder.add_person(who, self.household, relation, self.from)
    }

    /// The head, and the spouse where there is one.
    fn middle(&mut self, shape: Shape) -> PersonKey {
        let age = self.rng.range(shape.head_age.0, shape.head_age.1);
        let sex = self.head_sex(shape, age);
        let births = shape.children + i64::from(shape.couple);
        let eldest = if shape.couple { eldest_age(shape) } else { 0 };
        let least = if births > 0 { eldest + 20 + births * 3 / 2 } else { 0 }.max(MARRIED_AGE);
        let head_birth = self.birth_at(if sex == Sex::Female { age.max(least) } else { age });
        let family = self.builder.names.family(self.group);
        let head = self.add(Relation::Head, sex, head_birth, family, self.group, (None, None));
        let (mut man, mut woman) = (None, None);
        *(if sex == Sex::Male { &mut man } else { &mut woman }) = Some(head);
        self.mother_birth = head_birth;
        if sex == Sex::Male {
            let mother_age = (i64::from(age_on(head_birth, self.day)) - self.rng.range(-2, 6)).max(least);
            self.mother_birth = self.birth_at(mother_age);
        }
        if shape.spouse {
            let group = self.spouse_group();
            let family = self.builder.names.family(group);
            let head_age = i64::from(age_on(head_birth, self.day));
            let older = self.rng.range(-2, 6);
            let husband_birth = self.birth_at((head_age + older).max(MARRIED_AGE));
            let birth = if sex == Sex::Male { self.mother_birth } else { husband_birth };
            let spouse = self.add(Relation::Spouse, sex.other(), birth, family, group, (None, None));
            *(if sex == Sex::Male { &mut woman } else { &mut man }) = Some(spouse);
        }
        (self.man, self.woman) = (man, woman);
        head
    }

    fn head_sex(&mut self, shape: Shape, age: i64) -> Sex {
        let male = match (shape.spouse, age) {
            (true, _) => 850,
            (false, 50..) => 300,
            (false, _) if shape.children > 0 => 350,
            (false, _) => 600,
        };
        if self.rng.per_mille(male) { Sex::Male } else { Sex::Female }
    }

    /// Children, the married one with husband or wife, and grandchildren.
    fn offspring(&mut self, shape: Shape) {
        let family = self.family_of(self.man.or(self.woman));
        let group = self.man.or(self.woman).map_or(self.group, |p| self.builder.person(p).ethnic_group);
        let parents = (self.man, self.woman);
        let births = if shape.couple {
            let latest = years_before(self.day, eldest_age(shape));
            let earliest = years_before(self.day, 38);
            let end = days_after(years_after(self.mother_birth, 42), -SPACING * shape.children).min(latest);
            let eldest = self.rng.day(years_after(self.mother_birth, 19).max(earliest).min(end), end);
            let sex = if self.rng.per_mille(880) { Sex::Male } else { Sex::Female };
            let child = self.add(Relation::Child, sex, eldest, &family, group, parents);
            self.young_couple(shape, child);
            self.births(self.mother_birth, shape.children, days_after(eldest, SPACING), 27)
        } else {
            self.births(self.mother_birth, shape.children, years_after(self.mother_birth, 19), 27)
        };
        for birth in births {
            let sex = self.any_sex();
            self.add(Relation::Child, sex, birth, &family, group, parents);
        }
        if !shape.couple {
            for _ in 0..shape.grandchildren {
                let age = self.rng.range(3, 16);
                let (sex, birth) = (self.any_sex(), self.birth_at(age));
                self.add(Relation::Grandchild, sex, birth, &family, group, (None, None));
            }
        }
    }

    fn young_couple(&mut self, shape: Shape, child: PersonKey) {
        let (sex, birth) = (self.builder.person(child).sex, self.builder.person(child).birth);
        let own_age = i64::from(age_on(birth, self.day));
        let gap = self.rng.range(-1, 4);
        let least = (20 + shape.grandchildren * 3 / 2).max(MARRIED_AGE);
        let age = if sex == Sex::Male { own_age - gap } else { own_age + gap };
        let in_law_birth = self.birth_at(age.max(least));
        let group = self.spouse_group();
        let family = self.builder.names.family(group);
        let in_law = self.add(Relation::ChildInLaw, sex.other(), in_law_birth, family, group, (None, None));
        let (father, mother) = if sex == Sex::Male { (child, in_law) } else { (in_law, child) };
        let mother_birth = self.builder.person(mother).birth;
        let (family, group) = (self.family_of(Some(father)), self.builder.person(father).ethnic_group);
        for birth in self.births(mother_birth, shape.grandchildren, years_after(mother_birth, 19), 18) {
            let sex = self.any_sex();
            self.add(Relation::Grandchild, sex, birth, &family, group, (Some(father), Some(mother)));
        }
    }

    /// Births of `count` children of one mother, apart from each other, none older than `oldest`.
    fn births(&mut self, mother: NaiveDate, count: i64, earliest: NaiveDate, oldest: i64) -> Vec<NaiveDate> {
        let end = years_after(mother, 42).min(days_after(self.day, -10));
        let room = days_after(end, -SPACING * (count - 1).max(0));
        let start = earliest.max(years_before(self.day, oldest)).min(room);
        // The earlier of two draws now and then: fewer families had their child just this year.
        let mut draw = || {
            let (one, other) = (self.rng.day(start, room), self.rng.day(start, room));
            if self.rng.per_mille(300) { one.min(other) } else { one }
        };
        let mut days: Vec<NaiveDate> = (0..count).map(|_| draw()).collect();
        days.sort();
        days.iter().enumerate().map(|(at, day)| days_after(*day, SPACING * at as i64)).collect()
    }

    /// Parents of the head; once in a while a grandparent instead.
    fn elders(&mut self, shape: Shape, head: PersonKey) {
        if shape.parents == 0 {
            return;
        }
        let person = self.builder.person(head);
        let (birth, family) = (person.birth, self.family_of(Some(head)));
        if shape.parents == 1 && !shape.spouse && age_on(birth, self.day) < 40 && self.rng.per_mille(300) {
            let age = i64::from(age_on(birth, self.day)) + self.rng.range(42, 52);
            let (sex, birth) = (self.any_sex(), self.birth_at(age));
            self.add(Relation::Grandparent, sex, birth, &family, self.group, (None, None));
            return;
        }
        let mother_birth = days_after(years_before(birth, self.rng.range(19, 33)), -self.rng.range(0, 364));
        let both = shape.parents == 2;
        if both || self.rng.per_mille(750) {
            let own = self.builder.names.family(self.group);
            let key = self.add(Relation::Parent, Sex::Female, mother_birth, own, self.group, (None, None));
            self.builder.person_mut(head).mother = Some(key);
        }
        if both || self.builder.person(head).mother.is_none() {
            let father_birth = days_after(mother_birth, -self.rng.range(-300, 2000));
            let key = self.add(Relation::Parent, Sex::Male, father_birth, &family, self.group, (None, None));
            self.builder.person_mut(head).father = Some(key);
        }
    }

    /// Sisters and brothers of the head, and others who live here.
    fn around(&mut self, shape: Shape, head: PersonKey) {
        let (age, family) = (self.builder.person(head).age_on(self.day), self.family_of(Some(head)));
        for _ in 0..shape.siblings {
            let age = (i64::from(age) + self.rng.range(-9, 4)).max(18);
            let (sex, birth) = (self.any_sex(), self.birth_at(age));
            self.add(Relation::Sibling, sex, birth, &family, self.group, (None, None));
        }
        for _ in 0..shape.others {
            let age = self.rng.range(18, 70);
            let (sex, birth, group) = (self.any_sex(), self.birth_at(age), self.spouse_group());
            let family = self.builder.names.family(group);
            self.add(Relation::Other, sex, birth, family, group, (None, None));
        }
    }

    fn any_sex(&mut self) -> Sex {
        if self.rng.per_mille(516) { Sex::Male } else { Sex::Female }
    }

    fn spouse_group(&mut self) -> &'static str {
        let village = self.builder.village(self.village);
        if self.rng.per_mille(900) { self.group } else { self.rng.weighted(&village.plan.peoples, |p| p.1).0 }
    }

    fn family_of(&self, who: Option<PersonKey>) -> String {
        let name = who.map_or("", |p| &self.builder.person(p).name);
        name.split(' ').next().unwrap_or_default().to_owned()
    }

    /// A birth that makes a person `age` full years old on the day of the household.
    fn birth_at(&mut self, age: i64) -> NaiveDate {
        days_after(years_before(self.day, age), -self.rng.range(0, 364))
    }
}

/// Least age of the married child, so that the grandchildren fit.
fn eldest_age(shape: Shape) -> i64 {
    (21 + 2 * shape.grandchildren).max(22)
}
