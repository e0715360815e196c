//! One row of a file on its way into the registry: what stood in it, what is wrong with it, what will become of it.

use super::schema;
use platform::i18n::Arg;
use platform::{FieldError, Message, T};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The texts of a row by the names of [`schema::SPECS`]; empty cells are left out.
pub(crate) type Texts = BTreeMap<String, String>;

/// What is wrong, or odd, in one cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// The column by its name in code.
    pub field: String,
    /// The sentence, a key of the locales.
    pub key: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, Arg>,
}

/// Names of arguments that sentences of the import may have.
const ARGS: [&str; 12] =
    ["limit", "day", "year", "number", "record", "digits", "word", "row", "code", "raw", "count", "name"];

impl Problem {
    pub fn new(field: &str, message: impl Into<Message>) -> Problem {
        let message = message.into();
        let args = message.args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Problem { field: field.to_owned(), key: message.key.into_owned(), args }
    }

    /// From an error of a form, whose fields have the names of forms.
    pub fn of(error: FieldError) -> Problem {
        let field = schema::find(&error.field).map_or(error.field.as_ref(), |spec| spec.key).to_owned();
        Problem::new(&field, error.message)
    }

    pub fn text(&self, t: T) -> String {
        let known = |name: &str| ARGS.iter().find(|known| **known == name).copied();
        let args: Vec<_> =
            self.args.iter().filter_map(|(name, value)| Some((known(name)?, value.clone()))).collect();
        t.a(&self.key, &args)
    }
}

/// A row as it was read or typed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Line {
    /// The number in Excel, from 1.
    #[serde(skip)]
    pub row: u32,
    pub texts: Texts,
    /// What could not be read; gone once somebody types the row anew.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Problem>,
}

impl Line {
    pub fn text(&self, key: &str) -> &str {
        self.texts.get(key).map_or("", String::as_str)
    }

    pub fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }
}

/// What becomes of a right row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A person who is not in the registry yet.
    #[default]
    New,
    /// In the registry, with the same facts.
    Same,
    /// In the registry; the file says something else.
    Changed,
}

/// The judgement on a row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wrong: Vec<Problem>,
    /// Odd, and still accepted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub odd: Vec<Problem>,
    #[serde(default)]
    pub outcome: Outcome,
    /// Columns in which file and registry differ, by their names in code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differs: Vec<String>,
    /// This row begins a household that is not in the registry yet.
    #[serde(default)]
    pub new_household: bool,
}

impl Verdict {
    pub fn is_right(&self) -> bool {
        self.wrong.is_empty()
    }
}

/// How many of what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub rows: u64,
    pub new_households: u64,
    pub new_people: u64,
    pub same: u64,
    pub changed: u64,
    pub faulty: u64,
    /// Right rows of households in which another row is wrong: they wait for it.
    pub waiting: u64,
}
