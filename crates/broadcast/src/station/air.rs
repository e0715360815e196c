//! The log: what the engine says that it played, second by second, into the tables.

use super::beat;
use super::store::{self, Aired, What};
use crate::plan::store as plan;
use crate::programme::{self, Programme};
use chrono::{DateTime, Utc};
use onair::{AirEvent, Moment, Why};
use platform::access::Place as Where;
use platform::{App, Ctx, Message, Result, Tx, Uuid, ids};
use std::collections::HashSet;
use tokio::sync::mpsc::UnboundedReceiver;

/// The kind of emergency notices in the log.
const ALARM: &str = "emergency";
/// And of what is spoken live.
const LIVE: &str = "live";
/// Events of one moment come from every mount: they go into one transaction.
const AT_ONCE: usize = 256;

pub(super) fn utc(at: Moment) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.micros()).unwrap_or_default()
}

/// What an earlier run had begun ended with its last sign of life.
pub(super) async fn cut_off(ctx: &Ctx, mounts: &[String], last: Option<Moment>) -> Result<()> {
    let tx = ctx.begin().await?;
    store::cut_off(ctx, &tx, mounts, last.map_or(ctx.now, utc)).await?;
    tx.commit().await
}

/// Writes until the engine ends. What cannot be written is told in the program's own log: the station plays on.
pub(super) async fn write(app: App, commune: Uuid, mut events: UnboundedReceiver<AirEvent>) {
    let (mut some, mut told) = (Vec::new(), HashSet::new());
    while events.recv_many(&mut some, AT_ONCE).await > 0 {
        if let Some(at) = some
            .iter()
            .rev()
            .find_map(|event| if let AirEvent::Beat { at } = event { Some(*at) } else { None })
        {
            beat::keep(&app, commune, at);
        }
        some.retain(|event| !matches!(event, AirEvent::Beat { .. }));
        if some.is_empty() {
            continue;
        }
        let ctx = Ctx::system(&app, commune, "broadcast.air");
        if let Err(error) = note(&ctx, &some, &mut told).await {
            tracing::error!(%error, events = some.len(), "the log of the radio cannot be written");
        }
        some.clear();
    }
}

async fn note(ctx: &Ctx, events: &[AirEvent], told: &mut HashSet<String>) -> Result<()> {
    let tx = ctx.begin().await?;
    let mut heard = HashSet::new();
    for event in events {
        one(ctx, &tx, event, &mut heard, told).await?;
    }
    tx.commit().await
}

async fn one(
    ctx: &Ctx,
    tx: &Tx,
    event: &AirEvent,
    heard: &mut HashSet<Uuid>,
    told: &mut HashSet<String>,
) -> Result<()> {
    match event {
        AirEvent::Began { mount, on_air: Some((_, source)), at, .. } => {
            let programme = named(ctx, tx, source).await?;
            let mut row = row(mount, What::Aired, programme.as_ref(), utc(*at), None, "");
            if let Some(title) = crate::alarm::title_of(ctx, source).await? {
                (row.title, row.kind, row.origin) = (title, ALARM.to_owned(), "commune".to_owned());
            }
            if let Some(title) = crate::live::title_of(ctx, source).await? {
                (row.title, row.kind, row.origin) = (title, LIVE.to_owned(), "commune".to_owned());
            }
            store::insert(ctx, tx, &row).await?;
            if let Some(id) = programme.map(|one| one.id).filter(|id| heard.insert(*id)) {
                programme::store::aired(ctx, tx, id, utc(*at)).await?;
            }
        }
        AirEvent::Ended { mount, on_air: Some(_), to, why, .. } => {
            store::end(ctx, tx, mount, What::Aired, utc(*to), said(why)).await?;
        }
        AirEvent::Missing { mount, entry, at, reason } => {
            tracing::warn!(%mount, %entry, %reason, "a programme of the radio cannot be played");
            let programme = planned(ctx, tx, entry).await?;
            let row = row(
                mount,
                What::Missing,
                programme.as_ref(),
                utc(*at),
                Some(utc(*at)),
                "broadcast-air-failed",
            );
            store::insert(ctx, tx, &row).await?;
            if let Some(one) = programme.filter(|_| told.insert(entry.to_string())) {
                let text = Message::new("broadcast-told-missing").with("name", one.title.as_str());
                alarm(ctx, tx, &text).await?;
            }
        }
        AirEvent::Gap { from, to } => {
            let row = row(super::XA, What::Gap, None, utc(*from), Some(utc(*to)), "broadcast-air-gap");
            store::insert(ctx, tx, &row).await?;
        }
        _ => {}
    }
    Ok(())
}

/// Those who make the radio are told in their inbox.
pub(super) async fn alarm(ctx: &Ctx, tx: &Tx, text: &Message) -> Result<()> {
    let commune = Where::new("commune", ctx.commune);
    messages::send_to_role(ctx, tx, "radio_officer", &commune, text, &format!("{}/nhat-ky", crate::WORK))
        .await?;
    Ok(())
}

pub(super) fn row(
    mount: &str,
    what: What,
    programme: Option<&Programme>,
    from_at: DateTime<Utc>,
    to_at: Option<DateTime<Utc>>,
    why: &str,
) -> Aired {
    let text = |of: fn(&Programme) -> &String| programme.map(|one| of(one).clone()).unwrap_or_default();
    Aired {
        id: ids::new_id(from_at),
        mount: mount.to_owned(),
        what,
        programme_id: programme.map(|one| one.id),
        title: text(|one| &one.title),
        kind: text(|one| &one.kind),
        origin: text(|one| &one.origin),
        from_at,
        to_at,
        why: why.to_owned(),
    }
}

/// The programme of a source's name.
async fn named(ctx: &Ctx, tx: &Tx, source: &str) -> Result<Option<Programme>> {
    let id = source.split(':').next().and_then(|id| id.parse().ok());
    match id {
        Some(id) => Ok(programme::store::find(ctx, tx, id).await.ok()),
        None => Ok(None),
    }
}

/// The programme of a line of the plan.
async fn planned(ctx: &Ctx, tx: &Tx, entry: &str) -> Result<Option<Programme>> {
    let Some(slot) = entry.split('@').next().and_then(|id| id.parse().ok()) else { return Ok(None) };
    let Ok(slot) = plan::find(ctx, tx, slot).await else { return Ok(None) };
    Ok(programme::store::find(ctx, tx, slot.programme_id).await.ok())
}

/// The key of a reason that people want to know; nothing for what was planned.
fn said(why: &Why) -> &'static str {
    match why {
        Why::NewSchedule => "broadcast-air-replanned",
        Why::ClockJumped => "broadcast-air-clock",
        Why::SourceEnded => "broadcast-air-over",
        Why::SourceFailed(_) => "broadcast-air-failed",
        Why::Stopped => "broadcast-air-stopped",
        _ => "",
    }
}
