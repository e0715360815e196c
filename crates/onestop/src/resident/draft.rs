//! The step-by-step form. Every step is kept on the server before the next one opens; what is wrong is told at its field
//! and kept as well.

use crate::dossier::{self, Draft, asked_papers, draft_find, draft_of, draft_open, draft_save};
use crate::form::model::{Answers, Form as Asked};
use crate::form::{self, check};
use crate::procedure::{Procedure, catalogue};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Start, html, see_other, start};
use platform::{Ctx, Error, Kind, Result, Uuid, once};
use std::collections::HashMap;
use std::sync::Arc;
use ui::form::Input;
use ui::{FieldErrors, Shell};

/// A step of the form: a section, then the papers, then everything once more before it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Section(usize),
    Papers,
    Review,
}

/// The steps that these answers ask for.
pub(super) fn steps(procedure: &Procedure, answers: &Answers) -> Vec<Step> {
    let sections = procedure.form.iter().flat_map(|form| form.sections.iter().enumerate());
    let mut steps: Vec<Step> =
        sections.filter(|(_, section)| section.shown(answers)).map(|(at, _)| Step::Section(at)).collect();
    if !asked_papers(procedure, answers, true).is_empty() {
        steps.push(Step::Papers);
    }
    steps.push(Step::Review);
    steps
}

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

struct PaperBox {
    key: String,
    /// The name of the upload, and the key of its form.
    field: String,
    form_key: String,
    name: String,
    note: String,
    required: bool,
    pages: Vec<Page>,
    error: String,
}

impl PaperBox {
    fn pages(&self) -> &[Page] {
        &self.pages
    }
}

struct Page {
    id: Uuid,
    name: String,
    url: String,
    key: String,
}

#[derive(Template)]
#[template(path = "draft-papers.html")]
struct PapersPage {
    shell: Shell,
    path: String,
    labels: Vec<String>,
    here: usize,
    boxes: Vec<PaperBox>,
    back: String,
    next: String,
    saved: String,
    errors: FieldErrors,
}

#[derive(Template)]
#[template(path = "draft-review.html")]
pub(super) struct ReviewPage {
    shell: Shell,
    path: String,
    labels: Vec<String>,
    here: usize,
    parts: Vec<ReviewPart>,
    papers: Vec<String>,
    papers_url: String,
    fees: Vec<(String, String)>,
    key: String,
    throw_key: String,
    back: String,
    saved: String,
    for_other: bool,
    pub(super) errors: FieldErrors,
    /// Errors with the address of the step where they are mended.
    pub(super) wrong: Vec<(String, String)>,
}

struct ReviewPart {
    title: String,
    url: String,
    lines: Vec<form::view::Line>,
}

impl ReviewPart {
    fn lines(&self) -> &[form::view::Line] {
        &self.lines
    }
}

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
    let page = first_page(&ctx, &procedure, &answers, person, FieldErrors::default()).await?;
    Ok(html(ui::render(&page)?))
}

