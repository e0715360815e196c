//! The counter: a walk-in in under a minute. The card is scanned or its number typed, the registry fills in the rest, papers
//! are scanned or seen, the receipt is printed.

use super::stranger::stranger;
use crate::dossier::{self, ACCEPT, Act, Doing, Filing, Given, asked_papers};
use crate::form::model::Answers;
use crate::form::{self, check};
use crate::procedure::model::Channel;
use crate::procedure::{Procedure, catalogue, find, pin};
use crate::resident::{SHOWN, here};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use platform::files::{self, Prepared};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, FieldError, Kind, Message, Result, Tx, Uuid};
use registry::person;
use serde_json::Value;
use std::collections::HashMap;
use ui::form::Input;
use ui::{FieldErrors, Shell};

#[derive(Template)]
#[template(path = "counter.html")]
struct ChoosePage {
    shell: Shell,
    question: String,
    person: String,
    for_name: String,
    lines: Vec<(String, String, String)>,
}

pub(super) async fn choose(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let question = query.get("q").map(|text| text.trim().to_owned()).unwrap_or_default();
    let person = query.get("cho").and_then(|id| id.parse::<Uuid>().ok());
    let carried = person.map(|id| format!("?cho={id}")).unwrap_or_default();
    let catalogue = catalogue(&ctx).await?;
    let mut lines: Vec<(String, String, String)> = find(&catalogue, &question, "")
        .into_iter()
        .filter(|one| one.procedure.has_dossiers() && one.procedure.alone())
        .map(|one| {
            let procedure = &one.procedure;
            let name = procedure.name.of(ctx.lang).to_owned();
            (
                format!("/lam-viec/quay/{}{carried}", procedure.code),
                name,
                crate::procedure::time_words(ctx.t(), procedure),
            )
        })
        .collect();
    if question.is_empty() {
        lines.sort_by_key(|(_, name, _)| vntext::sort_key(name));
    }
    let shell = Shell::of(&ctx, "onestop-menu-counter").await?;
    let for_name = match person {
        Some(id) => here(person::get(&crate::whole(&ctx), id).await?)?.facts.full_name,
        None => String::new(),
    };
    Ok(html(ui::render(&ChoosePage {
        shell,
        question,
        person: person.map(|id| id.to_string()).unwrap_or_default(),
        for_name,
        lines,
    })?))
}

struct PaperLine {
    key: String,
    name: String,
    required: bool,
    note: String,
    seen: bool,
    error: String,
}

struct Part {
    title: String,
    inputs: Vec<Input>,
}

impl Part {
    fn inputs(&self) -> &[Input] {
        &self.inputs
    }
}

