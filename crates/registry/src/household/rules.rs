//! What may happen to a household as a whole, and the parts that other rules are made of.

use super::model::{Facts, Household, State};
use super::store::{self, Filter, Listed, VERSIONS};
use crate::bulk::{self, Bulk, BulkHousehold, BulkPerson, Since};
use crate::find;
use crate::lists::HEAD;
use crate::page::{After, Count, Page};
use crate::person::{self, EventKind, LifeEvent, Membership, NewPerson, Version};
use crate::version::{How, not_in_future};
use crate::villages::Villages;
use audit::Entry;
use chrono::NaiveDate;
use platform::access::{Place, Scope};
use platform::{Ctx, Error, Message, Result, Run, Tx, Uuid, events, search, sql};
use serde_json::json;

/// A household inside the scope.
pub async fn get(ctx: &Ctx, id: Uuid) -> Result<Household> {
    store::find(ctx, &ctx.app.db, &ctx.scope, id).await
}

/// Households by id inside the scope, in the order of lists; unknown ones are left out.
pub async fn get_many(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Listed>> {
    store::get_many(ctx, &ctx.app.db, &ctx.scope, ids).await
}

/// A page of households: by village, then by the head's given name.
pub async fn list(ctx: &Ctx, filter: &Filter, after: Option<&After>, limit: i64) -> Result<Page<Listed>> {
    store::list(ctx, &ctx.scope, filter, after, limit).await
}

pub async fn count(ctx: &Ctx, filter: &Filter) -> Result<Count> {
    store::count(ctx, &ctx.scope, filter).await
}

/// What a household was, oldest first.
pub async fn history(ctx: &Ctx, id: Uuid) -> Result<Vec<Version<Facts>>> {
    get(ctx, id).await?;
    super::snapshot::versions(ctx, &ctx.app.db, id).await
}

/// A new household with its people, exactly one of whom is the head.
///
/// # Errors
/// `thanh-vien` when there is no head or more than one; `thon` outside the scope looks unknown.
pub async fn insert(
    ctx: &Ctx,
    tx: &Tx,
    facts: Facts,
    members: Vec<NewPerson>,
    on: NaiveDate,
    source: &str,
) -> Result<Uuid> {
    ctx.scope.require("village", facts.village_id)?;
    not_in_future(ctx, on)?;
    one_head(members.iter().map(|m| m.relation.as_str()))?;
    let id = ctx.new_id();
    let village_id = facts.village_id;
    let mut bulk = Bulk { source: source.to_owned(), ..Bulk::default() };
    let mut head = None;
    for member in members {
        let person = ctx.new_id();
        if member.relation == HEAD {
            head = Some(person);
        }
        let place = Membership {
            household_id: id,
            village_id,
            relation: member.relation,
            residence: member.residence,
        };
        // A child who is born later than the household is counted from the birth on.
        let from = on.max(member.facts.birth_date);
        let (facts, places) = (vec![Since::new(from, member.facts)], vec![Since::new(from, place)]);
        bulk.people.push(BulkPerson { id: person, facts, places, ended: None, skills: Vec::new() });
    }
    let facts = Facts { head_person_id: head, ..facts };
    let versions = vec![Since::new(on, facts)];
    bulk.households.push(BulkHousehold { id, versions, ended: None, holdings: Vec::new() });
    let event = event(EventKind::MoveIn, on, village_id, id, None, source);
    bulk.events.push(event);
    bulk::insert_many(ctx, tx, &bulk).await?;
    let detail = json!({ "village": village_id, "people": bulk.people.len(), "on": on });
    events::publish(ctx, tx, "registry.household.added", json!({ "id": id })).await?;
    audit::record(ctx, tx, Entry { action: "household.insert", kind: "household", id, detail }).await?;
    Ok(id)
}

/// Writes what is different about a household. The head stays: see [`head_change`]. A new village takes the people along.
pub async fn update(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    facts: Facts,
    how: &How,
) -> Result<Household> {
    let old = load(ctx, tx, id, revision).await?;
    ctx.scope.require("village", facts.village_id)?;
    let facts = Facts { head_person_id: old.facts.head_person_id, ..facts };
    let fields = old.facts.differences(&facts);
    write(ctx, tx, &old, &facts).await?;
    if !fields.is_empty() {
        VERSIONS.write(ctx, tx, id, how, facts.values()).await?;
    }
    if facts.village_id != old.facts.village_id {
        for mut member in person::members_in(ctx, tx, id).await? {
            let place = Membership { village_id: facts.village_id, ..member.place.clone() };
            person::write_place(ctx, tx, &mut member, place, how).await?;
        }
    }
    refresh(ctx, tx, id).await?;
    let detail = json!({ "fields": fields, "how": how.word() });
    events::publish(ctx, tx, "registry.household.changed", json!({ "id": id, "fields": fields })).await?;
    audit::record(ctx, tx, Entry { action: "household.update", kind: "household", id, detail }).await?;
    Ok(Household { facts, revision: revision + 1, ..old })
}

/// Another member becomes the head. `relations` says what others are to the new head; who is not named stays what they
/// were, and the old head becomes "other".
pub async fn head_change(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    head: Uuid,
    relations: &[(Uuid, String)],
    how: &How,
) -> Result<()> {
    let household = load(ctx, tx, id, revision).await?;
    let members = person::members_in(ctx, tx, id).await?;
    if !members.iter().any(|m| m.id == head) {
        return Err(Error::field("chu-ho-moi", "registry-not-a-member"));
    }
    for mut member in members {
        let named =
            relations.iter().find(|(who, _)| *who == member.id).map(|(_, relation)| relation.as_str());
        let relation = match named {
            _ if member.id == head => HEAD,
            Some(relation) if relation != HEAD => relation,
            _ if member.place.relation == HEAD => "other",
            _ => member.place.relation.as_str(),
        };
        let place = Membership { relation: relation.to_owned(), ..member.place.clone() };
        person::write_place(ctx, tx, &mut member, place, how).await?;
    }
    set_head(ctx, tx, &household, Some(head), how).await?;
    refresh(ctx, tx, id).await?;
    if let How::Change { on, source } = how {
        let event = LifeEvent {
            person_id: Some(head),
            ..event(EventKind::Head, *on, household.facts.village_id, id, None, source)
        };
        person::events_insert(ctx, tx, &[event]).await?;
    }
    events::publish(ctx, tx, "registry.household.changed", json!({ "id": id, "fields": ["head"] })).await?;
    let detail = json!({ "head": head, "how": how.word() });
    audit::record(ctx, tx, Entry { action: "household.head", kind: "household", id, detail }).await
}

/// Exactly one head among the relations of a household's people.
pub(crate) fn one_head<'a>(relations: impl Iterator<Item = &'a str>) -> Result<()> {
    match relations.filter(|relation| *relation == HEAD).count() {
        1 => Ok(()),
        0 => Err(Error::field("thanh-vien", "registry-head-none")),
        _ => Err(Error::field("thanh-vien", "registry-head-two")),
    }
}

