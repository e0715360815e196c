//! Asking a question, and answering.

use super::store::{self, Choice, Question};
use crate::law::Asking as Law;
use crate::matter::{Kind, Matter, Standing, Who, record};
use crate::who;
use platform::http::{Form, Throttle, cookie};
use platform::{Ctx, Error, Kind as Fault, Result, Tx, Uuid, said};
use serde_json::json;
use std::sync::OnceLock;

const QUESTION_MAX: usize = 300;
const CHOICE_MAX: usize = 150;
const CHOICES_MAX: usize = 20;
const QUESTIONS_MAX: usize = 20;
const WORDS_MAX: usize = 500;
const TEN_MINUTES: u32 = 600;
/// Names the browser of somebody who is not signed in.
pub(super) const COOKIE: &str = "hoi-dan";

/// How often an address or an account answered or commented lately. The area offers it.
#[derive(Default)]
pub(crate) struct Tries(OnceLock<Throttle<String>>, OnceLock<Throttle<String>>);

/// Counts one more try of this address and this account.
///
/// # Errors
/// `TooMany` with the seconds to wait.
pub(crate) fn patient(ctx: &Ctx) -> Result<()> {
    let law = Law::now(ctx)?;
    let wait = |seconds| Error::too_many("ask-wait", seconds);
    for Tries(addresses, people) in ctx.app.offers::<Tries>() {
        if let Some(account) = ctx.account_or_none() {
            let people = people.get_or_init(|| Throttle::new(law.per_person, TEN_MINUTES));
            people.check(&account.to_string(), ctx.now).map_err(wait)?;
        } else if let Some(ip) = ctx.ip {
            let addresses = addresses.get_or_init(|| Throttle::new(law.per_address, TEN_MINUTES));
            addresses.check(&format!("{} {ip}", ctx.commune), ctx.now).map_err(wait)?;
        }
    }
    Ok(())
}

/// A question to be asked.
#[derive(Debug, Default)]
pub struct Asking {
    pub words: String,
    pub choices: Vec<String>,
    pub several: bool,
    pub free: bool,
}

/// Puts a question into a poll that has not begun.
///
/// # Errors
/// At the field what is missing: words, two different choices or a free answer.
pub async fn ask(ctx: &Ctx, tx: &Tx, poll: Uuid, sent: Asking) -> Result<()> {
    let poll = ahead(ctx, tx, poll).await?;
    let words = said::needed("cau-hoi", &sent.words, "ask-question-empty", QUESTION_MAX)?;
    let mut choices: Vec<String> = Vec::new();
    for choice in sent.choices.iter().map(|choice| vntext::clean(choice)).filter(|choice| !choice.is_empty())
    {
        said::short("lua-chon", &choice, CHOICE_MAX)?;
        if choices.iter().any(|known| vntext::fold(known) == vntext::fold(&choice)) {
            return Err(Error::field("lua-chon", "ask-choice-twice"));
        }
        choices.push(choice);
    }
    let enough = if choices.is_empty() { sent.free } else { (2..=CHOICES_MAX).contains(&choices.len()) };
    if !enough {
        return Err(Error::field("lua-chon", "ask-choices-few"));
    }
    let known = store::list(ctx, tx, poll.id).await?;
    if known.len() >= QUESTIONS_MAX {
        return Err(Error::field("cau-hoi", "ask-questions-many"));
    }
    let position = known.last().map_or(1, |last| last.position + 1);
    let one = Question { position, words, several: sent.several, free: sent.free };
    store::insert(ctx, tx, poll.id, &one, &choices).await?;
    record(ctx, tx, "ask.question", poll.id, json!({ "question": position })).await
}

async fn ahead(ctx: &Ctx, tx: &Tx, poll: Uuid) -> Result<Matter> {
    let one = crate::matter::store::hold(ctx, tx, poll).await?;
    if one.kind == Kind::Poll && one.standing(ctx.today()).ahead() {
        Ok(one)
    } else {
        Err(Error::conflict("ask-has-begun"))
    }
}

/// Takes a question out again.
pub(super) async fn remove(ctx: &Ctx, tx: &Tx, poll: Uuid, position: i64) -> Result<()> {
    let poll = ahead(ctx, tx, poll).await?;
    if poll.standing(ctx.today()) == Standing::Planned && questions(ctx, tx, poll.id).await? <= 1 {
        return Err(Error::conflict("ask-no-question"));
    }
    if store::delete(ctx, tx, poll.id, position).await? == 0 {
        return Err(Error::not_found());
    }
    record(ctx, tx, "ask.question", poll.id, json!({ "gone": position })).await
}

