//! From text to a tree: the one place that knows the XML reader, and where everything hostile ends.

use super::names::{is_name, referred, split, value};
use super::{Attribute, Document, Element, Instruction, Node};
use crate::text::is_xml;
use crate::{Fault, Place, Reason};
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::{BytesDecl, BytesStart, Event};
use std::sync::Arc;

/// Elements inside elements: CAP has four of them, a signature adds some.
const DEPTH: usize = 24;
/// Elements altogether: a warning for every village of a province.
const ELEMENTS: usize = 50_000;
/// Attributes and namespaces of one element.
const ATTRIBUTES: usize = 32;
/// Namespaces that hold at one place: each name is looked up among them.
const NAMES: usize = 64;
/// Bytes of the address of a namespace, which the canonical form may repeat at every element.
const ADDRESS: usize = 256;

const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

pub(super) fn document(text: &str) -> Result<Document, Fault> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = true;
    let mut builder = Builder::default();
    loop {
        let event = reader.read_event();
        let step = event.map_err(|error| failed(&error)).and_then(|event| builder.take(event));
        match step {
            Ok(true) => {}
            Ok(false) => return builder.finished(),
            Err(reason) => return Err(builder.place().wrong(reason)),
        }
    }
}

/// The tree as far as it is read.
#[derive(Default)]
struct Builder {
    /// Something was read before: a declaration comes too late.
    begun: bool,
    /// The elements that are open, and how many namespaces held before each.
    open: Vec<(Element, usize)>,
    /// The namespaces that hold, the last one of a prefix counts.
    names: Vec<(String, Arc<str>)>,
    elements: usize,
    before: Vec<Instruction>,
    root: Option<Element>,
    after: Vec<Instruction>,
}

impl Builder {
    /// One event; `false` at the end.
    fn take(&mut self, event: Event<'_>) -> Result<bool, Reason> {
        let begun = std::mem::replace(&mut self.begun, true);
        match event {
            Event::Decl(_) if begun => return Err(Reason::Xml),
            Event::Decl(declaration) => declared(&declaration)?,
            Event::DocType(_) => return Err(Reason::Doctype),
            Event::Start(tag) => self.opened(&tag)?,
            Event::Empty(tag) => {
                self.opened(&tag)?;
                self.closed();
            }
            Event::End(_) => self.closed(),
            Event::Text(text) if text.contains("]]>") => return Err(Reason::Xml),
            Event::Text(text) => self.text(&text.xml10_content(), true)?,
            Event::CData(text) => self.text(&text.xml10_content(), false)?,
            Event::GeneralRef(name) => self.text(referred(&name)?.encode_utf8(&mut [0; 4]), false)?,
            Event::Comment(text) => plain(&text)?,
            Event::PI(text) => self.instruction(text.target(), text.content())?,
            Event::Eof => return Ok(false),
        }
        Ok(true)
    }

