//! Inputs of a place, and what somebody typed into them. Only inputs that the page showed are read; the rest stays.

use crate::form::model::{Form as Asked, When, Widget, Words};
use platform::http::Form;
use platform::{FieldError, Lang, Message};
use serde_json::Value;
use std::ops::RangeInclusive;
use ui::form::{Input, Look};

/// No name or sentence is longer.
const LONGEST: usize = 1_000;

/// The words of the reader's language.
pub struct Say<'a> {
    pub word: &'a (dyn Fn(&str) -> String + Sync),
    pub lang: Lang,
    /// Fields of administration: (code, name).
    pub fields: Vec<(String, String)>,
}

impl Say<'_> {
    pub fn t(&self, key: &str) -> String {
        (self.word)(key)
    }

    pub fn input(&self, look: Look, name: &str, key: &str) -> Input {
        Input::new(look, name, self.t(key)).empty(self.t("onestop-choose"))
    }

    pub fn help(&self, look: Look, name: &str, key: &str) -> Input {
        self.input(look, name, key).help(self.t(&format!("{key}-help")))
    }

    /// Vietnamese and English; English may stay empty.
    pub fn words(&self, look: Look, name: &str, key: &str, value: Option<&Words>) -> [Input; 2] {
        let english = format!("{} ({})", self.t(key), self.t("onestop-build-english"));
        let vi = self.input(look, &format!("{name}-vi"), key).value(value.map_or("", |words| &words.vi));
        let en = Input::new(look, format!("{name}-en"), english).value(value.map_or("", |words| &words.en));
        [vi, en.optional()]
    }

    pub fn maybe_words(&self, look: Look, name: &str, key: &str, value: Option<&Words>) -> [Input; 2] {
        self.words(look, name, key, value).map(Input::optional)
    }

    pub fn tick(&self, name: &str, key: &str, set: bool) -> Input {
        self.input(Look::Tick, name, key).value(if set { "1" } else { "" }).optional()
    }

    pub fn head(&self, key: &str) -> Input {
        Input::new(Look::Heading, "", self.t(key))
    }

    /// A closed list whose texts have the codes in their keys.
    pub fn choice(&self, name: &str, key: &str, all: &[(&str, &str)], value: &str) -> Input {
        let all = all.iter().map(|(code, text)| ((*code).to_owned(), self.t(text)));
        self.input(Look::Select, name, key).among(all.collect()).value(value)
    }

    /// Only when another question is answered so: each choice and each yes and no of the form.
    pub fn when(&self, form: Option<&Asked>, but: &[&str], when: Option<&When>) -> Input {
        let mut all = Vec::new();
        for field in form.iter().flat_map(|form| form.fields()).filter(|one| !but.contains(&one.key.as_str()))
        {
            let label = field.label.of(self.lang);
            let mut add = |is: Value, word: String| {
                all.push((when_code(&When { field: field.key.clone(), is }), format!("{label}: {word}")));
            };
            if field.widget == Widget::YesNo {
                add(true.into(), self.t("ui-yes"));
                add(false.into(), self.t("ui-no"));
            }
            for choice in &field.choices {
                add(choice.value.as_str().into(), choice.word(self.lang).to_owned());
            }
        }
        let value = when.map(when_code).unwrap_or_default();
        if let Some(when) = when.filter(|_| !all.iter().any(|(code, _)| *code == value)) {
            all.push((value.clone(), format!("{}: {}", when.field, when.is)));
        }
        let input = self.help(Look::Select, "khi", "onestop-build-when").among(all).value(value).optional();
        input.empty(self.t("onestop-build-always"))
    }
}

fn when_code(when: &When) -> String {
    format!("{}={}", when.field, when.is)
}

/// What was typed, and what is wrong with it.
pub struct Typed<'f> {
    form: &'f Form,
    asked: Vec<String>,
    pub wrong: Vec<FieldError>,
}

impl<'f> Typed<'f> {
    pub fn new(form: &'f Form, inputs: &[Input]) -> Typed<'f> {
        let asked = inputs.iter().map(|input| input.name.clone()).collect();
        Typed { form, asked, wrong: Vec::new() }
    }

    pub fn refuse(&mut self, name: &str, message: impl Into<Message>) {
        self.wrong.push(FieldError { field: name.to_owned().into(), message: message.into() });
    }

    /// `None` where the page did not ask.
    pub fn text(&mut self, name: &str) -> Option<&'f str> {
        let text = self.form.text(name);
        if text.chars().count() > LONGEST {
            self.refuse(name, Message::new("error-too-long").with("limit", LONGEST));
        }
        self.asked.iter().any(|one| one == name).then_some(text)
    }

