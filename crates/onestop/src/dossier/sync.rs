//! What another system tells of a dossier: taken over as it stands there.

use super::clock::DeskRules;
use super::event::{Happened, Said};
use super::model::{Dossier, Queue, Status};
use super::rules::{self, Work};
use super::submit::{self, Filing};
use super::{once, tell};
use crate::procedure::model::{Does, Procedure, Step};
use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Tx, Uuid};

/// How a dossier stands in another system.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub status: Status,
    pub due: Option<DateTime<Utc>>,
    /// The colleague who has it there, where exactly one of ours has the name.
    pub holder: Option<Uuid>,
    pub received: Option<DateTime<Utc>>,
    pub ended: Option<DateTime<Utc>>,
    /// When it stood so.
    pub at: DateTime<Utc>,
    /// For the dossier's story.
    pub note: String,
}

/// A dossier that is new here, under its own code.
pub(crate) async fn take_over(
    ctx: &Ctx,
    tx: &Tx,
    filing: Filing,
    code: &str,
    told: &Told,
) -> Result<Dossier> {
    let desk = DeskRules::load(ctx)?;
    let procedure = filing.procedure.clone();
    let mut dossier = submit::fresh(ctx, &desk, filing, code.to_owned()).await?;
    dossier.submitted_at = told.received.unwrap_or(told.at).min(told.at);
    stand(&mut dossier, &procedure, told);
    if let (None, Some(received)) = (dossier.due_at, dossier.received_at) {
        dossier.due_at = desk.due(&procedure, received);
    }
    dossier.turn_at = rules::turn(&desk, &dossier);
    let said = Said { note: &told.note, ..Said::default() };
    submit::written(ctx, tx, &procedure, &dossier, Happened::Synced, said).await?;
    Ok(dossier)
}

/// A dossier that is here already, seen at `revision`.
///
/// # Errors
/// `Conflict` when it moved on meanwhile, or the same thing is registered by another dossier.
pub(crate) async fn catch_up(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, told: &Told) -> Result<Dossier> {
    let mut work = Work::open(ctx, tx, id, revision).await?;
    let was = work.dossier.status;
    stand(&mut work.dossier, &work.procedure, told);
    match work.dossier.status {
        Status::NotReceived | Status::Withdrawn | Status::Stopped => once::release(ctx, tx, id).await?,
        _ if work.dossier.received_at.is_some() => {
            once::claim(ctx, tx, &work.procedure, &work.dossier).await?;
        }
        _ => {}
    }
    let dossier =
        work.close(Happened::Synced, Said { note: &told.note, quiet: true, ..Said::default() }).await?;
    if dossier.status != was {
        tell::told(ctx, tx, &dossier, Happened::Synced).await?;
    }
    Ok(dossier)
}

/// Sets the dossier as it stands there.
fn stand(dossier: &mut Dossier, procedure: &Procedure, told: &Told) {
    let was = dossier.status;
    let begun = !matches!(told.status, Status::New | Status::NotReceived | Status::Withdrawn);
    if dossier.received_at.is_none() && (begun || told.status == Status::Withdrawn) {
        dossier.received_at = told.received.or(begun.then_some(told.at));
    }
    let received = dossier.received_at.is_some();
    let (step, queue) = place(procedure, told.status, &dossier.step, received);
    if queue != dossier.queue {
        dossier.holder_id = None;
    }
    dossier.holder_id = told.holder.or(dossier.holder_id);
    dossier.status = told.status;
    dossier.step = step;
    dossier.queue = queue;
    dossier.due_at = told.due.or(dossier.due_at);
    let waits = matches!(told.status, Status::Supplement | Status::Payment);
    dossier.stopped_at = if waits && received { dossier.stopped_at.or(Some(told.at)) } else { None };
    if told.status == Status::Supplement && was != Status::Supplement && received {
        dossier.supplements += 1;
    }
    let ended = dossier.ended_at.or(told.ended).unwrap_or(told.at);
    dossier.ended_at = told.status.ended().then_some(ended);
    let returned = dossier.returned_at.or(told.ended).unwrap_or(told.at);
    dossier.returned_at = (told.status == Status::Returned).then_some(returned);
}

/// The step and the turn that go with a status.
fn place(procedure: &Procedure, status: Status, now: &str, received: bool) -> (String, Queue) {
    let first = procedure.steps.first();
    let second = procedure.steps.get(1).or(first);
    let last = procedure.steps.iter().rfind(|step| step.does == Does::Return).or(procedure.steps.last());
    let here = procedure.step(now).or(first);
    let key = |step: Option<&Step>| step.map(|step| step.key.clone());
    let in_hand =
        |step: &&Step| Some(&step.key) != key(first).as_ref() && Some(&step.key) != key(last).as_ref();
    let working = here.filter(in_hand).or(second);
    let step = match status {
        Status::New | Status::NotReceived => first,
        Status::Received => second,
        Status::Processing => working,
        Status::Supplement | Status::Payment if received => working,
        Status::Supplement | Status::Payment | Status::Withdrawn | Status::Stopped => here,
        Status::Processed | Status::Returned => last,
    };
    let queue = match status {
        Status::Supplement | Status::Payment => Queue::Citizen,
        Status::NotReceived | Status::Withdrawn | Status::Stopped | Status::Returned => Queue::Nobody,
        _ => step.map_or(Queue::OneStop, |step| step.role.into()),
    };
    (key(step).unwrap_or_default(), queue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_its_step_and_turn() {
        let text = include_str!("../../../../data/procedures/1.001193/2026-01-01.toml");
        let birth = crate::procedure::file::parse(text).unwrap();
        let at = |status, now: &str| place(&birth, status, now, true);
        let is = |step: &str, queue| (step.to_owned(), queue);
        assert_eq!(at(Status::New, "receive"), is("receive", Queue::OneStop));
        assert_eq!(at(Status::Received, "receive"), is("check", Queue::Specialist));
        assert_eq!(at(Status::Processing, "receive"), is("check", Queue::Specialist));
        assert_eq!(at(Status::Processing, "sign"), is("sign", Queue::Leader));
        assert_eq!(at(Status::Processing, "return"), is("check", Queue::Specialist));
        assert_eq!(at(Status::Supplement, "receive"), is("check", Queue::Citizen));
        assert_eq!(at(Status::Processed, "check"), is("return", Queue::OneStop));
        assert_eq!(at(Status::Returned, "check"), is("return", Queue::Nobody));
        assert_eq!(at(Status::Stopped, "sign"), is("sign", Queue::Nobody));
    }
}
