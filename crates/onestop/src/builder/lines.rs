//! What a row of the whole says of itself, in a line below its name.

use super::schema;
use crate::form::model::{Field, Form, Section, When, Widget};
use crate::form::view::money;
use crate::procedure::Procedure;
use platform::{Ctx, T};

pub(super) fn paper_line(ctx: &Ctx, one: &Procedure, at: usize) -> String {
    let (t, paper) = (ctx.t(), &one.papers[at]);
    let mut line = vec![t.t(paper.kind.text_key())];
    if !paper.required {
        line.push(t.t("onestop-paper-if"));
    }
    line.extend(paper.when.iter().map(|when| when_words(ctx, one.form.as_ref(), when)));
    line.join(" · ")
}

pub(super) fn fee_line(t: T, one: &Procedure, at: usize) -> String {
    let fee = &one.fees[at];
    match fee.vnd {
        Some(0) => t.t("onestop-free"),
        Some(sum) => format!("{} {}", money(t, sum), t.t(fee.per.text_key())),
        None => t.t(fee.set_by.text_key()),
    }
}

pub(super) fn step_line(t: T, one: &Procedure, at: usize) -> String {
    let step = &one.steps[at];
    let hours = t.n("onestop-hours", "count", i64::from(step.hours));
    format!("{} · {} · {hours}", t.t(step.does.text_key()), t.t(step.role.text_key()))
}

pub(super) fn section_line(ctx: &Ctx, form: &Form, section: &Section) -> String {
    section.when.as_ref().map(|when| when_words(ctx, Some(form), when)).unwrap_or_default()
}

pub(super) fn field_line(ctx: &Ctx, form: &Form, field: &Field) -> String {
    let t = ctx.t();
    let mut line = vec![t.t(field.widget.text_key())];
    if schema::wanted(form, field) {
        line.push(t.t("onestop-build-is-wanted"));
    }
    line.extend(field.when.iter().map(|when| when_words(ctx, Some(form), when)));
    line.join(" · ")
}

/// "chỉ khi Cha mẹ đã đăng ký kết hôn: Có"
pub(super) fn when_words(ctx: &Ctx, form: Option<&Form>, when: &When) -> String {
    let t = ctx.t();
    let field = form.and_then(|form| form.field(&when.field));
    let is = match (field, &when.is) {
        (Some(field), is) if field.widget == Widget::YesNo => {
            t.t(if is.as_bool() == Some(true) { "ui-yes" } else { "ui-no" })
        }
        (Some(field), is) => {
            let choice = field.choices.iter().find(|choice| *is == choice.value.as_str());
            choice.map_or_else(|| is.to_string(), |choice| choice.word(ctx.lang).to_owned())
        }
        (None, is) => is.to_string(),
    };
    let label = field.map_or(when.field.as_str(), |field| field.label.of(ctx.lang));
    t.s("onestop-build-only-when", "what", &format!("{label}: {is}"))
}
