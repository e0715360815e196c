//! Answering a request: only the marked fields and papers, each with the reason why it came back.

use crate::dossier::{self, ACCEPT, Dossier, Status, marks_of};
use crate::form::model::{Answers, Section};
use crate::form::{self};
use crate::procedure::{Procedure, pinned};
use crate::story;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::files::{self, Prepared};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, FieldError, Kind, Result, Uuid};
use std::collections::BTreeMap;
use ui::form::Input;
use ui::{FieldErrors, Shell};

struct PaperAgain {
    /// `giay-…`
    field: String,
    name: String,
    why: String,
    error: String,
}

#[derive(Template)]
#[template(path = "answer.html")]
struct AnswerPage {
    shell: Shell,
    path: String,
    note: String,
    inputs: Vec<Input>,
    papers: Vec<PaperAgain>,
    errors: FieldErrors,
    key: String,
    revision: i64,
}

pub(super) async fn form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    Ok(html(ui::render(&page(&ctx, &one, &one.answers, FieldErrors::default()).await?)?))
}

async fn page(ctx: &Ctx, one: &Dossier, answers: &Answers, errors: FieldErrors) -> Result<AnswerPage> {
    if one.status != Status::Supplement {
        return Err(Error::conflict("onestop-not-now"));
    }
    let procedure = pinned(ctx, &ctx.app.db, &one.procedure_digest).await?;
    let t = ctx.t();
    let shell = Shell::public(ctx, "onestop-answer").await?;
    let shell = shell.crumb(t.t("onestop-menu-mine"), "/ho-so-cua-toi").crumb(&one.code, &one.own_path());
    let shell = shell.crumb(t.t("onestop-answer"), "");
    let all = dossier::events(ctx, &ctx.app.db, one.id).await?;
    let asked = all.iter().rev().find(|event| event.kind == dossier::Happened::Asked);
    let marks = asked.map(dossier::Event::marks).unwrap_or_default();
    let papers = marks.iter().filter_map(|(key, why)| {
        Some(PaperAgain {
            name: story::label(ctx, &procedure, key),
            error: errors.at(key).to_owned(),
            field: key.strip_prefix("giay-").map(|_| key.clone())?,
            why: why.clone(),
        })
    });
    Ok(AnswerPage {
        path: one.own_path(),
        note: asked.map(|event| event.note.clone()).unwrap_or_default(),
        inputs: inputs(ctx, &procedure, &marks, answers)?,
        papers: papers.collect(),
        errors,
        key: ctx.new_id().to_string(),
        revision: one.revision,
        shell,
    })
}

/// The marked fields as inputs; the reason stands where the help stood.
fn inputs(
    ctx: &Ctx,
    procedure: &Procedure,
    marks: &[(String, String)],
    answers: &Answers,
) -> Result<Vec<Input>> {
    let Some(form) = &procedure.form else { return Ok(Vec::new()) };
    let mut inputs = Vec::new();
    for (key, why) in marks {
        let Some(field) = form.field(key) else { continue };
        let alone = Section {
            key: String::new(),
            title: field.label.clone(),
            help: None,
            when: None,
            fields: vec![field.clone()],
        };
        for input in form::inputs(ctx, form, &alone, answers)? {
            let help = ctx.t().s("onestop-sent-back-because", "reason", why);
            inputs.push(input.help(help));
        }
    }
    Ok(inputs)
}

pub(super) async fn send(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    let procedure = pinned(&ctx, &ctx.app.db, &one.procedure_digest).await?;
    let marks = marks_of(&ctx, &ctx.app.db, id).await?;
    let answers = typed(&procedure, &marks, &sent);
    let pages = match prepared(&ctx, &marks, &sent).await {
        Ok(pages) => pages,
        Err(error) => return again(&ctx, &one, &answers, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = dossier::answer(&ctx, &tx, id, sent.revision()?, &answers, pages).await;
    let done = done.map(|one| (one.own_path(), Note::new("onestop-answered")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if error.kind == Kind::Invalid => again(&ctx, &one, &answers, error).await,
        Err(error) => Err(error),
    }
}

/// What was typed into the marked fields.
fn typed(procedure: &Procedure, marks: &[(String, String)], sent: &Form) -> Answers {
    let mut answers = Answers::new();
    if let Some(form) = &procedure.form {
        let all: Vec<usize> = (0..form.sections.len()).collect();
        form::read(form, &all, sent, &mut answers);
        answers.retain(|key, _| marks.iter().any(|(marked, _)| marked == key));
    }
    answers
}

pub(crate) async fn prepared(
    ctx: &Ctx,
    marks: &[(String, String)],
    sent: &Form,
) -> Result<BTreeMap<String, Vec<Prepared>>> {
    let mut pages: BTreeMap<String, Vec<Prepared>> = BTreeMap::new();
    for upload in &sent.uploads {
        let marked = marks.iter().any(|(key, _)| *key == upload.field);
        let Some(key) = upload.field.strip_prefix("giay-").filter(|_| marked) else { continue };
        let one = files::prepare(ctx, upload.name.clone(), upload.bytes.clone(), ACCEPT).await;
        let one = one.map_err(|error| {
            let message = error.message;
            Error::fields(vec![FieldError { field: upload.field.clone().into(), message }])
        })?;
        pages.entry(key.to_owned()).or_default().push(one);
    }
    Ok(pages)
}

async fn again(ctx: &Ctx, one: &Dossier, typed: &Answers, error: Error) -> Result<Response> {
    let mut answers = one.answers.clone();
    answers.extend(typed.clone());
    let errors = FieldErrors::from_error(&error, ctx.t());
    let page = page(ctx, one, &answers, errors).await?;
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}
