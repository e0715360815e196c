//! Calling a meeting, inviting to it, opening and closing it. Each is one transaction of the caller.

use super::model::{Answer, Came, Meeting, State, Turn};
use super::{people, store};
use crate::secrecy;
use audit::Entry;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use messages::Letter;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, clock, ids, said};
use serde_json::json;
use std::collections::HashSet;

pub(super) const TITLE_MAX: usize = 300;
pub(super) const WORDS_MAX: usize = 4_000;
const GUESTS_MAX: usize = 300;

/// What somebody typed of a meeting.
#[derive(Debug, Clone, Default)]
pub struct Calling {
    pub title: String,
    pub about: String,
    pub day: Option<NaiveDate>,
    /// `HH:MM`
    pub from: String,
    pub until: String,
    pub place: String,
    pub video_url: String,
    pub chair: Option<Uuid>,
    pub writer: Option<Uuid>,
    /// Beside the chair and who writes the minutes.
    pub guests: Vec<Uuid>,
    /// Everybody of the villages.
    pub all_heads: bool,
}

/// Calls a meeting, or changes the one of `id` and `revision`. Whoever is invited already learns of a change.
///
/// # Errors
/// At the field what is missing or wrong; `Conflict` when somebody else changed it.
pub async fn keep(ctx: &Ctx, tx: &Tx, id: Option<(Uuid, i64)>, sent: &Calling) -> Result<Meeting> {
    let before = match id {
        Some((id, revision)) => {
            let one = kept(ctx, tx, id).await?;
            if one.revision != revision {
                return Err(Error::conflict("office-meeting-stale"));
            }
            Some(ahead(one)?)
        }
        None => None,
    };
    let (mut one, guests) = checked(ctx, sent, before.as_ref()).await?;
    let Some(before) = before else {
        store::insert(ctx, tx, &one).await?;
        for account in guests {
            store::insert_guest(ctx, tx, one.id, account).await?;
        }
        recorded(ctx, tx, "meeting.keep", one.id, json!({})).await?;
        return Ok(one);
    };
    let invited = before.state != State::Draft;
    let moved = (one.starts_at, one.ends_at) != (before.starts_at, before.ends_at);
    let told = moved
        || (&one.title, &one.place, &one.video_url, one.chair_id)
            != (&before.title, &before.place, &before.video_url, before.chair_id);
    if invited && told {
        one.sequence += 1;
    }
    if !store::update(ctx, tx, &one).await? {
        return Err(Error::conflict("office-meeting-stale"));
    }
    let known: HashSet<Uuid> =
        store::guests(ctx, tx, one.id).await?.iter().map(|guest| guest.account_id).collect();
    let gone: Vec<Uuid> = known.iter().copied().filter(|id| !guests.contains(id)).collect();
    store::delete_guests(ctx, tx, one.id, &gone).await?;
    if invited && moved {
        store::write_unanswered(ctx, tx, one.id).await?;
    }
    for account in &guests {
        if !known.contains(account) {
            store::insert_guest(ctx, tx, one.id, *account).await?;
        }
        match (invited, known.contains(account)) {
            (true, false) => tell(ctx, tx, &one, *account, "office-meeting-told-invited").await?,
            (true, true) if told => tell(ctx, tx, &one, *account, "office-meeting-told-changed").await?,
            _ => {}
        }
    }
    for account in gone.iter().filter(|_| invited) {
        tell(ctx, tx, &one, *account, "office-meeting-told-withdrawn").await?;
    }
    recorded(ctx, tx, "meeting.keep", one.id, json!({ "sequence": one.sequence })).await?;
    one.revision += 1;
    Ok(one)
}

