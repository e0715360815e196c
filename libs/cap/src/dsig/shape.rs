//! A signature taken apart. Everything in it is named, counted and expected, or it is refused.

use super::{ENVELOPED, KeyKind, NAMESPACE, Refused, SHA256, method};
use crate::xml::{Document, Element, Method, Node};
use base64::{Engine, engine::general_purpose::STANDARD};

/// Certificates that one signature may bring.
const CERTIFICATES: usize = 8;

pub(super) struct Shape<'d> {
    /// Which child of the root it is.
    pub index: usize,
    pub signature: &'d Element,
    pub signed_info: &'d Element,
    /// The canonical form of `SignedInfo`.
    pub info_method: Method,
    pub kind: KeyKind,
    /// The canonical form of the message.
    pub method: Method,
    pub digest: [u8; 32],
    pub value: Vec<u8>,
    /// In DER, as they came.
    pub certificates: Vec<Vec<u8>>,
}

impl<'d> Shape<'d> {
    pub fn of(document: &'d Document) -> Result<Shape<'d>, Refused> {
        match count(&document.root) {
            0 => return Err(Refused::Unsigned),
            1 => {}
            _ => return Err(Refused::Several),
        }
        let children = document.root.children.iter().enumerate();
        let mut found = children.filter_map(|(index, node)| match node {
            Node::Element(element) if element.is(NAMESPACE, "Signature") => Some((index, element)),
            _ => None,
        });
        let (index, signature) = found.next().ok_or(Refused::Misplaced)?;
        let mut parts = Parts::of(signature)?;
        let signed_info = parts.next("SignedInfo")?;
        let value = base64(parts.next("SignatureValue")?, "SignatureValue")?;
        let certificates = match parts.maybe("KeyInfo") {
            Some(info) => certificates(info)?,
            None => Vec::new(),
        };
        parts.end()?;

        let mut parts = Parts::of(signed_info)?;
        let info_method = canonical(parts.next("CanonicalizationMethod")?)?;
        let signing = algorithm(parts.next("SignatureMethod")?)?;
        let kind = KeyKind::of(signing).ok_or_else(|| unknown(signing))?;
        let reference = parts.next("Reference")?;
        parts.end()?;
        let (method, digest) = referred(reference)?;
        Ok(Shape { index, signature, signed_info, info_method, kind, method, digest, value, certificates })
    }
}

/// All signatures, however deep.
fn count(element: &Element) -> usize {
    usize::from(element.is(NAMESPACE, "Signature")) + element.elements().map(count).sum::<usize>()
}

/// The form and the digest of the message.
fn referred(reference: &Element) -> Result<(Method, [u8; 32]), Refused> {
    if reference.attribute("URI") != Some("") {
        return Err(Refused::Reference);
    }
    let mut parts = Parts::of(reference)?;
    let transforms = Parts::of(parts.next("Transforms")?)?;
    let digesting = algorithm(parts.next("DigestMethod")?)?;
    if digesting != SHA256 {
        return Err(unknown(digesting));
    }
    let digest = base64(parts.next("DigestValue")?, "DigestValue")?;
    parts.end()?;
    let method = transformed(transforms)?;
    Ok((method, digest.try_into().map_err(|_| Refused::Value("DigestValue"))?))
}

/// The enveloped signature taken out, then a canonical form: without one it is the inclusive (XML-Signature, 4.4.3.2).
fn transformed(mut parts: Parts<'_>) -> Result<Method, Refused> {
    let first = algorithm(parts.next("Transform")?)?;
    if first != ENVELOPED {
        return Err(unknown(first));
    }
    let method = match parts.maybe("Transform") {
        Some(form) => canonical(form)?,
        None => Method::Inclusive,
    };
    parts.end()?;
    Ok(method)
}

fn canonical(element: &Element) -> Result<Method, Refused> {
    let name = algorithm(element)?;
    method(name).ok_or_else(|| unknown(name))
}

/// The name of an algorithm. Those that are accepted take no parameters.
fn algorithm(element: &Element) -> Result<&str, Refused> {
    if let Some(parameter) = element.elements().next() {
        return Err(unknown(&parameter.local));
    }
    element.attribute("Algorithm").ok_or_else(|| Refused::Shape(element.local.clone()))
}

fn unknown(name: &str) -> Refused {
    Refused::Algorithm(name.chars().take(200).collect())
}

/// Every certificate in the key's description; what else stands there says nothing that is believed.
fn certificates(info: &Element) -> Result<Vec<Vec<u8>>, Refused> {
    let data = info.elements().filter(|one| one.is(NAMESPACE, "X509Data"));
    let all = data.flat_map(Element::elements).filter(|one| one.is(NAMESPACE, "X509Certificate"));
    let found: Vec<Vec<u8>> =
        all.take(CERTIFICATES + 1).map(|one| base64(one, "X509Certificate")).collect::<Result<_, _>>()?;
    if found.len() > CERTIFICATES { Err(Refused::Shape("X509Data".to_owned())) } else { Ok(found) }
}

fn base64(element: &Element, name: &'static str) -> Result<Vec<u8>, Refused> {
    let bare: String = element.text().split_ascii_whitespace().collect();
    let bytes = STANDARD.decode(bare).ok().filter(|bytes| !bytes.is_empty());
    bytes.filter(|_| element.elements().next().is_none()).ok_or(Refused::Value(name))
}

/// The elements of one element, taken in their order.
struct Parts<'d> {
    parent: &'d Element,
    rest: std::iter::Peekable<std::vec::IntoIter<&'d Element>>,
}

impl<'d> Parts<'d> {
    /// Between them stands white space alone.
    fn of(parent: &'d Element) -> Result<Parts<'d>, Refused> {
        if !parent.text().trim().is_empty() {
            return Err(Refused::Shape(parent.local.clone()));
        }
        let all: Vec<&Element> = parent.elements().collect();
        Ok(Parts { parent, rest: all.into_iter().peekable() })
    }

    fn maybe(&mut self, local: &str) -> Option<&'d Element> {
        self.rest.next_if(|one| one.is(NAMESPACE, local))
    }

    fn next(&mut self, local: &str) -> Result<&'d Element, Refused> {
        self.maybe(local).ok_or_else(|| Refused::Shape(format!("{}/{local}", self.parent.local)))
    }

    fn end(mut self) -> Result<(), Refused> {
        match self.rest.next() {
            Some(more) => Err(Refused::Shape(format!("{}/{}", self.parent.local, more.local))),
            None => Ok(()),
        }
    }
}
