//! What a visitor asked, and the answer.

use chrono::{DateTime, NaiveDate, Utc};
use platform::{Uuid, choice};
use sea_orm::FromQueryResult;
use ui::Status;

choice! {
    State, "tourism-request-state", {
        Asked = "asked",
        Answered = "answered",
        Closed = "closed",
    }
}

impl State {
    pub fn status(self) -> Status {
        match self {
            State::Asked => Status::Waiting,
            State::Answered => Status::Done,
            State::Closed => Status::Off,
        }
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Request {
    pub id: Uuid,
    pub code: String,
    pub place_id: Uuid,
    pub organisation_id: Option<Uuid>,
    pub name: String,
    pub phone: String,
    pub email: String,
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
    pub people: i64,
    pub words: String,
    pub english: bool,
    pub follow_hash: String,
    pub state: State,
    pub answer: String,
    pub answered_by: Option<Uuid>,
    pub answered_at: Option<DateTime<Utc>>,
    pub asked_at: DateTime<Utc>,
    pub delete_on: NaiveDate,
    pub revision: i64,
}

impl Request {
    pub fn work_path(&self) -> String {
        format!("{}/{}", super::WORK, self.id)
    }

    pub fn own_path(&self, follow: &str) -> String {
        format!("/hoi-cho/xem/{}?ma={follow}", self.code)
    }

    /// The last three digits: enough to tell two apart, too little to call.
    pub fn masked(&self) -> String {
        let digits: Vec<char> = self.phone.chars().filter(char::is_ascii_digit).collect();
        let last: String = digits.iter().skip(digits.len().saturating_sub(3)).collect();
        if last.is_empty() {
            "•••••••".to_owned()
        } else {
            format!("••••••• {last}")
        }
    }
}