/// The meeting as it is to stand, and everybody who is invited.
async fn checked(ctx: &Ctx, sent: &Calling, before: Option<&Meeting>) -> Result<(Meeting, Vec<Uuid>)> {
    let title = said::needed("ten", &sent.title, "office-meeting-title-empty", TITLE_MAX)?;
    said::short("noi-dung", &sent.about, WORDS_MAX)?;
    secrecy::refuse_marked(ctx, "ten", "", &title)?;
    secrecy::refuse_marked(ctx, "noi-dung", "", &sent.about)?;
    let day = sent.day.ok_or_else(|| Error::field("ngay", "error-date"))?;
    let starts_at = moment("gio", day, &sent.from)?;
    let ends_at = moment("den-gio", day, &sent.until)?;
    if ends_at <= starts_at {
        return Err(Error::field("den-gio", "office-meeting-until-early"));
    }
    if before.is_none_or(|one| one.starts_at != starts_at) && starts_at < ctx.now {
        return Err(Error::field("ngay", "office-meeting-past"));
    }
    let place = said::needed("phong", &sent.place, "office-meeting-place-empty", TITLE_MAX)?;
    let video_url = sent.video_url.trim().to_owned();
    said::short("hop-truc-tuyen", &video_url, 500)?;
    let host = video_url.strip_prefix("https://").unwrap_or_default();
    let shape = !host.is_empty() && !host.starts_with('/') && !video_url.contains(char::is_whitespace);
    if !video_url.is_empty() && !shape {
        return Err(Error::field("hop-truc-tuyen", "office-meeting-video-wrong"));
    }
    let people = people::all(ctx).await?;
    let may = |id: Option<Uuid>, able: fn(&people::Person) -> bool| {
        id.filter(|id| people.iter().any(|person| person.id == *id && able(person)))
    };
    let chair = may(sent.chair, |one| one.may_chair)
        .ok_or_else(|| Error::field("chu-tri", "office-meeting-chair-empty"))?;
    let writer = may(sent.writer, |one| one.may_write)
        .ok_or_else(|| Error::field("thu-ky", "office-meeting-writer-empty"))?;
    let heads = people.iter().filter(|one| one.of_village && sent.all_heads).map(|one| one.id);
    let mut guests: Vec<Uuid> = [chair, writer].into_iter().chain(sent.guests.iter().copied()).collect();
    guests.extend(heads);
    let mut once = HashSet::new();
    guests.retain(|id| once.insert(*id));
    if guests.iter().any(|id| people.iter().all(|person| person.id != *id)) {
        return Err(Error::field("khach", "office-meeting-guest-wrong"));
    }
    if guests.len() > GUESTS_MAX {
        return Err(Error::field("khach", Message::new("office-meeting-too-many").with("limit", GUESTS_MAX)));
    }
    let one = Meeting {
        id: before.map_or_else(|| ctx.new_id(), |one| one.id),
        title,
        about: sent.about.trim().to_owned(),
        starts_at,
        ends_at,
        place,
        video_url,
        chair_id: chair,
        writer_id: writer,
        called_by: before.map_or_else(|| ctx.account(), |one| Ok(one.called_by))?,
        state: before.map_or(State::Draft, |one| one.state),
        reason: String::new(),
        sequence: before.map_or(0, |one| one.sequence),
        code: None,
        item_id: None,
        opened_at: None,
        closed_at: None,
        minutes_id: None,
        changed_at: ctx.now,
        revision: before.map_or(1, |one| one.revision),
    };
    Ok((one, guests))
}

fn moment(field: &'static str, day: NaiveDate, text: &str) -> Result<DateTime<Utc>> {
    let text = text.trim().replace(['h', 'H'], ":");
    let text = if text.ends_with(':') { format!("{text}00") } else { text };
    let time =
        NaiveTime::parse_from_str(&text, "%H:%M").map_err(|_| Error::field(field, "office-schedule-time"))?;
    let local = clock::vietnam().from_local_datetime(&day.and_time(time)).single();
    Ok(local.ok_or_else(|| Error::field(field, "office-schedule-time"))?.to_utc())
}

