//! A certificate, as much of it as a reader of a signature asks for.

use super::{KeyKind, Refused};
use chrono::{DateTime, Utc};
use der::asn1::{ObjectIdentifier, PrintableStringRef, TeletexStringRef, Utf8StringRef};
use der::{Decode, Tag, Tagged};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm,
};
use thiserror::Error;
use x509_cert::name::Name;

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const ORGANISATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");

/// The bytes are no X.509 certificate in DER, or none that can be judged.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("a certificate cannot be read: {0}")]
pub struct CertificateFault(pub(crate) String);

impl CertificateFault {
    pub(super) fn of(error: impl std::fmt::Display) -> CertificateFault {
        CertificateFault(error.to_string())
    }
}

#[derive(Clone, Debug)]
pub(super) struct Certificate {
    pub der: Vec<u8>,
    pub name: String,
    pub organisation: String,
    pub issuer: String,
    pub serial: String,
    pub not_before: DateTime<Utc>,
    pub not_after: DateTime<Utc>,
    /// None for a key that cannot sign alerts.
    pub kind: Option<KeyKind>,
    /// The public key: a point of the curve, or `RSAPublicKey` in DER.
    pub key: Vec<u8>,
}

impl Certificate {
    pub fn read(bytes: &[u8]) -> Result<Certificate, CertificateFault> {
        let parsed = x509_cert::Certificate::from_der(bytes).map_err(CertificateFault::of)?;
        let body = parsed.tbs_certificate();
        let info = body.subject_public_key_info();
        let curve = || info.algorithm.parameters.as_ref()?.decode_as::<ObjectIdentifier>().ok();
        let kind = match info.algorithm.oid {
            RSA => Some(KeyKind::Rsa),
            EC if curve() == Some(P256) => Some(KeyKind::P256),
            _ => None,
        };
        let validity = body.validity();
        Ok(Certificate {
            der: bytes.to_vec(),
            name: named(body.subject(), COMMON_NAME),
            organisation: named(body.subject(), ORGANISATION),
            issuer: named(body.issuer(), COMMON_NAME),
            serial: body.serial_number().as_bytes().iter().map(|byte| format!("{byte:02X}")).collect(),
            not_before: validity.not_before.to_system_time().into(),
            not_after: validity.not_after.to_system_time().into(),
            kind,
            key: info.subject_public_key.raw_bytes().to_vec(),
        })
    }

    /// Its key made this signature, which is as XML has it: of ECDSA the two numbers behind one another.
    pub fn signed(&self, kind: KeyKind, message: &[u8], signature: &[u8]) -> bool {
        let algorithm: &dyn VerificationAlgorithm = match kind {
            KeyKind::Rsa => &RSA_PKCS1_2048_8192_SHA256,
            KeyKind::P256 => &ECDSA_P256_SHA256_FIXED,
        };
        self.kind == Some(kind)
            && UnparsedPublicKey::new(algorithm, &self.key).verify(message, signature).is_ok()
    }

    pub fn asked_at(&self, at: DateTime<Utc>) -> Result<(), Refused> {
        match self {
            one if at < one.not_before => Err(Refused::NotYet(one.not_before)),
            one if at > one.not_after => Err(Refused::Expired(one.not_after)),
            _ => Ok(()),
        }
    }
}

/// The first value of that kind in a name; `""` when it has none.
fn named(name: &Name, kind: ObjectIdentifier) -> String {
    let mut values = name.as_ref().iter().flat_map(|part| part.as_ref().iter());
    let Some(value) = values.find(|part| part.oid == kind).map(|part| &part.value) else {
        return String::new();
    };
    let text = match value.tag() {
        Tag::PrintableString => PrintableStringRef::try_from(value).map(|text| text.as_str().to_owned()),
        Tag::TeletexString => TeletexStringRef::try_from(value).map(|text| text.as_str().to_owned()),
        Tag::BmpString => Ok(wide(value.value())),
        _ => Utf8StringRef::try_from(value).map(|text| text.as_str().to_owned()),
    };
    text.unwrap_or_default()
}

fn wide(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}
