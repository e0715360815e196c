//! A new household, and changing one.

use super::fields;
use crate::find::household_path;
use crate::household::{self, Facts, RawHousehold};
use crate::lists::{self, HEAD};
use crate::person::{NewPerson, RawPerson};
use crate::show::{Words, how};
use crate::villages::Villages;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Result, Tx, Uuid};
use ui::Shell;
use ui::form::{FormPage, Input, Look};

/// The facts that the form says, or what is wrong with them.
pub(super) async fn read(ctx: &Ctx, form: &Form) -> Result<Facts> {
    let villages = Villages::load(ctx).await?;
    RawHousehold::from_form(form).check(&villages).map_err(Error::fields)
}

pub(super) async fn form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    edit_page(&ctx, id).await?.answer()
}

async fn edit_page(ctx: &Ctx, id: Uuid) -> Result<FormPage> {
    let (household, shell) = super::of(ctx, id, "registry-household-edit").await?;
    let words = Words::today(ctx).await?;
    let path = household_path(id);
    let mut page = FormPage::new(ctx, shell, format!("{path}/sua"), path);
    page.inputs = fields::inputs(ctx, &words, &RawHousehold::of(&household.facts));
    page = page.editing(household.revision);
    page.inputs.extend(how::inputs(ctx));
    page.draft = format!("household-{id}");
    Ok(page)
}

pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = update(&ctx, &tx, id, &form).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => edit_page(&ctx, id).await?.again(&ctx, &form, error),
    }
}

async fn update(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    let facts = read(ctx, form).await?;
    household::update(ctx, tx, id, form.revision()?, facts, &how::read(form)?).await?;
    Ok((household_path(id), Note::new("registry-household-saved")))
}

pub(super) async fn new_form(ctx: Ctx) -> Result<Response> {
    new_page(&ctx).await?.answer()
}

async fn new_page(ctx: &Ctx) -> Result<FormPage> {
    let t = ctx.t();
    let shell = Shell::of(ctx, "registry-household-new").await?;
    let shell =
        shell.crumb(t.t("registry-households"), "/lam-viec/ho").crumb(t.t("registry-household-new"), "");
    let words = Words::today(ctx).await?;
    let mut page = FormPage::new(ctx, shell, "/lam-viec/ho/moi", "/lam-viec/ho");
    page.lead = t.t("registry-household-new-lead");
    let raw = RawHousehold {
        poverty: "none".into(),
        residence: "permanent".into(),
        fibre: "0".into(),
        ..RawHousehold::default()
    };
    page.inputs = fields::inputs(ctx, &words, &raw);
    page.inputs
        .push(Input::new(Look::Heading, "", t.t("registry-head")).help(t.t("registry-household-new-head")));
    let head = RawPerson { residence: "permanent".into(), ..RawPerson::default() };
    let person = crate::person::pages::fields::inputs(ctx, &words, &head);
    page.inputs.extend(person.into_iter().filter(|input| input.name != "quan-he"));
    page.inputs.push(Input::new(Look::Heading, "", t.t("registry-how-title")));
    page.inputs.extend(how::day_inputs(ctx, t.t("registry-arrived-day"), t.t("registry-arrived-day-help")));
    page.draft = "household-new".into();
    Ok(page)
}

pub(super) async fn new_save(ctx: Ctx, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = insert(&ctx, &tx, &form).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => new_page(&ctx).await?.again(&ctx, &form, error),
    }
}

async fn insert(ctx: &Ctx, tx: &Tx, form: &Form) -> Result<(String, Note)> {
    let facts = read(ctx, form).await;
    let raw = RawPerson { relation: HEAD.into(), ..RawPerson::from_form(form) };
    let head = NewPerson::check(&raw, &*lists::load(ctx)?, ctx.today()).map_err(Error::fields);
    // All that is wrong at once, in both halves of the form.
    let (facts, head) = match (facts, head) {
        (Ok(facts), Ok(head)) => (facts, head),
        (Err(mut error), Err(more)) => {
            error.fields.extend(more.fields);
            return Err(error);
        }
        (Err(error), _) | (_, Err(error)) => return Err(error),
    };
    let id = household::insert(ctx, tx, facts, vec![head], how::day(form)?, how::source(form)?).await?;
    Ok((household_path(id), Note::new("registry-household-added")))
}
