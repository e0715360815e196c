//! Death, moving out of the commune, and coming back.

use super::event::{self, EventKind, LifeEvent};
use super::model::{Membership, Person, State};
use super::rules::{load, number_free, present, refile, whole, write, write_place};
use super::store::{self, PLACES, VERSIONS};
use crate::bulk::Ending;
use crate::lists::HEAD;
use crate::version::{How, not_in_future};
use crate::{code, household, marriage};
use audit::Entry;
use chrono::NaiveDate;
use platform::{Ctx, Error, Result, Tx, Uuid, events, search};
use serde_json::json;

/// How somebody leaves the registry.
#[derive(Debug, Clone)]
pub struct Leaving {
    /// The first day on which they are no longer counted.
    pub ending: Ending,
    /// Who is the head afterwards, when the head leaves others behind.
    pub new_head: Option<Uuid>,
    /// The cause, or where to.
    pub note: String,
    pub source: String,
}

/// A person dies or moves out. The last one closes the household.
///
/// # Errors
/// At `chu-ho-moi` when a head leaves others behind and nobody is named; at `tu-ngay` for an impossible day.
pub async fn leave(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, leaving: &Leaving) -> Result<()> {
    let person = load(ctx, tx, id, revision).await?;
    present(&person)?;
    let (kind, on) = match leaving.ending {
        Ending::Died(day) => (EventKind::Death, day),
        Ending::Left(day) => (EventKind::MoveOut, day),
    };
    not_in_future(ctx, on)?;
    if on < person.facts.birth_date {
        return Err(Error::field("tu-ngay", "registry-date-before-birth"));
    }
    let home = person.place.household_id;
    let others: Vec<Person> =
        store::members(ctx, tx, home).await?.into_iter().filter(|p| p.id != id).collect();
    if person.place.relation == HEAD && !others.is_empty() {
        succeed(ctx, tx, home, &others, leaving.new_head, &How::change(on, leaving.source.as_str())).await?;
    }
    go(ctx, tx, &person, leaving.ending).await?;
    if others.is_empty() {
        household::close(ctx, tx, home, on, "registry-end-empty").await?;
    } else {
        household::refresh(ctx, tx, home).await?;
    }
    let event = LifeEvent {
        kind,
        on_date: on,
        village_id: person.place.village_id,
        person_id: Some(id),
        household_id: Some(home),
        other_household_id: None,
        note: leaving.note.clone(),
        source: leaving.source.clone(),
    };
    event::insert(ctx, tx, &[event]).await?;
    let name = if kind == EventKind::Death { "registry.person.died" } else { "registry.person.left" };
    events::publish(ctx, tx, name, json!({ "id": id, "on": on })).await?;
    let action = if kind == EventKind::Death { "person.death" } else { "person.move_out" };
    audit::record(
        ctx,
        tx,
        Entry { action, kind: "person", id, detail: json!({ "on": on, "household": home }) },
    )
    .await
}

/// The person is no longer counted: row, versions, search and code.
pub(crate) async fn go(ctx: &Ctx, tx: &Tx, person: &Person, ending: Ending) -> Result<()> {
    let (state, on, died_on, left_on) = match ending {
        Ending::Died(day) => (State::Died, day, Some(day), None),
        Ending::Left(day) => (State::Left, day, None, Some(day)),
    };
    write(ctx, tx, &Person { state, died_on, left_on, ..person.clone() }).await?;
    VERSIONS.close(ctx, tx, person.id, on).await?;
    PLACES.close(ctx, tx, person.id, on).await?;
    search::remove(ctx, tx, &[person.id]).await?;
    if state == State::Died {
        marriage::died(ctx, tx, person.id, on).await?;
    }
    code::retire(ctx, tx, person.id).await
}

async fn succeed(
    ctx: &Ctx,
    tx: &Tx,
    home: Uuid,
    others: &[Person],
    new_head: Option<Uuid>,
    how: &How,
) -> Result<()> {
    let heir = others.iter().find(|other| Some(other.id) == new_head);
    let Some(heir) = heir else { return Err(Error::field("chu-ho-moi", "registry-head-needed")) };
    let mut heir = heir.clone();
    let place = Membership { relation: HEAD.to_owned(), ..heir.place.clone() };
    write_place(ctx, tx, &mut heir, place, how).await?;
    let household = household::find_in(ctx, tx, &whole(ctx), home).await?;
    household::set_head(ctx, tx, &household, Some(heir.id), how).await
}

/// Somebody who had moved out is back, in a household of the scope, with what was known of them.
#[allow(clippy::too_many_arguments)] // one form: who, from which state, where to, as what, when, why
pub async fn come_back(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    to: Uuid,
    relation: &str,
    on: NaiveDate,
    source: &str,
) -> Result<()> {
    let old = store::find(ctx, tx, &whole(ctx), id).await?;
    if old.revision != revision {
        return Err(super::rules::changed_meanwhile());
    }
    if old.state != State::Left || old.left_on.is_some_and(|left| on < left) {
        return Err(Error::field("tu-ngay", "registry-not-away"));
    }
    let home = household::active_in(ctx, tx, to).await?;
    household::not_before(ctx, tx, to, on).await?;
    if relation == HEAD {
        return Err(Error::field("quan-he", "registry-head-two"));
    }
    number_free(ctx, tx, id, old.facts.personal_no.as_deref()).await?;
    let place = Membership {
        household_id: to,
        village_id: home.facts.village_id,
        relation: relation.to_owned(),
        residence: old.place.residence,
    };
    let person = Person { state: State::Present, left_on: None, place, ..old };
    write(ctx, tx, &person).await?;
    VERSIONS.open(ctx, tx, id, on, source, person.facts.values()).await?;
    PLACES.open(ctx, tx, id, on, source, person.place.values()).await?;
    code::restore(ctx, tx, id).await?;
    refile(ctx, tx, &person).await?;
    household::refresh(ctx, tx, to).await?;
    let event = LifeEvent {
        kind: EventKind::MoveIn,
        on_date: on,
        village_id: person.place.village_id,
        person_id: Some(id),
        household_id: Some(to),
        other_household_id: None,
        note: String::new(),
        source: source.to_owned(),
    };
    event::insert(ctx, tx, &[event]).await?;
    events::publish(ctx, tx, "registry.person.arrived", json!({ "id": id, "kind": "move_in" })).await?;
    let detail = json!({ "household": to, "on": on });
    audit::record(ctx, tx, Entry { action: "person.move_in", kind: "person", id, detail }).await
}
