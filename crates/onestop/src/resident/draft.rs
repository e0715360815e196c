//! The step-by-step form. Every step is kept on the server before the next one opens; what is wrong is told at its field
//! and kept as well.

use super::papers::papers_page;
use super::review::review;
use super::steps::{Step, after, before, labels, parse, steps, word};
use crate::dossier::{Draft, draft_find, draft_of, draft_open, draft_save};
use crate::form::model::{Answers, Form as Asked};
use crate::form::{self, check};
use crate::procedure::{Procedure, catalogue};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Start, html, see_other, start};
use platform::{Ctx, Error, Kind, Result, Uuid, once};
use registry::person::{Person, State};
use std::collections::HashMap;
use std::sync::Arc;
use ui::form::Input;
use ui::{FieldErrors, Shell};

#[derive(Template)]
#[template(path = "draft-section.html")]
struct SectionPage {
    shell: Shell,
    action: String,
    labels: Vec<String>,
    here: usize,
    title: String,
    help: String,
    inputs: Vec<Input>,
    errors: FieldErrors,
    key: String,
    revision: String,
    /// Where the kept form stands in this browser.
    draft: String,
    part: usize,
    back: String,
    saved: String,
    person: String,
    for_name: String,
}

/// What a form shows of the person for whom it is filled in.
pub(crate) const SHOWN: &[&str] = &["full_name", "personal_no", "phone", "address"];

/// The first step: nothing is kept before somebody types.
pub(super) async fn begin_form(
    ctx: Ctx,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    if let Some(draft) = draft_of(&ctx, &code).await?
        && !query.contains_key("cho")
    {
        return Ok(see_other(&draft.path()));
    }
    let (procedure, answers, person) =
        fresh(&ctx, &code, query.get("cho").map_or("", String::as_str)).await?;
    if !ctx.scope.ids("person").contains(&person) {
        let tx = ctx.begin().await?;
        audit::viewed(&ctx, &tx, &[person], "procedure", SHOWN).await?;
        tx.commit().await?;
    }
    let page = first_page(&ctx, &procedure, &answers, person, FieldErrors::default()).await?;
    Ok(html(ui::render(&page)?))
}

/// What a new draft begins with: what the registry knows of the person for whom it is.
pub(crate) async fn fresh(ctx: &Ctx, code: &str, other: &str) -> Result<(Arc<Procedure>, Answers, Uuid)> {
    let procedure = catalogue(ctx).await?.get(code)?.procedure.clone();
    if !procedure.by_phone() || !procedure.alone() {
        return Err(Error::not_found());
    }
    let person = whom(ctx, other).await?;
    let mut answers = Answers::new();
    if let (Some(known), Some(form)) = (form::known_of(ctx, person).await?, &procedure.form) {
        known.fill(ctx, form, &mut answers);
    }
    Ok((procedure, answers, person))
}

/// The own person, or somebody of the own village for whom a team member files.
async fn whom(ctx: &Ctx, other: &str) -> Result<Uuid> {
    match other.parse::<Uuid>() {
        Ok(id) if ctx.scope.ids("person").contains(&id) => Ok(id),
        Ok(id) => Ok(here(registry::person::get(ctx, id).await?)?.id),
        Err(_) => {
            ctx.scope.ids("person").first().copied().ok_or_else(|| Error::invalid("onestop-for-whom-unknown"))
        }
    }
}

/// Nobody who died or moved away applies for anything.
pub(crate) fn here(person: Person) -> Result<Person> {
    match person.state {
        State::Present => Ok(person),
        _ => Err(Error::invalid("onestop-for-whom-gone")),
    }
}

async fn first_page(
    ctx: &Ctx,
    procedure: &Procedure,
    answers: &Answers,
    person: Uuid,
    errors: FieldErrors,
) -> Result<SectionPage> {
    let form = procedure.form.as_ref().ok_or_else(Error::not_found)?;
    let mut page = section_page(ctx, procedure, form, answers, 0, errors).await?;
    page.action = format!("/thu-tuc/{}/lam", procedure.code);
    page.draft = format!("onestop-{}-{person}", procedure.code);
    page.person = person.to_string();
    if !ctx.scope.ids("person").contains(&person) {
        page.for_name = registry::person::get(ctx, person).await?.facts.full_name;
    }
    page.back = format!("/thu-tuc/{}", procedure.code);
    Ok(page)
}

async fn section_page(
    ctx: &Ctx,
    procedure: &Procedure,
    form: &Asked,
    answers: &Answers,
    at: usize,
    errors: FieldErrors,
) -> Result<SectionPage> {
    let section = form.sections.get(at).ok_or_else(Error::not_found)?;
    let steps = steps(procedure, answers);
    let name = procedure.name.of(ctx.lang);
    let shell = Shell::public(ctx, name).await?;
    let shell = shell.crumb(ctx.t().t("onestop-menu-mine"), "/ho-so-cua-toi").crumb(name, "");
    Ok(SectionPage {
        labels: labels(ctx, procedure, &steps),
        here: steps.iter().position(|step| *step == Step::Section(at)).map_or(1, |at| at + 1),
        title: section.title.of(ctx.lang).to_owned(),
        help: section.help.as_ref().map(|help| help.of(ctx.lang).to_owned()).unwrap_or_default(),
        inputs: form::inputs(ctx, form, section, answers)?,
        errors,
        key: ctx.new_id().to_string(),
        revision: String::new(),
        draft: String::new(),
        part: at,
        action: String::new(),
        back: String::new(),
        saved: String::new(),
        person: String::new(),
        for_name: String::new(),
        shell,
    })
}

