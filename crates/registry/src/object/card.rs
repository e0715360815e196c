//! The card of an object: facts, what belongs to it, code, history.

use super::Noun;
use crate::person::Version;
use crate::show::{Act, Words};
use askama::Template;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result};
use ui::{Html, Shell};

#[derive(Template)]
#[template(path = "object/card.html")]
pub(crate) struct CardPage {
    pub shell: Shell,
    pub code: String,
    pub qr: Html,
    pub badges: Vec<Html>,
    pub facts: Vec<(String, String)>,
    pub parts: Vec<Part>,
    pub story: Vec<Moment>,
    pub acts: Vec<Act>,
}

/// Something that belongs to the object: its assets, its members.
pub(crate) struct Part {
    pub title: String,
    pub lines: Vec<Line>,
    /// What to say when there is nothing.
    pub none: String,
}

pub(crate) struct Line {
    pub text: String,
    pub under: String,
    pub url: String,
    pub badge: Option<Html>,
    /// A button: label, address of the POST, key, revision.
    pub press: Option<Press>,
}

pub(crate) struct Press {
    pub label: String,
    pub url: String,
    pub key: String,
    pub revision: i64,
    pub value: String,
}

impl Line {
    pub fn new(text: impl Into<String>) -> Line {
        Line { text: text.into(), under: String::new(), url: String::new(), badge: None, press: None }
    }

    pub fn under(mut self, text: impl Into<String>) -> Line {
        self.under = text.into();
        self
    }

    pub fn linked(mut self, url: impl Into<String>) -> Line {
        self.url = url.into();
        self
    }

    pub fn badge(mut self, badge: Html) -> Line {
        self.badge = Some(badge);
        self
    }
}

/// One line of the history.
pub(crate) struct Moment {
    pub date: String,
    pub text: String,
    pub source: String,
}

impl CardPage {
    pub fn new(ctx: &Ctx, shell: Shell, code: &str) -> Result<CardPage> {
        Ok(CardPage {
            qr: crate::label::qr::of_code(ctx, code)?,
            code: code.to_owned(),
            badges: Vec::new(),
            facts: Vec::new(),
            parts: Vec::new(),
            story: Vec::new(),
            acts: Vec::new(),
            shell,
        })
    }

    pub fn answer(&self) -> Result<Response> {
        Ok(html(ui::render(self)?))
    }
}

/// What was different when, newest first: "Tình trạng: Tốt → Hỏng".
pub(crate) fn story<N: Noun>(words: &Words, history: &[Version<N>]) -> Vec<Moment> {
    let t = words.t;
    let mut before: Option<Vec<(&'static str, String)>> = None;
    let mut story = Vec::new();
    for version in history {
        let now = version.what.said(words);
        let text = match &before {
            None => t.t("registry-object-begin"),
            Some(before) => {
                let differ = before.iter().zip(&now).filter(|(old, new)| old.1 != new.1);
                let lines = differ.map(|(old, new)| {
                    format!(
                        "{}: {} → {}",
                        t.t(new.0),
                        super::or_nothing(t, &old.1),
                        super::or_nothing(t, &new.1)
                    )
                });
                lines.collect::<Vec<_>>().join("; ")
            }
        };
        if !text.is_empty() {
            story.push(Moment { date: t.date(version.valid_from), text, source: version.source.clone() });
        }
        before = Some(now);
    }
    story.reverse();
    story
}
