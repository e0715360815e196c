//! What an outgoing document is.

use chrono::{DateTime, NaiveDate, Utc};
use platform::{Uuid, choice};
use sea_orm::{DbErr, FromQueryResult, QueryResult, TryGetError, TryGetable};
use serde::{Deserialize, Serialize};

choice! {
    State, "office-outgoing-state", {
        Drafting = "drafting",
        Reviewing = "reviewing",
        /// The leader sent it back.
        Returned = "returned",
        Approved = "approved",
        /// It has its number and day; the signature is still missing.
        Numbered = "numbered",
        Issued = "issued",
        Recalled = "recalled",
        Replaced = "replaced",
    }
}

choice! {
    Happened, "office-outgoing-happened", {
        Submitted = "submitted",
        Commented = "commented",
        Returned = "returned",
        Approved = "approved",
        Numbered = "numbered",
        /// By the leader; the seal follows.
        Signed = "signed",
        Issued = "issued",
        Recalled = "recalled",
        Replaced = "replaced",
        /// Its successor was begun.
        Succeeded = "succeeded",
    }
}

choice! {
    /// How far it is on its way to one recipient. What the interconnection axis says comes after `Waiting`.
    Delivery, "office-outgoing-delivery", {
        /// To be sent over the axis.
        Waiting = "waiting",
        /// Paper, or a line that names no agency.
        ByHand = "by-hand",
        Handed = "handed",
        Sent = "sent",
        Arrived = "arrived",
        Refused = "refused",
        Received = "received",
        Assigned = "assigned",
        Working = "working",
        Done = "done",
        Recalled = "recalled",
        Replaced = "replaced",
        /// Asked to give it back, the receiver said no.
        Kept = "kept",
        Failed = "failed",
    }
}

/// What the drafter writes. Lists have one entry on each line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Draft {
    pub issuer: String,
    pub kind: String,
    pub subject: String,
    pub to: String,
    pub grounds: String,
    pub body: String,
    /// What follows on pages of its own, each begun by a line `Phụ lục`.
    pub appendices: String,
    pub receivers: String,
    /// The page on its side, for wide tables that are no appendix.
    pub landscape: bool,
    /// The stamp that says who may read it; empty for none.
    pub circulation: String,
    /// 0 ordinary, 1 to 3 as the stamps of the decree.
    pub urgency: i64,
    /// The field or unit in the symbol of a công văn.
    pub field: String,
    /// The drafter's symbol and how many copies are made.
    pub mark: String,
    pub copies: i64,
    /// The role that signs.
    pub signer: String,
    pub reply_to: Option<Uuid>,
}

