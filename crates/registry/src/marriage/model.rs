//! What a marriage is to the registry.

use chrono::NaiveDate;
use platform::Uuid;
use platform::choice;
use sea_orm::FromQueryResult;
use serde::Serialize;

choice! {
    /// How a marriage ended.
    Ended, "registry-marriage-ended", { Divorce = "divorce", Death = "death" }
}

/// One marriage.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult, Serialize)]
pub struct Marriage {
    pub id: Uuid,
    pub husband_id: Option<Uuid>,
    /// As they were called on the day; `""` once they were made nameless.
    pub husband_name: String,
    pub wife_id: Option<Uuid>,
    pub wife_name: String,
    pub on_date: NaiveDate,
    /// The number of the certificate.
    pub act_number: String,
    /// From this day on it no longer holds.
    pub ended_on: Option<NaiveDate>,
    pub ended_reason: Option<Ended>,
    pub source: String,
    pub ended_source: String,
}

impl Marriage {
    pub fn stands(&self) -> bool {
        self.ended_on.is_none()
    }

    /// The other one of a person: id, when the registry has them, and name.
    pub fn spouse_of(&self, person: Uuid) -> (Option<Uuid>, &str) {
        if self.husband_id == Some(person) {
            (self.wife_id, &self.wife_name)
        } else {
            (self.husband_id, &self.husband_name)
        }
    }

    pub fn is_of(&self, person: Uuid) -> bool {
        self.husband_id == Some(person) || self.wife_id == Some(person)
    }
}

/// One of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// A person of the registry.
    Here(Uuid),
    /// The name of somebody who lives in another commune.
    Elsewhere(String),
}

/// A marriage to be recorded.
#[derive(Debug, Clone)]
pub struct NewMarriage {
    pub husband: Side,
    pub wife: Side,
    pub on_date: NaiveDate,
    pub act_number: String,
    pub source: String,
}
