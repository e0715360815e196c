//! Some keys are made by openssl, documents are judged by pdfsig as well as by this crate.

use chrono::{DateTime, FixedOffset, NaiveDate};
use pades::practice::{Authority, Holder};
use pades::{
    Anchor, Fault, Judged, Key, KeyKind, Shown, Signer, Signing, check, ecdsa_der, shown_at, sign, sign_shown,
};
use std::path::Path;
use std::process::Command;

/// A leader's key under the password `mật-khẩu`, with the authority that vouches for it.
struct Keys {
    authority: Authority,
    file: Vec<u8>,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn keys(pkcs8: Option<&[u8]>) -> Keys {
    let authority = Authority::new("Cơ quan thử", day("2020-01-01"), day("2040-01-01")).unwrap();
    let who = Holder {
        name: "Nguyễn Văn Hùng",
        organisation: "UBND xã Gia Phú",
        from: day("2025-01-01"),
        until: day("2030-01-01"),
    };
    let file = authority.key_file(&who, pkcs8, "mật-khẩu").unwrap();
    Keys { authority, file }
}

impl Keys {
    fn key(&self) -> Key {
        Key::from_pkcs12(&self.file, "mật-khẩu").unwrap()
    }

    fn judged(&self, pdf: &[u8]) -> Vec<Judged> {
        check(pdf, &[Anchor::from_der(self.authority.der()).unwrap()]).unwrap()
    }
}

/// A private key in PKCS#8, made by openssl.
fn openssl_key(kind: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    openssl(folder.path(), &format!("genpkey {kind} -out key.pem"));
    openssl(folder.path(), "pkcs8 -topk8 -nocrypt -in key.pem -outform DER")
}

fn openssl(folder: &Path, line: &str) -> Vec<u8> {
    let out = Command::new("openssl").args(line.split(' ')).current_dir(folder).output().unwrap();
    assert!(out.status.success(), "openssl {line}\n{}", String::from_utf8_lossy(&out.stderr));
    out.stdout
}

fn now() -> DateTime<FixedOffset> {
    "2026-01-05T09:05:07+07:00".parse().unwrap()
}

fn signing(at: DateTime<FixedOffset>) -> Signing<'static> {
    Signing { at, reason: "Ký ban hành", place: "Gia Phú" }
}

/// What poppler says of every signature.
fn pdfsig(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("signed.pdf");
    std::fs::write(&path, pdf).unwrap();
    let out = Command::new("pdfsig").arg("-nocert").arg(&path).output().unwrap();
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// A PDF with a classic table of places, as many scanners write it.
fn plain() -> Vec<u8> {
    written(&[
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>".to_owned(),
    ])
}

fn written(objects: &[String]) -> Vec<u8> {
    let mut text = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(text.len());
        text.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    let (table, size) = (text.len(), objects.len() + 1);
    text.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    places.iter().for_each(|place| text.extend(format!("{place:010} 00000 n \n").bytes()));
    text.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n").bytes());
    text
}

#[test]
fn a_signature_is_valid_for_poppler_and_for_us() {
    let rsa = openssl_key("-algorithm RSA -pkeyopt rsa_keygen_bits:2048");
    let p384 =
        openssl_key("-algorithm EC -pkeyopt ec_paramgen_curve:P-384 -pkeyopt ec_param_enc:named_curve");
    for (kind, pkcs8) in [("RSA", Some(rsa.as_slice())), ("P-384", Some(&p384)), ("P-256", None)] {
        let keys = keys(pkcs8);
        let signed = sign(&plain(), &keys.key(), &signing(now())).unwrap();
        assert!(signed.starts_with(&plain()), "not a byte changes");
        let told = pdfsig(&signed);
        assert!(told.contains("Signature Validation: Signature is Valid."), "{kind}: {told}");
        assert!(told.contains("ETSI.CAdES.detached") && told.contains("Total document signed"), "{told}");
        let [one] = keys.judged(&signed).try_into().unwrap();
        assert!(one.intact && one.whole && one.in_time && one.trusted, "{kind}: {one:?}");
        let certificate = one.certificate.unwrap();
        assert_eq!(
            (certificate.name.as_str(), certificate.issuer.as_str()),
            ("Nguyễn Văn Hùng", "Cơ quan thử")
        );
        assert_eq!(certificate.organisation, "UBND xã Gia Phú");
        assert_eq!((one.reason.as_str(), one.at.unwrap()), ("Ký ban hành", now()));
        let [strange] = check(&signed, &[]).unwrap().try_into().unwrap();
        assert!(strange.intact && !strange.trusted, "nobody vouches for it here");
    }
}

#[test]
fn key_files_of_other_programs_open() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write("ours.p12", &keys(Some(&openssl_key("-algorithm RSA -pkeyopt rsa_keygen_bits:2048"))).file);
    openssl(folder.path(), "pkcs12 -in ours.p12 -passin pass:mật-khẩu -nodes -out all.pem");
    for old in ["", " -certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES -macalg sha1"] {
        let export = format!("pkcs12 -export -in all.pem -passout pass:mật-khẩu{old}");
        let file = openssl(folder.path(), &export);
        let key = Key::from_pkcs12(&file, "mật-khẩu").unwrap();
        assert_eq!(key.certificate().name, "Nguyễn Văn Hùng");
        assert!(
            pdfsig(&sign(&plain(), &key, &signing(now())).unwrap()).contains("Signature is Valid"),
            "{old}"
        );
    }
}

