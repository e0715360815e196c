//! Working days and deadlines on the holidays that the commune uses.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use proptest::prelude::*;
use std::sync::LazyLock;
use vncal::*;

static CALENDAR: LazyLock<WorkCalendar> =
    LazyLock::new(|| WorkCalendar::from_csv(include_str!("../../../data/holidays/vn.csv")).unwrap());

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn due(start: &str, limit: Limit, cutoff: Option<&str>) -> String {
    let cutoff = cutoff.map(|c| NaiveTime::parse_from_str(c, "%H:%M").unwrap());
    let due = CALENDAR.deadline(at(start), limit, &OfficeHours::standard(), cutoff);
    due.format("%Y-%m-%d %H:%M").to_string()
}

#[test]
fn tet_2026_is_off() {
    for (date, works) in [
        ("2026-02-13", true),
        ("2026-02-16", false),
        ("2026-02-17", false),
        ("2026-02-20", false),
        ("2026-02-21", false),
        ("2026-02-23", true),
    ] {
        assert_eq!(CALENDAR.is_working_day(day(date)), works, "{date}");
    }
    assert_eq!(CALENDAR.add_working_days(day("2026-02-13"), 1), day("2026-02-23"));
    assert_eq!(CALENDAR.special(day("2026-02-17")).unwrap().name_vi, "Tết Nguyên đán mùng 1");
}

#[test]
fn swaps_and_compensation() {
    // A make-up Saturday works, its Friday or Monday is off.
    assert!(CALENDAR.is_working_day(day("2025-04-26")) && !CALENDAR.is_working_day(day("2025-05-02")));
    assert!(CALENDAR.is_working_day(day("2026-08-22")) && !CALENDAR.is_working_day(day("2026-08-31")));
    assert!(CALENDAR.is_working_day(day("2024-05-04")));
    // The Hùng Kings' day of 2026 was a Sunday.
    assert!(!CALENDAR.is_working_day(day("2026-04-27")) && CALENDAR.is_working_day(day("2026-04-28")));
    assert_eq!(CALENDAR.add_working_days(day("2026-08-21"), 1), day("2026-08-22"));
    assert_eq!(CALENDAR.add_working_days(day("2026-08-28"), 1), day("2026-09-03"));
    assert_eq!(CALENDAR.add_working_days(day("2026-08-30"), 0), day("2026-09-03"));
}

#[test]
fn years_say_how_sure_they_are() {
    assert_eq!(CALENDAR.status(2026), Some(Status::Published));
    assert_eq!(CALENDAR.status(2028), Some(Status::Projected));
    assert_eq!(CALENDAR.status(2050), None);
    let notice =
        "date,name_vi,kind,lunar,year,status\n2027-01-01,Tết Dương lịch,public_holiday,,2027,published\n";
    let renewed = CALENDAR.clone().with_notice(WorkCalendar::from_csv(notice).unwrap());
    assert_eq!(
        (renewed.status(2027), renewed.status(2028)),
        (Some(Status::Published), Some(Status::Projected))
    );
    assert_eq!(renewed.specials(day("2027-01-01"), day("2027-12-31")).count(), 1);
    assert_eq!(CALENDAR.specials(day("2026-02-01"), day("2026-02-28")).count(), 5);
    assert_eq!(CALENDAR.specials(day("2026-02-28"), day("2026-02-01")).count(), 0);
}

#[test]
fn deadlines_in_days() {
    use Limit::*;
    assert_eq!(due("2026-02-10 15:30", Days(3), None), "2026-02-13 17:00");
    assert_eq!(due("2026-02-10 15:30", Days(3), Some("15:00")), "2026-02-23 17:00");
    assert_eq!(due("2026-02-10 15:00", Days(3), Some("15:00")), "2026-02-13 17:00");
    assert_eq!(due("2026-02-10 10:00", Days(0), Some("15:00")), "2026-02-10 17:00");
    assert_eq!(due("2026-02-10 15:01", Days(0), Some("15:00")), "2026-02-11 17:00");
    // Received on a Saturday: counting starts on Monday.
    assert_eq!(due("2026-03-07 09:00", Days(1), None), "2026-03-09 17:00");
    assert_eq!(due("2026-03-07 09:00", Days(0), Some("15:00")), "2026-03-09 17:00");
    assert_eq!(due("2026-03-07 09:00", Days(1), Some("15:00")), "2026-03-10 17:00");
    assert_eq!(due("2026-02-10 10:00", CalendarDays(7), None), "2026-02-23 17:00");
    assert_eq!(due("2026-01-31 10:00", Months(1), None), "2026-03-02 17:00");
}

