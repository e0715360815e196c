//! Sections and fields of the form.

use super::place::{List, key_of, keys};
use super::schema;
use super::typed::{Say, Typed, pair_line};
use crate::form::model::{Choice, Field, Form, Section, Widget, Words};
use crate::procedure::Procedure;
use crate::procedure::file::PREFILL;
use platform::Message;
use serde_json::Value;
use ui::form::{Input, Look};

const LISTS: [(&str, &str); 2] =
    [("ethnic", "onestop-build-list-ethnic"), ("relation", "onestop-build-list-relation")];
const LARGEST: i64 = 1_000_000_000_000_000;
const LONGEST: i64 = 20_000;

pub fn section_inputs(say: &Say, form: Option<&Form>, one: Option<&Section>) -> Vec<Input> {
    let mut all =
        say.words(Look::Text, "ten", "onestop-build-section-name", one.map(|part| &part.title)).to_vec();
    all.extend(say.maybe_words(
        Look::Area,
        "tro-giup",
        "onestop-build-section-help",
        one.and_then(|part| part.help.as_ref()),
    ));
    let own: Vec<&str> = one.iter().flat_map(|part| &part.fields).map(|field| field.key.as_str()).collect();
    all.push(say.when(form, &own, one.and_then(|part| part.when.as_ref())));
    all
}

pub fn section_apply(typed: &mut Typed, procedure: &Procedure, one: &mut Section) {
    typed.words("ten", &mut one.title);
    typed.maybe_words("tro-giup", &mut one.help);
    typed.when(&mut one.when);
    if one.key.is_empty() {
        let mut taken = keys(procedure, List::Section);
        // The key of the program's own form.
        taken.push("basic".to_owned());
        one.key = key_of(&one.title.vi, '_', &taken);
    }
}

/// A field that is not there yet: what is asked first. Its own page asks the rest.
pub fn new_inputs(say: &Say, form: Option<&Form>) -> Vec<Input> {
    let mut all = say.words(Look::Text, "nhan", "onestop-build-label", None).to_vec();
    all.push(widget(say, "text"));
    all.push(say.help(Look::Area, "lua-chon", "onestop-build-choices").optional());
    all.push(prefill(say, ""));
    all.push(say.tick("bat-buoc", "onestop-build-wanted", true));
    all.push(say.when(form, &[], None));
    all
}

pub fn field_inputs(say: &Say, procedure: &Procedure, form: &Form, one: &Field) -> Vec<Input> {
    let mut all = say.words(Look::Text, "nhan", "onestop-build-label", Some(&one.label)).to_vec();
    all.push(widget(say, one.widget.code()));
    if one.widget == Widget::Choice {
        let lines: Vec<String> = one
            .choices
            .iter()
            .map(|choice| pair_line(&Words { vi: choice.vi.clone(), en: choice.en.clone() }))
            .collect();
        all.push(
            say.help(Look::Area, "lua-chon", "onestop-build-choices").value(lines.join("\n")).optional(),
        );
        let list = say.choice("danh-sach", "onestop-build-list", &LISTS, one.list.as_deref().unwrap_or(""));
        all.push(list.optional().empty(say.t("onestop-build-nothing")));
    }
    all.push(say.tick("bat-buoc", "onestop-build-wanted", schema::wanted(form, one)));
    all.push(say.when(Some(form), &[one.key.as_str()], one.when.as_ref()));
    all.extend(say.maybe_words(Look::Area, "tro-giup", "onestop-build-help", one.help.as_ref()));
    all.extend(say.maybe_words(Look::Text, "vi-du", "onestop-build-example", one.example.as_ref()));
    all.push(prefill(say, one.prefill.as_deref().unwrap_or("")));
    for member in schema::limits(one.widget) {
        let said = form.property(&one.key).and_then(|property| property.get(*member));
        let set = said.and_then(Value::as_i64);
        if said.is_some() && set.is_none() {
            continue; // A limit that is no whole number stays as the file has it.
        }
        let (name, key) = limit_name(member);
        let input =
            say.input(Look::Number, name, key).value(set.map(|set| set.to_string()).unwrap_or_default());
        all.push(if *member == "maxLength" { input } else { input.optional() });
    }
    all.push(say.tick("rieng-tu", "onestop-build-personal", one.personal));
    all.push(say.tick("dong-rieng", "onestop-build-wide", one.wide));
    all.push(say.tick("trung", "onestop-build-unique", procedure.unique.contains(&one.key)));
    all
}

