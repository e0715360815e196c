//! What a dossier is.

use crate::form::model::Answers;
use crate::procedure::model::{Channel, StepRole};
use chrono::{DateTime, Utc};
use platform::{Uuid, choice};
use sea_orm::FromQueryResult;
use serde::Serialize;

/// The ten statuses that are exchanged with the national portal, under its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(into = "i64")]
pub enum Status {
    New = 1,
    Received = 2,
    NotReceived = 3,
    Processing = 4,
    /// The applicant was asked for something; the clock stands.
    Supplement = 5,
    /// The applicant must pay.
    Payment = 6,
    Withdrawn = 7,
    Stopped = 8,
    Processed = 9,
    Returned = 10,
}

impl Status {
    pub const ALL: [Status; 10] = [
        Status::New,
        Status::Received,
        Status::NotReceived,
        Status::Processing,
        Status::Supplement,
        Status::Payment,
        Status::Withdrawn,
        Status::Stopped,
        Status::Processed,
        Status::Returned,
    ];

    pub fn number(self) -> i64 {
        self as i64
    }

    pub fn of(number: i64) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.number() == number)
    }

    pub fn text_key(self) -> &'static str {
        [
            "onestop-status-1",
            "onestop-status-2",
            "onestop-status-3",
            "onestop-status-4",
            "onestop-status-5",
            "onestop-status-6",
            "onestop-status-7",
            "onestop-status-8",
            "onestop-status-9",
            "onestop-status-10",
        ][self as usize - 1]
    }

    /// Nothing more will happen to it but, for a processed one, its return.
    pub fn ended(self) -> bool {
        matches!(
            self,
            Status::NotReceived | Status::Withdrawn | Status::Stopped | Status::Processed | Status::Returned
        )
    }

    pub fn badge(self) -> ui::Status {
        match self {
            Status::New => ui::Status::Info,
            Status::Received | Status::Processing => ui::Status::Active,
            Status::Supplement | Status::Payment => ui::Status::Waiting,
            Status::Processed | Status::Returned => ui::Status::Done,
            Status::NotReceived | Status::Withdrawn | Status::Stopped => ui::Status::Off,
        }
    }
}

impl From<Status> for i64 {
    fn from(status: Status) -> i64 {
        status.number()
    }
}

impl From<Status> for sea_orm::Value {
    fn from(status: Status) -> sea_orm::Value {
        status.number().into()
    }
}

impl sea_orm::TryGetable for Status {
    fn try_get_by<I: sea_orm::ColIdx>(
        row: &sea_orm::QueryResult,
        at: I,
    ) -> Result<Status, sea_orm::TryGetError> {
        let number: i64 = sea_orm::TryGetable::try_get_by(row, at)?;
        Status::of(number).ok_or_else(|| sea_orm::DbErr::Type(format!("dossier status {number}")).into())
    }
}

choice! {
    /// Whose turn it is.
    Queue, "onestop-queue", {
        OneStop = "one-stop-officer",
        Specialist = "specialist",
        Leader = "leader",
        Citizen = "citizen",
        Nobody = "nobody",
    }
}

impl From<StepRole> for Queue {
    fn from(role: StepRole) -> Queue {
        match role {
            StepRole::OneStopOfficer => Queue::OneStop,
            StepRole::Specialist => Queue::Specialist,
            StepRole::Leader => Queue::Leader,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    pub id: Uuid,
    pub code: String,
    pub procedure_code: String,
    pub procedure_digest: String,
    pub field: String,
    pub channel: Channel,
    pub status: Status,
    /// The key of the step whose turn it is.
    pub step: String,
    pub queue: Queue,
    pub holder_id: Option<Uuid>,
    pub applicant_account_id: Option<Uuid>,
    pub applicant_person_id: Option<Uuid>,
    pub applicant_name: String,
    pub applicant_number: String,
    pub applicant_phone: String,
    /// Whom or what it is about, in a few words.
    pub subject: String,
    pub answers: Answers,
    /// Who filed it for somebody else.
    pub filed_by: Option<Uuid>,
    pub submitted_at: DateTime<Utc>,
    pub received_at: Option<DateTime<Utc>>,
    /// The promised moment.
    pub due_at: Option<DateTime<Utc>>,
    pub turn_at: DateTime<Utc>,
    pub stopped_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub returned_at: Option<DateTime<Utc>>,
    pub supplements: i64,
    pub extensions: i64,
    /// Why it was refused or stopped.
    pub reason: String,
    pub rating: Option<i64>,
    pub revision: i64,
}

impl FromQueryResult for Dossier {
    fn from_query_result(row: &sea_orm::QueryResult, pre: &str) -> Result<Dossier, sea_orm::DbErr> {
        let answers: serde_json::Value = row.try_get(pre, "answers")?;
        Ok(Dossier {
            id: row.try_get(pre, "id")?,
            code: row.try_get(pre, "code")?,
            procedure_code: row.try_get(pre, "procedure_code")?,
            procedure_digest: row.try_get(pre, "procedure_digest")?,
            field: row.try_get(pre, "field")?,
            channel: row.try_get(pre, "channel")?,
            status: row.try_get(pre, "status")?,
            step: row.try_get(pre, "step")?,
            queue: row.try_get(pre, "queue")?,
            holder_id: row.try_get(pre, "holder_id")?,
            applicant_account_id: row.try_get(pre, "applicant_account_id")?,
            applicant_person_id: row.try_get(pre, "applicant_person_id")?,
            applicant_name: row.try_get(pre, "applicant_name")?,
            applicant_number: row.try_get(pre, "applicant_number")?,
            applicant_phone: row.try_get(pre, "applicant_phone")?,
            subject: row.try_get(pre, "subject")?,
            answers: serde_json::from_value(answers)
                .map_err(|wrong| sea_orm::DbErr::Json(wrong.to_string()))?,
            filed_by: row.try_get(pre, "filed_by")?,
            submitted_at: row.try_get(pre, "submitted_at")?,
            received_at: row.try_get(pre, "received_at")?,
            due_at: row.try_get(pre, "due_at")?,
            turn_at: row.try_get(pre, "turn_at")?,
            stopped_at: row.try_get(pre, "stopped_at")?,
            ended_at: row.try_get(pre, "ended_at")?,
            returned_at: row.try_get(pre, "returned_at")?,
            supplements: row.try_get(pre, "supplements")?,
            extensions: row.try_get(pre, "extensions")?,
            reason: row.try_get(pre, "reason")?,
            rating: row.try_get(pre, "rating")?,
            revision: row.try_get(pre, "revision")?,
        })
    }
}

impl Dossier {
    /// Its page on the work side.
    pub fn path(&self) -> String {
        format!("/lam-viec/mot-cua/{}", self.id)
    }

    /// Its page for the applicant.
    pub fn own_path(&self) -> String {
        format!("/ho-so-cua-toi/{}", self.id)
    }

    pub fn last_digits(&self) -> &str {
        let from = self.applicant_number.len().saturating_sub(4);
        self.applicant_number.get(from..).unwrap_or_default()
    }
}
