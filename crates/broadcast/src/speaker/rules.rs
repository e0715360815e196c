//! Clusters are written down, changed, set and taken out of service.

use super::draft::{Draft, put};
use super::model::{Happened, Kind, Speaker};
use super::{store, token};
use audit::Entry;
use platform::{Ctx, Error, Result, Tx, Uuid};
use serde_json::json;

const VOLUME: i64 = 70;

async fn record(ctx: &Ctx, tx: &Tx, action: &'static str, id: Uuid, detail: serde_json::Value) -> Result<()> {
    audit::record(ctx, tx, Entry { action, kind: "broadcast", id, detail }).await
}

pub(super) fn written(first: bool) -> Result<()> {
    if first { Ok(()) } else { Err(Error::conflict("broadcast-moved-on")) }
}

/// A cluster as the form knew it, in service.
pub(super) async fn taken(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Speaker> {
    let one = store::find(ctx, tx, id).await?;
    written(one.revision == revision)?;
    if one.until_on.is_some() {
        return Err(Error::conflict("broadcast-speaker-gone"));
    }
    Ok(one)
}

/// Writes a cluster down. One that answers to us gets a token to sign in with.
///
/// # Errors
/// At the fields.
pub async fn add(ctx: &Ctx, tx: &Tx, draft: &Draft) -> Result<Speaker> {
    let mut one = Speaker {
        id: ctx.new_id(),
        unit_id: Uuid::nil(),
        name: String::new(),
        kind: Kind::Own,
        place: String::new(),
        lat: None,
        lon: None,
        horns: 1,
        watts: 0,
        model: String::new(),
        vendor_code: String::new(),
        since_on: ctx.today(),
        until_on: None,
        token_hash: String::new(),
        token: String::new(),
        on_plan: true,
        volume: VOLUME,
        alarm_volume: 100,
        muted: false,
        settings: 1,
        settings_sent: 0,
        heard_at: None,
        heard: json!({}),
        silent_at: None,
        revision: 1,
    };
    put(ctx, draft, &mut one).await?;
    token::make(ctx, &mut one)?;
    store::insert(ctx, tx, &one).await?;
    store::event(ctx, tx, one.id, Happened::Added, "").await?;
    record(ctx, tx, "broadcast.speaker-add", one.id, json!({})).await?;
    crate::link::ring(ctx, tx);
    Ok(one)
}

/// # Errors
/// At the fields; `Conflict` when somebody else was first.
pub async fn change(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, draft: &Draft) -> Result<Speaker> {
    let mut one = taken(ctx, tx, id, revision).await?;
    put(ctx, draft, &mut one).await?;
    let ours = one.kind == Kind::Own;
    if ours && one.token.is_empty() {
        token::make(ctx, &mut one)?;
    } else if !ours {
        (one.token, one.token_hash) = (String::new(), String::new());
    }
    written(store::update(ctx, tx, &one).await?)?;
    if !ours {
        store::settings_sent(ctx, tx, id, -1).await?;
    }
    store::event(ctx, tx, id, Happened::Changed, "").await?;
    record(ctx, tx, "broadcast.speaker-change", id, json!({})).await?;
    // It may stand in another village now.
    crate::link::ring_plan(ctx, tx);
    Ok(one)
}

/// How a device shall be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    pub on_plan: bool,
    pub volume: i64,
    pub alarm_volume: i64,
    pub muted: bool,
}

/// # Errors
/// At the fields; a cluster that does not answer to us cannot be set.
pub(crate) async fn set(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, settings: Settings) -> Result<Speaker> {
    let mut one = taken(ctx, tx, id, revision).await?;
    if one.kind != Kind::Own {
        return Err(Error::conflict("broadcast-speaker-not-ours"));
    }
    let loud = |field, volume: i64| match (0..=100).contains(&volume) {
        true => Ok(volume),
        false => Err(Error::field(field, "broadcast-speaker-volume-wrong")),
    };
    (one.on_plan, one.muted) = (settings.on_plan, settings.muted);
    one.volume = loud("am-luong", settings.volume)?;
    one.alarm_volume = loud("am-luong-khan", settings.alarm_volume)?;
    one.settings += 1;
    written(store::update(ctx, tx, &one).await?)?;
    let note = format!("{} % · {} %", one.volume, one.alarm_volume);
    store::event(ctx, tx, id, Happened::Set, &note).await?;
    let detail = json!({ "on": one.on_plan, "volume": one.volume, "muted": one.muted });
    record(ctx, tx, "broadcast.speaker-set", id, detail).await?;
    crate::link::ring(ctx, tx);
    Ok(one)
}

/// Takes a cluster out of service; its history stays.
///
/// # Errors
/// `Conflict` when somebody else was first.
pub(crate) async fn retire(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, reason: &str) -> Result<Speaker> {
    let mut one = taken(ctx, tx, id, revision).await?;
    let reason = platform::said::needed("ly-do", reason, "broadcast-reason-empty", 500)?;
    one.until_on = Some(ctx.today());
    (one.token, one.token_hash) = (String::new(), String::new());
    written(store::update(ctx, tx, &one).await?)?;
    store::settings_sent(ctx, tx, id, -1).await?;
    store::event(ctx, tx, id, Happened::Retired, &reason).await?;
    record(ctx, tx, "broadcast.speaker-retire", id, json!({ "reason": reason })).await?;
    crate::link::ring(ctx, tx);
    Ok(one)
}
