//! The text of a draft, what residents say to it, and how the office answers.

use super::split::split;
use super::store::{self, Comment, CommentState, Part};
use crate::matter::{Kind, Matter, Standing, finish, record};
use crate::poll;
use platform::{Ctx, Error, Kind as Fault, Message, Result, Tx, Uuid, choice, said};
use serde_json::json;

const TEXT_MAX: usize = 200_000;
const PARTS_MAX: usize = 500;
const BODY_MAX: usize = 2_000;
const REPLY_MAX: usize = 2_000;

choice! {
    Verdict, "ask-verdict", { Accepted = "accepted", Partly = "partly", Not = "not" }
}

/// Sets the text of a draft that has not begun; how many paragraphs it has.
///
/// # Errors
/// At `van-ban` without words or with too many.
pub async fn set_text(ctx: &Ctx, tx: &Tx, draft: Uuid, text: &str) -> Result<usize> {
    let one = crate::matter::store::hold(ctx, tx, draft).await?;
    if one.kind != Kind::Draft || !one.standing(ctx.today()).ahead() {
        return Err(Error::conflict("ask-has-begun"));
    }
    let text = said::needed("van-ban", text, "ask-text-empty", TEXT_MAX)?;
    let parts: Vec<Part> = (1i64..)
        .zip(split(&text))
        .map(|(position, piece)| Part { position, mark: piece.mark, depth: piece.depth, words: piece.words })
        .collect();
    if parts.len() > PARTS_MAX {
        return Err(Error::field("van-ban", Message::new("ask-text-parts").with("count", PARTS_MAX)));
    }
    store::set_parts(ctx, tx, one.id, &parts).await?;
    record(ctx, tx, "ask.text", one.id, json!({ "parts": parts.len() })).await?;
    Ok(parts.len())
}

/// Where a paragraph with this name stands; 0 is the whole.
///
/// # Errors
/// Not found.
pub async fn position(ctx: &Ctx, tx: &Tx, draft: Uuid, mark: &str) -> Result<i64> {
    if mark.is_empty() {
        return Ok(0);
    }
    let parts = store::list(ctx, tx, draft).await?;
    parts.iter().find(|part| part.mark == mark).map(|part| part.position).ok_or_else(Error::not_found)
}

pub(crate) async fn parts(ctx: &Ctx, tx: &Tx, draft: Uuid) -> Result<usize> {
    Ok(store::list(ctx, tx, draft).await?.len())
}

/// Words are welcome now, on this paragraph or (0) on the whole.
async fn open(ctx: &Ctx, tx: &Tx, draft: &Matter, position: i64) -> Result<()> {
    if draft.kind != Kind::Draft {
        return Err(Error::not_found());
    }
    if draft.standing(ctx.today()) != Standing::Open {
        return Err(Error::conflict("ask-not-open"));
    }
    let known =
        position == 0 || store::list(ctx, tx, draft.id).await?.iter().any(|part| part.position == position);
    if known { Ok(()) } else { Err(Error::not_found()) }
}

/// The reader is for or against a paragraph; may be said anew until the end.
///
/// # Errors
/// `Conflict` when it does not run.
pub async fn stand(ctx: &Ctx, tx: &Tx, draft: &Matter, position: i64, agrees: bool) -> Result<()> {
    open(ctx, tx, draft, position).await?;
    let voter = audit::keyed_hash(ctx, &format!("{} {}", draft.id, ctx.account()?))?;
    store::set_stance(ctx, tx, draft.id, position, &voter, agrees).await?;
    record(ctx, tx, "ask.stand", draft.id, json!({})).await
}

