//! A message from its elements, by their names.

use crate::choices::Choice;
use crate::lists::{references, words};
use crate::resource::{is_mime, sha1};
use crate::xml::{Document, Element};
use crate::{
    Alert, Area, Certainty, Circle, Fault, Height, Info, Language, NAMESPACE, Named, Number, Place, Polygon,
    Reason, Resource, Text, Time, Uri,
};
use base64::{Engine, engine::general_purpose::STANDARD};

/// Namespaces of CAP before 1.2.
const OLDER: [&str; 2] = ["http://www.incident.com/cap/1.0", "urn:oasis:names:tc:emergency:cap:1.1"];

pub(crate) fn alert(document: &Document) -> Result<Alert, Fault> {
    let root = &document.root;
    let place = Place::default().child(&root.local, 1);
    if !root.is(NAMESPACE, "alert") {
        let older = root.local == "alert" && OLDER.contains(&&*root.namespace);
        return Err(place.wrong(if older { Reason::Version } else { Reason::Root }));
    }
    let at = At { element: root, place };
    let alert = Alert {
        identifier: at.need("identifier", crate::Id::new)?,
        sender: at.need("sender", crate::Id::new)?,
        sent: at.need("sent", Time::parse)?,
        status: at.need("status", choice)?,
        kind: at.need("msgType", choice)?,
        source: at.some("source", Text::new)?,
        scope: at.need("scope", choice)?,
        restriction: at.some("restriction", Text::new)?,
        addresses: at.some("addresses", words)?.unwrap_or_default(),
        codes: at.list("code", Text::new)?,
        note: at.some("note", Text::new)?,
        references: at.some("references", references)?.unwrap_or_default(),
        incidents: at.some("incidents", words)?.unwrap_or_default(),
        infos: at.all("info").map(|one| info(&one)).collect::<Result<_, _>>()?,
    };
    alert.check()?;
    Ok(alert)
}

fn info(at: &At<'_>) -> Result<Info, Fault> {
    Ok(Info {
        language: at.some("language", Language::new)?,
        categories: at.list("category", choice)?,
        event: at.need("event", Text::new)?,
        responses: at.list("responseType", choice)?,
        urgency: at.need("urgency", choice)?,
        severity: at.need("severity", choice)?,
        certainty: at.need("certainty", certainty)?,
        audience: at.some("audience", Text::new)?,
        event_codes: at.named("eventCode")?,
        effective: at.some("effective", Time::parse)?,
        onset: at.some("onset", Time::parse)?,
        expires: at.some("expires", Time::parse)?,
        sender_name: at.some("senderName", Text::new)?,
        headline: at.some("headline", Text::new)?,
        description: at.some("description", Text::new)?,
        instruction: at.some("instruction", Text::new)?,
        web: at.some("web", Uri::new)?,
        contact: at.some("contact", Text::new)?,
        parameters: at.named("parameter")?,
        resources: at.all("resource").map(|one| resource(&one)).collect::<Result<_, _>>()?,
        areas: at.all("area").map(|one| area(&one)).collect::<Result<_, _>>()?,
    })
}

fn resource(at: &At<'_>) -> Result<Resource, Fault> {
    let mime = |text: &str| if is_mime(text) { Text::new(text) } else { Err(Reason::Mime) };
    let size = |text: &str| match text.bytes().all(|b| b.is_ascii_digit()) {
        true => text.parse().map_err(|_| Reason::Number),
        false => Err(Reason::Number),
    };
    Ok(Resource {
        description: at.need("resourceDesc", Text::new)?,
        mime: at.need("mimeType", mime)?,
        size: at.some("size", size)?,
        uri: at.some("uri", Uri::new)?,
        inside: at.some("derefUri", bytes)?,
        digest: at.some("digest", sha1)?,
    })
}

fn area(at: &At<'_>) -> Result<Area, Fault> {
    let altitude = at.some("altitude", Number::parse)?;
    let ceiling = at.some("ceiling", Number::parse)?;
    if altitude.is_none() && ceiling.is_some() {
        return Err(at.place.child("ceiling", 1).wrong(Reason::Ceiling));
    }
    Ok(Area {
        description: at.need("areaDesc", Text::new)?,
        polygons: at.list("polygon", Polygon::parse)?,
        circles: at.list("circle", Circle::parse)?,
        geocodes: at.named("geocode")?,
        height: altitude.map(|altitude| Height { altitude, ceiling }),
    })
}

fn choice<T: Choice>(text: &str) -> Result<T, Reason> {
    T::of(text).ok_or(Reason::Choice)
}

/// The word of CAP 1.0 is to be understood still (section 3.2.2).
fn certainty(text: &str) -> Result<Certainty, Reason> {
    if text == "Very Likely" { Ok(Certainty::Likely) } else { choice(text) }
}

/// Base64, in lines or in one.
fn bytes(text: &str) -> Result<Vec<u8>, Reason> {
    let bare: String = text.split_ascii_whitespace().collect();
    STANDARD.decode(bare).map_err(|_| Reason::Base64)
}

/// An element with its place.
struct At<'a> {
    element: &'a Element,
    place: Place,
}

impl<'a> At<'a> {
    /// The children of this name, in the namespace of CAP.
    fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = At<'a>> + 's {
        let called = self.element.elements().filter(move |one| one.is(NAMESPACE, name));
        called
            .enumerate()
            .map(move |(index, element)| At { element, place: self.place.child(name, index + 1) })
    }

    /// What `parse` makes of the text of a child; nothing when that is not there or empty.
    fn some<T>(&self, name: &str, parse: impl Fn(&str) -> Result<T, Reason>) -> Result<Option<T>, Fault> {
        let mut all = self.all(name);
        let Some(first) = all.next() else { return Ok(None) };
        if let Some(second) = all.next() {
            return Err(second.place.wrong(Reason::Twice));
        }
        first.value(parse)
    }

    fn need<T>(&self, name: &str, parse: impl Fn(&str) -> Result<T, Reason>) -> Result<T, Fault> {
        self.some(name, parse)?.ok_or_else(|| self.place.child(name, 1).wrong(Reason::Missing))
    }

    /// All children of a name that say something.
    fn list<T>(&self, name: &str, parse: impl Fn(&str) -> Result<T, Reason>) -> Result<Vec<T>, Fault> {
        self.all(name).filter_map(|one| one.value(&parse).transpose()).collect()
    }

    fn named(&self, name: &str) -> Result<Vec<Named>, Fault> {
        let one = |at: At<'_>| {
            Ok(Named { name: at.need("valueName", Text::new)?, value: at.some("value", Text::new)? })
        };
        self.all(name).map(one).collect()
    }

    fn value<T>(&self, parse: impl Fn(&str) -> Result<T, Reason>) -> Result<Option<T>, Fault> {
        let text = self.element.text();
        match text.trim() {
            "" => Ok(None),
            text => parse(text).map(Some).map_err(|reason| self.place.wrong(reason)),
        }
    }
}