pub(super) async fn load(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Household> {
    let household = active_in(ctx, tx, id).await?;
    if household.revision == revision { Ok(household) } else { Err(person::changed_meanwhile()) }
}

/// A household inside the scope that has not ended.
pub(crate) async fn active_in(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Household> {
    let household = store::find(ctx, tx, &ctx.scope, id).await?;
    if household.state == State::Active {
        Ok(household)
    } else {
        Err(Error::invalid("registry-household-is-ended"))
    }
}

async fn write(ctx: &Ctx, tx: &Tx, old: &Household, facts: &Facts) -> Result<()> {
    match store::update(ctx, tx, old.id, old.revision, facts).await? {
        0 => Err(person::changed_meanwhile()),
        _ => Ok(()),
    }
}

/// Writes who is the head; the members' relations are the caller's.
pub(crate) async fn set_head(
    ctx: &Ctx,
    tx: &Tx,
    household: &Household,
    head: Option<Uuid>,
    how: &How,
) -> Result<()> {
    let facts = Facts { head_person_id: head, ..household.facts.clone() };
    if facts == household.facts {
        return Ok(());
    }
    write(ctx, tx, household, &facts).await?;
    VERSIONS.write(ctx, tx, household.id, how, facts.values()).await
}

/// Nobody can be counted in a household before it was.
pub(crate) async fn not_before(ctx: &Ctx, on_tx: &impl Run, id: Uuid, on: NaiveDate) -> Result<()> {
    let first: Option<NaiveDate> =
        sql("SELECT valid_from FROM household_version WHERE commune_id = $1 AND id = $2 ORDER BY valid_from LIMIT 1")
            .bind(ctx.commune)
            .bind(id)
            .scalar(on_tx)
            .await?;
    match first.filter(|first| on < *first) {
        Some(first) => Err(Error::field(
            "tu-ngay",
            Message::new("registry-date-before-household").with("day", vntext::date(first)),
        )),
        None => Ok(()),
    }
}

/// Counts the people anew, sorts and files the household by its head.
pub(crate) async fn refresh(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let whole = Scope::new(vec![Place::new("commune", ctx.commune)]);
    let household = store::find(ctx, tx, &whole, id).await?;
    if household.state == State::Ended {
        return Ok(());
    }
    let members = person::members_in(ctx, tx, id).await?;
    let head = members.iter().find(|m| Some(m.id) == household.facts.head_person_id);
    let head = head.map_or("", |m| m.facts.full_name.as_str());
    let villages = Villages::load(ctx).await?;
    let village = villages.find(household.facts.village_id)?;
    let size = i64::try_from(members.len()).unwrap_or(i64::MAX);
    store::set_derived(ctx, tx, id, size, &find::household_sort_key(&village.sort_key, head)).await?;
    search::put(ctx, tx, &[find::household(&Household { size, ..household }, head, &village.name)]).await
}

/// The household is no more from a day on. Its people have gone already.
pub(crate) async fn close(ctx: &Ctx, tx: &Tx, id: Uuid, on: NaiveDate, reason: &str) -> Result<()> {
    store::end(ctx, tx, id, on, reason).await?;
    VERSIONS.close(ctx, tx, id, on).await?;
    search::remove(ctx, tx, &[id]).await?;
    crate::code::retire(ctx, tx, id).await
}

pub(super) fn event(
    kind: EventKind,
    on: NaiveDate,
    village: Uuid,
    household: Uuid,
    other: Option<Uuid>,
    source: &str,
) -> LifeEvent {
    LifeEvent {
        kind,
        on_date: on,
        village_id: village,
        person_id: None,
        household_id: Some(household),
        other_household_id: other,
        note: String::new(),
        source: source.to_owned(),
    }
}