/// Sends the invitations.
pub async fn invite(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Meeting> {
    let mut one = kept(ctx, tx, id).await?;
    one.state = State::Invited;
    moved(ctx, tx, &one, &[State::Draft]).await?;
    tell_all(ctx, tx, &one, "office-meeting-told-invited").await?;
    recorded(ctx, tx, "meeting.invite", id, json!({})).await?;
    Ok(one)
}

/// The meeting begins: people check in with a code that is made now.
pub async fn open(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Meeting> {
    let mut one = run(ctx, tx, id).await?;
    one.state = State::Open;
    one.code = Some(ids::new_secret());
    one.opened_at = Some(ctx.now);
    moved(ctx, tx, &one, &[State::Invited]).await?;
    recorded(ctx, tx, "meeting.open", id, json!({})).await?;
    Ok(one)
}

/// It is over: nobody speaks any more, and the code leads nowhere.
///
/// # Errors
/// `Conflict` while a vote is open.
pub async fn close(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Meeting> {
    let mut one = run(ctx, tx, id).await?;
    let votes = store::votes(ctx, tx, id).await?;
    if votes.iter().any(|vote| vote.state == super::model::VoteState::Open) {
        return Err(Error::conflict("office-meeting-vote-still-open"));
    }
    one.state = State::Closed;
    one.code = None;
    one.closed_at = Some(ctx.now);
    moved(ctx, tx, &one, &[State::Open]).await?;
    store::write_item_now(ctx, tx, id, None).await?;
    store::write_turn(ctx, tx, id, None, Turn::Speaking, Turn::Done).await?;
    store::write_turn(ctx, tx, id, None, Turn::Waiting, Turn::Withdrawn).await?;
    recorded(ctx, tx, "meeting.close", id, json!({})).await?;
    Ok(one)
}

/// It does not take place; calendars are told.
pub async fn cancel(ctx: &Ctx, tx: &Tx, id: Uuid, reason: &str) -> Result<Meeting> {
    let mut one = kept(ctx, tx, id).await?;
    one.reason = said::needed("ly-do-huy", reason, "office-reason-empty", WORDS_MAX)?;
    let invited = one.state != State::Draft;
    one.state = State::Cancelled;
    one.sequence += 1;
    moved(ctx, tx, &one, &[State::Draft, State::Invited]).await?;
    if invited {
        tell_all(ctx, tx, &one, "office-meeting-told-cancelled").await?;
    }
    recorded(ctx, tx, "meeting.cancel", id, json!({})).await?;
    Ok(one)
}

/// The reader says whether they come.
pub async fn answer(ctx: &Ctx, tx: &Tx, id: Uuid, answer: Option<Answer>, words: &str) -> Result<Meeting> {
    let one = store::find(ctx, tx, id).await?;
    let me = ctx.account()?;
    store::guest(ctx, tx, id, me).await?.ok_or_else(Error::forbidden)?;
    if !matches!(one.state, State::Invited | State::Open) {
        return Err(Error::conflict("office-not-now"));
    }
    let answer = answer.filter(|answer| *answer != Answer::Waiting);
    let answer = answer.ok_or_else(|| Error::field("tra-loi", "error-choose"))?;
    let empty = match answer {
        Answer::Sends => "office-meeting-deputy-empty",
        _ => "office-meeting-cannot-empty",
    };
    let words = if answer == Answer::Comes {
        said::short("ly-do", words, TITLE_MAX)?;
        words.trim().to_owned()
    } else {
        said::needed("ly-do", words, empty, TITLE_MAX)?
    };
    store::write_answer(ctx, tx, id, answer, &words).await?;
    recorded(ctx, tx, "meeting.answer", id, json!({ "answer": answer.code() })).await?;
    Ok(one)
}

/// The reader stands before the code of an open meeting. `None`: they are not invited.
pub(super) async fn check_in(ctx: &Ctx, tx: &Tx, one: &Meeting) -> Result<Option<bool>> {
    let me = ctx.account()?;
    if store::guest(ctx, tx, one.id, me).await?.is_none() {
        return Ok(None);
    }
    let fresh = store::write_came(ctx, tx, one.id, me, Came::Code).await?;
    if fresh {
        recorded(ctx, tx, "meeting.check_in", one.id, json!({ "how": Came::Code.code() })).await?;
    }
    Ok(Some(fresh))
}

/// Checks somebody in by hand, in person or by somebody who came in their place.
pub async fn check_in_by_hand(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    account: Option<Uuid>,
    how: Came,
) -> Result<Meeting> {
    let one = opened(run(ctx, tx, id).await?)?;
    let account = account.ok_or_else(|| Error::field("nguoi", "error-choose"))?;
    store::guest(ctx, tx, id, account).await?.ok_or_else(|| Error::field("nguoi", "error-choose"))?;
    if how == Came::Code {
        return Err(Error::field("nguoi", "error-choose"));
    }
    if store::write_came(ctx, tx, id, account, how).await? {
        let detail = json!({ "how": how.code(), "account": account });
        recorded(ctx, tx, "meeting.check_in", id, detail).await?;
    }
    Ok(one)
}

async fn moved(ctx: &Ctx, tx: &Tx, one: &Meeting, from: &[State]) -> Result<()> {
    let first = store::write_state(ctx, tx, one, from).await?;
    if first { Ok(()) } else { Err(Error::conflict("office-not-now")) }
}

/// A meeting that the reader prepares.
pub(super) async fn kept(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Meeting> {
    let one = store::find(ctx, tx, id).await?;
    if one.keeps(ctx.account()?) { Ok(one) } else { Err(Error::forbidden()) }
}

/// A meeting that the reader runs.
pub(super) async fn run(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Meeting> {
    let one = store::find(ctx, tx, id).await?;
    if one.runs(ctx.account()?) { Ok(one) } else { Err(Error::forbidden()) }
}

pub(super) fn ahead(one: Meeting) -> Result<Meeting> {
    if one.ahead() { Ok(one) } else { Err(Error::conflict("office-meeting-over")) }
}

pub(super) fn opened(one: Meeting) -> Result<Meeting> {
    if one.state == State::Open { Ok(one) } else { Err(Error::conflict("office-meeting-not-open")) }
}

async fn tell_all(ctx: &Ctx, tx: &Tx, one: &Meeting, key: &'static str) -> Result<()> {
    for guest in store::guests(ctx, tx, one.id).await? {
        tell(ctx, tx, one, guest.account_id, key).await?;
    }
    Ok(())
}

/// Nobody is told what they did themselves.
async fn tell(ctx: &Ctx, tx: &Tx, one: &Meeting, to: Uuid, key: &'static str) -> Result<()> {
    if to == ctx.account()? {
        return Ok(());
    }
    let day = ctx.t().moment(one.starts_at);
    let text = Message::new(key).with("name", one.title.as_str()).with("day", day);
    messages::send(ctx, tx, Letter { to, text, link: one.path() }).await?;
    Ok(())
}

/// The last statement of a rule.
pub(super) async fn recorded(
    ctx: &Ctx,
    tx: &Tx,
    action: &'static str,
    id: Uuid,
    detail: serde_json::Value,
) -> Result<()> {
    audit::record(ctx, tx, Entry { action, kind: "meeting", id, detail }).await
}
