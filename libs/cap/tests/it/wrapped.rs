//! Signatures that are moved, doubled, turned to something else, or made in another way: none is believed.

use crate::at;
use crate::signed::{NOW, Office, alert, office};
use cap::{Refused, Trusted, sign, verify};

struct Case {
    office: Office,
    xml: String,
}

impl Case {
    fn new() -> Case {
        let office = office(vec![]);
        let xml = sign(&alert(), &office.key).unwrap();
        Case { office, xml }
    }

    fn of(&self, xml: &str) -> Refused {
        let trusted =
            [Trusted::signer(&self.office.own).unwrap(), Trusted::authority(&self.office.root).unwrap()];
        verify(xml.as_bytes(), &trusted, at(NOW)).unwrap_err()
    }

    fn with(&self, from: &str, to: &str) -> Refused {
        assert!(self.xml.contains(from), "{from}");
        self.of(&self.xml.replace(from, to))
    }

    /// The message and its signature.
    fn parts(&self) -> (String, String) {
        let begin = self.xml.find("<Signature ").unwrap();
        let end = self.xml.find("</Signature>").unwrap() + "</Signature>".len();
        (format!("{}{}", &self.xml[..begin], &self.xml[end..]), self.xml[begin..end].to_owned())
    }
}

#[test]
fn a_message_without_a_signature_is_not_signed() {
    let case = Case::new();
    let (plain, _) = case.parts();
    assert_eq!(case.of(&plain), Refused::Unsigned);
    assert_eq!(
        case.with("http://www.w3.org/2000/09/xmldsig#\"><SignedInfo", "urn:other\"><SignedInfo"),
        Refused::Unsigned
    );
}

#[test]
fn a_signed_message_inside_another_is_not_believed() {
    let case = Case::new();
    let (plain, signature) = case.parts();
    let declaration = plain.find("<alert").unwrap();
    let evil = plain.replace("Severe", "Minor");
    // The whole signed message in an element that readers pass over.
    let inner = &case.xml[declaration..];
    let around = evil.replace("</alert>", &format!("<old>{inner}</old></alert>"));
    assert_eq!(case.of(&around), Refused::Misplaced);
    // The signature outside, over what it was made for inside.
    let plain = &plain[declaration..];
    let moved = evil.replace("</alert>", &format!("{signature}<old>{plain}</old></alert>"));
    assert_eq!(case.of(&moved), Refused::Altered);
    // The signed message as an object of the signature.
    let object = format!("<Object>{plain}</Object></Signature>");
    let object = evil.replace("</alert>", &format!("{}</alert>", signature.replace("</Signature>", &object)));
    assert_eq!(case.of(&object), Refused::Shape("Signature/Object".into()));
    // An evil root around both.
    let root = format!("<alerts>{plain}{signature}</alerts>");
    assert_eq!(case.of(&root), Refused::Altered);
    // The signature deeper in the message.
    let deep = plain.replace("</info>", &format!("{signature}</info>"));
    assert_eq!(case.of(&deep), Refused::Misplaced);
}

#[test]
fn more_than_one_signature_is_not_believed() {
    let case = Case::new();
    let (_, signature) = case.parts();
    assert_eq!(case.with("</alert>", &format!("{signature}</alert>")), Refused::Several);
    assert_eq!(case.with("<info>", &format!("<info><x>{signature}</x>")), Refused::Several);
    let inside = format!("<KeyInfo>{signature}");
    assert_eq!(case.with("<KeyInfo>", &inside), Refused::Several);
}

#[test]
fn references_to_parts_are_refused() {
    let case = Case::new();
    let open = "<Reference URI=\"\">";
    for other in
        ["<Reference URI=\"#a\">", "<Reference>", "<Reference URI=\"#xpointer(/)\">", "<Reference URI=\" \">"]
    {
        assert_eq!(case.with(open, other), Refused::Reference, "{other}");
    }
    let (begin, end) =
        (case.xml.find(open).unwrap(), case.xml.find("</Reference>").unwrap() + "</Reference>".len());
    let twice = case.xml[begin..end].repeat(2);
    assert_eq!(case.with(&case.xml[begin..end], &twice), Refused::Shape("SignedInfo/Reference".into()));
    assert_eq!(case.with(&case.xml[begin..end], ""), Refused::Shape("SignedInfo/Reference".into()));
}

#[test]
fn other_algorithms_are_refused_by_name() {
    let case = Case::new();
    let of = |from: &str, to: &str| match case.with(from, to) {
        Refused::Algorithm(name) => name,
        other => panic!("{from}: {other:?}"),
    };
    let (enveloped, exclusive) =
        ("http://www.w3.org/2000/09/xmldsig#enveloped-signature", "http://www.w3.org/2001/10/xml-exc-c14n#");
    let transform = |name: &str| format!("<Transform Algorithm=\"{name}\"></Transform>");
    let xslt = "http://www.w3.org/TR/1999/REC-xslt-19991116";
    assert_eq!(of(&transform(exclusive), &transform(xslt)), xslt);
    assert_eq!(of(&transform(enveloped), ""), exclusive, "it has to be enveloped");
    assert_eq!(
        of(exclusive, "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"),
        "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"
    );
    assert_eq!(of("2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1"), "http://www.w3.org/2000/09/xmldsig#sha1");
    assert_eq!(
        of("2001/04/xmldsig-more#ecdsa-sha256", "2000/09/xmldsig#hmac-sha1"),
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1"
    );
    let prefixes = format!(
        "<Transform Algorithm=\"{exclusive}\"><InclusiveNamespaces xmlns=\"{exclusive}\" PrefixList=\"x\"/></Transform>"
    );
    assert_eq!(of(&transform(exclusive), &prefixes), "InclusiveNamespaces");
    let third = format!("{0}{0}", transform(exclusive));
    assert_eq!(case.with(&transform(exclusive), &third), Refused::Shape("Transforms/Transform".into()));
    // A key of one kind under the name of another.
    assert_eq!(case.with("ecdsa-sha256", "rsa-sha256"), Refused::Forged);
}

#[test]
fn damaged_signatures_are_refused() {
    let case = Case::new();
    assert_eq!(case.with("<SignatureValue>", "<SignatureValue>!"), Refused::Value("SignatureValue"));
    assert_eq!(case.with("<X509Certificate>", "<X509Certificate>!"), Refused::Value("X509Certificate"));
    assert_eq!(case.with("<X509Certificate>", "<X509Certificate>AAAA"), Refused::NoCertificate);
    assert_eq!(case.with("<KeyInfo>", "<KeyInfo/><KeyInfo>"), Refused::Shape("Signature/KeyInfo".into()));
    assert_eq!(case.with("<SignedInfo>", "<SignedInfo>text"), Refused::Shape("SignedInfo".into()));
    let many = "<X509Certificate>AAAA</X509Certificate>".repeat(10);
    assert_eq!(case.with("<X509Data>", &format!("<X509Data>{many}")), Refused::Shape("X509Data".into()));
    assert!(matches!(case.with("<?xml", "<!DOCTYPE a><?xml"), Refused::Alert(_)));
    assert_eq!(case.of(""), case.of(" "));
    assert_eq!(case.of("").code(), "empty");
}