#[test]
fn deadlines_in_hours() {
    use Limit::Hours;
    assert_eq!(due("2026-03-09 08:00", Hours(2), None), "2026-03-09 10:00");
    assert_eq!(due("2026-03-09 10:30", Hours(2), None), "2026-03-09 14:30");
    assert_eq!(due("2026-03-09 12:00", Hours(0), None), "2026-03-09 13:30");
    assert_eq!(due("2026-03-09 16:00", Hours(1), None), "2026-03-09 17:00");
    assert_eq!(due("2026-03-09 17:00", Hours(1), None), "2026-03-10 08:30");
    assert_eq!(due("2026-02-13 16:00", Hours(2), None), "2026-02-23 08:30");
    assert_eq!(due("2026-03-09 15:30", Hours(1), Some("15:00")), "2026-03-10 08:30");
    assert_eq!(due("2026-03-08 15:30", Hours(8), None), "2026-03-10 08:00");
}

#[test]
fn working_minutes() {
    let minutes = |a, b| CALENDAR.working_minutes_between(at(a), at(b), &OfficeHours::standard());
    assert_eq!(minutes("2026-03-09 08:00", "2026-03-09 09:30"), 90);
    assert_eq!(minutes("2026-03-09 11:00", "2026-03-09 14:00"), 60);
    assert_eq!(minutes("2026-03-09 00:00", "2026-03-10 00:00"), 450);
    assert_eq!(minutes("2026-03-06 16:30", "2026-03-09 07:45"), 45);
    assert_eq!(minutes("2026-02-13 17:00", "2026-02-23 07:30"), 0);
    assert_eq!(minutes("2026-08-21 17:00", "2026-08-24 07:30"), 450);
    assert_eq!(minutes("2026-03-09 09:30", "2026-03-09 08:00"), -90);
    assert_eq!(minutes("2026-03-07 09:00", "2026-03-08 10:00"), 0);
}

#[test]
fn faulty_tables_name_the_line() {
    let head = "# remark\ndate,name_vi,kind,lunar,year,status\n";
    for (row, what) in [
        ("2026-13-01,A,public_holiday,,2026,published", "the date is not yyyy-mm-dd"),
        ("2026-01-01,,public_holiday,,2026,published", "the name is missing"),
        ("2026-01-01,A,holiday,,2026,published", "unknown kind"),
        ("2026-01-01,A,public_holiday,,2025,published", "the year is not that of the date"),
        ("2026-01-01,A,public_holiday,,2026,sure", "unknown status"),
        ("2026-01-01,A,public_holiday,2026,published", "six columns are needed"),
        ("2025-01-27,A,public_holiday,01/01,2025,published", "the lunar day is not that of the date"),
    ] {
        assert_eq!(WorkCalendar::from_csv(&format!("{head}{row}\n")), Err(CsvProblem { line: 3, what }));
    }
    let twice =
        format!("{head}2026-01-01,A,public_holiday,,2026,published\n2026-01-01,B,swap_off,,2026,published");
    assert_eq!(WorkCalendar::from_csv(&twice).unwrap_err().line, 4);
    assert_eq!(WorkCalendar::from_csv("").unwrap_err().line, 1);
    assert_eq!(WorkCalendar::from_csv("a,b").unwrap_err().line, 1);
}

