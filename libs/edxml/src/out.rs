//! Elements, written.

use std::fmt::Display;

/// The XML of everything but the attachments.
#[derive(Default)]
pub(crate) struct Out {
    pub text: String,
}

impl Out {
    /// An element around what `inside` writes.
    pub fn around(&mut self, name: &str, inside: impl FnOnce(&mut Out)) {
        self.text.push_str(&format!("<edXML:{name}>"));
        inside(self);
        self.text.push_str(&format!("</edXML:{name}>\n"));
    }

    /// An element with a text.
    pub fn leaf(&mut self, name: &str, text: impl Display) {
        self.text.push_str(&format!("<edXML:{name}>"));
        escape(&text.to_string(), &mut self.text);
        self.text.push_str(&format!("</edXML:{name}>\n"));
    }

    /// The same if there is a text.
    pub fn some(&mut self, name: &str, text: Option<impl Display>) {
        if let Some(text) = text {
            self.leaf(name, text);
        }
    }

    /// A list with an element for each text; nothing for none.
    pub fn list(&mut self, name: &str, item: &str, texts: &[String]) {
        if !texts.is_empty() {
            self.around(name, |out| texts.iter().for_each(|text| out.leaf(item, text)));
        }
    }
}

/// A carriage return would be read as a line feed.
pub(crate) fn escape(text: &str, into: &mut String) {
    for c in text.chars() {
        match c {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '\r' => into.push_str("&#13;"),
            c => into.push(c),
        }
    }
}
