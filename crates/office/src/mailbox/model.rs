//! A mailbox of the commune, and the letters that came into it.

use chrono::{DateTime, NaiveDate, Utc};
use platform::{Ctx, Result, T, Uuid, choice};
use sea_orm::FromQueryResult;
use serde::Deserialize;
use std::sync::Arc;
use ui::Status;

use crate::incoming::TextState;

// How the line to the server is kept private.
choice! {
    Security, "office-mailbox-security", {
        Tls = "tls",
        Starttls = "starttls",
        /// Only to a server on this machine.
        Open = "none",
    }
}

// Why a mailbox cannot be read, as far as an administrator must tell it apart.
choice! {
    What, "office-mailbox-trouble", {
        /// Nobody answers under this name and port.
        Away = "away",
        /// It answers, and then not any more.
        Slow = "slow",
        /// The certificate is of another name.
        Name = "name",
        /// Nobody whom this machine trusts has signed the certificate.
        Untrusted = "untrusted",
        Expired = "expired",
        /// No secure line came about, for another reason.
        Secure = "secure",
        Password = "password",
        Folder = "folder",
        /// The server says something that is not understood.
        Answer = "answer",
    }
}

// Where a letter stands.
choice! {
    State, "office-mailbox-state", {
        /// It has documents, and the clerk decides.
        Waiting = "waiting",
        /// Nothing is attached that could be a document.
        Plain = "plain",
        /// A program wrote it: nobody answers it.
        Automatic = "automatic",
        /// It went into the incoming documents.
        Taken = "taken",
        Aside = "aside",
        /// The sender was answered.
        Refused = "refused",
    }
}

// By what a letter of a program is known.
choice! {
    Automatic, "office-mailbox-automatic", {
        /// It says so itself (Auto-Submitted, RFC 3834), or reports on the way of another letter.
        Said = "said",
        /// From a list or to very many.
        List = "list",
        /// One of our own came back.
        Own = "own",
        /// It names no address to which an answer could go.
        Nobody = "nobody",
    }
}

// Why a letter or a file was not read as it should be.
choice! {
    Problem, "office-mailbox-problem", {
        /// Too large: it stays in the mailbox, only its head was read.
        Large = "large",
        /// Parts within parts, or more of them than any letter has.
        Nested = "nested",
        /// In letters of a kind that is not known.
        Garbled = "garbled",
        /// It cannot be read as a letter at all.
        Unreadable = "unreadable",
        Kind = "kind",
        Program = "program",
        Archive = "archive",
        /// An archive that opens by a password only.
        Locked = "locked",
        Macros = "macros",
        /// It was damaged on its way.
        Damaged = "damaged",
        TooMany = "many",
        Edxml = "edxml",
    }
}

// What is answered.
choice! {
    Answering, "office-mailbox-answer", {
        Refused = "refused",
        Receipt = "receipt",
    }
}

choice! {
    Sent, "office-mailbox-sent", {
        Waiting = "waiting",
        Gone = "sent",
        Failed = "failed",
        /// It goes not by itself: too many to the same sender, or no mail server.
        Held = "held",
    }
}

/// What an administrator reads: which trouble, and the words of the other side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    pub what: What,
    pub detail: String,
}

impl Trouble {
    pub fn new(what: What, detail: impl std::fmt::Display) -> Trouble {
        let detail = detail.to_string().chars().filter(|c| !c.is_control()).take(200).collect();
        Trouble { what, detail }
    }

    pub fn stored(&self) -> String {
        format!("{}: {}", self.what.code(), self.detail)
    }

