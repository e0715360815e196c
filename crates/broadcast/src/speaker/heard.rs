//! What devices say.

use super::model::Happened;
use super::{order, store};
use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Tx, Uuid, sql};
use speakerlink::{Ack, How, Played, Status, Topic};

/// A device's own name of what it played.
const NAME: usize = 80;

/// Takes a message of a device of this commune. What cannot be read is a sign of life all the same, and is told in the program's own log.
pub(crate) async fn take(ctx: &Ctx, device: Uuid, topic: Topic, bytes: &[u8]) -> Result<()> {
    let tx = ctx.begin().await?;
    let known = store::find(ctx, &tx, device).await?;
    let mut status = None;
    let read = match topic {
        Topic::Status => {
            speakerlink::read::<Status>(bytes).map(|one| status = serde_json::to_value(one).ok())
        }
        Topic::Ack => match speakerlink::read::<Ack>(bytes) {
            Ok(ack) => Ok(acked(ctx, &tx, device, &ack).await?),
            Err(fault) => Err(fault),
        },
        Topic::Played => match speakerlink::read::<Played>(bytes) {
            Ok(played) => Ok(keep(ctx, &tx, device, &played).await?),
            Err(fault) => Err(fault),
        },
        Topic::Settings | Topic::Command => Ok(()),
    };
    if let Err(fault) = read {
        tracing::warn!(%device, %fault, "a loudspeaker says what nobody understands");
    }
    if known.silent_at.is_some() {
        store::event(ctx, &tx, device, Happened::Back, "").await?;
    }
    store::heard(ctx, &tx, device, status).await?;
    tx.commit().await
}

async fn acked(ctx: &Ctx, tx: &Tx, device: Uuid, ack: &Ack) -> Result<()> {
    match ack.id.parse() {
        Ok(id) => order::acked(ctx, tx, device, id, ack.outcome).await,
        Err(_) => Ok(()),
    }
}

fn moment(micros: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_micros(micros)
}

/// Told twice it stands once.
async fn keep(ctx: &Ctx, tx: &Tx, device: Uuid, played: &Played) -> Result<()> {
    let (Some(from), Some(to)) = (moment(played.from), moment(played.to)) else { return Ok(()) };
    if to <= from || played.id.len() > NAME || to > ctx.now + chrono::Duration::minutes(5) {
        tracing::warn!(%device, "a loudspeaker says that it played what cannot be");
        return Ok(());
    }
    let source = match played.how {
        How::Stream => "stream",
        How::Stored => "stored",
    };
    let entry = played.clip.as_deref().unwrap_or_default();
    played_row(ctx, tx, device, (&played.id, source, entry), (from, to)).await
}

/// What a vendor's system says that a cluster played.
pub(crate) async fn proven(
    ctx: &Ctx,
    tx: &Tx,
    device: Uuid,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<()> {
    played_row(ctx, tx, device, (&format!("v{}", from.timestamp()), "vendor", ""), (from, to)).await?;
    store::day(ctx, tx, device, from, to).await
}

/// A row of proof: its name, its source and its line of the plan.
async fn played_row(
    ctx: &Ctx,
    tx: &Tx,
    device: Uuid,
    (name, source, entry): (&str, &str, &str),
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<()> {
    sql("INSERT INTO broadcast_played (commune_id, speaker_id, played, source, entry, from_at, to_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (commune_id, speaker_id, played) DO NOTHING")
    .bind(ctx.commune)
    .bind(device)
    .bind(name)
    .bind(source)
    .bind(entry)
    .bind(from)
    .bind(to)
    .run(tx)
    .await?;
    Ok(())
}
