//! An address for a group, a personal link, a bound phone.

use chrono::{DateTime, Utc};
use platform::Uuid;
use sea_orm::FromQueryResult;

/// The address of a directive in a group.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Share {
    pub task_id: Uuid,
    pub code: String,
}

impl Share {
    pub fn path(&self) -> String {
        format!("/g/{}", self.code)
    }
}

/// A personal link, and the phone that used it.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Phone {
    pub id: Uuid,
    pub account_id: Uuid,
    pub task_id: Uuid,
    pub link_sealed: String,
    pub link_until: DateTime<Utc>,
    pub phone_hash: Option<String>,
    /// Browser and system in two words.
    pub device: String,
    pub bound_at: Option<DateTime<Utc>>,
    pub bound_until: Option<DateTime<Utc>>,
    pub used_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// What has become of a personal link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It waits for its phone.
    Waits,
    /// Nobody used it in time.
    Expired,
    Bound,
    /// The time of the phone is over.
    Over,
    /// Somebody ended it.
    Ended,
}

impl Phone {
    pub fn standing(&self, now: DateTime<Utc>) -> Standing {
        if self.ended_at.is_some() {
            return Standing::Ended;
        }
        match self.bound_until {
            Some(until) if until > now => Standing::Bound,
            Some(_) => Standing::Over,
            None if self.link_until > now => Standing::Waits,
            None => Standing::Expired,
        }
    }

    /// The link may be sent, or a phone is bound: no new one is needed.
    pub fn serves(&self, now: DateTime<Utc>) -> bool {
        matches!(self.standing(now), Standing::Waits | Standing::Bound)
    }
}
