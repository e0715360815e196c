//! What may happen to a person who stays: arriving, changing, moving inside the commune.

use super::check::NewPerson;
use super::event::{self, EventKind, LifeEvent};
use super::model::{Membership, Person, State};
use super::store::{self, PLACES, VERSIONS};
use crate::bulk::{self, Bulk, BulkPerson, Since, number_taken};
use crate::find;
use crate::household;
use crate::lists::HEAD;
use crate::version::{How, not_in_future};
use crate::villages::Villages;
use audit::Entry;
use chrono::NaiveDate;
use platform::access::{Place, Scope};
use platform::{Ctx, Error, Result, Tx, Uuid, events, search};
use serde_json::json;

/// How somebody comes into a household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    /// Counted from the day of birth.
    Birth,
    /// Counted from this day on.
    MoveIn { on: NaiveDate },
}

/// Adds a person to a household of the scope.
///
/// # Errors
/// At the field: a number that is taken, a second head, a day before the household was.
pub async fn add(
    ctx: &Ctx,
    tx: &Tx,
    household: Uuid,
    new: NewPerson,
    arrival: Arrival,
    note: &str,
    source: &str,
) -> Result<Uuid> {
    let home = household::active_in(ctx, tx, household).await?;
    let (kind, on) = match arrival {
        Arrival::Birth => (EventKind::Birth, new.facts.birth_date),
        Arrival::MoveIn { on } => (EventKind::MoveIn, on),
    };
    not_in_future(ctx, on)?;
    household::not_before(ctx, tx, household, on).await?;
    if new.relation == HEAD && home.facts.head_person_id.is_some() {
        return Err(Error::field("quan-he", "registry-head-two"));
    }
    let id = ctx.new_id();
    let becomes_head = new.relation == HEAD;
    let village_id = home.facts.village_id;
    let place =
        Membership { household_id: household, village_id, relation: new.relation, residence: new.residence };
    let event = LifeEvent {
        kind,
        on_date: on,
        village_id,
        person_id: Some(id),
        household_id: Some(household),
        other_household_id: None,
        note: note.to_owned(),
        source: source.to_owned(),
    };
    let facts = vec![Since::new(on, new.facts)];
    let person =
        BulkPerson { id, facts, places: vec![Since::new(on, place)], ended: None, skills: Vec::new() };
    let bulk =
        Bulk { households: Vec::new(), people: vec![person], events: vec![event], source: source.to_owned() };
    bulk::insert_many(ctx, tx, &bulk).await?;
    if becomes_head {
        household::set_head(ctx, tx, &home, Some(id), &How::change(on, source)).await?;
    }
    household::refresh(ctx, tx, household).await?;
    let detail = json!({ "kind": kind.code(), "household": household, "on": on });
    events::publish(ctx, tx, "registry.person.arrived", json!({ "id": id, "kind": kind.code() })).await?;
    audit::record(ctx, tx, Entry { action: "person.insert", kind: "person", id, detail }).await?;
    Ok(id)
}

/// Writes what is different about a person, as a change from a day on or as a correction.
///
/// # Errors
/// `Conflict` when somebody else was first; at the field when the number is taken or the relation makes or unmakes a
/// head, which is a rule of the household.
pub async fn update(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    new: NewPerson,
    how: &How,
) -> Result<Person> {
    let old = load(ctx, tx, id, revision).await?;
    let mut fields = old.facts.differences(&new.facts);
    let place = Membership { relation: new.relation, residence: new.residence, ..old.place.clone() };
    if (place.relation == HEAD) != (old.place.relation == HEAD) {
        return Err(Error::field("quan-he", "registry-head-by-rule"));
    }
    if fields.contains(&"personal_no") && old.state == State::Present {
        number_free(ctx, tx, id, new.facts.personal_no.as_deref()).await?;
    }
    let person = Person { facts: new.facts, place, ..old.clone() };
    write(ctx, tx, &person).await?;
    if !fields.is_empty() {
        VERSIONS.write(ctx, tx, id, how, person.facts.values()).await?;
    }
    if matches!(how, How::Correct { .. }) {
        store::correct_all_versions(ctx, tx, id, &person.facts, &fields).await?;
    }
    if person.place != old.place {
        PLACES.write(ctx, tx, id, how, person.place.values()).await?;
        fields.push("place");
    }
    let person = Person { revision: revision + 1, ..person };
    if person.state == State::Present {
        refile(ctx, tx, &person).await?;
        if person.place.relation == HEAD && fields.contains(&"full_name") {
            household::refresh(ctx, tx, person.place.household_id).await?;
        }
    }
    let detail = json!({ "fields": fields, "how": how.word() });
    events::publish(ctx, tx, "registry.person.changed", json!({ "id": id, "fields": fields })).await?;
    audit::record(ctx, tx, Entry { action: "person.update", kind: "person", id, detail }).await?;
    Ok(person)
}

