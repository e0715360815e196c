//! What devices are told to do. An order waits in its table until it has gone out, so that none is lost with the program.

use super::model::{Happened, Kind, Speaker};
use super::store;
use audit::Entry;
use chrono::{DateTime, Utc};
use platform::{Ctx, Error, Result, Run, Tx, Uuid, choice, sql};
use sea_orm::FromQueryResult;
use serde_json::json;
use speakerlink::{Command, Outcome};

choice! {
    What, "broadcast-order", {
        TestTone = "test_tone", Report = "report", Plan = "plan", Restart = "restart", Alarm = "alarm",
    }
}

/// Seconds of a test tone.
const TONE: u32 = 5;
/// What waits longer is not sent any more.
const OLDEST: chrono::Duration = chrono::Duration::minutes(10);

/// An order and what became of it.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Order {
    pub id: Uuid,
    pub speaker_id: Uuid,
    pub what: What,
    pub until_at: Option<DateTime<Utc>>,
    pub account_id: Option<Uuid>,
    pub at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    pub acked_at: Option<DateTime<Utc>>,
    /// Empty while nothing came back.
    pub outcome: String,
}

const SELECT: &str = "SELECT id, speaker_id, what, until_at, account_id, at, sent_at, acked_at, outcome FROM broadcast_order WHERE commune_id = ";

impl Order {
    pub fn message(&self) -> Command {
        let until = self.until_at.unwrap_or(self.at).timestamp_micros();
        let order = match self.what {
            What::TestTone => speakerlink::Order::TestTone { seconds: TONE },
            What::Report => speakerlink::Order::Report,
            What::Plan => speakerlink::Order::Plan,
            What::Restart => speakerlink::Order::Restart,
            What::Alarm => speakerlink::Order::Alarm { until },
        };
        Command { id: self.id.to_string(), at: self.at.timestamp_micros(), order }
    }
}

async fn insert(
    ctx: &Ctx,
    tx: &Tx,
    speaker: Uuid,
    what: What,
    alarm: Option<Uuid>,
    until: Option<DateTime<Utc>>,
) -> Result<()> {
    sql("INSERT INTO broadcast_order (commune_id, id, speaker_id, what, alarm_id, until_at, account_id, at, outcome) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '')")
    .bind(ctx.commune)
    .bind(ctx.new_id())
    .bind(speaker)
    .bind(what)
    .bind(alarm)
    .bind(until)
    .bind(ctx.account_or_none())
    .bind(ctx.now)
    .run(tx)
    .await?;
    Ok(())
}

/// Somebody tells devices to do something.
///
/// # Errors
/// `Conflict` for clusters that do not answer to us or are out of service; an alarm is no such order.
pub(crate) async fn give(ctx: &Ctx, tx: &Tx, ids: &[Uuid], what: What) -> Result<()> {
    if ids.is_empty() {
        return Err(Error::invalid("broadcast-speaker-none-picked"));
    }
    for id in ids {
        let one = store::find(ctx, tx, *id).await?;
        if one.kind != Kind::Own || !one.in_service(ctx.today()) {
            return Err(Error::conflict("broadcast-speaker-not-ours"));
        }
        insert(ctx, tx, *id, what, None, None).await?;
        let said = ctx.t().t(what.text_key());
        store::event(ctx, tx, *id, Happened::Ordered, &said).await?;
        let detail = json!({ "what": what.code() });
        audit::record(
            ctx,
            tx,
            Entry { action: "broadcast.speaker-order", kind: "broadcast", id: *id, detail },
        )
        .await?;
    }
    crate::link::ring(ctx, tx);
    Ok(())
}

/// An alarm goes to the devices of these villages; none named: to all.
pub(crate) async fn alarm(
    ctx: &Ctx,
    tx: &Tx,
    alarm: Uuid,
    villages: &[Uuid],
    until: DateTime<Utc>,
) -> Result<()> {
    let meant = |one: &Speaker| villages.is_empty() || villages.contains(&one.unit_id);
    for one in store::own(ctx, tx).await?.into_iter().filter(meant) {
        insert(ctx, tx, one.id, What::Alarm, Some(alarm), Some(until)).await?;
    }
    crate::link::ring(ctx, tx);
    Ok(())
}

/// What shall still go out, the oldest first.
pub(crate) async fn waiting(ctx: &Ctx) -> Result<Vec<Order>> {
    let query = sql(SELECT).arg(ctx.commune).push(" AND sent_at IS NULL AND at > ").arg(ctx.now - OLDEST);
    query.push(" ORDER BY at, id LIMIT 500").all(&ctx.app.db).await
}

pub(crate) async fn sent(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    sql("UPDATE broadcast_order SET sent_at = $3 WHERE commune_id = $1 AND id = $2")
        .bind(ctx.commune)
        .bind(id)
        .bind(ctx.now)
        .run(tx)
        .await?;
    Ok(())
}

/// A device says what became of an order. Only of its own; the first word counts.
pub(super) async fn acked(ctx: &Ctx, tx: &Tx, speaker: Uuid, id: Uuid, outcome: Outcome) -> Result<()> {
    let word = match outcome {
        Outcome::Done => "done",
        Outcome::Late => "late",
        Outcome::Unable => "unable",
    };
    sql("UPDATE broadcast_order SET acked_at = $4, outcome = $5 WHERE commune_id = $1 AND id = $2 AND speaker_id = $3 AND acked_at IS NULL")
        .bind(ctx.commune)
        .bind(id)
        .bind(speaker)
        .bind(ctx.now)
        .bind(word)
        .run(tx)
        .await?;
    Ok(())
}

pub(crate) async fn of_alarm(ctx: &Ctx, on: &impl Run, alarm: Uuid) -> Result<Vec<Order>> {
    sql(SELECT).arg(ctx.commune).push(" AND alarm_id = ").arg(alarm).push(" ORDER BY id").all(on).await
}

/// The newest first.
pub(crate) async fn of_speaker(ctx: &Ctx, speaker: Uuid, limit: i64) -> Result<Vec<Order>> {
    let query = sql(SELECT).arg(ctx.commune).push(" AND speaker_id = ").arg(speaker);
    query.push(" ORDER BY id DESC LIMIT ").arg(limit).all(&ctx.app.db).await
}
