//! The rows of one household together.

use super::{Ground, House, Judged, Known, is_head};
use crate::household::{Facts, RawHousehold};
use crate::import::extra::{self, HELD};
use crate::import::row::{Line, Outcome, Problem};
use platform::{Message, Uuid};

/// The village of the household. Rows that name another one, or none that is known, are told so.
pub(super) fn village(
    lines: &[Line],
    house: &House,
    ground: &Ground<'_>,
    rows: &mut [Judged],
) -> Option<Uuid> {
    let mut found = None;
    for at in &house.rows {
        let line = &lines[*at];
        if !line.has("village") {
            continue;
        }
        match ground.villages.by_name(line.text("village")) {
            Some(unit) if found.is_some_and(|known| known != unit.id) => {
                let message =
                    Message::new("registry-import-two-villages").with("row", first_row(lines, house));
                rows[*at].verdict.wrong.push(Problem::new("village", message));
            }
            Some(unit) => found = Some(unit.id),
            None => rows[*at].verdict.wrong.push(Problem::new("village", "registry-village-unknown")),
        }
    }
    found.or_else(|| default_village(ground))
}

fn default_village(ground: &Ground<'_>) -> Option<Uuid> {
    let by_id = ground.village.parse().ok().and_then(|id| ground.villages.find(id).ok());
    by_id.or_else(|| ground.villages.by_name(ground.village)).map(|unit| unit.id)
}

fn first_row(lines: &[Line], house: &House) -> u32 {
    house.rows.first().map_or(0, |at| lines[*at].row)
}

/// The household in the registry: by the people of it whom the registry knows, else by village and book number.
/// Somebody who is counted in another one does not move because of a list.
pub(super) fn find_existing(
    lines: &[Line],
    house: &mut House,
    village: Option<Uuid>,
    known: &Known,
    rows: &mut [Judged],
) {
    let home = |at: &usize| {
        rows[*at]
            .existing
            .map(|at| &known.people[at].place)
            .map(|place| (place.household_id, place.relation == crate::lists::HEAD))
    };
    let homes: Vec<(Uuid, bool)> = house.rows.iter().filter_map(home).collect();
    let of_head = homes.iter().find(|(_, head)| *head).or(homes.first()).map(|(id, _)| *id);
    let book = house.rows.iter().map(|at| lines[*at].text("book_no")).find(|text| !text.is_empty());
    let by_book =
        village.zip(book).and_then(|(village, book)| known.books.get(&(village, book.to_owned())).copied());
    house.existing = of_head.or(by_book);
    let Some(household) = house.existing else { return };
    for at in &house.rows {
        let Some(person) = rows[*at].existing.map(|at| &known.people[at]) else { continue };
        if person.place.household_id != household {
            let other =
                known.households.get(&person.place.household_id).map_or("", |home| home.code.as_str());
            let message = Message::new("registry-import-other-household").with("code", other);
            rows[*at].verdict.wrong.push(Problem::new("full_name", message));
        }
    }
}

/// Checks what the rows say of the household, and that it has one head.
pub(super) fn judge(
    lines: &[Line],
    house: &mut House,
    ground: &Ground<'_>,
    known: &Known,
    rows: &mut [Judged],
) {
    let old = house.existing.and_then(|id| known.households.get(&id));
    let said = |key: &str| house.rows.iter().map(|at| lines[*at].text(key)).find(|text| !text.is_empty());
    let mut raw = old.map_or_else(RawHousehold::default, |old| RawHousehold::of(&old.facts));
    if old.is_none() {
        raw.village = ground.village.to_owned();
    }
    let fields: [(&str, &mut String); 8] = [
        ("village", &mut raw.village),
        ("address", &mut raw.address),
        ("book_no", &mut raw.book_no),
        ("poverty", &mut raw.poverty),
        ("household_residence", &mut raw.residence),
        ("fibre", &mut raw.fibre),
        ("water", &mut raw.water),
        ("electric", &mut raw.electric),
    ];
    for (key, field) in fields {
        if let Some(text) = said(key) {
            text.clone_into(field);
        }
    }
    match raw.check(ground.villages) {
        Ok(facts) => {
            let facts = Facts { head_person_id: old.and_then(|old| old.facts.head_person_id), ..facts };
            house.changed = old.is_some_and(|old| !old.facts.differences(&facts).is_empty());
            house.facts = Some(facts);
        }
        Err(errors) => {
            for problem in errors.into_iter().map(Problem::of) {
                put(lines, house, rows, problem);
            }
        }
    }
    holdings(lines, house, ground, known, rows);
    if house.changed {
        let old = old.map(|old| &old.facts);
        tell_difference(house, old, rows);
    }
    heads(lines, house, ground, old.and_then(|old| old.facts.head_person_id), known, rows);
}

