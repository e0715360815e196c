//! Recipients with an agency code are reached over the interconnection axis; what they say of it stands at their row.

use super::issue::delivered;
use super::kinds::Kinds;
use super::model::{Delivery, Document, Recipient};
use super::{sheet, store, trail};
use crate::exchange::{self, Outgoing, Purpose, Standing};
use platform::clock::local_date;
use platform::{Ctx, Error, Result, Tx, Uuid};

/// Hands an issued document over, in the transaction of the issue.
pub(super) async fn issued(ctx: &Ctx, tx: &Tx, one: &Document, to: &[Recipient]) -> Result<()> {
    let purpose = match one.replaces {
        None => Purpose::New,
        Some(before) => {
            let before = store::find(ctx, tx, before).await?;
            let day = before.numbered_at.map_or_else(|| ctx.today(), local_date);
            Purpose::Replacement { reason: String::new(), of: vec![(before.full_number(), day)] }
        }
    };
    let waiting = to.iter().filter(|row| row.delivery == Delivery::Waiting).collect();
    send(ctx, tx, one, waiting, purpose).await
}

/// Asks everybody who got it over the axis to give it back.
pub(super) async fn recalled(ctx: &Ctx, tx: &Tx, one: &Document, reason: &str) -> Result<()> {
    let all = trail::recipients(ctx, tx, one.id).await?;
    let reached = all.iter().filter(|row| !row.code.is_empty()).collect();
    send(ctx, tx, one, reached, Purpose::Revocation { reason: reason.to_owned() }).await
}

async fn send(ctx: &Ctx, tx: &Tx, one: &Document, to: Vec<&Recipient>, purpose: Purpose) -> Result<()> {
    let (false, Some(number), Some(at)) = (to.is_empty(), one.number, one.numbered_at) else { return Ok(()) };
    let chosen = Kinds::chosen(ctx, one.kinds_from, &one.issuer, &one.kind)?;
    let chosen = chosen.ok_or_else(|| Error::internal("a document of no kind"))?;
    let mut signed = sheet::signed(ctx, one)?;
    let position = signed.pop().unwrap_or_default();
    let to = to.into_iter().map(|row| exchange::Recipient {
        serial: row.serial,
        name: row.name.clone(),
        code: row.code.clone(),
    });
    let outgoing = Outgoing {
        document: one.id,
        to: to.collect(),
        purpose,
        number: typeset::decree30::number(number),
        notation: one.symbol.trim_start_matches('/').to_owned(),
        kind: chosen.kind().name.clone(),
        subject: one.subject.clone(),
        place: sheet::place(ctx).await?,
        issued_on: local_date(at),
        signed_for: signed.join(" "),
        signer_position: position,
        signer_name: one.signer_name.clone(),
        urgency: one.content.urgency,
        due_on: None,
        to_places: one.content.receivers.lines().map(|line| super::model::addressed(line).0).collect(),
        party: chosen.issuer().party,
        files: one.file_id.into_iter().collect(),
    };
    exchange::send(ctx, tx, &outgoing).await
}

/// It went out to a recipient, or could not.
pub(crate) async fn gone(ctx: &Ctx, tx: &Tx, id: Uuid, serial: i64, problem: Option<&str>) -> Result<()> {
    let delivery = if problem.is_some() { Delivery::Failed } else { Delivery::Sent };
    told(ctx, tx, id, serial, delivery, problem.unwrap_or_default()).await
}

/// What a recipient says became of it.
pub(crate) async fn stands(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    serial: i64,
    standing: Standing,
    note: &str,
) -> Result<()> {
    let delivery = match standing {
        Standing::Arrived => Delivery::Arrived,
        Standing::Refused => Delivery::Refused,
        Standing::Received => Delivery::Received,
        Standing::Assigned => Delivery::Assigned,
        Standing::Working => Delivery::Working,
        Standing::Done => Delivery::Done,
        Standing::Recalled => Delivery::Recalled,
        Standing::Replaced => Delivery::Replaced,
        Standing::Declined => Delivery::Kept,
        Standing::Updated => return Ok(()),
    };
    told(ctx, tx, id, serial, delivery, note).await
}

async fn told(ctx: &Ctx, tx: &Tx, id: Uuid, serial: i64, delivery: Delivery, note: &str) -> Result<()> {
    let all = trail::recipients(ctx, tx, id).await?;
    if all.iter().all(|row| row.serial != serial) {
        return Ok(());
    }
    let note: String = note.chars().take(500).collect();
    delivered(ctx, tx, id, serial, delivery, &note).await
}
