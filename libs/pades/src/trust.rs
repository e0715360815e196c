//! From a certificate to an authority that the caller trusts.

use crate::fault::Fault;
use chrono::{DateTime, Utc};
use rustls::pki_types::{CertificateDer, SignatureVerificationAlgorithm, TrustAnchor, UnixTime};
use std::time::Duration;
use webpki::ring as with;
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert};

/// An authority whose certificates are believed.
#[derive(Debug, Clone)]
pub struct Anchor(TrustAnchor<'static>);

impl Anchor {
    /// # Errors
    /// [`Fault::Certificate`] when the bytes are no certificate of an authority in DER.
    pub fn from_der(bytes: &[u8]) -> Result<Anchor, Fault> {
        let der = CertificateDer::from(bytes);
        let anchor = anchor_from_trusted_cert(&der).map_err(|error| Fault::Certificate(error.to_string()))?;
        Ok(Anchor(anchor.to_owned()))
    }
}

const ALL: [&dyn SignatureVerificationAlgorithm; 8] = [
    with::RSA_PKCS1_2048_8192_SHA256,
    with::RSA_PKCS1_2048_8192_SHA384,
    with::RSA_PKCS1_2048_8192_SHA512,
    with::ECDSA_P256_SHA256,
    with::ECDSA_P256_SHA384,
    with::ECDSA_P384_SHA256,
    with::ECDSA_P384_SHA384,
    with::RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
];

/// What a certificate for signing documents may say that it is for: protected e-mail, proving who one is, documents
/// (RFC 9336). One that says nothing is for everything.
const USES: [&[u8]; 3] =
    [&[43, 6, 1, 5, 5, 7, 3, 4], &[43, 6, 1, 5, 5, 7, 3, 2], &[43, 6, 1, 5, 5, 7, 3, 36]];

/// The certificate leads to one of the anchors, at that moment.
pub(crate) fn leads(certificate: &[u8], between: &[Vec<u8>], anchors: &[Anchor], at: DateTime<Utc>) -> bool {
    let der = CertificateDer::from(certificate);
    let Ok(end) = EndEntityCert::try_from(&der) else { return false };
    let between: Vec<CertificateDer<'_>> =
        between.iter().map(|one| CertificateDer::from(one.as_slice())).collect();
    let anchors: Vec<TrustAnchor<'static>> = anchors.iter().map(|one| one.0.clone()).collect();
    let at = UnixTime::since_unix_epoch(Duration::from_secs(at.timestamp().max(0).unsigned_abs()));
    USES.iter().any(|usage| {
        let usage = KeyUsage::required_if_present(usage);
        end.verify_for_usage(&ALL, &anchors, &between, at, usage, None, None).is_ok()
    })
}

/// The signature over the message is of the certificate's key. `kind` and `digest` are OIDs of the signed message.
pub(crate) fn signed(certificate: &[u8], kind: &str, digest: &str, message: &[u8], signature: &[u8]) -> bool {
    let der = CertificateDer::from(certificate);
    let Ok(end) = EndEntityCert::try_from(&der) else { return false };
    let fits: &[&dyn SignatureVerificationAlgorithm] = match (kind, digest) {
        ("1.2.840.113549.1.1.11", _) | ("1.2.840.113549.1.1.1", "2.16.840.1.101.3.4.2.1") => {
            &[with::RSA_PKCS1_2048_8192_SHA256]
        }
        ("1.2.840.113549.1.1.12", _) | ("1.2.840.113549.1.1.1", "2.16.840.1.101.3.4.2.2") => {
            &[with::RSA_PKCS1_2048_8192_SHA384]
        }
        ("1.2.840.113549.1.1.13", _) | ("1.2.840.113549.1.1.1", "2.16.840.1.101.3.4.2.3") => {
            &[with::RSA_PKCS1_2048_8192_SHA512]
        }
        ("1.2.840.113549.1.1.10", "2.16.840.1.101.3.4.2.1") => &[with::RSA_PSS_2048_8192_SHA256_LEGACY_KEY],
        ("1.2.840.10045.4.3.2", _) => &[with::ECDSA_P256_SHA256, with::ECDSA_P384_SHA256],
        ("1.2.840.10045.4.3.3", _) => &[with::ECDSA_P256_SHA384, with::ECDSA_P384_SHA384],
        _ => &[],
    };
    fits.iter().any(|one| end.verify_signature(*one, message, signature).is_ok())
}
