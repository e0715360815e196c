//! Noting that a household was reached, and taking it back.

use super::model::{Home, Noted, Noting, Outcome, Source};
use super::store::{self, way};
use crate::campaign::Campaign;
use crate::campaign::rules::{record, running};
use crate::who;
use chrono::NaiveDate;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, said};
use registry::household;
use serde_json::json;
use std::collections::HashSet;

const WORDS_MAX: usize = 200;
const TIMES_MAX: i64 = 50;

/// The households for which a campaign is as they are on the day of the context, each with its village.
pub(crate) async fn fitting(ctx: &Ctx, one: &Campaign, villages: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>> {
    store::fitting(ctx, one.audience, villages).await
}

pub(crate) async fn join(ctx: &Ctx, tx: &Tx, campaign: Uuid, homes: &[(Uuid, Uuid)]) -> Result<()> {
    store::join(ctx, tx, campaign, homes).await?;
    figures::touch(ctx, tx, crate::figures::HOMES);
    Ok(())
}

/// Households of the roll that are no more, each with its last day, and how many came later.
pub(crate) struct Left {
    pub gone: Vec<(Uuid, NaiveDate)>,
    pub later: i64,
}

/// The households of today for which a campaign is.
pub(crate) async fn here(ctx: &Ctx, one: &Campaign) -> Result<Vec<(Uuid, Uuid)>> {
    let villages = crate::campaign::store::villages_of(ctx, &ctx.app.db, one.id).await?;
    fitting(ctx, one, &villages).await
}

pub(crate) async fn left(ctx: &Ctx, one: &Campaign, here: &[(Uuid, Uuid)]) -> Result<Left> {
    let known = store::ids(ctx, &ctx.app.db, one.id).await?;
    let now: HashSet<Uuid> = here.iter().map(|(home, _)| *home).collect();
    let missing: Vec<Uuid> =
        store::open_ids(ctx, &ctx.app.db, one.id).await?.into_iter().filter(|id| !now.contains(id)).collect();
    let mut gone = Vec::new();
    // Who is not among those that fit may only have changed: the roll was frozen. Who has ended leaves it.
    for some in missing.chunks(500) {
        let found = household::get_many(&who::whole(ctx), some).await?;
        gone.extend(found.into_iter().filter_map(|home| Some((home.household.id, home.household.ended_on?))));
    }
    let later = now.iter().filter(|id| !known.contains(id)).count();
    Ok(Left { gone, later: i64::try_from(later).unwrap_or(i64::MAX) })
}

/// Households leave the roll on their day; how many.
pub(crate) async fn leave(ctx: &Ctx, tx: &Tx, campaign: Uuid, gone: &[(Uuid, NaiveDate)]) -> Result<u64> {
    let mut left = 0;
    for (home, day) in gone {
        left += store::leave(ctx, tx, campaign, *home, *day).await?;
    }
    if left > 0 {
        figures::touch(ctx, tx, crate::figures::HOMES);
        record(ctx, tx, "reach.leave", campaign, json!({ "homes": left })).await?;
    }
    Ok(left)
}

fn checked(ctx: &Ctx, one: &Campaign, noting: &Noting) -> Result<Noting> {
    let words = vntext::clean(&noting.words);
    said::short("loi", &words, WORDS_MAX)?;
    if noting.day > ctx.today() {
        return Err(Error::field("ngay", "reach-day-ahead"));
    }
    if let Some(start) = one.started_on.filter(|start| noting.day < *start) {
        let message = Message::new("reach-day-before").with("day", ctx.t().date(start));
        return Err(Error::field("ngay", message));
    }
    Ok(Noting { words, ..noting.clone() })
}

/// Notes households. What was noted on the same day by the same channel stays, unless now more is known of it: that somebody was there
/// after all, or what came of it.
///
/// # Errors
/// `Conflict` when the campaign does not run; not found for a household that is not on its roll; at the field what is wrong.
pub async fn note(ctx: &Ctx, tx: &Tx, campaign: Uuid, homes: &[Uuid], noting: &Noting) -> Result<Noted> {
    let one = running(ctx, tx, campaign).await?;
    let noting = checked(ctx, &one, noting)?;
    let mut homes = homes.to_vec();
    homes.sort_unstable();
    homes.dedup();
    let found = store::get_many(ctx, tx, campaign, &homes).await?;
    if found.len() != homes.len() || found.iter().any(|home| !ctx.scope.covers("village", home.village_id)) {
        return Err(Error::not_found());
    }
    let before = store::same(ctx, tx, campaign, &noting, &homes).await?;
    let noted = |home: &Home| before.iter().find(|note| note.household_id == home.household_id);
    let fresh: Vec<&Home> = found.iter().filter(|home| noted(home).is_none()).collect();
    let batch = ctx.new_id();
    store::insert(ctx, tx, campaign, &noting, &fresh, batch).await?;
    let more = |then: Outcome| {
        noting.outcome != then && !matches!(noting.outcome, Outcome::Told | Outcome::Nobody)
            || then == Outcome::Nobody && noting.outcome == Outcome::Told
    };
    let mut mended = Vec::new();
    for note in &before {
        if more(note.outcome) || (!noting.words.is_empty() && noting.words != note.words) {
            let outcome = if more(note.outcome) { noting.outcome } else { note.outcome };
            let noting = Noting { outcome, ..noting.clone() };
            store::update(ctx, tx, campaign, &noting, note.household_id).await?;
            mended.push(note.household_id);
        }
    }
    let changed: Vec<Uuid> =
        fresh.iter().map(|home| home.household_id).chain(mended.iter().copied()).collect();
    store::refresh(ctx, tx, campaign, &changed).await?;
    if !changed.is_empty() {
        figures::touch(ctx, tx, crate::figures::HOMES);
        let detail = json!({ "channel": noting.channel, "outcome": noting.outcome, "day": noting.day, "homes": changed.len(),
                             "first": changed.first(), "batch": batch });
        record(ctx, tx, "reach.note", campaign, detail).await?;
    }
    Ok(Noted { batch, fresh: fresh.len(), known: homes.len() - changed.len() })
}

/// Takes back what one press of the button has noted; how many households.
///
/// # Errors
/// Not found when somebody else pressed it, or it was taken back already.
pub(crate) async fn take_back(ctx: &Ctx, tx: &Tx, campaign: Uuid, batch: Uuid) -> Result<usize> {
    running(ctx, tx, campaign).await?;
    let homes = store::take_back(ctx, tx, campaign, batch).await?;
    if homes.is_empty() {
        return Err(Error::not_found());
    }
    store::refresh(ctx, tx, campaign, &homes).await?;
    figures::touch(ctx, tx, crate::figures::HOMES);
    record(ctx, tx, "reach.note_back", campaign, json!({ "homes": homes.len(), "batch": batch })).await?;
    Ok(homes.len())
}

/// Notes that the loudspeaker of a village has read it: no household counts as reached.
///
/// # Errors
/// At the field; `Conflict` when the campaign does not run.
pub async fn hear(
    ctx: &Ctx,
    tx: &Tx,
    campaign: Uuid,
    village: Uuid,
    day: Option<NaiveDate>,
    times: Option<i64>,
) -> Result<Uuid> {
    let one = running(ctx, tx, campaign).await?;
    let day = day.unwrap_or_else(|| ctx.today());
    let noting =
        checked(ctx, &one, &Noting::visit(day)).map_err(|error| error.renamed(&[("ngay", "ngay-loa")]))?;
    let times = times.filter(|times| (1..=TIMES_MAX).contains(times));
    let times = times
        .ok_or_else(|| Error::field("so-lan", Message::new("reach-times-wrong").with("number", TIMES_MAX)))?;
    let id = way::insert_heard(ctx, tx, campaign, village, noting.day, times).await?;
    record(ctx, tx, "reach.hear", campaign, json!({ "village": village, "day": day, "times": times }))
        .await?;
    Ok(id)
}

/// It was not read after all.
pub(crate) async fn unhear(ctx: &Ctx, tx: &Tx, campaign: Uuid, village: Uuid, id: Uuid) -> Result<()> {
    running(ctx, tx, campaign).await?;
    if way::drop_heard(ctx, tx, campaign, village, id).await? == 0 {
        return Err(Error::not_found());
    }
    record(ctx, tx, "reach.unhear", campaign, json!({ "village": village })).await
}

/// The reader's own household says that it knows.
///
/// # Errors
/// `Conflict` when the campaign does not run; not found for a household that it is not for.
pub(crate) async fn know(ctx: &Ctx, tx: &Tx, campaign: Uuid, household: Uuid, zalo: bool) -> Result<Noted> {
    let channel = if zalo { super::model::Channel::Zalo } else { super::model::Channel::App };
    let noting = Noting {
        channel,
        outcome: Outcome::Understood,
        source: Source::Resident,
        ..Noting::visit(ctx.today())
    };
    note(&who::whole(ctx), tx, campaign, &[household], &noting).await
}
