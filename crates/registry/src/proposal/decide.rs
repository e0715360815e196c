//! Deciding: approve, reject, or take back.

use super::make::household_map;
use super::store::{self, Kind, Proposal, State};
use super::undo::Before;
use crate::household::{self, RawHousehold};
use crate::lists;
use crate::person::{self, NewPerson, RawPerson};
use crate::version::How;
use crate::villages::Villages;
use audit::Entry;
use messages::Letter;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, events};
use serde_json::{Map, Value, json};

/// Writes what was proposed, from its day on; `correct` overwrites instead, when what stood there was never right.
/// What others changed meanwhile in other fields stays.
///
/// # Errors
/// `Conflict` when a proposed field was changed meanwhile; the message names the fields.
pub async fn approve(ctx: &Ctx, tx: &Tx, id: Uuid, correct: bool, answer: &str) -> Result<()> {
    let proposal = waiting(ctx, tx, id).await?;
    let source = format!("proposal {id}");
    let how = if correct { How::correct(source) } else { How::change(proposal.on_date, source) };
    let before = Before::take(ctx, tx, &proposal).await?;
    match proposal.kind {
        Kind::Person => write_person(ctx, tx, &proposal, &how).await?,
        Kind::Household => write_household(ctx, tx, &proposal, &how).await?,
    }
    settle(ctx, tx, &proposal, State::Approved, answer).await?;
    store::keep_before(ctx, tx, id, before.written(ctx, tx).await?).await
}

async fn write_person(ctx: &Ctx, tx: &Tx, proposal: &Proposal, how: &How) -> Result<()> {
    let person = person::find_in(ctx, tx, &ctx.scope, proposal.object_id).await?;
    let raw = RawPerson::from_map(merged(proposal, RawPerson::of(&person.facts, &person.place).to_map())?);
    let new = NewPerson::check(&raw, &*lists::load(ctx)?, ctx.today()).map_err(Error::fields)?;
    person::update(ctx, tx, person.id, person.revision, new, how).await?;
    Ok(())
}

async fn write_household(ctx: &Ctx, tx: &Tx, proposal: &Proposal, how: &How) -> Result<()> {
    let household = household::active_in(ctx, tx, proposal.object_id).await?;
    let map = merged(proposal, household_map(&household.facts))?;
    let raw: RawHousehold = serde_json::from_value(Value::Object(map))?;
    let facts = raw.check(&Villages::load(ctx).await?).map_err(Error::fields)?;
    household::update(ctx, tx, household.id, household.revision, facts, how).await?;
    Ok(())
}

fn merged(proposal: &Proposal, now: Map<String, Value>) -> Result<Map<String, Value>> {
    let conflicts = proposal.diff.conflicts(&now);
    if conflicts.is_empty() {
        return Ok(proposal.diff.apply(now));
    }
    Err(Error::conflict(Message::new("registry-proposal-conflict").with("fields", conflicts.join(", "))))
}

/// Says no, and why.
pub async fn reject(ctx: &Ctx, tx: &Tx, id: Uuid, answer: &str) -> Result<()> {
    let proposal = waiting(ctx, tx, id).await?;
    if vntext::clean(answer).is_empty() {
        return Err(Error::field("tra-loi", "registry-proposal-answer-empty"));
    }
    settle(ctx, tx, &proposal, State::Rejected, answer).await
}

/// The one who proposed takes it back.
pub async fn withdraw(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let proposal = waiting(ctx, tx, id).await?;
    if proposal.proposed_by.is_none() || proposal.proposed_by != ctx.account_or_none() {
        return Err(Error::not_found());
    }
    settle(ctx, tx, &proposal, State::Withdrawn, "").await
}

async fn waiting(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Proposal> {
    let proposal = store::find(ctx, tx, id).await?;
    if proposal.state == State::Waiting { Ok(proposal) } else { Err(decided()) }
}

fn decided() -> Error {
    Error::conflict("registry-proposal-decided")
}

async fn settle(ctx: &Ctx, tx: &Tx, proposal: &Proposal, state: State, answer: &str) -> Result<()> {
    let answer: String = vntext::clean(answer).chars().take(500).collect();
    if store::decide(ctx, tx, proposal.id, state, &answer).await? == 0 {
        return Err(decided());
    }
    answered(ctx, tx, proposal, state).await?;
    let payload = json!({ "id": proposal.id, "state": state.code(), "proposed_by": proposal.proposed_by });
    events::publish(ctx, tx, "registry.proposal.decided", payload).await?;
    let action = match state {
        State::Approved => "proposal.approve",
        State::Rejected => "proposal.reject",
        State::Withdrawn | State::Waiting => "proposal.withdraw",
    };
    let detail = json!({ "object": proposal.object_id, "fields": proposal.diff.fields() });
    audit::record(ctx, tx, Entry { action, kind: "proposal", id: proposal.id, detail }).await
}

/// Tells the one who proposed, unless they decided themselves.
pub(super) async fn answered(ctx: &Ctx, tx: &Tx, proposal: &Proposal, state: State) -> Result<()> {
    let text = match state {
        State::Approved => "registry-proposal-mail-approved",
        State::Rejected => "registry-proposal-mail-rejected",
        State::Waiting => "registry-proposal-mail-undone",
        State::Withdrawn => return Ok(()),
    };
    let Some(to) = proposal.proposed_by.filter(|account| Some(*account) != ctx.account_or_none()) else {
        return Ok(());
    };
    let link = format!("/lam-viec/de-nghi/{}", proposal.id);
    messages::send(ctx, tx, Letter { to, text: Message::new(text), link }).await?;
    Ok(())
}
