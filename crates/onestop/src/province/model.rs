//! A file that was taken in, a row of it, what becomes of the row.

use crate::dossier::{Dossier, Status};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use platform::{Message, Uuid, clock};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use vnsheet::Mapping;

/// Which sheet is read, what its columns mean, and their first values for the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Plan {
    pub sheet: usize,
    pub mapping: Mapping,
    pub samples: Vec<Vec<String>>,
}

/// A file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Take {
    pub id: Uuid,
    pub file_id: Uuid,
    pub file_name: String,
    pub digest: String,
    pub plan: Plan,
    /// A person has said what the columns mean.
    pub mapped: bool,
    /// The moment that the file tells of.
    pub as_of: DateTime<Utc>,
    pub counts: Counts,
    pub applied: i64,
    pub account_id: Option<Uuid>,
    pub uploaded_at: DateTime<Utc>,
}

/// What became of the rows of a file when it was compared first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub new: i64,
    pub changed: i64,
    pub same: i64,
    pub older: i64,
    pub wrong: i64,
}

impl FromQueryResult for Take {
    fn from_query_result(row: &sea_orm::QueryResult, pre: &str) -> Result<Take, sea_orm::DbErr> {
        let plan: serde_json::Value = row.try_get(pre, "plan")?;
        Ok(Take {
            id: row.try_get(pre, "id")?,
            file_id: row.try_get(pre, "file_id")?,
            file_name: row.try_get(pre, "file_name")?,
            digest: row.try_get(pre, "digest")?,
            plan: serde_json::from_value(plan).map_err(|wrong| sea_orm::DbErr::Json(wrong.to_string()))?,
            mapped: row.try_get(pre, "mapped")?,
            as_of: row.try_get(pre, "as_of")?,
            counts: Counts {
                new: row.try_get(pre, "new_count")?,
                changed: row.try_get(pre, "changed_count")?,
                same: row.try_get(pre, "same_count")?,
                older: row.try_get(pre, "older_count")?,
                wrong: row.try_get(pre, "wrong_count")?,
            },
            applied: row.try_get(pre, "applied_count")?,
            account_id: row.try_get(pre, "account_id")?,
            uploaded_at: row.try_get(pre, "uploaded_at")?,
        })
    }
}

impl Take {
    pub fn path(&self) -> String {
        format!("/lam-viec/doi-chieu/{}", self.id)
    }
}

/// A day, with the hour where the file has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    pub day: NaiveDate,
    pub time: Option<NaiveTime>,
}

impl When {
    /// The moment; a day alone is over at `close`.
    pub fn at(self, close: impl FnOnce(NaiveDate) -> DateTime<Utc>) -> DateTime<Utc> {
        match self.time {
            Some(time) => clock::start_of_day(self.day) + (time - NaiveTime::MIN),
            None => close(self.day),
        }
    }
}

/// The last moment of a day.
pub(super) fn day_over(day: NaiveDate) -> DateTime<Utc> {
    clock::end_of_day(day) - chrono::Duration::seconds(1)
}

/// A dossier as the file tells it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Row {
    pub number: u32,
    pub code: String,
    pub procedure: String,
    pub procedure_name: String,
    pub status: Option<Status>,
    pub applicant: String,
    pub person_number: String,
    pub phone: String,
    pub address: String,
    pub request: String,
    pub receiver: String,
    pub received: Option<When>,
    pub due: Option<When>,
    pub ended: Option<When>,
    pub updated: Option<When>,
    /// Why it cannot be used.
    pub wrong: Vec<Message>,
}

/// What the province told before, and was taken over.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Known {
    pub code: String,
    pub dossier_id: Uuid,
    pub status: Status,
    pub due_at: Option<DateTime<Utc>>,
    pub receiver: String,
    pub told_at: DateTime<Utc>,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    New,
    Changed,
    Same,
    /// It differs, but what stands here is newer.
    Older,
    Wrong,
}

/// A row beside what stands here.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub row: Row,
    pub fate: Fate,
    pub ours: Option<Dossier>,
    /// Who has it here.
    pub our_receiver: String,
    /// When it stood so there.
    pub at: DateTime<Utc>,
    /// The promised moment of the file.
    pub due: Option<DateTime<Utc>>,
    /// The national code of a procedure in force, of a dossier that is new.
    pub procedure: String,
}

impl Line {
    /// What the tick box sends: the code, and how the dossier stood when it was shown.
    pub fn ticket(&self) -> String {
        format!("{}|{}", self.row.code, self.ours.as_ref().map_or(0, |one| one.revision))
    }

    pub fn is_open(&self) -> bool {
        matches!(self.fate, Fate::New | Fate::Changed)
    }
}

impl Counts {
    pub fn of(lines: &[Line]) -> Counts {
        let count =
            |fate| i64::try_from(lines.iter().filter(|line| line.fate == fate).count()).unwrap_or(i64::MAX);
        Counts {
            new: count(Fate::New),
            changed: count(Fate::Changed),
            same: count(Fate::Same),
            older: count(Fate::Older),
            wrong: count(Fate::Wrong),
        }
    }
}
