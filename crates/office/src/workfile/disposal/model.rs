//! A decision to destroy work files.

use chrono::{DateTime, NaiveDate, Utc};
use platform::{Uuid, choice};
use sea_orm::FromQueryResult;

choice! {
    State, "office-disposal-state", { Decided = "decided", Done = "done", Dropped = "dropped" }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Disposal {
    pub id: Uuid,
    pub decision_no: String,
    pub decided_on: NaiveDate,
    pub signer: String,
    pub state: State,
    pub made_by: Uuid,
    pub made_at: DateTime<Utc>,
    pub ended_by: Option<Uuid>,
    pub ended_at: Option<DateTime<Utc>>,
    pub revision: i64,
}

impl Disposal {
    pub fn path(&self) -> String {
        format!("{}/{}", super::PATH, self.id)
    }

    pub fn badge(&self) -> ui::Status {
        match self.state {
            State::Decided => ui::Status::Waiting,
            State::Done => ui::Status::Done,
            State::Dropped => ui::Status::Off,
        }
    }
}

/// What is said of a decision.
#[derive(Debug, Clone, Default)]
pub(super) struct Deciding {
    pub number: String,
    pub on: Option<NaiveDate>,
    pub signer: String,
    pub files: Vec<Uuid>,
}
