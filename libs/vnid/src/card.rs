use crate::cmnd::Cmnd;
use crate::personal::{Contradiction, PersonalNumber, PersonalNumberProblem, Sex};
use chrono::NaiveDate;
use std::fmt;
use thiserror::Error;

/// The text of the QR code on the identity card, fields separated by `|`: personal number, old number or
/// nothing, full name, birth `ddMMyyyy`, sex, address, issue `ddMMyyyy`. Cards of July 2024 and later may
/// append fields, which are ignored.
#[derive(Clone, PartialEq, Eq)]
pub struct CardQr {
    /// Field 1.
    pub number: PersonalNumber,
    /// Field 2, if the holder had an old card.
    pub old_number: Option<Cmnd>,
    /// Field 3 as printed, without spaces at the ends.
    pub name: String,
    /// Field 4.
    pub birth: NaiveDate,
    /// Field 5.
    pub sex: Sex,
    /// Field 6: the residence when the card was issued, often out of date.
    pub address: String,
    /// Field 7.
    pub issued: NaiveDate,
}

/// Why a text is not that of an identity card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum CardProblem {
    /// Fewer than seven fields: some other QR code, or a half-read one.
    #[error("has {fields} fields instead of at least 7")]
    Fields {
        /// How many there are.
        fields: usize,
    },
    /// Field 1.
    #[error("personal number: {0}")]
    Number(#[from] PersonalNumberProblem),
    /// Field 2 is neither empty nor an old number.
    #[error("the old number cannot be read")]
    OldNumber,
    /// Field 3 is empty.
    #[error("the name is missing")]
    Name,
    /// Field 4 is not a date.
    #[error("the date of birth cannot be read")]
    Birth,
    /// Field 5 is neither "Nam" nor "Nữ".
    #[error("the sex cannot be read")]
    Sex,
    /// Field 7 is not a date.
    #[error("the date of issue cannot be read")]
    Issued,
}

impl CardQr {
    /// Reads the text that a scanner gives.
    ///
    /// ```
    /// let card = vnid::CardQr::parse(
    ///     "010090000123|063000000|Nguyễn Văn A|02011990|Nam|Thôn 1, Xã Mẫu, Lào Cai|15062021",
    /// )?;
    /// assert_eq!(card.name, "Nguyễn Văn A");
    /// assert!(card.contradictions().is_empty());
    /// # Ok::<(), vnid::CardProblem>(())
    /// ```
    pub fn parse(text: &str) -> Result<CardQr, CardProblem> {
        let fields: Vec<&str> = text.trim_start_matches('\u{feff}').split('|').map(str::trim).collect();
        let [number, old_number, name, birth, sex, address, issued, ..] = fields.as_slice() else {
            return Err(CardProblem::Fields { fields: fields.len() });
        };
        let old_number = match *old_number {
            "" => None,
            text => Some(Cmnd::parse(text).map_err(|_| CardProblem::OldNumber)?),
        };
        if name.is_empty() {
            return Err(CardProblem::Name);
        }
        Ok(CardQr {
            number: PersonalNumber::parse(number)?,
            old_number,
            name: (*name).to_owned(),
            birth: date(birth).ok_or(CardProblem::Birth)?,
            sex: Sex::parse_vi(sex).ok_or(CardProblem::Sex)?,
            address: (*address).to_owned(),
            issued: date(issued).ok_or(CardProblem::Issued)?,
        })
    }

    /// Where the card does not agree with itself: a sign of a forged or wrongly read code.
    pub fn contradictions(&self) -> Vec<Contradiction> {
        let mut found = self.number.contradictions(self.birth, self.sex);
        if self.issued < self.birth {
            found.push(Contradiction::IssuedBeforeBirth);
        }
        found
    }
}

impl fmt::Debug for CardQr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CardQr({})", self.number.masked())
    }
}

/// `ddMMyyyy`.
fn date(text: &str) -> Option<NaiveDate> {
    if text.len() != 8 || !crate::all_digits(text) {
        return None;
    }
    let (day, month, year) = (text[..2].parse().ok()?, text[2..4].parse().ok()?, text[4..].parse().ok()?);
    NaiveDate::from_ymd_opt(year, month, day)
}