pub(crate) async fn questions(ctx: &Ctx, tx: &Tx, poll: Uuid) -> Result<usize> {
    Ok(store::list(ctx, tx, poll).await?.len())
}

/// Who answers: a keyed hash, by which nobody answers twice.
pub(super) enum Voter {
    Known(String),
    /// A browser that has no name yet: this becomes its cookie.
    New(String, String),
}

/// # Errors
/// The sign-in form, or `Conflict` for who is not asked.
pub(super) async fn voter(ctx: &Ctx, poll: &Matter) -> Result<Voter> {
    let hash = |who: &str| audit::keyed_hash(ctx, &format!("{} {who}", poll.id));
    if poll.who == Who::Resident {
        let me = who::needed(ctx).await?;
        let villages = crate::matter::store::villages_of(ctx, &ctx.app.db, poll.id).await?;
        if !villages.is_empty() && !villages.contains(&me.village) {
            return Err(Error::conflict("ask-other-village"));
        }
        return Ok(Voter::Known(hash(&me.person.to_string())?));
    }
    if let Some(account) = ctx.account_or_none() {
        return Ok(Voter::Known(hash(&account.to_string())?));
    }
    match cookie(&ctx.headers, COOKIE) {
        Some(name) if (16..=64).contains(&name.len()) => Ok(Voter::Known(hash(&name)?)),
        _ => {
            let name = platform::ids::new_secret();
            Ok(Voter::New(hash(&name)?, name))
        }
    }
}

/// Pairs of question and choice, and words to questions.
type Said = (Vec<(i64, i64)>, Vec<(i64, String)>);

/// What a form says to each question.
fn read(sent: &Form, questions: &[Question], choices: &[Choice]) -> Result<Said> {
    let (mut chosen, mut words) = (Vec::new(), Vec::new());
    let mut faults = Vec::new();
    let mut wrong = |field: String, key: &'static str| {
        faults.push(platform::FieldError { field: field.into(), message: key.into() });
    };
    for one in questions {
        let field = format!("c-{}", one.position);
        let own =
            |position: i64| choices.iter().any(|c| c.question == one.position && c.position == position);
        let mut ticked: Vec<i64> =
            sent.all(&field).filter_map(|at| at.parse().ok()).filter(|at| own(*at)).collect();
        ticked.sort_unstable();
        ticked.dedup();
        let asked = choices.iter().any(|choice| choice.question == one.position);
        if asked && ticked.is_empty() {
            wrong(field, "ask-answer-missing");
        } else if !one.several && ticked.len() > 1 {
            wrong(field, "ask-answer-one");
        }
        chosen.extend(ticked.into_iter().map(|at| (one.position, at)));
        let field = format!("y-{}", one.position);
        let said = sent.text(&field).trim();
        if one.free && said.chars().count() > WORDS_MAX {
            wrong(field, "ask-words-long");
        } else if one.free && !said.is_empty() {
            words.push((one.position, said.to_owned()));
        }
    }
    if !faults.is_empty() {
        return Err(Error::fields(faults));
    }
    if chosen.is_empty() && words.is_empty() {
        return Err(Error::invalid("ask-answer-nothing"));
    }
    Ok((chosen, words))
}

/// Answers a poll, once.
///
/// # Errors
/// At each question without an answer; `Conflict` twice, before the first or after the last day; `TooMany` from one address.
pub(super) async fn answer(ctx: &Ctx, tx: &Tx, poll: &Matter, voter: &str, sent: &Form) -> Result<()> {
    if poll.kind != Kind::Poll {
        return Err(Error::new(Fault::NotFound));
    }
    let questions = store::list(ctx, tx, poll.id).await?;
    let choices = store::choices(ctx, tx, poll.id).await?;
    let (chosen, words) = read(sent, &questions, &choices)?;
    patient(ctx)?;
    give(ctx, tx, poll, voter, &chosen, &words).await
}

/// Counts an answer that was read: pairs of question and choice, and free words.
///
/// # Errors
/// `Conflict` twice, before the first or after the last day.
pub async fn give(
    ctx: &Ctx,
    tx: &Tx,
    poll: &Matter,
    voter: &str,
    chosen: &[(i64, i64)],
    words: &[(i64, String)],
) -> Result<()> {
    if !crate::matter::store::give(ctx, tx, poll.id).await? {
        return Err(Error::conflict("ask-not-open"));
    }
    if !store::answered(ctx, tx, poll.id, voter).await? {
        return Err(Error::conflict("ask-answered-already"));
    }
    store::count(ctx, tx, poll.id, chosen).await?;
    for (question, words) in words {
        store::insert_words(ctx, tx, poll.id, *question, words).await?;
    }
    record(ctx, tx, "ask.answer", poll.id, json!({})).await
}
