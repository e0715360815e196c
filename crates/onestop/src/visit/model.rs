//! An appointment.

use chrono::{DateTime, NaiveDate, Utc};
use platform::{Uuid, choice};
use sea_orm::FromQueryResult;
use ui::Status;

choice! {
    State, "onestop-visit-state", { Booked = "booked", Came = "came", Absent = "absent", Cancelled = "cancelled" }
}

impl State {
    pub fn badge(self) -> Status {
        match self {
            State::Booked => Status::Waiting,
            State::Came => Status::Done,
            State::Absent => Status::Soon,
            State::Cancelled => Status::Off,
        }
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Visit {
    pub id: Uuid,
    pub code: String,
    /// Of a procedure, or `khac`.
    pub procedure_code: String,
    pub person_id: Uuid,
    pub booked_by: Uuid,
    pub day: NaiveDate,
    pub starts_at: DateTime<Utc>,
    /// How many papers are brought; 0 where nobody said.
    pub papers: i64,
    pub state: State,
    /// Which of the person's open appointments for the procedure it is.
    pub hold: Option<i64>,
    pub ticket_id: Option<Uuid>,
    pub made_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    pub revision: i64,
}

impl Visit {
    pub fn path(&self) -> String {
        format!("/lich-hen/{}", self.id)
    }
}
