//! A message to many, its copies, and what came of handing one over.

use chrono::{DateTime, Utc};
use platform::{Error, T, Uuid, choice};
use sea_orm::FromQueryResult;
use ui::Status;

choice! {
    Channel, "channel-name", {
        /// The inbox: always.
        App = "app",
        /// A notice of the browser while no page is open.
        Push = "push",
        Email = "email",
        Zalo = "zalo",
        /// A post of the commune's page: one for everybody.
        Facebook = "facebook",
    }
}

choice! {
    /// What sort of message it is: somebody chooses for each how to be told.
    #[derive(Default)]
    Sort, "channel-sort", {
        /// To many.
        #[default]
        Notice = "notice",
        /// A letter about somebody's own matter.
        Matter = "matter",
        /// To everybody, whatever they chose.
        Emergency = "emergency",
    }
}

choice! {
    State, "channel-state", {
        Waiting = "waiting",
        Sent = "sent",
        Delivered = "delivered",
        Read = "read",
        Failed = "failed",
        /// The person has no address there.
        None = "none",
        /// The person does not want it this way.
        Unwanted = "unwanted",
    }
}

impl State {
    pub fn status(self) -> Status {
        match self {
            State::Waiting => Status::Waiting,
            State::Sent | State::Delivered => Status::Active,
            State::Read => Status::Done,
            State::Failed => Status::Late,
            State::None | State::Unwanted => Status::Off,
        }
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Bulletin {
    pub id: Uuid,
    pub sort: Sort,
    pub title: String,
    pub body: String,
    pub link: String,
    pub sent_by: Option<Uuid>,
    pub sent_at: DateTime<Utc>,
    pub people: i64,
}

impl Bulletin {
    /// Where it is followed.
    pub fn path(&self) -> String {
        format!("{}/{}", super::PATH, self.id)
    }

    /// Where its recipients read it.
    pub fn read_path(&self) -> String {
        format!("/lam-viec/hop-thu/thong-bao/{}", self.id)
    }
}

/// What one person has of it through one channel.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Copy {
    pub id: Uuid,
    pub bulletin_id: Uuid,
    pub account_id: Uuid,
    pub channel: Channel,
    pub state: State,
    pub problem: String,
    pub tries: i64,
    pub next_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    pub delivered_at: Option<DateTime<Utc>>,
    pub read_at: Option<DateTime<Utc>>,
}

/// A copy was handed over.
#[derive(Debug, Default)]
pub(super) struct Handed {
    /// The other firm's number of it.
    pub external: Option<String>,
}

/// Why it was not.
#[derive(Debug)]
pub(super) enum Failed {
    /// The person has no address there.
    NoAddress,
    /// The line is cut, or the other side is busy: later.
    Later(Problem),
    /// It says no: a person looks at it.
    Refused(Problem),
    Ours(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Failed {
        Failed::Ours(error)
    }
}

impl From<platform::call::Silence> for Failed {
    fn from(silence: platform::call::Silence) -> Failed {
        Failed::Later(Problem::new("channel-problem-away", silence.0))
    }
}

/// A key of the locales, and what the other side said.
#[derive(Debug, Clone)]
pub(super) struct Problem(String);

impl Problem {
    pub fn new(key: &'static str, detail: impl std::fmt::Display) -> Problem {
        let detail: String = detail.to_string().chars().filter(|c| !c.is_control()).take(200).collect();
        Problem(format!("{key}: {detail}"))
    }

    pub fn stored(&self) -> &str {
        &self.0
    }

    /// What stands in the table, in words.
    pub fn words(t: T, stored: &str) -> String {
        let (key, detail) = stored.split_once(": ").unwrap_or((stored, ""));
        let words = if t.has(key) { t.t(key) } else { key.to_owned() };
        if detail.is_empty() { words } else { format!("{words} ({detail})") }
    }
}
