//! A meeting, who is invited, and what happens in it.

use chrono::{DateTime, NaiveDate, Utc};
use platform::{Uuid, choice};
use sea_orm::FromQueryResult;
use ui::Status;

choice! {
    State, "office-meeting-state", {
        Draft = "draft",
        Invited = "invited",
        Open = "open",
        Closed = "closed",
        Cancelled = "cancelled",
    }
}

// What somebody answers to the invitation.
choice! {
    Answer, "office-meeting-answer", {
        Waiting = "waiting",
        Comes = "comes",
        Cannot = "cannot",
        Sends = "sends",
    }
}

// How somebody was checked in.
choice! {
    Came, "office-meeting-came", {
        /// By the code on the screen.
        Code = "code",
        /// By the secretary.
        Hand = "hand",
        /// Somebody came in their place: present, but without a vote.
        Deputy = "deputy",
    }
}

choice! {
    Turn, "office-meeting-turn", {
        Waiting = "waiting",
        Speaking = "speaking",
        Done = "done",
        Withdrawn = "withdrawn",
    }
}

choice! {
    VoteState, "office-meeting-vote-state", {
        Ready = "ready",
        Open = "open",
        Closed = "closed",
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Meeting {
    pub id: Uuid,
    pub title: String,
    pub about: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub place: String,
    /// Where one joins by video; empty while nobody does.
    pub video_url: String,
    pub chair_id: Uuid,
    /// Who writes the minutes.
    pub writer_id: Uuid,
    pub called_by: Uuid,
    pub state: State,
    /// Why it was cancelled.
    pub reason: String,
    pub sequence: i64,
    pub code: Option<String>,
    pub item_id: Option<Uuid>,
    pub opened_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub minutes_id: Option<Uuid>,
    pub changed_at: DateTime<Utc>,
    pub revision: i64,
}

impl Meeting {
    pub fn path(&self) -> String {
        format!("{}/{}", super::PATH, self.id)
    }

    pub fn badge(&self) -> Status {
        match self.state {
            State::Draft => Status::Soon,
            State::Invited => Status::Waiting,
            State::Open => Status::Active,
            State::Closed => Status::Done,
            State::Cancelled => Status::Off,
        }
    }

    /// It is not over: what belongs to it may still change.
    pub fn ahead(&self) -> bool {
        matches!(self.state, State::Draft | State::Invited | State::Open)
    }

    /// Runs the meeting: the chair, and who writes the minutes.
    pub fn runs(&self, who: Uuid) -> bool {
        self.chair_id == who || self.writer_id == who
    }

    /// Prepares it: whoever runs or called it.
    pub fn keeps(&self, who: Uuid) -> bool {
        self.runs(who) || self.called_by == who
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Guest {
    pub account_id: Uuid,
    pub answer: Answer,
    pub words: String,
    pub came: Option<Came>,
    pub came_at: Option<DateTime<Utc>>,
}

impl Guest {
    /// Sits here in person.
    pub fn votes(&self) -> bool {
        matches!(self.came, Some(Came::Code | Came::Hand))
    }

    pub fn badge(&self) -> Status {
        match self.answer {
            Answer::Waiting => Status::Waiting,
            Answer::Comes => Status::Done,
            Answer::Cannot => Status::Off,
            Answer::Sends => Status::Soon,
        }
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Item {
    pub id: Uuid,
    pub position: i64,
    pub title: String,
    pub minutes: Option<i64>,
    pub speaker: String,
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Paper {
    pub id: Uuid,
    pub file_id: Uuid,
    pub name: String,
    pub pages: Option<i64>,
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Note {
    pub id: Uuid,
    pub page: i64,
    pub words: String,
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Speech {
    pub id: Uuid,
    pub item_id: Option<Uuid>,
    pub account_id: Uuid,
    pub state: Turn,
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Vote {
    pub id: Uuid,
    pub question: String,
    pub secret: bool,
    pub state: VoteState,
    pub closed_at: Option<DateTime<Utc>>,
    pub present: i64,
    pub voted: i64,
}

impl Vote {
    pub fn badge(&self) -> Status {
        match self.state {
            VoteState::Ready => Status::Waiting,
            VoteState::Open => Status::Active,
            VoteState::Closed => Status::Done,
        }
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Choice {
    pub position: i64,
    pub words: String,
    pub votes: i64,
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Voter {
    pub account_id: Uuid,
    /// What they chose in an open vote.
    pub position: Option<i64>,
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Conclusion {
    pub id: Uuid,
    pub words: String,
    pub doer_id: Option<Uuid>,
    pub due_on: Option<NaiveDate>,
    pub task_id: Option<Uuid>,
}
