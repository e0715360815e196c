use crate::{all_digits, bare, mask};
use std::fmt;
use thiserror::Error;

/// The number of the old identity card (chứng minh nhân dân): nine digits, or twelve in the series of
/// 2012 to 2015. The paper is no longer valid; the number is kept to find people in older records.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cmnd(String);

/// Why a text is not an old card number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum CmndProblem {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// Something other than digits, spaces, points and hyphens.
    #[error("contains something other than digits")]
    NotDigits,
    /// Neither nine digits nor twelve.
    #[error("has {digits} digits instead of 9 or 12")]
    Length {
        /// How many there are.
        digits: usize,
    },
}

impl Cmnd {
    /// Reads a number; spaces, points and hyphens are ignored. It has no structure that could be checked.
    pub fn parse(text: &str) -> Result<Self, CmndProblem> {
        let digits = bare(text);
        match digits.len() {
            0 => Err(CmndProblem::Empty),
            _ if !all_digits(&digits) => Err(CmndProblem::NotDigits),
            9 | 12 => Ok(Cmnd(digits)),
            digits => Err(CmndProblem::Length { digits }),
        }
    }

    /// The digits, to be stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form for lists: `063••••00`.
    pub fn masked(&self) -> String {
        mask(&self.0, 3, 2)
    }
}

impl fmt::Debug for Cmnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cmnd({})", self.masked())
    }
}