/// Makes the draft with what stands in the first step.
pub(super) async fn begin(ctx: Ctx, Path(code): Path<String>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let (procedure, mut answers, person) = fresh(&ctx, &code, sent.text("cho")).await?;
    let asked = procedure.form.as_ref().ok_or_else(Error::not_found)?;
    form::read(asked, &[0], &sent, &mut answers);
    let wrong = check::problems_of(asked, &answers, |at| at == 0)?;
    if !wrong.is_empty() {
        tx.rollback().await?;
        let error = Error::fields(wrong);
        let errors = FieldErrors::from_error(&error, ctx.t());
        let page = first_page(&ctx, &procedure, &answers, person, errors).await?;
        return Ok((error.kind.status(), html(ui::render(&page)?)).into_response());
    }
    let catalogue = catalogue(&ctx).await?;
    let next = after(&procedure, &answers, Step::Section(0));
    let id = draft_open(&ctx, &tx, catalogue.get(&code)?, Some(person), answers).await?;
    let url = format!("/ho-so-cua-toi/nhap/{id}?phan={}", word(next));
    once::finish(&ctx, tx, key, &url).await?;
    Ok(see_other(&url))
}

pub(super) async fn form(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let draft = draft_find(&ctx, &ctx.app.db, id).await?;
    let procedure = draft.procedure(&ctx).await?;
    let stood = usize::try_from(draft.section).unwrap_or(0);
    let steps = steps(&procedure, &draft.answers);
    let asked = query.get("phan").and_then(|text| parse(text)).filter(|step| steps.contains(step));
    let step = asked.or_else(|| steps.get(stood).copied()).unwrap_or(Step::Review);
    page(&ctx, &draft, &procedure, step, FieldErrors::default()).await
}

/// The page of a step, with what is wrong there.
pub(super) async fn page(
    ctx: &Ctx,
    draft: &Draft,
    procedure: &Procedure,
    step: Step,
    errors: FieldErrors,
) -> Result<Response> {
    let back = before(procedure, &draft.answers, step)
        .map_or_else(|| "/ho-so-cua-toi".to_owned(), |step| format!("{}?phan={}", draft.path(), word(step)));
    let saved = ctx.t().moment(draft.updated_at);
    match step {
        Step::Section(at) => {
            let form = procedure.form.as_ref().ok_or_else(Error::not_found)?;
            let mut page = section_page(ctx, procedure, form, &draft.answers, at, errors).await?;
            page.action = draft.path();
            page.revision = draft.revision.to_string();
            page.draft = format!("onestop-{}-{at}", draft.id);
            (page.back, page.saved) = (back, saved);
            Ok(html(ui::render(&page)?))
        }
        Step::Papers => {
            Ok(html(ui::render(&papers_page(ctx, draft, procedure, back, saved, errors).await?)?))
        }
        Step::Review => Ok(html(ui::render(&review(ctx, draft, procedure).await?)?)),
    }
}

/// Keeps a step; goes on when nothing is wrong in it, or wherever the reader wants to go.
pub(super) async fn save(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let mut draft = draft_find(&ctx, &tx, id).await?;
    let procedure = crate::procedure::pinned(&ctx, &tx, &draft.procedure_digest).await?;
    let asked = procedure.form.as_ref().ok_or_else(Error::not_found)?;
    let at: usize = sent.text("phan").parse().map_err(|_| Error::invalid("error-form-without-key"))?;
    if sent.revision()? != draft.revision {
        tx.rollback().await?;
        return Err(Error::conflict("onestop-draft-elsewhere"));
    }
    form::read(asked, &[at], &sent, &mut draft.answers);
    check::drop_hidden(asked, &mut draft.answers);
    let wrong = check::problems_of(asked, &draft.answers, |section| section == at)?;
    let next = after(&procedure, &draft.answers, Step::Section(at));
    let stay = !wrong.is_empty() && sent.text("di") != "luu";
    let place = steps(&procedure, &draft.answers).iter().position(|step| *step == next).unwrap_or(0);
    if wrong.is_empty() {
        draft.section = draft.section.max(i64::try_from(place).unwrap_or(0));
    }
    draft_save(&ctx, &tx, &draft).await?;
    let url = match (sent.text("di"), stay) {
        ("luu", _) => "/ho-so-cua-toi".to_owned(),
        (_, true) => format!("{}?phan={at}", draft.path()),
        _ => format!("{}?phan={}", draft.path(), word(next)),
    };
    once::finish(&ctx, tx, key, &url).await?;
    if stay {
        draft.revision += 1;
        let errors = FieldErrors::from_error(&Error::fields(wrong), ctx.t());
        let page = page(&ctx, &draft, &procedure, Step::Section(at), errors).await?;
        return Ok((Kind::Invalid.status(), page).into_response());
    }
    Ok(see_other(&url))
}
