//! The places of a procedure that are changed on a page of their own, and moving them about.

use crate::form::model::{Field, Form, Section};
use crate::procedure::Procedure;

/// What a procedure has several of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    Legal,
    Fee,
    Paper,
    Step,
    Section,
    Field,
}

impl List {
    pub const ALL: [List; 6] = [List::Legal, List::Fee, List::Paper, List::Step, List::Section, List::Field];

    /// The word in addresses.
    pub fn code(self) -> &'static str {
        match self {
            List::Legal => "can-cu",
            List::Fee => "phi",
            List::Paper => "giay",
            List::Step => "buoc",
            List::Section => "phan",
            List::Field => "muc",
        }
    }

    pub fn parse(code: &str) -> Option<List> {
        List::ALL.into_iter().find(|list| list.code() == code)
    }
}

/// A page of the builder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    General,
    /// One of a list, by its key; legal bases by their number from 1.
    Row(List, String),
    /// One that is not there yet; a field says in which section.
    New(List, String),
}

const GENERAL: (&str, &str) = ("thong-tin", "chung");
const NEW: &str = "moi";

impl Place {
    pub fn parse(part: &str, row: &str, section: &str) -> Option<Place> {
        if (part, row) == GENERAL {
            return Some(Place::General);
        }
        let list = List::parse(part)?;
        Some(if row == NEW { Place::New(list, section.to_owned()) } else { Place::Row(list, row.to_owned()) })
    }

    /// The rest of its address, after `/sua`.
    pub fn address(&self) -> String {
        match self {
            Place::General => format!("/{}/{}", GENERAL.0, GENERAL.1),
            Place::Row(list, key) => format!("/{}/{}", list.code(), safe(key)),
            Place::New(List::Field, section) => format!("/muc/{NEW}?phan={}", safe(section)),
            Place::New(list, _) => format!("/{}/{NEW}", list.code()),
        }
    }

    /// Where it stands on the page of the whole.
    pub fn anchor(&self) -> String {
        match self {
            Place::General => GENERAL.0.to_owned(),
            Place::Row(list, key) => format!("{}-{}", list.code(), safe(key)),
            Place::New(List::Field, section) => format!("phan-{}", safe(section)),
            Place::New(list, _) => list.code().to_owned(),
        }
    }
}