#[test]
fn a_second_signature_leaves_the_first_one_good() {
    let keys = keys(None);
    let once = sign(&plain(), &keys.key(), &signing(now())).unwrap();
    let twice = sign(&once, &keys.key(), &signing(now())).unwrap();
    assert!(twice.starts_with(&once));
    let told = pdfsig(&twice);
    assert_eq!(told.matches("Signature Validation: Signature is Valid.").count(), 2, "{told}");
    let [first, second] = keys.judged(&twice).try_into().unwrap();
    assert!(first.intact && !first.whole, "{first:?}");
    assert!(second.intact && second.whole, "{second:?}");
    assert_ne!(first.field, second.field);
}

/// A red square, as a PDF of its own.
fn square() -> Vec<u8> {
    let content = "1 0 0 rg 0 0 20 20 re f";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 20 20]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Resources<</ProcSet 5 0 R>>/Contents 4 0 R>>".to_owned(),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
        "[/PDF]".to_owned(),
    ];
    written(&objects)
}

/// The colour of the middle of a place on the first page, as poppler draws it.
fn colour(pdf: &[u8], x: usize, y: usize) -> [u8; 3] {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.pdf"), pdf).unwrap();
    let out = Command::new("pdftoppm")
        .args(["-r", "72", "-singlefile", "a.pdf", "a"])
        .current_dir(folder.path())
        .output();
    assert!(out.unwrap().status.success());
    let picture = std::fs::read(folder.path().join("a.ppm")).unwrap();
    let at = picture.len() - 595 * 842 * 3 + (y * 595 + x) * 3;
    [picture[at], picture[at + 1], picture[at + 2]]
}

#[test]
fn a_signature_is_drawn_at_its_place_and_nowhere_else() {
    let keys = keys(None);
    let drawing = square();
    let shown = Shown { page: 1, at: [100.0, 200.0, 200.0, 260.0], drawing: &drawing };
    let signed = sign_shown(&plain(), &keys.key(), &signing(now()), Some(&shown)).unwrap();
    assert!(signed.starts_with(&plain()));
    let told = pdfsig(&signed);
    assert!(told.contains("Signature is Valid") && told.contains("Total document signed"), "{told}");
    assert!(keys.judged(&signed).iter().all(|one| one.intact && one.whole));
    assert_eq!(colour(&signed, 150, 842 - 230), [255, 0, 0]);
    for (x, y) in [(90, 230), (210, 230), (150, 190), (150, 270)] {
        assert_eq!(colour(&signed, x, 842 - y), [255, 255, 255], "{x} {y}");
    }
    // A second one beside it leaves the first good.
    let beside = Shown { at: [300.0, 200.0, 400.0, 260.0], ..shown };
    let twice = sign_shown(&signed, &keys.key(), &signing(now()), Some(&beside)).unwrap();
    assert_eq!(pdfsig(&twice).matches("Signature is Valid").count(), 2);
    assert_eq!(shown_at(&twice).unwrap(), [(1, shown.at), (1, beside.at)]);
    assert_eq!(shown_at(&sign(&plain(), &keys.key(), &signing(now())).unwrap()).unwrap(), []);
    assert_eq!((colour(&twice, 150, 612), colour(&twice, 350, 612)), ([255, 0, 0], [255, 0, 0]));
    let wrong =
        |shown: &Shown<'_>| sign_shown(&plain(), &keys.key(), &signing(now()), Some(shown)).unwrap_err();
    for shown in [
        Shown { page: 2, ..shown },
        Shown { at: [200.0, 200.0, 100.0, 260.0], ..shown },
        Shown { at: [f32::NAN, 200.0, 100.0, 260.0], ..shown },
        Shown { drawing: b"no pdf", ..shown },
    ] {
        assert!(matches!(wrong(&shown), Fault::NotPdf(_)), "{shown:?}");
    }
}

/// A token: it signs, and nobody has its key.
struct Token(Key);

