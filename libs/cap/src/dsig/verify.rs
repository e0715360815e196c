use super::cert::Certificate;
use super::shape::Shape;
use super::trust::{Trust, vouch};
use super::{Refused, Trusted, Vouched};
use crate::xml::{Document, Method};
use crate::{Alert, read};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

/// A message that is what its signer signed.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    /// Read from the very tree that was digested.
    pub alert: Alert,
    /// Who signed it.
    pub signer: Signer,
}

/// Who signed, by the certificate. Whether the signer may speak for the `sender` of the message is the caller's to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// The common name: a person or an agency.
    pub name: String,
    /// `""` when none is named.
    pub organisation: String,
    /// The common name of the authority.
    pub issuer: String,
    /// Hexadecimal, as authorities print it.
    pub serial: String,
    /// The certificate is good from this moment on.
    pub not_before: DateTime<Utc>,
    /// And until this one.
    pub not_after: DateTime<Utc>,
    /// By what it is believed.
    pub vouched: Vouched,
    /// In DER.
    pub certificate: Vec<u8>,
}

/// Reads a message and its enveloped signature (section 3.3.4): who signed it, and that nothing in it was changed.
///
/// The standard wants that a message is not thrown away merely because its signature cannot be checked:
/// [`Alert::parse`] reads it all the same, and the caller tells people which of the two it was.
///
/// Accepted are one `Signature` as a child of the root with one `Reference` to `URI=""`, the transforms
/// enveloped-signature and then Canonical XML 1.0 or Exclusive XML Canonicalization (without comments and prefix
/// lists), SHA-256, and RSA PKCS#1 v1.5 or ECDSA P-256. The certificate has to be valid `at` that moment; revocation is
/// not asked.
///
/// # Errors
/// [`Refused`], with the first thing that is not as it should be.
pub fn verify(xml: &[u8], trusted: &[Trusted], at: DateTime<Utc>) -> Result<Verified, Refused> {
    let document = Document::read(xml)?;
    let shape = Shape::of(&document)?;
    let certificates = candidates(&shape, trusted);
    if certificates.is_empty() {
        return Err(Refused::NoCertificate);
    }
    let signed = shape.signed_info.canonical(shape.info_method, &[&document.root, shape.signature]);
    let own = certificates.iter().position(|one| one.signed(shape.kind, &signed, &shape.value));
    let own = own.ok_or(Refused::Forged)?;
    let certificate = &certificates[own];
    let others: Vec<&Certificate> =
        certificates.iter().enumerate().filter(|(index, _)| *index != own).map(|(_, one)| one).collect();
    let vouched = vouch(certificate, &others, trusted, at)?;
    // What a stranger signed is not worth the work.
    if digest(&document, shape.method, Some(shape.index)) != shape.digest {
        return Err(Refused::Altered);
    }
    let alert = read::alert(&document)?;
    Ok(Verified { alert, signer: signer(certificate, vouched) })
}

/// The certificates that came along; where none did, those that are trusted by themselves. One that cannot be read
/// vouches for nothing.
fn candidates(shape: &Shape<'_>, trusted: &[Trusted]) -> Vec<Certificate> {
    if !shape.certificates.is_empty() {
        return shape.certificates.iter().filter_map(|der| Certificate::read(der).ok()).collect();
    }
    let signers = trusted.iter().filter_map(|one| match &one.0 {
        Trust::Signer(certificate) => Some((**certificate).clone()),
        Trust::Authority(_) => None,
    });
    signers.collect()
}

/// SHA-256 of the message without its signature.
pub(super) fn digest(document: &Document, method: Method, without: Option<usize>) -> [u8; 32] {
    let mut sum = Sha256::new();
    document.canonical(method, without, &mut |piece| sum.update(piece));
    sum.finalize().into()
}

fn signer(certificate: &Certificate, vouched: Vouched) -> Signer {
    Signer {
        name: certificate.name.clone(),
        organisation: certificate.organisation.clone(),
        issuer: certificate.issuer.clone(),
        serial: certificate.serial.clone(),
        not_before: certificate.not_before,
        not_after: certificate.not_after,
        vouched,
        certificate: certificate.der.clone(),
    }
}
