//! A document that was made public.

use chrono::{DateTime, NaiveDate, Utc};
use platform::Uuid;
use sea_orm::FromQueryResult;

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Disclosure {
    pub id: Uuid,
    /// A column of the data.
    pub topic: String,
    pub title: String,
    pub summary: String,
    pub symbol: String,
    pub issued_on: Option<NaiveDate>,
    /// The last day of the period that it is about.
    pub period_end: Option<NaiveDate>,
    /// The last day on which a draft waits for words.
    pub open_until: Option<NaiveDate>,
    pub published_at: DateTime<Utc>,
    pub published_on: NaiveDate,
    pub published_by: Uuid,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub withdrawn_why: String,
    pub revision: i64,
}

impl Disclosure {
    pub fn path(&self) -> String {
        format!("{}/{}", super::PATH, self.id)
    }

    pub fn work_path(&self) -> String {
        format!("{}/{}", super::WORK, self.id)
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Attached {
    /// The file itself.
    pub id: Uuid,
    pub name: String,
    pub size: i64,
}
