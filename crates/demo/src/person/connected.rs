//! Smartphones, telephone numbers and payment accounts over time.

use super::{Person, PersonKey};
use crate::builder::Builder;
use crate::day::{ARTICLE_DAY, BASELINE, Dated, LAST_DAY, Source, days_after, years_after};
use crate::person::Relation;
use crate::rng::Rng;
use crate::table::Table;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// People without a smartphone on the article's day: 9,993 - 9,563.
const WITHOUT: usize = 430;

/// Gives everybody phones and accounts so that exactly 9,563 people use a smartphone on the article's day.
pub(crate) fn connect(builder: &mut Builder) {
    let without = without_smartphone(builder);
    let mut rng = builder.rng("connected");
    let mut numbers = Numbers::new(builder.rng("phone numbers"));
    for person in &mut builder.people {
        smartphone(person, &without, &mut rng);
        phone(person, &mut numbers, &mut rng);
        payment_account(person, &mut rng);
    }
}

/// All who are under two years old, then the oldest first, with some chance.
fn without_smartphone(builder: &Builder) -> BTreeSet<PersonKey> {
    let mut rng = builder.rng("without smartphone");
    let present = builder.people.iter().filter_map(|p| p.membership_on(ARTICLE_DAY).map(|m| (p, m.relation)));
    let mut order: Vec<(i64, PersonKey)> = present
        .map(|(p, relation)| {
            let age = i64::from(p.age_on(ARTICLE_DAY));
            // Someone in the household should be reachable, so heads keep theirs longer.
            let head = if relation == Relation::Head { 25 } else { 0 };
            let rank = if age < 2 { 1000 } else { age + rng.range(0, 12) - head };
            (-rank, p.key)
        })
        .collect();
    order.sort();
    order.into_iter().take(WITHOUT).map(|o| o.1).collect()
}

fn smartphone(person: &mut Person, without: &BTreeSet<PersonKey>, rng: &mut Rng) {
    let (start, second_birthday) = (person.start(), years_after(person.birth, 2));
    let present = person.membership_on(ARTICLE_DAY).is_some();
    let (early, later) = (rng.per_mille(720), rng.day(days_after(BASELINE, 1), ARTICLE_DAY));
    let gets_late = rng.per_mille(160);
    let late = rng.day(days_after(ARTICLE_DAY, 30), LAST_DAY);
    let since = if second_birthday > start {
        Some(second_birthday)
    } else if without.contains(&person.key) || (!present && person.age_on(start) >= 78) {
        gets_late.then_some(late)
    } else if early || later <= start {
        Some(start)
    } else {
        Some(later)
    };
    if since != Some(start) {
        person.smartphone.push(Dated::new(start, false, Source::Survey));
    }
    if let Some(day) = since.filter(|day| stays(person, *day)) {
        person.smartphone.push(Dated::new(day, true, Source::VillageHead));
    }
}

fn stays(person: &Person, day: NaiveDate) -> bool {
    day <= LAST_DAY && person.end().is_none_or(|end| day < end)
}

fn phone(person: &mut Person, numbers: &mut Numbers, rng: &mut Rng) {
    let (start, fourteen) = (person.start(), years_after(person.birth, 14));
    let has = rng.per_mille(if person.age_on(LAST_DAY) >= 75 { 420 } else { 930 });
    let from = start.max(days_after(fourteen, rng.range(0, 300)));
    let (changes, change) = (rng.per_mille(110), rng.day(days_after(BASELINE, 60), LAST_DAY));
    if !has || !stays(person, from) {
        person.phone.push(Dated::new(start, None, Source::Survey));
        return;
    }
    if from > start {
        person.phone.push(Dated::new(start, None, Source::Survey));
    }
    person.phone.push(Dated::new(from, Some(numbers.next()), Source::Household));
    if changes && change > from && stays(person, change) {
        person.phone.push(Dated::new(change, Some(numbers.next()), Source::Household));
    }
}

fn payment_account(person: &mut Person, rng: &mut Rng) {
    let (start, adult) = (person.start(), years_after(person.birth, 15));
    let chance = match person.age_on(ARTICLE_DAY) {
        ..=17 => 450,
        18..=45 => 880,
        46..=60 => 640,
        _ => 240,
    };
    let has = rng.per_mille(chance);
    let opened = rng.day(days_after(BASELINE, -700), LAST_DAY).max(adult);
    person.payment_account.push(Dated::new(start, has && opened <= start, Source::Survey));
    if has && opened > start && stays(person, opened) {
        person.payment_account.push(Dated::new(opened, true, Source::VillageHead));
    }
}

/// Numbers of the form of a mobile number, none given twice.
struct Numbers {
    prefixes: Vec<&'static str>,
    given: BTreeSet<String>,
    rng: Rng,
}

impl Numbers {
    fn new(rng: Rng) -> Self {
        let table = Table::read(include_str!("../../../../data/demo/phone_prefixes.csv"));
        Numbers { prefixes: table.rows().map(|r| r.text("prefix")).collect(), given: BTreeSet::new(), rng }
    }

    fn next(&mut self) -> String {
        loop {
            let number = format!("{}{:07}", self.rng.pick(&self.prefixes), self.rng.below(10_000_000));
            if self.given.insert(number.clone()) {
                return number;
            }
        }
    }
}
