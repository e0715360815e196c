//! A meeting as programs read it.

use crate::meeting::model::{Conclusion, Guest, Item, Meeting, Speech, Turn, Vote, VoteState};
use crate::meeting::store;
use chrono::{DateTime, NaiveDate, Utc};
use platform::{Ctx, Error, Result, Uuid};

/// A meeting in a list.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct MeetingLine {
    id: Uuid,
    title: String,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    place: String,
    chair: Uuid,
    /// Who writes the minutes.
    secretary: Uuid,
    /// draft, invited, open, closed or cancelled.
    state: &'static str,
}

impl MeetingLine {
    pub fn of(one: &Meeting) -> MeetingLine {
        MeetingLine {
            id: one.id,
            title: one.title.clone(),
            starts_at: one.starts_at,
            ends_at: one.ends_at,
            place: one.place.clone(),
            chair: one.chair_id,
            secretary: one.writer_id,
            state: one.state.code(),
        }
    }
}

/// A meeting with everything that is in it.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct MeetingBody {
    #[serde(flatten)]
    line: MeetingLine,
    about: String,
    video_url: String,
    /// Why it was cancelled.
    reason: String,
    /// Grows with every change that calendars must learn of.
    sequence: i64,
    item_now: Option<Uuid>,
    /// The outgoing document with its minutes.
    minutes: Option<Uuid>,
    guests: Vec<GuestBody>,
    agenda: Vec<ItemBody>,
    papers: Vec<MeetingPaper>,
    /// Who speaks and who waits to.
    speaking: Vec<SpeechBody>,
    votes: Vec<VoteBody>,
    conclusions: Vec<ConclusionBody>,
}

#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct GuestBody {
    account_id: Uuid,
    /// waiting, comes, cannot or sends.
    answer: &'static str,
    /// code, hand or deputy; null for who is not here.
    came: Option<&'static str>,
    came_at: Option<DateTime<Utc>>,
}

#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct ItemBody {
    id: Uuid,
    title: String,
    minutes: Option<i64>,
    speaker: String,
}

#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct MeetingPaper {
    id: Uuid,
    name: String,
    pages: Option<i64>,
    /// Where the file is read.
    url: String,
}

#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct SpeechBody {
    id: Uuid,
    account_id: Uuid,
    item: Option<Uuid>,
    /// waiting or speaking.
    state: &'static str,
}

#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct VoteBody {
    id: Uuid,
    question: String,
    secret: bool,
    /// ready, open or closed.
    state: &'static str,
    /// How many have voted.
    voted: i64,
    /// Who could vote when it was closed; null before.
    present: Option<i64>,
    choices: Vec<ChoiceBody>,
}

#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct ChoiceBody {
    position: i64,
    words: String,
    /// Null before the vote is closed.
    votes: Option<i64>,
}

#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct ConclusionBody {
    id: Uuid,
    words: String,
    doer: Option<Uuid>,
    due_on: Option<NaiveDate>,
    task: Option<Uuid>,
}

impl MeetingBody {
    pub async fn load(ctx: &Ctx, id: Uuid) -> Result<MeetingBody> {
        let db = &ctx.app.db;
        let one = store::find(ctx, db, id).await?;
        let guest = |one: Guest| GuestBody {
            account_id: one.account_id,
            answer: one.answer.code(),
            came: one.came.map(|how| how.code()),
            came_at: one.came_at,
        };
        let item =
            |one: Item| ItemBody { id: one.id, title: one.title, minutes: one.minutes, speaker: one.speaker };
        let speech = |one: Speech| SpeechBody {
            id: one.id,
            account_id: one.account_id,
            item: one.item_id,
            state: one.state.code(),
        };
        let conclusion = |one: Conclusion| ConclusionBody {
            id: one.id,
            words: one.words,
            doer: one.doer_id,
            due_on: one.due_on,
            task: one.task_id,
        };
        let listed = |one: &Speech| matches!(one.state, Turn::Waiting | Turn::Speaking);
        let papers = store::papers(ctx, db, id).await?.into_iter().map(|paper| MeetingPaper {
            url: format!("{}/tai-lieu/{}/tep", one.path(), paper.id),
            id: paper.id,
            name: paper.name,
            pages: paper.pages,
        });
        Ok(MeetingBody {
            papers: papers.collect(),
            guests: store::guests(ctx, db, id).await?.into_iter().map(guest).collect(),
            agenda: store::items(ctx, db, id).await?.into_iter().map(item).collect(),
            speaking: store::speeches(ctx, db, id).await?.into_iter().filter(listed).map(speech).collect(),
            votes: votes(ctx, &one).await?,
            conclusions: store::conclusions(ctx, db, id).await?.into_iter().map(conclusion).collect(),
            line: MeetingLine::of(&one),
            about: one.about,
            video_url: one.video_url,
            reason: one.reason,
            sequence: one.sequence,
            item_now: one.item_id,
            minutes: one.minutes_id,
        })
    }
}

/// What is only prepared is for those who run the meeting; counts are nobody's before the end.
async fn votes(ctx: &Ctx, one: &Meeting) -> Result<Vec<VoteBody>> {
    let runs = one.runs(ctx.account()?);
    let mut bodies = Vec::new();
    for vote in store::votes(ctx, &ctx.app.db, one.id).await? {
        if vote.state == VoteState::Ready && !runs {
            continue;
        }
        bodies.push(body(ctx, vote).await?);
    }
    Ok(bodies)
}

async fn body(ctx: &Ctx, vote: Vote) -> Result<VoteBody> {
    let closed = vote.state == VoteState::Closed;
    let voters = store::voters(ctx, &ctx.app.db, vote.id).await?.len();
    let choices = store::choices(ctx, &ctx.app.db, vote.id).await?.into_iter().map(|one| ChoiceBody {
        position: one.position,
        words: one.words,
        votes: closed.then_some(one.votes),
    });
    Ok(VoteBody {
        choices: choices.collect(),
        id: vote.id,
        question: vote.question,
        secret: vote.secret,
        state: vote.state.code(),
        voted: i64::try_from(voters).unwrap_or(i64::MAX),
        present: closed.then_some(vote.present),
    })
}

/// What the pages call the members.
pub fn member(error: Error) -> Error {
    error.renamed(&[
        ("ten", "title"),
        ("noi-dung", "about"),
        ("ngay", "day"),
        ("gio", "from"),
        ("den-gio", "until"),
        ("phong", "place"),
        ("hop-truc-tuyen", "video_url"),
        ("chu-tri", "chair"),
        ("thu-ky", "secretary"),
        ("khach", "guests"),
        ("ly-do", "words"),
        ("ly-do-huy", "reason"),
        ("tra-loi", "answer"),
        ("muc", "title"),
        ("phut", "minutes"),
        ("trinh-bay", "speaker"),
        ("nguoi", "account_id"),
        ("cau-hoi", "question"),
        ("phuong-an", "choices"),
        ("chon", "position"),
        ("ket-luan", "words"),
        ("han", "due_on"),
    ])
}
