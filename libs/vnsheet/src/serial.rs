//! Excel's day numbers.

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};

const SECONDS_PER_DAY: f64 = 86_400.0;

/// The moment that a day number stands for; `None` outside the years that Excel knows.
///
/// Day 1 is 1900-01-01, and day 60 is the 29 February 1900 that Excel invented, read as 1 March; in the
/// 1904 calendar day 0 is 1904-01-01.
pub(crate) fn moment(serial: f64, date_1904: bool) -> Option<NaiveDateTime> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let days = serial.floor();
    let (epoch, days) = match (date_1904, days as u64) {
        (true, n) => (NaiveDate::from_ymd_opt(1904, 1, 1)?, n),
        (false, 0) => return None,
        (false, n @ 1..=59) => (NaiveDate::from_ymd_opt(1899, 12, 31)?, n),
        (false, n) => (NaiveDate::from_ymd_opt(1899, 12, 30)?, n.max(61)),
    };
    let seconds = ((serial - serial.floor()) * SECONDS_PER_DAY).round() as i64;
    let day = epoch.checked_add_days(Days::new(days))?.and_time(chrono::NaiveTime::MIN);
    day.checked_add_signed(TimeDelta::seconds(seconds))
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn both_calendars() {
        let day = |serial, old| moment(serial, old).map(|m| m.date().to_string());
        assert_eq!(day(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(day(59.0, false).as_deref(), Some("1900-02-28"));
        assert_eq!(day(61.0, false).as_deref(), Some("1900-03-01"));
        assert_eq!(day(45_307.0, false).as_deref(), Some("2024-01-16"));
        assert_eq!(day(45_307.0 - 1462.0, true).as_deref(), Some("2024-01-16"));
        assert_eq!(day(0.0, true).as_deref(), Some("1904-01-01"));
        for wrong in [0.5, -1.0, 3e6, f64::NAN, f64::INFINITY] {
            assert_eq!(day(wrong, false), None);
        }
    }
}
