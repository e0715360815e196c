//! The form as a resident will see it, before it is in force.

use super::lines::when_words;
use super::working;
use crate::form::{self, Answers};
use crate::procedure::file;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result};
use ui::form::Input;
use ui::{FieldErrors, Shell};

struct Part {
    title: String,
    help: String,
    when: String,
    inputs: Vec<Input>,
}

impl Part {
    fn inputs(&self) -> &[Input] {
        &self.inputs
    }
}

#[derive(Template)]
#[template(path = "build-preview.html")]
struct PreviewPage {
    shell: Shell,
    name: String,
    summary: String,
    labels: Vec<String>,
    parts: Vec<Part>,
    papers: Vec<(String, String)>,
    errors: FieldErrors,
    back: String,
}

pub(super) async fn show(ctx: Ctx, Path(code): Path<String>) -> Result<Response> {
    let one = working::find(&ctx, &ctx.app.db, &code).await?;
    let procedure = &one.procedure;
    let t = ctx.t();
    let form = procedure.form.clone().or_else(|| procedure.has_dossiers().then(file::basic));
    let mut parts = Vec::new();
    for section in form.iter().flat_map(|form| &form.sections) {
        let Some(form) = &form else { continue };
        let mut inputs = form::inputs(&ctx, form, section, &Answers::new())?;
        for (input, field) in inputs.iter_mut().zip(&section.fields) {
            let only = field.when.iter().map(|when| format!("({})", when_words(&ctx, Some(form), when)));
            let only = only.collect::<String>();
            input.help = format!("{} {only}", input.help).trim().to_owned();
        }
        parts.push(Part {
            title: section.title.of(ctx.lang).to_owned(),
            help: section.help.as_ref().map(|help| help.of(ctx.lang).to_owned()).unwrap_or_default(),
            when: section.when.iter().map(|when| when_words(&ctx, Some(form), when)).collect(),
            inputs,
        });
    }
    let paper = |paper: &crate::procedure::model::Paper| {
        let mut line = vec![t.t(paper.kind.text_key())];
        line.extend(paper.when.iter().map(|when| when_words(&ctx, form.as_ref(), when)));
        (paper.name.of(ctx.lang).to_owned(), line.join(" · "))
    };
    let papers = procedure.papers.iter().map(paper).collect();
    let mut labels: Vec<String> = parts.iter().map(|part| part.title.clone()).collect();
    labels.push(t.t("onestop-papers"));
    labels.push(t.t("onestop-review"));
    let name = procedure.name.of(ctx.lang).to_owned();
    let shell = Shell::of(&ctx, "onestop-build-preview").await?;
    let shell = shell.crumb(t.t("onestop-menu-procedures"), "/lam-viec/thu-tuc").crumb(&name, &one.path());
    let shell = shell.crumb(t.t("onestop-build-preview"), "");
    let page = PreviewPage {
        summary: procedure.summary.of(ctx.lang).to_owned(),
        labels,
        parts,
        papers,
        errors: FieldErrors::default(),
        back: one.path(),
        name,
        shell,
    };
    Ok(html(ui::render(&page)?))
}
