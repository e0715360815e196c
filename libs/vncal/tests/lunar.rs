//! The lunar calendar against vectors, and its own consistency over two centuries.

use chrono::{Datelike, NaiveDate};
use vncal::{LunarDate, lunar, solar};

const VECTORS: &str = include_str!("lunar-vectors.csv");

fn on(day: u8, month: u8, year: i32) -> LunarDate {
    LunarDate { day, month, leap: false, year }
}

#[test]
fn every_vector_agrees() {
    let mut differing_from_china = 0;
    let rows = VECTORS.lines().filter(|l| !l.starts_with('#')).skip(1);
    for row in rows {
        let cells: Vec<&str> = row.split(',').collect();
        let year: i32 = cells[0].parse().unwrap();
        for (at, (day, month)) in [(1, (1, 1)), (3, (10, 3)), (4, (15, 7)), (5, (15, 8)), (6, (23, 12))] {
            let date: NaiveDate = cells[at].parse().unwrap();
            assert_eq!(solar(on(day, month, year)), Some(date), "{row}");
            assert_eq!(lunar(date), Some(on(day, month, year)), "{row}");
        }
        differing_from_china += usize::from(cells[1] != cells[7]);
    }
    assert_eq!(differing_from_china, 2); // 1985 and 2030; 2007 is below
}

/// In 2007 the new moon came after 23:00 in Vietnam, the next day in China.
#[test]
fn tet_of_2007_differs_from_china() {
    assert_eq!(solar(on(1, 1, 2007)), NaiveDate::from_ymd_opt(2007, 2, 17));
}

/// Leap months that are well known from printed calendars of Vietnam.
#[test]
fn leap_months() {
    for (year, month) in [
        (1984, None),
        (1985, Some(2)),
        (1987, Some(7)),
        (2001, Some(4)),
        (2004, Some(2)),
        (2006, Some(7)),
        (2009, Some(5)),
        (2012, Some(4)),
        (2014, Some(9)),
        (2017, Some(6)),
        (2020, Some(4)),
        (2023, Some(2)),
        (2024, None),
        (2025, Some(6)),
        (2026, None),
        (2028, Some(5)),
        (2031, Some(3)),
        (2033, Some(11)),
    ] {
        let found = (1..=12).find(|m| solar(LunarDate { day: 1, month: *m, leap: true, year }).is_some());
        assert_eq!(found, month, "{year}");
    }
}

#[test]
fn every_day_of_two_centuries_goes_there_and_back() {
    let mut date = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap();
    let mut before: Option<LunarDate> = None;
    while date.year() <= 2100 {
        let here = lunar(date).unwrap();
        if matches!(here.day, 1 | 15 | 29 | 30) {
            assert_eq!(solar(here), Some(date), "{here:?}");
        }
        if let Some(before) = before {
            let follows =
                here.day == before.day + 1 && (here.month, here.leap) == (before.month, before.leap);
            let starts = here.day == 1 && before.day >= 29;
            assert!(follows || starts, "{before:?} {here:?}");
        }
        before = Some(here);
        date = date.succ_opt().unwrap();
    }
}

#[test]
fn what_does_not_exist_is_none() {
    assert_eq!(solar(on(31, 1, 2026)), None);
    assert_eq!(solar(on(0, 1, 2026)), None);
    assert_eq!(solar(on(1, 13, 2026)), None);
    assert_eq!(solar(on(1, 0, 2026)), None);
    assert_eq!(solar(on(1, 1, i32::MAX)), None);
    assert_eq!(solar(on(1, 1, i32::MIN)), None);
    assert_eq!(lunar(NaiveDate::MAX), None);
    assert_eq!(lunar(NaiveDate::from_ymd_opt(1899, 12, 31).unwrap()), None);
}
