//! Judges the rows of a file against each other and against the registry. Pure: what it must know is handed in.

mod household;
mod person;

use super::extra::KnownExtra;
use super::row::{Counts, Line, Outcome, Problem, Verdict};
use crate::household::{Facts as HouseholdFacts, Household};
use crate::lists::{HEAD, Lists};
use crate::person::{NewPerson, Person};
use crate::villages::Villages;
use chrono::NaiveDate;
use platform::{Message, Uuid};
use std::collections::{BTreeMap, HashMap};

/// What every row is judged by.
pub(crate) struct Ground<'a> {
    pub lists: &'a Lists,
    pub villages: &'a Villages,
    pub today: NaiveDate,
    /// For rows that name none: an id or name, `""` for none.
    pub village: &'a str,
    /// A code, `""` for none.
    pub ethnic: &'a str,
}

/// What the registry has already of the people and households of the file.
#[derive(Default)]
pub(crate) struct Known {
    pub people: Vec<Person>,
    pub by_number: HashMap<String, usize>,
    /// By folded name and birth date.
    pub by_name: HashMap<(String, NaiveDate), Vec<usize>>,
    pub households: HashMap<Uuid, Household>,
    /// By village and book number.
    pub books: HashMap<(Uuid, String), Uuid>,
    pub extra: KnownExtra,
}

/// A row after the check.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    pub verdict: Verdict,
    /// The person in the registry, by place in [`Known::people`].
    pub existing: Option<usize>,
    /// What is to be written; there for every right row.
    pub person: Option<NewPerson>,
    /// Codes of skills, when the row names any or says that there are none.
    pub skills: Option<Vec<String>>,
}

/// A household of the file.
#[derive(Debug)]
pub(crate) struct House {
    /// Places among the lines.
    pub rows: Vec<usize>,
    pub existing: Option<Uuid>,
    /// What is to be written; there when all its cells are right.
    pub facts: Option<HouseholdFacts>,
    /// An existing household of which the file says something else.
    pub changed: bool,
    /// Crops and herds that the file names and the registry does not have so.
    pub held: Vec<(String, i64)>,
}

pub(crate) struct Checked {
    pub rows: Vec<Judged>,
    pub houses: Vec<House>,
}

impl Checked {
    /// True when every row of the household is right.
    pub fn is_right(&self, house: &House) -> bool {
        house.facts.is_some() && house.rows.iter().all(|at| self.rows[*at].verdict.is_right())
    }

    pub fn counts(&self) -> Counts {
        let mut counts = Counts { rows: self.rows.len() as u64, ..Counts::default() };
        for house in &self.houses {
            let right = self.is_right(house);
            counts.new_households += u64::from(right && house.existing.is_none());
            for row in house.rows.iter().map(|at| &self.rows[*at].verdict) {
                match (row.is_right(), right, row.outcome) {
                    (false, ..) => counts.faulty += 1,
                    (true, false, _) => counts.waiting += 1,
                    (true, true, Outcome::New) => counts.new_people += 1,
                    (true, true, Outcome::Same) => counts.same += 1,
                    (true, true, Outcome::Changed) => counts.changed += 1,
                }
            }
        }
        counts
    }
}

/// By what a row is looked up in the registry.
pub(crate) struct Identity {
    pub number: Option<String>,
    pub name: String,
    pub birth: Option<NaiveDate>,
}

impl Identity {
    pub fn of(line: &Line) -> Identity {
        let number = vnid::PersonalNumber::parse(line.text("personal_no"))
            .ok()
            .map(|number| number.as_str().to_owned());
        Identity { number, name: vntext::fold(line.text("full_name")), birth: day_of(line.text("birth")) }
    }
}

/// The day under which a birth is stored; what is not known of it counts as 1.
fn day_of(text: &str) -> Option<NaiveDate> {
    match text.split('/').collect::<Vec<_>>()[..] {
        [year] => NaiveDate::from_ymd_opt(year.parse().ok()?, 1, 1),
        [month, year] => NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1),
        _ => vntext::date_parse(text).ok(),
    }
}

/// Judges all rows. `keys` are those of [`super::group`], one a line.
pub(crate) fn check(lines: &[Line], keys: &[String], ground: &Ground<'_>, known: &Known) -> Checked {
    let mut houses = houses(keys);
    let mut rows: Vec<Judged> = lines.iter().map(|_| Judged::default()).collect();
    for house in &mut houses {
        let village = household::village(lines, house, ground, &mut rows);
        for at in &house.rows {
            rows[*at].existing = person::existing(&lines[*at], village, known, &mut rows[*at].verdict);
        }
        household::find_existing(lines, house, village, known, &mut rows);
        for at in &house.rows {
            person::judge(&lines[*at], &mut rows[*at], ground, known);
        }
        household::judge(lines, house, ground, known, &mut rows);
    }
    same_number(lines, &mut rows);
    same_person(&mut rows);
    for house in &houses {
        let first = house.rows.first().map(|at| &mut rows[*at].verdict);
        first.into_iter().for_each(|first| first.new_household = house.existing.is_none());
    }
    Checked { rows, houses }
}

/// In the order in which they begin.
fn houses(keys: &[String]) -> Vec<House> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut houses: Vec<House> = Vec::new();
    for (at, key) in keys.iter().enumerate() {
        let place = *places.entry(key).or_insert(houses.len());
        if place == houses.len() {
            houses.push(House {
                rows: Vec::new(),
                existing: None,
                facts: None,
                changed: false,
                held: Vec::new(),
            });
        }
        houses[place].rows.push(at);
    }
    houses
}

/// Two rows with one number: each says where the other stands.
fn same_number(lines: &[Line], rows: &mut [Judged]) {
    let mut by_number: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        if let Some(number) = Identity::of(line).number {
            by_number.entry(number).or_default().push(at);
        }
    }
    for places in by_number.into_values().filter(|places| places.len() > 1) {
        for at in &places {
            let other = places.iter().find(|other| *other != at).map_or(0, |other| lines[*other].row);
            let message = Message::new("registry-import-number-in-row").with("row", other);
            rows[*at].verdict.wrong.push(Problem::new("personal_no", message));
        }
    }
}

/// Two rows that would change one and the same person: the second is one too many.
fn same_person(rows: &mut [Judged]) {
    let mut seen = std::collections::HashSet::new();
    for row in rows.iter_mut() {
        let Some(existing) = row.existing else { continue };
        let numbered = row.verdict.wrong.iter().any(|problem| problem.key == "registry-import-number-in-row");
        if !seen.insert(existing) && !numbered {
            row.verdict.wrong.push(Problem::new("full_name", "registry-import-person-twice"));
        }
    }
}

fn is_head(judged: &Judged, line: &Line, lists: &Lists) -> bool {
    match &judged.person {
        Some(person) => person.relation == HEAD,
        None => lists.relation.find(line.text("relation")).is_some_and(|item| item.code == HEAD),
    }
}

#[cfg(test)]
mod tests;
