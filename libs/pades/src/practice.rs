//! Keys for the demonstration commune and for tests, of an authority that vouches for nobody outside of them.

use crate::fault::Fault;
use crate::key::Key;
use crate::pdf::{self, Signing};
use chrono::{Datelike, NaiveDate};
use p12_keystore::{Certificate, KeyStore, KeyStoreEntry, PrivateKey, PrivateKeyChain};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};

/// An authority made for practice.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    der: Vec<u8>,
}

/// Whose key it is, and the days on which it is valid.
#[derive(Debug, Clone, Copy)]
pub struct Holder<'a> {
    pub name: &'a str,
    pub organisation: &'a str,
    pub from: NaiveDate,
    pub until: NaiveDate,
}

impl Authority {
    /// # Errors
    /// [`Fault::Certificate`] when no certificate could be made.
    pub fn new(name: &str, from: NaiveDate, until: NaiveDate) -> Result<Authority, Fault> {
        let key = KeyPair::generate().map_err(wrong)?;
        let mut params = dated(from, until);
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let der = params.self_signed(&key).map_err(wrong)?.der().to_vec();
        Ok(Authority { issuer: Issuer::new(params, key), der })
    }

    /// Its certificate.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The same as text.
    pub fn pem(&self) -> String {
        use base64::Engine;
        let text = base64::engine::general_purpose::STANDARD.encode(&self.der);
        let lines: Vec<&str> =
            text.as_bytes().chunks(64).filter_map(|line| std::str::from_utf8(line).ok()).collect();
        format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
    }

    /// A key file (PKCS#12) under this password. `pkcs8` is the private key; without it one is made, of P-256.
    ///
    /// # Errors
    /// [`Fault::KeyKind`] when the given key is none that can sign, [`Fault::Certificate`] when no certificate came out.
    pub fn key_file(&self, who: &Holder<'_>, pkcs8: Option<&[u8]>, password: &str) -> Result<Vec<u8>, Fault> {
        let key = match pkcs8 {
            Some(der) => KeyPair::try_from(der).map_err(|_| Fault::KeyKind)?,
            None => KeyPair::generate().map_err(wrong)?,
        };
        let mut params = dated(who.from, who.until);
        params.distinguished_name.push(DnType::CommonName, who.name);
        params.distinguished_name.push(DnType::OrganizationName, who.organisation);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::ContentCommitment];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::EmailProtection];
        let own = params.signed_by(&key, &self.issuer).map_err(wrong)?;
        let read = |der: &[u8]| Certificate::from_der(der).map_err(wrong);
        let private = PrivateKey::from_der(&key.serialize_der()).map_err(wrong)?;
        let chain = PrivateKeyChain::new("1", private, [read(own.der())?, read(&self.der)?]);
        let mut store = KeyStore::new();
        store.add_entry(who.name, KeyStoreEntry::PrivateKeyChain(chain));
        store.writer(password).write().map_err(wrong)
    }
}

/// A signature as a computer with a wrong clock makes it: whether the certificate is valid then is not asked.
///
/// # Errors
/// As [`crate::sign`].
pub fn sign_unasked(file: &[u8], key: &Key, signing: &Signing<'_>) -> Result<Vec<u8>, Fault> {
    pdf::add(file, key, signing, None)
}

fn dated(from: NaiveDate, until: NaiveDate) -> CertificateParams {
    let day = |day: NaiveDate| {
        let small = |number: u32| u8::try_from(number).unwrap_or(1);
        rcgen::date_time_ymd(day.year(), small(day.month()), small(day.day()))
    };
    let mut params = CertificateParams::default();
    params.not_before = day(from);
    params.not_after = day(until);
    params
}

fn wrong(error: impl std::fmt::Display) -> Fault {
    Fault::Certificate(error.to_string())
}
