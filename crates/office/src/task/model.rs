//! A directive, what each recipient has of it, and what happened.

use chrono::{DateTime, Utc};
use platform::{Uuid, choice};
use sea_orm::FromQueryResult;
use ui::Status;

// What a task came from.
choice! {
    Source, "office-task-source", {
        Own = "own",
        Incoming = "incoming",
        Plan = "plan",
        Meeting = "meeting",
    }
}

choice! {
    State, "office-task-state", {
        Open = "open",
        /// The main doer says that it is done; whoever gave it looks.
        Reported = "reported",
        Done = "done",
        Cancelled = "cancelled",
    }
}

// What a recipient has to do with it.
choice! {
    Duty, "office-duty", {
        Main = "main",
        Co = "co",
        Inform = "inform",
    }
}

choice! {
    Happened, "office-task-happened", {
        Assigned = "assigned",
        Acknowledged = "acknowledged",
        Progress = "progress",
        PartDone = "part-done",
        Reported = "reported",
        Accepted = "accepted",
        Returned = "returned",
        ExtensionAsked = "extension-asked",
        Extended = "extended",
        NotExtended = "not-extended",
        Cancelled = "cancelled",
        Reminded = "reminded",
        Escalated = "escalated",
    }
}

choice! {
    Answer, "office-extension", {
        Waiting = "waiting",
        Granted = "granted",
        Refused = "refused",
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Task {
    pub id: Uuid,
    /// `NV-12/2026`
    pub code: String,
    pub source: Source,
    pub source_id: Option<Uuid>,
    pub parent_id: Option<Uuid>,
    pub title: String,
    pub body: String,
    pub urgency: i64,
    pub assigned_by: Uuid,
    pub assigned_at: DateTime<Utc>,
    pub due_at: Option<DateTime<Utc>>,
    pub state: State,
    pub ended_at: Option<DateTime<Utc>>,
}

impl Task {
    pub fn path(&self) -> String {
        format!("/lam-viec/nhiem-vu/{}", self.id)
    }

    pub fn open(&self) -> bool {
        matches!(self.state, State::Open | State::Reported)
    }

    /// Late, while it is open or as it ended.
    pub fn late(&self, now: DateTime<Utc>) -> bool {
        self.due_at.is_some_and(|due| due < self.ended_at.unwrap_or(now))
    }

    pub fn badge(&self, now: DateTime<Utc>) -> (Status, &'static str) {
        match self.state {
            State::Open if self.late(now) => (Status::Late, "office-task-late"),
            State::Open => (Status::Active, self.state.text_key()),
            State::Reported => (Status::Waiting, self.state.text_key()),
            State::Done if self.late(now) => (Status::Done, "office-task-done-late"),
            State::Done => (Status::Done, self.state.text_key()),
            State::Cancelled => (Status::Off, self.state.text_key()),
        }
    }
}

/// What one recipient has of a task.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Part {
    pub task_id: Uuid,
    pub account_id: Uuid,
    pub duty: Duty,
    pub open: bool,
    pub delivered_at: DateTime<Utc>,
    pub seen_at: Option<DateTime<Utc>>,
    pub acknowledged_at: Option<DateTime<Utc>>,
    pub progress: i64,
    pub done_at: Option<DateTime<Utc>>,
    /// `link` or `app`.
    pub seen_via: Option<String>,
    /// When this recipient asked for a personal link.
    pub link_asked_at: Option<DateTime<Utc>>,
}

impl Part {
    pub fn seen_by_link(&self) -> bool {
        self.seen_via.as_deref() == Some("link")
    }

    /// The furthest that this recipient came, in words and colour.
    pub fn badge(&self) -> (Status, &'static str) {
        if self.done_at.is_some() {
            (Status::Done, "office-part-done")
        } else if self.acknowledged_at.is_some() {
            (Status::Active, "office-part-acknowledged")
        } else if self.seen_at.is_some() {
            (Status::Waiting, "office-part-seen")
        } else {
            (Status::Soon, "office-part-delivered")
        }
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Event {
    pub id: Uuid,
    pub what: Happened,
    pub words: String,
    pub by_id: Option<Uuid>,
    pub progress: Option<i64>,
    pub until: Option<DateTime<Utc>>,
    pub at: DateTime<Utc>,
    /// `link` or `app`.
    pub via: Option<String>,
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Evidence {
    pub id: Uuid,
    pub event_id: Uuid,
    pub file_id: Uuid,
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Extension {
    pub id: Uuid,
    pub asked_by: Uuid,
    pub until: DateTime<Utc>,
    pub reason: String,
    pub state: Answer,
}
