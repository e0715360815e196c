//! Right households of a file into the registry, all in the caller's transaction.

use super::batch::Batch;
use super::check::{Checked, House, Known};
use super::row::{Outcome, Verdict};
use super::store::{self, Kept, RowState};
use crate::bulk::{self, Bulk, BulkHolding, BulkHousehold, BulkPerson, Since};
use crate::household::{self, Holding, Household};
use crate::lists::HEAD;
use crate::person::{self, Membership, NewPerson, Skill};
use crate::version::{How, Table};
use audit::Entry;
use chrono::NaiveDate;
use platform::{Ctx, Error, Result, Tx, Uuid};
use serde_json::json;
use std::collections::HashMap;

/// What is written: these households of a checked file.
pub(super) struct Writing<'a> {
    pub batch: &'a Batch,
    pub checked: &'a Checked,
    pub known: &'a Known,
    pub houses: &'a [&'a House],
}

/// A person of the file who is in the registry and is to be written anew.
struct Update<'a> {
    person: &'a person::Person,
    new: &'a NewPerson,
    skills: Option<&'a [String]>,
}

#[derive(Default)]
struct Collected<'a> {
    bulk: Bulk,
    updates: Vec<Update<'a>>,
    /// Existing households to which people come, with the new head where they had none.
    grown: Vec<(Uuid, Option<Uuid>)>,
    done: Vec<Kept>,
}

/// Writes the households, marks their rows as done and records it; `kept` are the rows in the order of the check.
pub(super) async fn write(ctx: &Ctx, tx: &Tx, writing: &Writing<'_>, kept: &[Kept]) -> Result<()> {
    let mut collected = Collected {
        bulk: Bulk { source: writing.batch.source.clone(), ..Bulk::default() },
        ..Collected::default()
    };
    for house in writing.houses {
        let start = match house.existing {
            Some(id) => household::VERSIONS.start(ctx, tx, id).await?.max(writing.batch.from_date),
            None => writing.batch.from_date,
        };
        collect(ctx, writing, house, start, kept, &mut collected)?;
    }
    bulk::insert_many(ctx, tx, &collected.bulk).await?;
    grow(ctx, tx, writing, &collected.grown).await?;
    if writing.batch.plan.update {
        for update in &collected.updates {
            let how = how(ctx, tx, writing.batch, &person::VERSIONS, update.person.id).await?;
            person::update(ctx, tx, update.person.id, update.person.revision, update.new.clone(), &how)
                .await?;
            if let Some(skills) = update.skills {
                update_skills(ctx, tx, update.person.id, skills).await?;
            }
        }
        update_households(ctx, tx, writing).await?;
    }
    store::rows_put(ctx, tx, writing.batch.id, &collected.done).await?;
    let detail = json!({
        "households": collected.bulk.households.len(), "people": collected.bulk.people.len(),
        "rows": collected.done.len(),
    });
    audit::record(
        ctx,
        tx,
        Entry { action: "import.commit", kind: "import_batch", id: writing.batch.id, detail },
    )
    .await
}

fn collect<'a>(
    ctx: &Ctx,
    writing: &Writing<'a>,
    house: &House,
    start: NaiveDate,
    kept: &[Kept],
    collected: &mut Collected<'a>,
) -> Result<()> {
    let facts = house.facts.clone().ok_or_else(|| Error::internal("a household that is not right"))?;
    let household_id = house.existing.unwrap_or_else(|| ctx.new_id());
    let (mut head, mut grown) = (None, false);
    for at in &house.rows {
        let judged = &writing.checked.rows[*at];
        let new = judged.person.as_ref().ok_or_else(|| Error::internal("a row that is not right"))?;
        let person_id = match judged.existing.map(|at| &writing.known.people[at]) {
            Some(person) => {
                if judged.verdict.outcome == Outcome::Changed {
                    collected.updates.push(Update { person, new, skills: judged.skills.as_deref() });
                }
                person.id
            }
            None => {
                grown = true;
                let id = ctx.new_id();
                let mut person = newcomer(id, household_id, facts.village_id, new, start);
                person.skills = judged.skills.clone().unwrap_or_default();
                collected.bulk.people.push(person);
                id
            }
        };
        if new.relation == HEAD {
            head = Some(person_id);
        }
        collected.done.push(done(&kept[*at], &judged.verdict, household_id, person_id));
    }
    match house.existing {
        None => {
            let facts = household::Facts { head_person_id: head, ..facts };
            let versions = vec![Since::new(start, facts)];
            collected.bulk.households.push(BulkHousehold {
                id: household_id,
                versions,
                ended: None,
                holdings: house.held.iter().map(|(kind, quantity)| held(kind, *quantity, start)).collect(),
            });
        }
        Some(id) if grown => collected.grown.push((id, head.filter(|_| facts.head_person_id.is_none()))),
        Some(_) => {}
    }
    Ok(())
}

