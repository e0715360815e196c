//! Reading the file of a procedure, and everything that can be wrong with it, each with its line and reason.

use super::model::{Kind, Procedure};
use crate::form::check::validator;
use crate::form::model::{Field, Form, When, Widget};
use platform::Message;
use serde_json::Value;
use std::collections::HashSet;

/// Something wrong with a file.
#[derive(Debug, Clone)]
pub struct Fault {
    /// Counted from 1.
    pub line: usize,
    pub reason: Message,
}

/// Names that a layout may take values from.
pub(crate) const PREFILL: [&str; 16] = [
    "applicant.name",
    "applicant.birth",
    "applicant.sex",
    "applicant.number",
    "applicant.phone",
    "applicant.ethnic",
    "applicant.nationality",
    "applicant.address",
    "applicant.residence",
    "applicant.marriage",
    "applicant.spouse",
    "household.head",
    "household.address",
    "household.poverty",
    "commune.name",
    "today",
];

/// # Errors
/// Every fault that was found, in the order of lines; only the first where the text is no TOML of this shape.
pub fn parse(text: &str) -> Result<Procedure, Vec<Fault>> {
    let read: Result<Procedure, toml::de::Error> = toml::from_str(text);
    let mut procedure = read.map_err(|wrong| {
        let at = wrong.span().map_or(0, |span| span.start);
        let reason = Message::new("onestop-file-shape").with("reason", wrong.message());
        vec![Fault { line: line_at(text, at), reason }]
    })?;
    let mut faults = Faults { text, found: Vec::new() };
    whole(&procedure, &mut faults);
    if let Some(form) = &procedure.form {
        layout(form, &mut faults);
        for field in &procedure.unique {
            faults.unless(form.field(field).is_some(), field, || unknown("unique", field));
        }
    }
    faults.found.sort_by_key(|fault| fault.line);
    if !faults.found.is_empty() {
        return Err(faults.found);
    }
    if procedure.form.is_none() && procedure.has_dossiers() {
        procedure.form = Some(basic());
    }
    Ok(procedure)
}

/// The form of a procedure that brings none.
pub(crate) fn basic() -> Form {
    toml::from_str(include_str!("basic-form.toml")).expect("a test reads it")
}

struct Faults<'t> {
    text: &'t str,
    found: Vec<Fault>,
}

impl Faults<'_> {
    /// `near` is a text of the file in whose line the fault is shown.
    fn unless(&mut self, right: bool, near: &str, reason: impl FnOnce() -> Message) {
        if !right {
            let quoted = format!("\"{near}\"");
            let at = self.text.find(&quoted).or_else(|| self.text.find(near)).unwrap_or(0);
            self.found.push(Fault { line: line_at(self.text, at), reason: reason() });
        }
    }
}

