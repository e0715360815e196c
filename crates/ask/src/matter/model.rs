//! Something that residents are asked.

use chrono::NaiveDate;
use platform::{T, Uuid, choice};
use sea_orm::FromQueryResult;
use ui::{Html, Status};

pub(crate) const PATH: &str = "/hoi-dan";
pub(crate) const WORK: &str = "/lam-viec/hoi-dan";

choice! {
    Kind, "ask-kind", {
        Poll = "poll",
        /// A text on which words are welcome.
        Draft = "draft",
        /// Works of a village, chosen by its households.
        Works = "works",
    }
}

choice! {
    State, "ask-state", {
        /// Nobody but those who prepare it sees it.
        Preparing = "preparing",
        Out = "out",
        /// Counted, or answered.
        Done = "done",
        Cancelled = "cancelled",
    }
}

choice! {
    /// Who answers a poll.
    Who, "ask-who", { Resident = "resident", Anybody = "anybody" }
}

choice! {
    /// When everybody sees the numbers of a poll.
    Shown, "ask-shown", { Live = "live", End = "end" }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Matter {
    pub id: Uuid,
    pub kind: Kind,
    pub title: String,
    pub about: String,
    pub who: Who,
    pub shown: Shown,
    pub budget: i64,
    pub picks: i64,
    pub state: State,
    pub from_on: NaiveDate,
    pub until_on: NaiveDate,
    /// Its day has come: residents were told, the roll was taken.
    pub opened: bool,
    pub given: i64,
    pub roll: i64,
    pub seal: String,
    pub why: String,
    pub done_on: Option<NaiveDate>,
    pub revision: i64,
}

/// How it stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Preparing,
    Planned,
    Open,
    /// Its last day is over; somebody or a job has to count or to answer.
    Over,
    Done,
    Cancelled,
}

impl Standing {
    fn word(self) -> (Status, &'static str) {
        match self {
            Standing::Preparing => (Status::Off, "ask-standing-preparing"),
            Standing::Planned => (Status::Waiting, "ask-standing-planned"),
            Standing::Open => (Status::Active, "ask-standing-open"),
            Standing::Over => (Status::Soon, "ask-standing-over"),
            Standing::Done => (Status::Done, "ask-standing-done"),
            Standing::Cancelled => (Status::Off, "ask-standing-cancelled"),
        }
    }

    /// It may still be edited.
    pub fn ahead(self) -> bool {
        matches!(self, Standing::Preparing | Standing::Planned)
    }
}

impl Matter {
    pub(crate) fn standing(&self, today: NaiveDate) -> Standing {
        match self.state {
            State::Preparing => Standing::Preparing,
            State::Cancelled => Standing::Cancelled,
            State::Done => Standing::Done,
            State::Out if today < self.from_on => Standing::Planned,
            State::Out if today <= self.until_on => Standing::Open,
            // Nothing is left to do for a poll.
            State::Out if self.kind == Kind::Poll => Standing::Done,
            State::Out => Standing::Over,
        }
    }

    pub(crate) fn badge(&self, t: T, today: NaiveDate) -> Html {
        let (status, word) = self.standing(today).word();
        status.badge(&t.t(word))
    }

    pub fn path(&self) -> String {
        match self.kind {
            Kind::Poll => format!("{PATH}/{}", self.id),
            Kind::Draft => format!("{PATH}/gop-y/{}", self.id),
            Kind::Works => format!("{PATH}/cong-trinh/{}", self.id),
        }
    }

    pub(crate) fn work_path(&self) -> String {
        format!("{WORK}/{}", self.id)
    }

    /// "01/03/2026 – 15/03/2026"
    pub(crate) fn days(&self, t: T) -> String {
        format!("{} – {}", t.date(self.from_on), t.date(self.until_on))
    }
}

/// What somebody typed who asks.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    pub title: String,
    pub about: String,
    /// None: the whole commune.
    pub villages: Vec<Uuid>,
    pub who: Option<Who>,
    pub shown: Option<Shown>,
    pub budget: Option<i64>,
    pub picks: Option<i64>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}