fn held(kind: &str, quantity: i64, from: NaiveDate) -> BulkHolding {
    BulkHolding { kind: kind.to_owned(), from, quantity }
}

/// Nobody is counted before they were born.
fn newcomer(id: Uuid, household_id: Uuid, village_id: Uuid, new: &NewPerson, start: NaiveDate) -> BulkPerson {
    let from = start.max(new.facts.birth_date);
    let place =
        Membership { household_id, village_id, relation: new.relation.clone(), residence: new.residence };
    BulkPerson {
        id,
        facts: vec![Since::new(from, new.facts.clone())],
        places: vec![Since::new(from, place)],
        ended: None,
        skills: Vec::new(),
    }
}

/// The registry has it now: the copy of the cells goes, only what became of the row stays.
fn done(kept: &Kept, verdict: &Verdict, household_id: Uuid, person_id: Uuid) -> Kept {
    let mut line = super::row::Line { row: kept.line.row, ..super::row::Line::default() };
    line.texts.clear();
    Kept {
        key: kept.key.clone(),
        line,
        verdict: verdict.clone(),
        state: RowState::Done,
        household_id: Some(household_id),
        person_id: Some(person_id),
    }
}

async fn grow(ctx: &Ctx, tx: &Tx, writing: &Writing<'_>, grown: &[(Uuid, Option<Uuid>)]) -> Result<()> {
    for (id, head) in grown {
        if head.is_some() {
            let household = household::find_in(ctx, tx, &store::whole(ctx), *id).await?;
            let how = how(ctx, tx, writing.batch, &household::VERSIONS, *id).await?;
            household::set_head(ctx, tx, &household, *head, &how).await?;
        }
        household::refresh(ctx, tx, *id).await?;
    }
    Ok(())
}

/// The skills of the file; what is known of those that stay is kept.
async fn update_skills(ctx: &Ctx, tx: &Tx, id: Uuid, skills: &[String]) -> Result<()> {
    let known = person::skill_codes(ctx, tx, &[id]).await?.remove(&id).unwrap_or_default();
    for gone in known.iter().filter(|code| !skills.contains(code)) {
        person::skill_remove(ctx, tx, id, gone).await?;
    }
    for new in skills.iter().filter(|code| !known.contains(code)) {
        let skill = Skill { skill: new.clone(), since: None, evidence: String::new() };
        person::skill_set(ctx, tx, id, &skill).await?;
    }
    Ok(())
}

async fn update_households(ctx: &Ctx, tx: &Tx, writing: &Writing<'_>) -> Result<()> {
    let mut changed: HashMap<Uuid, &household::Facts> = HashMap::new();
    for house in writing.houses.iter().filter(|house| house.changed) {
        changed.extend(house.existing.zip(house.facts.as_ref()));
    }
    for (id, facts) in changed {
        let now: Household = household::find_in(ctx, tx, &store::whole(ctx), id).await?;
        let how = how(ctx, tx, writing.batch, &household::VERSIONS, id).await?;
        household::update(ctx, tx, id, now.revision, facts.clone(), &how).await?;
    }
    for house in writing.houses {
        let Some(id) = house.existing else { continue };
        for (kind, quantity) in &house.held {
            let holding = Holding {
                kind: kind.clone(),
                quantity: *quantity,
                valid_from: writing.batch.from_date,
                source: writing.batch.source.clone(),
            };
            household::holding_set(ctx, tx, id, &holding).await?;
        }
    }
    Ok(())
}

/// A change from the day of the file; what the registry says of a later day is corrected instead.
async fn how(ctx: &Ctx, tx: &Tx, batch: &Batch, table: &Table, id: Uuid) -> Result<How> {
    let start = table.start(ctx, tx, id).await?;
    let source = batch.source.as_str();
    Ok(if batch.from_date >= start { How::change(batch.from_date, source) } else { How::correct(source) })
}
