//! How a form is drawn and how answers are read by people.

use super::model::{Answers, Field, Form, Section, Widget};
use platform::{Ctx, Result, T};
use registry::lists::Lists;
use serde_json::Value;
use ui::form::{Input, Look};

/// One answer as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub key: String,
    pub label: String,
    pub value: String,
    pub personal: bool,
}

/// The answers of one section.
#[derive(Debug, Clone)]
pub struct Part {
    pub title: String,
    pub lines: Vec<Line>,
}

/// The fields of a section, filled with what is answered so far.
pub fn inputs(ctx: &Ctx, form: &Form, section: &Section, answers: &Answers) -> Result<Vec<Input>> {
    let lists = registry::lists::load(ctx)?;
    Ok(section.fields.iter().map(|field| input(ctx, form, field, answers, &lists)).collect())
}

fn input(ctx: &Ctx, form: &Form, field: &Field, answers: &Answers, lists: &Lists) -> Input {
    let t = ctx.t();
    let look = match field.widget {
        Widget::Long => Look::Area,
        Widget::Date => Look::Date,
        Widget::Choice if field.list.is_none() && field.choices.len() <= 4 => Look::Radios,
        Widget::Choice => Look::Select,
        Widget::YesNo => Look::Radios,
        Widget::Number | Widget::Money | Widget::PersonNumber => Look::Number,
        Widget::Phone => Look::Tel,
        Widget::Text | Widget::Place | Widget::Person => Look::Text,
    };
    let options = options(t, field, lists);
    let value = answers.get(&field.key).map(|value| typed(t, field, value)).unwrap_or_default();
    let input = Input::new(look, field.key.clone(), field.label.of(ctx.lang).to_owned())
        .value(value)
        .help(help(ctx, field))
        .among(options)
        .empty(t.t("onestop-choose"));
    if form.requires(&field.key) || field.must { input } else { input.optional() }
}

fn help(ctx: &Ctx, field: &Field) -> String {
    let help = field.help.as_ref().map_or("", |help| help.of(ctx.lang));
    match &field.example {
        Some(example) => {
            let example = ctx.t().s("onestop-example", "text", example.of(ctx.lang));
            format!("{help} {example}").trim().to_owned()
        }
        None => help.to_owned(),
    }
}

fn options(t: T, field: &Field, lists: &Lists) -> Vec<(String, String)> {
    if field.widget == Widget::YesNo {
        return vec![("1".to_owned(), t.t("ui-yes")), ("0".to_owned(), t.t("ui-no"))];
    }
    let list = match field.list.as_deref() {
        Some("ethnic") => Some(&lists.ethnic),
        Some("relation") => Some(&lists.relation),
        _ => None,
    };
    match list {
        Some(list) => {
            list.items().iter().map(|item| (item.code.clone(), item.label(t.lang()).to_owned())).collect()
        }
        None => field
            .choices
            .iter()
            .map(|choice| (choice.value.clone(), choice.word(t.lang()).to_owned()))
            .collect(),
    }
}

/// An answer as it stands in an input.
fn typed(t: T, field: &Field, value: &Value) -> String {
    match value {
        Value::Bool(yes) => if *yes { "1" } else { "0" }.to_owned(),
        Value::String(text) if field.widget == Widget::Date => {
            text.parse().map_or_else(|_| text.clone(), |day| t.date(day))
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// An answer as people read it.
pub fn shown_value(ctx: &Ctx, field: &Field, value: &Value) -> Result<String> {
    let t = ctx.t();
    let text = typed(t, field, value);
    if matches!(field.widget, Widget::Choice | Widget::YesNo) {
        let lists = registry::lists::load(ctx)?;
        let word = options(t, field, &lists).into_iter().find(|(code, _)| *code == text);
        return Ok(word.map_or(text, |(_, word)| word));
    }
    Ok(match field.widget {
        Widget::Money => value.as_i64().map_or(text, |dong| money(t, dong)),
        Widget::Phone => vnid::Phone::parse(&text).map_or(text, |phone| phone.shown()),
        _ => text,
    })
}

/// Đồng with points between thousands.
pub(crate) fn money(t: T, dong: i64) -> String {
    t.s("onestop-money", "sum", &vntext::number(dong, lang(t)))
}

pub(crate) fn lang(t: T) -> vntext::Lang {
    match t.lang() {
        platform::Lang::Vi => vntext::Lang::Vi,
        platform::Lang::En => vntext::Lang::En,
    }
}

/// All that is answered, section by section; what is not asked is left out.
pub fn summary(ctx: &Ctx, form: &Form, answers: &Answers) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    for section in form.sections.iter().filter(|section| section.shown(answers)) {
        let mut lines = Vec::new();
        for field in section.fields.iter().filter(|field| field.shown(answers)) {
            let value = match answers.get(&field.key) {
                Some(value) => shown_value(ctx, field, value)?,
                None => String::new(),
            };
            lines.push(Line {
                key: field.key.clone(),
                label: field.label.of(ctx.lang).to_owned(),
                value,
                personal: field.personal,
            });
        }
        parts.push(Part { title: section.title.of(ctx.lang).to_owned(), lines });
    }
    Ok(parts)
}
