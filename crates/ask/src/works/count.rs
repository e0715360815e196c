//! The count: the box is opened, papers are laid beside, the list is published.

use super::model::{chosen, list, seal, votes};
use super::{ballot, store};
use crate::law::Asking;
use crate::matter::{Matter, Standing, finish};
use platform::{Ctx, Error, Result, Tx, Uuid};
use serde_json::json;

/// True when no paper is outstanding: then nobody has to press a button.
pub(crate) async fn counts_itself(ctx: &Ctx, tx: &Tx, round: Uuid) -> Result<bool> {
    Ok(store::handed(ctx, tx, round).await? == 0)
}

/// Counts a round whose last day is over.
///
/// # Errors
/// `Conflict` before its end and after the count.
pub async fn count(ctx: &Ctx, tx: &Tx, round: Matter) -> Result<Matter> {
    let now = crate::matter::store::hold(ctx, tx, round.id).await?;
    if now.standing(ctx.today()) != Standing::Over {
        return Err(Error::conflict("ask-not-counting"));
    }
    let mut all = ballot::opened(ctx, tx, now.id).await?;
    all.extend(store::papers(ctx, tx, now.id).await?);
    all.sort();
    store::insert_ballots(ctx, tx, now.id, &all).await?;
    store::clear(ctx, tx, now.id).await?;
    let mut works = store::works(ctx, tx, now.id).await?;
    for (position, votes) in votes(&works, &all) {
        works.iter_mut().filter(|one| one.position == position).for_each(|one| one.votes = votes);
    }
    let holds = Asking::on(ctx, now.from_on)?.enough(now.given, now.roll);
    let chosen = if holds { chosen(&works, now.budget) } else { Vec::new() };
    for one in &works {
        store::set_result(ctx, tx, now.id, one.position, one.votes, chosen.contains(&one.position)).await?;
    }
    let seal = seal(&list(&all));
    let detail = json!({ "ballots": all.len(), "given": now.given, "roll": now.roll, "seal": seal });
    finish(ctx, tx, Matter { seal, ..now }, detail).await
}
