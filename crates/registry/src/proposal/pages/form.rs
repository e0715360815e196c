//! The forms in which a village head proposes a change.

use crate::find::{household_path, person_path};
use crate::household::{self, RawHousehold};
use crate::person::{self, RawPerson};
use crate::proposal::{for_household, for_person};
use crate::show::{Words, how};
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Result, Tx, Uuid};
use ui::Status;
use ui::form::{FormPage, Input, Look};

pub(super) async fn household(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    household_page(&ctx, id).await?.answer()
}

async fn household_page(ctx: &Ctx, id: Uuid) -> Result<FormPage> {
    let (household, shell) = household::pages::of(ctx, id, "registry-propose").await?;
    let words = Words::today(ctx).await?;
    let path = household_path(id);
    let mut page = FormPage::new(ctx, shell, format!("{path}/de-nghi"), path);
    page.inputs = household::pages::fields::inputs(ctx, &words, &RawHousehold::of(&household.facts));
    Ok(finish(ctx, page, household.revision, format!("propose-{id}")))
}

/// The end of both forms: since when, why, and the button.
fn finish(ctx: &Ctx, page: FormPage, revision: i64, draft: String) -> FormPage {
    let t = ctx.t();
    let mut page = page.editing(revision);
    page.lead = t.t("registry-propose-lead");
    let day = how::day_inputs(ctx, t.t("registry-from-day"), t.t("registry-propose-day-help"));
    page.inputs.extend(day.into_iter().take(1));
    page.inputs.push(
        Input::new(Look::Area, "ly-do", t.t("registry-propose-reason"))
            .help(t.t("registry-propose-reason-help")),
    );
    page.submit = t.t("registry-propose-send");
    page.icon = "send";
    page.draft = draft;
    page
}

pub(super) async fn household_save(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = propose_household(&ctx, &tx, id, &form).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => household_page(&ctx, id).await?.again(&ctx, &form, error),
    }
}

async fn propose_household(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    let proposal = for_household(
        ctx,
        tx,
        id,
        form.revision()?,
        &RawHousehold::from_form(form),
        how::day(form)?,
        form.text("ly-do"),
    )
    .await?;
    Ok((format!("/lam-viec/de-nghi/{proposal}"), Note::new("registry-proposal-sent")))
}

pub(super) async fn person(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let page = person_page(&ctx, id).await?;
    person::pages::edit::record_look(&ctx, id).await?;
    page.answer()
}

async fn person_page(ctx: &Ctx, id: Uuid) -> Result<FormPage> {
    let (person, shell) = person::pages::of(ctx, id, "registry-propose").await?;
    let words = Words::today(ctx).await?;
    let path = person_path(id);
    let mut page = FormPage::new(ctx, shell, format!("{path}/de-nghi"), path);
    page.inputs =
        person::pages::edit::needed_inputs(ctx, &words, &RawPerson::of(&person.facts, &person.place));
    page.warning = Some((Status::Info, ctx.t().t("registry-edit-recorded")));
    Ok(finish(ctx, page, person.revision, format!("propose-{id}")))
}

pub(super) async fn person_save(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = propose_person(&ctx, &tx, id, &form).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => person_page(&ctx, id).await?.again(&ctx, &form, error),
    }
}

async fn propose_person(ctx: &Ctx, tx: &Tx, id: Uuid, form: &Form) -> Result<(String, Note)> {
    let raw = person::pages::edit::typed(ctx, id, form).await?;
    let proposal =
        for_person(ctx, tx, id, form.revision()?, &raw, how::day(form)?, form.text("ly-do")).await?;
    Ok((format!("/lam-viec/de-nghi/{proposal}"), Note::new("registry-proposal-sent")))
}
