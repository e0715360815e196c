//! The key that signs.

use crate::cert::Certificate;
use crate::fault::Fault;
use chrono::{DateTime, Utc};
use der::asn1::{Null, ObjectIdentifier};
use der::{Any, Decode};
use p12_keystore::{KeyStore, Pkcs12ImportPolicy};
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256,
    RsaKeyPair,
};
use x509_cert::spki::AlgorithmIdentifierOwned;

const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const RSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const ECDSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const ECDSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");

enum Pair {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
    P384(EcdsaKeyPair),
}

/// A private key with its certificate and those between it and its authority.
pub struct Key {
    pair: Pair,
    pub(crate) parsed: x509_cert::Certificate,
    pub(crate) chain: Vec<x509_cert::Certificate>,
    certificate: Certificate,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Key").field("certificate", &self.certificate.name).finish_non_exhaustive()
    }
}

impl Key {
    /// The first private key of a PKCS#12 file (`.p12`, `.pfx`).
    ///
    /// # Errors
    /// [`Fault::Password`] when the password does not open it (a damaged file looks the same), [`Fault::NoKey`] and
    /// [`Fault::KeyKind`] when what is inside cannot sign.
    pub fn from_pkcs12(file: &[u8], password: &str) -> Result<Key, Fault> {
        let store = KeyStore::from_pkcs12(file, password, Pkcs12ImportPolicy::Relaxed)
            .map_err(|_| Fault::Password)?;
        let (_, entry) = store.private_key_chain().ok_or(Fault::NoKey)?;
        let pair = pair(entry.key().as_der())?;
        let read = |one: &p12_keystore::Certificate| {
            let parsed = x509_cert::Certificate::from_der(one.as_der());
            parsed.map_err(|error| Fault::Certificate(error.to_string()))
        };
        let mut chain: Vec<_> = entry.certs().iter().map(read).collect::<Result<_, _>>()?;
        if chain.is_empty() {
            return Err(Fault::NoKey);
        }
        let parsed = chain.remove(0);
        let certificate = Certificate::of(&parsed)?;
        Ok(Key { pair, parsed, chain, certificate })
    }

    /// Whose key it is.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// # Errors
    /// [`Fault::NotYet`] or [`Fault::Expired`] when the certificate is not valid at that moment.
    pub fn valid_at(&self, at: DateTime<Utc>) -> Result<(), Fault> {
        match &self.certificate {
            one if at < one.not_before => Err(Fault::NotYet(one.not_before)),
            one if at > one.not_after => Err(Fault::Expired(one.not_after)),
            _ => Ok(()),
        }
    }

    pub(crate) fn digest_kind(&self) -> AlgorithmIdentifierOwned {
        let oid = if matches!(self.pair, Pair::P384(_)) { SHA384 } else { SHA256 };
        AlgorithmIdentifierOwned { oid, parameters: None }
    }

    pub(crate) fn signature_kind(&self) -> AlgorithmIdentifierOwned {
        let (oid, parameters) = match self.pair {
            Pair::Rsa(_) => (RSA_SHA256, Some(Any::from(Null))),
            Pair::P256(_) => (ECDSA_SHA256, None),
            Pair::P384(_) => (ECDSA_SHA384, None),
        };
        AlgorithmIdentifierOwned { oid, parameters }
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Fault> {
        let chance = SystemRandom::new();
        match &self.pair {
            Pair::Rsa(pair) => {
                let mut bytes = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &chance, message, &mut bytes).map_err(|_| Fault::KeyKind)?;
                Ok(bytes)
            }
            Pair::P256(pair) | Pair::P384(pair) => {
                let signature = pair.sign(&chance, message).map_err(|_| Fault::KeyKind)?;
                Ok(signature.as_ref().to_vec())
            }
        }
    }
}

/// Of a private key in PKCS#8.
fn pair(pkcs8: &[u8]) -> Result<Pair, Fault> {
    if let Ok(pair) = RsaKeyPair::from_pkcs8(pkcs8) {
        return Ok(Pair::Rsa(pair));
    }
    let chance = SystemRandom::new();
    if let Ok(pair) = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8, &chance) {
        return Ok(Pair::P256(pair));
    }
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_ASN1_SIGNING, pkcs8, &chance);
    pair.map(Pair::P384).map_err(|_| Fault::KeyKind)
}
