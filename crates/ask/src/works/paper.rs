//! Households that vote on paper: the sheet is handed to a household once, and counted from the box of the meeting.

use super::model::{Ballot, Way};
use super::{ballot, store};
use crate::matter::{Matter, Standing, record};
use crate::who;
use platform::{Ctx, Error, Message, Result, Tx, Uuid};
use registry::household;
use serde_json::json;

/// Hands a paper ballot to a household; it cannot vote online any more.
///
/// # Errors
/// `Conflict` when it has taken part, or outside the days of the round.
pub async fn hand(ctx: &Ctx, tx: &Tx, round: &Matter, home: Uuid) -> Result<()> {
    store::enrolled(ctx, tx, round.id, home).await?.ok_or_else(Error::not_found)?;
    let villages = crate::matter::store::villages_of(ctx, tx, round.id).await?;
    let known = household::get_many(&who::whole(ctx), &[home]).await?;
    let here = |one: &household::Listed| {
        one.household.state == household::State::Active && villages.contains(&one.household.facts.village_id)
    };
    if !known.iter().any(here) {
        return Err(Error::conflict("ask-home-left"));
    }
    if !crate::matter::store::give(ctx, tx, round.id).await? {
        return Err(Error::conflict("ask-not-open"));
    }
    if !store::strike(ctx, tx, round.id, home, Way::Paper).await? {
        return Err(Error::conflict("ask-voted-already"));
    }
    record(ctx, tx, "ask.paper", round.id, json!({ "household": home })).await
}

/// Nothing is written down before the end, and nothing after the count.
async fn over(ctx: &Ctx, tx: &Tx, round: Uuid) -> Result<Matter> {
    let one = crate::matter::store::hold(ctx, tx, round).await?;
    if one.standing(ctx.today()) == Standing::Over {
        Ok(one)
    } else {
        Err(Error::conflict("ask-not-counting"))
    }
}

/// Writes down a paper ballot with the code that is printed on it; one with no or too many crosses counts as spoilt.
///
/// # Errors
/// At `ma` for a code that is wrong or there already; `Conflict` for more ballots than were handed out.
pub async fn write_paper(ctx: &Ctx, tx: &Tx, round: Uuid, code: &str, picks: &[i64]) -> Result<()> {
    let round = over(ctx, tx, round).await?;
    let code = ballot::typed(code).ok_or_else(|| Error::field("ma", "ask-paper-code"))?;
    let picks = ballot::checked(ctx, tx, &round, picks).await.unwrap_or_default();
    let known = store::papers(ctx, tx, round.id).await?;
    let handed = store::handed(ctx, tx, round.id).await?;
    if i64::try_from(known.len()).is_ok_and(|count| count >= handed) {
        return Err(Error::conflict(Message::new("ask-papers-many").with("count", handed)));
    }
    let online = ballot::opened(ctx, tx, round.id).await?;
    let taken = online.iter().any(|one| one.code == code);
    if taken || !store::insert_paper(ctx, tx, round.id, &Ballot::new(code, &picks)).await? {
        return Err(Error::field("ma", "ask-paper-twice"));
    }
    record(ctx, tx, "ask.paper_write", round.id, json!({})).await
}

/// One that was written down wrong goes.
pub(super) async fn take_back(ctx: &Ctx, tx: &Tx, round: Uuid, code: &str) -> Result<()> {
    let round = over(ctx, tx, round).await?;
    if store::delete_paper(ctx, tx, round.id, code).await? == 0 {
        return Err(Error::not_found());
    }
    record(ctx, tx, "ask.paper_drop", round.id, json!({})).await
}
