//! One place of a procedure: its inputs, and taking over what was typed.

use super::place::{List, Place, at};
use super::typed::{Say, Typed};
use super::{asks, general, place, rows, schema};
use crate::form::model::{Section, Words};
use crate::procedure::Procedure;
use crate::procedure::model::{Does, Fee, Legal, Paper, PaperKind, Per, SetBy, Step, StepRole};
use platform::http::Form;
use platform::{Error, FieldError, Result};
use ui::form::Input;

/// # Errors
/// Not found where the procedure has no such place.
pub fn inputs(say: &Say, one: &Procedure, place: &Place) -> Result<Vec<Input>> {
    let form = one.form.as_ref();
    let (list, key) = match place {
        Place::General => return Ok(general::inputs(say, one)),
        Place::New(list, section) => return new_inputs(say, one, *list, section),
        Place::Row(list, key) => (*list, key.as_str()),
    };
    let at = at(one, list, key).ok_or_else(Error::not_found)?;
    Ok(match list {
        List::Legal => rows::legal_inputs(say, one.legal.get(at)),
        List::Fee => rows::fee_inputs(say, form, one.fees.get(at)),
        List::Paper => rows::paper_inputs(say, form, one.papers.get(at)),
        List::Step => rows::step_inputs(say, one.steps.get(at)),
        List::Section => asks::section_inputs(say, form, place::section(one, key)),
        List::Field => {
            let (form, field) = form.zip(place::field(one, key)).ok_or_else(Error::not_found)?;
            asks::field_inputs(say, one, form, field)
        }
    })
}

fn new_inputs(say: &Say, one: &Procedure, list: List, section: &str) -> Result<Vec<Input>> {
    let form = one.form.as_ref();
    Ok(match list {
        List::Legal => rows::legal_inputs(say, None),
        List::Fee => rows::fee_inputs(say, form, None),
        List::Paper => rows::paper_inputs(say, form, None),
        List::Step => rows::step_inputs(say, None),
        List::Section => asks::section_inputs(say, form, None),
        List::Field => {
            place::section(one, section).ok_or_else(Error::not_found)?;
            asks::new_inputs(say, form)
        }
    })
}

/// What the procedure is with what was typed, and where that stands now.
///
/// # Errors
/// At each input that is wrong.
pub fn apply(say: &Say, old: &Procedure, place: &Place, sent: &Form) -> Result<(Procedure, Place)> {
    let mut one = old.clone();
    let mut typed = Typed::new(sent, &inputs(say, old, place)?);
    let now = match place {
        Place::General => {
            general::apply(&mut typed, &mut one, &say.fields);
            Place::General
        }
        Place::Row(List::Field, key) => {
            asks::field_apply(&mut typed, &mut one, "", key);
            place.clone()
        }
        Place::New(List::Field, section) => {
            asks::field_apply(&mut typed, &mut one, section, "");
            let made = place::section(&one, section).and_then(|part| part.fields.last());
            Place::Row(List::Field, made.map(|field| field.key.clone()).unwrap_or_default())
        }
        Place::Row(list, key) => {
            let at = at(old, *list, key).ok_or_else(Error::not_found)?;
            Place::Row(*list, row(&mut typed, old, &mut one, *list, Some(at)))
        }
        Place::New(list, _) => Place::Row(*list, row(&mut typed, old, &mut one, *list, None)),
    };
    if typed.wrong.is_empty() { Ok((one, now)) } else { Err(Error::fields(wrong_once(typed.wrong))) }
}

/// The first sentence at each input.
fn wrong_once(all: Vec<FieldError>) -> Vec<FieldError> {
    let mut once: Vec<FieldError> = Vec::new();
    for one in all {
        if !once.iter().any(|known| known.field == one.field) {
            once.push(one);
        }
    }
    once
}

/// Changes a row, or adds one; its key.
fn row(typed: &mut Typed, old: &Procedure, one: &mut Procedure, list: List, at: Option<usize>) -> String {
    match list {
        List::Legal => {
            let law = slot(&mut one.legal, at, || Legal { text: String::new(), unverified: true });
            rows::legal_apply(typed, law);
            at.map_or(one.legal.len(), |at| at + 1).to_string()
        }
        List::Fee => {
            let fee = slot(&mut one.fees, at, new_fee);
            rows::fee_apply(typed, old, fee);
            fee.key.clone()
        }
        List::Paper => {
            let paper = slot(&mut one.papers, at, new_paper);
            rows::paper_apply(typed, old, paper);
            paper.key.clone()
        }
        List::Step => {
            let step = slot(&mut one.steps, at, new_step);
            rows::step_apply(typed, old, step);
            step.key.clone()
        }
        List::Section | List::Field => {
            let form = one.form.get_or_insert_with(schema::empty);
            let part = slot(&mut form.sections, at, new_section);
            asks::section_apply(typed, old, part);
            let key = part.key.clone();
            schema::renew(form);
            key
        }
    }
}

fn slot<T>(all: &mut Vec<T>, at: Option<usize>, new: impl FnOnce() -> T) -> &mut T {
    let at = at.unwrap_or_else(|| {
        all.push(new());
        all.len() - 1
    });
    &mut all[at]
}

pub(super) fn nothing() -> Words {
    Words { vi: String::new(), en: String::new() }
}

fn new_fee() -> Fee {
    Fee {
        key: String::new(),
        name: nothing(),
        vnd: None,
        per: Per::Case,
        set_by: SetBy::Law,
        waived: Vec::new(),
        note: None,
        optional: false,
        unverified: false,
    }
}

fn new_paper() -> Paper {
    Paper {
        key: String::new(),
        name: nothing(),
        kind: PaperKind::Copy,
        copies: 1,
        required: true,
        note: None,
        when: None,
        instead: None,
        unverified: false,
    }
}

fn new_step() -> Step {
    Step { key: String::new(), name: nothing(), role: StepRole::Specialist, hours: 4, does: Does::Check }
}

fn new_section() -> Section {
    Section { key: String::new(), title: nothing(), help: None, when: None, fields: Vec::new() }
}
