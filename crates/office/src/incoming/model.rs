//! An incoming document, and what happened to it.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use platform::{Uuid, choice};
use sea_orm::FromQueryResult;
use ui::Status;

// Where an incoming document stands.
choice! {
    State, "office-incoming-state", {
        /// Here, and not yet in the book.
        Arrived = "arrived",
        /// In the book; nobody has been charged with it.
        Registered = "registered",
        /// Somebody works on it.
        Directed = "directed",
        /// Settled, or noted where nothing is to be done.
        Done = "done",
        /// Sent back with a reason.
        Refused = "refused",
        /// The sender took it back.
        Recalled = "recalled",
    }
}

// By which door it came.
choice! {
    Channel, "office-channel", {
        Upload = "upload",
        Mail = "mail",
        Edxml = "edxml",
    }
}

// What happened.
choice! {
    Happened, "office-incoming-happened", {
        Arrived = "arrived",
        Registered = "registered",
        Corrected = "corrected",
        Directed = "directed",
        Noted = "noted",
        Done = "done",
        Reopened = "reopened",
        Refused = "refused",
        Recalled = "recalled",
    }
}

// Whether the words of a file were read.
choice! {
    TextState, "office-text", {
        /// From the text that the file carries.
        Read = "read",
        /// From the picture of its pages.
        Recognised = "recognised",
        /// Still to be done in the background.
        Waiting = "waiting",
        /// There are none, or they could not be read.
        None = "none",
    }
}

/// What is written in the book about a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    pub sender_name: String,
    /// `15`
    pub number: String,
    /// `QĐ-UBND`
    pub notation: String,
    pub issued_on: Option<NaiveDate>,
    pub kind: String,
    pub subject: String,
    pub signer_name: String,
    pub signer_position: String,
    /// 0 ordinary to 3 most urgent.
    pub urgency: i64,
    /// When the sender wants an answer.
    pub due_on: Option<NaiveDate>,
    pub page_count: Option<i64>,
}

impl Facts {
    /// `15/QĐ-UBND`
    pub fn symbol(&self) -> String {
        match (self.number.as_str(), self.notation.as_str()) {
            ("", notation) => notation.to_owned(),
            (number, "") => number.to_owned(),
            (number, notation) => format!("{number}/{notation}"),
        }
    }

    /// By what a second copy is known: number, notation and sender without case and marks, and the year.
    pub fn likeness(&self) -> String {
        let year = self.issued_on.map(|day| day.year().to_string()).unwrap_or_default();
        format!("{} {} {year}", vntext::fold(&self.symbol()), vntext::fold(&self.sender_name))
    }
}

#[derive(Debug, Clone)]
pub struct Incoming {
    pub id: Uuid,
    pub state: State,
    pub book: Option<String>,
    pub year: Option<i64>,
    pub arrival_number: Option<i64>,
    pub arrived_at: DateTime<Utc>,
    pub registered_at: Option<DateTime<Utc>>,
    pub registered_by: Option<Uuid>,
    pub channel: Channel,
    pub external_id: Option<String>,
    pub sender_code: String,
    pub facts: Facts,
    /// Why it was sent back or taken back.
    pub reason: String,
    pub ended_at: Option<DateTime<Utc>>,
    pub revision: i64,
}

impl FromQueryResult for Incoming {
    fn from_query_result(row: &sea_orm::QueryResult, pre: &str) -> Result<Incoming, sea_orm::DbErr> {
        Ok(Incoming {
            id: row.try_get(pre, "id")?,
            state: row.try_get(pre, "state")?,
            book: row.try_get(pre, "book")?,
            year: row.try_get(pre, "year")?,
            arrival_number: row.try_get(pre, "arrival_number")?,
            arrived_at: row.try_get(pre, "arrived_at")?,
            registered_at: row.try_get(pre, "registered_at")?,
            registered_by: row.try_get(pre, "registered_by")?,
            channel: row.try_get(pre, "channel")?,
            external_id: row.try_get(pre, "external_id")?,
            sender_code: row.try_get(pre, "sender_code")?,
            facts: Facts {
                sender_name: row.try_get(pre, "sender_name")?,
                number: row.try_get(pre, "number")?,
                notation: row.try_get(pre, "notation")?,
                issued_on: row.try_get(pre, "issued_on")?,
                kind: row.try_get(pre, "kind")?,
                subject: row.try_get(pre, "subject")?,
                signer_name: row.try_get(pre, "signer_name")?,
                signer_position: row.try_get(pre, "signer_position")?,
                urgency: row.try_get(pre, "urgency")?,
                due_on: row.try_get(pre, "due_on")?,
                page_count: row.try_get(pre, "page_count")?,
            },
            reason: row.try_get(pre, "reason")?,
            ended_at: row.try_get(pre, "ended_at")?,
            revision: row.try_get(pre, "revision")?,
        })
    }
}

impl Incoming {
    pub fn path(&self) -> String {
        format!("/lam-viec/van-ban-den/{}", self.id)
    }

    /// What it is called in a list: its subject, or the name of its file's sender while nobody has read it.
    pub fn title(&self) -> &str {
        if self.facts.subject.is_empty() { &self.facts.sender_name } else { &self.facts.subject }
    }

    pub fn badge(&self) -> Status {
        match self.state {
            State::Arrived => Status::Waiting,
            State::Registered => Status::Soon,
            State::Directed => Status::Waiting,
            State::Done => Status::Done,
            State::Refused | State::Recalled => Status::Off,
        }
    }
}

/// A file of a document.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct FileLine {
    pub id: Uuid,
    pub file_id: Uuid,
    pub text_state: TextState,
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Event {
    pub what: Happened,
    pub words: String,
    pub by_id: Option<Uuid>,
    pub at: DateTime<Utc>,
}
