//! What other areas know of households that were reached: who came to a meeting of the village, who opened a message.

use super::model::{Channel, Noting, Outcome, Source};
use super::rules::note;
use super::store::{self, way};
use crate::campaign::rules::{record, running};
use platform::events::Handler;
use platform::{Ctx, Error, Kind, Result, Tx, Uuid};
use registry::{Gathering, Gatherings};
use serde_json::{Value, json};
use std::collections::HashSet;

/// The meetings of a village since a day, as the areas that hold them tell.
pub(crate) async fn gatherings(ctx: &Ctx, village: Uuid, since: chrono::NaiveDate) -> Result<Vec<Gathering>> {
    let mut all = Vec::new();
    for offered in ctx.app.offers::<Gatherings>() {
        all.extend((offered.list)(ctx, village, since).await?);
    }
    all.sort_by_key(|one| std::cmp::Reverse(one.day));
    Ok(all)
}

/// The households that came to a meeting; nothing when nobody knows it any more.
async fn came(ctx: &Ctx, meeting: Uuid) -> Result<Option<Vec<Uuid>>> {
    for offered in ctx.app.offers::<Gatherings>() {
        if let Some(homes) = (offered.homes)(ctx, meeting).await? {
            return Ok(Some(homes));
        }
    }
    Ok(None)
}

/// The campaign was spoken of at a meeting: the households that came are reached, and those that are ticked later too.
///
/// # Errors
/// Not found for a meeting of another village; `Conflict` when the campaign does not run.
pub(crate) async fn link(ctx: &Ctx, tx: &Tx, campaign: Uuid, one: &Gathering) -> Result<i64> {
    running(ctx, tx, campaign).await?;
    if !way::insert_meeting(ctx, tx, campaign, one).await? {
        return Err(Error::conflict("reach-meeting-known"));
    }
    record(ctx, tx, "reach.meeting", campaign, json!({ "meeting": one.id })).await?;
    let homes = came(ctx, one.id).await?.unwrap_or_default();
    recount(ctx, tx, campaign, one.id, one.day, &homes).await
}

/// It was not spoken of there: its households count no longer for it.
pub(crate) async fn unlink(ctx: &Ctx, tx: &Tx, campaign: Uuid, meeting: Uuid) -> Result<()> {
    running(ctx, tx, campaign).await?;
    if way::drop_meeting(ctx, tx, campaign, meeting).await? == 0 {
        return Err(Error::not_found());
    }
    recount(ctx, tx, campaign, meeting, ctx.today(), &[]).await?;
    record(ctx, tx, "reach.meeting_drop", campaign, json!({ "meeting": meeting })).await
}

/// Notes who came and takes back who did not; how many of the roll were there.
async fn recount(
    ctx: &Ctx,
    tx: &Tx,
    campaign: Uuid,
    meeting: Uuid,
    day: chrono::NaiveDate,
    homes: &[Uuid],
) -> Result<i64> {
    let before: HashSet<Uuid> = store::of_source(ctx, tx, campaign, meeting).await?.into_iter().collect();
    let roll: Vec<Uuid> =
        store::get_many(ctx, tx, campaign, homes).await?.into_iter().map(|home| home.household_id).collect();
    let gone: Vec<Uuid> = before.iter().filter(|home| !roll.contains(home)).copied().collect();
    store::unsource(ctx, tx, campaign, meeting, &gone).await?;
    store::refresh(ctx, tx, campaign, &gone).await?;
    figures::touch(ctx, tx, crate::figures::HOMES);
    let fresh: Vec<Uuid> = roll.iter().filter(|home| !before.contains(home)).copied().collect();
    if !fresh.is_empty() {
        let noting = Noting {
            channel: Channel::Meeting,
            source: Source::Meeting,
            source_id: Some(meeting),
            ..Noting::visit(day)
        };
        note(&crate::who::whole(ctx), tx, campaign, &fresh, &noting).await?;
    }
    Ok(i64::try_from(roll.len()).unwrap_or(i64::MAX))
}

pub(crate) fn handlers() -> [Handler; 3] {
    [
        Handler::new("village.meeting.attendance", "reach.meeting_attendance", |ctx, told| async move {
            attendance(&ctx, &told).await
        }),
        Handler::new("messages.bulletin.read", "reach.message_read", |ctx, told| async move {
            message_read(&ctx, &told).await
        }),
        Handler::new("registry.person.erased", "reach.person_erased", |ctx, told| async move {
            person_erased(&ctx, &told).await
        }),
    ]
}

fn id(told: &Value, name: &str) -> Result<Uuid> {
    let text = told[name].as_str().unwrap_or_default();
    text.parse().map_err(|_| Error::internal(format!("an event without {name}")))
}

/// A campaign that is over keeps what it had.
fn unless_over<T: Default>(done: Result<T>) -> Result<T> {
    match done {
        Err(error) if matches!(error.kind, Kind::Conflict | Kind::NotFound | Kind::Invalid) => {
            Ok(T::default())
        }
        done => done,
    }
}

/// Somebody was ticked or unticked at a meeting at which campaigns were spoken of.
async fn attendance(ctx: &Ctx, told: &Value) -> Result<()> {
    let meeting = id(told, "meeting")?;
    let linked = way::of_meeting(ctx, meeting).await?;
    if linked.is_empty() {
        return Ok(());
    }
    let homes = came(ctx, meeting).await?.unwrap_or_default();
    for one in linked {
        let tx = ctx.begin().await?;
        let done = match running(ctx, &tx, one.campaign_id).await {
            Ok(_) => recount(ctx, &tx, one.campaign_id, meeting, one.held_on, &homes).await.map(|_| ()),
            Err(error) => Err(error),
        };
        unless_over(done)?;
        tx.commit().await?;
    }
    Ok(())
}

/// Somebody of a household has opened a message of a campaign.
async fn message_read(ctx: &Ctx, told: &Value) -> Result<()> {
    let (bulletin, account) = (id(told, "bulletin")?, id(told, "account")?);
    let Some((campaign, household)) = way::of_letter(ctx, &ctx.app.db, bulletin, account).await? else {
        return Ok(());
    };
    let noting = Noting {
        channel: Channel::Message,
        outcome: Outcome::Told,
        source: Source::Message,
        source_id: Some(bulletin),
        ..Noting::visit(ctx.today())
    };
    let tx = ctx.begin().await?;
    unless_over(note(ctx, &tx, campaign, &[household], &noting).await.map(|_| ()))?;
    tx.commit().await
}

/// Words about the household of somebody who was made nameless go as well.
async fn person_erased(ctx: &Ctx, told: &Value) -> Result<()> {
    let people: Vec<Uuid> =
        told["rows"].as_array().into_iter().flatten().filter_map(|id| id.as_str()?.parse().ok()).collect();
    let found = registry::person::get_many(ctx, &people).await?;
    let homes: Vec<Uuid> = found.into_iter().map(|person| person.place.household_id).collect();
    if homes.is_empty() {
        return Ok(());
    }
    let tx = ctx.begin().await?;
    store::forget_of(ctx, &tx, &homes).await?;
    tx.commit().await
}
