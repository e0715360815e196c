//! What a browser sent, as answers of the types that the schema names.

use super::model::{Answers, Field, Form, Widget};
use platform::http;
use serde_json::Value;

/// Takes over the fields of the given sections from a form into `answers`; what was emptied goes.
pub fn read(form: &Form, sections: &[usize], sent: &http::Form, answers: &mut Answers) {
    for section in sections.iter().filter_map(|at| form.sections.get(*at)) {
        for field in &section.fields {
            match value(field, form.property(&field.key), sent.text(&field.key)) {
                Some(value) => answers.insert(field.key.clone(), value),
                None => answers.remove(&field.key),
            };
        }
    }
}

/// A text that does not fit its type stays a text: the check says what is wrong with it, and nothing typed is lost.
fn value(field: &Field, property: Option<&Value>, text: &str) -> Option<Value> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let kind = property.and_then(|property| property.get("type")).and_then(Value::as_str).unwrap_or("string");
    let typed = match (kind, field.widget) {
        ("boolean", _) => match text {
            "1" | "true" => Some(Value::Bool(true)),
            "0" | "false" => Some(Value::Bool(false)),
            _ => None,
        },
        ("integer" | "number", _) => vntext::parse_whole_vi(text).ok().map(Value::from),
        (_, Widget::Date) => vntext::date_parse(text).ok().map(|day| Value::from(day.to_string())),
        (_, Widget::PersonNumber | Widget::Phone) => {
            Some(Value::from(text.chars().filter(|c| !c.is_whitespace() && *c != '.').collect::<String>()))
        }
        _ => None,
    };
    Some(typed.unwrap_or_else(|| Value::from(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::model::tests::birth;

    #[test]
    fn texts_become_what_the_schema_says_and_wrong_ones_stay() {
        let form = birth();
        let sent = |pairs: &[(&str, &str)]| {
            http::Form::from_pairs(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())))
        };
        let mut answers = Answers::new();
        let all: Vec<usize> = (0..form.sections.len()).collect();
        let typed = sent(&[
            ("child_birth", "5/3/2026"),
            ("parents_married", "1"),
            ("mother_birth_year", "1.995"),
            ("applicant_number", "010 195 000123"),
            ("child_name", "  Lý A Pao "),
            ("copies", "hai"),
        ]);
        read(&form, &all, &typed, &mut answers);
        assert_eq!(answers["child_birth"], "2026-03-05");
        assert_eq!(answers["parents_married"], true);
        assert_eq!(answers["mother_birth_year"], 1995);
        assert_eq!(answers["applicant_number"], "010195000123");
        assert_eq!(answers["child_name"], "Lý A Pao");
        assert_eq!(answers["copies"], "hai");
        read(&form, &all, &sent(&[("child_name", "")]), &mut answers);
        assert!(answers.is_empty(), "{answers:?}");
    }
}
