//! Whether answers are right: by the schema, by what depends on other answers, and by what the schema cannot know.

use super::model::{Answers, Field, Form, Section, Widget};
use jsonschema::error::ValidationErrorKind as Wrong;
use platform::{Error, FieldError, Message, Result};
use serde_json::Value;

/// Makes the validator of a form.
///
/// # Errors
/// What is wrong with the schema itself, in the words of the validator.
pub fn validator(form: &Form) -> Result<jsonschema::Validator> {
    jsonschema::options()
        .should_validate_formats(true)
        .build(&form.schema)
        .map_err(|wrong| Error::internal(format!("{}: {wrong}", wrong.instance_path())))
}

/// Takes out the answers of what is not asked, as the other answers stand.
pub fn drop_hidden(form: &Form, answers: &mut Answers) {
    // What hides a field may itself be hidden: a second round finds it.
    for _ in 0..2 {
        let hidden: Vec<String> = form
            .sections
            .iter()
            .flat_map(|section| section.fields.iter().map(move |field| (section, field)))
            .filter(|(section, field)| !(section.shown(answers) && field.shown(answers)))
            .map(|(_, field)| field.key.clone())
            .collect();
        for key in hidden {
            answers.remove(&key);
        }
    }
}

/// Everything that is wrong with the answers, at its field, in the order of the form.
///
/// # Errors
/// Only when the schema is none.
pub fn problems(form: &Form, answers: &Answers) -> Result<Vec<FieldError>> {
    problems_of(form, answers, |_| true)
}

/// The same for some sections only: a step of the form.
pub fn problems_of(form: &Form, answers: &Answers, asked: impl Fn(usize) -> bool) -> Result<Vec<FieldError>> {
    let found = found(form, answers)?;
    let mut sorted = Vec::new();
    for (at, section) in form.sections.iter().enumerate().filter(|(at, _)| asked(*at)) {
        for field in &section.fields {
            let by_schema =
                found.iter().find(|(key, _)| *key == field.key).map(|(_, message)| message.clone());
            let message =
                by_schema.or_else(|| missing(section, field, answers)).or_else(|| sense(field, answers));
            sorted.extend(message.map(|message| FieldError { field: field.key.clone().into(), message }));
        }
        // A key that no section knows: only a program can send it.
        if at == 0 {
            let unknown = found.iter().filter(|(key, _)| form.field(key).is_none());
            sorted.extend(
                unknown
                    .map(|(key, message)| FieldError { field: key.clone().into(), message: message.clone() }),
            );
        }
    }
    Ok(sorted)
}

/// What the schema says, as (field, sentence).
fn found(form: &Form, answers: &Answers) -> Result<Vec<(String, Message)>> {
    let validator = form.judge(validator)?;
    let instance = Value::Object(answers.clone());
    let mut found = Vec::new();
    for wrong in validator.iter_errors(&instance) {
        let at = wrong.instance_path().as_str().trim_start_matches('/').to_owned();
        match wrong.kind() {
            Wrong::Required { property } => {
                let key = property.as_str().unwrap_or_default().to_owned();
                let hidden = form.sections.iter().any(|section| {
                    let field = section.fields.iter().find(|field| field.key == key);
                    field.is_some_and(|field| !(section.shown(answers) && field.shown(answers)))
                });
                if !hidden {
                    found.push((key, Message::new("onestop-wrong-empty")));
                }
            }
            Wrong::AdditionalProperties { unexpected } => {
                found.extend(
                    unexpected.iter().map(|key| (key.clone(), Message::new("onestop-wrong-unknown"))),
                );
            }
            kind => found.push((at, sentence(kind))),
        }
    }
    Ok(found)
}

fn sentence(wrong: &Wrong) -> Message {
    match wrong {
        Wrong::MaxLength { limit } => Message::new("error-too-long").with("limit", *limit),
        Wrong::MinLength { .. } => Message::new("onestop-wrong-short"),
        Wrong::Minimum { limit } => Message::new("onestop-wrong-least").with("limit", limit.to_string()),
        Wrong::Maximum { limit } => Message::new("onestop-wrong-most").with("limit", limit.to_string()),
        Wrong::Enum { .. } => Message::new("error-choose"),
        Wrong::Format { .. } => Message::new("error-date"),
        Wrong::Type { .. } => Message::new("onestop-wrong-type"),
        _ => Message::new("onestop-wrong-shape"),
    }
}

/// Required only because of another answer.
fn missing(section: &Section, field: &Field, answers: &Answers) -> Option<Message> {
    let asked = section.shown(answers) && field.shown(answers);
    (asked && field.must && !answers.contains_key(&field.key)).then(|| Message::new("onestop-wrong-empty"))
}

/// What no schema knows: numbers of people and telephones, and real days.
fn sense(field: &Field, answers: &Answers) -> Option<Message> {
    let text = answers.get(&field.key)?.as_str()?;
    match field.widget {
        Widget::PersonNumber if vnid::PersonalNumber::parse(text).is_err() => {
            Some(Message::new("onestop-wrong-person-number"))
        }
        Widget::Phone if vnid::Phone::parse(text).is_err() => Some(Message::new("onestop-wrong-phone")),
        Widget::Date if text.parse::<chrono::NaiveDate>().is_err() => Some(Message::new("error-date")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::model::tests::{birth, right};

    fn wrong(answers: &Answers) -> Vec<(String, String)> {
        let found = problems(&birth(), answers).unwrap();
        found.into_iter().map(|one| (one.field.to_string(), one.message.key.to_string())).collect()
    }

    #[test]
    fn right_answers_have_no_problems() {
        assert_eq!(wrong(&right()), []);
    }

    #[test]
    fn each_problem_stands_at_its_field_in_the_order_of_the_form() {
        let mut answers = right();
        answers.remove("child_name");
        answers.insert("applicant_number".into(), "12".into());
        answers.insert("child_sex".into(), "x".into());
        answers.insert("child_birth".into(), "30/02/2026".into());
        answers.insert("mother_birth_year".into(), 1800.into());
        answers.insert("copies".into(), "hai".into());
        answers.insert("script".into(), "<b>".into());
        let wrong = wrong(&answers);
        let is =
            |key: &str, message: &str| assert!(wrong.contains(&(key.into(), message.into())), "{wrong:?}");
        is("child_name", "onestop-wrong-empty");
        is("applicant_number", "onestop-wrong-shape");
        is("child_sex", "error-choose");
        is("child_birth", "error-date");
        is("mother_birth_year", "onestop-wrong-least");
        is("copies", "onestop-wrong-type");
        is("script", "onestop-wrong-unknown");
        let at = |key: &str| wrong.iter().position(|(one, _)| one == key);
        assert!(at("applicant_number") < at("child_name") && at("child_name") < at("mother_birth_year"));
    }

    #[test]
    fn a_number_of_a_person_is_more_than_twelve_digits() {
        let mut answers = right();
        answers.insert("applicant_number".into(), "999999999999".into());
        assert_eq!(wrong(&answers), [("applicant_number".into(), "onestop-wrong-person-number".into())]);
    }

    #[test]
    fn what_is_not_asked_is_neither_kept_nor_missed() {
        let form = crate::form::model::tests::dependent();
        let mut answers = Answers::new();
        answers.insert("away".into(), false.into());
        answers.insert("where_to".into(), "Hà Nội".into());
        drop_hidden(&form, &mut answers);
        assert!(!answers.contains_key("where_to"));
        assert!(problems(&form, &answers).unwrap().is_empty());
        answers.insert("away".into(), true.into());
        assert_eq!(problems(&form, &answers).unwrap()[0].field, "where_to");
    }
}
