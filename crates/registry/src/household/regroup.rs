//! Splitting a household, joining two, and a whole household that leaves the commune.

use super::model::Facts;
use super::rules::{active_in, close, event, load, one_head, refresh};
use crate::bulk::{self, Bulk, BulkHousehold, Ending, Since};
use crate::lists::HEAD;
use crate::person::{self, EventKind, LifeEvent, Membership, Person};
use crate::version::{How, not_in_future};
use audit::Entry;
use chrono::NaiveDate;
use platform::{Ctx, Error, Result, Tx, Uuid, events};
use serde_json::json;

/// Who goes into the new household, and as what.
#[derive(Debug, Clone)]
pub struct Split {
    /// The facts of the new household; its head is the member with that relation.
    pub facts: Facts,
    /// Person and relation to the new head; exactly one of them is the head.
    pub members: Vec<(Uuid, String)>,
    pub on: NaiveDate,
    pub source: String,
}

/// Some members begin a household of their own.
///
/// # Errors
/// When a named person is no member, the old head would go, or nobody would stay.
pub async fn split(ctx: &Ctx, tx: &Tx, from: Uuid, revision: i64, split: &Split) -> Result<Uuid> {
    let old = load(ctx, tx, from, revision).await?;
    ctx.scope.require("village", split.facts.village_id)?;
    not_in_future(ctx, split.on)?;
    one_head(split.members.iter().map(|(_, relation)| relation.as_str()))?;
    let members = person::members_in(ctx, tx, from).await?;
    let leaving = pick(&members, &split.members)?;
    if leaving.len() == members.len() || leaving.iter().any(|(p, _)| Some(p.id) == old.facts.head_person_id) {
        return Err(Error::field("thanh-vien", "registry-split-head-stays"));
    }
    let id = ctx.new_id();
    let head = leaving.iter().find(|(_, relation)| relation == HEAD).map(|(p, _)| p.id);
    let facts = Facts { head_person_id: head, ..split.facts.clone() };
    let village_id = facts.village_id;
    let household =
        BulkHousehold { id, versions: vec![Since::new(split.on, facts)], ended: None, holdings: Vec::new() };
    let happened = event(EventKind::Split, split.on, village_id, id, Some(from), &split.source);
    let bulk = Bulk {
        households: vec![household],
        events: vec![happened],
        source: split.source.clone(),
        ..Bulk::default()
    };
    bulk::insert_many(ctx, tx, &bulk).await?;
    let how = How::change(split.on, split.source.as_str());
    move_all(ctx, tx, leaving, id, village_id, &how).await?;
    refresh(ctx, tx, from).await?;
    refresh(ctx, tx, id).await?;
    let detail = json!({ "from": from, "people": split.members.len(), "on": split.on });
    events::publish(ctx, tx, "registry.household.split", json!({ "id": id, "from": from })).await?;
    audit::record(ctx, tx, Entry { action: "household.split", kind: "household", id, detail }).await?;
    Ok(id)
}

/// All members of `from` join `into`; `from` ends. `relations` says what they are to the head there; "other" where
/// it says nothing.
#[allow(clippy::too_many_arguments)] // one form: two households with the state they were seen in, as what, when, why
pub async fn merge(
    ctx: &Ctx,
    tx: &Tx,
    from: (Uuid, i64),
    into: (Uuid, i64),
    relations: &[(Uuid, String)],
    on: NaiveDate,
    source: &str,
) -> Result<()> {
    if from.0 == into.0 {
        return Err(Error::field("ho", "registry-same-household"));
    }
    not_in_future(ctx, on)?;
    load(ctx, tx, from.0, from.1).await?;
    let target = load(ctx, tx, into.0, into.1).await?;
    let members = person::members_in(ctx, tx, from.0).await?;
    let relation_of = |id: Uuid| {
        let named = relations.iter().find(|(who, relation)| *who == id && relation != HEAD);
        named.map_or("other".to_owned(), |(_, relation)| relation.clone())
    };
    let moving: Vec<(Person, String)> = members
        .into_iter()
        .map(|p| {
            let relation = relation_of(p.id);
            (p, relation)
        })
        .collect();
    let count = moving.len();
    move_all(ctx, tx, moving, into.0, target.facts.village_id, &How::change(on, source)).await?;
    close(ctx, tx, from.0, on, "registry-end-merged").await?;
    refresh(ctx, tx, into.0).await?;
    let happened = event(EventKind::Merge, on, target.facts.village_id, into.0, Some(from.0), source);
    person::events_insert(ctx, tx, &[happened]).await?;
    let detail = json!({ "from": from.0, "people": count, "on": on });
    events::publish(ctx, tx, "registry.household.merged", json!({ "id": into.0, "from": from.0 })).await?;
    audit::record(ctx, tx, Entry { action: "household.merge", kind: "household", id: into.0, detail }).await
}

/// The household leaves the commune with everybody in it.
pub async fn move_out(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    on: NaiveDate,
    note: &str,
    source: &str,
) -> Result<()> {
    load(ctx, tx, id, revision).await?;
    not_in_future(ctx, on)?;
    let household = active_in(ctx, tx, id).await?;
    let mut happened: Vec<LifeEvent> = Vec::new();
    for member in person::members_in(ctx, tx, id).await? {
        person::go(ctx, tx, &member, Ending::Left(on)).await?;
        let base = event(EventKind::MoveOut, on, household.facts.village_id, id, None, source);
        happened.push(LifeEvent { person_id: Some(member.id), note: note.to_owned(), ..base });
    }
    close(ctx, tx, id, on, "registry-end-left").await?;
    person::events_insert(ctx, tx, &happened).await?;
    let detail = json!({ "people": happened.len(), "on": on });
    events::publish(ctx, tx, "registry.household.left", json!({ "id": id })).await?;
    audit::record(ctx, tx, Entry { action: "household.move_out", kind: "household", id, detail }).await
}

fn pick(members: &[Person], wanted: &[(Uuid, String)]) -> Result<Vec<(Person, String)>> {
    let mut found = Vec::with_capacity(wanted.len());
    for (id, relation) in wanted {
        let member = members.iter().find(|m| m.id == *id);
        let member = member.ok_or_else(|| Error::field("thanh-vien", "registry-not-a-member"))?;
        found.push((member.clone(), relation.clone()));
    }
    Ok(found)
}

async fn move_all(
    ctx: &Ctx,
    tx: &Tx,
    people: Vec<(Person, String)>,
    to: Uuid,
    village_id: Uuid,
    how: &How,
) -> Result<()> {
    for (mut member, relation) in people {
        let place = Membership { household_id: to, village_id, relation, residence: member.place.residence };
        person::write_place(ctx, tx, &mut member, place, how).await?;
    }
    Ok(())
}
