//! The part of a form that says since when something is so, or that it was written wrongly, and on what ground.

use crate::version::How;
use platform::http::Form;
use platform::{Ctx, Error, Result, T, said};
use ui::form::{Input, Look};

/// The fields: change or correction, the day, the paper.
pub(crate) fn inputs(ctx: &Ctx) -> Vec<Input> {
    let t = ctx.t();
    let hows = vec![
        ("change".to_owned(), t.t("registry-how-change")),
        ("correct".to_owned(), t.t("registry-how-correct")),
    ];
    vec![
        Input::new(Look::Heading, "", t.t("registry-how-title")),
        Input::new(Look::Radios, "cach", t.t("registry-how")).among(hows).value("change"),
        Input::new(Look::Date, "tu-ngay", t.t("registry-from-day"))
            .value(t.date(ctx.today()))
            .help(t.t("registry-from-day-help"))
            .optional(),
        source_input(t),
    ]
}

/// The day of an event and its ground: for what happens on one day and is no correction.
pub(crate) fn day_inputs(ctx: &Ctx, label: String, help: String) -> Vec<Input> {
    let t = ctx.t();
    vec![Input::new(Look::Date, "tu-ngay", label).value(t.date(ctx.today())).help(help), source_input(t)]
}

fn source_input(t: T) -> Input {
    Input::new(Look::Text, "nguon", t.t("registry-source")).help(t.t("registry-source-help")).optional()
}

/// The longest ground and the longest remark, in characters.
pub(crate) const SOURCE_MAX: usize = 200;
pub(crate) const NOTE_MAX: usize = 500;

/// The ground as it was typed.
///
/// # Errors
/// At `nguon` when it is too long.
pub(crate) fn source(form: &Form) -> Result<&str> {
    short(form, "nguon", SOURCE_MAX)
}

/// A remark as it was typed.
///
/// # Errors
/// At its field when it is too long.
pub(crate) fn note<'f>(form: &'f Form, field: &'static str) -> Result<&'f str> {
    short(form, field, NOTE_MAX)
}

fn short<'f>(form: &'f Form, field: &'static str, limit: usize) -> Result<&'f str> {
    let text = form.text(field);
    said::short(field, text, limit)?;
    Ok(text)
}

/// # Errors
/// At `cach`, `tu-ngay` and `nguon`.
pub(crate) fn read(form: &Form) -> Result<How> {
    match form.text("cach") {
        "correct" => Ok(How::correct(source(form)?)),
        "change" => Ok(How::change(day(form)?, source(form)?)),
        _ => Err(Error::field("cach", "error-choose")),
    }
}

/// # Errors
/// At `tu-ngay` when there is no day.
pub(crate) fn day(form: &Form) -> Result<chrono::NaiveDate> {
    form.date("tu-ngay")?.ok_or_else(|| Error::field("tu-ngay", "registry-day-empty"))
}