impl TryGetable for Draft {
    fn try_get_by<I: sea_orm::ColIdx>(row: &QueryResult, at: I) -> Result<Draft, TryGetError> {
        let value: serde_json::Value = TryGetable::try_get_by(row, at)?;
        serde_json::from_value(value).map_err(|wrong| DbErr::Json(wrong.to_string()).into())
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Document {
    pub id: Uuid,
    pub issuer: String,
    pub kind: String,
    /// The file of kinds with which it was begun.
    pub kinds_from: NaiveDate,
    pub state: State,
    pub subject: String,
    pub content: Draft,
    pub version: i64,
    pub signer_role: String,
    pub reply_to: Option<Uuid>,
    pub drafted_by: Uuid,
    pub drafted_at: DateTime<Utc>,
    pub signer_id: Option<Uuid>,
    pub signer_name: String,
    pub approved_at: Option<DateTime<Utc>>,
    pub book: String,
    pub year: Option<i64>,
    pub number: Option<i64>,
    /// With the sign before it: `/QĐ-UBND`.
    pub symbol: String,
    pub numbered_at: Option<DateTime<Utc>>,
    pub issued_at: Option<DateTime<Utc>>,
    pub file_id: Option<Uuid>,
    pub digest: String,
    pub replaces: Option<Uuid>,
    pub replaced_by: Option<Uuid>,
    pub recalled_at: Option<DateTime<Utc>>,
    pub recall_reason: String,
    pub updated_at: DateTime<Utc>,
    pub revision: i64,
}

impl Document {
    /// `15/QĐ-UBND`; empty without a number.
    pub fn full_number(&self) -> String {
        let number = self.number.map(typeset::decree30::number);
        number.map(|number| format!("{number}{}", self.symbol)).unwrap_or_default()
    }

    pub fn path(&self) -> String {
        format!("/lam-viec/van-ban-di/{}", self.id)
    }

    /// The name of its file without the ending.
    pub fn file_stem(&self) -> String {
        match self.full_number() {
            number if number.is_empty() => format!("du-thao-{}", self.version),
            number => number.replace(['/', ' '], "-"),
        }
    }

    /// The drafter may write on it.
    pub fn open(&self) -> bool {
        matches!(self.state, State::Drafting | State::Returned)
    }

    /// The leader's signature is on it, the seal is not.
    pub fn to_be_sealed(&self) -> bool {
        self.state == State::Numbered && self.file_id.is_some()
    }

    /// How it stands, in words.
    pub fn stand(&self) -> &'static str {
        if self.to_be_sealed() { "office-outgoing-state-signed" } else { self.state.text_key() }
    }

    pub fn badge(&self) -> ui::Status {
        match self.state {
            State::Drafting | State::Reviewing | State::Approved | State::Numbered => ui::Status::Waiting,
            State::Returned => ui::Status::Soon,
            State::Issued => ui::Status::Done,
            State::Recalled | State::Replaced => ui::Status::Off,
        }
    }
}

/// A save.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Version {
    pub serial: i64,
    pub content: Draft,
    pub account_id: Uuid,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Event {
    pub happened: Happened,
    pub account_id: Option<Uuid>,
    pub version: i64,
    pub note: String,
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(crate) struct Recipient {
    pub serial: i64,
    pub name: String,
    pub code: String,
    pub delivery: Delivery,
    pub note: String,
    pub at: DateTime<Utc>,
}

/// A line of "Kính gửi" or "Nơi nhận": the name, and the agency's code when one stands in brackets at its end.
pub(crate) fn addressed(line: &str) -> (String, String) {
    let line = line.trim().trim_start_matches("- ").trim_end_matches([';', '.', ',']).trim();
    let inside = line.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
    match inside {
        Some((name, code)) if is_code(code.trim()) => (name.trim().to_owned(), code.trim().to_owned()),
        _ => (line.to_owned(), String::new()),
    }
}

/// As codes of agencies look: `H38.12`, `000.00.10.H38`.
fn is_code(code: &str) -> bool {
    !code.is_empty()
        && code.len() <= 35
        && code.bytes().all(|b| b.is_ascii_alphanumeric() || b".-".contains(&b))
        && code.bytes().any(|b| b.is_ascii_digit())
}

/// Everybody to whom the paper goes, each once: the addressees, then the receivers but for what stays in the file.
pub(crate) fn recipients(draft: &Draft) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in draft.to.lines().chain(draft.receivers.lines()) {
        let (name, code) = addressed(line);
        let other = ["Lưu", "Như trên", "Như Điều"].iter().any(|start| name.starts_with(start));
        if name.is_empty() || other {
            continue;
        }
        let same =
            |(known, one): &&mut (String, String)| *known == name || (!code.is_empty() && *one == code);
        match all.iter_mut().find(same) {
            // Named twice, once with the code: that is the way it goes.
            Some((_, one)) if one.is_empty() => *one = code,
            Some(_) => {}
            None => all.push((name, code)),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_may_name_the_code_of_an_agency() {
        let both = |line: &str| addressed(line);
        assert_eq!(both("- UBND tỉnh Lào Cai [H38];"), ("UBND tỉnh Lào Cai".into(), "H38".into()));
        assert_eq!(both("Sở Nội vụ [000.00.04.H38]."), ("Sở Nội vụ".into(), "000.00.04.H38".into()));
        assert_eq!(both("Trưởng thôn [Soi Cờ]"), ("Trưởng thôn [Soi Cờ]".into(), String::new()));
        assert_eq!(both("[H38]"), (String::new(), "H38".into()));
    }

    #[test]
    fn everybody_gets_it_once() {
        let draft = Draft {
            to: "UBND tỉnh [H38];\nSở Nội vụ [000.00.04.H38]".into(),
            receivers: "Như trên;\nUBND tỉnh [H38] (b/c)\nTT Đảng ủy;\nUBND tỉnh [H38];\nLưu: VT".into(),
            ..Draft::default()
        };
        let names: Vec<String> = recipients(&draft).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["UBND tỉnh", "Sở Nội vụ", "UBND tỉnh [H38] (b/c)", "TT Đảng ủy"]);
        let twice =
            Draft { to: "UBND tỉnh".into(), receivers: "UBND tỉnh [H38]".into(), ..Draft::default() };
        assert_eq!(recipients(&twice), [("UBND tỉnh".to_owned(), "H38".to_owned())]);
    }
}
