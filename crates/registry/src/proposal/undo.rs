//! Taking an approval back, while nobody has written on its rows since.

use super::store::{self, Kind, Proposal, State};
use crate::{household, person};
use audit::Entry;
use platform::{Ctx, Error, Result, Tx, Uuid, events};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The rows before an approval, each with the revision that the approval left. A household's new village takes its
/// people along.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Before {
    household: Option<(household::Snapshot, i64)>,
    people: Vec<(person::Snapshot, i64)>,
}

impl Before {
    /// As the rows stand now; [`Before::written`] tells the revisions afterwards.
    pub async fn take(ctx: &Ctx, tx: &Tx, proposal: &Proposal) -> Result<Before> {
        let mut before = Before { household: None, people: Vec::new() };
        let people = match proposal.kind {
            Kind::Person => vec![person::find_in(ctx, tx, &ctx.scope, proposal.object_id).await?],
            Kind::Household => {
                let household = household::find_in(ctx, tx, &ctx.scope, proposal.object_id).await?;
                before.household = Some((household::Snapshot::take(ctx, tx, &household).await?, 0));
                match proposal.diff.0.contains_key("village") {
                    true => person::members_in(ctx, tx, household.id).await?,
                    false => Vec::new(),
                }
            }
        };
        for person in people {
            before.people.push((person::Snapshot::take(ctx, tx, person).await?, 0));
        }
        Ok(before)
    }

    /// To be kept beside the proposal, once it is written.
    pub async fn written(mut self, ctx: &Ctx, tx: &Tx) -> Result<Value> {
        if let Some((snapshot, revision)) = &mut self.household {
            *revision = household::find_in(ctx, tx, &ctx.scope, snapshot.id).await?.revision;
        }
        for (snapshot, revision) in &mut self.people {
            *revision = person::find_in(ctx, tx, &ctx.scope, snapshot.person.id).await?.revision;
        }
        Ok(serde_json::to_value(self)?)
    }

    /// # Errors
    /// `Conflict` when somebody wrote on one of the rows since.
    async fn untouched(&self, ctx: &Ctx, tx: &Tx) -> Result<()> {
        let mut same = true;
        if let Some((snapshot, revision)) = &self.household {
            same &= household::find_in(ctx, tx, &ctx.scope, snapshot.id).await?.revision == *revision;
        }
        for (snapshot, revision) in &self.people {
            let now = person::find_in(ctx, tx, &ctx.scope, snapshot.person.id).await?;
            same &= now.revision == *revision && now.state == snapshot.person.state;
        }
        if same { Ok(()) } else { Err(Error::conflict("registry-proposal-changed-since")) }
    }

    async fn restore(&self, ctx: &Ctx, tx: &Tx) -> Result<()> {
        for (snapshot, revision) in &self.people {
            snapshot.restore(ctx, tx, *revision).await?;
        }
        match &self.household {
            Some((snapshot, revision)) => snapshot.restore(ctx, tx, *revision).await,
            // A head's name sorts the household.
            None => {
                let homes = self.people.iter().map(|(snapshot, _)| snapshot.person.place.household_id);
                for home in homes {
                    household::refresh(ctx, tx, home).await?;
                }
                Ok(())
            }
        }
    }
}

/// Takes an approval back: the rows are as they were, and the proposal waits again.
///
/// # Errors
/// `Conflict` when it is not approved (any more), or somebody wrote on the row since: that cannot be told apart.
pub async fn undo(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let proposal = store::find(ctx, tx, id).await?;
    let before =
        store::before(ctx, tx, id).await?.and_then(|kept| serde_json::from_value::<Before>(kept).ok());
    let (State::Approved, Some(before)) = (proposal.state, before) else {
        return Err(Error::conflict("registry-proposal-undo-gone"));
    };
    before.untouched(ctx, tx).await?;
    before.restore(ctx, tx).await?;
    if store::wait_again(ctx, tx, id).await? == 0 {
        return Err(Error::conflict("registry-proposal-undo-gone"));
    }
    super::decide::answered(ctx, tx, &proposal, State::Waiting).await?;
    let kind = match proposal.kind {
        Kind::Person => "registry.person.changed",
        Kind::Household => "registry.household.changed",
    };
    let fields = proposal.diff.fields();
    events::publish(ctx, tx, kind, json!({ "id": proposal.object_id, "fields": fields })).await?;
    let payload = json!({ "id": id, "state": State::Waiting.code(), "proposed_by": proposal.proposed_by });
    events::publish(ctx, tx, "registry.proposal.undone", payload).await?;
    let detail = json!({ "object": proposal.object_id, "fields": fields });
    audit::record(ctx, tx, Entry { action: "proposal.undo", kind: "proposal", id, detail }).await
}
