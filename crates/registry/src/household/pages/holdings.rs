//! The form of a household's crops and herds, as a survey counts them.

use super::of;
use crate::find::household_path;
use crate::household::{self, Holding};
use crate::lists::{self, Item, Lists};
use crate::show::how;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, FieldError, Result, Tx, Uuid};
use ui::form::{FormPage, Input, Look};

/// The largest number that a survey of one household can mean: 100 km2, or so many ducks.
const MOST: i64 = 100_000_000;

pub(super) async fn form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    page(&ctx, id).await?.answer()
}

async fn page(ctx: &Ctx, id: Uuid) -> Result<FormPage> {
    let (household, shell) = of(ctx, id, "registry-holdings-edit").await?;
    let (t, path) = (ctx.t(), household_path(id));
    let lists = lists::load(ctx)?;
    let now = household::holdings(ctx, id, ctx.today()).await?;
    let mut page = FormPage::new(ctx, shell, format!("{path}/cay-con"), path);
    page.lead = t.t("registry-holdings-lead");
    for (title, items) in groups(&lists) {
        page.inputs.push(Input::new(Look::Heading, "", t.t(title)));
        page.inputs.extend(items.iter().map(|item| {
            let held = now.iter().find(|held| held.kind == item.code);
            Input::new(Look::Number, field(&item.code), item.label(ctx.lang).to_owned())
                .value(held.map(|held| held.quantity.to_string()).unwrap_or_default())
                .optional()
        }));
    }
    page.inputs.push(Input::new(Look::Heading, "", t.t("registry-how-title")));
    page.inputs.extend(how::day_inputs(ctx, t.t("registry-holdings-day"), t.t("registry-holdings-day-help")));
    page.draft = format!("holdings-{id}");
    Ok(page.editing(household.revision))
}

fn groups(lists: &Lists) -> [(&'static str, &[Item]); 2] {
    [("registry-crops-in-m2", lists.crop.items()), ("registry-herds-in-heads", lists.herd.items())]
}

fn field(code: &str) -> String {
    format!("so-{code}")
}

pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = write(&ctx, &tx, id, &form).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => page(&ctx, id).await?.again(&ctx, &form, error),
    }
}

async fn write(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    let (on, source) = (how::day(form)?, how::source(form)?);
    let lists = lists::load(ctx)?;
    let (mut typed, mut wrong) = (Vec::new(), Vec::new());
    for item in groups(&lists).into_iter().flat_map(|(_, items)| items) {
        let text = form.text(&field(&item.code));
        if text.is_empty() {
            continue;
        }
        match vntext::parse_whole_vi(text).ok().filter(|number| (0..=MOST).contains(number)) {
            Some(quantity) => typed.push(Holding {
                kind: item.code.clone(),
                quantity,
                valid_from: on,
                source: source.to_owned(),
            }),
            None => {
                wrong.push(FieldError { field: field(&item.code).into(), message: "error-number".into() })
            }
        }
    }
    if !wrong.is_empty() {
        return Err(Error::fields(wrong));
    }
    household::holdings_set(ctx, tx, id, form.revision()?, &typed).await?;
    Ok((household_path(id), Note::new("registry-holdings-saved")))
}