/// Keys of files may be any text; in an address they are percent-encoded.
fn safe(key: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    key.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// The keys of a list, in order; fields section by section.
pub fn keys(procedure: &Procedure, list: List) -> Vec<String> {
    let sections = || procedure.form.iter().flat_map(|form| &form.sections);
    match list {
        List::Legal => (1..=procedure.legal.len()).map(|number| number.to_string()).collect(),
        List::Fee => procedure.fees.iter().map(|one| one.key.clone()).collect(),
        List::Paper => procedure.papers.iter().map(|one| one.key.clone()).collect(),
        List::Step => procedure.steps.iter().map(|one| one.key.clone()).collect(),
        List::Section => sections().map(|one| one.key.clone()).collect(),
        List::Field => sections().flat_map(|one| &one.fields).map(|one| one.key.clone()).collect(),
    }
}

pub fn at(procedure: &Procedure, list: List, key: &str) -> Option<usize> {
    keys(procedure, list).iter().position(|one| one == key)
}

/// Moves one up or down; a field at the edge of its section goes over into the next one. False where there is no further.
pub fn shift(procedure: &mut Procedure, list: List, key: &str, up: bool) -> bool {
    if list == List::Field {
        return procedure.form.as_mut().is_some_and(|form| shift_field(form, key, up));
    }
    let Some(from) = at(procedure, list, key) else { return false };
    let Some(to) = (if up { from.checked_sub(1) } else { Some(from + 1) }) else { return false };
    if to >= keys(procedure, list).len() {
        return false;
    }
    match list {
        List::Legal => procedure.legal.swap(from, to),
        List::Fee => procedure.fees.swap(from, to),
        List::Paper => procedure.papers.swap(from, to),
        List::Step => procedure.steps.swap(from, to),
        List::Section | List::Field => {
            procedure.form.iter_mut().for_each(|form| form.sections.swap(from, to));
        }
    }
    true
}

fn shift_field(form: &mut Form, key: &str, up: bool) -> bool {
    let Some(section) = form.section_of(key) else { return false };
    let fields = &mut form.sections[section].fields;
    let Some(from) = fields.iter().position(|field| field.key == key) else { return false };
    let inside = if up { from.checked_sub(1) } else { Some(from + 1).filter(|to| *to < fields.len()) };
    if let Some(to) = inside {
        fields.swap(from, to);
        return true;
    }
    let other = if up { section.checked_sub(1) } else { Some(section + 1) };
    let Some(other) = other.filter(|other| *other < form.sections.len()) else { return false };
    let field = form.sections[section].fields.remove(from);
    let there = &mut form.sections[other].fields;
    there.insert(if up { there.len() } else { 0 }, field);
    true
}

/// Takes one away; a section with all its fields.
pub fn take(procedure: &mut Procedure, list: List, key: &str) -> bool {
    let Some(at) = at(procedure, list, key) else { return false };
    match list {
        List::Legal => drop(procedure.legal.remove(at)),
        List::Fee => drop(procedure.fees.remove(at)),
        List::Paper => drop(procedure.papers.remove(at)),
        List::Step => drop(procedure.steps.remove(at)),
        List::Section => procedure.form.iter_mut().for_each(|form| drop(form.sections.remove(at))),
        List::Field => {
            let sections = procedure.form.iter_mut().flat_map(|form| &mut form.sections);
            sections.for_each(|section| section.fields.retain(|field| field.key != key));
        }
    }
    let form = procedure.form.as_ref();
    let known = |key: &String| form.is_some_and(|form| form.field(key).is_some());
    let unique = procedure.unique.iter().filter(|key| known(key)).cloned().collect();
    procedure.unique = unique;
    true
}

/// Everything that is shown or asked only because of another field: the key of that field, and who depends on it.
pub fn dependents(procedure: &Procedure) -> Vec<(String, Place, String)> {
    let mut found = Vec::new();
    for paper in &procedure.papers {
        let place = || Place::Row(List::Paper, paper.key.clone());
        found.extend(paper.when.iter().map(|when| (when.field.clone(), place(), paper.name.vi.clone())));
    }
    for section in procedure.form.iter().flat_map(|form| &form.sections) {
        let place = || Place::Row(List::Section, section.key.clone());
        found.extend(section.when.iter().map(|when| (when.field.clone(), place(), section.title.vi.clone())));
        for field in &section.fields {
            let place = || Place::Row(List::Field, field.key.clone());
            found.extend(field.when.iter().map(|when| (when.field.clone(), place(), field.label.vi.clone())));
        }
    }
    found
}

pub fn section<'p>(procedure: &'p Procedure, key: &str) -> Option<&'p Section> {
    procedure.form.as_ref()?.sections.iter().find(|section| section.key == key)
}

pub fn field<'p>(procedure: &'p Procedure, key: &str) -> Option<&'p Field> {
    procedure.form.as_ref()?.field(key)
}

/// A key made of a name that no other one of the list has.
pub fn key_of(name: &str, joint: char, taken: &[String]) -> String {
    let folded = vntext::fold(name).to_lowercase();
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut key = String::new();
    for word in words {
        if key.len() + word.len() > 36 {
            break;
        }
        if !key.is_empty() {
            key.push(joint);
        }
        key.push_str(word);
    }
    if key.is_empty() || key == NEW || key.starts_with(|c: char| c.is_ascii_digit()) {
        key = format!("muc{joint}{key}").trim_end_matches(joint).to_owned();
    }
    let free = |key: &String| !taken.contains(key);
    if free(&key) {
        return key;
    }
    (2..).map(|number| format!("{key}{joint}{number}")).find(free).unwrap_or(key)
}
