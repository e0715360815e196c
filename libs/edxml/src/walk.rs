//! From bytes to elements: the one place that knows the XML reader, and where everything hostile ends.

use crate::meter::Meter;
use crate::{Fault, Limits, NAMESPACE, Problem, Signature};
use quick_xml::Reader;
use quick_xml::errors::SyntaxError;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, NamespaceResolver, PrefixDeclaration, ResolveResult};
use std::io::BufRead;

const SOAP: [&str; 2] =
    ["http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"];

/// Bytes of the name of an element; every place in a problem repeats the names above it.
const LONGEST_NAME: usize = 100;
/// How many times the longest text all texts outside the attachments may be.
const TEXTS: usize = 16;

/// What comes next.
pub(crate) enum Step {
    /// An element of the standard begins, with this name (without prefix).
    Open(String),
    /// The element that began last and has not ended ends.
    Close,
    /// The file ends.
    End,
}

pub(crate) struct Walk<R> {
    reader: Reader<Meter<R>>,
    names: NamespaceResolver,
    buffer: Vec<u8>,
    path: Vec<String>,
    elements: usize,
    /// Bytes of text so far.
    told: usize,
    /// The tag that opened last, between its angles.
    tag: String,
    /// It was `<like-this/>`, and its closing was not told yet.
    closing: bool,
    pub limits: Limits,
}

impl<R: BufRead> Walk<R> {
    pub fn new(mut input: R, limits: &Limits) -> Result<Walk<R>, Problem> {
        let start = input.fill_buf().map_err(|_| Fault::Unreadable.at("", 1))?;
        if start.is_empty() {
            return Err(Fault::Empty.at("", 1));
        }
        // UTF-16 and UTF-32 begin so, with a mark or without.
        if start.starts_with(&[0xFE, 0xFF])
            || start.starts_with(&[0xFF, 0xFE])
            || start[..start.len().min(2)].contains(&0)
        {
            return Err(Fault::Encoding.at("", 1));
        }
        let mut reader = Reader::from_reader(Meter::new(input, limits.package));
        reader.config_mut().allow_dangling_amp = false;
        Ok(Walk {
            reader,
            names: NamespaceResolver::default(),
            buffer: Vec::new(),
            path: Vec::new(),
            elements: 0,
            told: 0,
            tag: String::new(),
            closing: false,
            limits: limits.clone(),
        })
    }

    /// A problem where the reading is.
    pub fn wrong(&self, fault: Fault) -> Problem {
        fault.at(self.path.join("/"), self.line())
    }

    pub fn line(&self) -> u64 {
        self.reader.get_ref().line
    }

    /// The next step; what stands before it as text is added to `text`.
    pub fn next(&mut self, text: &mut String) -> Result<Step, Problem> {
        if std::mem::take(&mut self.closing) {
            return Ok(self.closed());
        }
        loop {
            match self.event(self.limits.text.max(self.limits.tag))? {
                Piece::Text(more) => {
                    text.push_str(&more);
                    self.told += more.len();
                    if text.len() > self.limits.text || self.told > TEXTS * self.limits.text {
                        return Err(self.wrong(Fault::Long));
                    }
                }
                Piece::Open { tag, empty } => {
                    let name = self.opened(&tag)?;
                    self.closing = empty;
                    self.tag = tag.to_string();
                    return Ok(Step::Open(name));
                }
                Piece::Close => return Ok(self.closed()),
                Piece::Nothing => {}
                Piece::End if self.path.is_empty() => return Ok(Step::End),
                Piece::End => return Err(self.wrong(Fault::Cut)),
            }
        }
    }

    /// Past the element that just began, with everything in it.
    pub fn pass_over(&mut self) -> Result<(), Problem> {
        let depth = self.path.len();
        let mut text = String::new();
        while self.path.len() >= depth {
            text.clear();
            self.next(&mut text)?;
        }
        Ok(())
    }