fn widget(say: &Say, value: &str) -> Input {
    let all: Vec<_> = Widget::ALL.iter().map(|widget| (widget.code(), widget.text_key())).collect();
    say.choice("kieu", "onestop-build-widget", &all, value)
}

fn prefill(say: &Say, value: &str) -> Input {
    let names = PREFILL.iter().map(|name| {
        let key = format!("onestop-prefill-{}", name.replace('.', "-"));
        ((*name).to_owned(), say.t(&key))
    });
    let input =
        say.help(Look::Select, "dien-san", "onestop-build-prefill").among(names.collect()).value(value);
    input.optional().empty(say.t("onestop-build-nothing"))
}

fn limit_name(member: &str) -> (&'static str, &'static str) {
    match member {
        "minLength" => ("ngan-nhat", "onestop-build-shortest"),
        "maxLength" => ("dai-nhat", "onestop-build-longest"),
        "minimum" => ("nho-nhat", "onestop-build-least"),
        _ => ("lon-nhat", "onestop-build-most"),
    }
}

/// Takes over what was typed for a field that stands in the form, or was put there a moment ago (`key` is empty).
pub fn field_apply(typed: &mut Typed, procedure: &mut Procedure, section: &str, key: &str) {
    let taken = keys(procedure, List::Field);
    let Some(form) = procedure.form.as_mut() else { return };
    let known = form.field(key).cloned();
    let old = known.as_ref().map(|field| (field.widget, field.list.is_some()));
    let mut one = known.unwrap_or_else(blank);
    typed.words("nhan", &mut one.label);
    typed.pick("kieu", Widget::parse, &mut one.widget);
    typed.maybe_words("tro-giup", &mut one.help);
    typed.maybe_words("vi-du", &mut one.example);
    typed.when(&mut one.when);
    let name = |text: &str| PREFILL.contains(&text).then(|| text.to_owned());
    typed.maybe_pick("dien-san", name, &mut one.prefill);
    apply_choices(typed, &mut one);
    typed.tick("rieng-tu", &mut one.personal);
    typed.tick("dong-rieng", &mut one.wide);
    let mut want = schema::wanted(form, &one);
    typed.tick("bat-buoc", &mut want);
    one.must = want;
    if one.key.is_empty() {
        one.key = own_key(&one, &taken);
        one.personal = one.prefill.as_deref().is_some_and(|name| name.starts_with("applicant."))
            || matches!(one.widget, Widget::PersonNumber | Widget::Phone | Widget::Person);
    }
    let key = one.key.clone();
    put(form, section, one);
    schema::settle(form, &key, old);
    apply_limits(typed, form, &key);
    require(form, &key, want);
    schema::renew(form);
    let mut unique = procedure.unique.contains(&key);
    typed.tick("trung", &mut unique);
    if !unique {
        procedure.unique.retain(|one| *one != key);
    } else if !procedure.unique.contains(&key) {
        procedure.unique.push(key);
    }
}

fn put(form: &mut Form, section: &str, one: Field) {
    if let Some(place) =
        form.sections.iter_mut().flat_map(|part| &mut part.fields).find(|field| field.key == one.key)
    {
        *place = one;
    } else if let Some(part) = form.sections.iter_mut().find(|part| part.key == section) {
        part.fields.push(one);
    }
}

/// The schema asks for it, or not; [`schema::renew`] then sees whether it may always.
fn require(form: &mut Form, key: &str, want: bool) {
    if let (false, Some(required)) = (want, form.schema.get_mut("required").and_then(Value::as_array_mut)) {
        required.retain(|one| one != key);
    }
}