/// The reader comments; the office reads it first.
///
/// # Errors
/// At `gop-y` without words; `Conflict` when it does not run; `TooMany` of one account.
pub async fn comment(ctx: &Ctx, tx: &Tx, draft: &Matter, position: i64, body: &str) -> Result<Uuid> {
    open(ctx, tx, draft, position).await?;
    let body = said::needed("gop-y", body, "ask-comment-empty", BODY_MAX)?;
    poll::patient(ctx)?;
    let actor = ctx.actor.as_ref().ok_or_else(|| Error::new(Fault::SignIn))?;
    let one = Comment {
        id: ctx.new_id(),
        matter_id: draft.id,
        position,
        account_id: actor.account_id,
        name: actor.name.clone(),
        body,
        state: CommentState::Held,
        verdict: String::new(),
        reply: String::new(),
        at: ctx.now,
        revision: 1,
    };
    if !crate::matter::store::give(ctx, tx, draft.id).await? {
        return Err(Error::conflict("ask-not-open"));
    }
    store::insert(ctx, tx, &one).await?;
    record(ctx, tx, "ask.comment", draft.id, json!({ "comment": one.id })).await?;
    Ok(one.id)
}

/// The office shows a comment to everybody, or refuses it.
pub async fn decide(ctx: &Ctx, tx: &Tx, draft: &Matter, id: Uuid, state: CommentState) -> Result<()> {
    let one = store::comment(ctx, tx, draft.id, id).await?;
    if draft.standing(ctx.today()) == Standing::Done {
        return Err(Error::conflict("ask-moved-on"));
    }
    store::update(ctx, tx, &Comment { state, ..one }).await?;
    record(ctx, tx, "ask.moderate", draft.id, json!({ "comment": id, "state": state })).await
}

/// Answers one comment or several of the same kind; those that were held are shown with it.
///
/// # Errors
/// At `chon` without any, at `ket-qua` without a verdict, at `tra-loi` without a reason.
pub async fn reply(
    ctx: &Ctx,
    tx: &Tx,
    draft: &Matter,
    ids: &[Uuid],
    verdict: Option<Verdict>,
    words: &str,
) -> Result<usize> {
    if !matches!(draft.standing(ctx.today()), Standing::Open | Standing::Over) {
        return Err(Error::conflict("ask-moved-on"));
    }
    if ids.is_empty() {
        return Err(Error::field("chon", "ask-reply-whom"));
    }
    let verdict = verdict.ok_or_else(|| Error::field("ket-qua", "error-choose"))?;
    let words = said::needed("tra-loi", words, "ask-reply-empty", REPLY_MAX)?;
    for id in ids {
        let one = store::comment(ctx, tx, draft.id, *id).await?;
        if one.state == CommentState::Refused {
            return Err(Error::conflict("ask-moved-on"));
        }
        let (state, verdict) = (CommentState::Shown, verdict.code().to_owned());
        store::update(ctx, tx, &Comment { state, verdict, reply: words.clone(), ..one }).await?;
    }
    let detail = json!({ "comments": ids, "verdict": verdict });
    record(ctx, tx, "ask.reply", draft.id, detail).await?;
    Ok(ids.len())
}

/// Publishes what was taken over and what not, when every comment is answered.
///
/// # Errors
/// `Conflict` before the end, and while a comment waits.
pub async fn publish_summary(ctx: &Ctx, tx: &Tx, draft: &Matter) -> Result<Matter> {
    let one = crate::matter::store::hold(ctx, tx, draft.id).await?;
    if one.kind != Kind::Draft || one.standing(ctx.today()) != Standing::Over {
        return Err(Error::conflict("ask-not-over"));
    }
    let comments = store::comments(ctx, tx, one.id).await?;
    let open =
        comments.iter().filter(|one| one.state != CommentState::Refused && one.verdict.is_empty()).count();
    if open > 0 {
        return Err(Error::conflict(Message::new("ask-unanswered").with("count", open)));
    }
    finish(ctx, tx, one, json!({ "comments": comments.len() })).await
}

pub(crate) async fn held(ctx: &Ctx, draft: Option<Uuid>) -> Result<i64> {
    store::held(ctx, &ctx.app.db, draft).await
}
