//! Many households and people at once, with their past where it is known: for imports, the demo and a commune that
//! moves in. One transaction, statements of many rows.

use crate::household::{self, Household};
use crate::person::{self, Facts, LifeEvent, Membership};
use crate::version::{Line, day_before, not_in_future};
use crate::villages::Villages;
use crate::{code, find};
use chrono::NaiveDate;
use platform::db::{Value, insert_many as insert_rows};
use platform::search::{self, Entry};
use platform::{Ctx, Error, Message, Result, Tx, Uuid, clock};
use std::collections::HashMap;

/// Something that is so from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since<T> {
    pub from: NaiveDate,
    pub what: T,
}

impl<T> Since<T> {
    pub fn new(from: NaiveDate, what: T) -> Since<T> {
        Since { from, what }
    }
}

/// A household with its versions, oldest first.
#[derive(Debug, Clone)]
pub struct BulkHousehold {
    /// From [`Ctx::new_id`].
    pub id: Uuid,
    /// Each names the head of its time.
    pub versions: Vec<Since<household::Facts>>,
    /// The first day on which it no longer is, and why.
    pub ended: Option<(NaiveDate, String)>,
    pub holdings: Vec<BulkHolding>,
}

/// A crop or herd from a day on; a later one of the same kind ends it.
#[derive(Debug, Clone)]
pub struct BulkHolding {
    /// A code of the crop or herd list.
    pub kind: String,
    pub from: NaiveDate,
    /// m2 or heads.
    pub quantity: i64,
}

/// How a person's time in the registry ended: the first day on which they are no longer counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Died(NaiveDate),
    Left(NaiveDate),
}

impl Ending {
    fn day(self) -> NaiveDate {
        match self {
            Ending::Died(day) | Ending::Left(day) => day,
        }
    }
}

/// A person with versions of facts and places, oldest first. Both begin on the same day.
#[derive(Debug, Clone)]
pub struct BulkPerson {
    /// From [`Ctx::new_id`].
    pub id: Uuid,
    pub facts: Vec<Since<Facts>>,
    pub places: Vec<Since<Membership>>,
    pub ended: Option<Ending>,
    /// Codes of the skill list.
    pub skills: Vec<String>,
}

/// All that is to be written.
#[derive(Debug, Clone, Default)]
pub struct Bulk {
    pub households: Vec<BulkHousehold>,
    pub people: Vec<BulkPerson>,
    pub events: Vec<LifeEvent>,
    /// Where it comes from: the name of the file.
    pub source: String,
}

/// Writes everything. Every household and person gets a code and is found by search. Neither permission nor audit is
/// looked after here: the rule that calls it does both.
///
/// # Errors
/// `Invalid` for a number that somebody present has already, a day in the future, a village that is none.
pub async fn insert_many(ctx: &Ctx, tx: &Tx, bulk: &Bulk) -> Result<()> {
    check(ctx, tx, bulk).await?;
    let villages = Villages::load(ctx).await?;
    let sizes = sizes(bulk);
    let heads = head_names(ctx, tx, bulk).await?;
    households(ctx, tx, bulk, &villages, &sizes, &heads).await?;
    people(ctx, tx, bulk, &villages).await?;
    versions(ctx, tx, bulk).await?;
    extras(ctx, tx, bulk).await
}

fn current<T>(versions: &[Since<T>]) -> Result<&T> {
    versions.last().map(|last| &last.what).ok_or_else(|| Error::internal("a bulk row without any version"))
}

async fn check(ctx: &Ctx, tx: &Tx, bulk: &Bulk) -> Result<()> {
    let ends = bulk.people.iter().filter_map(|p| p.ended.map(Ending::day));
    let starts = bulk
        .people
        .iter()
        .flat_map(|p| p.facts.iter().map(|v| v.from).chain(p.places.iter().map(|v| v.from)));
    let houses = bulk.households.iter().flat_map(|h| h.versions.iter().map(|v| v.from));
    if let Some(latest) = ends.chain(starts).chain(houses).max() {
        not_in_future(ctx, latest)?;
    }
    let mut seen = HashMap::new();
    for person in bulk.people.iter().filter(|p| p.ended.is_none()) {
        if let Some(number) = &current(&person.facts)?.personal_no
            && seen.insert(number.clone(), person.id).is_some()
        {
            return Err(Error::field("so-dinh-danh", "registry-number-twice"));
        }
    }
    let numbers: Vec<String> = seen.into_keys().collect();
    match person::by_numbers(ctx, tx, &numbers).await?.first() {
        Some(other) => Err(number_taken(&other.code)),
        None => Ok(()),
    }
}

/// The number belongs to somebody else; the code says to whom without telling the name.
pub(crate) fn number_taken(code: &str) -> Error {
    Error::field("so-dinh-danh", Message::new("registry-number-taken").with("code", code))
}

fn sizes(bulk: &Bulk) -> HashMap<Uuid, i64> {
    let mut sizes = HashMap::new();
    for person in bulk.people.iter().filter(|p| p.ended.is_none()) {
        if let Some(place) = person.places.last() {
            *sizes.entry(place.what.household_id).or_insert(0) += 1;
        }
    }
    sizes
}

/// Names of the heads by their ids; a head may be in the registry already.
async fn head_names(ctx: &Ctx, tx: &Tx, bulk: &Bulk) -> Result<HashMap<Uuid, String>> {
    let mut names = HashMap::new();
    for person in &bulk.people {
        names.insert(person.id, current(&person.facts)?.full_name.clone());
    }
    let mut others = Vec::new();
    for household in &bulk.households {
        others.extend(current(&household.versions)?.head_person_id.filter(|id| !names.contains_key(id)));
    }
    if !others.is_empty() {
        let whole = platform::access::Scope::new(vec![platform::access::Place::new("commune", ctx.commune)]);
        for person in person::get_many_in(ctx, tx, &whole, &others).await? {
            names.insert(person.id, person.facts.full_name);
        }
    }
    Ok(names)
}

