//! Number, signature, issue; recall and replacement.
//!
//! A number is taken in a transaction of its own, then the paper is set and signed outside of any, then it is attached in a
//! second one. Whatever fails in between leaves the number with its paper: the next try uses it, so the book has no gap.

use super::kinds::Kinds;
use super::model::{Delivery, Document, Happened, Recipient, State, recipients};
use super::pass::{May, WORDS_MAX, allowed, may, passed, taken, told, told_role};
use super::{axis, draft, store, trail};
use audit::Entry;
use chrono::Datelike;
use platform::files::{self, Prepared};
use platform::{Ctx, Error, Result, Tx, Uuid, numbers, said};
use serde_json::json;

/// Takes the next number of the year. Asked again it gives the number that was taken.
///
/// # Errors
/// `Conflict` when it is not approved, not the reader's to number, or moved on.
pub(crate) async fn number(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Document> {
    let one = store::find(ctx, tx, id).await?;
    if one.state == State::Numbered {
        allowed(may(ctx, &one).give_back)?;
        return Ok(one);
    }
    let mut one = taken(ctx, tx, id, revision, |may: May| may.number).await?;
    let chosen = Kinds::chosen(ctx, one.kinds_from, &one.issuer, &one.kind)?;
    let chosen = chosen.ok_or_else(|| Error::internal("a document of no kind"))?;
    one.symbol = chosen.symbol(&one.content.field);
    draft::open(ctx, &one.content, &one.symbol)?;
    let year = ctx.today().year();
    one.book = chosen.book();
    one.number = Some(numbers::next(tx, ctx.commune, &one.book, &year.to_string()).await?);
    one.year = Some(i64::from(year));
    one.numbered_at = Some(ctx.now);
    one.state = State::Numbered;
    passed(ctx, tx, &mut one, Happened::Numbered, "").await?;
    Ok(one)
}

/// The leader's signature is on it: where the commune has a seal it waits for that, otherwise it is issued. A file that
/// waited carries the seal when it comes again.
///
/// # Errors
/// As [`issue`].
pub(crate) async fn signed(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, file: &Prepared) -> Result<Document> {
    let mut one = taken(ctx, tx, id, revision, |may| may.give_back).await?;
    if one.to_be_sealed() || !signing::seals(ctx, tx).await? {
        return issue(ctx, tx, id, revision, file).await;
    }
    one.file_id = Some(files::keep(ctx, tx, file, "outgoing", id).await?);
    one.digest = blake3::hash(&file.bytes).to_hex().to_string();
    told_role(ctx, tx, &one, "clerk", "office-outgoing-told-to-seal").await?;
    passed(ctx, tx, &mut one, Happened::Signed, "").await?;
    Ok(one)
}

/// Attaches the signed file; from now on it is issued.
///
/// # Errors
/// `Conflict` when it is not as it was when it was signed.
pub(crate) async fn issue(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, file: &Prepared) -> Result<Document> {
    let mut one = taken(ctx, tx, id, revision, |may| may.give_back).await?;
    one.file_id = Some(files::keep(ctx, tx, file, "outgoing", id).await?);
    one.digest = blake3::hash(&file.bytes).to_hex().to_string();
    one.issued_at = Some(ctx.now);
    one.state = State::Issued;
    let all = addressees(ctx, &one);
    trail::recipients_insert(ctx, tx, id, &all).await?;
    if let Some(before) = one.replaces {
        replaced(ctx, tx, before, &one).await?;
    }
    axis::issued(ctx, tx, &one, &all).await?;
    told(ctx, tx, &one, Some(one.drafted_by), "office-outgoing-told-issued").await?;
    passed(ctx, tx, &mut one, Happened::Issued, "").await?;
    Ok(one)
}

fn addressees(ctx: &Ctx, one: &Document) -> Vec<Recipient> {
    let all = recipients(&one.content).into_iter();
    let row = |(serial, (name, code)): (i64, (String, String))| {
        let delivery = if code.is_empty() { Delivery::ByHand } else { Delivery::Waiting };
        Recipient { serial, name, code, delivery, note: String::new(), at: ctx.now }
    };
    (1..).zip(all).map(row).collect()
}

/// How far it is to one recipient: said by the exchange, or by the clerk who handed it over.
///
/// # Errors
/// Not found without such a recipient.
pub(crate) async fn delivered(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    serial: i64,
    delivery: Delivery,
    note: &str,
) -> Result<()> {
    said::short("ghi-chu", note, 500)?;
    if !trail::recipient_update(ctx, tx, id, serial, delivery, note).await? {
        return Err(Error::not_found());
    }
    let detail = json!({ "recipient": serial, "delivery": delivery.code() });
    audit::record(ctx, tx, Entry { action: "outgoing.deliver", kind: "outgoing", id, detail }).await
}

/// The clerk hands paper to somebody.
///
/// # Errors
/// `Conflict` when it was not issued, or goes another way.
pub(crate) async fn hand_over(ctx: &Ctx, tx: &Tx, id: Uuid, serial: i64) -> Result<Document> {
    let one = store::find(ctx, tx, id).await?;
    let all = trail::recipients(ctx, tx, id).await?;
    let row = all.iter().find(|row| row.serial == serial).ok_or_else(Error::not_found)?;
    allowed(one.state == State::Issued && row.delivery == Delivery::ByHand)?;
    delivered(ctx, tx, id, serial, Delivery::Handed, "").await?;
    Ok(one)
}

/// The one before it stays as it is, and says by what it was replaced.
async fn replaced(ctx: &Ctx, tx: &Tx, before: Uuid, by: &Document) -> Result<()> {
    let mut before = store::find(ctx, tx, before).await?;
    if before.replaced_by.is_some() {
        return Err(Error::conflict("office-outgoing-replaced-already"));
    }
    before.replaced_by = Some(by.id);
    before.state = State::Replaced;
    passed(ctx, tx, &mut before, Happened::Replaced, &by.full_number()).await
}

/// Takes it back, with a reason: its file is frozen and its number stays with it. A number that nobody signed is given up the
/// same way.
///
/// # Errors
/// Without a reason; `Conflict` when there is nothing to take back.
pub(crate) async fn recall(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, why: &str) -> Result<Document> {
    let mut one = taken(ctx, tx, id, revision, |may| may.recall).await?;
    let why = said::needed("ly-do-thu-hoi", why, "office-outgoing-reason-empty", WORDS_MAX)?;
    crate::secrecy::refuse_marked(ctx, "ly-do-thu-hoi", "", &why)?;
    one.state = State::Recalled;
    one.recalled_at = Some(ctx.now);
    one.recall_reason.clone_from(&why);
    axis::recalled(ctx, tx, &one, &why).await?;
    told(ctx, tx, &one, Some(one.drafted_by), "office-outgoing-told-recalled").await?;
    told(ctx, tx, &one, one.signer_id, "office-outgoing-told-recalled").await?;
    passed(ctx, tx, &mut one, Happened::Recalled, &why).await?;
    Ok(one)
}

/// Begins the document that will take its place: the same words, a draft of its own.
///
/// # Errors
/// `Conflict` when it is not issued or has a successor.
pub(crate) async fn replace(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Document> {
    let before = taken(ctx, tx, id, revision, |may| may.replace).await?;
    let chosen = Kinds::chosen(ctx, ctx.today(), &before.issuer, &before.kind)?;
    let chosen = chosen.ok_or_else(|| Error::conflict("office-outgoing-kind-gone"))?;
    let one = draft::fresh(ctx, ctx.new_id(), before.content.clone(), &chosen, Some(before.id))?;
    store::insert(ctx, tx, &one).await?;
    trail::event_insert(ctx, tx, &before, Happened::Succeeded, "").await?;
    draft::kept(ctx, tx, &one).await?;
    Ok(one)
}
