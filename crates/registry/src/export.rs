//! The households and people of the commune as the Excel file that the import reads: what goes out comes in again.

use crate::household::{self, Household, Listed};
use crate::import::{SPECS, schema};
use crate::lists::{self, HEAD, List, Lists};
use crate::person::{self, Person, Precision};
use crate::villages::Villages;
use chrono::Datelike;
use platform::{Ctx, Error, Lang, Result, Uuid};
use std::collections::HashMap;
use std::sync::Arc;
use vnsheet::{SheetSpec, Value, write_table};

/// Rows that one list fetches at a time.
const PAGE: i64 = 500;
/// More rows than this the import would not read again.
const MAX: usize = 100_000;

/// A file and whom it is about.
pub(crate) struct Exported {
    pub bytes: Vec<u8>,
    pub people: Vec<Uuid>,
}

/// The file of everybody who is present in the places that the context may see. Whether they may leave the house and
/// who took them is the caller's to decide and to record.
///
/// # Errors
/// `TooLarge` beyond 100,000 people: export village by village.
pub async fn export_file(ctx: &Ctx) -> Result<Vec<u8>> {
    Ok(export(ctx, &[]).await?.bytes)
}

/// The same for some villages; none means all of the scope.
pub(crate) async fn export(ctx: &Ctx, villages: &[Uuid]) -> Result<Exported> {
    let households = households(ctx, villages).await?;
    let mut members: HashMap<Uuid, Vec<Person>> = HashMap::new();
    let people = people(ctx, villages).await?;
    let ids: Vec<Uuid> = people.iter().map(|person| person.id).collect();
    for person in people {
        members.entry(person.place.household_id).or_default().push(person);
    }
    let homes: Vec<Uuid> = households.iter().map(|listed| listed.household.id).collect();
    let words = Words {
        lists: lists::load(ctx)?,
        villages: Villages::load(ctx).await?,
        skills: person::skill_codes(ctx, &ctx.app.db, &ids).await?,
        held: household::holdings_of(ctx, &ctx.app.db, &homes).await?,
    };
    let mut rows = Vec::new();
    for (no, listed) in households.iter().enumerate() {
        let mut members = members.remove(&listed.household.id).unwrap_or_default();
        members.sort_by_key(|person| (person.place.relation != HEAD, person.facts.birth_date, person.id));
        for person in &members {
            let place = Place { row: rows.len() + 1, household: no + 1, of: listed };
            rows.push(SPECS.iter().map(|spec| words.value(spec.key, &place, person)).collect());
        }
    }
    let spec = SheetSpec::of(&schema::load(ctx)?, "Dân cư", rows);
    let bytes = tokio::task::spawn_blocking(move || write_table(&spec)).await.map_err(Error::internal)?;
    Ok(Exported { bytes: bytes.map_err(Error::internal)?, people: ids })
}

async fn households(ctx: &Ctx, villages: &[Uuid]) -> Result<Vec<Listed>> {
    let filter = household::Filter { villages: villages.to_vec(), ..household::Filter::default() };
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = household::list(ctx, &filter, after.as_ref(), PAGE).await?;
        all.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return Ok(all);
        }
    }
}

async fn people(ctx: &Ctx, villages: &[Uuid]) -> Result<Vec<Person>> {
    let filter = person::Filter { villages: villages.to_vec(), ..person::Filter::default() };
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = person::list(ctx, &filter, after.as_ref(), PAGE).await?;
        all.extend(page.rows);
        after = page.next;
        if all.len() > MAX {
            return Err(Error {
                message: "registry-export-too-large".into(),
                ..Error::new(platform::Kind::TooLarge)
            });
        }
        if after.is_none() {
            return Ok(all);
        }
    }
}

/// Where a person stands in the file.
struct Place<'a> {
    row: usize,
    household: usize,
    of: &'a Listed,
}

struct Words {
    lists: Arc<Lists>,
    villages: Villages,
    skills: HashMap<Uuid, Vec<String>>,
    held: HashMap<Uuid, HashMap<String, i64>>,
}

