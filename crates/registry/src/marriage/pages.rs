//! What becomes of a marriage: a divorce, a death elsewhere, or that it was recorded by mistake.

use super::card::{begun, edit_path, ended};
use super::model::{Ended, Marriage};
use super::{end, remove, store};
use crate::find::person_path;
use crate::person;
use crate::show::{choices, how};
use axum::extract::Path;
use axum::response::Response;
use platform::area::{get, post};
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Result, Route, Tx, Uuid};
use ui::form::{FormPage, Input, Look};

/// Recorded by mistake.
const MISTAKE: &str = "mistake";

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/lam-viec/nguoi/{id}/hon-nhan/{marriage}", "person.update", form),
        post("/lam-viec/nguoi/{id}/hon-nhan/{marriage}", "person.update", save),
    ]
}

async fn form(ctx: Ctx, Path((id, marriage)): Path<(Uuid, Uuid)>) -> Result<Response> {
    page(&ctx, id, marriage).await?.answer()
}

async fn page(ctx: &Ctx, id: Uuid, marriage: Uuid) -> Result<FormPage> {
    let t = ctx.t();
    let (_, shell) = person::pages::of(ctx, id, "registry-marriage").await?;
    let all = store::of_person(ctx, &ctx.app.db, id).await?;
    let one = all.into_iter().find(|one| one.id == marriage).ok_or_else(Error::not_found)?;
    let mut page = FormPage::new(ctx, shell, edit_path(id, marriage), person_path(id));
    page.lead = sentence(ctx, &one, id);
    let mut what = vec![(MISTAKE.to_owned(), t.t("registry-marriage-mistake"))];
    if one.stands() {
        what.splice(0..0, choices(t, Ended::ALL, Ended::code, Ended::text_key));
    }
    page.inputs.push(Input::new(Look::Radios, "viec", t.t("registry-marriage-what")).among(what));
    if one.stands() {
        let mut day =
            how::day_inputs(ctx, t.t("registry-marriage-end-day"), t.t("registry-marriage-end-day-help"));
        if let Some(day) = day.first_mut() {
            day.required = false;
        }
        page.inputs.extend(day);
    }
    page.confirm = t.t("registry-marriage-ask");
    Ok(page)
}

fn sentence(ctx: &Ctx, one: &Marriage, person: Uuid) -> String {
    format!("{} {}{}.", begun(ctx, one), one.spouse_of(person).1, ended(ctx, one))
}

async fn save(ctx: Ctx, Path((id, marriage)): Path<(Uuid, Uuid)>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = write(&ctx, &tx, id, marriage, &form).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => page(&ctx, id, marriage).await?.again(&ctx, &form, error),
    }
}

async fn write(ctx: &Ctx, tx: &Tx, id: Uuid, marriage: Uuid, form: &Form) -> Result<(String, Note)> {
    let what = form.text("viec");
    if what == MISTAKE {
        remove(ctx, tx, id, marriage).await?;
        return Ok((person_path(id), Note::new("registry-marriage-removed")));
    }
    let reason = Ended::parse(what).ok_or_else(|| Error::field("viec", "error-choose"))?;
    end(ctx, tx, id, marriage, reason, how::day(form)?, how::source(form)?).await?;
    Ok((person_path(id), Note::new("registry-marriage-end-done")))
}
