//! The office (văn bản và điều hành): documents come in and go out by the book, directives reach the people who carry
//! them out, and other agencies are told what became of what they sent.

mod secrecy;

use platform::Area;

// All texts of the area.
const VI: &str = concat!(include_str!("../locales/vi.ftl"));
const EN: &str = concat!(include_str!("../locales/en.ftl"));

/// What this area hands to the binary.
pub fn area() -> Area {
    Area::new("office").locales(VI, EN).policies(include_str!("../access.cedar"))
}
