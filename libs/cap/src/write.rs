//! A message as XML, in the order of the schema (section 3.4).

use crate::lists::quoted;
use crate::{Alert, Area, Info, NAMESPACE, Named, Resource};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::fmt::{Display, Write};

/// How the message begins and ends; a signature is put before the end.
pub(crate) const END: &str = "</alert>\n";

pub(crate) fn alert(alert: &Alert) -> String {
    let mut out = Out(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alert xmlns=\"{NAMESPACE}\">\n"));
    out.leaf("identifier", &alert.identifier);
    out.leaf("sender", &alert.sender);
    out.leaf("sent", alert.sent);
    out.leaf("status", alert.status.word());
    out.leaf("msgType", alert.kind.word());
    out.some("source", alert.source.as_ref());
    out.leaf("scope", alert.scope.word());
    out.some("restriction", alert.restriction.as_ref());
    out.list("addresses", &quoted(&alert.addresses));
    out.all("code", &alert.codes);
    out.some("note", alert.note.as_ref());
    let references: Vec<String> = alert.references.iter().map(ToString::to_string).collect();
    out.list("references", &references.join(" "));
    out.list("incidents", &quoted(&alert.incidents));
    alert.infos.iter().for_each(|one| out.around("info", |out| info(one, out)));
    out.0.push_str(END);
    out.0
}

fn info(info: &Info, out: &mut Out) {
    out.some("language", info.language.as_ref());
    out.all("category", info.categories.iter().map(|one| one.word()));
    out.leaf("event", &info.event);
    out.all("responseType", info.responses.iter().map(|one| one.word()));
    out.leaf("urgency", info.urgency.word());
    out.leaf("severity", info.severity.word());
    out.leaf("certainty", info.certainty.word());
    out.some("audience", info.audience.as_ref());
    out.named("eventCode", &info.event_codes);
    out.some("effective", info.effective);
    out.some("onset", info.onset);
    out.some("expires", info.expires);
    out.some("senderName", info.sender_name.as_ref());
    out.some("headline", info.headline.as_ref());
    out.some("description", info.description.as_ref());
    out.some("instruction", info.instruction.as_ref());
    out.some("web", info.web.as_ref());
    out.some("contact", info.contact.as_ref());
    out.named("parameter", &info.parameters);
    info.resources.iter().for_each(|one| out.around("resource", |out| resource(one, out)));
    info.areas.iter().for_each(|one| out.around("area", |out| area(one, out)));
}

fn resource(resource: &Resource, out: &mut Out) {
    out.leaf("resourceDesc", &resource.description);
    out.leaf("mimeType", &resource.mime);
    out.some("size", resource.size);
    out.some("uri", resource.uri.as_ref());
    out.some("derefUri", resource.inside.as_ref().map(|bytes| STANDARD.encode(bytes)));
    let hex = |bytes: &[u8; 20]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    out.some("digest", resource.digest.as_ref().map(hex));
}

fn area(area: &Area, out: &mut Out) {
    out.leaf("areaDesc", &area.description);
    out.all("polygon", &area.polygons);
    out.all("circle", &area.circles);
    out.named("geocode", &area.geocodes);
    out.some("altitude", area.height.map(|height| height.altitude));
    out.some("ceiling", area.height.and_then(|height| height.ceiling));
}

/// The XML so far.
struct Out(String);

impl Out {
    /// An element around what `inside` writes.
    fn around(&mut self, name: &str, inside: impl FnOnce(&mut Out)) {
        self.0.push_str(&format!("<{name}>\n"));
        inside(self);
        self.0.push_str(&format!("</{name}>\n"));
    }

    fn leaf(&mut self, name: &str, text: impl Display) {
        self.0.push_str(&format!("<{name}>"));
        // Writing into a string does not fail.
        let _ = write!(Escaped(&mut self.0), "{text}");
        self.0.push_str(&format!("</{name}>\n"));
    }

    fn some(&mut self, name: &str, text: Option<impl Display>) {
        if let Some(text) = text {
            self.leaf(name, text);
        }
    }

    fn all(&mut self, name: &str, texts: impl IntoIterator<Item = impl Display>) {
        texts.into_iter().for_each(|text| self.leaf(name, text));
    }

    /// Nothing for an empty list.
    fn list(&mut self, name: &str, text: &str) {
        self.some(name, Some(text).filter(|text| !text.is_empty()));
    }

    fn named(&mut self, name: &str, all: &[Named]) {
        for one in all {
            self.around(name, |out| {
                out.leaf("valueName", &one.name);
                out.leaf("value", one.value.as_ref().map_or("", |value| value.as_str()));
            });
        }
    }
}

/// A carriage return would be read as a line feed.
struct Escaped<'a>(&'a mut String);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '\r' => self.0.push_str("&#13;"),
                c => self.0.push(c),
            }
        }
        Ok(())
    }
}
