//! A certificate, as much of it as a reader of a signature asks for.

use crate::fault::Fault;
use crate::key::KeyKind;
use chrono::{DateTime, Utc};
use der::asn1::{ObjectIdentifier, PrintableStringRef, TeletexStringRef, Utf8StringRef};
use der::{Decode, Encode, Tag, Tagged};
use x509_cert::ext::pkix::BasicConstraints;
use x509_cert::name::Name;

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const ORGANISATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

/// Who holds a key, who vouches for it, and how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The common name: a person or an agency.
    pub name: String,
    /// `""` when none is named.
    pub organisation: String,
    /// The common name of the authority.
    pub issuer: String,
    /// Hexadecimal, as authorities print it.
    pub serial: String,
    pub not_before: DateTime<Utc>,
    pub not_after: DateTime<Utc>,
    pub(crate) der: Vec<u8>,
}

impl Certificate {
    /// # Errors
    /// [`Fault::Certificate`] when the bytes are no X.509 certificate in DER.
    pub fn from_der(bytes: &[u8]) -> Result<Certificate, Fault> {
        let parsed = x509_cert::Certificate::from_der(bytes).map_err(wrong)?;
        Certificate::of(&parsed)
    }

    pub(crate) fn of(parsed: &x509_cert::Certificate) -> Result<Certificate, Fault> {
        let body = parsed.tbs_certificate();
        let validity = body.validity();
        let serial = body.serial_number().as_bytes().iter().map(|byte| format!("{byte:02X}")).collect();
        Ok(Certificate {
            name: named(body.subject(), COMMON_NAME),
            organisation: named(body.subject(), ORGANISATION),
            issuer: named(body.issuer(), COMMON_NAME),
            serial,
            not_before: validity.not_before.to_system_time().into(),
            not_after: validity.not_after.to_system_time().into(),
            der: parsed.to_der().map_err(wrong)?,
        })
    }

    /// The certificate in DER.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// # Errors
    /// [`Fault::NotYet`] or [`Fault::Expired`] when it is not valid at that moment.
    pub fn asked_at(&self, at: DateTime<Utc>) -> Result<(), Fault> {
        match self {
            one if at < one.not_before => Err(Fault::NotYet(one.not_before)),
            one if at > one.not_after => Err(Fault::Expired(one.not_after)),
            _ => Ok(()),
        }
    }

    /// The kind of its key; none for a key that cannot sign here.
    pub fn key_kind(&self) -> Option<KeyKind> {
        let parsed = x509_cert::Certificate::from_der(&self.der).ok()?;
        let key = parsed.tbs_certificate().subject_public_key_info();
        let curve = || key.algorithm.parameters.as_ref()?.decode_as::<ObjectIdentifier>().ok();
        match key.algorithm.oid {
            RSA => Some(KeyKind::Rsa),
            EC if curve() == Some(P256) => Some(KeyKind::P256),
            EC if curve() == Some(P384) => Some(KeyKind::P384),
            _ => None,
        }
    }

    /// It is an authority's, which signs certificates and no papers.
    pub fn is_authority(&self) -> bool {
        let parsed = x509_cert::Certificate::from_der(&self.der);
        let says =
            parsed.ok().and_then(|one| one.tbs_certificate().get_extension::<BasicConstraints>().ok()?);
        says.is_some_and(|(_, says)| says.ca)
    }

    /// From it upwards, as far as the others go.
    pub fn chain_in(&self, others: &[Certificate]) -> Vec<Certificate> {
        let mut chain: Vec<Certificate> = Vec::new();
        let mut last = self;
        while let Some(next) = others.iter().find(|one| *one != last && one.vouches_for(last)) {
            if chain.contains(next) {
                break;
            }
            chain.push(next.clone());
            last = next;
        }
        chain
    }

    /// By its name; whether it signed is what a judge of the signature asks.
    fn vouches_for(&self, other: &Certificate) -> bool {
        let parsed = |one: &Certificate| x509_cert::Certificate::from_der(&one.der);
        let (Ok(own), Ok(other)) = (parsed(self), parsed(other)) else { return false };
        own.tbs_certificate().subject() == other.tbs_certificate().issuer()
    }

    /// It is valid at that moment.
    pub fn valid_at(&self, at: DateTime<Utc>) -> bool {
        self.not_before <= at && at <= self.not_after
    }
}

fn wrong(error: der::Error) -> Fault {
    Fault::Certificate(error.to_string())
}

/// The first value of that kind in a name; `""` when it has none.
fn named(name: &Name, kind: ObjectIdentifier) -> String {
    let values = name.as_ref().iter().flat_map(|part| part.as_ref().iter());
    let value = values.filter(|part| part.oid == kind).map(|part| &part.value).next();
    let Some(value) = value else { return String::new() };
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
