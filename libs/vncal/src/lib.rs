//! The two calendars that a Vietnamese office lives by: the lunar calendar reckoned for the meridian of
//! Vietnam ([`lunar`], [`solar`]), and the calendar of working days with deadlines ([`WorkCalendar`]).
//! No input or output, no clock: all times are local times of Vietnam, given by the caller.
//!
//! ```
//! use chrono::NaiveDate;
//! use vncal::{Limit, LunarDate, OfficeHours, WorkCalendar, lunar, year_name};
//!
//! let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
//! let tet = lunar(day(2026, 2, 17)).unwrap();
//! assert_eq!(tet, LunarDate { day: 1, month: 1, leap: false, year: 2026 });
//! assert_eq!(tet.to_string(), "mùng 1 tháng Giêng năm Bính Ngọ");
//! assert_eq!(year_name(2026), "Bính Ngọ");
//!
//! let calendar = WorkCalendar::from_csv("\
//! date,name_vi,kind,lunar,year,status
//! 2026-09-01,Quốc khánh,public_holiday,,2026,published
//! 2026-09-02,Quốc khánh,public_holiday,,2026,published
//! ")?;
//! assert!(!calendar.is_working_day(day(2026, 9, 2)));
//! let hours = OfficeHours::standard();
//! let received = day(2026, 8, 31).and_hms_opt(9, 15, 0).unwrap();
//! let due = calendar.deadline(received, Limit::Days(2), &hours, None);
//! assert_eq!(due.to_string(), "2026-09-04 17:00:00");
//! # Ok::<(), vncal::CsvProblem>(())
//! ```

mod deadline;
mod holidays;
mod lunar;
mod moon;
mod names;
mod office_hours;
mod sun;
mod work;

pub use deadline::Limit;
pub use holidays::{CsvProblem, DayKind, SpecialDay, Status};
pub use lunar::{LunarDate, lunar, solar};
pub use names::{day_name, weekday_name, year_name};
pub use office_hours::{OfficeHours, OfficeHoursProblem};
pub use work::WorkCalendar;
