//! Proposing. What is proposed is checked as if it were written, so an officer never approves what cannot be.

use super::diff::Diff;
use super::store::{self, Kind, Proposal, State};
use crate::household::{self, RawHousehold};
use crate::lists::{self, HEAD};
use crate::person::{self, NewPerson, RawPerson};
use crate::version::not_in_future;
use crate::villages::Villages;
use audit::Entry;
use chrono::NaiveDate;
use platform::{Ctx, Error, FieldError, Message, Result, Tx, Uuid, events};
use serde_json::{Map, Value, json};

/// Proposes to change a person of the scope.
///
/// # Errors
/// `Conflict` when the row was changed since `revision`; the errors of the fields; `Invalid` when nothing differs.
pub async fn for_person(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    raw: &RawPerson,
    on: NaiveDate,
    reason: &str,
) -> Result<Uuid> {
    let person = person::find_in(ctx, tx, &ctx.scope, id).await?;
    if person.revision != revision {
        return Err(person::changed_meanwhile());
    }
    let new = NewPerson::check(raw, &*lists::load(ctx)?, ctx.today()).map_err(Error::fields)?;
    if (new.relation == HEAD) != (person.place.relation == HEAD) {
        return Err(Error::field("quan-he", "registry-head-by-rule"));
    }
    let place =
        person::Membership { relation: new.relation, residence: new.residence, ..person.place.clone() };
    let diff = Diff::between(
        &RawPerson::of(&person.facts, &person.place).to_map(),
        &RawPerson::of(&new.facts, &place).to_map(),
    );
    make(ctx, tx, (Kind::Person, id, person.place.village_id), revision, diff, on, reason).await
}

/// Proposes to change a household of the scope.
pub async fn for_household(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    raw: &RawHousehold,
    on: NaiveDate,
    reason: &str,
) -> Result<Uuid> {
    let household = household::active_in(ctx, tx, id).await?;
    if household.revision != revision {
        return Err(person::changed_meanwhile());
    }
    let facts = raw.check(&Villages::load(ctx).await?).map_err(Error::fields)?;
    let diff = Diff::between(&household_map(&household.facts), &household_map(&facts));
    make(ctx, tx, (Kind::Household, id, household.facts.village_id), revision, diff, on, reason).await
}

pub(super) fn household_map(facts: &household::Facts) -> Map<String, Value> {
    match serde_json::to_value(RawHousehold::of(facts)) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

async fn make(
    ctx: &Ctx,
    tx: &Tx,
    (kind, object_id, village_id): (Kind, Uuid, Uuid),
    base_revision: i64,
    diff: Diff,
    on_date: NaiveDate,
    reason: &str,
) -> Result<Uuid> {
    not_in_future(ctx, on_date)?;
    if diff.is_empty() {
        return Err(Error::invalid("registry-proposal-nothing"));
    }
    let reason = vntext::clean(reason);
    if reason.chars().count() > 500 {
        let message = Message::new("error-too-long").with("limit", 500);
        return Err(Error::fields(vec![FieldError { field: "ly-do".into(), message }]));
    }
    let id = ctx.new_id();
    let fields = json!(diff.fields());
    let proposal = Proposal {
        id,
        kind,
        object_id,
        village_id,
        base_revision,
        diff,
        on_date,
        reason,
        state: State::Waiting,
        proposed_by: ctx.account_or_none(),
        proposed_at: ctx.now,
        decided_by: None,
        decided_at: None,
        answer: String::new(),
    };
    store::insert(ctx, tx, &proposal).await?;
    events::publish(ctx, tx, "registry.proposal.made", json!({ "id": id, "village": village_id })).await?;
    let detail = json!({ "object": object_id, "fields": fields, "on": on_date });
    audit::record(ctx, tx, Entry { action: "proposal.insert", kind: "proposal", id, detail }).await?;
    Ok(id)
}
