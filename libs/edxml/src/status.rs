use crate::{Organ, Response, Signature, Staff};
use chrono::NaiveDateTime;
use serde::Serialize;

/// What became of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Who says so: the receiver of the document; for [`StatusCode::AskedBack`] its sender.
    pub from: Organ,
    /// The document, with its original sender as `organ` (for [`StatusCode::AskedBack`] its receiver).
    pub response: Response,
    /// Who answers questions.
    pub staff: Staff,
    /// What became of it.
    pub code: StatusCode,
    /// In words, as the reason of a refusal.
    pub description: String,
    /// When.
    pub at: NaiveDateTime,
    /// The signature over the XML, if there is one.
    pub signature: Option<Signature>,
}

/// The nine statuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusCode {
    /// 01: the receiving system has it.
    Arrived,
    /// 02: refused.
    Refused,
    /// 03: entered in the register.
    Received,
    /// 04: a leader assigned it.
    Assigned,
    /// 05: in work.
    InWork,
    /// 06: finished.
    Done,
    /// 13: the sender asks to take it back.
    AskedBack,
    /// 15: the receiver agrees to taking back or updating.
    Agreed,
    /// 16: the receiver does not.
    Declined,
}

impl StatusCode {
    /// All nine.
    pub const ALL: [StatusCode; 9] = [
        StatusCode::Arrived,
        StatusCode::Refused,
        StatusCode::Received,
        StatusCode::Assigned,
        StatusCode::InWork,
        StatusCode::Done,
        StatusCode::AskedBack,
        StatusCode::Agreed,
        StatusCode::Declined,
    ];

    /// The two digits on the wire.
    pub fn digits(self) -> &'static str {
        match self {
            StatusCode::Arrived => "01",
            StatusCode::Refused => "02",
            StatusCode::Received => "03",
            StatusCode::Assigned => "04",
            StatusCode::InWork => "05",
            StatusCode::Done => "06",
            StatusCode::AskedBack => "13",
            StatusCode::Agreed => "15",
            StatusCode::Declined => "16",
        }
    }

    /// By the digits on the wire; a missing zero in front is forgiven.
    pub fn parse(text: &str) -> Option<StatusCode> {
        StatusCode::ALL.into_iter().find(|code| {
            code.digits() == text || (text.len() == 1 && code.digits().strip_prefix('0') == Some(text))
        })
    }
}
