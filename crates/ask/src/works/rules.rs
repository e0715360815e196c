//! The works of a round before it opens, and its roll.

use super::model::{Offer, WorkState};
use super::store;
use crate::matter::{Kind, Matter, Standing, State, record};
use crate::who::{self, Me};
use platform::{Ctx, Error, Message, Result, Tx, Uuid, said};
use serde_json::json;

const NAME_MAX: usize = 150;
const ABOUT_MAX: usize = 1_000;
const WORKS_MAX: i64 = 30;
const COST_MAX: i64 = 1_000_000_000_000;

fn read(sent: Offer, cost_needed: bool) -> Result<Offer> {
    let wrong = || Error::field("gia", Message::new("ask-number-wrong").with("number", COST_MAX));
    let cost = match sent.cost {
        None if !cost_needed => None,
        cost => Some(cost.filter(|cost| (1..=COST_MAX).contains(cost)).ok_or_else(wrong)?),
    };
    said::short("mo-ta", &sent.about, ABOUT_MAX)?;
    Ok(Offer {
        name: said::needed("ten", &vntext::clean(&sent.name), "ask-work-name-empty", NAME_MAX)?,
        place: said::needed("cho", &vntext::clean(&sent.place), "ask-work-place-empty", NAME_MAX)?,
        about: sent.about.trim().to_owned(),
        cost,
    })
}

async fn add(ctx: &Ctx, tx: &Tx, round: Uuid, offer: &Offer, state: WorkState) -> Result<()> {
    let position = store::works(ctx, tx, round).await?.last().map_or(1, |last| last.position + 1);
    if position > WORKS_MAX {
        return Err(Error::field("ten", Message::new("ask-works-many").with("count", WORKS_MAX)));
    }
    store::insert(ctx, tx, round, position, offer, state).await?;
    record(ctx, tx, "ask.work", round, json!({ "work": position, "state": state })).await
}

/// The ballot may still change.
async fn ahead(ctx: &Ctx, tx: &Tx, round: Uuid) -> Result<Matter> {
    let one = crate::matter::store::hold(ctx, tx, round).await?;
    if one.kind == Kind::Works && one.standing(ctx.today()).ahead() {
        Ok(one)
    } else {
        Err(Error::conflict("ask-has-begun"))
    }
}

/// Whoever runs the round puts a work on the ballot.
///
/// # Errors
/// At the field; `Conflict` once the round has begun.
pub async fn offer(ctx: &Ctx, tx: &Tx, round: Uuid, sent: Offer) -> Result<()> {
    let round = ahead(ctx, tx, round).await?;
    let sent = read(sent, true)?;
    if sent.cost.is_some_and(|cost| cost > round.budget) {
        return Err(Error::field("gia", "ask-work-too-dear"));
    }
    add(ctx, tx, round.id, &sent, WorkState::In).await
}

/// A resident of the village proposes one; it waits to be read.
///
/// # Errors
/// As above; `Conflict` for who lives elsewhere or while nothing is to be proposed.
pub async fn propose(ctx: &Ctx, tx: &Tx, round: Uuid, sent: Offer) -> Result<()> {
    let me = who::needed(ctx).await?;
    let round = ahead(ctx, tx, round).await?;
    if round.standing(ctx.today()) != Standing::Planned {
        return Err(Error::not_found());
    }
    if !crate::matter::store::villages_of(ctx, tx, round.id).await?.contains(&me.village) {
        return Err(Error::conflict("ask-other-village"));
    }
    add(ctx, tx, round.id, &read(sent, false)?, WorkState::Held).await
}

/// Takes a proposal onto the ballot, with what it costs, or off it.
pub(super) async fn decide(
    ctx: &Ctx,
    tx: &Tx,
    round: Uuid,
    position: i64,
    state: WorkState,
    cost: Option<i64>,
) -> Result<()> {
    let round = ahead(ctx, tx, round).await?;
    let works = store::works(ctx, tx, round.id).await?;
    let known = works.into_iter().find(|one| one.position == position).ok_or_else(Error::not_found)?;
    let cost = cost.unwrap_or(known.cost);
    if state == WorkState::In && !(1..=round.budget).contains(&cost) {
        return Err(Error::field("gia", "ask-work-too-dear"));
    }
    // What is out needs something to choose from.
    if state != WorkState::In
        && round.state == State::Out
        && known.state == WorkState::In
        && offered(ctx, tx, round.id).await? <= 2
    {
        return Err(Error::conflict("ask-few-works"));
    }
    store::set_state(ctx, tx, round.id, position, state, cost).await?;
    record(ctx, tx, "ask.work", round.id, json!({ "work": position, "state": state })).await
}

/// How many works stand on the ballot.
pub(crate) async fn offered(ctx: &Ctx, tx: &Tx, round: Uuid) -> Result<usize> {
    let works = store::works(ctx, tx, round).await?;
    Ok(works.iter().filter(|one| one.state == WorkState::In).count())
}

/// The households of the village today; how many they are.
pub(crate) async fn take_roll(ctx: &Ctx, tx: &Tx, round: Uuid, village: Uuid) -> Result<i64> {
    let mut homes: Vec<Uuid> =
        who::homes(ctx, village).await?.into_iter().map(|one| one.household.id).collect();
    homes.sort_unstable();
    store::insert_roll(ctx, tx, round, &homes).await?;
    i64::try_from(homes.len()).map_err(Error::internal)
}

/// A cancelled round keeps no ballot.
pub(crate) async fn empty(ctx: &Ctx, tx: &Tx, round: Uuid) -> Result<()> {
    store::clear(ctx, tx, round).await
}

/// Why a reader may not vote for their household.
pub(super) async fn hindrance(ctx: &Ctx, round: &Matter, me: &Me) -> Result<Option<Message>> {
    let age = crate::law::Asking::on(ctx, round.from_on)?.vote_age;
    if me.age < age {
        return Ok(Some(Message::new("ask-too-young").with("count", age)));
    }
    let villages = crate::matter::store::villages_of(ctx, &ctx.app.db, round.id).await?;
    let enrolled = store::enrolled(ctx, &ctx.app.db, round.id, me.household).await?;
    let key = match enrolled {
        _ if !villages.contains(&me.village) => "ask-other-village",
        None => "ask-not-on-roll",
        Some(super::model::Way::Not) => return Ok(None),
        Some(super::model::Way::Online) => "ask-voted-already",
        Some(super::model::Way::Paper) => "ask-paper-handed",
    };
    Ok(Some(Message::new(key)))
}
