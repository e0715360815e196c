//! The enveloped signature of section 3.3.4, by XML-Signature Syntax and Processing (W3C): one signature, child of
//! the root, over the whole message. A narrow part of that standard; everything else in it is refused by name.

mod cert;
mod fault;
mod key;
mod shape;
mod sign;
mod trust;
mod verify;

pub use cert::CertificateFault;
pub use fault::{Refused, SignFault};
pub use key::{Key, KeyKind, PrivateKey};
pub use sign::sign;
pub use trust::{Trusted, Vouched};
pub use verify::{Signer, Verified, verify};

use crate::xml::Method;

const NAMESPACE: &str = "http://www.w3.org/2000/09/xmldsig#";
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const INCLUSIVE: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const ECDSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";

/// The canonical form of this name.
fn method(name: &str) -> Option<Method> {
    match name {
        INCLUSIVE => Some(Method::Inclusive),
        EXCLUSIVE => Some(Method::Exclusive),
        _ => None,
    }
}

impl KeyKind {
    /// The method of signing that goes with the key.
    fn name(self) -> &'static str {
        match self {
            KeyKind::Rsa => RSA_SHA256,
            KeyKind::P256 => ECDSA_SHA256,
        }
    }

    fn of(name: &str) -> Option<KeyKind> {
        [KeyKind::Rsa, KeyKind::P256].into_iter().find(|kind| kind.name() == name)
    }
}
