//! From hand to hand: the drafter puts it before the leader, colleagues say what they think, the leader approves it or sends
//! it back.

use super::model::{Document, Happened, State};
use super::{file, store, trail};
use audit::Entry;
use messages::Letter;
use platform::access::Place;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, said};
use serde_json::json;

/// A comment or a reason, in characters.
pub(super) const WORDS_MAX: usize = 2_000;

/// What the reader may do with a document now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct May {
    pub edit: bool,
    pub submit: bool,
    pub comment: bool,
    pub approve: bool,
    pub send_back: bool,
    pub number: bool,
    pub sign: bool,
    /// Put the seal on it, and issue it.
    pub seal: bool,
    /// Give back the file that was signed elsewhere.
    pub give_back: bool,
    pub recall: bool,
    pub replace: bool,
}

pub(crate) fn may(ctx: &Ctx, one: &Document) -> May {
    let Some(actor) = &ctx.actor else { return May::default() };
    let (mine, state) = (one.drafted_by == actor.account_id, one.state);
    let writes = ctx.may("outgoing.draft");
    let leads = ctx.may("outgoing.approve") && actor.has_role(&one.signer_role);
    let signs = ctx.may("outgoing.approve") && one.signer_id == Some(actor.account_id);
    let clerk = ctx.may("outgoing.issue");
    let sealing = one.to_be_sealed();
    let handed_out = matches!(state, State::Issued | State::Recalled);
    May {
        edit: writes && mine && one.open(),
        submit: writes && mine && one.open(),
        comment: ctx.may("outgoing.comment") && matches!(state, State::Reviewing | State::Returned),
        approve: leads && state == State::Reviewing,
        send_back: (leads && state == State::Reviewing) || ((signs || clerk) && state == State::Approved),
        number: (signs || clerk) && state == State::Approved,
        sign: signs && matches!(state, State::Approved | State::Numbered) && !sealing,
        seal: clerk && sealing,
        give_back: (clerk || signs && !sealing) && state == State::Numbered,
        recall: (leads || clerk) && matches!(state, State::Numbered | State::Issued),
        replace: writes && handed_out && one.replaced_by.is_none(),
    }
}

pub(super) fn allowed(may: bool) -> Result<()> {
    if may { Ok(()) } else { Err(Error::conflict("office-outgoing-not-now")) }
}

pub(super) fn written(first: bool) -> Result<()> {
    if first { Ok(()) } else { Err(Error::conflict("office-outgoing-moved-on")) }
}

/// The document with this revision, if the reader may do what is asked.
pub(super) async fn taken(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    may_now: fn(May) -> bool,
) -> Result<Document> {
    let one = store::find(ctx, tx, id).await?;
    allowed(may_now(may(ctx, &one)))?;
    if one.revision == revision { Ok(one) } else { Err(Error::conflict("office-outgoing-moved-on")) }
}

/// Writes a change with what happened, and records it: the last that a transaction does.
pub(super) async fn passed(
    ctx: &Ctx,
    tx: &Tx,
    one: &mut Document,
    happened: Happened,
    note: &str,
) -> Result<()> {
    written(store::update(ctx, tx, one).await?)?;
    one.revision += 1;
    trail::event_insert(ctx, tx, one, happened, note).await?;
    file::put(ctx, tx, one).await?;
    let detail = json!({ "happened": happened.code(), "number": one.full_number() });
    audit::record(ctx, tx, Entry { action: "outgoing.pass", kind: "outgoing", id: one.id, detail }).await
}

/// Tells somebody, but not whoever does it.
pub(super) async fn told(
    ctx: &Ctx,
    tx: &Tx,
    one: &Document,
    to: Option<Uuid>,
    key: &'static str,
) -> Result<()> {
    let Some(to) = to.filter(|to| ctx.account_or_none() != Some(*to)) else { return Ok(()) };
    let text = letter(one, key);
    messages::send(ctx, tx, Letter { to, text, link: one.path() }).await?;
    Ok(())
}

fn letter(one: &Document, key: &'static str) -> Message {
    let name = if one.number.is_some() { one.full_number() } else { one.subject.clone() };
    Message::new(key).with("name", name)
}

pub(super) async fn told_role(
    ctx: &Ctx,
    tx: &Tx,
    one: &Document,
    role: &str,
    key: &'static str,
) -> Result<()> {
    let place = Place::new("commune", ctx.commune);
    messages::send_to_role(ctx, tx, role, &place, &letter(one, key), &one.path()).await?;
    Ok(())
}

/// The drafter puts it before the leader.
///
/// # Errors
/// `Conflict` when it is not the reader's, not open, or moved on.
pub(crate) async fn submit(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Document> {
    let mut one = taken(ctx, tx, id, revision, |may| may.submit).await?;
    one.state = State::Reviewing;
    told_role(ctx, tx, &one, &one.signer_role, "office-outgoing-told-submitted").await?;
    passed(ctx, tx, &mut one, Happened::Submitted, "").await?;
    Ok(one)
}

/// A colleague says what they think of it.
///
/// # Errors
/// Without words; `Conflict` when nobody is asked any more.
pub(crate) async fn comment(ctx: &Ctx, tx: &Tx, id: Uuid, words: &str) -> Result<Document> {
    let one = store::find(ctx, tx, id).await?;
    allowed(may(ctx, &one).comment)?;
    let words = said::needed("y-kien", words, "office-outgoing-empty", WORDS_MAX)?;
    crate::secrecy::refuse_marked(ctx, "y-kien", "", &words)?;
    told(ctx, tx, &one, Some(one.drafted_by), "office-outgoing-told-commented").await?;
    trail::event_insert(ctx, tx, &one, Happened::Commented, &words).await?;
    let detail = json!({ "version": one.version });
    audit::record(ctx, tx, Entry { action: "outgoing.comment", kind: "outgoing", id, detail }).await?;
    Ok(one)
}

/// The leader approves it, and will sign it.
///
/// # Errors
/// `Conflict` when it does not wait for this leader, or moved on.
pub(crate) async fn approve(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Document> {
    let mut one = taken(ctx, tx, id, revision, |may| may.approve).await?;
    let actor = ctx.actor.as_ref().ok_or_else(Error::forbidden)?;
    one.state = State::Approved;
    one.signer_id = Some(actor.account_id);
    one.signer_name.clone_from(&actor.name);
    one.approved_at = Some(ctx.now);
    told(ctx, tx, &one, Some(one.drafted_by), "office-outgoing-told-approved").await?;
    told_role(ctx, tx, &one, "clerk", "office-outgoing-told-approved").await?;
    passed(ctx, tx, &mut one, Happened::Approved, "").await?;
    Ok(one)
}

/// Back to the drafter, with a reason: by the leader, or by the clerk who finds a fault of form.
///
/// # Errors
/// Without a reason; `Conflict` when it is not with the reader, or moved on.
pub(crate) async fn send_back(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, why: &str) -> Result<Document> {
    let mut one = taken(ctx, tx, id, revision, |may| may.send_back).await?;
    let why = said::needed("ly-do", why, "office-outgoing-reason-empty", WORDS_MAX)?;
    crate::secrecy::refuse_marked(ctx, "ly-do", "", &why)?;
    one.state = State::Returned;
    (one.signer_id, one.approved_at) = (None, None);
    one.signer_name.clear();
    told(ctx, tx, &one, Some(one.drafted_by), "office-outgoing-told-returned").await?;
    passed(ctx, tx, &mut one, Happened::Returned, &why).await?;
    Ok(one)
}