/// Crops and herds that the rows name, where the registry has others.
fn holdings(lines: &[Line], house: &mut House, ground: &Ground<'_>, known: &Known, rows: &mut [Judged]) {
    let now = house.existing.and_then(|id| known.extra.held.get(&id));
    for column in HELD {
        let mut differs = false;
        for at in &house.rows {
            match extra::held(&lines[*at], ground.lists, column) {
                Ok(held) => {
                    let quantity = |kind: &str| now.and_then(|now| now.get(kind)).copied().unwrap_or(0);
                    let new = held.into_iter().filter(|(kind, many)| quantity(kind) != *many);
                    let before = house.held.len();
                    house.held.extend(new);
                    differs |= house.held.len() > before;
                }
                Err(problem) => rows[*at].verdict.wrong.push(problem),
            }
        }
        if let (true, Some(_), Some(first)) = (differs, house.existing, house.rows.first()) {
            let verdict = &mut rows[*first].verdict;
            verdict.differs.push(column.to_owned());
            if verdict.outcome == Outcome::Same {
                verdict.outcome = Outcome::Changed;
            }
        }
    }
    house.held.sort_unstable();
    house.held.dedup_by(|a, b| a.0 == b.0);
}

/// At the first row that says something in that column, else at the first row.
fn put(lines: &[Line], house: &House, rows: &mut [Judged], problem: Problem) {
    let says = house.rows.iter().copied().find(|at| lines[*at].has(&problem.field));
    let Some(at) = says.or(house.rows.first().copied()) else { return };
    let wrong = &mut rows[at].verdict.wrong;
    if !wrong.iter().any(|known| known.field == problem.field) {
        wrong.push(problem);
    }
}

/// A difference of the household is shown at its first row.
fn tell_difference(house: &House, old: Option<&Facts>, rows: &mut [Judged]) {
    let (Some(old), Some(new), Some(first)) = (old, &house.facts, house.rows.first()) else { return };
    let verdict = &mut rows[*first].verdict;
    for column in old.differences(new) {
        let column = match column {
            "village_id" => "village",
            "residence" => "household_residence",
            other => other,
        };
        verdict.differs.push(column.to_owned());
    }
    if verdict.outcome == Outcome::Same {
        verdict.outcome = Outcome::Changed;
    }
}

fn heads(
    lines: &[Line],
    house: &House,
    ground: &Ground<'_>,
    head: Option<Uuid>,
    known: &Known,
    rows: &mut [Judged],
) {
    let heads: Vec<usize> =
        house.rows.iter().copied().filter(|at| is_head(&rows[*at], &lines[*at], ground.lists)).collect();
    match (heads.as_slice(), head) {
        ([], None) => {
            let first = house.rows.first().copied();
            first.into_iter().for_each(|at| {
                rows[at].verdict.wrong.push(Problem::new("relation", "registry-import-no-head"))
            });
        }
        ([first, more @ ..], None) => {
            for at in more {
                let message = Message::new("registry-import-two-heads").with("row", lines[*first].row);
                rows[*at].verdict.wrong.push(Problem::new("relation", message));
            }
        }
        (all, Some(head)) => {
            for at in all {
                let is_it = rows[*at].existing.is_some_and(|at| known.people[at].id == head);
                let told = rows[*at]
                    .verdict
                    .wrong
                    .iter()
                    .any(|problem| problem.key == "registry-import-head-differs");
                if !is_it && !told {
                    rows[*at].verdict.wrong.push(Problem::new("relation", "registry-import-head-differs"));
                }
            }
        }
    }
}
