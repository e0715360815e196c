//! Households and people with all their versions, through the registry's bulk door.

use super::Ids;
use crate::{Commune, Dated, HouseholdKey, LifeEventKind, PersonKey, Poverty, Residence, Sex, value_on};
use chrono::NaiveDate;
use platform::{Ctx, Error, Result, Tx, Uuid};
use registry::bulk::{Bulk, BulkHolding, BulkHousehold, BulkPerson, Ending, Since};
use registry::household::{self, Facts as HouseholdFacts};
use registry::lists::{self, Lists};
use registry::person::{EventKind, Facts, LifeEvent, Membership, NewPerson, RawPerson};
use std::collections::BTreeSet;

const SOURCE: &str = "Dữ liệu minh hoạ";

/// Where the demo's people and households stand in the database.
pub(crate) struct Keys {
    people: Vec<Uuid>,
    households: Vec<Uuid>,
}

impl Keys {
    pub fn person(&self, key: PersonKey) -> Uuid {
        self.people[key.0 as usize]
    }

    fn household(&self, key: HouseholdKey) -> Uuid {
        self.households[key.0 as usize]
    }
}

pub async fn write(ctx: &Ctx, tx: &Tx, demo: &Commune, ids: &Ids) -> Result<Keys> {
    let keys = Keys {
        people: demo.people.iter().map(|_| ctx.new_id()).collect(),
        households: demo.households.iter().map(|_| ctx.new_id()).collect(),
    };
    let lists = lists::load(ctx)?;
    let teller = Teller { ctx, demo, ids, keys: &keys, lists: &lists };
    let bulk = Bulk {
        households: demo.households.iter().map(|one| teller.household(one)).collect(),
        people: demo.people.iter().map(|one| teller.person(one)).collect::<Result<_>>()?,
        events: teller.events(),
        source: SOURCE.to_owned(),
    };
    registry::bulk::insert_many(ctx, tx, &bulk).await?;
    Ok(keys)
}

struct Teller<'a> {
    ctx: &'a Ctx,
    demo: &'a Commune,
    ids: &'a Ids,
    keys: &'a Keys,
    lists: &'a Lists,
}

impl Teller<'_> {
    fn village(&self, household: HouseholdKey) -> Uuid {
        self.ids.villages[&self.demo.household(household).village]
    }

    fn household(&self, one: &crate::Household) -> BulkHousehold {
        let mut days = starts(one.from, one.to, [days_of(&one.poverty), days_of(&one.fibre)]);
        for key in &one.members {
            days.extend(
                self.demo.person(*key).memberships.iter().map(|m| m.from).filter(|day| one.exists_on(*day)),
            );
            days.extend(
                self.demo
                    .person(*key)
                    .memberships
                    .iter()
                    .filter_map(|m| m.to)
                    .filter(|day| one.exists_on(*day)),
            );
        }
        let versions = days.into_iter().map(|day| Since::new(day, self.household_facts(one, day)));
        BulkHousehold {
            id: self.keys.household(one.key),
            versions: without_repeats(versions),
            ended: one.to.map(|day| (day, String::new())),
            holdings: one.production.iter().flat_map(holdings).collect(),
        }
    }

    fn household_facts(&self, one: &crate::Household, day: NaiveDate) -> HouseholdFacts {
        HouseholdFacts {
            village_id: self.ids.villages[&one.village],
            address: one.address.clone(),
            book_no: one.book_number.clone(),
            head_person_id: self.demo.head_on(one.key, day).map(|head| self.keys.person(head.key)),
            poverty: match value_on(&one.poverty, day).copied().unwrap_or(Poverty::None) {
                Poverty::None => household::Poverty::None,
                Poverty::NearPoor => household::Poverty::NearPoor,
                Poverty::Poor => household::Poverty::Poor,
            },
            residence: household::Residence::Permanent,
            fibre: value_on(&one.fibre, day).copied().unwrap_or_default(),
            water: None,
            electric: None,
        }
    }

    fn person(&self, one: &crate::Person) -> Result<BulkPerson> {
        let days = starts(
            one.start(),
            one.end(),
            [
                days_of(&one.phone),
                days_of(&one.smartphone),
                days_of(&one.payment_account),
                days_of(&one.insurance),
                days_of(&one.occupation),
            ],
        );
        let mut facts = Vec::with_capacity(days.len());
        for day in days {
            facts.push(Since::new(day, self.facts(one, day)?));
        }
        let places = one.memberships.iter().map(|m| {
            let place = Membership {
                household_id: self.keys.household(m.household),
                village_id: self.village(m.household),
                relation: relation(m.relation).to_owned(),
                residence: residence(m.residence),
            };
            Since::new(m.from, place)
        });
        let ended = one.end().map(|day| match one.death {
            Some(death) if death <= day => Ending::Died(day),
            _ => Ending::Left(day),
        });
        Ok(BulkPerson {
            id: self.keys.person(one.key),
            facts: without_repeats(facts.into_iter()),
            places: without_repeats(places),
            ended,
            skills: one.skills.iter().map(|skill| (*skill).to_owned()).collect(),
        })
    }

    /// Through the same check as a form: what the demo shows could have been typed.
    fn facts(&self, one: &crate::Person, day: NaiveDate) -> Result<Facts> {
        let yes = |yes: Option<&bool>| if yes == Some(&true) { "1".to_owned() } else { String::new() };
        let insurance = value_on(&one.insurance, day).and_then(Option::as_ref);
        let raw = RawPerson {
            full_name: one.name.clone(),
            sex: if one.sex == Sex::Male { "male" } else { "female" }.into(),
            birth: vntext_date(one.birth),
            personal_no: one.personal_number.clone().unwrap_or_default(),
            ethnic: one.ethnic_group.to_owned(),
            phone: value_on(&one.phone, day).cloned().flatten().unwrap_or_default(),
            smartphone: yes(value_on(&one.smartphone, day)),
            insurance_no: insurance.map(|card| card.number.clone()).unwrap_or_default(),
            insurance_until: insurance.map(|card| vntext_date(card.valid_to)).unwrap_or_default(),
            payment_account: yes(value_on(&one.payment_account, day)),
            education: education(one.education).to_owned(),
            occupation: value_on(&one.occupation, day)
                .map(|work| work.name_vi.to_owned())
                .unwrap_or_default(),
            disability: one.disability.map(|d| disability(self.lists, d.kind_vi)).unwrap_or_default(),
            meritorious: one.meritorious_vi.map(|kind| meritorious(self.lists, kind)).unwrap_or_default(),
            relation: "other".into(),
            ..RawPerson::default()
        };
        let checked = NewPerson::check(&raw, self.lists, self.ctx.today()).map_err(Error::fields)?;
        Ok(checked.facts)
    }

    fn events(&self) -> Vec<LifeEvent> {
        let events =
            self.demo.events.iter().flat_map(|event| event.people.iter().map(move |person| (event, *person)));
        events
            .map(|(event, person)| LifeEvent {
                kind: match event.kind {
                    LifeEventKind::Birth => EventKind::Birth,
                    LifeEventKind::Death => EventKind::Death,
                    LifeEventKind::MoveIn => EventKind::MoveIn,
                    LifeEventKind::MoveOut => EventKind::MoveOut,
                    LifeEventKind::Split => EventKind::Split,
                    LifeEventKind::Merge => EventKind::Merge,
                },
                on_date: event.date,
                village_id: self.village(event.household),
                person_id: Some(self.keys.person(person)),
                household_id: Some(self.keys.household(event.household)),
                other_household_id: event.other_household.map(|other| self.keys.household(other)),
                note: String::new(),
                source: SOURCE.to_owned(),
            })
            .collect()
    }
}

