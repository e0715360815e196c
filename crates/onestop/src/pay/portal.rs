//! Money that the national portal took: kept with the portal's reference, once.

use super::rules::owed;
use super::store::{self, Method, Payment};
use crate::dossier;
use axum::extract::Path;
use axum::response::Response;
use chrono::NaiveDate;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Result, Tx, Uuid};

/// What the portal says of a payment.
#[derive(Debug, Clone)]
pub struct PortalPayment {
    /// The portal's number.
    pub reference: String,
    /// Đồng.
    pub amount: i64,
    pub on: NaiveDate,
}

/// Keeps it. The same reference for the same dossier again changes nothing.
///
/// # Errors
/// At the field; `Conflict` when the reference belongs to another dossier or sum, or nothing is owed any more.
pub async fn portal(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: Option<i64>,
    said: &PortalPayment,
) -> Result<Uuid> {
    let number = said.reference.trim();
    let plain = number.chars().all(|c| c.is_ascii_alphanumeric() || "-._/".contains(c));
    if number.is_empty() || number.len() > 100 || !plain {
        return Err(Error::field("ma-giao-dich", "onestop-pay-reference-wrong"));
    }
    if said.on > ctx.today() {
        return Err(Error::field("ngay-nop", "onestop-pay-future"));
    }
    let reference = format!("portal:{number}");
    if let Some(known) = store::by_reference(ctx, tx, &reference).await? {
        let same = known.dossier_id == Some(id) && known.amount == said.amount;
        return if same { Ok(known.id) } else { Err(Error::conflict("onestop-pay-known")) };
    }
    let one = dossier::find(ctx, tx, id).await?;
    let left = owed(ctx, tx, &one).await?.left();
    if left == 0 {
        return Err(Error::conflict("onestop-pay-nothing"));
    }
    if said.amount <= 0 || said.amount > left {
        return Err(Error::field("so-tien", "onestop-pay-sum-wrong"));
    }
    let row = Payment {
        id: ctx.new_id(),
        dossier_id: Some(id),
        method: Method::Portal,
        amount: said.amount,
        reference,
        note: String::new(),
        paid_on: said.on,
        // The portal gives its own receipt.
        receipt_no: None,
        problem: String::new(),
        account_id: ctx.account_or_none(),
        recorded_at: ctx.now,
    };
    store::insert(ctx, tx, &row).await?;
    dossier::paid(ctx, tx, id, revision, said.amount).await?;
    Ok(row.id)
}

pub(super) async fn take(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = kept(&ctx, &tx, id, &sent).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => crate::desk::again(&ctx, id, error).await,
    }
}

async fn kept(ctx: &Ctx, tx: &Tx, id: Uuid, sent: &Form) -> Result<(String, Note)> {
    let said = PortalPayment {
        reference: sent.text("ma-giao-dich").to_owned(),
        amount: sent.whole("so-tien")?.ok_or_else(|| Error::field("so-tien", "error-number"))?,
        on: sent.date("ngay-nop")?.unwrap_or_else(|| ctx.today()),
    };
    portal(ctx, tx, id, Some(sent.revision()?), &said).await?;
    Ok((format!("/lam-viec/mot-cua/{id}"), Note::new("onestop-pay-portal-kept")))
}
