use crate::personal::{PersonalNumber, PersonalNumberProblem};
use crate::{all_digits, bare, mask};
use std::fmt;
use thiserror::Error;

/// Weights of the first nine digits.
const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/// A tax code (mã số thuế).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaxCode(String);

/// Who a tax code belongs to, as far as its form tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaxCodeKind {
    /// Ten digits: an organisation, or a person or household business of before July 2025.
    Main,
    /// Thirteen digits: a branch of the ten-digit code.
    Branch,
    /// Twelve digits: the personal number, tax code of people and household businesses since July 2025.
    Personal,
}

/// Why a text is not a tax code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum TaxCodeProblem {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// Something other than digits, spaces, points and hyphens.
    #[error("contains something other than digits")]
    NotDigits,
    /// Not 10, 12 or 13 digits.
    #[error("has {digits} digits instead of 10, 12 or 13")]
    Length {
        /// How many there are.
        digits: usize,
    },
    /// Digits 3 to 9 are all zero.
    #[error("digits 3 to 9 are all zero")]
    Zeros,
    /// Digit 10 does not follow from the first nine: usually a typing error.
    #[error("the check digit is wrong")]
    CheckDigit,
    /// No check digit exists for the first nine digits, so such a code is not issued.
    #[error("codes with these first nine digits are not issued")]
    NotIssued,
    /// The branch number is 000.
    #[error("the branch number is 000")]
    BranchZero,
    /// Twelve digits that are not a personal number.
    #[error("not a personal number: {0}")]
    Personal(#[from] PersonalNumberProblem),
}

impl TaxCode {
    /// Reads a code; spaces, points and hyphens are ignored.
    pub fn parse(text: &str) -> Result<Self, TaxCodeProblem> {
        let digits = bare(text);
        if digits.is_empty() {
            return Err(TaxCodeProblem::Empty);
        }
        if !all_digits(&digits) {
            return Err(TaxCodeProblem::NotDigits);
        }
        match digits.len() {
            10 => check(&digits)?,
            12 => {
                PersonalNumber::parse(&digits)?;
            }
            13 => {
                check(&digits[..10])?;
                if &digits[10..] == "000" {
                    return Err(TaxCodeProblem::BranchZero);
                }
            }
            digits => return Err(TaxCodeProblem::Length { digits }),
        }
        Ok(TaxCode(digits))
    }

    /// The digits alone, to be stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Who the code belongs to.
    pub fn kind(&self) -> TaxCodeKind {
        match self.0.len() {
            12 => TaxCodeKind::Personal,
            13 => TaxCodeKind::Branch,
            _ => TaxCodeKind::Main,
        }
    }

    /// The form for paper: a branch is `0314409058-002`, the others are the digits.
    pub fn shown(&self) -> String {
        match self.kind() {
            TaxCodeKind::Branch => format!("{}-{}", &self.0[..10], &self.0[10..]),
            _ => self.0.clone(),
        }
    }

    /// The form for lists: personal numbers are masked, codes of organisations are public.
    pub fn masked(&self) -> String {
        match self.kind() {
            TaxCodeKind::Personal => mask(&self.0, 3, 4),
            _ => self.shown(),
        }
    }
}

impl fmt::Debug for TaxCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TaxCode({})", self.masked())
    }
}

/// Checks the ten digits of a main code.
fn check(digits: &str) -> Result<(), TaxCodeProblem> {
    if digits[2..9].bytes().all(|b| b == b'0') {
        return Err(TaxCodeProblem::Zeros);
    }
    let sum: u32 = digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let last = u32::from(digits.as_bytes()[9] - b'0');
    match 10 - sum % 11 {
        10 => Err(TaxCodeProblem::NotIssued),
        want if want == last => Ok(()),
        _ => Err(TaxCodeProblem::CheckDigit),
    }
}
