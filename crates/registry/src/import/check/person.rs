//! One row as a person: who it is in the registry, what is wrong, what is different.

use super::{Ground, Identity, Judged, Known};
use crate::import::extra;
use crate::import::row::{Line, Outcome, Problem, Verdict};
use crate::import::schema::{Of, SPECS};
use crate::lists::HEAD;
use crate::person::{NewPerson, Person, Precision, RawPerson, birth_text};
use chrono::Datelike;
use platform::{Message, Uuid};
use serde_json::{Map, Value};

/// The person of the registry whom the row means: by number, else by name, birth date and village.
pub(super) fn existing(
    line: &Line,
    village: Option<Uuid>,
    known: &Known,
    verdict: &mut Verdict,
) -> Option<usize> {
    let identity = Identity::of(line);
    if let Some(at) = identity.number.as_ref().and_then(|number| known.by_number.get(number)).copied() {
        let person = &known.people[at];
        let same_name = vntext::fold(&person.facts.full_name) == identity.name;
        let same_birth = identity.birth.is_some_and(|day| day.year() == person.facts.birth_date.year());
        if same_name || same_birth {
            return Some(at);
        }
        let message = Message::new("registry-import-number-of-other").with("code", person.code.as_str());
        verdict.wrong.push(Problem::new("personal_no", message));
        return None;
    }
    let namesakes = known.by_name.get(&(identity.name, identity.birth?))?;
    let mut fitting = namesakes.iter().copied().filter(|at| {
        let person = &known.people[*at];
        let other_number = identity.number.is_some() && person.facts.personal_no.is_some();
        !other_number && village.is_none_or(|village| village == person.place.village_id)
    });
    let found = fitting.next()?;
    if fitting.next().is_some() {
        verdict.wrong.push(Problem::new("full_name", "registry-import-several-namesakes"));
        return None;
    }
    Some(found)
}

/// Checks every cell. Of somebody who is in the registry the file need not say everything.
pub(super) fn judge(line: &Line, judged: &mut Judged, ground: &Ground<'_>, known: &Known) {
    let existing = judged.existing.map(|at| &known.people[at]);
    let raw = raw(line, existing, ground);
    judged.verdict.wrong.extend(line.unread.iter().cloned());
    match extra::skills(line, ground.lists) {
        Ok(skills) => judged.skills = skills,
        Err(problem) => judged.verdict.wrong.push(problem),
    }
    match NewPerson::check(&raw, ground.lists, ground.today) {
        Ok(person) => {
            judged.verdict.odd.extend(person.warnings.iter().cloned().map(Problem::of));
            if let Some(old) = existing {
                compare(old, &person, line, &mut judged.verdict);
                let known_skills = known.extra.skills.get(&old.id).map_or(&[][..], Vec::as_slice);
                if judged.skills.as_ref().is_some_and(|skills| skills != known_skills) {
                    judged.verdict.differs.push("skills".to_owned());
                    judged.verdict.outcome = Outcome::Changed;
                }
            }
            judged.person = Some(person);
        }
        Err(errors) => {
            for problem in errors.into_iter().map(Problem::of) {
                // The reader has said it better, with what stood in the cell.
                if !judged.verdict.wrong.iter().any(|known| known.field == problem.field) {
                    judged.verdict.wrong.push(problem);
                }
            }
        }
    }
}

fn raw(line: &Line, existing: Option<&Person>, ground: &Ground<'_>) -> RawPerson {
    let mut map = existing.map_or_else(Map::new, |old| RawPerson::of(&old.facts, &old.place).to_map());
    for spec in SPECS.iter().filter(|spec| spec.of == Of::Person && line.has(spec.key)) {
        map.insert(spec.key.to_owned(), Value::from(line.text(spec.key)));
    }
    if existing.is_none() && !line.has("ethnic") && !ground.ethnic.is_empty() {
        map.insert("ethnic".to_owned(), Value::from(ground.ethnic));
    }
    if let Some(old) = existing
        && is_vaguer(line.text("birth"), old)
    {
        map.insert("birth".to_owned(), Value::from(birth_text(&old.facts)));
    }
    RawPerson::from_map(map)
}

/// The file knows only the year, or month and year, of a day that the registry knows better.
fn is_vaguer(text: &str, old: &Person) -> bool {
    let day = old.facts.birth_date;
    let year = format!("{:04}", day.year());
    match old.facts.birth_precision {
        Precision::Day => text == year || text == format!("{:02}/{year}", day.month()),
        Precision::Month => text == year,
        Precision::Year => false,
    }
}

fn compare(old: &Person, new: &NewPerson, line: &Line, verdict: &mut Verdict) {
    let mut differs: Vec<String> = old.facts.differences(&new.facts).into_iter().map(column).collect();
    if new.relation != old.place.relation {
        differs.push("relation".to_owned());
        if (new.relation == HEAD) != (old.place.relation == HEAD) && line.has("relation") {
            verdict.wrong.push(Problem::new("relation", "registry-import-head-differs"));
        }
    }
    if new.residence != old.place.residence {
        differs.push("residence".to_owned());
    }
    differs.dedup();
    verdict.outcome = if differs.is_empty() { Outcome::Same } else { Outcome::Changed };
    verdict.differs = differs;
}

/// Both columns of a birth are one in the file.
fn column(name: &str) -> String {
    if name.starts_with("birth_") { "birth" } else { name }.to_owned()
}