fn line_at(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

fn unknown(member: &str, value: &str) -> Message {
    Message::new("onestop-file-unknown").with("member", member).with("value", value)
}

fn whole(procedure: &Procedure, faults: &mut Faults<'_>) {
    faults.unless(code_is_right(&procedure.code), &procedure.code, || {
        Message::new("onestop-file-code").with("value", procedure.code.as_str())
    });
    let steps = procedure.kind == Kind::Guide || !procedure.steps.is_empty();
    faults.unless(steps, "kind", || Message::new("onestop-file-no-steps"));
    let issued = procedure.kind != Kind::WorkingCopy || procedure.system.is_some();
    faults.unless(issued, "kind", || Message::new("onestop-file-no-system"));
    let keys = [
        ("paper", procedure.papers.iter().map(|one| &one.key).collect::<Vec<_>>()),
        ("step", procedure.steps.iter().map(|one| &one.key).collect()),
        ("fee", procedure.fees.iter().map(|one| &one.key).collect()),
    ];
    for (member, keys) in keys {
        let mut seen = HashSet::new();
        for key in keys {
            faults.unless(seen.insert(key), key, || twice(member, key));
        }
    }
    for fee in &procedure.fees {
        let right = fee.vnd.is_none_or(|vnd| (0..=1_000_000_000).contains(&vnd));
        faults.unless(right, &fee.key, || Message::new("onestop-file-sum").with("value", fee.key.as_str()));
    }
    let depends = procedure.papers.iter().filter_map(|paper| paper.when.as_ref());
    for when in depends {
        let known = procedure.form.as_ref().is_some_and(|form| form.field(&when.field).is_some());
        faults.unless(known, &when.field, || unknown("when", &when.field));
    }
}

fn twice(member: &str, key: &str) -> Message {
    Message::new("onestop-file-twice").with("member", member).with("value", key)
}

/// `1.001193`, or a word of the commune's own: `XA.xac-nhan-vay-von`.
pub(crate) fn code_is_right(code: &str) -> bool {
    let national = |rest: &str| rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_digit());
    let own = |word: &str| {
        (2..=40).contains(&word.len())
            && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    match code.split_once('.') {
        Some(("XA", word)) => own(word),
        Some((first, rest)) => first.len() == 1 && first.as_bytes()[0].is_ascii_digit() && national(rest),
        None => false,
    }
}

fn layout(form: &Form, faults: &mut Faults<'_>) {
    let wrong = validator(form).err().map(|error| error.to_string());
    faults.unless(wrong.is_none(), "form.schema", || {
        Message::new("onestop-file-schema").with("reason", wrong.unwrap_or_default())
    });
    let properties: Vec<String> = form
        .schema
        .get("properties")
        .and_then(Value::as_object)
        .map(|all| all.keys().cloned().collect())
        .unwrap_or_default();
    let mut seen = HashSet::new();
    for field in form.fields() {
        let key = &field.key;
        faults.unless(seen.insert(key.clone()), key, || twice("form", key));
        faults.unless(properties.contains(key), key, || unknown("form.schema.properties", key));
        one_field(form, field, faults);
    }
    for key in properties.iter().filter(|key| !seen.contains(*key)) {
        faults.unless(false, key, || Message::new("onestop-file-not-laid-out").with("value", key.as_str()));
    }
    for when in form.sections.iter().filter_map(|section| section.when.as_ref()) {
        depends(form, when, faults);
    }
}

fn one_field(form: &Form, field: &Field, faults: &mut Faults<'_>) {
    let key = &field.key;
    if let Some(when) = &field.when {
        depends(form, when, faults);
    }
    if let Some(name) = field.prefill.as_deref() {
        faults.unless(PREFILL.contains(&name), name, || unknown("prefill", name));
    }
    let property = form.property(key);
    let kind = property.and_then(|property| property.get("type")).and_then(Value::as_str).unwrap_or("");
    if kind == "string" {
        let bounded = property
            .is_some_and(|property| property.get("maxLength").is_some() || property.get("enum").is_some());
        faults.unless(bounded, key, || Message::new("onestop-file-endless").with("value", key.as_str()));
    }
    if field.widget == Widget::Choice && field.list.is_none() {
        let allowed: Vec<&str> = property
            .and_then(|property| property.get("enum"))
            .and_then(Value::as_array)
            .map(|all| all.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let offered: Vec<&str> = field.choices.iter().map(|choice| choice.value.as_str()).collect();
        let same = allowed.len() == offered.len() && offered.iter().all(|one| allowed.contains(one));
        faults.unless(same, key, || Message::new("onestop-file-choices").with("value", key.as_str()));
    }
    if let Some(list) = field.list.as_deref() {
        faults.unless(["ethnic", "relation"].contains(&list), list, || unknown("list", list));
    }
}

fn depends(form: &Form, when: &When, faults: &mut Faults<'_>) {
    faults.unless(form.field(&when.field).is_some(), &when.field, || unknown("when", &when.field));
}

#[cfg(test)]
mod tests {
    use super::*;

    const BIRTH: &str = include_str!("../../../../data/procedures/1.001193/2026-01-01.toml");

    fn faults(text: &str) -> Vec<(usize, String)> {
        let found = parse(text).expect_err("a fault");
        found.into_iter().map(|fault| (fault.line, fault.reason.key.to_string())).collect()
    }

    fn line_of(text: &str, part: &str) -> usize {
        line_at(text, text.find(part).expect("it is there"))
    }

    #[test]
    fn a_wrong_file_is_told_line_and_reason() {
        let changed = |from: &str, to: &str| {
            assert!(BIRTH.contains(from), "{from}");
            BIRTH.replacen(from, to, 1)
        };
        let text = changed("online = \"full\"", "online = \"sometimes\"");
        assert_eq!(faults(&text), [(line_of(&text, "online ="), "onestop-file-shape".into())]);
        let text = changed("code = \"1.001193\"", "code = \"khai-sinh\"");
        assert_eq!(faults(&text), [(line_of(&text, "code ="), "onestop-file-code".into())]);
        let text = changed("key = \"child_sex\"", "key = \"child_gender\"");
        let found = faults(&text);
        assert!(
            found.contains(&(line_of(&text, "\"child_gender\""), "onestop-file-unknown".into())),
            "{found:?}"
        );
        assert!(found.iter().any(|(_, reason)| reason == "onestop-file-not-laid-out"), "{found:?}");
        let text = changed("pattern = \"^[0-9]{12}$\"", "pattern = \"([\"");
        assert!(faults(&text).iter().any(|(_, reason)| reason == "onestop-file-schema"));
        let text = changed("minLength = 2, maxLength = 100", "minLength = 2");
        assert_eq!(faults(&text)[0].1, "onestop-file-endless");
        let text = changed("value = \"ong-ba\"", "value = \"co-chu\"");
        assert_eq!(faults(&text)[0].1, "onestop-file-choices");
        assert_eq!(faults("")[0].1, "onestop-file-shape");
    }

    #[test]
    fn codes_are_national_or_our_own() {
        for right in ["1.001193", "2.000815", "XA.xac-nhan-vay-von"] {
            assert!(code_is_right(right), "{right}");
        }
        for wrong in ["", "1.1193", "11.001193", "XA.", "XA.Xác nhận", "../x", "1.00119x"] {
            assert!(!code_is_right(wrong), "{wrong}");
        }
    }

    #[test]
    fn every_built_in_file_is_right() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/procedures");
        let mut read = 0;
        for folder in
            std::fs::read_dir(folder).unwrap().map(|one| one.unwrap().path()).filter(|one| one.is_dir())
        {
            for file in std::fs::read_dir(folder).unwrap().map(|one| one.unwrap().path()) {
                let text = std::fs::read_to_string(&file).unwrap();
                let procedure =
                    parse(&text).unwrap_or_else(|faults| panic!("{}: {faults:?}", file.display()));
                assert!(file.to_string_lossy().contains(&procedure.code), "{}", file.display());
                read += 1;
            }
        }
        assert!(read >= 1);
    }
}