impl Signer for Token {
    fn certificate(&self) -> &pades::Certificate {
        self.0.certificate()
    }
    fn chain(&self) -> &[pades::Certificate] {
        &[]
    }
    fn kind(&self) -> Result<KeyKind, Fault> {
        self.0.certificate().key_kind().ok_or(Fault::KeyKind)
    }
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Fault> {
        Signer::sign(&self.0, message)
    }
}

#[test]
fn whatever_holds_the_key_can_sign() {
    let rsa = openssl_key("-algorithm RSA -pkeyopt rsa_keygen_bits:2048");
    for (kind, pkcs8) in [(KeyKind::Rsa, Some(rsa.as_slice())), (KeyKind::P256, None)] {
        let keys = keys(pkcs8);
        let token = Token(keys.key());
        assert_eq!(token.kind().unwrap(), kind);
        let signed = sign(&plain(), &token, &signing(now())).unwrap();
        assert!(pdfsig(&signed).contains("Signature is Valid"));
        assert!(keys.judged(&signed)[0].trusted);
        assert!(!token.certificate().is_authority());
        let own = pades::Certificate::from_der(keys.authority.der()).unwrap();
        assert!(own.is_authority());
        assert_eq!(token.certificate().chain_in(std::slice::from_ref(&own)), [own]);
    }
    assert_eq!(ecdsa_der(&[0, 1, 0x80, 2]).unwrap(), [0x30, 8, 2, 1, 1, 2, 3, 0, 0x80, 2]);
    assert!(matches!(ecdsa_der(&[1]), Err(Fault::Signer(_))));
}

#[test]
fn any_changed_byte_of_the_document_is_noticed() {
    let keys = keys(None);
    let signed = sign(&plain(), &keys.key(), &signing(now())).unwrap();
    let width = signed.windows(3).position(|three| three == b"595").unwrap();
    let mut other = signed.clone();
    other[width] = b'4';
    let [one] = keys.judged(&other).try_into().unwrap();
    assert!(!one.intact && one.fault.is_none(), "{one:?}");
    assert!(!pdfsig(&other).contains("Signature is Valid"));
    let mut longer = signed.clone();
    longer.extend(b"\n% added afterwards\n");
    let [one] = keys.judged(&longer).try_into().unwrap();
    assert!(one.intact && !one.whole, "{one:?}");
}

#[test]
fn what_stands_in_the_gap_is_what_counts() {
    let keys = keys(None);
    let signed = sign(&plain(), &keys.key(), &signing(now())).unwrap();
    let gap = signed.windows(5).position(|five| five == b"<3082").unwrap();
    let last = gap + 1 + signed[gap + 1..].windows(64).position(|zeros| zeros == [b'0'; 64]).unwrap();
    for at in [gap + 40, last - 4, last - 300] {
        let mut other = signed.clone();
        other[at] = if other[at] == b'7' { b'8' } else { b'7' };
        let [one] = keys.judged(&other).try_into().unwrap();
        assert!(!one.intact, "byte {at}: {one:?}");
    }
    let mut other = signed.clone();
    other[gap + 900] = b'z';
    assert!(keys.judged(&other).iter().all(|one| !one.intact), "no hexadecimal digit");
}

#[test]
fn a_key_that_does_not_open_or_is_over_does_not_sign() {
    let keys = keys(None);
    let wrong = |file: &[u8], password: &str| Key::from_pkcs12(file, password).map(|_| ()).unwrap_err();
    assert_eq!(wrong(&keys.file, "khác"), Fault::Password);
    assert_eq!(wrong(b"no key", "mật-khẩu"), Fault::Password);
    let key = keys.key();
    let later = now() + chrono::Duration::days(2_000);
    assert!(matches!(sign(&plain(), &key, &signing(later)).unwrap_err(), Fault::Expired(_)));
    let earlier = now() - chrono::Duration::days(700);
    assert!(matches!(sign(&plain(), &key, &signing(earlier)).unwrap_err(), Fault::NotYet(_)));
}

#[test]
fn a_file_that_is_no_pdf_or_has_no_signature_is_told() {
    assert_eq!(check(&plain(), &[]).unwrap(), []);
    assert!(matches!(check(b"hello", &[]).unwrap_err(), Fault::NotPdf(_)));
    let keys = keys(None);
    assert!(matches!(sign(b"%PDF-1.7 broken", &keys.key(), &signing(now())).unwrap_err(), Fault::NotPdf(_)));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn broken_files_are_refused_and_never_crash(place in 0..400_usize, bytes: [u8; 4]) {
        let mut file = plain();
        let place = place % (file.len() - 4);
        file[place..place + 4].copy_from_slice(&bytes);
        let _ = check(&file, &[]);
    }
}
