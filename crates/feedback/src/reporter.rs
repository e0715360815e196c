//! What a sender does with the own report: gives more, says how the answer was, opens it again.

use crate::kinds::{self, Kinds};
use crate::model::{Happened, Report, State};
use crate::store;
use crate::tell;
use crate::throttle;
use crate::upload::{self, Ready};
use chrono::Duration;
use platform::{Ctx, Error, Result, Tx, Uuid, said};

const WORDS_MAX: usize = 2_000;

/// True when the reader sent it: by the account, or by the follow code.
///
/// # Errors
/// `TooMany` when codes are tried out.
pub fn is_sender(ctx: &Ctx, report: &Report, code: &str) -> Result<bool> {
    if report.account_id.is_some() && report.account_id == ctx.account_or_none() {
        return Ok(true);
    }
    if code.is_empty() {
        return Ok(false);
    }
    let right = platform::ids::follow_hash(code) == report.follow_hash;
    if !right {
        throttle::wrong_code(ctx, &report.code)?;
    }
    Ok(right)
}

/// The sender may still open it again.
pub fn may_reopen(ctx: &Ctx, kinds: &Kinds, report: &Report) -> bool {
    let over = matches!(report.state, State::Answered | State::Closed | State::Elsewhere | State::Refused);
    over && report.ended_at.is_some_and(|ended| ended + Duration::days(kinds.reopen_days) > ctx.now)
}

/// What the officer asked for.
pub async fn supply(ctx: &Ctx, tx: &Tx, report: &mut Report, words: &str, files: &[Ready]) -> Result<()> {
    if report.state != State::Asked {
        return Err(Error::conflict("feedback-changed"));
    }
    said::short("them", words, WORDS_MAX)?;
    if words.trim().is_empty() && files.is_empty() {
        return Err(Error::field("them", "feedback-supply-empty"));
    }
    // The clock stood while the sender was asked.
    let events = store::events(ctx, tx, report.id).await?;
    if let Some(asked) = events.iter().rev().find(|event| event.what == Happened::Asked) {
        let days = (ctx.today() - platform::clock::local_date(asked.at)).num_days();
        report.due_at = report.due_at.map(|due| due + Duration::days(days));
    }
    report.state = State::Working;
    store::update(ctx, tx, report).await?;
    let event = tell::happened(ctx, tx, report, tell::public(Happened::Supplied, words.trim())).await?;
    upload::keep(&tell::nameless(ctx), tx, report, event, files).await?;
    told_holder(ctx, tx, report, "feedback-told-supplied").await
}

async fn told_holder(ctx: &Ctx, tx: &Tx, report: &Report, key: &'static str) -> Result<()> {
    match report.holder_id {
        Some(to) => tell::officer(ctx, tx, report, to, key).await,
        None => Ok(()),
    }
}

/// One to five stars, with a word; once for each answer.
pub async fn rate(ctx: &Ctx, tx: &Tx, report: &mut Report, stars: &str, words: &str) -> Result<()> {
    let stars = stars.parse().ok().filter(|stars| (1..=5).contains(stars));
    let stars: i64 = stars.ok_or_else(|| Error::field("sao", "error-choose"))?;
    said::short("nhan-xet", words, WORDS_MAX)?;
    if !matches!(report.state, State::Answered | State::Closed) || report.rating.is_some() {
        return Err(Error::conflict("feedback-rated-already"));
    }
    report.rating = Some(stars);
    store::update(ctx, tx, report).await?;
    tell::happened(ctx, tx, report, tell::inner(Happened::Rated, words.trim())).await?;
    Ok(())
}

/// It goes back to whoever had it, with a new deadline.
pub async fn reopen(ctx: &Ctx, tx: &Tx, report: &mut Report, reason: &str) -> Result<()> {
    let kinds = Kinds::load(ctx)?;
    let reason = said::needed("ly-do", reason, "feedback-reopen-empty", WORDS_MAX)?;
    if !may_reopen(ctx, &kinds, report) {
        return Err(Error::conflict("feedback-reopen-late"));
    }
    opened_again(ctx, tx, &kinds, report, Happened::Reopened, &reason).await
}

async fn opened_again(
    ctx: &Ctx,
    tx: &Tx,
    kinds: &Kinds,
    report: &mut Report,
    what: Happened,
    words: &str,
) -> Result<()> {
    report.state = State::Working;
    report.open = true;
    report.ended_at = None;
    report.rating = None;
    report.asked_at = None;
    report.escalated = false;
    report.reopened += 1;
    let days = kinds.find(&report.kind).map_or(5, |kind| kind.days);
    report.due_at = Some(kinds::deadline(ctx, days)?);
    store::update(ctx, tx, report).await?;
    tell::happened(ctx, tx, report, tell::public(what, words)).await?;
    told_holder(ctx, tx, report, "feedback-told-reopened").await
}

/// The answer to "was it mended?": no opens it again.
pub async fn fixed(ctx: &Ctx, tx: &Tx, report: &mut Report, yes: bool, words: &str) -> Result<()> {
    let kinds = Kinds::load(ctx)?;
    said::short("ly-do", words, WORDS_MAX)?;
    if report.state != State::Answered {
        return Err(Error::conflict("feedback-changed"));
    }
    report.fixed = Some(yes);
    if !yes {
        return opened_again(ctx, tx, &kinds, report, Happened::NotFixed, words.trim()).await;
    }
    report.state = State::Closed;
    store::update(ctx, tx, report).await?;
    tell::happened(ctx, tx, report, tell::public(Happened::Fixed, words.trim())).await?;
    Ok(())
}

/// Somebody else sees the same and follows it.
pub async fn support(ctx: &Ctx, tx: &Tx, report: &Report) -> Result<bool> {
    if !report.shown || !report.open {
        return Err(Error::conflict("feedback-changed"));
    }
    let account: Option<Uuid> = ctx.account_or_none();
    let who = match account {
        Some(id) => id.to_string(),
        None => audit::keyed_hash(ctx, &throttle::address(ctx))?,
    };
    store::insert_support(ctx, tx, report.id, &who, account).await
}