#[test]
fn office_hours_are_checked() {
    let hours: OfficeHours = "07:30-11:30,13:30-17:00".parse().unwrap();
    assert_eq!(hours, OfficeHours::standard());
    assert_eq!(hours.to_string(), "07:30-11:30,13:30-17:00");
    for (text, want) in [
        ("", OfficeHoursProblem::Empty),
        ("7h-8h", OfficeHoursProblem::Form),
        ("08:00-07:00", OfficeHoursProblem::Order),
        ("08:00-12:00,11:00-17:00", OfficeHoursProblem::Order),
        ("08:00-08:00", OfficeHoursProblem::Order),
        ("25:00-26:00", OfficeHoursProblem::Form),
    ] {
        assert_eq!(text.parse::<OfficeHours>(), Err(want), "{text}");
    }
}

#[test]
fn the_end_of_time_is_no_panic() {
    let hours = OfficeHours::standard();
    for limit in [Limit::Days(9), Limit::Hours(99), Limit::CalendarDays(9), Limit::Months(9)] {
        CALENDAR.deadline(NaiveDateTime::MAX, limit, &hours, Some(NaiveTime::MIN));
        CALENDAR.deadline(NaiveDateTime::MIN, limit, &hours, None);
    }
    CALENDAR.working_minutes_between(NaiveDateTime::MIN, NaiveDateTime::MAX, &hours);
}

fn moment() -> impl Strategy<Value = NaiveDateTime> {
    // 2019 to 2032, to the second.
    (0i64..400_000_000).prop_map(|s| at("2019-06-01 00:00") + TimeDelta::seconds(s))
}

fn limit() -> impl Strategy<Value = Limit> {
    prop_oneof![
        (0u16..90).prop_map(Limit::Days),
        (0u16..200).prop_map(Limit::Hours),
        (0u16..200).prop_map(Limit::CalendarDays),
        (0u16..12).prop_map(Limit::Months),
    ]
}

fn cutoff() -> impl Strategy<Value = Option<NaiveTime>> {
    prop::option::of(
        (0u32..86_400).prop_map(|s| NaiveTime::from_num_seconds_from_midnight_opt(s, 0).unwrap()),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_deadline_is_later_and_inside_office_hours(start in moment(), limit in limit(), cutoff in cutoff()) {
        let hours = OfficeHours::standard();
        let due = CALENDAR.deadline(start, limit, &hours, cutoff);
        prop_assert!(CALENDAR.is_working_day(due.date()));
        prop_assert!(hours.contains(due.time()));
        prop_assert!(due.date() >= start.date());
    }

    #[test]
    fn what_comes_later_is_due_later(a in moment(), wait in 0i64..2_000_000, limit in limit(), cutoff in cutoff()) {
        let hours = OfficeHours::standard();
        let b = a + TimeDelta::seconds(wait);
        prop_assert!(CALENDAR.deadline(a, limit, &hours, cutoff) <= CALENDAR.deadline(b, limit, &hours, cutoff));
    }

    #[test]
    fn hours_of_a_deadline_are_the_minutes_between(start in moment(), n in 0u16..200) {
        let hours = OfficeHours::standard();
        let due = CALENDAR.deadline(start, Limit::Hours(n), &hours, None);
        prop_assert_eq!(CALENDAR.working_minutes_between(start, due, &hours), i64::from(n) * 60);
    }

    #[test]
    fn counting_days_undoes_adding_them(start in moment(), n in 1u16..300) {
        let last = CALENDAR.add_working_days(start.date(), n);
        prop_assert_eq!(CALENDAR.working_days_between(start.date(), last), i64::from(n));
        prop_assert_eq!(CALENDAR.working_days_between(last, start.date()), -i64::from(n));
    }

    #[test]
    fn no_text_panics(text in any::<String>(), row in "[0-9-]{0,12},[a-z]{0,4},(public_holiday|swap_off)?,[0-9/]{0,5},2026,published") {
        let _ = (WorkCalendar::from_csv(&text), text.parse::<OfficeHours>());
        let _ = WorkCalendar::from_csv(&format!("date,name_vi,kind,lunar,year,status\n{row}"));
    }

    #[test]
    fn no_lunar_date_panics(day in any::<u8>(), month in any::<u8>(), leap in any::<bool>(), year in any::<i32>()) {
        let date = LunarDate { day, month, leap, year };
        let _ = (solar(date), date.to_string());
    }
}
