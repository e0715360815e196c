use chrono::{DateTime, Utc};

/// Why a file could not be signed or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    #[error("the password does not open the key file, or the file is damaged")]
    Password,
    #[error("the key file holds no private key with its certificate")]
    NoKey,
    #[error("a key of this kind cannot sign here: RSA of 2048 to 8192 bits, P-256 and P-384 can")]
    KeyKind,
    #[error("the certificate is valid from {0}")]
    NotYet(DateTime<Utc>),
    #[error("the certificate was valid until {0}")]
    Expired(DateTime<Utc>),
    #[error("this is no PDF file that can be read: {0}")]
    NotPdf(String),
    #[error("the page is turned")]
    Turned,
    #[error("the PDF file is locked by a password")]
    Locked,
    #[error("the signature with its certificates takes {0} bytes, more than was left for it")]
    TooLarge(usize),
    #[error("a certificate cannot be read: {0}")]
    Certificate(String),
    #[error("the key did not sign: {0}")]
    Signer(String),
    #[error("the signature cannot be read: {0}")]
    Signature(String),
}

pub(crate) fn pdf(error: impl std::fmt::Display) -> Fault {
    Fault::NotPdf(error.to_string())
}
