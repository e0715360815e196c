//! A number, and what may become of it.

use chrono::{DateTime, NaiveDate, Utc};
use platform::{Uuid, choice};
use sea_orm::FromQueryResult;

choice! {
    State, "onestop-ticket", { Waiting = "waiting", Called = "called", Served = "served", Absent = "absent" }
}

choice! {
    /// What is written into the story of a number.
    Happened, "onestop-ticket-event", {
        Drawn = "drawn", Called = "called", Again = "again", Served = "served", Absent = "absent", Moved = "moved",
        Back = "back",
    }
}

/// What an officer does with one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Again,
    Serve,
    Absent,
    Move,
    Back,
}

impl Act {
    /// The word in addresses.
    pub fn parse(word: &str) -> Option<Act> {
        match word {
            "goi-lai" => Some(Act::Again),
            "xong" => Some(Act::Serve),
            "vang" => Some(Act::Absent),
            "chuyen" => Some(Act::Move),
            "vao-lai" => Some(Act::Back),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Ticket {
    pub id: Uuid,
    pub day: NaiveDate,
    pub series: String,
    pub number: i64,
    /// "A012"
    pub label: String,
    pub group_key: String,
    /// `""` for the ordinary line.
    pub priority: String,
    /// The hour of an appointment.
    pub due_at: Option<DateTime<Utc>>,
    pub state: State,
    /// `""` while nobody called it.
    pub counter: String,
    pub calls: i64,
    pub put_back: i64,
    pub drawn_at: DateTime<Utc>,
    pub since: DateTime<Utc>,
    pub called_at: Option<DateTime<Utc>>,
    pub last_called_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub revision: i64,
}

impl Ticket {
    /// Comes before the ordinary line: for a reason of priority, or because its hour was agreed.
    pub fn is_first(&self) -> bool {
        !self.priority.is_empty() || self.due_at.is_some()
    }

    /// Its hour has not come yet.
    pub fn is_early(&self, now: DateTime<Utc>) -> bool {
        self.due_at.is_some_and(|due| due > now)
    }

    /// What its place in the line is counted from.
    pub fn turn(&self) -> DateTime<Utc> {
        self.due_at.map_or(self.since, |due| due.max(self.since))
    }

    /// Minutes until the first call; an appointment waits from its hour on.
    pub fn waited(&self) -> Option<i64> {
        let from = self.due_at.map_or(self.drawn_at, |due| due.max(self.drawn_at));
        self.called_at.map(|called| (called - from).num_minutes().max(0))
    }

    pub fn path(&self) -> String {
        format!("/lay-so/{}", self.id)
    }
}
