use crate::places::{Place, Places};
use crate::{all_digits, bare, mask};
use chrono::{Datelike, NaiveDate};
use std::fmt;
use thiserror::Error;

/// Sex as the population database records it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// "Nam".
    Male,
    /// "Nữ".
    Female,
}

impl Sex {
    /// Reads "Nam" or "Nữ" in any case, composed or not, also without diacritics.
    pub fn parse_vi(text: &str) -> Option<Sex> {
        match text.trim().to_lowercase().as_str() {
            "nam" => Some(Sex::Male),
            "nữ" | "nu\u{31b}\u{303}" | "nu\u{303}\u{31b}" | "nư\u{303}" | "nu" => Some(Sex::Female),
            _ => None,
        }
    }
}

/// The 12-digit personal identification number (số định danh cá nhân, the number of the căn cước).
///
/// Digits 1-3: place of birth registration; 4: century and sex; 5-6: year of birth; 7-12: random. There is
/// no check digit, so a mistyped number is only found where it contradicts itself or the record.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonalNumber(String);

/// Why a text is not a personal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum PersonalNumberProblem {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// Something other than digits, spaces, points and hyphens.
    #[error("contains something other than digits")]
    NotDigits,
    /// Not 12 digits; nine may be an old [`Cmnd`](crate::Cmnd), ten or eleven a number that lost its zeros.
    #[error("has {digits} digits instead of 12")]
    Length {
        /// How many there are.
        digits: usize,
    },
    /// Digits 1-3 start with 0, as all of Vietnam does, and no province ever had them.
    #[error("starts with a province code that does not exist")]
    UnknownPlace,
    /// Digit 4 says born in 2100 or later. Correct until the end of 2099.
    #[error("says that the person is born after 2099")]
    FutureCentury,
}

/// What looks odd in a number that may nevertheless be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PersonalNumberWarning {
    /// Digits 1-3 are not a Vietnamese province: a country code of somebody born abroad, or a typing error.
    BornAbroadOrWrong,
    /// The code of the province ended in 2025 and the person is born after it.
    PlaceEndedBeforeBirth,
}

/// Where a number and a record (or a card and itself) do not agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Contradiction {
    /// The years of birth differ.
    BirthYear {
        /// The year in digits 4-6.
        number: i32,
        /// The year in the record.
        record: i32,
    },
    /// The sexes differ.
    Sex {
        /// The sex in digit 4.
        number: Sex,
        /// The sex in the record.
        record: Sex,
    },
    /// A card was issued before its holder was born.
    IssuedBeforeBirth,
}

impl PersonalNumber {
    /// Reads a number with the built-in table of places. Spaces, points and hyphens are ignored.
    ///
    /// An unknown place is refused when it starts with 0 (Vietnam) and only gives a warning otherwise.
    ///
    /// ```
    /// use vnid::{PersonalNumber, PersonalNumberProblem};
    /// let short = PersonalNumber::parse("00109000012");
    /// assert_eq!(short, Err(PersonalNumberProblem::Length { digits: 11 }));
    /// ```
    pub fn parse(text: &str) -> Result<Self, PersonalNumberProblem> {
        Self::parse_with(text, Places::built_in())
    }

    /// Like [`parse`](Self::parse), with another table of places.
    pub fn parse_with(text: &str, places: &Places) -> Result<Self, PersonalNumberProblem> {
        let digits = bare(text);
        if digits.is_empty() {
            return Err(PersonalNumberProblem::Empty);
        }
        if !all_digits(&digits) {
            return Err(PersonalNumberProblem::NotDigits);
        }
        if digits.len() != 12 {
            return Err(PersonalNumberProblem::Length { digits: digits.len() });
        }
        if digits.starts_with('0') && places.find(&digits[..3]).is_none() {
            return Err(PersonalNumberProblem::UnknownPlace);
        }
        let number = PersonalNumber(digits);
        if number.birth_year() > 2099 {
            return Err(PersonalNumberProblem::FutureCentury);
        }
        Ok(number)
    }

    /// Reads a number that a spreadsheet kept as a number and so lost its leading zeros, of which there are
    /// at most two. Not for typed text, where a missing digit is an error.
    pub fn from_number(value: u64) -> Result<Self, PersonalNumberProblem> {
        let digits = value.to_string();
        if digits.len() < 10 {
            return Err(PersonalNumberProblem::Length { digits: digits.len() });
        }
        Self::parse(&format!("{digits:0>12}"))
    }

    /// The twelve digits, to be stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form for lists: `010•••••0123`.
    pub fn masked(&self) -> String {
        mask(&self.0, 3, 4)
    }

    /// The year of birth in digits 4-6, from 1900.
    pub fn birth_year(&self) -> i32 {
        let century = 1900 + 100 * i32::from(self.digit(3) / 2);
        century + i32::from(self.digit(4)) * 10 + i32::from(self.digit(5))
    }

    /// The sex in digit 4: even is male.
    pub fn sex(&self) -> Sex {
        if self.digit(3).is_multiple_of(2) { Sex::Male } else { Sex::Female }
    }

    /// Digits 1-3.
    pub fn birth_place_code(&self) -> &str {
        &self.0[..3]
    }

    /// The province where the birth was registered; `None` for somebody born abroad. It tells nothing about
    /// where the person lives.
    pub fn birth_place(&self) -> Option<&'static Place> {
        Places::built_in().find(self.birth_place_code())
    }

    /// The name that the province had in the year of birth.
    pub fn birth_place_name(&self) -> Option<&'static str> {
        self.birth_place().map(|place| place.name_in(self.birth_year()))
    }

    /// What looks odd and is not refused.
    pub fn warnings(&self) -> Vec<PersonalNumberWarning> {
        match self.birth_place() {
            None => vec![PersonalNumberWarning::BornAbroadOrWrong],
            Some(place) if place.name_new.is_none() && self.birth_year() > 2025 => {
                vec![PersonalNumberWarning::PlaceEndedBeforeBirth]
            }
            Some(_) => Vec::new(),
        }
    }

    /// Whether the number says that the person is born after the year of `today`.
    pub fn is_in_future(&self, today: NaiveDate) -> bool {
        self.birth_year() > today.year()
    }

    /// Where the number does not agree with the record of the person.
    ///
    /// ```
    /// use vnid::{Contradiction, PersonalNumber, Sex};
    /// let number = PersonalNumber::parse("010090000123").unwrap();
    /// let birth = chrono::NaiveDate::from_ymd_opt(1991, 1, 2).unwrap();
    /// let found = number.contradictions(birth, Sex::Male);
    /// assert_eq!(found, [Contradiction::BirthYear { number: 1990, record: 1991 }]);
    /// ```
    pub fn contradictions(&self, birth: NaiveDate, sex: Sex) -> Vec<Contradiction> {
        let mut found = Vec::new();
        if self.birth_year() != birth.year() {
            found.push(Contradiction::BirthYear { number: self.birth_year(), record: birth.year() });
        }
        if self.sex() != sex {
            found.push(Contradiction::Sex { number: self.sex(), record: sex });
        }
        found
    }

    fn digit(&self, at: usize) -> u8 {
        self.0.as_bytes()[at] - b'0'
    }
}

impl fmt::Debug for PersonalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonalNumber({})", self.masked())
    }
}