    /// The element that just began, as the XML that it is. Other namespaces may stand in it.
    pub fn signature(&mut self) -> Result<Option<Signature>, Problem> {
        let (depth, line) = (self.path.len(), self.line());
        if std::mem::take(&mut self.closing) {
            self.closed();
            return Ok(None);
        }
        let name = self.tag.split([' ', '\t', '\r', '\n']).next().unwrap_or_default().to_owned();
        let mut xml = format!("<{}{}>", self.tag, self.outer_names());
        let begin = xml.len();
        while self.path.len() >= depth {
            match self.event(self.limits.text)? {
                Piece::Text(more) => xml.push_str(&quick_xml::escape::partial_escape(more)),
                Piece::Open { tag, empty } => {
                    self.entered(&tag)?;
                    xml.push_str(&format!("<{}{}>", &*tag, if empty { "/" } else { "" }));
                    if empty {
                        self.closed();
                    }
                }
                Piece::Close => {
                    let inner = self.path.last().cloned().unwrap_or_default();
                    self.closed();
                    let closing = if self.path.len() < depth { &name } else { &inner };
                    xml.push_str(&format!("</{closing}>"));
                }
                Piece::Nothing => {}
                Piece::End => return Err(self.wrong(Fault::Cut)),
            }
            if xml.len() > self.limits.text {
                return Err(Fault::Long.at(self.path.join("/"), line));
            }
        }
        let blank =
            xml[begin..].strip_suffix(&format!("</{name}>")).is_none_or(|inside| inside.trim().is_empty());
        Ok((!blank).then_some(Signature(xml)))
    }

    /// The bindings that the tag leans on, as attributes; those that every package has are left out.
    fn outer_names(&self) -> String {
        let mut all = String::new();
        for (prefix, namespace) in self.names.bindings() {
            let PrefixDeclaration::Named(prefix) = prefix else { continue };
            let usual = prefix == "edXML" && namespace == Namespace(NAMESPACE);
            if matches!(prefix, "xml" | "xmlns") || usual || self.tag.contains(&format!("xmlns:{prefix}=")) {
                continue;
            }
            let uri = quick_xml::escape::escape(namespace.0);
            all.push_str(&format!(" xmlns:{prefix}=\"{uri}\""));
        }
        all
    }

    /// Hands the bytes of the element that just began to `take`, piece by piece, up to its end, past the XML reader.
    /// White space is left out by the taker.
    pub fn stream(&mut self, mut take: impl FnMut(&[u8]) -> Result<(), Fault>) -> Result<(), Problem> {
        if std::mem::take(&mut self.closing) {
            self.closed();
            return Ok(());
        }
        loop {
            self.reader.get_mut().grant(u64::MAX);
            loop {
                let mut stream = self.reader.stream();
                let bytes = match stream.fill_buf() {
                    Ok([]) => return Err(self.wrong(Fault::Cut)),
                    Ok(bytes) => bytes,
                    Err(_) => return Err(self.spent()),
                };
                let end = bytes.iter().position(|byte| matches!(byte, b'<' | b'&'));
                let taken = end.unwrap_or(bytes.len());
                let answer = take(&bytes[..taken]);
                stream.consume(taken);
                answer.map_err(|fault| self.wrong(fault))?;
                if end.is_some() {
                    break;
                }
            }
            match self.event(self.limits.package.try_into().unwrap_or(usize::MAX))? {
                Piece::Text(text) => {
                    let answer = take(text.as_bytes());
                    answer.map_err(|fault| self.wrong(fault))?;
                }
                Piece::Close => {
                    self.closed();
                    return Ok(());
                }
                Piece::Nothing => {}
                Piece::Open { .. } => return Err(self.wrong(Fault::Misplaced)),
                Piece::End => return Err(self.wrong(Fault::Cut)),
            }
        }
    }

