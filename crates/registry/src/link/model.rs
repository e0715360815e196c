use chrono::{DateTime, Utc};
use platform::{Uuid, choice};
use sea_orm::FromQueryResult;

choice! {
    /// How far a link is.
    State, "registry-link-state", {
        Asked = "asked", Linked = "linked", Refused = "refused", Undone = "undone",
    }
}

choice! {
    /// What the link stands on.
    Way, "registry-link-way", { Counter = "counter", Card = "card", Service = "service" }
}

/// A link, or the request for one.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Link {
    pub id: Uuid,
    pub account_id: Uuid,
    /// `None` when nobody in the registry is as on the card.
    pub person_id: Option<Uuid>,
    pub state: State,
    pub way: Way,
    pub asked_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
    pub decided_by: Option<Uuid>,
    pub reason: String,
    pub grant_id: Option<Uuid>,
}
