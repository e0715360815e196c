//! What the province is to be told, written down in the transaction in which it happens.

use super::names::{Account, Names};
use super::send;
use super::store::{self, Call, Kind};
use crate::dossier::{Dossier, Happened};
use crate::procedure::model::Channel;
use platform::jobs::{self, Work};
use platform::{Ctx, Result, Tx};
use serde_json::Value;

/// Whether the province's system is named here.
pub(crate) fn connected(ctx: &Ctx) -> Result<bool> {
    Ok(Account::load(ctx)?.is_some())
}

/// A dossier that begins here is made there when it is received; from then on every status and step is told.
pub(crate) async fn told(ctx: &Ctx, tx: &Tx, dossier: &Dossier, what: Happened) -> Result<()> {
    let Some(kind) = kind(dossier, what) else { return Ok(()) };
    if Account::load(ctx)?.is_none() {
        return Ok(());
    }
    let theirs = dossier.channel == Channel::ProvincialSystem;
    let known = theirs || store::is_told(ctx, tx, dossier.id).await?;
    let kind = match (known, dossier.received_at) {
        (true, _) => kind,
        (false, Some(_)) if Names::load(ctx)?.creates(dossier.channel) => Kind::Create,
        // It is there by another way, or was refused or withdrawn before it was received.
        (false, _) => return Ok(()),
    };
    let call = Call {
        id: ctx.new_id(),
        dossier_id: dossier.id,
        kind,
        status: dossier.status,
        step: dossier.step.clone(),
        reason: dossier.reason.clone(),
        due_at: dossier.due_at,
        at: ctx.now,
        tries: 0,
        next_at: ctx.now,
        problem: String::new(),
    };
    store::insert(ctx, tx, &call).await?;
    jobs::enqueue(ctx, tx, Work::new(send::JOB, Value::Null).once(call.id.to_string())).await?;
    Ok(())
}

fn kind(dossier: &Dossier, what: Happened) -> Option<Kind> {
    match what {
        // A result that came after the end goes with the status once more.
        Happened::Attached | Happened::Issued if dossier.status.ended() => Some(Kind::Status),
        Happened::Taken | Happened::Passed | Happened::SentBack => Some(Kind::Progress),
        Happened::Received
        | Happened::NotReceived
        | Happened::Asked
        | Happened::Answered
        | Happened::Extended
        | Happened::Stopped
        | Happened::Withdrawn
        | Happened::Processed
        | Happened::Returned => Some(Kind::Status),
        _ => None,
    }
}
