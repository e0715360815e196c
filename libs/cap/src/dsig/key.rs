//! The key that signs, wherever it is held.

use super::SignFault;
use super::cert::{Certificate, CertificateFault};
use der::Decode;
use der::asn1::UintRef;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};

/// What kind of key it is; with it goes the form of its signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// RSA PKCS#1 v1.5 with SHA-256.
    Rsa,
    /// ECDSA on P-256 with SHA-256.
    P256,
}

/// Whatever holds a private key: bytes in memory ([`PrivateKey`]), or a token that never gives it out.
pub trait Key {
    /// Certificates in DER: its own first, then those between it and its authority.
    fn certificates(&self) -> Vec<Vec<u8>>;
    /// # Errors
    /// [`SignFault::KeyKind`] for a key that cannot sign here.
    fn kind(&self) -> Result<KeyKind, SignFault>;
    /// The signature over the whole message, not over its digest: of RSA as it is, of ECDSA in DER.
    ///
    /// # Errors
    /// [`SignFault::Holder`] when the holder of the key refuses.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignFault>;
}

enum Pair {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
}

/// A private key in memory with its certificates.
pub struct PrivateKey {
    pair: Pair,
    certificates: Vec<Vec<u8>>,
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("PrivateKey").finish_non_exhaustive()
    }
}

impl PrivateKey {
    /// A key in PKCS#8 (DER). `certificates` in DER: its own first, then those between it and its authority.
    ///
    /// # Errors
    /// [`SignFault::KeyKind`] for another key than RSA of 2048 bits and more or P-256, [`SignFault::Certificate`]
    /// without a readable certificate, [`SignFault::Unfit`] when the first is not of this key.
    pub fn from_pkcs8(pkcs8: &[u8], certificates: Vec<Vec<u8>>) -> Result<PrivateKey, SignFault> {
        let pair = pair(pkcs8)?;
        let own = certificates.first().ok_or_else(|| CertificateFault::of("there is none"))?;
        let own = Certificate::read(own)?;
        let public = match &pair {
            Pair::Rsa(pair) => pair.public_key().as_ref(),
            Pair::P256(pair) => pair.public_key().as_ref(),
        };
        if own.key != public {
            return Err(SignFault::Unfit);
        }
        Ok(PrivateKey { pair, certificates })
    }
}

impl Key for PrivateKey {
    fn certificates(&self) -> Vec<Vec<u8>> {
        self.certificates.clone()
    }

    fn kind(&self) -> Result<KeyKind, SignFault> {
        Ok(match self.pair {
            Pair::Rsa(_) => KeyKind::Rsa,
            Pair::P256(_) => KeyKind::P256,
        })
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignFault> {
        let chance = SystemRandom::new();
        match &self.pair {
            Pair::Rsa(pair) => {
                let mut bytes = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &chance, message, &mut bytes).map_err(|_| SignFault::KeyKind)?;
                Ok(bytes)
            }
            Pair::P256(pair) => {
                let signature = pair.sign(&chance, message).map_err(|_| SignFault::KeyKind)?;
                Ok(signature.as_ref().to_vec())
            }
        }
    }
}

fn pair(pkcs8: &[u8]) -> Result<Pair, SignFault> {
    if let Ok(pair) = RsaKeyPair::from_pkcs8(pkcs8) {
        return Ok(Pair::Rsa(pair));
    }
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8, &SystemRandom::new());
    pair.map(Pair::P256).map_err(|_| SignFault::KeyKind)
}

#[derive(der::Sequence)]
struct Ecdsa<'a> {
    r: UintRef<'a>,
    s: UintRef<'a>,
}

/// As XML has it (XML-Signature 1.1, section 6.4.3): both numbers behind one another, 32 bytes each.
pub(super) fn fixed(kind: KeyKind, signature: Vec<u8>) -> Result<Vec<u8>, SignFault> {
    if kind == KeyKind::Rsa {
        return Ok(signature);
    }
    let wrong = || SignFault::Holder("no signature of ECDSA".to_owned());
    let pair = Ecdsa::from_der(&signature).map_err(|_| wrong())?;
    let mut both = Vec::with_capacity(64);
    for number in [pair.r.as_bytes(), pair.s.as_bytes()] {
        let room = 32usize.checked_sub(number.len()).ok_or_else(wrong)?;
        both.extend(std::iter::repeat_n(0, room));
        both.extend_from_slice(number);
    }
    Ok(both)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_ecdsa_are_filled_up() {
        // SEQUENCE { INTEGER 1, INTEGER 0xFF }
        let der = vec![0x30, 7, 2, 1, 1, 2, 2, 0, 0xFF];
        let both = fixed(KeyKind::P256, der).unwrap();
        assert_eq!((both.len(), both[31], both[63]), (64, 1, 0xFF));
        assert!(fixed(KeyKind::P256, vec![1, 2, 3]).is_err());
        let long = [vec![0x30, 38, 2, 33, 1], vec![0; 32], vec![2, 1, 1]].concat();
        assert!(fixed(KeyKind::P256, long).is_err());
    }
}