    /// What stands in the table, in words.
    pub fn words(t: T, stored: &str) -> String {
        let (code, detail) = stored.split_once(": ").unwrap_or((stored, ""));
        let words = What::parse(code).map(|what| t.t(what.text_key())).unwrap_or_default();
        if detail.is_empty() { words } else { format!("{words} ({detail})") }
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Mailbox {
    pub id: Uuid,
    pub name: String,
    /// Its own address, to which answers to our answers go.
    pub address: String,
    pub host: String,
    pub port: i64,
    pub security: Security,
    pub login: String,
    pub sealed: String,
    /// Certificates (PEM) that are trusted in place of the machine's; `""` for those.
    pub trust: String,
    pub folder: String,
    /// Where letters that were taken are moved to; `""` to leave and mark them.
    pub done_folder: String,
    /// Whether a sender is told the number under which a document was registered.
    pub receipts: bool,
    /// Older letters are left alone.
    pub since: NaiveDate,
    pub uid_validity: i64,
    pub last_uid: i64,
    pub looked_at: Option<DateTime<Utc>>,
    pub failed_since: Option<DateTime<Utc>>,
    pub problem: String,
    pub tries: i64,
    pub next_at: DateTime<Utc>,
    pub revision: i64,
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Letter {
    pub id: Uuid,
    pub mailbox_id: Uuid,
    pub uid_validity: i64,
    pub uid: i64,
    pub key: String,
    pub message_id: String,
    pub from_address: String,
    pub from_name: String,
    pub subject: String,
    /// What the sender's program says.
    pub sent_at: Option<DateTime<Utc>>,
    pub came_at: DateTime<Utc>,
    pub text: String,
    pub state: State,
    pub automatic: Option<Automatic>,
    pub problem: Option<Problem>,
    /// Files that may be documents.
    pub documents: i64,
    pub file_id: Option<Uuid>,
    pub reason: String,
    pub incoming_id: Option<Uuid>,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTime<Utc>>,
    pub revision: i64,
}

impl Letter {
    pub fn path(&self) -> String {
        format!("{}/{}", super::PATH, self.id)
    }

    /// Where it stands before anybody decided.
    pub fn undecided(&self) -> State {
        match (self.automatic, self.documents) {
            (Some(_), _) => State::Automatic,
            (None, 0) => State::Plain,
            (None, _) => State::Waiting,
        }
    }

    pub fn open(&self) -> bool {
        self.state == self.undecided()
    }

    /// The sender as one reads it.
    pub fn sender(&self) -> String {
        match (self.from_name.as_str(), self.from_address.as_str()) {
            ("", address) => address.to_owned(),
            (name, "") => name.to_owned(),
            (name, address) => format!("{name} <{address}>"),
        }
    }
}

impl State {
    pub fn status(self) -> Status {
        match self {
            State::Waiting => Status::Waiting,
            State::Plain => Status::Info,
            State::Automatic | State::Aside => Status::Off,
            State::Taken => Status::Done,
            State::Refused => Status::Soon,
        }
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Attachment {
    pub id: Uuid,
    pub name: String,
    pub file_id: Option<Uuid>,
    pub problem: Option<Problem>,
    pub text_state: TextState,
    pub text: String,
    pub pages: Option<i64>,
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Answer {
    pub id: Uuid,
    pub letter_id: Uuid,
    pub what: Answering,
    pub to_address: String,
    pub subject: String,
    pub body: String,
    pub state: Sent,
    pub tries: i64,
    pub next_at: DateTime<Utc>,
    pub problem: String,
    pub at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
}

/// `data/office-mailbox`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ways {
    domains: Vec<String>,
    pub largest_mb: usize,
    pub receipts_per_day: i64,
    pub code_hours: i64,
    pub code_tries: i64,
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
}

impl Ways {
    pub fn load(ctx: &Ctx) -> Result<Arc<Ways>> {
        Ok(ctx.app.law.in_force("office-mailbox", ctx.today())?.content)
    }

    /// Whether an address is of the common official mail.
    pub fn official(&self, address: &str) -> bool {
        let Some((_, host)) = address.rsplit_once('@') else { return false };
        let host = host.to_ascii_lowercase();
        let within = |domain: &String| host == *domain || host.ends_with(&format!(".{domain}"));
        self.domains.iter().any(within)
    }

    pub fn domains(&self) -> String {
        self.domains
            .iter()
            .filter(|domain| !domain.ends_with(".example"))
            .cloned()
            .collect::<Vec<_>>()
            .join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_its_whole_labels() {
        let ways: Ways = toml::from_str(include_str!("../../../../data/office-mailbox/2020-03-05.toml"))
            .expect("the file reads");
        for yes in ["a@gov.vn", "vt.xa@mail.laocai.GOV.VN", "a@giaphu.example"] {
            assert!(ways.official(yes), "{yes}");
        }
        for no in ["a@notgov.vn", "a@gov.vn.example", "gov.vn", "a@gmail.com", "a@gov.vn@x.example"] {
            assert!(!ways.official(no), "{no}");
        }
    }
}
