//! Canonical XML 1.0 (W3C, 15 March 2001) and Exclusive XML Canonicalization 1.0 (W3C, 18 July 2002), both without
//! comments, of a whole document or of one element in it.

use super::{Attribute, Document, Element, Instruction, Node};
use std::collections::BTreeMap;

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Inclusive,
    Exclusive,
}

/// Takes the canonical bytes, piece by piece: nothing large is put together.
pub(crate) type Sink<'s> = &'s mut dyn FnMut(&[u8]);

impl Document {
    /// The document, without the child of the root at this index (the enveloped signature).
    pub fn canonical(&self, method: Method, without: Option<usize>, out: Sink<'_>) {
        for one in &self.before {
            instruction(one, out);
            out(b"\n");
        }
        let mut writer = Writer { method, rendered: Vec::new(), out: &mut *out };
        writer.element(&self.root, &Apex::default(), without);
        for one in &self.after {
            out(b"\n");
            instruction(one, out);
        }
    }
}

impl Element {
    /// This element alone. `above` are the elements around it, the outermost first.
    pub fn canonical(&self, method: Method, above: &[&Element]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut take = |piece: &[u8]| bytes.extend_from_slice(piece);
        let mut writer = Writer { method, rendered: Vec::new(), out: &mut take };
        let apex = if method == Method::Inclusive { Apex::under(above) } else { Apex::default() };
        writer.element(self, &apex, None);
        bytes
    }
}

/// What the topmost element inherits from elements that are not written.
#[derive(Default)]
struct Apex<'a> {
    names: Vec<(&'a str, &'a str)>,
    /// `xml:lang` and its like.
    attributes: Vec<&'a Attribute>,
}