/// What a new draft begins with: what the registry knows of the person for whom it is.
async fn fresh(ctx: &Ctx, code: &str, other: &str) -> Result<(Arc<Procedure>, Answers, Uuid)> {
    let procedure = catalogue(ctx).await?.get(code)?.procedure.clone();
    if !procedure.by_phone() {
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
        Ok(id) => Ok(registry::person::get(ctx, id).await?.id),
        Err(_) => {
            ctx.scope.ids("person").first().copied().ok_or_else(|| Error::invalid("onestop-for-whom-unknown"))
        }
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

fn labels(ctx: &Ctx, procedure: &Procedure, steps: &[Step]) -> Vec<String> {
    let t = ctx.t();
    let name = |step: &Step| match step {
        Step::Section(at) => procedure
            .form
            .as_ref()
            .and_then(|form| form.sections.get(*at))
            .map(|section| section.title.of(ctx.lang).to_owned())
            .unwrap_or_default(),
        Step::Papers => t.t("onestop-papers"),
        Step::Review => t.t("onestop-review"),
    };
    steps.iter().map(name).collect()
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

/// A step as it stands in an address.
pub(super) fn word(step: Step) -> String {
    match step {
        Step::Section(at) => at.to_string(),
        Step::Papers => "giay".to_owned(),
        Step::Review => "xem-lai".to_owned(),
    }
}

fn parse(text: &str) -> Option<Step> {
    match text {
        "giay" => Some(Step::Papers),
        "xem-lai" => Some(Step::Review),
        at => at.parse().ok().map(Step::Section),
    }
}

pub(super) fn after(procedure: &Procedure, answers: &Answers, step: Step) -> Step {
    let steps = steps(procedure, answers);
    let at = steps.iter().position(|one| *one == step).map_or(0, |at| at + 1);
    steps.get(at).copied().unwrap_or(Step::Review)
}

fn before(procedure: &Procedure, answers: &Answers, step: Step) -> Option<Step> {
    let steps = steps(procedure, answers);
    let at = steps.iter().position(|one| *one == step)?;
    steps.get(at.checked_sub(1)?).copied()
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

async fn papers_page(
    ctx: &Ctx,
    draft: &Draft,
    procedure: &Procedure,
    back: String,
    saved: String,
    errors: FieldErrors,
) -> Result<PapersPage> {
    let name = procedure.name.of(ctx.lang);
    let shell = Shell::public(ctx, name).await?;
    let shell = shell.crumb(ctx.t().t("onestop-menu-mine"), "/ho-so-cua-toi").crumb(name, "");
    let steps = steps(procedure, &draft.answers);
    let given = dossier::papers(ctx, &ctx.app.db, draft.id).await?;
    let mut boxes = Vec::new();
    for (paper, required) in asked_papers(procedure, &draft.answers, draft.person_id.is_some()) {
        let mut pages = Vec::new();
        for row in given.iter().filter(|row| row.paper_key == paper.key) {
            let file = platform::files::find(ctx, &ctx.app.db, row.file_id).await?;
            pages.push(Page {
                id: row.id,
                name: file.name,
                url: format!("{}/giay/{}", draft.path(), row.id),
                key: ctx.new_id().to_string(),
            });
        }
        boxes.push(PaperBox {
            error: errors.at(&format!("giay-{}", paper.key)).to_owned(),
            field: format!("tep-{}", paper.key),
            form_key: ctx.new_id().to_string(),
            key: paper.key.clone(),
            name: paper.name.of(ctx.lang).to_owned(),
            note: paper.note.as_ref().map(|note| note.of(ctx.lang).to_owned()).unwrap_or_default(),
            required,
            pages,
        });
    }
    Ok(PapersPage {
        path: draft.path(),
        labels: labels(ctx, procedure, &steps),
        here: steps.iter().position(|step| *step == Step::Papers).map_or(1, |at| at + 1),
        boxes,
        back,
        next: format!("{}?phan=xem-lai", draft.path()),
        saved,
        errors,
        shell,
    })
}

/// Everything once more, with its fees, and the button that sends it.
pub(super) async fn review(ctx: &Ctx, draft: &Draft, procedure: &Procedure) -> Result<ReviewPage> {
    let name = procedure.name.of(ctx.lang);
    let shell = Shell::public(ctx, name).await?;
    let shell = shell.crumb(ctx.t().t("onestop-menu-mine"), "/ho-so-cua-toi").crumb(name, "");
    let steps = steps(procedure, &draft.answers);
    let mut parts = Vec::new();
    if let Some(form) = &procedure.form {
        let shown = form.sections.iter().enumerate().filter(|(_, section)| section.shown(&draft.answers));
        for ((at, _), part) in shown.zip(form::summary(ctx, form, &draft.answers)?) {
            let url = format!("{}?phan={at}", draft.path());
            parts.push(ReviewPart { title: part.title, url, lines: part.lines });
        }
    }
    let given = dossier::papers(ctx, &ctx.app.db, draft.id).await?;
    let t = ctx.t();
    let papers = procedure.papers.iter().filter_map(|paper| {
        let pages = given.iter().filter(|row| row.paper_key == paper.key).count();
        let pages = i64::try_from(pages).unwrap_or(0);
        (pages > 0).then(|| format!("{} ({})", paper.name.of(ctx.lang), t.n("onestop-pages", "count", pages)))
    });
    let own = draft.person_id.is_some_and(|person| ctx.scope.ids("person").contains(&person));
    Ok(ReviewPage {
        path: draft.path(),
        labels: labels(ctx, procedure, &steps),
        here: steps.len(),
        parts,
        papers: papers.collect(),
        papers_url: format!("{}?phan=giay", draft.path()),
        fees: crate::fee::lines(ctx, procedure, &draft.answers),
        key: ctx.new_id().to_string(),
        throw_key: ctx.new_id().to_string(),
        back: before(procedure, &draft.answers, Step::Review)
            .map_or_else(|| draft.path(), |step| format!("{}?phan={}", draft.path(), word(step))),
        saved: t.moment(draft.updated_at),
        for_other: !own,
        errors: FieldErrors::default(),
        wrong: Vec::new(),
        shell,
    })
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