    fn event(&mut self, bytes: usize) -> Result<Piece<'static>, Problem> {
        self.reader.get_mut().grant(bytes as u64);
        self.buffer.clear();
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(problem) => return Err(self.failed(&problem)),
        };
        let fault = match piece(event) {
            Ok(piece) => return Ok(piece),
            // Some other kind of file.
            Err(Fault::Character) if self.path.is_empty() => Fault::Xml,
            Err(fault) => fault,
        };
        Err(self.wrong(fault))
    }

    /// Counts and names an element, whatever its namespace.
    fn entered(&mut self, tag: &BytesStart<'_>) -> Result<(), Problem> {
        if tag.len() > self.limits.tag || tag.name().as_ref().len() > LONGEST_NAME {
            return Err(self.wrong(Fault::Long));
        }
        self.elements += 1;
        if self.elements > self.limits.elements {
            return Err(self.wrong(Fault::Elements));
        }
        if self.path.len() >= self.limits.depth {
            return Err(self.wrong(Fault::Depth));
        }
        if tag.attributes().any(|attribute| attribute.is_err()) {
            return Err(self.wrong(Fault::Xml));
        }
        self.path.push(tag.name().as_ref().to_owned());
        self.names.push(tag).map_err(|_| self.wrong(Fault::Namespace))
    }

    /// The name of an element that has to be of the standard. The path then holds the name without prefix.
    fn opened(&mut self, tag: &BytesStart<'_>) -> Result<String, Problem> {
        self.entered(tag)?;
        let (namespace, local) = self.names.resolve_element(tag.name());
        let local = local.as_ref().to_owned();
        let fault = match namespace {
            ResolveResult::Bound(Namespace(NAMESPACE)) => None,
            ResolveResult::Bound(Namespace(uri)) if SOAP.contains(&uri) => Some(Fault::Soap),
            // The standard's signature may stand in the namespace of XML signatures.
            _ if local == "Signature" && self.path.len() == 4 => None,
            _ => Some(Fault::Namespace),
        };
        if let Some(last) = self.path.last_mut() {
            last.clone_from(&local);
        }
        fault.map_or(Ok(local), |fault| Err(self.wrong(fault)))
    }

    fn closed(&mut self) -> Step {
        self.path.pop();
        self.names.pop();
        Step::Close
    }

    fn spent(&self) -> Problem {
        self.wrong(self.reader.get_ref().spent.unwrap_or(Fault::Unreadable))
    }

    fn failed(&self, problem: &quick_xml::Error) -> Problem {
        use quick_xml::Error;
        use quick_xml::errors::IllFormedError;
        let fault = match problem {
            Error::Io(_) => return self.spent(),
            Error::Encoding(_) => Fault::Encoding,
            Error::Syntax(SyntaxError::UnclosedDoctype)
            | Error::IllFormed(IllFormedError::MissingDoctypeName) => Fault::Doctype,
            Error::Syntax(SyntaxError::InvalidBangMarkup) => Fault::Xml,
            Error::Syntax(_) | Error::IllFormed(IllFormedError::MissingEndTag(_)) => Fault::Cut,
            Error::IllFormed(IllFormedError::UnclosedReference) | Error::Escape(_) => Fault::Entity,
            Error::Namespace(_) => Fault::Namespace,
            _ => Fault::Xml,
        };
        self.wrong(fault)
    }
}

/// What an event is to us.
enum Piece<'a> {
    Open { tag: BytesStart<'a>, empty: bool },
    Close,
    Text(String),
    Nothing,
    End,
}

fn piece(event: Event<'_>) -> Result<Piece<'static>, Fault> {
    Ok(match event {
        Event::Start(tag) => Piece::Open { tag: tag.into_owned(), empty: false },
        Event::Empty(tag) => Piece::Open { tag: tag.into_owned(), empty: true },
        Event::End(_) => Piece::Close,
        Event::Text(text) => Piece::Text(plain(&text.xml10_content())?),
        Event::CData(text) => Piece::Text(plain(&text.xml10_content())?),
        Event::GeneralRef(name) => Piece::Text(referred(&name)?),
        Event::Decl(declaration) => match declaration.encoding() {
            None => Piece::Nothing,
            Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") => Piece::Nothing,
            Some(_) => return Err(Fault::Encoding),
        },
        Event::Comment(_) | Event::PI(_) => Piece::Nothing,
        Event::DocType(_) => return Err(Fault::Doctype),
        Event::Eof => Piece::End,
    })
}

fn plain(text: &str) -> Result<String, Fault> {
    if text.chars().all(is_xml) { Ok(text.to_owned()) } else { Err(Fault::Character) }
}

/// Whether XML 1.0 can carry it.
pub(crate) fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

fn referred(name: &BytesRef<'_>) -> Result<String, Fault> {
    if let Some(character) = name.resolve_char_ref().map_err(|_| Fault::Entity)? {
        return if is_xml(character) { Ok(character.into()) } else { Err(Fault::Character) };
    }
    quick_xml::escape::resolve_xml_entity(name).map(str::to_owned).ok_or(Fault::Entity)
}
