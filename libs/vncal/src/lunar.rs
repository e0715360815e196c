use crate::moon::{EPOCH, SYNODIC_MONTH, delta_t, new_moon};
use crate::sun;
use chrono::{Datelike, NaiveDate};

/// A day of the lunar calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LunarDate {
    /// 1 to 30.
    pub day: u8,
    /// 1 (tháng Giêng) to 12 (tháng Chạp).
    pub month: u8,
    /// The second month of this number in its year ("tháng nhuận").
    pub leap: bool,
    /// The lunar year, named after the solar year in which it begins.
    pub year: i32,
}

/// Solar years whose days this crate converts; outside it the astronomy grows imprecise.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;
/// Hours of Vietnam before universal time.
const ZONE: f64 = 7.0 / 24.0;
/// Julian day number of the day before 1 January of year 1.
const JULIAN_OFFSET: i32 = 1_721_425;

/// One lunar month.
#[derive(Clone, Copy, Debug)]
struct Month {
    /// Julian day number of its first day.
    start: i32,
    number: u8,
    leap: bool,
    year: i32,
}

/// The lunar date of a day from 1 January 1900 to 31 December 2100, otherwise `None`.
///
/// Reckoned for UTC+7 throughout. The calendars printed before 1968 followed other meridians and differ on
/// some days; documents of that time should be read with the calendar of that time.
pub fn lunar(date: NaiveDate) -> Option<LunarDate> {
    if !YEARS.contains(&date.year()) {
        return None;
    }
    let day = julian(date);
    // The eleventh month, which contains the solstice, never starts before 20 November.
    let mut months = months(if date.month() >= 11 { date.year() + 1 } else { date.year() });
    if day < months[0].start {
        months = self::months(date.year());
    }
    let month = months.iter().rev().find(|month| month.start <= day)?;
    let day = u8::try_from(day - month.start + 1).ok()?;
    Some(LunarDate { day, month: month.number, leap: month.leap, year: month.year })
}

/// The solar date of a lunar date; `None` if that year has no such month or the month no such day, or if
/// the result is outside the years of [`lunar`].
pub fn solar(date: LunarDate) -> Option<NaiveDate> {
    if !(YEARS.start() - 1..=*YEARS.end()).contains(&date.year) || date.day == 0 {
        return None;
    }
    // Months 11 and 12 end a lunar year and open the run of months of the next solar year.
    let run = if date.month >= 11 { date.year + 1 } else { date.year };
    let months = months(run);
    let at = months.iter().position(|m| (m.number, m.leap, m.year) == (date.month, date.leap, date.year))?;
    let end = months.get(at + 1).map_or_else(|| month_eleven(run).1, |next| next.start);
    let day = months[at].start + i32::from(date.day) - 1;
    if day >= end {
        return None;
    }
    let solar = NaiveDate::from_num_days_from_ce_opt(day - JULIAN_OFFSET)?;
    YEARS.contains(&solar.year()).then_some(solar)
}

/// The months from the eleventh of the lunar year `year - 1` up to the one before the eleventh of `year`.
///
/// The eleventh month contains the winter solstice. Where thirteen new moons lie between two of them, the
/// first month in which the sun enters no sign (no multiple of 30 degrees) is the leap month.
fn months(year: i32) -> Vec<Month> {
    let (first, _) = month_eleven(year - 1);
    let (last, _) = month_eleven(year);
    let starts: Vec<i32> = (first..=last).map(new_moon_day).collect();
    let leap_at = if last - first == 13 {
        starts.windows(2).skip(1).position(|pair| sign(pair[0]) == sign(pair[1])).map(|at| at + 1)
    } else {
        None
    };
    let mut months = Vec::with_capacity(starts.len() - 1);
    for (at, start) in starts[..starts.len() - 1].iter().enumerate() {
        let counted = if leap_at.is_some_and(|leap| at >= leap) { at - 1 } else { at };
        let number = ((counted + 10) % 12 + 1) as u8;
        let year = if number >= 11 { year - 1 } else { year };
        months.push(Month { start: *start, number, leap: leap_at == Some(at), year });
    }
    months
}

/// Lunation and first day of the month in which the sun stands at 270 degrees, in December of `year`.
fn month_eleven(year: i32) -> (i32, i32) {
    // 31 December, counted like the days of `new_moon_day`.
    let year_end = julian(NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(NaiveDate::MAX));
    let mut k = ((f64::from(year_end) - EPOCH) / SYNODIC_MONTH).ceil() as i32;
    while new_moon_day(k) > year_end || sign(new_moon_day(k)) == WINTER {
        k -= 1;
    }
    (k, new_moon_day(k))
}

/// The sign that the sun enters at the winter solstice.
const WINTER: i32 = 9;

/// Twelfth of its path in which the sun stands at the first moment of a day in Vietnam.
fn sign(day: i32) -> i32 {
    let midnight = f64::from(day) - 0.5 - ZONE;
    (sun::longitude(midnight + delta_t(midnight)) / 30.0) as i32
}

/// The day, in Vietnam, of a new moon.
fn new_moon_day(k: i32) -> i32 {
    let jd = new_moon(k);
    (jd - delta_t(jd) + ZONE + 0.5).floor() as i32
}

/// Julian day number of a date: that of its noon.
pub(crate) fn julian(date: NaiveDate) -> i32 {
    date.num_days_from_ce() + JULIAN_OFFSET
}
