use super::CertificateFault;
use crate::Fault;
use chrono::{DateTime, Utc};
use thiserror::Error;

/// Why the signature of a message is not believed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Refused {
    /// The message cannot be read.
    #[error("the message cannot be read: {0}")]
    Alert(#[from] Fault),
    /// There is no signature.
    #[error("is not signed")]
    Unsigned,
    /// More than one signature, wherever.
    #[error("has more than one signature")]
    Several,
    /// The signature is not a child of the root.
    #[error("the signature stands inside another element")]
    Misplaced,
    /// An element of the signature is missing, repeated or unknown; its name.
    #[error("the signature is not made as expected at {0}")]
    Shape(String),
    /// It is over something else than the whole message (`URI` is not empty).
    #[error("the signature is over a part or something outside of the message")]
    Reference,
    /// An algorithm or transform that is not accepted; its name.
    #[error("the signature uses {0}")]
    Algorithm(String),
    /// A value in the signature is no base64, or of a wrong length; the name of its element.
    #[error("the value of {0} cannot be read")]
    Value(&'static str),
    /// No certificate came with the message and none is trusted by itself.
    #[error("the certificate of the signer is not known")]
    NoCertificate,
    /// The signature was made by none of the keys of the certificates, or was changed.
    #[error("the signature is not of the key of the certificate")]
    Forged,
    /// The message was changed after it was signed.
    #[error("the message was changed after it was signed")]
    Altered,
    /// The certificate is good from this moment on.
    #[error("the certificate is valid from {0}")]
    NotYet(DateTime<Utc>),
    /// The certificate was good until this moment.
    #[error("the certificate was valid until {0}")]
    Expired(DateTime<Utc>),
    /// The certificate is neither trusted itself nor by an authority that is.
    #[error("the certificate of the signer is not trusted")]
    Untrusted,
}

impl Refused {
    /// A word that stays, for programs and for the texts of whoever shows it.
    pub fn code(&self) -> &'static str {
        match self {
            Refused::Alert(fault) => fault.reason.code(),
            Refused::Unsigned => "unsigned",
            Refused::Several => "several",
            Refused::Misplaced => "misplaced",
            Refused::Shape(_) => "shape",
            Refused::Reference => "signed-part",
            Refused::Algorithm(_) => "algorithm",
            Refused::Value(_) => "value",
            Refused::NoCertificate => "no-certificate",
            Refused::Forged => "forged",
            Refused::Altered => "altered",
            Refused::NotYet(_) => "not-yet",
            Refused::Expired(_) => "certificate-expired",
            Refused::Untrusted => "untrusted",
        }
    }
}

/// Why a message was not signed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SignFault {
    /// Its fields do not fit together, or make no message that could be read.
    #[error("the alert is not complete: {0}")]
    Alert(#[from] Fault),
    /// RSA of 2048 to 8192 bits and P-256 can sign.
    #[error("a key of this kind cannot sign an alert")]
    KeyKind,
    /// A certificate that cannot be read, or none.
    #[error(transparent)]
    Certificate(#[from] CertificateFault),
    /// The key is not the one of the certificate.
    #[error("the key is not the one of the certificate")]
    Unfit,
    /// The holder of the key refuses; why, in its own words.
    #[error("the key did not sign: {0}")]
    Holder(String),
}
