//! The one source of time. Rules take `now` from the context, so tests can set the day.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Vietnam keeps UTC+7 all year, so the offset is a constant and no time-zone database is needed.
pub fn vietnam() -> FixedOffset {
    FixedOffset::east_opt(7 * 3600).expect("7 hours is a valid offset")
}

/// Where "now" comes from: the machine, or a number that a test moves.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    #[default]
    System,
    /// Microseconds since the epoch.
    Fake(Arc<AtomicI64>),
}

impl Clock {
    pub fn fake(at: DateTime<Utc>) -> Clock {
        Clock::Fake(Arc::new(AtomicI64::new(at.timestamp_micros())))
    }

    /// The moment, cut to microseconds because PostgreSQL keeps no more: equal on both engines.
    #[allow(clippy::disallowed_methods)] // the one place that reads the machine's clock
    pub fn now(&self) -> DateTime<Utc> {
        let micros = match self {
            Clock::System => Utc::now().timestamp_micros(),
            Clock::Fake(micros) => micros.load(Ordering::SeqCst),
        };
        DateTime::from_timestamp_micros(micros).expect("the clock shows a year below 262000")
    }

    /// The calendar day in Vietnam; it ends at 24:00 there.
    pub fn today(&self) -> NaiveDate {
        local_date(self.now())
    }

    /// Moves a fake clock forward. The system clock cannot be moved: then nothing happens.
    pub fn advance(&self, by: chrono::Duration) {
        if let Clock::Fake(micros) = self {
            micros.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::SeqCst);
        }
    }
}

/// The day in Vietnam on which a moment falls.
pub fn local_date(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&vietnam()).date_naive()
}

/// The first moment of a day in Vietnam.
pub fn start_of_day(day: NaiveDate) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN);
    vietnam().from_local_datetime(&local).single().expect("a fixed offset has no gaps").to_utc()
}

/// The moment at which a day in Vietnam is over.
pub fn end_of_day(day: NaiveDate) -> DateTime<Utc> {
    start_of_day(day.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX))
}

/// The `valid_to` of what is still in force.
pub fn forever() -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).expect("a valid date")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_at_midnight_in_vietnam() {
        let clock = Clock::fake("2025-06-30T16:59:59Z".parse().unwrap());
        assert_eq!(clock.today().to_string(), "2025-06-30");
        clock.advance(chrono::Duration::seconds(1));
        assert_eq!(clock.today().to_string(), "2025-07-01");
        assert_eq!(end_of_day("2025-06-30".parse().unwrap()), clock.now());
    }
}
