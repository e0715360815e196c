//! The key that signs, wherever it is held.

use crate::cert::Certificate;
use crate::fault::Fault;
use chrono::{DateTime, Utc};
use der::asn1::{Null, ObjectIdentifier, UintRef};
use der::{Any, Encode};
use p12_keystore::{KeyStore, Pkcs12ImportPolicy};
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256,
    RsaKeyPair,
};
use sha2::{Digest, Sha256, Sha384};
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

/// What kind of key it is; with it go the digest and the form of its signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// PKCS#1 v1.5 with SHA-256.
    Rsa,
    /// ECDSA with SHA-256.
    P256,
    /// ECDSA with SHA-384.
    P384,
}

impl KeyKind {
    /// What is signed of a message.
    pub fn digest(self, message: &[u8]) -> Vec<u8> {
        match self {
            KeyKind::P384 => Sha384::digest(message).to_vec(),
            KeyKind::Rsa | KeyKind::P256 => Sha256::digest(message).to_vec(),
        }
    }

    pub(crate) fn digest_kind(self) -> AlgorithmIdentifierOwned {
        let oid = if self == KeyKind::P384 { SHA384 } else { SHA256 };
        AlgorithmIdentifierOwned { oid, parameters: None }
    }

    pub(crate) fn signature_kind(self) -> AlgorithmIdentifierOwned {
        let (oid, parameters) = match self {
            KeyKind::Rsa => (RSA_SHA256, Some(Any::from(Null))),
            KeyKind::P256 => (ECDSA_SHA256, None),
            KeyKind::P384 => (ECDSA_SHA384, None),
        };
        AlgorithmIdentifierOwned { oid, parameters }
    }
}

/// Whatever holds a private key: a file ([`Key`]), or a token that never gives it out.
pub trait Signer {
    /// Whose key it is.
    fn certificate(&self) -> &Certificate;
    /// Those between it and its authority.
    fn chain(&self) -> &[Certificate];
    /// # Errors
    /// [`Fault::KeyKind`] for a key that cannot sign here.
    fn kind(&self) -> Result<KeyKind, Fault>;
    /// The signature over the whole message: of RSA as it is, of ECDSA in DER ([`ecdsa_der`]).
    ///
    /// # Errors
    /// [`Fault::Signer`] when the holder of the key refuses.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Fault>;
}

/// A signature of ECDSA in DER, from its two numbers behind one another, as tokens give it.
///
/// # Errors
/// [`Fault::Signer`] for anything but two numbers of the same length.
pub fn ecdsa_der(both: &[u8]) -> Result<Vec<u8>, Fault> {
    let wrong = |_| Fault::Signer("no signature of ECDSA".to_owned());
    if both.is_empty() || !both.len().is_multiple_of(2) {
        return Err(Fault::Signer("no signature of ECDSA".to_owned()));
    }
    let (r, s) = both.split_at(both.len() / 2);
    let pair = Ecdsa { r: UintRef::new(r).map_err(wrong)?, s: UintRef::new(s).map_err(wrong)? };
    pair.to_der().map_err(wrong)
}

#[derive(der::Sequence)]
struct Ecdsa<'a> {
    r: UintRef<'a>,
    s: UintRef<'a>,
}

/// A private key out of a file, with its certificate and those between it and its authority.
pub struct Key {
    pair: Pair,
    chain: Vec<Certificate>,
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
        let mut chain: Vec<Certificate> =
            entry.certs().iter().map(|one| Certificate::from_der(one.as_der())).collect::<Result<_, _>>()?;
        if chain.is_empty() {
            return Err(Fault::NoKey);
        }
        let certificate = chain.remove(0);
        Ok(Key { pair, chain, certificate })
    }

    /// Whose key it is.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// # Errors
    /// [`Fault::NotYet`] or [`Fault::Expired`] when the certificate is not valid at that moment.
    pub fn valid_at(&self, at: DateTime<Utc>) -> Result<(), Fault> {
        self.certificate.asked_at(at)
    }
}

impl Signer for Key {
    fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    fn kind(&self) -> Result<KeyKind, Fault> {
        Ok(match self.pair {
            Pair::Rsa(_) => KeyKind::Rsa,
            Pair::P256(_) => KeyKind::P256,
            Pair::P384(_) => KeyKind::P384,
        })
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Fault> {
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
