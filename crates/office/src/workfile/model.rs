//! A work file, what it holds, and the lists with which files go to the archive.

use chrono::{DateTime, NaiveDate, Utc};
use platform::{Uuid, choice};
use sea_orm::FromQueryResult;
use ui::Status;

choice! {
    State, "office-workfile-state", {
        Open = "open",
        /// The work is over; it waits for the archive.
        Closed = "closed",
        /// It stands in a list of transfer.
        Offered = "offered",
        Archived = "archived",
        /// Its term was over; what it held is gone by a decision.
        Destroyed = "destroyed",
    }
}

choice! {
    Kind, "office-workfile-kind", {
        Incoming = "incoming",
        Outgoing = "outgoing",
        Task = "task",
        /// A file of its own: an opinion, a picture, minutes.
        File = "file",
        /// A sheet of paper in a folder: what makes the file not wholly electronic.
        Paper = "paper",
    }
}

choice! {
    Happened, "office-workfile-happened", {
        Opened = "opened",
        Added = "added",
        Removed = "removed",
        Changed = "changed",
        HandedOver = "handed-over",
        Closed = "closed",
        Reopened = "reopened",
        Offered = "offered",
        TakenBack = "taken-back",
        Archived = "archived",
        /// A stamp of secrecy was read in something that was put in, so it was taken out.
        Secret = "secret",
        /// It stands in a decision to destroy it, and no longer does.
        ToDestroy = "to-destroy",
        Spared = "spared",
        Destroyed = "destroyed",
    }
}

choice! {
    Moving, "office-transfer-state", { Made = "made", Received = "received", Dropped = "dropped" }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct WorkFile {
    pub id: Uuid,
    /// `05.TH/2026`
    pub code: String,
    pub year: i64,
    pub heading: String,
    pub title: String,
    pub term: String,
    pub keeper_id: Uuid,
    pub state: State,
    pub opened_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
    /// What came of the work, said when it was closed.
    pub note: String,
    pub transfer_id: Option<Uuid>,
    pub revision: i64,
}

impl WorkFile {
    pub fn path(&self) -> String {
        format!("{}/{}", super::PATH, self.id)
    }

    pub fn badge(&self) -> Status {
        match self.state {
            State::Open => Status::Active,
            State::Closed | State::Offered => Status::Waiting,
            State::Archived => Status::Done,
            State::Destroyed => Status::Off,
        }
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Item {
    pub id: Uuid,
    pub file_id: Uuid,
    pub kind: Kind,
    pub object_id: Uuid,
    pub title: String,
    pub symbol: String,
    pub author: String,
    pub dated: Option<NaiveDate>,
    pub pages: Option<i64>,
    /// The folder or shelf of a sheet of paper.
    pub place: String,
    pub added_by: Uuid,
    pub added_at: DateTime<Utc>,
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Event {
    pub what: Happened,
    pub words: String,
    pub by_id: Option<Uuid>,
    pub at: DateTime<Utc>,
}

/// A list of transfer (mục lục hồ sơ nộp lưu).
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Transfer {
    pub id: Uuid,
    /// `NL-01/2026`
    pub code: String,
    pub state: Moving,
    pub made_by: Uuid,
    pub made_at: DateTime<Utc>,
    pub ended_by: Option<Uuid>,
    pub ended_at: Option<DateTime<Utc>>,
    pub note: String,
    pub revision: i64,
}

impl Transfer {
    pub fn path(&self) -> String {
        format!("{}/{}", super::transfer::PATH, self.id)
    }

    pub fn badge(&self) -> Status {
        match self.state {
            Moving::Made => Status::Waiting,
            Moving::Received => Status::Done,
            Moving::Dropped => Status::Off,
        }
    }
}