    fn opened(&mut self, tag: &BytesStart<'_>) -> Result<(), Reason> {
        self.elements += 1;
        if self.open.is_empty() && self.root.is_some() {
            return Err(Reason::Xml);
        }
        if self.open.len() >= DEPTH {
            return Err(Reason::Depth);
        }
        let held = self.names.len();
        let mut plain = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|_| Reason::Xml)?;
            let (prefix, local) = split(attribute.key.as_ref())?;
            let value = value(&attribute.value)?;
            match (prefix, local) {
                ("", "xmlns") => self.name("", &value)?,
                ("xmlns", prefix) => self.name(prefix, &value)?,
                _ => plain.push((prefix.to_owned(), local.to_owned(), value)),
            }
            if plain.len() + self.names.len() - held > ATTRIBUTES {
                return Err(Reason::Crowded);
            }
        }
        if self.elements > ELEMENTS {
            return Err(Reason::Crowded);
        }
        let (prefix, local) =
            split(tag.name().as_ref()).map(|(prefix, local)| (prefix.to_owned(), local.to_owned()))?;
        let namespace = self.resolve(&prefix)?;
        let declared = self.names[held..].to_vec();
        let attributes = self.attributes(plain)?;
        let element = Element { prefix, local, namespace, declared, attributes, children: Vec::new() };
        self.open.push((element, held));
        Ok(())
    }

    /// A declaration of a namespace.
    fn name(&mut self, prefix: &str, address: &str) -> Result<(), Reason> {
        if address.len() > ADDRESS || self.names.len() >= NAMES {
            return Err(Reason::Crowded);
        }
        match (prefix, address) {
            ("xml", XML) => return Ok(()),
            ("xml" | "xmlns", _) | (_, XML | XMLNS) => return Err(Reason::Prefix),
            ("", _) => {}
            (_, "") => return Err(Reason::Prefix),
            _ => {}
        }
        self.names.push((prefix.to_owned(), address.into()));
        Ok(())
    }

    fn resolve(&self, prefix: &str) -> Result<Arc<str>, Reason> {
        if prefix == "xml" {
            return Ok(XML.into());
        }
        let held = self.names.iter().rev().find(|(held, _)| held == prefix);
        match (held, prefix) {
            (Some((_, address)), _) => Ok(Arc::clone(address)),
            (None, "") => Ok("".into()),
            (None, _) => Err(Reason::Prefix),
        }
    }

    /// With their namespaces. Two may not be the same under two prefixes.
    fn attributes(&self, plain: Vec<(String, String, String)>) -> Result<Vec<Attribute>, Reason> {
        let mut all: Vec<Attribute> = Vec::with_capacity(plain.len());
        for (prefix, local, value) in plain {
            // The default namespace is not for attributes.
            let namespace = if prefix.is_empty() { "".into() } else { self.resolve(&prefix)? };
            if all.iter().any(|one| one.local == local && one.namespace == namespace) {
                return Err(Reason::Xml);
            }
            all.push(Attribute { prefix, local, namespace, value });
        }
        Ok(all)
    }

    fn closed(&mut self) {
        let Some((element, held)) = self.open.pop() else { return };
        self.names.truncate(held);
        match self.open.last_mut() {
            Some((parent, _)) => parent.children.push(Node::Element(element)),
            None => self.root = Some(element),
        }
    }

    /// Text that stands together is one text. `blank` may stand outside the root.
    fn text(&mut self, text: &str, blank: bool) -> Result<(), Reason> {
        plain(text)?;
        let Some((parent, _)) = self.open.last_mut() else {
            let outside = blank && text.bytes().all(|b| b.is_ascii_whitespace());
            return if outside { Ok(()) } else { Err(Reason::Xml) };
        };
        match parent.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => parent.children.push(Node::Text(text.to_owned())),
        }
        Ok(())
    }

    fn instruction(&mut self, target: &str, data: &str) -> Result<(), Reason> {
        plain(data)?;
        if !is_name(target) || target.eq_ignore_ascii_case("xml") {
            return Err(Reason::Xml);
        }
        // The reader leaves the ends of lines here as they came.
        let data = data.replace("\r\n", "\n").replace('\r', "\n");
        let data = data.trim_start_matches([' ', '\t', '\n']);
        let one = Instruction { target: target.to_owned(), data: data.to_owned() };
        match (self.open.last_mut(), &self.root) {
            (Some((parent, _)), _) => parent.children.push(Node::Instruction(one)),
            (None, None) => self.before.push(one),
            (None, Some(_)) => self.after.push(one),
        }
        Ok(())
    }

    fn finished(self) -> Result<Document, Fault> {
        if !self.open.is_empty() {
            return Err(self.place().wrong(Reason::Cut));
        }
        let Some(root) = self.root else { return Err(Place::default().wrong(Reason::Xml)) };
        Ok(Document { before: self.before, root, after: self.after })
    }

    /// Where the reading is.
    fn place(&self) -> Place {
        let mut place = Place::default();
        for (index, (element, _)) in self.open.iter().enumerate() {
            let above = index.checked_sub(1).and_then(|above| self.open.get(above));
            let earlier = above
                .map_or(0, |(parent, _)| parent.elements().filter(|one| one.local == element.local).count());
            place = place.child(&element.local, earlier + 1);
        }
        place
    }
}

/// XML 1.0 in UTF-8.
fn declared(declaration: &BytesDecl<'_>) -> Result<(), Reason> {
    if declaration.version().map_err(|_| Reason::Xml)? != "1.0" {
        return Err(Reason::Xml);
    }
    match declaration.encoding() {
        None => Ok(()),
        Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") => Ok(()),
        Some(_) => Err(Reason::Encoding),
    }
}

fn plain(text: &str) -> Result<(), Reason> {
    if text.chars().all(is_xml) { Ok(()) } else { Err(Reason::Character) }
}

fn failed(error: &Error) -> Reason {
    match error {
        Error::Encoding(_) => Reason::Encoding,
        Error::Syntax(SyntaxError::UnclosedDoctype)
        | Error::IllFormed(IllFormedError::MissingDoctypeName) => Reason::Doctype,
        Error::Syntax(SyntaxError::InvalidBangMarkup) => Reason::Xml,
        Error::Syntax(_) | Error::IllFormed(IllFormedError::MissingEndTag(_)) => Reason::Cut,
        Error::IllFormed(IllFormedError::UnclosedReference) | Error::Escape(_) => Reason::Entity,
        _ => Reason::Xml,
    }
}
