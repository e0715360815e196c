//! What an officer does with a report. Each is one transaction of the caller, made from the revision that the officer saw.

use crate::kinds::{self, Kinds};
use crate::model::{Happened, Report, State};
use crate::store::{self, Line};
use crate::tell::{self, happened, inner, public};
use crate::upload::{self, Ready};
use platform::access::Place;
use platform::{Ctx, Error, Result, Run, Tx, Uuid, said};
use std::collections::BTreeSet;

const WORDS_MAX: usize = 4_000;
const NAME_MAX: usize = 200;

/// A report that the reader may read as work: of the own scope, or closed for those who settle these.
pub async fn find(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Report> {
    if ctx.may("feedback.closed") {
        let one = store::find(ctx, on, id).await?;
        if one.closed && one.state != State::Held {
            return Ok(one);
        }
    }
    store::worked(ctx, on, id).await
}

/// True when the reader may settle it: the head of a village only small matters, or what was passed to them.
pub fn may_settle(ctx: &Ctx, kinds: &Kinds, one: &Report) -> bool {
    let small = kinds.find(&one.kind).is_some_and(|kind| kind.small);
    one.closed || ctx.scope.whole() || small || one.holder_id == ctx.account_or_none()
}

/// The report as it was when the officer's page was made.
async fn seen(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Report> {
    let one = find(ctx, tx, id).await?;
    if !may_settle(ctx, &*Kinds::load(ctx)?, &one) {
        return Err(Error::forbidden());
    }
    if one.revision == revision { Ok(one) } else { Err(Error::conflict("feedback-changed")) }
}

async fn open(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Report> {
    let one = seen(ctx, tx, id, revision).await?;
    if one.open { Ok(one) } else { Err(Error::conflict("feedback-over")) }
}

/// The reader takes it on.
pub async fn accept(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64) -> Result<Report> {
    let mut one = open(ctx, tx, id, revision).await?;
    one.holder_id = Some(ctx.account()?);
    one.state = State::Working;
    store::update(ctx, tx, &one).await?;
    happened(ctx, tx, &one, public(Happened::Accepted, "")).await?;
    tell::sender(ctx, tx, &one, "feedback-told-accepted").await?;
    Ok(one)
}

/// Who may be charged with a report: everybody who is responsible for some kind, and the head of its village.
pub async fn candidates(ctx: &Ctx, one: &Report) -> Result<Vec<(Uuid, String)>> {
    let kinds = Kinds::load(ctx)?;
    let mut roles: BTreeSet<&str> = BTreeSet::from(["chairman", "vice_chairman"]);
    if one.closed {
        roles = kinds.closed_roles.iter().map(String::as_str).collect();
    } else {
        roles.extend(kinds.kind.iter().flat_map(|kind| kind.roles.iter().map(String::as_str)));
    }
    let mut found: Vec<(Uuid, String)> = Vec::new();
    for role in roles {
        let place = match (role, one.village_id) {
            ("village_head", Some(village)) => Place::new("village", village),
            ("village_head", None) => continue,
            _ => Place::new("commune", ctx.commune),
        };
        let word = ctx.t().t(&identity::role::text_key(role));
        for id in identity::holders(ctx, role, &place, ctx.today()).await? {
            if !found.iter().any(|(known, _)| *known == id) {
                found.push((id, word.clone()));
            }
        }
    }
    let ids: Vec<Uuid> = found.iter().map(|(id, _)| *id).collect();
    let names = if ids.is_empty() { Default::default() } else { identity::account_names(ctx, &ids).await? };
    let named = |(id, word): (Uuid, String)| {
        (id, format!("{} ({word})", names.get(&id).cloned().unwrap_or_default()))
    };
    Ok(found.into_iter().map(named).collect())
}

/// To somebody else, with a reason; the kind may be mended on the way.
pub async fn pass(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    to: Option<Uuid>,
    kind: &str,
    why: &str,
) -> Result<Report> {
    let mut one = open(ctx, tx, id, revision).await?;
    let why = said::needed("ly-do", why, "feedback-reason-empty", WORDS_MAX)?;
    let to = to.ok_or_else(|| Error::field("ai", "error-choose"))?;
    let known = candidates(ctx, &one).await?;
    let (_, name) =
        known.into_iter().find(|(id, _)| *id == to).ok_or_else(|| Error::field("ai", "error-choose"))?;
    let kinds = Kinds::load(ctx)?;
    if !kind.is_empty() && kind != one.kind {
        let found = kinds.find(kind).ok_or_else(|| Error::field("loai", "error-choose"))?;
        if one.closed && found.way.is_none() {
            return Err(Error::field("loai", "feedback-closed-stays"));
        }
        if found.way.is_some() && !one.closed {
            (one.closed, one.shown) = (true, false);
        }
        one.kind = kind.to_owned();
        one.due_at = Some(kinds::deadline(ctx, found.days)?);
    }
    if one.closed && !identity_closed(ctx, &kinds, to).await? {
        return Err(Error::field("ai", "feedback-closed-only"));
    }
    one.holder_id = Some(to);
    one.state = State::New;
    store::update(ctx, tx, &one).await?;
    happened(ctx, tx, &one, Line { body_name: &name, ..inner(Happened::Passed, &why) }).await?;
    tell::officer(
        ctx,
        tx,
        &one,
        to,
        if one.closed { "feedback-told-closed" } else { "feedback-told-passed" },
    )
    .await?;
    Ok(one)
}

async fn identity_closed(ctx: &Ctx, kinds: &Kinds, to: Uuid) -> Result<bool> {
    for role in &kinds.closed_roles {
        let able = identity::holders(ctx, role, &Place::new("commune", ctx.commune), ctx.today()).await?;
        if able.contains(&to) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Another body is responsible: it is named, and its sender learns where to turn.
pub async fn elsewhere(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    body: &str,
    words: &str,
) -> Result<Report> {
    let body = said::needed("co-quan", body, "feedback-body-empty", NAME_MAX)?;
    let words = said::needed("loi", words, "feedback-words-empty", WORDS_MAX)?;
    let mut one = open(ctx, tx, id, revision).await?;
    ended(ctx, &mut one, State::Elsewhere);
    store::update(ctx, tx, &one).await?;
    happened(ctx, tx, &one, Line { body_name: &body, ..public(Happened::Elsewhere, &words) }).await?;
    tell::all(ctx, tx, &one, "feedback-told-elsewhere").await?;
    Ok(one)
}

/// Not a matter for a report; it is said why, and it is not shown.
pub async fn refuse(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, words: &str) -> Result<Report> {
    let words = said::needed("loi", words, "feedback-reason-empty", WORDS_MAX)?;
    let mut one = open(ctx, tx, id, revision).await?;
    ended(ctx, &mut one, State::Refused);
    one.shown = false;
    store::update(ctx, tx, &one).await?;
    happened(ctx, tx, &one, public(Happened::Refused, &words)).await?;
    tell::sender(ctx, tx, &one, "feedback-told-refused").await?;
    Ok(one)
}

fn ended(ctx: &Ctx, one: &mut Report, state: State) {
    one.state = state;
    one.open = false;
    one.ended_at = Some(ctx.now);
    one.holder_id = one.holder_id.or(ctx.account_or_none());
}

/// The sender is asked for more; the clock stands meanwhile.
pub async fn ask(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, words: &str) -> Result<Report> {
    let words = said::needed("loi", words, "feedback-words-empty", WORDS_MAX)?;
    let mut one = open(ctx, tx, id, revision).await?;
    one.state = State::Asked;
    one.holder_id = one.holder_id.or(ctx.account_or_none());
    store::update(ctx, tx, &one).await?;
    happened(ctx, tx, &one, public(Happened::Asked, &words)).await?;
    tell::sender(ctx, tx, &one, "feedback-told-asked").await?;
    Ok(one)
}

/// How far it is: for everybody, or for the office alone.
pub async fn note(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    words: &str,
    everybody: bool,
) -> Result<Report> {
    let words = said::needed("loi", words, "feedback-words-empty", WORDS_MAX)?;
    let mut one = open(ctx, tx, id, revision).await?;
    if one.state == State::New && everybody {
        one.state = State::Working;
    }
    store::update(ctx, tx, &one).await?;
    if everybody {
        happened(ctx, tx, &one, public(Happened::Progress, &words)).await?;
        tell::all(ctx, tx, &one, "feedback-told-progress").await?;
    } else {
        happened(ctx, tx, &one, inner(Happened::Note, &words)).await?;
    }
    Ok(one)
}

/// The answer, with pictures of before and after. It ends the matter until its sender opens it again.
pub async fn answer(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    words: &str,
    files: &[Ready],
) -> Result<Report> {
    let words = said::needed("tra-loi", words, "feedback-answer-empty", WORDS_MAX)?;
    let mut one = open(ctx, tx, id, revision).await?;
    ended(ctx, &mut one, State::Answered);
    store::update(ctx, tx, &one).await?;
    let event = happened(ctx, tx, &one, public(Happened::Answered, &words)).await?;
    upload::keep(ctx, tx, &one, event, files).await?;
    tell::all(ctx, tx, &one, "feedback-told-answered").await?;
    Ok(one)
}

/// Shows it to everybody after a look, or takes it away again.
pub async fn show(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, shown: bool) -> Result<Report> {
    let mut one = seen(ctx, tx, id, revision).await?;
    if one.closed {
        return Err(Error::conflict("feedback-closed-stays"));
    }
    one.shown = shown;
    store::update(ctx, tx, &one).await?;
    happened(ctx, tx, &one, inner(if shown { Happened::Shown } else { Happened::Unshown }, "")).await?;
    Ok(one)
}

/// A face or a number plate is not for everybody.
pub async fn hide_picture(ctx: &Ctx, tx: &Tx, id: Uuid, picture: Uuid, hidden: bool) -> Result<Report> {
    let one = find(ctx, tx, id).await?;
    if !may_settle(ctx, &*Kinds::load(ctx)?, &one) {
        return Err(Error::forbidden());
    }
    store::write_hidden(ctx, tx, id, picture, hidden).await?;
    let detail = serde_json::json!({ "picture": picture, "hidden": hidden });
    audit::record(ctx, tx, audit::Entry { action: "feedback.picture", kind: "feedback", id, detail }).await?;
    Ok(one)
}
