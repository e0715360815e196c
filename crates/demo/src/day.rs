//! Days and dated values. Every span is half-open: a value holds from the start of `from` until the start of `to`, so what
//! holds *on* a day is what holds at its end. A person born on a day is counted that day; one who died that day is not.

use chrono::{Datelike, Days, Months, NaiveDate};

/// Day on which the demo registry begins: the survey of all households. What is older is carried into it on this day.
pub const BASELINE: NaiveDate = NaiveDate::from_ymd_opt(2021, 1, 1).unwrap();
/// Day of the article's figures.
pub const ARTICLE_DAY: NaiveDate = NaiveDate::from_ymd_opt(2023, 12, 31).unwrap();
/// Last day on which something happens in the demo.
pub const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2025, 12, 31).unwrap();
/// Day of the two-level government: no district, merged provinces and communes.
pub const TWO_LEVELS: NaiveDate = NaiveDate::from_ymd_opt(2025, 7, 1).unwrap();

/// Who or what told the commune.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// The survey with which the registry began.
    Survey,
    /// A declaration of the household itself.
    Household,
    /// A report of the village head.
    VillageHead,
    /// The civil-status register (births, deaths).
    CivilStatus,
    /// The police of the commune (residence).
    Residence,
    /// The yearly review of poor and near-poor households.
    PovertyReview,
    /// The telecom companies' lists.
    Telecom,
    /// The social-insurance agency.
    SocialInsurance,
}

impl Source {
    /// The words for a page, in Vietnamese.
    pub fn label_vi(self) -> &'static str {
        match self {
            Source::Survey => "Tổng rà soát hộ, nhân khẩu đầu năm 2021",
            Source::Household => "Hộ gia đình tự kê khai",
            Source::VillageHead => "Trưởng thôn báo cáo",
            Source::CivilStatus => "Sổ hộ tịch của xã",
            Source::Residence => "Công an xã, đăng ký cư trú",
            Source::PovertyReview => "Rà soát hộ nghèo, hộ cận nghèo hằng năm",
            Source::Telecom => "Danh sách của doanh nghiệp viễn thông",
            Source::SocialInsurance => "Cơ quan bảo hiểm xã hội",
        }
    }
}

/// A value that holds from a day until the next value of the same list begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated<T> {
    pub from: NaiveDate,
    pub value: T,
    pub source: Source,
}

impl<T> Dated<T> {
    pub(crate) fn new(from: NaiveDate, value: T, source: Source) -> Self {
        Dated { from, value, source }
    }
}

/// What a list of dated values (oldest first) says about a day; `None` before its first value.
pub fn value_on<T>(list: &[Dated<T>], day: NaiveDate) -> Option<&T> {
    list.iter().rev().find(|dated| dated.from <= day).map(|dated| &dated.value)
}

/// Whether the half-open span holds on a day.
pub fn holds_on(from: NaiveDate, to: Option<NaiveDate>, day: NaiveDate) -> bool {
    from <= day && to.is_none_or(|to| day < to)
}

/// Full years between a birth and a day; negative before the birth.
pub fn age_on(birth: NaiveDate, day: NaiveDate) -> i32 {
    let before_birthday = (day.month(), day.day()) < (birth.month(), birth.day());
    day.year() - birth.year() - i32::from(before_birthday)
}

pub(crate) fn years_before(day: NaiveDate, years: i64) -> NaiveDate {
    day - Months::new(12 * years.max(0) as u32)
}

pub(crate) fn years_after(day: NaiveDate, years: i64) -> NaiveDate {
    day + Months::new(12 * years.max(0) as u32)
}

pub(crate) fn days_after(day: NaiveDate, days: i64) -> NaiveDate {
    if days < 0 { day - Days::new(days.unsigned_abs()) } else { day + Days::new(days.unsigned_abs()) }
}

pub(crate) fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date of the calendar")
}