async fn households(
    ctx: &Ctx,
    tx: &Tx,
    bulk: &Bulk,
    villages: &Villages,
    sizes: &HashMap<Uuid, i64>,
    heads: &HashMap<Uuid, String>,
) -> Result<()> {
    let ids: Vec<Uuid> = bulk.households.iter().map(|h| h.id).collect();
    let codes = code::issue_many(ctx, tx, code::HOUSEHOLD, &ids).await?;
    let mut rows = Vec::with_capacity(ids.len());
    let mut entries: Vec<Entry> = Vec::with_capacity(ids.len());
    for (household, code) in bulk.households.iter().zip(&codes) {
        let facts = current(&household.versions)?;
        let village = villages.find(facts.village_id)?;
        let head = facts.head_person_id.and_then(|id| heads.get(&id)).map_or("", String::as_str);
        let size = sizes.get(&household.id).copied().unwrap_or(0);
        if household.ended.is_none() {
            let shown = Household::new(household.id, code.clone(), facts.clone(), size);
            entries.push(find::household(&shown, head, &village.name));
        }
        rows.push(household::NewRow {
            id: household.id,
            code,
            facts,
            size,
            ended: household.ended.as_ref().map(|(day, reason)| (*day, reason.as_str())),
            sort_key: find::household_sort_key(&village.sort_key, head),
        });
    }
    household::insert_rows(ctx, tx, rows).await?;
    search::put_new(ctx, tx, &entries).await
}

async fn people(ctx: &Ctx, tx: &Tx, bulk: &Bulk, villages: &Villages) -> Result<()> {
    let ids: Vec<Uuid> = bulk.people.iter().map(|p| p.id).collect();
    let codes = code::issue_many(ctx, tx, code::PERSON, &ids).await?;
    let mut rows = Vec::with_capacity(ids.len());
    let mut entries: Vec<Entry> = Vec::with_capacity(ids.len());
    for (person, code) in bulk.people.iter().zip(&codes) {
        let (facts, place) = (current(&person.facts)?, current(&person.places)?);
        if person.ended.is_none() {
            let village = villages.find(place.village_id)?;
            entries.push(find::person(person.id, code, facts, place, &village.name));
        }
        let (died_on, left_on) = match person.ended {
            Some(Ending::Died(day)) => (Some(day), None),
            Some(Ending::Left(day)) => (None, Some(day)),
            None => (None, None),
        };
        rows.push(person::NewRow { id: person.id, code, facts, place, died_on, left_on });
    }
    person::insert_rows(ctx, tx, rows).await?;
    search::put_new(ctx, tx, &entries).await
}

async fn versions(ctx: &Ctx, tx: &Tx, bulk: &Bulk) -> Result<()> {
    let mut lines = Vec::new();
    for h in &bulk.households {
        let end = h.ended.as_ref().map(|(day, _)| *day);
        push_lines(&mut lines, h.id, &h.versions, end, &bulk.source, household::Facts::values);
    }
    household::VERSIONS.insert_many(ctx, tx, lines).await?;
    let (mut facts, mut places) = (Vec::new(), Vec::new());
    for p in &bulk.people {
        let end = p.ended.map(Ending::day);
        push_lines(&mut facts, p.id, &p.facts, end, &bulk.source, Facts::values);
        push_lines(&mut places, p.id, &p.places, end, &bulk.source, Membership::values);
    }
    person::VERSIONS.insert_many(ctx, tx, facts).await?;
    person::PLACES.insert_many(ctx, tx, places).await
}

/// Each version lasts until the day before the next one.
fn push_lines<T>(
    lines: &mut Vec<Line>,
    id: Uuid,
    versions: &[Since<T>],
    end: Option<NaiveDate>,
    source: &str,
    values: fn(&T) -> Vec<Value>,
) {
    let ends = versions.iter().skip(1).map(|next| Some(next.from)).chain([end]);
    for (version, until) in versions.iter().zip(ends) {
        let to = until.map_or_else(clock::forever, day_before);
        lines.push(Line {
            id,
            from: version.from,
            to,
            values: values(&version.what),
            source: source.to_owned(),
        });
    }
}

async fn extras(ctx: &Ctx, tx: &Tx, bulk: &Bulk) -> Result<()> {
    let columns = ["commune_id", "household_id", "kind", "valid_from", "valid_to", "quantity", "source"];
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for household in &bulk.households {
        for holding in &household.holdings {
            let later = household
                .holdings
                .iter()
                .filter(|other| other.kind == holding.kind && other.from > holding.from);
            let until =
                later.map(|other| other.from).min().or_else(|| household.ended.as_ref().map(|(day, _)| *day));
            let to = until.map_or_else(clock::forever, day_before);
            rows.push(vec![
                ctx.commune.into(),
                household.id.into(),
                holding.kind.as_str().into(),
                holding.from.into(),
                to.into(),
                holding.quantity.into(),
                bulk.source.as_str().into(),
            ]);
        }
    }
    insert_rows(tx, "household_holding", &columns, rows, "").await?;
    let skills = bulk.people.iter().flat_map(|p| {
        p.skills.iter().map(|skill| {
            vec![ctx.commune.into(), p.id.into(), skill.as_str().into(), None::<NaiveDate>.into(), "".into()]
        })
    });
    insert_rows(tx, "person_skill", &["commune_id", "person_id", "skill", "since", "evidence"], skills, "")
        .await?;
    person::events_insert(ctx, tx, &bulk.events).await
}
