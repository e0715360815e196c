//! The step-by-step form. Every step is kept on the server before the next one opens; what is wrong is told at its field
//! and kept as well.

use super::papers::papers_page;
use super::review::review;
use super::steps::{Step, after, before, labels, parse, steps, word};
use crate::behalf::{Whom, whom};
use crate::dossier::{Draft, draft_find, draft_for, draft_of, draft_open, draft_save};
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
    /// Where the whole form is kept on the phone; `""` once it is begun.
    whole: String,
}

/// What a form shows of the person for whom it is filled in.
pub(crate) const SHOWN: &[&str] = &["full_name", "personal_no", "phone", "address"];

/// The first step: nothing is kept before somebody types.
pub(super) async fn begin_form(
    ctx: Ctx,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let other = query.get("cho").and_then(|id| id.parse().ok());
    if !query.contains_key("cho")
        && let Some(draft) = begun(&ctx, &code).await?
    {
        return Ok(see_other(&draft.path()));
    }
    let (procedure, answers, whom) = fresh(&ctx, &code, other).await?;
    if !whom.own() {
        let tx = ctx.begin().await?;
        audit::viewed(&ctx, &tx, &[whom.person], "procedure", SHOWN).await?;
        tx.commit().await?;
    }
    let page = first_page(&ctx, &procedure, &answers, &whom, FieldErrors::default()).await?;
    Ok(html(ui::render(&page)?))
}

/// What the reader goes on with: what they began for themselves; somebody of a village's team, what they began last.
async fn begun(ctx: &Ctx, code: &str) -> Result<Option<Draft>> {
    match ctx.scope.ids("person").first() {
        Some(own) => draft_for(ctx, code, *own).await,
        None => draft_of(ctx, code).await,
    }
}

/// What a new draft begins with: what the registry knows of the person for whom it is.
pub(crate) async fn fresh(
    ctx: &Ctx,
    code: &str,
    other: Option<Uuid>,
) -> Result<(Arc<Procedure>, Answers, Whom)> {
    let procedure = catalogue(ctx).await?.get(code)?.procedure.clone();
    if !procedure.by_phone() || !procedure.alone() {
        return Err(Error::not_found());
    }
    let whom = whom(ctx, code, other).await?;
    let mut answers = Answers::new();
    if let (Some(known), Some(form)) = (form::known_of(ctx, whom.person).await?, &procedure.form) {
        known.fill(ctx, form, &mut answers);
        // A child or an elder without a telephone is called by the one who files.
        if let (false, Some(own)) = (whom.own(), ctx.scope.ids("person").first())
            && let Some(reader) = form::known_of(ctx, *own).await?
        {
            reader.fill_phone(ctx, form, &mut answers);
        }
    }
    Ok((procedure, answers, whom))
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
    whom: &Whom,
    errors: FieldErrors,
) -> Result<SectionPage> {
    let form = procedure.form.as_ref().ok_or_else(Error::not_found)?;
    let mut page = section_page(ctx, procedure, form, answers, 0, errors).await?;
    page.action = format!("/thu-tuc/{}/lam", procedure.code);
    page.draft = format!("onestop-{}-{}", procedure.code, whom.person);
    page.person = whom.person.to_string();
    page.for_name = whom.name.clone();
    page.whole = format!("/thu-tuc/{}/tren-may?cho={}", procedure.code, whom.person);
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
        whole: String::new(),
        shell,
    })
}

/// Makes the draft with what stands in the first step.
pub(super) async fn begin(ctx: Ctx, Path(code): Path<String>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let (procedure, mut answers, whom) = fresh(&ctx, &code, sent.text("cho").parse().ok()).await?;
    let asked = procedure.form.as_ref().ok_or_else(Error::not_found)?;
    form::read(asked, &[0], &sent, &mut answers);
    let wrong = check::problems_of(asked, &answers, |at| at == 0)?;
    if !wrong.is_empty() {
        tx.rollback().await?;
        let error = Error::fields(wrong);
        let errors = FieldErrors::from_error(&error, ctx.t());
        let page = first_page(&ctx, &procedure, &answers, &whom, errors).await?;
        return Ok((error.kind.status(), html(ui::render(&page)?)).into_response());
    }
    let catalogue = catalogue(&ctx).await?;
    let next = after(&procedure, &answers, Step::Section(0));
    let id = draft_open(&ctx, &tx, catalogue.get(&code)?, Some(whom.person), answers).await?;
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
