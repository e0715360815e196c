//! Votes. In an open vote the row of a voter says what they chose, and may be changed until it closes.
//!
//! How a secret vote stays secret: there are no ballots. A row of `meeting_voter` says *that* somebody voted (so that nobody
//! votes twice), without a time and without a choice. What was chosen is only a number that grows by one: `votes` of each
//! choice. So there is no id, no order and no time on the side of the choices that could be laid beside the voters. All choices
//! of the vote are written anew with each ballot, so that the row version of PostgreSQL (`xmin`) or its place in the table does
//! not tell which one was meant. The audit entry, the idempotency key and the address that the form leads to are the same
//! whatever was chosen, and the form is not kept in the browser. The numbers are shown to nobody before the vote is closed.
//! What remains: who can read the database's files twice, before and after one ballot, sees the difference; that is the
//! operator of the machine, and no program on it can keep that from them.

use super::model::{Guest, Meeting, Vote, VoteState};
use super::rules::{self, TITLE_MAX, recorded};
use super::store;
use crate::secrecy;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, said};
use serde_json::json;

const CHOICES_MAX: usize = 20;
const VOTES_MAX: usize = 100;

/// A question with what can be chosen.
#[derive(Debug, Default)]
pub struct Asking {
    pub question: String,
    pub choices: Vec<String>,
    pub secret: bool,
}

/// Prepares a vote; its id.
///
/// # Errors
/// At the field what is missing: a question, two different choices.
pub async fn prepare(ctx: &Ctx, tx: &Tx, id: Uuid, sent: Asking) -> Result<Uuid> {
    rules::ahead(rules::run(ctx, tx, id).await?)?;
    let question = said::needed("cau-hoi", &sent.question, "office-meeting-question-empty", TITLE_MAX)?;
    secrecy::refuse_marked(ctx, "cau-hoi", "", &question)?;
    let mut choices: Vec<String> = Vec::new();
    for words in sent.choices.iter().map(|words| words.trim()).filter(|words| !words.is_empty()) {
        said::short("phuong-an", words, 200)?;
        if choices.iter().any(|known| vntext::fold(known) == vntext::fold(words)) {
            return Err(Error::field("phuong-an", "office-meeting-choice-twice"));
        }
        choices.push(words.to_owned());
    }
    if !(2..=CHOICES_MAX).contains(&choices.len()) {
        let text = Message::new("office-meeting-choices-few").with("limit", CHOICES_MAX);
        return Err(Error::field("phuong-an", text));
    }
    if store::votes(ctx, tx, id).await?.len() >= VOTES_MAX {
        return Err(Error::field("cau-hoi", "office-meeting-votes-many"));
    }
    let vote = Vote {
        id: ctx.new_id(),
        question,
        secret: sent.secret,
        state: VoteState::Ready,
        closed_at: None,
        present: 0,
        voted: 0,
    };
    store::insert_vote(ctx, tx, id, &vote, &choices).await?;
    recorded(ctx, tx, "meeting.ask", id, json!({ "vote": vote.id, "secret": vote.secret })).await?;
    Ok(vote.id)
}

/// The chair opens a vote; one at a time.
pub async fn open(ctx: &Ctx, tx: &Tx, id: Uuid, vote: Uuid) -> Result<Meeting> {
    let one = chaired(ctx, tx, id).await?;
    let all = store::votes(ctx, tx, id).await?;
    if all.iter().any(|one| one.state == VoteState::Open) {
        return Err(Error::conflict("office-meeting-vote-still-open"));
    }
    all.iter().find(|one| one.id == vote).ok_or_else(Error::not_found)?;
    if !store::write_vote_open(ctx, tx, vote).await? {
        return Err(Error::conflict("office-not-now"));
    }
    recorded(ctx, tx, "meeting.vote_open", id, json!({ "vote": vote })).await?;
    Ok(one)
}

/// The chair closes it: what was given is counted, against those who are present.
pub async fn close(ctx: &Ctx, tx: &Tx, id: Uuid, vote: Uuid) -> Result<Meeting> {
    let one = chaired(ctx, tx, id).await?;
    let known = store::vote(ctx, tx, id, vote).await?;
    // First the row, then the counting: a ballot of the same moment is counted or refused.
    if !store::hold_open(ctx, tx, vote).await? {
        return Err(Error::conflict("office-meeting-vote-not-open"));
    }
    let guests = store::guests(ctx, tx, id).await?;
    let present = guests.iter().filter(|guest| guest.votes()).count();
    store::write_vote_closed(ctx, tx, vote, i64::try_from(present).unwrap_or(i64::MAX)).await?;
    if !known.secret {
        store::write_counted(ctx, tx, vote).await?;
    }
    recorded(ctx, tx, "meeting.vote_close", id, json!({ "vote": vote })).await?;
    Ok(one)
}

/// Takes out what was not opened yet.
pub(super) async fn delete(ctx: &Ctx, tx: &Tx, id: Uuid, vote: Uuid) -> Result<Meeting> {
    let one = rules::ahead(rules::run(ctx, tx, id).await?)?;
    if store::vote(ctx, tx, id, vote).await?.state != VoteState::Ready {
        return Err(Error::conflict("office-not-now"));
    }
    store::delete_vote(ctx, tx, vote).await?;
    recorded(ctx, tx, "meeting.ask", id, json!({ "gone": vote })).await?;
    Ok(one)
}

/// The reader votes.
///
/// # Errors
/// `Conflict` for who is not here in person, when the vote is not open, and for a second ballot in a secret one.
pub async fn cast(ctx: &Ctx, tx: &Tx, id: Uuid, vote: Uuid, position: Option<i64>) -> Result<Meeting> {
    let one = rules::opened(store::find(ctx, tx, id).await?)?;
    let guest = store::guest(ctx, tx, id, ctx.account()?).await?;
    if !guest.as_ref().is_some_and(Guest::votes) {
        return Err(Error::conflict("office-meeting-no-vote"));
    }
    let known = store::vote(ctx, tx, id, vote).await?;
    let choices = store::choices(ctx, tx, vote).await?;
    let position = position.filter(|at| choices.iter().any(|choice| choice.position == *at));
    let position = position.ok_or_else(|| Error::field("chon", "error-choose"))?;
    if !store::hold_open(ctx, tx, vote).await? {
        return Err(Error::conflict("office-meeting-vote-not-open"));
    }
    if known.secret {
        if !store::insert_voter(ctx, tx, vote).await? {
            return Err(Error::conflict("office-meeting-voted-already"));
        }
        store::add_secret(ctx, tx, vote, position).await?;
    } else {
        store::write_open_ballot(ctx, tx, vote, position).await?;
    }
    recorded(ctx, tx, "meeting.vote", id, json!({ "vote": vote })).await?;
    Ok(one)
}

async fn chaired(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Meeting> {
    let one = rules::opened(store::find(ctx, tx, id).await?)?;
    if one.chair_id == ctx.account()? { Ok(one) } else { Err(Error::forbidden()) }
}
