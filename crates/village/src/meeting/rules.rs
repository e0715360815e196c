//! Calling a meeting, ticking who came, counting hands, closing with minutes.

use super::model::{How, Meeting, Rule, State, Vote};
use super::{came, store};
use crate::notice::{self, Writing};
use crate::place::Home;
use audit::Entry;
use chrono::{Duration, NaiveDate};
use platform::files::{self, Prepared};
use platform::{Ctx, Error, Result, Tx, Uuid, said};
use serde_json::{Value, json};
use units::Unit;

const TITLE_MAX: usize = 150;
const WORDS_MAX: usize = 4_000;
const MINUTES_MAX: usize = 15_000;
const AHEAD_DAYS: i64 = 366;

async fn record(ctx: &Ctx, tx: &Tx, action: &'static str, id: Uuid, detail: Value) -> Result<()> {
    audit::record(ctx, tx, Entry { action, kind: "village_meeting", id, detail }).await
}

/// A meeting to be called.
#[derive(Debug, Default)]
pub struct Calling {
    pub title: String,
    pub day: Option<NaiveDate>,
    pub hour: String,
    pub place: String,
    pub agenda: String,
    /// Puts the invitation out as a notice.
    pub invite: bool,
}

/// Calls a meeting, with its invitation.
pub async fn call(ctx: &Ctx, tx: &Tx, village: &Unit, called: Calling) -> Result<Meeting> {
    let title = said::needed("ten", &called.title, "village-meeting-title-empty", TITLE_MAX)?;
    let hour = said::needed("gio", &called.hour, "village-meeting-hour-empty", 20)?;
    let place = said::needed("noi", &called.place, "village-meeting-place-empty", TITLE_MAX)?;
    let agenda = said::needed("chuong-trinh", &called.agenda, "village-meeting-agenda-empty", WORDS_MAX)?;
    let today = ctx.today();
    let known = |day: &NaiveDate| *day >= today && *day <= today + Duration::days(AHEAD_DAYS);
    let day = called.day.filter(known).ok_or_else(|| Error::field("ngay", "village-meeting-day-wrong"))?;
    let id = ctx.new_id();
    let mut one = Meeting {
        id,
        village_id: village.id,
        title,
        agenda,
        place,
        day,
        hour,
        state: State::Called,
        homes: 0,
        present: 0,
        minutes: String::new(),
        decisions: String::new(),
        file_id: None,
        notice_id: None,
        revision: 1,
    };
    if called.invite {
        let t = Ctx { lang: platform::Lang::Vi, ..ctx.clone() }.t();
        let said = [
            ("hour", one.hour.as_str().into()),
            ("day", t.date(day).into()),
            ("place", one.place.as_str().into()),
        ];
        let writing = Writing {
            title: t.s("village-meeting-invite-title", "name", &one.title),
            body: format!("{}\n\n{}", t.a("village-meeting-invite", &said), one.agenda),
            until: Some(day),
            meeting: Some(id),
            ..Writing::default()
        };
        one.notice_id = Some(notice::publish(ctx, tx, village, writing).await?.id);
    }
    store::insert(ctx, tx, &one).await?;
    record(ctx, tx, "village_meeting.call", id, json!({ "day": day, "notice": one.notice_id })).await?;
    Ok(one)
}

/// The meeting, still open, held until the transaction ends.
async fn open(ctx: &Ctx, tx: &Tx, one: &Meeting) -> Result<()> {
    if store::hold(ctx, tx, one.id).await? != State::Called {
        return Err(Error::conflict("village-meeting-closed"));
    }
    Ok(())
}

/// The same, and its day has come.
async fn begun(ctx: &Ctx, tx: &Tx, one: &Meeting) -> Result<()> {
    open(ctx, tx, one).await?;
    if one.day > ctx.today() { Err(Error::conflict("village-meeting-not-yet")) } else { Ok(()) }
}

/// Ticks households: who was there for each, or nobody. Others stay as they are. How many are there now.
pub async fn tick(
    ctx: &Ctx,
    tx: &Tx,
    one: &Meeting,
    homes: &[Home],
    ticked: &[(Uuid, Option<How>)],
) -> Result<i64> {
    begun(ctx, tx, one).await?;
    let before = store::attendance(ctx, tx, one.id).await?;
    for (household, how) in ticked {
        if !homes.iter().any(|home| home.id == *household) {
            return Err(Error::not_found());
        }
        if before.get(household) != how.as_ref() {
            store::set_attendance(ctx, tx, one.id, *household, *how).await?;
        }
    }
    let present = store::present(ctx, tx, one.id).await?;
    came::changed(ctx, tx, one.id).await?;
    record(ctx, tx, "village_meeting.attendance", one.id, json!({ "present": present })).await?;
    Ok(present)
}

