use crate::lunar::{LunarDate, julian};
use chrono::{Datelike, NaiveDate, Weekday};
use std::fmt;

const CAN: [&str; 10] = ["Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý"];
const CHI: [&str; 12] = ["Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi"];

/// The name of a lunar year in the cycle of sixty: 2026 is "Bính Ngọ".
pub fn year_name(year: i32) -> String {
    // Year 4 was the first of a cycle.
    cycle(i64::from(year) - 4)
}

/// The name of a day in the cycle of sixty: 1 January 2000 was "Mậu Ngọ".
pub fn day_name(date: NaiveDate) -> String {
    cycle(i64::from(julian(date)) - 11)
}

fn cycle(at: i64) -> String {
    format!("{} {}", CAN[at.rem_euclid(10) as usize], CHI[at.rem_euclid(12) as usize])
}

/// The Vietnamese name of the day of the week: "Thứ Hai" … "Chủ nhật".
pub fn weekday_name(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "Thứ Hai",
        Weekday::Tue => "Thứ Ba",
        Weekday::Wed => "Thứ Tư",
        Weekday::Thu => "Thứ Năm",
        Weekday::Fri => "Thứ Sáu",
        Weekday::Sat => "Thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    }
}

/// As it is spoken: "mùng 1 tháng Giêng năm Bính Ngọ", "ngày 23 tháng Chạp năm Ất Tỵ",
/// "ngày rằm tháng 6 nhuận năm Ất Tỵ".
impl fmt::Display for LunarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.day {
            1..=10 => write!(f, "mùng {}", self.day)?,
            15 => write!(f, "ngày rằm")?,
            _ => write!(f, "ngày {}", self.day)?,
        }
        match self.month {
            1 => write!(f, " tháng Giêng")?,
            12 => write!(f, " tháng Chạp")?,
            month => write!(f, " tháng {month}")?,
        }
        let leap = if self.leap { " nhuận" } else { "" };
        write!(f, "{leap} năm {}", year_name(self.year))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_cycle() {
        let names =
            [(1984, "Giáp Tý"), (1945, "Ất Dậu"), (2025, "Ất Tỵ"), (2026, "Bính Ngọ"), (1, "Tân Dậu")];
        for (year, name) in names {
            assert_eq!(year_name(year), name);
        }
        let day = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();
        assert_eq!((day_name(day).as_str(), weekday_name(day)), ("Mậu Ngọ", "Thứ Bảy"));
    }

    #[test]
    fn spoken_dates() {
        let spoken = |day, month, leap| LunarDate { day, month, leap, year: 2025 }.to_string();
        assert_eq!(spoken(10, 3, false), "mùng 10 tháng 3 năm Ất Tỵ");
        assert_eq!(spoken(15, 6, true), "ngày rằm tháng 6 nhuận năm Ất Tỵ");
        assert_eq!(spoken(23, 12, false), "ngày 23 tháng Chạp năm Ất Tỵ");
    }
}
