//! Asking, answering, declining, taking back.

use super::model::{Opinion, Shared, State};
use super::policy::Policy;
use super::store;
use crate::dossier::{self, Dossier, Given, Happened, Status, noted, paper_add};
use chrono::{DateTime, Utc};
use messages::Letter;
use platform::files::Prepared;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, said};

/// A question, an answer or a reason, in characters.
const WORDS_MAX: usize = 2_000;

/// What somebody wants to know, from whom, until when, and what they may read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asking {
    pub of: Option<Uuid>,
    pub question: String,
    pub due: Option<DateTime<Utc>>,
    pub fields: Vec<String>,
    pub papers: Vec<Uuid>,
}

/// The dossier may be asked about now by the reader: it is worked on, and the reader has it in hand.
pub(super) fn may_ask(ctx: &Ctx, one: &Dossier) -> bool {
    ctx.may("dossier.work")
        && in_work(one)
        && one.holder_id.is_some()
        && one.holder_id == ctx.account_or_none()
}

fn in_work(one: &Dossier) -> bool {
    matches!(one.status, Status::Received | Status::Processing)
}

/// Asks somebody. The dossier does not move.
///
/// # Errors
/// `Conflict` when it moved on, is not worked on or is not in the reader's hand; at the field what is missing or wrong.
pub(crate) async fn ask(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, asking: Asking) -> Result<Opinion> {
    let one = dossier::find(ctx, tx, id).await?;
    if one.revision != revision {
        return Err(Error::conflict("onestop-moved-on"));
    }
    if !in_work(&one) {
        return Err(Error::conflict("onestop-not-now"));
    }
    if !may_ask(ctx, &one) {
        return Err(Error::conflict("onestop-opinion-hold-first"));
    }
    let policy = Policy::load(ctx)?;
    let question = said::needed("cau-hoi", &asking.question, "onestop-opinion-question-empty", WORDS_MAX)?;
    let who = asking.of.ok_or_else(|| Error::field("nguoi-hoi", "onestop-opinion-who-empty"))?;
    let candidates = policy.candidates(ctx, &one).await?;
    let who = candidates.into_iter().find(|candidate| candidate.id == who);
    let who = who.ok_or_else(|| Error::field("nguoi-hoi", "onestop-opinion-who-wrong"))?;
    let due = due(ctx, &one, asking.due)?;
    let open = store::of_dossier(ctx, tx, id).await?;
    let open: Vec<&Opinion> = open.iter().filter(|opinion| opinion.waits()).collect();
    if open.iter().any(|opinion| opinion.asked_of == who.id) {
        return Err(Error::field("nguoi-hoi", "onestop-opinion-twice"));
    }
    if open.len() >= policy.open_most {
        let limit = policy.open_most;
        return Err(Error::invalid(Message::new("onestop-opinion-too-many").with("limit", limit)));
    }
    let opinion = Opinion {
        id: ctx.new_id(),
        dossier_id: id,
        asked_by: ctx.account()?,
        asked_of: who.id,
        village_id: who.village,
        question,
        shared: shared(ctx, tx, &one, asking.fields, asking.papers).await?,
        state: State::Waiting,
        answer: String::new(),
        asked_at: ctx.now,
        due_at: due,
        ended_at: None,
        revision: 1,
    };
    store::insert(ctx, tx, &opinion).await?;
    let text = Message::new("onestop-told-opinion").with("code", one.code.as_str());
    let text = text.with("day", ctx.t().moment(due));
    messages::send(ctx, tx, Letter { to: who.id, text, link: opinion.path() }).await?;
    noted(ctx, tx, &one, Happened::Consulted, &opinion.question, Some(who.id)).await?;
    Ok(opinion)
}

/// Later than now, and inside the promised day: the clock of the dossier does not wait for an opinion.
fn due(ctx: &Ctx, one: &Dossier, asked: Option<DateTime<Utc>>) -> Result<DateTime<Utc>> {
    let due = asked.ok_or_else(|| Error::field("han", "onestop-opinion-due-empty"))?;
    if due <= ctx.now {
        return Err(Error::field("han", "onestop-opinion-due-past"));
    }
    match one.due_at.filter(|promised| due > *promised) {
        // What is late already is asked about all the same.
        Some(promised) if promised > ctx.now => {
            let text = Message::new("onestop-opinion-due-after").with("day", ctx.t().moment(promised));
            Err(Error::field("han", text))
        }
        _ => Ok(due),
    }
}

