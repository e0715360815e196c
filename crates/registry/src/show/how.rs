//! The part of a form that says since when something is so, or that it was written wrongly, and on what ground.

use super::form::{Input, Look};
use crate::version::How;
use platform::http::Form;
use platform::{Ctx, Error, Result, T};

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
        source(t),
    ]
}

/// The day of an event and its ground: for what happens on one day and is no correction.
pub(crate) fn day_inputs(ctx: &Ctx, label: String, help: String) -> Vec<Input> {
    let t = ctx.t();
    vec![Input::new(Look::Date, "tu-ngay", label).value(t.date(ctx.today())).help(help), source(t)]
}

fn source(t: T) -> Input {
    Input::new(Look::Text, "nguon", t.t("registry-source")).help(t.t("registry-source-help")).optional()
}

/// # Errors
/// At `cach` and `tu-ngay`.
pub(crate) fn read(form: &Form) -> Result<How> {
    match form.text("cach") {
        "correct" => Ok(How::correct(form.text("nguon"))),
        "change" => Ok(How::change(day(form)?, form.text("nguon"))),
        _ => Err(Error::field("cach", "error-choose")),
    }
}

/// # Errors
/// At `tu-ngay` when there is no day.
pub(crate) fn day(form: &Form) -> Result<chrono::NaiveDate> {
    form.date("tu-ngay")?.ok_or_else(|| Error::field("tu-ngay", "registry-day-empty"))
}
