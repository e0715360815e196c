//! An entry of the leaders' week.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use platform::Uuid;
use sea_orm::FromQueryResult;

#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Entry {
    pub id: Uuid,
    pub starts_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
    pub what: String,
    pub place: String,
    /// Who presides or goes.
    pub chair: String,
    pub attendees: String,
    pub changed_at: DateTime<Utc>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub revision: i64,
}

/// The Monday of the week of a day.
pub(crate) fn monday(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

/// So many weeks later or earlier.
pub(crate) fn weeks(monday: NaiveDate, count: i64) -> NaiveDate {
    monday.checked_add_signed(chrono::Duration::weeks(count)).unwrap_or(monday)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_its_monday() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for same in ["2026-03-09", "2026-03-10", "2026-03-15"] {
            assert_eq!(monday(day(same)), day("2026-03-09"), "{same}");
        }
        assert_eq!(weeks(day("2026-12-28"), 1), day("2027-01-04"));
    }
}
