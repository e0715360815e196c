//! A line of the plan, and the days on which it is aired.

use crate::law::DAY;
use crate::programme::{Form, State};
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use platform::Uuid;
use platform::clock::start_of_day;
use sea_orm::FromQueryResult;
use std::collections::BTreeSet;

/// A line of the plan with what its programme is.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Slot {
    pub id: Uuid,
    pub programme_id: Uuid,
    pub from_on: NaiveDate,
    /// None: until further notice.
    pub to_on: Option<NaiveDate>,
    /// Bit 0 is Monday.
    pub weekdays: i64,
    /// Second of the day.
    pub starts: i64,
    /// Seconds.
    pub length: i64,
    pub(crate) villages: String,
    pub priority: bool,
    pub revision: i64,
    pub title: String,
    pub kind: String,
    pub origin: String,
    pub form: Form,
    pub state: State,
}

/// A day without it.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct Skip {
    pub slot_id: Uuid,
    pub day: NaiveDate,
    pub reason: String,
}

/// One airing.
#[derive(Debug, Clone)]
pub(crate) struct Line<'s> {
    pub slot: &'s Slot,
    pub day: NaiveDate,
    pub at: DateTime<Utc>,
    /// Why it is not aired on this day.
    pub off: Option<&'s str>,
}

impl Slot {
    pub fn path(&self) -> String {
        format!("{}/lich/{}", crate::WORK, self.id)
    }

    /// The villages that hear it; empty is all of them.
    pub fn villages(&self) -> BTreeSet<Uuid> {
        self.villages.split(',').filter_map(|id| id.parse().ok()).collect()
    }

    /// Whether it is in the plan of this day, skipped or not.
    pub fn on(&self, day: NaiveDate) -> bool {
        day >= self.from_on
            && self.to_on.is_none_or(|to| day <= to)
            && self.weekdays >> day.weekday().num_days_from_monday() & 1 == 1
    }

    /// Only once.
    pub fn once(&self) -> bool {
        self.to_on == Some(self.from_on)
    }

    pub fn ends(&self) -> i64 {
        self.starts + self.length
    }

    /// Whether two lines claim one village at one time with the same right: of relays the own plan takes over, of two own programmes
    /// neither. `Some` is the first day on which they meet, no further than a year ahead.
    pub fn meets(&self, other: &Slot, today: NaiveDate) -> Option<NaiveDate> {
        let relay = |slot: &Slot| slot.form == Form::Relay;
        let (mine, theirs) = (self.villages(), other.villages());
        let apart = !mine.is_empty() && !theirs.is_empty() && mine.is_disjoint(&theirs);
        if apart || relay(self) != relay(other) || self.priority != other.priority {
            return None;
        }
        let from = self.from_on.max(other.from_on).max(today);
        let days = (0..366).map(|ahead| from + Duration::days(ahead));
        // Over midnight it meets what begins early on the next day.
        let clash = |mine: &Slot, theirs: &Slot, day: NaiveDate, ahead: i64| {
            mine.on(day)
                && theirs.on(day + Duration::days(ahead))
                && mine.starts < theirs.ends() + ahead * DAY
                && theirs.starts + ahead * DAY < mine.ends()
        };
        days.into_iter().find(|day| {
            clash(self, other, *day, 0) || clash(self, other, *day, 1) || clash(other, self, *day, 1)
        })
    }
}

/// What a plan has on a day, by its time.
pub(crate) fn lines<'s>(slots: &'s [Slot], skips: &'s [Skip], day: NaiveDate) -> Vec<Line<'s>> {
    let line = |slot: &'s Slot| Line {
        slot,
        day,
        at: start_of_day(day) + Duration::seconds(slot.starts),
        off: skips
            .iter()
            .find(|skip| skip.slot_id == slot.id && skip.day == day)
            .map(|skip| skip.reason.as_str()),
    };
    let mut all: Vec<Line> = slots.iter().filter(|slot| slot.on(day)).map(line).collect();
    all.sort_by_key(|line| (line.at, line.slot.id));
    all
}

/// What somebody typed.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub programme: Option<Uuid>,
    pub from_on: Option<NaiveDate>,
    pub to_on: Option<NaiveDate>,
    /// Days of the week, 1 is Monday; nothing: once.
    pub weekdays: Vec<u8>,
    /// `05:30`
    pub starts: String,
    /// Minutes; for a recording its own length when left out.
    pub minutes: Option<i64>,
    /// Nothing: the whole commune.
    pub villages: Vec<Uuid>,
    pub priority: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn slot(weekdays: i64, starts: i64, length: i64) -> Slot {
        Slot {
            id: Uuid::from_u128(1),
            programme_id: Uuid::from_u128(2),
            from_on: day("2026-03-09"),
            to_on: None,
            weekdays,
            starts,
            length,
            villages: String::new(),
            priority: false,
            revision: 1,
            title: String::new(),
            kind: String::new(),
            origin: String::new(),
            form: Form::Sound,
            state: State::Approved,
        }
    }

    #[test]
    fn a_line_comes_again_on_its_weekdays() {
        let slot = slot(0b000_0101, 0, 60);
        assert!(slot.on(day("2026-03-09")) && slot.on(day("2026-03-11")) && !slot.on(day("2026-03-10")));
        assert!(!slot.on(day("2026-03-04")), "before it begins");
    }

    #[test]
    fn lines_meet_where_time_days_and_villages_do() {
        let (a, today) = (slot(0b111_1111, 18_000, 1_800), day("2026-03-10"));
        let meets = |b: &Slot| a.meets(b, today);
        assert_eq!(meets(&slot(0b111_1111, 19_799, 60)), Some(today));
        assert_eq!(meets(&slot(0b111_1111, 19_800, 60)), None, "one after the other");
        assert_eq!(meets(&slot(0b000_0001, 18_000, 60)), Some(day("2026-03-16")), "on the next Monday");
        assert_eq!(
            meets(&Slot { form: Form::Relay, ..slot(0b111_1111, 18_000, 60) }),
            None,
            "a relay gives way"
        );
        let village = |n: u128| format!(",{},", Uuid::from_u128(n));
        let there = |n| Slot { villages: village(n), ..slot(0b111_1111, 18_000, 60) };
        assert_eq!(meets(&there(5)), Some(today), "the whole commune holds every village");
        assert_eq!(there(5).meets(&there(6), today), None);
        let over = Slot { to_on: Some(day("2026-03-09")), ..slot(0b111_1111, 18_000, 60) };
        assert_eq!(meets(&over), None, "what is over meets nothing");
    }

    #[test]
    fn what_goes_over_midnight_meets_the_next_day() {
        let late = slot(0b000_0001, DAY - 600, 1_200);
        let early = slot(0b000_0010, 300, 60);
        assert_eq!(late.meets(&early, day("2026-03-09")), Some(day("2026-03-09")));
        assert_eq!(early.meets(&late, day("2026-03-09")), Some(day("2026-03-09")));
        assert_eq!(late.meets(&slot(0b000_0010, 600, 60), day("2026-03-09")), None);
    }
}
