//! When a festival is held: each year by the lunar calendar, each year by the solar one, or once.

use chrono::{Datelike, Duration, NaiveDate};
use serde::{Deserialize, Serialize};
use vncal::LunarDate;

/// The rule. `days` counts the first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "lowercase")]
pub enum Dates {
    /// Day and month of the lunar year, in the ordinary month and never in the leap one.
    Lunar {
        day: u8,
        month: u8,
        days: u8,
    },
    Solar {
        day: u8,
        month: u8,
        days: u8,
    },
    Once {
        from: NaiveDate,
        until: NaiveDate,
    },
}

/// The festival of one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The year of the rule: by the lunar rule the lunar year, which may begin or end in a neighbouring solar one.
    pub year: i32,
    pub from: NaiveDate,
    pub until: NaiveDate,
}

impl Turn {
    /// Its first day by the lunar calendar.
    pub fn lunar(&self) -> Option<LunarDate> {
        vncal::lunar(self.from)
    }

    fn of(year: i32, from: NaiveDate, days: u8) -> Turn {
        Turn { year, from, until: from + Duration::days(i64::from(days.max(1)) - 1) }
    }
}

impl Dates {
    pub const WORDS: [&'static str; 3] = ["lunar", "solar", "once"];

    pub fn word(&self) -> &'static str {
        match self {
            Dates::Lunar { .. } => "lunar",
            Dates::Solar { .. } => "solar",
            Dates::Once { .. } => "once",
        }
    }

    /// The festival of a year of the rule.
    pub fn turn(&self, year: i32) -> Option<Turn> {
        match *self {
            Dates::Lunar { day, month, days } => {
                let on = |day| vncal::solar(LunarDate { day, month, leap: false, year });
                // A month of 29 days has no 30th: it is held on the last day.
                let from = on(day).or_else(|| on(29).filter(|_| day == 30))?;
                Some(Turn::of(year, from, days))
            }
            Dates::Solar { day, month, days } => {
                let on = |day| NaiveDate::from_ymd_opt(year, u32::from(month), day);
                let from = on(u32::from(day)).or_else(|| on(28).filter(|_| (day, month) == (29, 2)))?;
                Some(Turn::of(year, from, days))
            }
            Dates::Once { from, until } => (from.year() == year).then_some(Turn { year, from, until }),
        }
    }

    /// All that are not over on a day, for so many years of the rule, the nearest first.
    pub fn turns(&self, day: NaiveDate, years: i32) -> Vec<Turn> {
        let first = day.year() - 1;
        let last = match self {
            Dates::Once { from, .. } => from.year().max(first + 1),
            _ => first + years + 1,
        };
        let turns = (first..=last).filter_map(|year| self.turn(year)).filter(|turn| turn.until >= day);
        turns.take(usize::try_from(years.max(1)).unwrap_or(1)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_eighth_of_the_first_lunar_month() {
        let rule = Dates::Lunar { day: 8, month: 1, days: 2 };
        // Tết was on 17/02/2026 and is on 06/02/2027.
        let turns = rule.turns(day("2026-03-10"), 2);
        assert_eq!(turns[0], Turn { year: 2027, from: day("2027-02-13"), until: day("2027-02-14") });
        assert_eq!(turns.len(), 2);
        assert_eq!(rule.turns(day("2026-02-25"), 1)[0].from, day("2026-02-24"), "its second day is today");
        let first = turns[0].lunar().unwrap();
        assert_eq!((first.day, first.month, first.leap), (8, 1, false));
    }

    #[test]
    fn the_last_day_of_a_short_lunar_year_and_a_leap_month() {
        // Lunar year 2025 has a second sixth month, and its twelfth month has 29 days.
        let tet = Dates::Lunar { day: 30, month: 12, days: 1 };
        assert_eq!(tet.turn(2025).unwrap().from, day("2026-02-16"));
        let june = Dates::Lunar { day: 1, month: 6, days: 1 };
        assert_eq!(june.turn(2025).unwrap().from, day("2025-06-25"));
    }

    #[test]
    fn every_year_by_the_solar_calendar_and_once() {
        let rule = Dates::Solar { day: 29, month: 2, days: 1 };
        assert_eq!(rule.turn(2027).unwrap().from, day("2027-02-28"));
        assert_eq!(rule.turn(2028).unwrap().from, day("2028-02-29"));
        let new_year = Dates::Solar { day: 31, month: 12, days: 3 };
        assert_eq!(new_year.turns(day("2026-01-02"), 1)[0].year, 2025, "it is still held");
        let once = Dates::Once { from: day("2027-05-01"), until: day("2027-05-03") };
        assert_eq!(once.turns(day("2026-03-10"), 3).len(), 1);
        assert!(once.turns(day("2027-05-04"), 3).is_empty());
    }
}