fn vntext_date(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// The days on which something may have changed, the first one always.
fn starts<const N: usize>(
    from: NaiveDate,
    to: Option<NaiveDate>,
    lists: [Vec<NaiveDate>; N],
) -> BTreeSet<NaiveDate> {
    let inside = |day: &NaiveDate| *day > from && to.is_none_or(|to| *day < to);
    lists.into_iter().flatten().filter(inside).chain([from]).collect()
}

fn days_of<T>(list: &[Dated<T>]) -> Vec<NaiveDate> {
    list.iter().map(|dated| dated.from).collect()
}

/// Two versions in a row that say the same are one.
fn without_repeats<T: PartialEq>(versions: impl Iterator<Item = Since<T>>) -> Vec<Since<T>> {
    let mut kept: Vec<Since<T>> = Vec::new();
    for version in versions {
        if kept.last().is_none_or(|last| last.what != version.what) {
            kept.push(version);
        }
    }
    kept
}

fn holdings(dated: &Dated<crate::Production>) -> Vec<BulkHolding> {
    let p = dated.value;
    let all = [
        ("rice", p.rice_m2),
        ("maize", p.maize_m2),
        ("vegetables", p.vegetables_m2),
        ("cinnamon", p.cinnamon_m2),
        ("buffalo", p.buffalo),
        ("cattle", p.cattle),
        ("pigs", p.pigs),
        ("poultry", p.poultry),
    ];
    let held = all.into_iter().filter(|(_, quantity)| *quantity > 0);
    held.map(|(kind, quantity)| BulkHolding {
        kind: kind.into(),
        from: dated.from,
        quantity: quantity.into(),
    })
    .collect()
}

fn relation(relation: crate::Relation) -> &'static str {
    use crate::Relation as R;
    match relation {
        R::Head => lists::HEAD,
        R::Spouse => "spouse",
        R::Child => "child",
        R::ChildInLaw => "child_in_law",
        R::Grandchild => "grandchild",
        R::Parent => "parent",
        R::Grandparent => "grandparent",
        R::Sibling => "sibling",
        R::Other => "other",
    }
}

fn residence(residence: Residence) -> registry::person::Residence {
    match residence {
        Residence::Permanent => registry::person::Residence::Permanent,
        Residence::Temporary => registry::person::Residence::Temporary,
        Residence::TemporarilyAbsent => registry::person::Residence::Absent,
    }
}

fn education(education: crate::Education) -> &'static str {
    use crate::Education as E;
    match education {
        E::None => "none",
        E::Primary => "primary",
        E::LowerSecondary => "lower_secondary",
        E::UpperSecondary => "upper_secondary",
        E::Vocational => "vocational",
        E::College => "college",
        E::University => "university",
    }
}

/// The list's word for what the demo says; "other" where the list has none.
fn disability(lists: &Lists, word: &str) -> String {
    lists.disability.find(word).map_or("other", |item| item.code.as_str()).to_owned()
}

fn meritorious(lists: &Lists, word: &str) -> String {
    lists.meritorious.find(word).map_or("other", |item| item.code.as_str()).to_owned()
}