/// Only what is there can be shown.
async fn shared(
    ctx: &Ctx,
    tx: &Tx,
    one: &Dossier,
    mut fields: Vec<String>,
    mut papers: Vec<Uuid>,
) -> Result<Shared> {
    fields.retain(|key| one.answers.contains_key(key));
    let there = dossier::papers(ctx, tx, one.id).await?;
    papers.retain(|id| there.iter().any(|row| row.id == *id));
    Ok(Shared { fields, papers })
}

/// The reader, who was asked, answers.
pub(crate) async fn answer(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    text: &str,
    file: Option<&Prepared>,
) -> Result<Opinion> {
    let opinion = store::own(ctx, tx, id).await?;
    let text = said::needed("y-kien", text, "onestop-opinion-answer-empty", WORDS_MAX)?;
    let opinion = ended(ctx, tx, opinion, State::Answered, &text).await?;
    if let Some(file) = file {
        paper_add(ctx, tx, opinion.dossier_id, Given::Opinion, &opinion.id.to_string(), file).await?;
    }
    told(ctx, tx, &opinion, opinion.asked_by, "onestop-told-opinion-answered", Happened::Advised).await?;
    Ok(opinion)
}

/// The reader, who was asked, does not answer, and says why.
pub(crate) async fn decline(ctx: &Ctx, tx: &Tx, id: Uuid, why: &str) -> Result<Opinion> {
    let opinion = store::own(ctx, tx, id).await?;
    let why = said::needed("ly-do", why, "onestop-reason-empty", WORDS_MAX)?;
    let opinion = ended(ctx, tx, opinion, State::Declined, &why).await?;
    told(ctx, tx, &opinion, opinion.asked_by, "onestop-told-opinion-declined", Happened::Unadvised).await?;
    Ok(opinion)
}

/// Whoever asked, or has the dossier in hand now, takes the question back.
pub(crate) async fn take_back(ctx: &Ctx, tx: &Tx, dossier: Uuid, id: Uuid) -> Result<Opinion> {
    let one = dossier::find(ctx, tx, dossier).await?;
    let all = store::of_dossier(ctx, tx, dossier).await?;
    let opinion = all.into_iter().find(|opinion| opinion.id == id).ok_or_else(Error::not_found)?;
    let account = Some(ctx.account()?);
    if account != Some(opinion.asked_by) && account != one.holder_id {
        return Err(Error::forbidden());
    }
    let opinion = ended(ctx, tx, opinion, State::Withdrawn, "").await?;
    told(ctx, tx, &opinion, opinion.asked_of, "onestop-told-opinion-back", Happened::Unasked).await?;
    Ok(opinion)
}

async fn ended(ctx: &Ctx, tx: &Tx, opinion: Opinion, state: State, text: &str) -> Result<Opinion> {
    if !store::end(ctx, tx, opinion.id, state, text).await? {
        return Err(Error::conflict("onestop-opinion-over"));
    }
    let revision = opinion.revision + 1;
    Ok(Opinion { state, answer: text.to_owned(), ended_at: Some(ctx.now), revision, ..opinion })
}

/// A letter to the other side, and a line in the dossier's story.
async fn told(
    ctx: &Ctx,
    tx: &Tx,
    opinion: &Opinion,
    to: Uuid,
    key: &'static str,
    what: Happened,
) -> Result<()> {
    let one = dossier::find(&crate::whole(ctx), tx, opinion.dossier_id).await?;
    let link = if to == opinion.asked_of { opinion.path() } else { one.path() };
    let text = Message::new(key).with("code", one.code.as_str());
    messages::send(ctx, tx, Letter { to, text, link }).await?;
    let about = (what == Happened::Unasked).then_some(opinion.asked_of);
    noted(ctx, tx, &one, what, &opinion.answer, about).await
}

/// The dossier has ended: nobody's opinion is waited for.
pub(crate) async fn over(ctx: &Ctx, tx: &Tx, dossier: Uuid) -> Result<()> {
    store::end_all(ctx, tx, dossier).await
}
