//! One form, drawn the same way everywhere: one column, label above, help and error below, what somebody else changed
//! in the meantime above all.

use crate::{FieldErrors, Shell, Status};
use askama::Template;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, html};
use platform::{Ctx, Error, Result};
use serde_json::{Map, Value};

/// How a field looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Text,
    Tel,
    Number,
    Area,
    Date,
    Select,
    Radios,
    Tick,
    /// A heading between fields.
    Heading,
}

/// A field of a form.
#[derive(Debug, Clone)]
pub struct Input {
    pub look: Look,
    pub name: String,
    pub label: String,
    pub value: String,
    pub help: String,
    pub required: bool,
    pub options: Vec<(String, String)>,
    /// The first line of a choice while nothing is chosen.
    pub empty: String,
}

impl Input {
    pub fn new(look: Look, name: impl Into<String>, label: String) -> Input {
        let name = name.into();
        Input {
            look,
            name,
            label,
            value: String::new(),
            help: String::new(),
            required: true,
            options: Vec::new(),
            empty: String::new(),
        }
    }

    pub fn value(mut self, value: impl Into<String>) -> Input {
        self.value = value.into();
        self
    }

    pub fn help(mut self, help: String) -> Input {
        self.help = help;
        self
    }

    pub fn optional(mut self) -> Input {
        self.required = false;
        self
    }

    pub fn among(mut self, options: Vec<(String, String)>) -> Input {
        self.options = options;
        self
    }

    pub fn empty(mut self, word: String) -> Input {
        self.empty = word;
        self
    }

    pub fn options(&self) -> &[(String, String)] {
        &self.options
    }

    pub fn ticked(&self) -> bool {
        self.value == "1"
    }

    /// A value of this field as people read it.
    fn words(&self, t: platform::T, value: &str) -> String {
        if value.is_empty() || (self.look == Look::Tick && value != "1") {
            return t.t(if self.look == Look::Tick { "ui-no" } else { "ui-nothing" });
        }
        if self.look == Look::Tick {
            return t.t("ui-yes");
        }
        self.options
            .iter()
            .find(|(code, _)| code == value)
            .map_or_else(|| value.to_owned(), |(_, word)| word.clone())
    }
}

/// What somebody else changed while this form was open.
#[derive(Debug, Clone)]
pub struct Clash {
    pub label: String,
    pub before: String,
    pub theirs: String,
    pub mine: String,
    /// Both changed it: the reader has to choose.
    pub both: bool,
}

/// The page of a form.
#[derive(Template)]
#[template(path = "form.html")]
pub struct FormPage {
    pub shell: Shell,
    /// A sentence below the title.
    pub lead: String,
    /// A warning above the form, with how serious it is.
    pub warning: Option<(Status, String)>,
    pub action: String,
    /// What was typed is kept in the browser under this name.
    pub draft: String,
    pub key: String,
    /// `""` for a form that makes something new.
    pub revision: String,
    /// The values that the form was made from, as JSON; `""` when nothing is edited.
    pub base: String,
    pub inputs: Vec<Input>,
    pub errors: FieldErrors,
    /// What is wrong with the form as a whole.
    pub wrong: String,
    pub clashes: Vec<Clash>,
    pub submit: String,
    pub icon: &'static str,
    /// A question before what cannot be taken back.
    pub confirm: String,
    pub back: String,
}

/// The hidden field of [`FormPage::base`].
const BASE: &str = "ban-dau";

impl FormPage {
    pub fn new(ctx: &Ctx, shell: Shell, action: impl Into<String>, back: impl Into<String>) -> FormPage {
        FormPage {
            lead: String::new(),
            warning: None,
            action: action.into(),
            draft: String::new(),
            key: ctx.new_id().to_string(),
            revision: String::new(),
            base: String::new(),
            inputs: Vec::new(),
            errors: FieldErrors::default(),
            wrong: String::new(),
            clashes: Vec::new(),
            submit: shell.t("ui-save"),
            icon: "save",
            confirm: String::new(),
            back: back.into(),
            shell,
        }
    }

    /// The form edits what stands now: a later answer tells what others changed since.
    pub fn editing(mut self, revision: i64) -> FormPage {
        self.revision = revision.to_string();
        self.base = Value::Object(self.values()).to_string();
        self
    }

    fn values(&self) -> Map<String, Value> {
        self.inputs.iter().map(|input| (input.name.clone(), Value::from(input.value.as_str()))).collect()
    }

    pub fn answer(&self) -> Result<Response> {
        Ok(html(ui::render(self)?))
    }

    /// The form again, as it was typed, with what is wrong with it. `self` is made from what stands now. Errors that
    /// no form can mend are given back.
    pub fn again(mut self, ctx: &Ctx, form: &Form, error: Error) -> Result<Response> {
        if !matches!(error.kind, platform::Kind::Invalid | platform::Kind::Conflict) {
            return Err(error);
        }
        let conflict = error.kind == platform::Kind::Conflict && !self.base.is_empty();
        if conflict {
            self.merge(ctx, form);
        } else {
            for input in &mut self.inputs {
                input.value = form.text(&input.name).to_owned();
            }
            if !self.base.is_empty() {
                self.revision = form.text("phien-ban").to_owned();
                self.base = form.text(BASE).to_owned();
            }
        }
        self.errors = FieldErrors::from_error(&error, ctx.t());
        let known = |field: &str| self.inputs.iter().any(|input| input.name == field);
        if error.fields.is_empty() {
            self.wrong = error.message.text(ctx.t());
        } else {
            let others =
                error.fields.iter().filter(|one| !known(&one.field)).map(|one| one.message.text(ctx.t()));
            self.wrong = others.collect::<Vec<_>>().join(" ");
        }
        Ok((error.kind.status(), self.answer()?).into_response())
    }

    /// Takes over what others changed, keeps what the reader changed, and tells both.
    fn merge(&mut self, ctx: &Ctx, form: &Form) {
        let base: Map<String, Value> = serde_json::from_str(form.text(BASE)).unwrap_or_default();
        for input in &mut self.inputs {
            let before = base.get(&input.name).and_then(Value::as_str).unwrap_or_default().to_owned();
            let (theirs, mine) = (input.value.clone(), form.text(&input.name).to_owned());
            if theirs != before {
                let words = |value: &str| input.words(ctx.t(), value);
                self.clashes.push(Clash {
                    label: input.label.clone(),
                    before: words(&before),
                    theirs: words(&theirs),
                    mine: words(&mine),
                    both: mine != before && mine != theirs,
                });
            }
            if mine != before {
                input.value = mine;
            }
        }
    }
}
