//! A decision to destroy, and what may be laid before those who decide.

use crate::dossier::Status;
use chrono::{DateTime, NaiveDate, Utc};
use platform::{Uuid, choice};
use sea_orm::FromQueryResult;

choice! {
    State, "onestop-disposal-state", { Decided = "decided", Done = "done", Dropped = "dropped" }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Disposal {
    pub id: Uuid,
    pub decision_no: String,
    pub decided_on: NaiveDate,
    pub signer: String,
    pub state: State,
    pub account_id: Uuid,
    pub made_at: DateTime<Utc>,
    pub ended_by: Option<Uuid>,
    pub ended_at: Option<DateTime<Utc>>,
    pub revision: i64,
}

impl Disposal {
    pub fn path(&self) -> String {
        format!("/lam-viec/luu-tru/{}", self.id)
    }

    pub fn badge(&self) -> ui::Status {
        match self.state {
            State::Decided => ui::Status::Waiting,
            State::Done => ui::Status::Done,
            State::Dropped => ui::Status::Off,
        }
    }
}

/// An ended dossier, without anything personal.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub(crate) struct Ended {
    pub id: Uuid,
    pub code: String,
    pub procedure_code: String,
    pub field: String,
    pub status: Status,
    pub ended_at: Option<DateTime<Utc>>,
    pub erased_at: Option<DateTime<Utc>>,
}

/// One whose time is over, with the last day on which it had to be kept.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Due {
    pub dossier: Ended,
    pub until: NaiveDate,
}

/// What is said of a decision.
#[derive(Debug, Clone, Default)]
pub(crate) struct Deciding {
    pub number: String,
    pub on: Option<NaiveDate>,
    pub signer: String,
    pub dossiers: Vec<Uuid>,
}
