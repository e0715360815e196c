//! Personal numbers and insurance cards, consistent with the person and invented.

use super::{Insurance, Person, Sex};
use crate::builder::Builder;
use crate::day::{BASELINE, Dated, LAST_DAY, Source, TWO_LEVELS, ymd};
use crate::rng::Rng;
use crate::table::Table;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static PROVINCES: LazyLock<Vec<(&'static str, &'static str, u32)>> = LazyLock::new(|| {
    let table = Table::read(include_str!("../../../../data/demo/birth_provinces.csv"));
    table.rows().map(|r| (r.text("class"), r.text("code"), r.number("weight"))).collect()
});

/// Province of birth registration: old codes, and 015 for births in the merged province since July 2025.
pub(crate) fn birth_province(class: &'static str, birth: NaiveDate, rng: &mut Rng) -> &'static str {
    if birth >= TWO_LEVELS {
        return "015";
    }
    rng.weighted(&PROVINCES, |p| if p.0 == class { p.2 } else { 0 }).1
}

/// Gives personal numbers and insurance cards to everybody who has one.
pub(crate) fn assign(builder: &mut Builder) {
    let mut rng = builder.rng("numbers");
    let (mut personal, mut cards) = (BTreeSet::new(), BTreeSet::new());
    for person in &mut builder.people {
        let without = match person.age_on(LAST_DAY) {
            ..=0 => 150,
            1..=75 => 6,
            _ => 45,
        };
        if !rng.per_mille(without) {
            person.personal_number =
                Some(unique(&mut personal, &mut rng, |rng| personal_number(person, rng)));
        }
        let digits = unique(&mut cards, &mut rng, |rng| format!("9{:09}", rng.below(1_000_000_000)));
        person.insurance = insurance(person, &digits, &mut rng);
    }
}

fn unique(given: &mut BTreeSet<String>, rng: &mut Rng, make: impl Fn(&mut Rng) -> String) -> String {
    loop {
        let number = make(rng);
        if given.insert(number.clone()) {
            return number;
        }
    }
}

/// The serial begins with 9, so that a number of the demo is known at sight.
fn personal_number(person: &Person, rng: &mut Rng) -> String {
    let century = (person.birth.year() / 100 - 19) * 2 + i32::from(person.sex == Sex::Female);
    let year = person.birth.year() % 100;
    format!("{}{century}{year:02}9{:05}", person.birth_province, rng.below(100_000))
}

/// Cards over time: each runs to an end and most are renewed, some too late.
fn insurance(person: &Person, digits: &str, rng: &mut Rng) -> Vec<Dated<Option<Insurance>>> {
    let mut list = Vec::new();
    let start = person.start();
    if rng.per_mille(60) {
        return vec![Dated::new(start, None, Source::SocialInsurance)];
    }
    let mut from = start;
    while from <= LAST_DAY && person.end().is_none_or(|end| from < end) {
        let age = person.age_on(from);
        let group = match age {
            ..=5 => "TE1",
            _ if person.meritorious_vi.is_some() => "CC1",
            6..=17 => "HS4",
            _ if person.works_as("retired") => "HT3",
            _ if ["kinh", "hoa"].contains(&person.ethnic_group) => "GD4",
            _ => "DT2",
        };
        let months = if age <= 5 { 60 } else { 12 + 6 * rng.below(2) as u32 };
        // A small child's card runs to the autumn in which the child goes to school.
        let school = ymd(person.birth.year() + 6, 9, 30);
        let valid_to = match age {
            ..=5 if school > from => school,
            // Cards of the survey end on many days, not all on one.
            _ if from == BASELINE => ymd(2021, 6, 30) + chrono::Days::new(rng.below(500) as u64),
            _ => from + chrono::Months::new(months),
        };
        let card = Insurance { number: format!("{group}10{digits}"), valid_to };
        list.push(Dated::new(from, Some(card), Source::SocialInsurance));
        let late = if rng.per_mille(930) { 1 } else { rng.range(20, 200) as u64 };
        from = valid_to + chrono::Days::new(late);
    }
    list
}
