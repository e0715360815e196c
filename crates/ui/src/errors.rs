use crate::Shell;
use askama::Template;
use platform::{Error, T};

/// The sentences that stand at the fields of a form, by field name.
#[derive(Debug, Clone, Default)]
pub struct FieldErrors(Vec<(String, String)>);

impl FieldErrors {
    /// Those of a rule's error, translated.
    pub fn from_error(error: &Error, t: T) -> FieldErrors {
        FieldErrors(error.fields.iter().map(|one| (one.field.to_string(), one.message.text(t))).collect())
    }

    pub fn with(mut self, field: &str, sentence: impl Into<String>) -> FieldErrors {
        self.0.push((field.to_owned(), sentence.into()));
        self
    }

    /// The sentence at a field, `""` when it is right.
    pub fn at(&self, field: &str) -> &str {
        self.0.iter().find(|(name, _)| name == field).map_or("", |(_, sentence)| sentence)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &(String, String)> {
        self.0.iter()
    }
}

/// What stands where a page could not: what happened, what to do now, whom to call.
#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    pub shell: Shell,
    /// In one line: "Không tìm thấy trang này".
    pub heading: String,
    /// What to do now, in a sentence.
    pub advice: String,
    /// Told on the telephone, so that the log entry is found.
    pub request_id: String,
}