#[derive(Template)]
#[template(path = "counter-form.html")]
struct FormPage {
    shell: Shell,
    path: String,
    parts: Vec<Part>,
    papers: Vec<PaperLine>,
    /// What the registry knows of the number.
    known: String,
    known_url: String,
    /// What goes along when the registry is to learn of them; empty when it knows them or was not asked.
    stranger: Vec<(&'static str, String)>,
    scanned: String,
    asks_due: bool,
    due: String,
    fees: Vec<(String, String)>,
    errors: FieldErrors,
    wrong: String,
    key: String,
    /// The dossier that it is taken in along with.
    main: String,
}

/// The form, empty or filled in for somebody of the registry (`cho`): a due list or a card led here.
pub(super) async fn form(
    ctx: Ctx,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let procedure = of(&ctx, &code).await?;
    let mut answers = Answers::new();
    if let Some(main) = query.get("cung").and_then(|id| id.parse().ok()) {
        with_main(&ctx, &procedure, main, &mut answers).await?;
    }
    if let Some(person) = query.get("cho").and_then(|id| id.parse().ok()) {
        let person = here(person::get(&crate::whole(&ctx), person).await?)?;
        known(&ctx, &procedure, person.id, &mut answers).await?;
    }
    let mut page = page(&ctx, &procedure, &answers, &Form::default(), FieldErrors::default()).await?;
    page.main = query.get("cung").cloned().unwrap_or_default();
    Ok(html(ui::render(&page)?))
}

/// What the dossier that it is taken in along with answered already. The look stands in the record.
async fn with_main(ctx: &Ctx, procedure: &Procedure, main: Uuid, answers: &mut Answers) -> Result<()> {
    let main = dossier::find(&crate::whole(ctx), &ctx.app.db, main).await?;
    super::opened(ctx, &main).await?;
    crate::linked::answers_of(procedure, &main.answers, answers);
    Ok(())
}

async fn of(ctx: &Ctx, code: &str) -> Result<std::sync::Arc<Procedure>> {
    let procedure = catalogue(ctx).await?.get(code)?.procedure.clone();
    if procedure.has_dossiers() { Ok(procedure) } else { Err(Error::not_found()) }
}

async fn page(
    ctx: &Ctx,
    procedure: &Procedure,
    answers: &Answers,
    sent: &Form,
    errors: FieldErrors,
) -> Result<FormPage> {
    let t = ctx.t();
    let name = procedure.name.of(ctx.lang);
    let shell = Shell::of(ctx, name).await?;
    let shell = shell.crumb(t.t("onestop-menu-counter"), "/lam-viec/quay").crumb(name, "");
    let asked = procedure.form.as_ref().ok_or_else(Error::not_found)?;
    let mut parts = Vec::new();
    for section in asked.sections.iter().filter(|section| section.when.is_none() || section.shown(answers)) {
        let inputs = form::inputs(ctx, asked, section, answers)?;
        parts.push(Part { title: section.title.of(ctx.lang).to_owned(), inputs });
    }
    let person = person_of(ctx, answers).await?;
    let papers = asked_papers(procedure, answers, person.is_some());
    let papers = papers.into_iter().map(|(paper, required)| PaperLine {
        error: errors.at(&format!("giay-{}", paper.key)).to_owned(),
        seen: sent.ticked(&format!("da-thay-{}", paper.key)),
        key: paper.key.clone(),
        name: paper.name.of(ctx.lang).to_owned(),
        note: paper.note.as_ref().map(|note| note.of(ctx.lang).to_owned()).unwrap_or_default(),
        required,
    });
    let known =
        person.as_ref().map(|one| format!("{}, {}", one.facts.full_name, t.date(one.facts.birth_date)));
    Ok(FormPage {
        path: format!("/lam-viec/quay/{}", procedure.code),
        parts,
        papers: papers.collect(),
        known: known.unwrap_or_default(),
        known_url: person.map(|one| registry::person_path(one.id)).unwrap_or_default(),
        stranger: Vec::new(),
        scanned: sent.text("quet").to_owned(),
        asks_due: procedure.limit.is_none(),
        due: sent.text("hen-tra").to_owned(),
        fees: crate::fee::lines(ctx, procedure, answers),
        errors,
        wrong: String::new(),
        key: ctx.new_id().to_string(),
        main: sent.text("cung").to_owned(),
        shell,
    })
}

/// The applicant in the registry, by the number.
async fn person_of(ctx: &Ctx, answers: &Answers) -> Result<Option<person::Person>> {
    match answers.get("applicant_number").and_then(Value::as_str) {
        Some(number) if !number.is_empty() => person::by_number(&crate::whole(ctx), number).await,
        _ => Ok(None),
    }
}

pub(super) async fn receive(ctx: Ctx, Path(code): Path<String>, sent: Form) -> Result<Response> {
    let procedure = of(&ctx, &code).await?;
    let asked = procedure.form.as_ref().ok_or_else(Error::not_found)?;
    let mut answers = Answers::new();
    let all: Vec<usize> = (0..asked.sections.len()).collect();
    form::read(asked, &all, &sent, &mut answers);
    if sent.text("di") == "tra" {
        return looked_up(&ctx, &procedure, &sent, answers).await;
    }
    check::drop_hidden(asked, &mut answers);
    let pages = match pages(&ctx, &procedure, &sent).await {
        Ok(pages) => pages,
        Err(error) => return again(&ctx, &procedure, &answers, &sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = take_in(&ctx, &tx, &code, &answers, &sent, pages).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, &procedure, &answers, &sent, error).await,
    }
}

/// The card or the number was read: the form again, filled with what is known. Nothing is written.
async fn looked_up(ctx: &Ctx, procedure: &Procedure, sent: &Form, mut answers: Answers) -> Result<Response> {
    let mut errors = FieldErrors::default();
    let scanned = sent.text("quet");
    if !scanned.is_empty() {
        match vnid::CardQr::parse(scanned) {
            Ok(card) => {
                answers.insert("applicant_number".into(), card.number.as_str().into());
                answers.insert("applicant_name".into(), card.name.clone().into());
                if !card.address.is_empty() {
                    answers.insert("applicant_address".into(), card.address.clone().into());
                }
            }
            Err(_) => errors = errors.with("quet", ctx.t().t("onestop-scan-wrong")),
        }
    }
    let person = person_of(ctx, &answers).await?;
    if let Some(person) = &person {
        known(ctx, procedure, person.id, &mut answers).await?;
    }
    let mut page = page(ctx, procedure, &answers, sent, errors).await?;
    if person.is_none() {
        page.stranger = stranger(ctx, sent, &answers);
    }
    Ok(html(ui::render(&page)?))
}

/// Fills in what the registry knows of a person; the look stands in the record.
async fn known(ctx: &Ctx, procedure: &Procedure, person: Uuid, answers: &mut Answers) -> Result<()> {
    let tx = ctx.begin().await?;
    audit::viewed(ctx, &tx, &[person], "procedure", SHOWN).await?;
    tx.commit().await?;
    if let (Some(known), Some(form)) = (form::known_of(ctx, person).await?, &procedure.form) {
        known.fill(ctx, form, answers);
    }
    Ok(())
}

async fn pages(ctx: &Ctx, procedure: &Procedure, sent: &Form) -> Result<Vec<(String, Prepared)>> {
    let mut pages = Vec::new();
    for upload in &sent.uploads {
        let key = upload.field.strip_prefix("giay-").unwrap_or_default();
        if procedure.paper(key).is_none() {
            continue;
        }
        let file = files::prepare(ctx, upload.name.clone(), upload.bytes.clone(), ACCEPT).await;
        let file = file.map_err(|error| {
            Error::fields(vec![FieldError { field: upload.field.clone().into(), message: error.message }])
        })?;
        pages.push((key.to_owned(), file));
    }
    Ok(pages)
}

async fn take_in(
    ctx: &Ctx,
    tx: &Tx,
    code: &str,
    answers: &Answers,
    sent: &Form,
    pages: Vec<(String, Prepared)>,
) -> Result<(String, Note)> {
    let catalogue = catalogue(ctx).await?;
    let in_force = catalogue.get(code)?;
    let procedure = in_force.procedure.clone();
    let person = person_of(ctx, answers).await?.map(|person| person.id);
    let mut wrong = match &procedure.form {
        Some(form) => check::problems(form, answers)?,
        None => Vec::new(),
    };
    let mut seen = Vec::new();
    for (paper, required) in asked_papers(&procedure, answers, person.is_some()) {
        let ticked = sent.ticked(&format!("da-thay-{}", paper.key));
        if ticked {
            seen.push(paper.name.vi.clone());
        }
        if required && !ticked && !pages.iter().any(|(key, _)| *key == paper.key) {
            let message = Message::new("onestop-paper-missing").with("name", paper.name.of(ctx.lang));
            wrong.push(FieldError { field: format!("giay-{}", paper.key).into(), message });
        }
    }
    if !wrong.is_empty() {
        return Err(Error::fields(wrong));
    }
    pin(ctx, tx, in_force).await?;
    let filing = Filing {
        id: ctx.new_id(),
        procedure,
        digest: in_force.digest.clone(),
        channel: Channel::Counter,
        answers: answers.clone(),
        person,
        filed_by: None,
    };
    let dossier = dossier::insert(ctx, tx, filing).await?;
    if let Some(main) = sent.id("cung")? {
        crate::linked::join(ctx, tx, &dossier, main).await?;
    }
    for (key, page) in &pages {
        dossier::paper_add(ctx, tx, dossier.id, Given::Paper, key, page).await?;
    }
    let due = sent.date("hen-tra")?;
    let due = due.and_then(|day| dossier::DeskRules::load(ctx).ok()?.closes_on(day));
    let note = if seen.is_empty() {
        String::new()
    } else {
        ctx.t().s("onestop-papers-seen", "list", &seen.join("; "))
    };
    let doing = Doing { note, due, ..Doing::default() };
    let dossier = dossier::act(ctx, tx, dossier.id, dossier.revision, Act::Receive, doing).await?;
    Ok((format!("{}/phieu/01", dossier.path()), Note::new("onestop-done-receive")))
}

async fn again(
    ctx: &Ctx,
    procedure: &Procedure,
    answers: &Answers,
    sent: &Form,
    error: Error,
) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let errors = FieldErrors::from_error(&error, ctx.t());
    let mut page = page(ctx, procedure, answers, sent, errors).await?;
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}
