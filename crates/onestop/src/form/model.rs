//! An electronic form: a JSON Schema that says what is right, and a layout that says how it is asked.

use platform::{Lang, choice};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::sync::OnceLock;

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub vi: String,
    pub en: String,
}

impl Words {
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

choice! {
    Widget, "onestop-widget", {
        Text = "text", Long = "long", Date = "date", Choice = "choice", YesNo = "yes-no", Number = "number",
        Money = "money", Phone = "phone", PersonNumber = "person-number", Place = "place", Person = "person",
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    pub schema: Value,
    #[serde(rename = "section")]
    pub sections: Vec<Section>,
    #[serde(skip)]
    judge: Judge,
}

/// The validator of the schema: made at the first question, since making it costs a hundred times what it answers. A copy
/// of a form has none yet, because it may be about to change.
#[derive(Default)]
struct Judge(OnceLock<jsonschema::Validator>);

impl Clone for Judge {
    fn clone(&self) -> Judge {
        Judge::default()
    }
}

impl PartialEq for Judge {
    fn eq(&self, _: &Judge) -> bool {
        true
    }
}

impl std::fmt::Debug for Judge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Judge")
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub key: String,
    pub title: Words,
    pub help: Option<Words>,
    pub when: Option<When>,
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub key: String,
    pub label: Words,
    pub help: Option<Words>,
    pub example: Option<Words>,
    pub widget: Widget,
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// A list of `data/code-lists` in place of `choices`.
    pub list: Option<String>,
    pub when: Option<When>,
    #[serde(default)]
    pub must: bool,
    pub prefill: Option<String>,
    #[serde(default)]
    pub personal: bool,
    #[serde(default)]
    pub wide: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub value: String,
    pub vi: String,
    pub en: String,
}

impl Choice {
    pub fn word(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

/// Only when another field has this value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    pub field: String,
    pub is: Value,
}

impl When {
    pub fn holds(&self, answers: &Answers) -> bool {
        answers.get(&self.field) == Some(&self.is)
    }
}

/// What was answered: the key of each field that is not empty, and its value.
pub type Answers = Map<String, Value>;

impl Form {
    pub fn new(schema: Value, sections: Vec<Section>) -> Form {
        Form { schema, sections, judge: Judge::default() }
    }

    /// The validator, or what `make` makes now. Only for a form that nobody changes any more.
    pub(super) fn judge<E>(
        &self,
        make: impl FnOnce(&Form) -> Result<jsonschema::Validator, E>,
    ) -> Result<&jsonschema::Validator, E> {
        if let Some(known) = self.judge.0.get() {
            return Ok(known);
        }
        let made = make(self)?;
        Ok(self.judge.0.get_or_init(|| made))
    }

    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields().find(|field| field.key == key)
    }

    /// The section in which a field stands, counted from 0.
    pub fn section_of(&self, key: &str) -> Option<usize> {
        self.sections.iter().position(|section| section.fields.iter().any(|field| field.key == key))
    }

    /// The schema's word about one field.
    pub fn property(&self, key: &str) -> Option<&Value> {
        self.schema.get("properties")?.get(key)
    }

    /// The schema asks for it whatever else is answered.
    pub fn requires(&self, key: &str) -> bool {
        let required = self.schema.get("required").and_then(Value::as_array);
        required.is_some_and(|keys| keys.iter().any(|one| one == key))
    }
}

impl Section {
    pub fn shown(&self, answers: &Answers) -> bool {
        self.when.as_ref().is_none_or(|when| when.holds(answers))
    }
}

impl Field {
    pub fn shown(&self, answers: &Answers) -> bool {
        self.when.as_ref().is_none_or(|when| when.holds(answers))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use serde_json::json;

    /// The form of the registration of a birth.
    pub(crate) fn birth() -> Form {
        let text = include_str!("../../../../data/procedures/1.001193/2026-01-01.toml");
        crate::procedure::file::parse(text).expect("the file is right").form.expect("it has a form")
    }

    /// Answers in which nothing is wrong.
    pub(crate) fn right() -> Answers {
        let answers = json!({
            "applicant_name": "Giàng Thị Mỷ", "applicant_number": "010195000123", "applicant_relation": "me",
            "child_name": "Lý A Pao", "child_birth": "2026-03-01", "child_sex": "nam", "child_ethnic": "mong",
            "child_place": "Trạm Y tế xã", "parents_married": true, "mother_name": "Giàng Thị Mỷ",
            "mother_birth_year": 1995, "mother_address": "Thôn Đông Căm",
        });
        answers.as_object().expect("an object").clone()
    }

    /// One question that depends on another.
    pub(crate) fn dependent() -> Form {
        let field = |key: &str, widget: Widget| Field {
            key: key.into(),
            label: Words { vi: key.into(), en: key.into() },
            help: None,
            example: None,
            widget,
            choices: Vec::new(),
            list: None,
            when: None,
            must: false,
            prefill: None,
            personal: false,
            wide: false,
        };
        let when = When { field: "away".into(), is: true.into() };
        let to = Field { when: Some(when), must: true, ..field("where_to", Widget::Text) };
        let schema = json!({
            "type": "object", "additionalProperties": false, "required": ["away"],
            "properties": { "away": { "type": "boolean" }, "where_to": { "type": "string", "maxLength": 50 } },
        });
        let title = Words { vi: "Đi".into(), en: "Going".into() };
        let section = Section {
            key: "going".into(),
            title,
            help: None,
            when: None,
            fields: vec![field("away", Widget::YesNo), to],
        };
        Form::new(schema, vec![section])
    }
}
