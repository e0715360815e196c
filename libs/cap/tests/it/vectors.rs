//! Signatures made by another program (libxmlsec1 1.3.9 over libxml2, by OpenSSL) over one message with prefixes,
//! comments, character data, instructions and namespaces that come and go.

use crate::at;
use cap::{Alert, Refused, Trusted, Vouched, verify};

const PLAIN: &str = include_str!("../data/prefixed.xml");
const RSA: &[u8] = include_bytes!("../data/rsa.cert");
const P256: &[u8] = include_bytes!("../data/p256.cert");
const ALL: [(&str, &[u8]); 4] = [
    (include_str!("../data/rsa-exclusive.xml"), RSA),
    (include_str!("../data/rsa-inclusive.xml"), RSA),
    (include_str!("../data/p256-exclusive.xml"), P256),
    (include_str!("../data/p256-inclusive.xml"), P256),
];

#[test]
fn signatures_of_another_program_are_good() {
    for (xml, certificate) in ALL {
        let trusted = [Trusted::signer(certificate).unwrap()];
        let verified = verify(xml.as_bytes(), &trusted, at("2026-11-29T08:00:00+07:00")).unwrap();
        assert_eq!(verified.alert, Alert::parse(PLAIN.as_bytes()).unwrap());
        assert_eq!((verified.signer.vouched, verified.signer.serial.as_str()), (Vouched::Itself, "2026"));
        assert_eq!(verified.signer.organisation, "Đài thử nghiệm");
    }
}

#[test]
fn and_bad_when_altered_or_of_another_key() {
    for (xml, certificate) in ALL {
        let trusted = [Trusted::signer(certificate).unwrap()];
        let moment = at("2026-11-29T08:00:00+07:00");
        let altered = xml.replace("Severe", "Minor");
        assert_eq!(verify(altered.as_bytes(), &trusted, moment), Err(Refused::Altered));
        let other = if certificate == RSA { P256 } else { RSA };
        let stranger = [Trusted::signer(other).unwrap()];
        assert_eq!(verify(xml.as_bytes(), &stranger, moment), Err(Refused::Untrusted));
    }
}

#[test]
fn a_signature_without_certificates_is_of_whom_is_trusted() {
    for (xml, certificate) in ALL {
        let (before, after) = xml.split_once("<ds:KeyInfo>").unwrap();
        let bare = format!("{before}{}", after.split_once("</ds:KeyInfo>").unwrap().1);
        let moment = at("2026-11-29T08:00:00+07:00");
        let trusted = [Trusted::signer(certificate).unwrap()];
        assert!(verify(bare.as_bytes(), &trusted, moment).is_ok());
        assert_eq!(verify(bare.as_bytes(), &[], moment), Err(Refused::NoCertificate));
    }
}