impl Words {
    fn value(&self, column: &str, place: &Place<'_>, person: &Person) -> Value {
        let (facts, household) = (&person.facts, &place.of.household);
        match column {
            "row_no" => Value::Text(place.row.to_string()),
            "household_no" => Value::Text(place.household.to_string()),
            "head_name" => text(place.of.head_name.as_deref().unwrap_or_default()),
            "full_name" => text(&facts.full_name),
            "relation" => self.word(&self.lists.relation, &person.place.relation),
            "sex" => Value::Choice(facts.sex.code().to_owned()),
            "birth" => birth(person),
            "personal_no" => number(&facts.personal_no),
            "previous_no" => number(&facts.previous_no),
            "ethnic" => self.word(&self.lists.ethnic, &facts.ethnic),
            "religion" => self.some_word(&self.lists.religion, &facts.religion),
            "residence" => text(residence(person.place.residence)),
            "phone" => facts.phone.as_deref().map_or(Value::Empty, phone),
            "smartphone" => Value::YesNo(facts.smartphone),
            "payment_account" => Value::YesNo(facts.payment_account),
            "insurance_no" => text(facts.insurance_no.as_deref().unwrap_or_default()),
            "insurance_until" => facts.insurance_until.map_or(Value::Empty, Value::Date),
            "education" => self.word(&self.lists.education, &facts.education),
            "occupation" => text(&facts.occupation),
            "disability" => self.some_word(&self.lists.disability, &facts.disability),
            "meritorious" => self.some_word(&self.lists.meritorious, &facts.meritorious),
            "skills" => {
                let codes = self.skills.get(&person.id).into_iter().flatten();
                text(&codes.map(|code| self.lists.skill.label(code, Lang::Vi)).collect::<Vec<_>>().join("; "))
            }
            // Once for a household, at its head.
            "crops" | "herds" if person.place.relation != HEAD => Value::Empty,
            "tax_no" => text(facts.tax_no.as_deref().unwrap_or_default()),
            other => self.of_household(other, household),
        }
    }

    fn of_household(&self, column: &str, household: &Household) -> Value {
        let facts = &household.facts;
        match column {
            "village" => self.villages.find(facts.village_id).map_or(Value::Empty, |unit| text(&unit.name)),
            "book_no" => text(&facts.book_no),
            "address" => text(&facts.address),
            "poverty" => Value::Choice(facts.poverty.code().to_owned()),
            "household_residence" => text(match facts.residence {
                household::Residence::Permanent => "Thường trú",
                household::Residence::Temporary => "Tạm trú",
            }),
            "crops" => self.held(&self.lists.crop, household.id),
            "herds" => self.held(&self.lists.herd, household.id),
            "fibre" => Value::YesNo(facts.fibre),
            "water" => facts.water.map_or(Value::Empty, Value::YesNo),
            "electric" => facts.electric.map_or(Value::Empty, Value::YesNo),
            _ => Value::Empty,
        }
    }

    /// "Lúa: 1200; Ngô: 500", in the order of the list.
    fn held(&self, list: &List, household: Uuid) -> Value {
        let Some(held) = self.held.get(&household) else { return Value::Empty };
        let items = list
            .items()
            .iter()
            .filter_map(|item| Some((item, held.get(&item.code).filter(|many| **many > 0)?)));
        text(&items.map(|(item, many)| format!("{}: {many}", item.vi)).collect::<Vec<_>>().join("; "))
    }

    fn word(&self, list: &List, code: &str) -> Value {
        text(list.label(code, Lang::Vi))
    }

    fn some_word(&self, list: &List, code: &Option<String>) -> Value {
        code.as_deref().map_or(Value::Empty, |code| self.word(list, code))
    }
}

fn text(text: &str) -> Value {
    if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) }
}

fn number(digits: &Option<String>) -> Value {
    digits.clone().map_or(Value::Empty, Value::PersonalNumber)
}

/// As people dial it.
fn phone(stored: &str) -> Value {
    Value::Phone(stored.strip_prefix("+84").map_or_else(|| stored.to_owned(), |rest| format!("0{rest}")))
}

fn birth(person: &Person) -> Value {
    let day = person.facts.birth_date;
    match person.facts.birth_precision {
        Precision::Day => Value::Date(day),
        Precision::Month => Value::Month(day.year(), day.month()),
        Precision::Year => Value::Year(day.year()),
    }
}

fn residence(residence: person::Residence) -> &'static str {
    match residence {
        person::Residence::Permanent => "Thường trú",
        person::Residence::Temporary => "Tạm trú",
        person::Residence::Absent => "Tạm vắng",
    }
}
