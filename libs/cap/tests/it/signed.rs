//! Signatures that are made here and judged here; `vectors.rs` has those of others.

use crate::{MISSING, STORM, at};
use cap::{Alert, Key, KeyKind, PrivateKey, Refused, SignFault, Trusted, Vouched, sign, verify};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};

pub const NOW: &str = "2026-11-29T08:00:00+07:00";

/// Somebody who signs, with the certificates along.
pub struct Office {
    pub key: PrivateKey,
    pub own: Vec<u8>,
    pub root: Vec<u8>,
}

fn params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.not_before = rcgen::date_time_ymd(2026, 1, 1);
    params.not_after = rcgen::date_time_ymd(2027, 1, 1);
    params.distinguished_name.push(DnType::CommonName, name);
    params
}

fn authority(name: &str) -> CertificateParams {
    let mut params = params(name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params
}

/// Under an authority between itself and the root; `uses` is what its certificate says that it is for.
pub fn office(uses: Vec<ExtendedKeyUsagePurpose>) -> Office {
    let (root_key, between_key, key) =
        (KeyPair::generate().unwrap(), KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
    let root = authority("Root").self_signed(&root_key).unwrap().der().to_vec();
    let root_issuer = Issuer::new(authority("Root"), root_key);
    let between = authority("Between").signed_by(&between_key, &root_issuer).unwrap().der().to_vec();
    let mut own = params("Ban Chỉ huy PCTT");
    own.distinguished_name.push(DnType::OrganizationName, "UBND tỉnh");
    own.extended_key_usages = uses;
    let own = own.signed_by(&key, &Issuer::new(authority("Between"), between_key)).unwrap().der().to_vec();
    let key = PrivateKey::from_pkcs8(&key.serialize_der(), vec![own.clone(), between]).unwrap();
    Office { key, own, root }
}

pub fn alert() -> Alert {
    Alert::parse(STORM.as_bytes()).unwrap()
}

fn trusted(office: &Office) -> [Trusted; 1] {
    [Trusted::signer(&office.own).unwrap()]
}

#[test]
fn what_is_signed_is_verified_by_certificate_and_by_authority() {
    let office = office(vec![ExtendedKeyUsagePurpose::EmailProtection]);
    for alert in [alert(), Alert::parse(MISSING.as_bytes()).unwrap()] {
        let xml = sign(&alert, &office.key).unwrap();
        let verified = verify(xml.as_bytes(), &trusted(&office), at(NOW)).unwrap();
        assert_eq!(verified.alert, alert);
        assert_eq!(
            (verified.signer.name.as_str(), verified.signer.organisation.as_str()),
            ("Ban Chỉ huy PCTT", "UBND tỉnh")
        );
        assert_eq!((verified.signer.issuer.as_str(), verified.signer.vouched), ("Between", Vouched::Itself));
        assert_eq!(verified.signer.certificate, office.own);
        let root = [Trusted::authority(&office.root).unwrap()];
        let verified = verify(xml.as_bytes(), &root, at(NOW)).unwrap();
        assert_eq!(verified.signer.vouched, Vouched::Authority);
        assert_eq!(Alert::parse(xml.as_bytes()).unwrap(), alert, "who asks for no signature reads it too");
    }
}

#[test]
fn rsa_signs_too() {
    let certificate = include_bytes!("../data/rsa.cert");
    let key = PrivateKey::from_pkcs8(include_bytes!("../data/rsa.key"), vec![certificate.to_vec()]).unwrap();
    assert_eq!(key.kind(), Ok(KeyKind::Rsa));
    let xml = sign(&alert(), &key).unwrap();
    let verified = verify(xml.as_bytes(), &[Trusted::signer(certificate).unwrap()], at(NOW)).unwrap();
    assert_eq!((verified.alert, verified.signer.name.as_str()), (alert(), "Practice rsa"));
}

#[test]
fn strangers_and_certificates_out_of_time_are_refused() {
    let office = office(vec![]);
    let other = self::office(vec![]);
    let xml = sign(&alert(), &office.key).unwrap();
    let refused =
        |trusted: &[Trusted], moment: &str| verify(xml.as_bytes(), trusted, at(moment)).unwrap_err();
    assert_eq!(refused(&[], NOW), Refused::Untrusted);
    assert_eq!(refused(&trusted(&other), NOW), Refused::Untrusted);
    assert_eq!(refused(&[Trusted::authority(&other.root).unwrap()], NOW), Refused::Untrusted);
    assert!(matches!(refused(&trusted(&office), "2027-06-01T00:00:00+07:00"), Refused::Expired(_)));
    assert!(matches!(refused(&trusted(&office), "2025-06-01T00:00:00+07:00"), Refused::NotYet(_)));
    let server = self::office(vec![ExtendedKeyUsagePurpose::ServerAuth]);
    let xml = sign(&alert(), &server.key).unwrap();
    let root = [Trusted::authority(&server.root).unwrap()];
    assert_eq!(
        verify(xml.as_bytes(), &root, at(NOW)),
        Err(Refused::Untrusted),
        "a web server signs no alerts"
    );
}

#[test]
fn whatever_is_altered_afterwards_is_noticed() {
    let office = office(vec![]);
    let trusted = trusted(&office);
    let xml = sign(&alert(), &office.key).unwrap();
    let of = |from: &str, to: &str| {
        assert!(xml.contains(from), "{from}");
        verify(xml.replacen(from, to, 1).as_bytes(), &trusted, at(NOW)).unwrap_err()
    };
    assert_eq!(of("DÔNG MẠNH", "DÔNG NHẸ"), Refused::Altered);
    assert_eq!(of("16:00:00", "17:00:00"), Refused::Altered);
    assert_eq!(of("<info>", "<info plain=''>"), Refused::Altered);
    assert_eq!(of("<info>", "<?hint?><info>"), Refused::Altered);
    assert_eq!(of("<alert ", "<?hint?><alert "), Refused::Altered);
    assert_eq!(of("</alert>", "<note>Test</note></alert>"), Refused::Altered);
    assert_eq!(of("<DigestValue>", "<DigestValue>AAAA"), Refused::Value("DigestValue"));
    assert_eq!(of("<SignatureValue>", "<SignatureValue>AAAA"), Refused::Forged);
    let value = xml.split("<DigestValue>").nth(1).unwrap().split('<').next().unwrap();
    let other = format!("{}A=", &value[..42]);
    if other != value {
        assert_eq!(of(value, &other), Refused::Forged);
    }
    // What means the same is the same.
    let same = xml.replacen("<event>", "<!-- x --><event  >", 1).replace('\n', "\r\n");
    assert_eq!(verify(same.as_bytes(), &trusted, at(NOW)).unwrap().alert, alert());
}

#[test]
fn every_changed_letter_is_noticed_or_changes_nothing() {
    let office = office(vec![]);
    let trusted = trusted(&office);
    let xml = sign(&alert(), &office.key).unwrap();
    for index in 0..xml.len() {
        let mut bytes = xml.clone().into_bytes();
        bytes[index] ^= 1;
        if let Ok(verified) = verify(&bytes, &trusted, at(NOW)) {
            assert_eq!(verified.alert, alert(), "{index}");
        }
    }
}

#[test]
fn nothing_is_signed_that_could_not_be_read() {
    let office = office(vec![]);
    let mut wrong = alert();
    wrong.infos[0].categories.clear();
    assert!(matches!(sign(&wrong, &office.key), Err(SignFault::Alert(_))));
    let other = include_bytes!("../data/p256.cert").to_vec();
    let pkcs8 = KeyPair::generate().unwrap().serialize_der();
    assert_eq!(PrivateKey::from_pkcs8(&pkcs8, vec![other.clone()]).unwrap_err(), SignFault::Unfit);
    assert!(matches!(PrivateKey::from_pkcs8(&pkcs8, vec![]), Err(SignFault::Certificate(_))));
    assert_eq!(PrivateKey::from_pkcs8(&[1, 2, 3], vec![other.clone()]).unwrap_err(), SignFault::KeyKind);

    /// A token that holds another key than its certificate says.
    struct Mixed(PrivateKey, Vec<u8>);
    impl Key for Mixed {
        fn certificates(&self) -> Vec<Vec<u8>> {
            vec![self.1.clone()]
        }
        fn kind(&self) -> Result<KeyKind, SignFault> {
            self.0.kind()
        }
        fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignFault> {
            self.0.sign(message)
        }
    }
    assert_eq!(sign(&alert(), &Mixed(office.key, other)), Err(SignFault::Unfit));
}
