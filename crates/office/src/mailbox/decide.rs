//! What the clerk decides of a letter. Each of these is one transaction of the caller.

use super::model::{Answering, Attachment, Letter, State};
use super::{answer, look, store};
use crate::incoming::{self, ACCEPT, Arrived, Channel, Facts, Incoming, NewFile};
use crate::reading::Words;
use audit::Entry;
use platform::files::{self, Prepared};
use platform::{Ctx, Error, Result, Tx, Uuid, said};
use serde_json::json;

const REASON_MAX: usize = 1_000;

/// The files of a letter as a document at the door, read before the transaction.
pub(super) async fn document(ctx: &Ctx, letter: &Letter) -> Result<Arrived> {
    let mut new = Vec::new();
    for one in store::attachments(ctx, &ctx.app.db, letter.id).await? {
        let Some(id) = one.file_id else { continue };
        let file = files::find(ctx, &ctx.app.db, id).await?;
        let known = ACCEPT.types.iter().find(|kind| **kind == file.media_type);
        let media_type = known.ok_or_else(|| Error::internal("a file of no kind that is taken"))?;
        let size =
            file.width.zip(file.height).and_then(|(w, h)| Some((w.try_into().ok()?, h.try_into().ok()?)));
        let bytes = files::read(ctx, &file).await?;
        let name = if file.name.is_empty() { one.name.clone() } else { file.name };
        let prepared = Prepared { name, media_type, bytes, size };
        new.push(NewFile { file: prepared, words: words(&one) });
    }
    if new.is_empty() {
        return Err(Error::conflict("office-mailbox-no-files"));
    }
    let facts = incoming::facts_of(ctx, &new)?;
    let or = |found: String, else_: &str| if found.is_empty() { else_.to_owned() } else { found };
    let facts = Facts {
        sender_name: or(facts.sender_name, &letter.from_name),
        subject: or(facts.subject, &letter.subject),
        ..facts
    };
    Ok(Arrived {
        channel: Channel::Mail,
        sender_code: String::new(),
        external_id: Some(letter.key.clone()),
        facts,
        files: new,
    })
}

fn words(one: &Attachment) -> Words {
    Words { state: one.text_state, text: one.text.clone(), pages: one.pages }
}

/// Into the incoming documents, where the clerk gives it a number.
///
/// # Errors
/// `Conflict` when somebody decided meanwhile.
pub(super) async fn take(ctx: &Ctx, tx: &Tx, letter: &Letter, document: Arrived) -> Result<Incoming> {
    let one = incoming::arrive(ctx, tx, document).await?;
    decided(ctx, tx, letter, State::Taken, "", Some(one.id)).await?;
    Ok(one)
}

/// It is no document.
pub(super) async fn aside(ctx: &Ctx, tx: &Tx, letter: &Letter, reason: &str) -> Result<()> {
    let reason = said::needed("ly-do", reason, "office-reason-empty", REASON_MAX)?;
    decided(ctx, tx, letter, State::Aside, &reason, None).await
}

/// It was one after all.
pub(super) async fn reopen(ctx: &Ctx, tx: &Tx, letter: &Letter) -> Result<()> {
    if letter.state != State::Aside {
        return Err(Error::conflict("office-not-now"));
    }
    moved(ctx, tx, letter, letter.undecided(), "", None).await
}

/// Answers the sender that it is not taken, and why.
pub(super) async fn refuse(ctx: &Ctx, tx: &Tx, letter: &Letter, reason: &str) -> Result<()> {
    if letter.automatic.is_some() {
        return Err(Error::conflict("office-mailbox-never-answered"));
    }
    if ctx.app.config.mail.is_none() {
        return Err(Error::conflict("office-mailbox-no-server"));
    }
    let reason = said::needed("tra-loi", reason, "office-mailbox-answer-empty", REASON_MAX)?;
    crate::secrecy::refuse_marked(ctx, "tra-loi", "", &reason)?;
    decided(ctx, tx, letter, State::Refused, &reason, None).await?;
    answer::write(ctx, tx, letter, Answering::Refused, &reason).await
}

/// A person sees that it is secret where no program did: letter and files go, and the record says only that there was one.
pub(super) async fn forget(ctx: &Ctx, tx: &Tx, letter: &Letter) -> Result<Vec<String>> {
    if !letter.open() && letter.state != State::Aside {
        return Err(Error::conflict("office-not-now"));
    }
    let digests = files::delete_of(ctx, tx, look::OWNER, &[letter.id]).await?;
    store::letter_delete(ctx, tx, letter.id).await?;
    let detail = json!({ "why": "secrecy stamp" });
    let entry = Entry { action: "mailbox.secret", kind: "mailbox", id: letter.mailbox_id, detail };
    audit::record(ctx, tx, entry).await?;
    Ok(digests)
}

async fn decided(
    ctx: &Ctx,
    tx: &Tx,
    letter: &Letter,
    to: State,
    reason: &str,
    incoming: Option<Uuid>,
) -> Result<()> {
    if !letter.open() {
        return Err(Error::conflict("office-mailbox-decided"));
    }
    moved(ctx, tx, letter, to, reason, incoming).await
}

async fn moved(
    ctx: &Ctx,
    tx: &Tx,
    letter: &Letter,
    to: State,
    reason: &str,
    incoming: Option<Uuid>,
) -> Result<()> {
    if !store::decide(ctx, tx, letter, to, reason, incoming).await? {
        return Err(Error::conflict("office-mailbox-decided"));
    }
    let detail = json!({ "state": to, "incoming": incoming });
    audit::record(ctx, tx, Entry { action: "mailbox.decide", kind: "mail_letter", id: letter.id, detail })
        .await
}
