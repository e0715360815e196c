//! A talk with somebody outside, and what was said in it.

use crate::channel::Channel;
use crate::channel::model::Problem;
use chrono::{DateTime, Utc};
use platform::{T, Uuid, choice};
use sea_orm::FromQueryResult;
use ui::Status;

choice! {
    Way, "voice-way", {
        /// Under a post of the page: everybody reads it.
        Comment = "comment",
        /// Between the two alone.
        Message = "message",
    }
}

choice! {
    Side, "voice-side", { Heard = "in", Said = "out" }
}

choice! {
    /// How an answer goes out.
    How, "voice-how", {
        /// Under the comment, where everybody reads it.
        Comment = "comment",
        /// A message to whoever wrote the comment.
        Private = "private",
        Message = "message",
    }
}

choice! {
    LineState, "voice-state", { Heard = "heard", Waiting = "waiting", Sent = "sent", Failed = "failed" }
}

choice! {
    /// What came along and is not taken in.
    Beside, "voice-beside", { Sound = "sound", Film = "film", File = "file", Link = "link" }
}

choice! {
    PictureState, "voice-picture", { Waiting = "waiting", Kept = "kept", Refused = "refused" }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Talk {
    pub id: Uuid,
    pub channel: Channel,
    pub way: Way,
    pub(in crate::channel) person: String,
    /// As the firm names them; `""` where it does not say.
    pub name: String,
    pub begun_at: DateTime<Utc>,
    /// When this person last wrote.
    pub last_at: DateTime<Utc>,
    pub erased_at: Option<DateTime<Utc>>,
}

impl Talk {
    /// The first letter of each word of the name: enough to tell two people in a list apart.
    pub fn masked(&self, t: T) -> String {
        if self.name.is_empty() {
            return t.t("voice-nameless");
        }
        let word = |word: &str| word.chars().next().map(|first| format!("{first}•••")).unwrap_or_default();
        self.name.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
    }

    /// The name and the number that the firm gave: for a recorded look.
    pub fn who(&self) -> String {
        let parts = [self.name.as_str(), self.person.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// The way of an answer that nobody chose.
    pub fn usual(&self) -> How {
        match self.way {
            Way::Comment => How::Comment,
            Way::Message => How::Message,
        }
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Line {
    pub id: Uuid,
    pub talk_id: Uuid,
    pub channel: Channel,
    pub(in crate::channel) external_id: Option<String>,
    pub side: Side,
    pub how: Option<How>,
    pub(in crate::channel) about: String,
    pub body: String,
    pub beside: Option<Beside>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub said_at: DateTime<Utc>,
    pub changed_at: Option<DateTime<Utc>>,
    pub deleted_at: Option<DateTime<Utc>>,
    /// The officer who wrote it; nobody for what the program says by itself.
    pub by_id: Option<Uuid>,
    pub state: LineState,
    pub(in crate::channel) problem: String,
    pub(in crate::channel) tries: i64,
    pub next_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
}

impl Line {
    /// Why it did not go out, in words; `""` when it did.
    pub fn problem(&self, t: T) -> String {
        if self.problem.is_empty() { String::new() } else { Problem::words(t, &self.problem) }
    }

    pub fn status(&self) -> Status {
        match self.state {
            LineState::Heard => Status::Info,
            LineState::Waiting => Status::Waiting,
            LineState::Sent => Status::Done,
            LineState::Failed => Status::Late,
        }
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Picture {
    pub id: Uuid,
    pub line_id: Uuid,
    pub talk_id: Uuid,
    pub(in crate::channel) url: String,
    pub state: PictureState,
    pub file_id: Option<Uuid>,
    pub(in crate::channel) tries: i64,
}

/// Until when the firm lets us write, if it sets an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub until: Option<DateTime<Utc>>,
    pub open: bool,
}

/// What was heard, as every firm's notice is read.
#[derive(Debug, Clone)]
pub struct Heard {
    pub channel: Channel,
    pub way: Way,
    pub person: String,
    pub name: String,
    pub thread: String,
    pub external: String,
    pub body: String,
    pub beside: Option<Beside>,
    pub point: Option<(f64, f64)>,
    /// Addresses of pictures.
    pub pictures: Vec<String>,
    pub said_at: DateTime<Utc>,
}

/// What a notice says has happened to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Said,
    /// The words are others now.
    Changed(DateTime<Utc>),
    /// Its writer took it away.
    Gone(DateTime<Utc>),
}