/// Moves a person to another household of the commune; both must be inside the scope.
///
/// # Errors
/// At `quan-he` for a second head; a head who leaves others behind must be succeeded first.
#[allow(clippy::too_many_arguments)] // one form: who, from which state, where to, as what, when, why
pub async fn move_to(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    to: Uuid,
    relation: &str,
    on: NaiveDate,
    source: &str,
) -> Result<()> {
    let mut person = load(ctx, tx, id, revision).await?;
    present(&person)?;
    let from = person.place.household_id;
    let target = household::active_in(ctx, tx, to).await?;
    if from == to {
        return Err(Error::field("ho", "registry-same-household"));
    }
    household::not_before(ctx, tx, to, on).await?;
    if relation == HEAD && target.facts.head_person_id.is_some() {
        return Err(Error::field("quan-he", "registry-head-two"));
    }
    let left_behind = store::members(ctx, tx, from).await?.len() - 1;
    if person.place.relation == HEAD && left_behind > 0 {
        return Err(Error::field("chu-ho-moi", "registry-head-needed"));
    }
    let how = How::change(on, source);
    let place = Membership {
        household_id: to,
        village_id: target.facts.village_id,
        relation: relation.to_owned(),
        ..person.place.clone()
    };
    write_place(ctx, tx, &mut person, place, &how).await?;
    if relation == HEAD {
        household::set_head(ctx, tx, &target, Some(id), &how).await?;
    }
    if left_behind == 0 {
        household::close(ctx, tx, from, on, "registry-end-empty").await?;
    } else {
        household::refresh(ctx, tx, from).await?;
    }
    household::refresh(ctx, tx, to).await?;
    let event = LifeEvent {
        kind: EventKind::Move,
        on_date: on,
        village_id: target.facts.village_id,
        person_id: Some(id),
        household_id: Some(to),
        other_household_id: Some(from),
        note: String::new(),
        source: source.to_owned(),
    };
    event::insert(ctx, tx, &[event]).await?;
    let detail = json!({ "from": from, "to": to, "on": on });
    events::publish(ctx, tx, "registry.person.moved", json!({ "id": id, "from": from, "to": to })).await?;
    audit::record(ctx, tx, Entry { action: "person.move", kind: "person", id, detail }).await
}

/// The person at the revision that the form was made from, inside the scope.
pub(super) async fn load(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Person> {
    let person = store::find(ctx, tx, &ctx.scope, id).await?;
    if person.revision == revision { Ok(person) } else { Err(changed_meanwhile()) }
}

pub(super) fn present(person: &Person) -> Result<()> {
    if person.state == State::Present { Ok(()) } else { Err(Error::invalid("registry-person-not-present")) }
}

pub(crate) fn changed_meanwhile() -> Error {
    Error::conflict("error-conflict")
}

pub(super) async fn number_free(ctx: &Ctx, tx: &Tx, id: Uuid, number: Option<&str>) -> Result<()> {
    let Some(number) = number else { return Ok(()) };
    let others = store::by_numbers(ctx, tx, &[number.to_owned()]).await?;
    match others.iter().find(|other| other.id != id) {
        Some(other) => Err(number_taken(&other.code)),
        None => Ok(()),
    }
}

pub(super) async fn write(ctx: &Ctx, tx: &Tx, person: &Person) -> Result<()> {
    match store::update(ctx, tx, person).await? {
        0 => Err(changed_meanwhile()),
        _ => Ok(()),
    }
}

/// Writes where a person is counted, now and in the versions.
pub(crate) async fn write_place(
    ctx: &Ctx,
    tx: &Tx,
    person: &mut Person,
    place: Membership,
    how: &How,
) -> Result<()> {
    if person.place == place {
        return Ok(());
    }
    person.place = place;
    write(ctx, tx, person).await?;
    person.revision += 1;
    PLACES.write(ctx, tx, person.id, how, person.place.values()).await?;
    refile(ctx, tx, person).await
}

/// Files a person anew in the search.
pub(crate) async fn refile(ctx: &Ctx, tx: &Tx, person: &Person) -> Result<()> {
    let villages = Villages::load(ctx).await?;
    let village = villages.find(person.place.village_id)?;
    search::put(
        ctx,
        tx,
        &[find::person(person.id, &person.code, &person.facts, &person.place, &village.name)],
    )
    .await
}

/// The whole commune, for looking at what a rule touches beside the record that was asked for.
pub(super) fn whole(ctx: &Ctx) -> Scope {
    Scope::new(vec![Place::new("commune", ctx.commune)])
}