/// What a dossier reads of the applicant has a key of its own.
fn own_key(one: &Field, taken: &[String]) -> String {
    let fixed = match one.prefill.as_deref() {
        Some("applicant.name") => "applicant_name",
        Some("applicant.number") => "applicant_number",
        Some("applicant.phone") => "applicant_phone",
        Some("applicant.address") => "applicant_address",
        _ => "",
    };
    let free = !fixed.is_empty() && !taken.iter().any(|key| key == fixed);
    if free { fixed.to_owned() } else { key_of(&one.label.vi, '_', taken) }
}

fn apply_choices(typed: &mut Typed, one: &mut Field) {
    let list = |text: &str| LISTS.iter().find(|(code, _)| *code == text).map(|(code, _)| (*code).to_owned());
    typed.maybe_pick("danh-sach", list, &mut one.list);
    if one.widget != Widget::Choice {
        one.choices.clear();
        one.list = None;
        return;
    }
    let Some(lines) = typed.pairs("lua-chon") else { return };
    let mut choices: Vec<Choice> = Vec::new();
    for (at, words) in lines.iter().enumerate() {
        if choices.iter().any(|choice| choice.vi == words.vi) {
            typed.refuse(
                "lua-chon",
                Message::new("onestop-build-choice-twice").with("value", words.vi.as_str()),
            );
        }
        let taken: Vec<String> = choices.iter().map(|choice| choice.value.clone()).collect();
        let same = one.choices.iter().find(|choice| choice.vi == words.vi && !taken.contains(&choice.value));
        // A word that was only mended keeps its value, and so what depends on it.
        let mended = || {
            let there = one.choices.get(at).filter(|_| one.choices.len() == lines.len())?;
            (!lines.iter().any(|line| line.vi == there.vi)).then_some(there)
        };
        let value = same
            .or_else(mended)
            .map_or_else(|| key_of(&words.vi, '-', &taken), |choice| choice.value.clone());
        choices.push(Choice { value, vi: words.vi.clone(), en: words.en.clone() });
    }
    match (choices.is_empty(), one.list.is_some()) {
        (true, false) => typed.refuse("lua-chon", "onestop-build-choices-empty"),
        (false, true) => typed.refuse("danh-sach", "onestop-build-list-both"),
        _ => {}
    }
    one.choices = choices;
}

fn apply_limits(typed: &mut Typed, form: &mut Form, key: &str) {
    let Some(field) = form.field(key) else { return };
    let limits = schema::limits(field.widget);
    let mut property = form.property(key).cloned().unwrap_or_default();
    for member in limits {
        let (name, _) = limit_name(member);
        let lengths = member.ends_with("Length");
        let range = if lengths { i64::from(*member == "maxLength")..=LONGEST } else { -LARGEST..=LARGEST };
        match (typed.whole(name, range), property.as_object_mut()) {
            (Some(Some(number)), Some(all)) => drop(all.insert((*member).to_owned(), number.into())),
            (Some(None), _) if *member == "maxLength" => typed.refuse(name, "onestop-wrong-empty"),
            (Some(None), Some(all)) => drop(all.remove(*member)),
            _ => {}
        }
    }
    let number = |member: &str| property.get(member).and_then(Value::as_i64);
    for pair in [("minLength", "maxLength"), ("minimum", "maximum")] {
        if let (Some(least), Some(most)) = (number(pair.0), number(pair.1))
            && least > most
        {
            typed.refuse(limit_name(pair.1).0, "onestop-build-limits");
        }
    }
    schema::property_put(form, key, property);
}

fn blank() -> Field {
    let nothing = || Words { vi: String::new(), en: String::new() };
    Field {
        key: String::new(),
        label: nothing(),
        help: None,
        example: None,
        widget: Widget::Text,
        choices: Vec::new(),
        list: None,
        when: None,
        must: false,
        prefill: None,
        personal: false,
        wide: false,
    }
}
