//! A complaint.

use chrono::{DateTime, Utc};
use platform::{Uuid, choice};
use sea_orm::FromQueryResult;

choice! {
    Kind, "onestop-complaint-kind", {
        Late = "late",
        AskedTwice = "asked-twice",
        Fee = "wrong-fee",
        Attitude = "attitude",
        Decision = "wrong-decision",
    }
}

choice! {
    State, "onestop-complaint-state", { Open = "open", Answered = "answered", Withdrawn = "withdrawn" }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Complaint {
    pub id: Uuid,
    pub dossier_id: Uuid,
    pub kind: Kind,
    pub body: String,
    pub state: State,
    /// Whoever sent it; `None` for what came by code and digits.
    pub account_id: Option<Uuid>,
    /// The officer who had the dossier then.
    pub about_id: Option<Uuid>,
    pub sent_at: DateTime<Utc>,
    pub due_at: DateTime<Utc>,
    pub answer: String,
    /// The commune apologises that it took too long.
    pub apology: bool,
    pub answered_by: Option<Uuid>,
    pub ended_at: Option<DateTime<Utc>>,
    /// How its sender found the answer: 1 unsatisfied, 2 satisfied, 3 very satisfied.
    pub rating: Option<i64>,
    pub revision: i64,
}

impl Complaint {
    /// Its page for the leaders.
    pub fn path(&self) -> String {
        format!("/lam-viec/khieu-nai/{}", self.id)
    }

    pub fn open(&self) -> bool {
        self.state == State::Open
    }

    pub fn badge(&self, now: DateTime<Utc>) -> (ui::Status, &'static str) {
        match self.state {
            State::Open if self.due_at < now => (ui::Status::Late, "onestop-complaint-late"),
            State::Open => (ui::Status::Waiting, self.state.text_key()),
            State::Answered => (ui::Status::Done, self.state.text_key()),
            State::Withdrawn => (ui::Status::Off, self.state.text_key()),
        }
    }
}
