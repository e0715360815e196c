//! What a plan is.

use super::store::Item;
use chrono::{DateTime, NaiveDate, Utc};
use platform::{Uuid, choice};
use sea_orm::FromQueryResult;

// What it is to the commune; figures tell of the pilot and of the resolutions.
choice! {
    PlanKind, "office-plan-kind", {
        Plan = "plan",
        Pilot = "pilot",
        Resolution = "resolution",
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Plan {
    pub id: Uuid,
    pub kind: PlanKind,
    pub title: String,
    /// Number and symbol of the document: `263/KH-UBND`.
    pub symbol: String,
    pub issued_on: Option<NaiveDate>,
    pub first_year: Option<i64>,
    pub last_year: Option<i64>,
    pub made_by: Uuid,
    pub made_at: DateTime<Utc>,
}

impl Plan {
    pub fn path(&self) -> String {
        format!("{}/{}", super::PATH, self.id)
    }

    /// Its number, where it has one; else its title.
    pub fn name(&self) -> &str {
        if self.symbol.is_empty() { &self.title } else { &self.symbol }
    }
}

/// Where the lines that stand under the one at `at` end.
pub(super) fn end(items: &[Item], at: usize) -> usize {
    let below = items[at + 1..].iter().position(|item| item.depth <= items[at].depth);
    below.map_or(items.len(), |n| at + 1 + n)
}