/// Hands that were counted.
#[derive(Debug, Default)]
pub struct Counting {
    pub question: String,
    pub matter: String,
    pub yes: Option<i64>,
    pub no: Option<i64>,
    pub abstain: Option<i64>,
}

/// Writes down a show of hands, and says whether it carries.
///
/// # Errors
/// At the field what is missing; at the first count when more hands than households were counted.
pub async fn count(ctx: &Ctx, tx: &Tx, one: &Meeting, homes: i64, counted: Counting) -> Result<Vote> {
    begun(ctx, tx, one).await?;
    let question = said::needed("cau-hoi", &counted.question, "village-vote-question-empty", TITLE_MAX * 2)?;
    let rule = Rule::on(ctx, one.day)?;
    let matter = rule.find(&counted.matter).ok_or_else(|| Error::field("loai", "error-choose"))?;
    let hands = |field: &'static str, hands: Option<i64>| {
        hands.filter(|n| *n >= 0).ok_or_else(|| Error::field(field, "village-vote-number"))
    };
    let yes = hands("dong-y", counted.yes)?;
    let no = hands("khong", counted.no.or(Some(0)))?;
    let abstain = hands("y-kien-khac", counted.abstain.or(Some(0)))?;
    let present = store::present(ctx, tx, one.id).await?;
    if present == 0 {
        return Err(Error::conflict("village-vote-nobody"));
    }
    if yes.saturating_add(no).saturating_add(abstain) > present {
        let message = platform::Message::new("village-vote-more").with("count", present);
        return Err(Error::field("dong-y", message));
    }
    let vote = Vote {
        id: ctx.new_id(),
        question,
        matter: matter.code.clone(),
        yes,
        no,
        abstain,
        present,
        homes,
        carried: rule.enough(present, homes) && matter.carries(yes, present, homes),
    };
    store::insert_vote(ctx, tx, one.id, &vote).await?;
    let detail =
        json!({ "vote": vote.id, "yes": yes, "no": no, "abstain": abstain, "carried": vote.carried });
    record(ctx, tx, "village_meeting.vote", one.id, detail).await?;
    Ok(vote)
}

/// A count that was written wrong goes, while the meeting is open.
pub async fn uncount(ctx: &Ctx, tx: &Tx, one: &Meeting, vote: Uuid) -> Result<()> {
    open(ctx, tx, one).await?;
    if store::drop_vote(ctx, tx, one.id, vote).await? == 0 {
        return Err(Error::not_found());
    }
    record(ctx, tx, "village_meeting.vote_drop", one.id, json!({ "vote": vote })).await
}

/// What the meeting ends with.
#[derive(Default)]
pub struct Closing {
    pub minutes: String,
    pub decisions: String,
    /// The signed minutes, photographed.
    pub photo: Option<Prepared>,
}

/// Closes the meeting with its minutes.
pub async fn close(ctx: &Ctx, tx: &Tx, one: Meeting, homes: i64, closing: Closing) -> Result<Meeting> {
    begun(ctx, tx, &one).await?;
    let mut one = one;
    one.minutes = said::needed("bien-ban", &closing.minutes, "village-minutes-empty", MINUTES_MAX)?;
    said::short("ket-luan", &closing.decisions, WORDS_MAX)?;
    one.decisions = closing.decisions.trim().to_owned();
    one.present = store::present(ctx, tx, one.id).await?;
    if one.present == 0 {
        return Err(Error::conflict("village-vote-nobody"));
    }
    one.homes = homes;
    one.state = State::Held;
    if let Some(photo) = &closing.photo {
        one.file_id = Some(files::keep(ctx, tx, photo, "village_meeting", one.id).await?);
    }
    store::update(ctx, tx, &one).await?;
    record(ctx, tx, "village_meeting.close", one.id, json!({ "present": one.present, "homes": homes }))
        .await?;
    Ok(one)
}

/// It does not take place; the invitation goes.
pub async fn cancel(ctx: &Ctx, tx: &Tx, village: &Unit, one: Meeting) -> Result<()> {
    open(ctx, tx, &one).await?;
    let mut one = one;
    one.state = State::Cancelled;
    store::update(ctx, tx, &one).await?;
    if let Some(id) = one.notice_id {
        notice::withdraw(ctx, tx, village, id).await?;
    }
    came::changed(ctx, tx, one.id).await?;
    record(ctx, tx, "village_meeting.cancel", one.id, json!({})).await
}
