//! A small XML: the elements of one message in memory, read strictly, and written in canonical form. What is signed
//! and what is read come from the same tree, so that they cannot differ.

mod build;
mod c14n;
mod names;

pub(crate) use c14n::Method;

use crate::{Fault, LARGEST, Place, Reason};
use std::sync::Arc;

/// A whole message. White space and comments outside the root are gone, instructions are kept for the signature.
pub(crate) struct Document {
    pub before: Vec<Instruction>,
    pub root: Element,
    pub after: Vec<Instruction>,
}

/// `<?target data?>`
pub(crate) struct Instruction {
    pub target: String,
    pub data: String,
}

pub(crate) struct Element {
    pub prefix: String,
    pub local: String,
    /// `""` for none. Shared, since a thousand elements may name the same one.
    pub namespace: Arc<str>,
    /// The namespaces declared at this element: prefix (`""` for the default one) and address.
    pub declared: Vec<(String, Arc<str>)>,
    pub attributes: Vec<Attribute>,
    pub children: Vec<Node>,
}

pub(crate) struct Attribute {
    pub prefix: String,
    pub local: String,
    pub namespace: Arc<str>,
    pub value: String,
}

pub(crate) enum Node {
    Element(Element),
    Text(String),
    Instruction(Instruction),
}

impl Document {
    /// # Errors
    /// A [`Fault`] for what is no well-formed XML, or more of it than any alert needs.
    pub fn read(bytes: &[u8]) -> Result<Document, Fault> {
        let whole = |reason: Reason| Place::default().wrong(reason);
        if bytes.len() > LARGEST {
            return Err(whole(Reason::Large));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| whole(Reason::Encoding))?;
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(whole(Reason::Empty));
        }
        build::document(text)
    }
}

impl Element {
    /// Its own text, past elements in it; comments never cut it.
    pub fn text(&self) -> String {
        let texts = self.children.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    }

    /// The elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            _ => None,
        })
    }

    /// An attribute without prefix.
    pub fn attribute(&self, local: &str) -> Option<&str> {
        let mut all = self.attributes.iter();
        all.find(|one| one.prefix.is_empty() && one.local == local).map(|one| one.value.as_str())
    }

    pub fn is(&self, namespace: &str, local: &str) -> bool {
        &*self.namespace == namespace && self.local == local
    }
}
