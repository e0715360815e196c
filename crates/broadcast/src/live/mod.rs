//! Speaking live from a page: the browser sends what the microphone hears piece by piece, the station plays it over what was planned, an emergency over it.

mod store;

pub(crate) use store::{Live, find};

use audit::Entry as Audited;
use chrono::Duration;
use onair::{Class, Entry, LiveInput, LiveOutput, Moment, RATE, Source};
use platform::{Ctx, Error, Result, Tx, Uuid, said};
use serde_json::json;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;
use units::place::Ground;

/// What the browser sends: one channel of 16 bits at this rate.
const SENT: u32 = 24_000;
/// Pieces of more than five seconds are no live sound.
pub(crate) const PIECE: usize = SENT as usize * 2 * 5;
/// Nobody speaks longer without a break.
const LONGEST: Duration = Duration::hours(2);
/// Without a piece for so long the line to the browser is cut: it is over.
const CUT: std::time::Duration = std::time::Duration::from_secs(10);
const TITLE: usize = 160;

/// The microphones of this program. The area offers it.
#[derive(Default)]
pub(crate) struct Microphones(Mutex<HashMap<Uuid, Open>>);

struct Open {
    output: LiveOutput,
    input: LiveInput,
    heard: Instant,
    /// The last sample of the piece before: between two pieces lies one more.
    last: f32,
}

impl Microphones {
    fn of(ctx: &Ctx) -> Result<&Microphones> {
        ctx.app.offers::<Microphones>().next().ok_or_else(|| Error::internal("no microphones"))
    }

    fn open(&self) -> MutexGuard<'_, HashMap<Uuid, Open>> {
        self.0.lock().expect("no holder panics")
    }
}

/// Somebody is about to speak; nothing is on the air yet.
///
/// # Errors
/// At the fields.
pub(crate) async fn prepare(ctx: &Ctx, tx: &Tx, title: &str, villages: &BTreeSet<Uuid>) -> Result<Live> {
    let title = said::needed("ten", title, "broadcast-title-empty", TITLE)?;
    let ground = Ground::load(ctx).await?;
    if villages.iter().any(|id| ground.find(*id).is_none()) {
        return Err(Error::field("thon", "error-choose"));
    }
    let one = Live {
        id: ctx.new_id(),
        title,
        villages: villages.iter().map(|id| format!("{id},")).collect(),
        account_id: ctx.account()?,
        began_at: None,
        ended_at: None,
    };
    store::insert(ctx, tx, &one).await?;
    Ok(one)
}

/// A piece of sound. The first one puts it on the air.
///
/// # Errors
/// Not found for anybody else's; `Conflict` when it is over; `Invalid` for what is no sound.
pub(crate) async fn piece(ctx: &Ctx, id: Uuid, bytes: &[u8]) -> Result<()> {
    if bytes.len() > PIECE || bytes.len() % 2 == 1 || bytes.is_empty() {
        return Err(Error::invalid("broadcast-live-no-sound"));
    }
    let one = find(ctx, &ctx.app.db, id).await?;
    if one.account_id != ctx.account()? {
        return Err(Error::not_found());
    }
    if one.ended_at.is_some() {
        return Err(Error::conflict("broadcast-live-over"));
    }
    let fresh = push(Microphones::of(ctx)?, id, bytes);
    if fresh || one.began_at.is_none() {
        let tx = ctx.begin().await?;
        store::begin(ctx, &tx, id).await?;
        let detail = json!({ "title": one.title });
        audit::record(ctx, &tx, Audited { action: "broadcast.live", kind: "broadcast", id, detail }).await?;
        crate::station::changed(ctx, &tx);
        tx.commit().await?;
    }
    Ok(())
}

/// True when the microphone was not open yet.
fn push(microphones: &Microphones, id: Uuid, bytes: &[u8]) -> bool {
    let mut open = microphones.open();
    let fresh = !open.contains_key(&id);
    let one = open.entry(id).or_insert_with(|| {
        let (output, input) = onair::live();
        Open { output, input, heard: Instant::now(), last: 0.0 }
    });
    one.output.push(&doubled(bytes, &mut one.last));
    one.heard = Instant::now();
    fresh
}

