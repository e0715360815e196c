use super::cert::{Certificate, CertificateFault};
use super::key::fixed;
use super::verify::digest;
use super::{ENVELOPED, EXCLUSIVE, Key, NAMESPACE, SHA256, SignFault};
use crate::write::END;
use crate::xml::{Document, Method};
use crate::{Alert, Place, Reason};
use base64::{Engine, engine::general_purpose::STANDARD};

/// The message in XML with an enveloped signature (section 3.3.4) as the last child of its root: exclusive canonical
/// form, SHA-256, the certificates of the key along with it.
///
/// # Errors
/// [`SignFault`], for a message that [`Alert::check`] refuses too.
pub fn sign(alert: &Alert, key: &dyn Key) -> Result<String, SignFault> {
    alert.check()?;
    let kind = key.kind()?;
    let certificates = key.certificates();
    let own = certificates.first().ok_or_else(|| CertificateFault::of("there is none"))?;
    let own = Certificate::read(own)?;

    let plain = alert.to_xml();
    let message = Document::read(plain.as_bytes())?;
    // What could not be read again must not be signed.
    if crate::read::alert(&message)? != *alert {
        return Err(Place::default().wrong(Reason::Character).into());
    }
    let begin = plain.strip_suffix(END).unwrap_or(&plain);
    let digest = STANDARD.encode(digest(&message, Method::Exclusive, None));
    let info = format!(
        "<SignedInfo><CanonicalizationMethod Algorithm=\"{EXCLUSIVE}\"></CanonicalizationMethod>\
         <SignatureMethod Algorithm=\"{}\"></SignatureMethod><Reference URI=\"\"><Transforms>\
         <Transform Algorithm=\"{ENVELOPED}\"></Transform><Transform Algorithm=\"{EXCLUSIVE}\"></Transform>\
         </Transforms><DigestMethod Algorithm=\"{SHA256}\"></DigestMethod><DigestValue>{digest}</DigestValue>\
         </Reference></SignedInfo>",
        kind.name()
    );
    let signed = alone(&info)?;
    let value = fixed(kind, key.sign(&signed)?)?;
    if !own.signed(kind, &signed, &value) {
        return Err(SignFault::Unfit);
    }
    let certificates: String = certificates
        .iter()
        .map(|der| format!("<X509Certificate>{}</X509Certificate>", STANDARD.encode(der)))
        .collect();
    Ok(format!(
        "{begin}<Signature xmlns=\"{NAMESPACE}\">{info}<SignatureValue>{}</SignatureValue>\
         <KeyInfo><X509Data>{certificates}</X509Data></KeyInfo></Signature>{END}",
        STANDARD.encode(value)
    ))
}

/// The canonical form of `SignedInfo` inside its `Signature`.
fn alone(info: &str) -> Result<Vec<u8>, SignFault> {
    let around = Document::read(format!("<Signature xmlns=\"{NAMESPACE}\">{info}</Signature>").as_bytes())?;
    let element = around.root.elements().next();
    let element = element.ok_or_else(|| Place::default().wrong(Reason::Missing))?;
    Ok(element.canonical(Method::Exclusive, &[&around.root]))
}
