use std::fmt;
use thiserror::Error;

/// Why a payload cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct DecodeProblem {
    /// The ids down to the field, as `38.01.00`; empty for the payload as a whole.
    pub field: String,
    /// What is wrong there.
    pub fault: Fault,
}

impl DecodeProblem {
    pub(crate) fn new(field: impl Into<String>, fault: Fault) -> DecodeProblem {
        DecodeProblem { field: field.into(), fault }
    }
}

impl fmt::Display for DecodeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field.as_str() {
            "" => write!(f, "payload: {}", self.fault),
            field => write!(f, "field {field}: {}", self.fault),
        }
    }
}

/// What is wrong with a field, or with the payload. No value is repeated here, so that logs stay clean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum Fault {
    /// There is no text at all.
    #[error("is empty")]
    Empty,
    /// Longer than EMVCo lets a payload be: some other text.
    #[error("has {bytes} bytes, more than the 512 of a payment code")]
    TooLong {
        /// How many there are.
        bytes: usize,
    },
    /// Another kind of QR code, as the address of a page.
    #[error("does not begin with 000201 as a payment code does")]
    Start,
    /// What is left is too short for an id and a length: a length before it is too small, or text was lost.
    #[error("leaves {bytes} over at the end, too few for a field")]
    LeftOver {
        /// How many bytes.
        bytes: usize,
    },
    /// Where an id should be there is none: a length before it is wrong.
    #[error("a field begins with something other than an id of two digits")]
    Id,
    /// The length is not made of two digits.
    #[error("the length is not two digits")]
    Length,
    /// The length is 00; a field without a value is left out.
    #[error("has no value")]
    NoValue,
    /// The length leads past the end.
    #[error("says that its value has {length} characters, but {left} are left")]
    PastEnd {
        /// What the field says.
        length: usize,
        /// What there is.
        left: usize,
    },
    /// Accented letters too: programs disagree on whether they count as one.
    #[error("contains something other than printable ASCII")]
    NotAscii,
    /// The same id was there before.
    #[error("stands twice")]
    Twice,
    /// The field is needed.
    #[error("is missing")]
    Missing,
    /// The checksum has to be the end.
    #[error("is followed by {bytes} bytes, but has to be the last field")]
    NotLast {
        /// How many bytes follow.
        bytes: usize,
    },
    /// The checksum does not fit: a misread, cut or altered code.
    #[error("the checksum does not fit the payload")]
    Crc,
    /// The value is not what this field can have.
    #[error("has to be {0}")]
    Value(&'static str),
}