/// From the browser's rate to the station's: between two samples comes their mean.
fn doubled(bytes: &[u8], last: &mut f32) -> Vec<f32> {
    const _: () = assert!(SENT * 2 == RATE);
    let mut samples = Vec::with_capacity(bytes.len());
    for two in bytes.chunks_exact(2) {
        let sample = f32::from(i16::from_le_bytes([two[0], two[1]])) / 32_768.0;
        samples.extend([(*last + sample) / 2.0, sample]);
        *last = sample;
    }
    samples
}

/// It is over.
///
/// # Errors
/// Not found for anybody else's, unless the reader leads the radio.
pub(crate) async fn stop(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    let one = find(ctx, tx, id).await?;
    if one.account_id != ctx.account()? && !ctx.may("broadcast.approve") {
        return Err(Error::not_found());
    }
    end(ctx, tx, id).await
}

async fn end(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    store::end(ctx, tx, id).await?;
    let app = ctx.app.clone();
    tx.after_commit(move || {
        if let Some(microphones) = app.offers::<Microphones>().next() {
            microphones.open().remove(&id);
        }
    });
    crate::station::changed(ctx, tx);
    Ok(())
}

/// What is on the air live; what was cut off ends.
pub(crate) async fn running(ctx: &Ctx) -> Result<Vec<(Live, LiveInput)>> {
    let microphones = Microphones::of(ctx)?;
    let (mut all, mut over) = (Vec::new(), Vec::new());
    for one in store::open(ctx).await? {
        let Some(began) = one.began_at else { continue };
        let input = {
            let open = microphones.open();
            open.get(&one.id).filter(|open| open.heard.elapsed() < CUT).map(|open| open.input.clone())
        };
        match input {
            Some(input) if ctx.now - began < LONGEST => all.push((one, input)),
            // Another program may have the microphone; one that began long ago has nobody.
            _ if ctx.now - began < Duration::seconds(5) => {}
            _ => over.push(one.id),
        }
    }
    if !over.is_empty() {
        let tx = ctx.begin().await?;
        for id in over {
            end(ctx, &tx, id).await?;
        }
        tx.commit().await?;
    }
    Ok(all)
}

/// What it puts on the air.
pub(crate) fn entry(one: &Live, input: LiveInput, mounts: &[String]) -> Option<(Entry, Arc<str>, Source)> {
    let began = one.began_at?;
    let source: Arc<str> = format!("live:{}", one.id).into();
    let heard = |mount: &&String| one.villages.is_empty() || one.villages.split(',').any(|id| id == *mount);
    let mounts: Vec<Arc<str>> = mounts.iter().filter(heard).map(|mount| Arc::from(mount.as_str())).collect();
    let entry = Entry {
        id: source.clone(),
        start: Moment::from_micros(began.timestamp_micros()),
        length: LONGEST.to_std().ok()?,
        source: source.clone(),
        from: std::time::Duration::ZERO,
        mounts: mounts.into_iter().collect(),
        class: Class::Live,
        priority: false,
    };
    Some((entry, source, Source::Live(input)))
}

/// The title of a source of this name; nothing for others.
pub(crate) async fn title_of(ctx: &Ctx, source: &str) -> Result<Option<String>> {
    let Some(id) = source.strip_prefix("live:").and_then(|id| id.parse().ok()) else { return Ok(None) };
    Ok(Some(find(ctx, &ctx.app.db, id).await?.title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_join_without_a_step() {
        let mut last = 0.0;
        let bytes =
            |samples: &[i16]| samples.iter().flat_map(|sample| sample.to_le_bytes()).collect::<Vec<u8>>();
        let first = doubled(&bytes(&[8_192, 16_384]), &mut last);
        let second = doubled(&bytes(&[0]), &mut last);
        assert_eq!((first, second), (vec![0.125, 0.25, 0.375, 0.5], vec![0.25, 0.0]));
    }
}