impl<'a> Apex<'a> {
    fn under(above: &[&'a Element]) -> Apex<'a> {
        let names =
            above.iter().flat_map(|one| &one.declared).map(|(prefix, name)| (prefix.as_str(), &**name));
        let mut attributes: Vec<&Attribute> = Vec::new();
        for one in above.iter().rev().flat_map(|one| &one.attributes).filter(|one| one.prefix == "xml") {
            if !attributes.iter().any(|near| near.local == one.local) {
                attributes.push(one);
            }
        }
        Apex { names: names.collect(), attributes }
    }
}

struct Writer<'d, 's> {
    method: Method,
    /// The declarations of namespaces that stand written around the place of writing.
    rendered: Vec<(&'d str, &'d str)>,
    out: Sink<'s>,
}

impl<'d> Writer<'d, '_> {
    fn element(&mut self, element: &'d Element, apex: &Apex<'d>, without: Option<usize>) {
        let outer = self.rendered.len();
        let name = Name(&element.prefix, &element.local);
        self.put(&["<"]);
        self.name(name);
        for (prefix, address) in self.needed(element, apex) {
            match prefix {
                "" => self.put(&[" xmlns"]),
                prefix => self.put(&[" xmlns:", prefix]),
            }
            self.value(address);
            self.rendered.push((prefix, address));
        }
        let own = |one: &&Attribute| {
            !element.attributes.iter().any(|own| own.prefix == "xml" && own.local == one.local)
        };
        let inherited = apex.attributes.iter().copied().filter(own);
        let mut attributes: Vec<&Attribute> = element.attributes.iter().chain(inherited).collect();
        attributes.sort_by(|a, b| (&a.namespace, &a.local).cmp(&(&b.namespace, &b.local)));
        for attribute in attributes {
            self.put(&[" "]);
            self.name(Name(&attribute.prefix, &attribute.local));
            self.value(&attribute.value);
        }
        self.put(&[">"]);
        for (index, child) in element.children.iter().enumerate() {
            match child {
                _ if without == Some(index) => {}
                Node::Element(child) => self.element(child, &Apex::default(), None),
                Node::Text(text) => escaped(text, &TEXT, self.out),
                Node::Instruction(one) => instruction(one, self.out),
            }
        }
        self.put(&["</"]);
        self.name(name);
        self.put(&[">"]);
        self.rendered.truncate(outer);
    }

    /// The namespaces to declare at this element, by prefix: those that hold (inclusive) or that its own names use
    /// (exclusive), and that no written element around it declares the same.
    fn needed(&self, element: &'d Element, apex: &Apex<'d>) -> BTreeMap<&'d str, &'d str> {
        let mut all: BTreeMap<&str, &str> = BTreeMap::new();
        match self.method {
            Method::Inclusive => {
                all.extend(apex.names.iter().copied());
                all.extend(element.declared.iter().map(|(prefix, address)| (prefix.as_str(), &**address)));
            }
            Method::Exclusive => {
                all.insert(&element.prefix, &element.namespace);
                let prefixed = element.attributes.iter().filter(|one| !one.prefix.is_empty());
                all.extend(prefixed.map(|one| (one.prefix.as_str(), &*one.namespace)));
                all.remove("xml");
            }
        }
        all.retain(|prefix, address| {
            let stands = self.rendered.iter().rev().find(|(stands, _)| stands == prefix).map(|(_, at)| *at);
            // No default namespace is not declared where none stands.
            stands.unwrap_or_default() != *address
        });
        all
    }

    fn put(&mut self, texts: &[&str]) {
        texts.iter().for_each(|text| (self.out)(text.as_bytes()));
    }

    fn name(&mut self, Name(prefix, local): Name<'_>) {
        if prefix.is_empty() { self.put(&[local]) } else { self.put(&[prefix, ":", local]) }
    }

    fn value(&mut self, value: &str) {
        self.put(&["=\""]);
        escaped(value, &VALUE, self.out);
        self.put(&["\""]);
    }
}

#[derive(Clone, Copy)]
struct Name<'a>(&'a str, &'a str);

fn instruction(one: &Instruction, out: Sink<'_>) {
    out(b"<?");
    out(one.target.as_bytes());
    if !one.data.is_empty() {
        out(b" ");
        escaped(&one.data, &[('\r', "&#xD;")], out);
    }
    out(b"?>");
}

const TEXT: [(char, &str); 4] = [('&', "&amp;"), ('<', "&lt;"), ('>', "&gt;"), ('\r', "&#xD;")];
const VALUE: [(char, &str); 6] =
    [('&', "&amp;"), ('<', "&lt;"), ('"', "&quot;"), ('\t', "&#x9;"), ('\n', "&#xA;"), ('\r', "&#xD;")];

fn escaped(text: &str, with: &[(char, &str)], out: Sink<'_>) {
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| with.iter().any(|(special, _)| *special == c)) {
        let (before, after) = rest.split_at(at);
        out(before.as_bytes());
        if let Some((special, stands)) = with.iter().find(|(special, _)| after.starts_with(*special)) {
            out(stands.as_bytes());
            rest = &after[special.len_utf8()..];
        }
    }
    out(rest.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(xml: &str, method: Method) -> String {
        let mut bytes = Vec::new();
        let document = Document::read(xml.as_bytes()).unwrap();
        document.canonical(method, None, &mut |piece| bytes.extend_from_slice(piece));
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn attributes_and_namespaces_are_sorted_and_texts_escaped() {
        let xml = "<?xml version=\"1.0\"?>\r\n<?style  a\r\n?><e xmlns:b='urn:b' xmlns:a=\"urn:a\" b:x='1' a:y='2' z='&#x9;\n&quot;&gt;'\
                   ><!--gone--><f/>a&gt;b&#13;<![CDATA[<&]]><?p?></e><!-- gone --><?end?>\n";
        let expected = "<?style a\n?>\n<e xmlns:a=\"urn:a\" xmlns:b=\"urn:b\" z=\"&#x9; &quot;>\" a:y=\"2\" b:x=\"1\"><f></f>a&gt;b&#xD;&lt;&amp;<?p?></e>\n<?end?>";
        assert_eq!(whole(xml, Method::Inclusive), expected);
        assert_eq!(whole(xml, Method::Exclusive), expected);
    }

    #[test]
    fn inclusive_keeps_what_holds_and_exclusive_what_is_used() {
        let xml = "<a xmlns='urn:1' xmlns:p='urn:p' xmlns:q='urn:q'><b xmlns='urn:1' xmlns:p='urn:p'/><p:c xmlns=''><d/></p:c></a>";
        assert_eq!(
            whole(xml, Method::Inclusive),
            "<a xmlns=\"urn:1\" xmlns:p=\"urn:p\" xmlns:q=\"urn:q\"><b></b><p:c xmlns=\"\"><d></d></p:c></a>"
        );
        assert_eq!(
            whole(xml, Method::Exclusive),
            "<a xmlns=\"urn:1\"><b></b><p:c xmlns:p=\"urn:p\"><d xmlns=\"\"></d></p:c></a>"
        );
    }

    #[test]
    fn one_element_inherits_in_the_inclusive_form_alone() {
        let xml = "<a xmlns='urn:1' xmlns:p='urn:p' xml:lang='vi' xml:space='preserve'><b xml:lang='en'><c x='1'/></b></a>";
        let document = Document::read(xml.as_bytes()).unwrap();
        let b = document.root.elements().next().unwrap();
        let c = b.elements().next().unwrap();
        let form = |method| String::from_utf8(c.canonical(method, &[&document.root, b])).unwrap();
        assert_eq!(
            form(Method::Inclusive),
            "<c xmlns=\"urn:1\" xmlns:p=\"urn:p\" x=\"1\" xml:lang=\"en\" xml:space=\"preserve\"></c>"
        );
        assert_eq!(form(Method::Exclusive), "<c xmlns=\"urn:1\" x=\"1\"></c>");
    }
}