    pub fn must(&mut self, name: &str, into: &mut String) {
        let Some(text) = self.text(name) else { return };
        if text.is_empty() {
            self.refuse(name, "onestop-wrong-empty");
        }
        text.clone_into(into);
    }

    pub fn words(&mut self, name: &str, into: &mut Words) {
        self.must(&format!("{name}-vi"), &mut into.vi);
        if let Some(text) = self.text(&format!("{name}-en")) {
            into.en = if text.is_empty() { into.vi.clone() } else { text.to_owned() };
        }
    }

    pub fn maybe_words(&mut self, name: &str, into: &mut Option<Words>) {
        let (vi, en) = (format!("{name}-vi"), format!("{name}-en"));
        let (Some(one), Some(other)) = (self.text(&vi), self.text(&en)) else { return };
        if one.is_empty() && !other.is_empty() {
            self.refuse(&vi, "onestop-wrong-empty");
        }
        *into = (!one.is_empty()).then(|| words_of(one, other));
    }

    /// One thing on each line.
    pub fn lines(&self, name: &str) -> Option<Vec<String>> {
        let asked = self.asked.iter().any(|one| one == name);
        let lines = self.form.text(name).lines().map(str::trim).filter(|line| !line.is_empty());
        asked.then(|| lines.map(str::to_owned).collect())
    }

    /// One thing on each line, in English after a stroke.
    pub fn pairs(&self, name: &str) -> Option<Vec<Words>> {
        Some(self.lines(name)?.iter().map(|line| pair(line)).collect())
    }

    pub fn tick(&self, name: &str, into: &mut bool) {
        if self.asked.iter().any(|one| one == name) {
            *into = self.form.ticked(name);
        }
    }

    pub fn pick<C>(&mut self, name: &str, parse: impl Fn(&str) -> Option<C>, into: &mut C) {
        let Some(text) = self.text(name) else { return };
        match parse(text) {
            Some(choice) => *into = choice,
            None => self.refuse(name, "error-choose"),
        }
    }

    /// A choice that may stay open.
    pub fn maybe_pick<C>(&mut self, name: &str, parse: impl Fn(&str) -> Option<C>, into: &mut Option<C>) {
        match self.text(name) {
            None => {}
            Some("") => *into = None,
            Some(text) => match parse(text) {
                Some(choice) => *into = Some(choice),
                None => self.refuse(name, "error-choose"),
            },
        }
    }

    /// A whole number; what is wrong with it is told, and nothing is taken over.
    pub fn whole(&mut self, name: &str, range: RangeInclusive<i64>) -> Option<Option<i64>> {
        let text = self.text(name)?;
        if text.is_empty() {
            return Some(None);
        }
        match vntext::parse_whole_vi(text) {
            Ok(number) if range.contains(&number) => return Some(Some(number)),
            Ok(_) => {
                let (least, most) = (
                    vntext::number(*range.start(), vntext::Lang::Vi),
                    vntext::number(*range.end(), vntext::Lang::Vi),
                );
                self.refuse(
                    name,
                    Message::new("onestop-build-range").with("least", least).with("most", most),
                );
            }
            Err(_) => self.refuse(name, "error-number"),
        }
        None
    }

    pub fn small(&mut self, name: &str, range: RangeInclusive<i64>, into: &mut u16) {
        match self.whole(name, range) {
            Some(Some(number)) => *into = u16::try_from(number).unwrap_or(*into),
            Some(None) => self.refuse(name, "onestop-wrong-empty"),
            None => {}
        }
    }

    pub fn when(&mut self, into: &mut Option<When>) {
        let parse = |text: &str| {
            let (field, is) = text.split_once('=')?;
            Some(When { field: field.to_owned(), is: serde_json::from_str(is).ok()? })
        };
        self.maybe_pick("khi", parse, into);
    }
}

fn words_of(vi: &str, en: &str) -> Words {
    Words { vi: vi.to_owned(), en: if en.is_empty() { vi } else { en }.to_owned() }
}

fn pair(line: &str) -> Words {
    let (vi, en) = line.split_once('|').unwrap_or((line, ""));
    words_of(vi.trim(), en.trim())
}

/// The other way round.
pub fn pair_line(words: &Words) -> String {
    if words.vi == words.en { words.vi.clone() } else { format!("{} | {}", words.vi, words.en) }
}
