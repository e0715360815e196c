//! From a certificate to somebody whom the caller trusts.

use super::Refused;
use super::cert::{Certificate, CertificateFault};
use chrono::{DateTime, Utc};
use rustls::pki_types::{CertificateDer, SignatureVerificationAlgorithm, TrustAnchor, UnixTime};
use std::time::Duration;
use webpki::ring as with;
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert};

/// Whom the caller believes.
#[derive(Clone, Debug)]
pub struct Trusted(pub(super) Trust);

#[derive(Clone, Debug)]
pub(super) enum Trust {
    Signer(Box<Certificate>),
    Authority(TrustAnchor<'static>),
}

/// By what the signer is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vouched {
    /// The certificate itself is trusted.
    Itself,
    /// An authority that is trusted vouches for it.
    Authority,
}

impl Trusted {
    /// This signer and no other, whoever made the certificate (DER).
    ///
    /// # Errors
    /// [`CertificateFault`] for what is no certificate, or one whose key signs no alerts.
    pub fn signer(der: &[u8]) -> Result<Trusted, CertificateFault> {
        let certificate = Certificate::read(der)?;
        if certificate.kind.is_none() {
            return Err(CertificateFault::of("its key is neither RSA nor P-256"));
        }
        Ok(Trusted(Trust::Signer(Box::new(certificate))))
    }

    /// Everybody for whom this authority vouches (DER).
    ///
    /// # Errors
    /// [`CertificateFault`] for what is no certificate of an authority.
    pub fn authority(der: &[u8]) -> Result<Trusted, CertificateFault> {
        let der = CertificateDer::from(der);
        let anchor = anchor_from_trusted_cert(&der).map_err(CertificateFault::of)?;
        Ok(Trusted(Trust::Authority(anchor.to_owned())))
    }
}

const ALL: [&dyn SignatureVerificationAlgorithm; 7] = [
    with::RSA_PKCS1_2048_8192_SHA256,
    with::RSA_PKCS1_2048_8192_SHA384,
    with::RSA_PKCS1_2048_8192_SHA512,
    with::ECDSA_P256_SHA256,
    with::ECDSA_P256_SHA384,
    with::ECDSA_P384_SHA256,
    with::ECDSA_P384_SHA384,
];

/// What a certificate for signing documents may say that it is for: protected e-mail, proving who one is, documents
/// (RFC 9336). One that says nothing is for everything.
const USES: [&[u8]; 3] =
    [&[43, 6, 1, 5, 5, 7, 3, 4], &[43, 6, 1, 5, 5, 7, 3, 2], &[43, 6, 1, 5, 5, 7, 3, 36]];

/// The certificate is trusted at that moment. `others` came with the message, and may stand between.
pub(super) fn vouch(
    certificate: &Certificate,
    others: &[&Certificate],
    trusted: &[Trusted],
    at: DateTime<Utc>,
) -> Result<Vouched, Refused> {
    certificate.asked_at(at)?;
    let mut anchors = Vec::new();
    for one in trusted {
        match &one.0 {
            Trust::Signer(signer) if signer.der == certificate.der => return Ok(Vouched::Itself),
            Trust::Signer(_) => {}
            Trust::Authority(anchor) => anchors.push(anchor.clone()),
        }
    }
    if leads(certificate, others, &anchors, at) { Ok(Vouched::Authority) } else { Err(Refused::Untrusted) }
}

fn leads(
    certificate: &Certificate,
    others: &[&Certificate],
    anchors: &[TrustAnchor<'_>],
    at: DateTime<Utc>,
) -> bool {
    let der = CertificateDer::from(certificate.der.as_slice());
    let Ok(end) = EndEntityCert::try_from(&der) else { return false };
    let between: Vec<CertificateDer<'_>> =
        others.iter().map(|one| CertificateDer::from(one.der.as_slice())).collect();
    let at = UnixTime::since_unix_epoch(Duration::from_secs(at.timestamp().max(0).unsigned_abs()));
    USES.iter().any(|usage| {
        let usage = KeyUsage::required_if_present(usage);
        end.verify_for_usage(&ALL, anchors, &between, at, usage, None, None).is_ok()
    })
}
