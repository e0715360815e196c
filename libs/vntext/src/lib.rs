//! Vietnamese text as Vietnamese people expect it: cleaning, search without diacritics, alphabetical
//! order, personal names, numbers, money and dates. Pure functions, no input or output, no clock.
//!
//! ```
//! use vntext::{clean, fold, name_case, name_sort_key, sort_key, Lang};
//!
//! assert_eq!(clean("  Thôn\u{200b}\t Hòa  Lạc "), "Thôn Hòa Lạc");
//! assert_eq!(fold("Hộ khẩu"), "ho khau");
//! assert!(sort_key("Thôn 2") < sort_key("Thôn 10"));
//! assert!(sort_key("Đào") > sort_key("Duy"));
//! // Lists of people go by the given name, which is the last word.
//! assert!(name_sort_key("Vũ Thị An") < name_sort_key("Bùi Văn Bình"));
//! assert_eq!(name_case("NGUYỄN VĂN A"), "Nguyễn Văn A");
//! assert_eq!(vntext::number(9993, Lang::Vi), "9.993");
//! assert_eq!(vntext::money(12_500), "12.500 đ");
//! ```
//!
//! What is deliberately not here: translation, spelling correction, transliteration of other scripts.

mod clean;
mod date;
mod fold;
mod letter;
mod name;
mod number;
mod slug;
mod sort;

pub use clean::clean;
pub use date::{DateProblem, date, date_parse};
pub use fold::fold;
pub use name::{NAME_MAX_CHARS, NameProblem, name_case, name_problem};
pub use number::{NumberProblem, decimal, money, number, parse_number_vi, parse_whole_vi};
pub use slug::slug;
pub use sort::{name_sort_key, sort_key};

/// The two languages that numbers are written for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Vietnamese: `1.234,5`.
    #[default]
    Vi,
    /// English: `1,234.5`.
    En,
}
