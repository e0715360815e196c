//! The form of what a person can do.

use super::of;
use crate::find::person_path;
use crate::lists;
use crate::person::{self, Skill};
use crate::show::how;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, FieldError, Result, Tx, Uuid};
use ui::form::{FormPage, Input, Look};

pub(super) async fn form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    page(&ctx, id).await?.answer()
}

async fn page(ctx: &Ctx, id: Uuid) -> Result<FormPage> {
    let (person, shell) = of(ctx, id, "registry-skills-edit").await?;
    let (t, path) = (ctx.t(), person_path(id));
    let now = person::skills(ctx, id).await?;
    let mut page = FormPage::new(ctx, shell, format!("{path}/ky-nang"), path);
    page.lead = t.t("registry-skills-lead");
    for item in lists::load(ctx)?.skill.items() {
        let held = now.iter().find(|skill| skill.skill == item.code);
        let since = held.and_then(|skill| skill.since).map(|day| t.date(day)).unwrap_or_default();
        let evidence = held.map(|skill| skill.evidence.clone()).unwrap_or_default();
        let [has, day, paper] = fields(&item.code);
        page.inputs.extend([
            Input::new(Look::Heading, "", item.label(ctx.lang).to_owned()),
            Input::new(Look::Tick, has, t.t("registry-skill-has"))
                .value(if held.is_some() { "1" } else { "" })
                .optional(),
            Input::new(Look::Date, day, t.t("registry-skill-since")).value(since).optional(),
            Input::new(Look::Text, paper, t.t("registry-skill-evidence")).value(evidence).optional(),
        ]);
    }
    page.draft = format!("skills-{id}");
    Ok(page.editing(person.revision))
}

/// The names of the tick, the day and the paper of a skill.
fn fields(code: &str) -> [String; 3] {
    [format!("co-{code}"), format!("tu-{code}"), format!("giay-{code}")]
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
    let (mut skills, mut wrong) = (Vec::new(), Vec::new());
    for item in lists::load(ctx)?.skill.items() {
        let [has, day, paper] = fields(&item.code);
        if !form.ticked(&has) {
            continue;
        }
        let since =
            form.some(&day).map(|text| vntext::date_parse(text).ok().filter(|day| *day <= ctx.today()));
        let evidence = form.text(&paper).to_owned();
        if since == Some(None) {
            wrong.push(FieldError { field: day.into(), message: "registry-skill-day-wrong".into() });
        }
        if evidence.chars().count() > how::SOURCE_MAX {
            let message = platform::Message::new("error-too-long").with("limit", how::SOURCE_MAX);
            wrong.push(FieldError { field: paper.into(), message });
        }
        skills.push(Skill { skill: item.code.clone(), since: since.flatten(), evidence });
    }
    if !wrong.is_empty() {
        return Err(Error::fields(wrong));
    }
    person::skills_set(ctx, tx, id, form.revision()?, &skills).await?;
    Ok((person_path(id), Note::new("registry-skills-saved")))
}
