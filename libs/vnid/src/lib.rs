//! Vietnamese identifiers, read from what people type, checked, stored in one form and masked for lists:
//! personal number ([`PersonalNumber`]), its forerunner ([`Cmnd`]), tax code ([`TaxCode`]), telephone
//! number ([`Phone`]) and the QR text of the identity card ([`CardQr`]). No input or output, no clock.
//!
//! ```
//! use vnid::{PersonalNumber, Phone, Sex, TaxCode};
//!
//! // Synthetic, as every number here.
//! let number = PersonalNumber::parse("010 090 000 123")?;
//! assert_eq!(number.birth_year(), 1990);
//! assert_eq!(number.sex(), Sex::Male);
//! assert_eq!(number.birth_place_name(), Some("Lào Cai"));
//! assert_eq!(number.masked(), "010•••••0123");
//!
//! assert_eq!(TaxCode::parse("0314409058-002").unwrap().shown(), "0314409058-002");
//! assert_eq!(Phone::parse("0912.345.678").unwrap().stored(), "+84912345678");
//! # Ok::<(), vnid::PersonalNumberProblem>(())
//! ```
//!
//! The tables (`data/*.csv`) say of each part whether it was verified. A program with newer ones reads them
//! with [`Places::from_csv`] and [`PhonePlan::from_csv`].
//!
//! `Debug` of every type that identifies a person prints the masked form, so that logs stay clean.

mod card;
mod cmnd;
mod personal;
mod phone;
mod phone_plan;
mod places;
mod table;
mod tax;

pub use card::{CardProblem, CardQr};
pub use cmnd::{Cmnd, CmndProblem};
pub use personal::{Contradiction, PersonalNumber, PersonalNumberProblem, PersonalNumberWarning, Sex};
pub use phone::{Phone, PhoneKind, PhoneProblem, PhoneReading, PhoneWarning};
pub use phone_plan::PhonePlan;
pub use places::{Place, Places};
pub use table::TableProblem;
pub use tax::{TaxCode, TaxCodeKind, TaxCodeProblem};

/// Removes what people put between digits: white space, points, hyphens, invisible characters.
fn bare(text: &str) -> String {
    let between = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '.' | '-' | '‐' | '‑' | '–' | '\u{feff}')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
    };
    text.chars().filter(|c| !between(*c)).collect()
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Keeps `head` and `tail` characters of an ASCII text and hides what is between.
fn mask(text: &str, head: usize, tail: usize) -> String {
    let hidden = text.len().saturating_sub(head + tail);
    let shown = |(at, c): (usize, char)| if at < head || at >= head + hidden { c } else { '•' };
    text.chars().enumerate().map(shown).collect()
}
