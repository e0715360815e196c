//! The whole form on one page: kept on the phone to be filled in where there is no network, and sent at once. What is wrong or
//! missing is mended in the draft that it becomes.

use super::draft::{SHOWN, fresh};
use crate::dossier::{draft_find, draft_open, lacking};
use crate::form::{self, check};
use crate::procedure::catalogue;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::http::{Form, Start, html, see_other, start};
use platform::{Ctx, Error, Result, Tx, Uuid, once};
use std::collections::HashMap;
use ui::form::Input;
use ui::{FieldErrors, Shell};

struct Part {
    title: String,
    help: String,
    inputs: Vec<Input>,
    /// It is asked only where another answer calls for it.
    sometimes: bool,
}

impl Part {
    fn inputs(&self) -> &[Input] {
        &self.inputs
    }
}

#[derive(Template)]
#[template(path = "draft-whole.html")]
struct WholePage {
    shell: Shell,
    action: String,
    /// How it is called where it waits.
    name: String,
    /// Where the kept form stands in this browser.
    draft: String,
    for_name: String,
    person: Uuid,
    parts: Vec<Part>,
    errors: FieldErrors,
    key: String,
    step_by_step: String,
}

pub(super) async fn page(
    ctx: Ctx,
    Path(code): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let (procedure, answers, whom) =
        fresh(&ctx, &code, query.get("cho").and_then(|id| id.parse().ok())).await?;
    let asked = procedure.form.as_ref().ok_or_else(Error::not_found)?;
    if !whom.own() {
        let tx = ctx.begin().await?;
        audit::viewed(&ctx, &tx, &[whom.person], "procedure", SHOWN).await?;
        tx.commit().await?;
    }
    let mut parts = Vec::new();
    for section in &asked.sections {
        let inputs = form::inputs(&ctx, asked, section, &answers)?;
        let fields = section.fields.iter().zip(inputs);
        parts.push(Part {
            title: section.title.of(ctx.lang).to_owned(),
            help: section.help.as_ref().map(|help| help.of(ctx.lang).to_owned()).unwrap_or_default(),
            // What is asked only at times must not keep the rest from being sent.
            inputs: fields
                .map(
                    |(field, input)| {
                        if section.when.is_some() || field.when.is_some() { input.optional() } else { input }
                    },
                )
                .collect(),
            sometimes: section.when.is_some(),
        });
    }
    let name = procedure.name.of(ctx.lang);
    let shell = Shell::public(&ctx, name).await?;
    let shell = shell.crumb(ctx.t().t("onestop-menu-mine"), "/ho-so-cua-toi").crumb(name, "");
    let page = WholePage {
        action: format!("/thu-tuc/{code}/tren-may"),
        name: if whom.own() { name.to_owned() } else { format!("{name}: {}", whom.name) },
        draft: format!("onestop-may-{code}-{}", whom.person),
        step_by_step: format!("/thu-tuc/{code}/lam?cho={}", whom.person),
        person: whom.person,
        for_name: whom.name,
        parts,
        errors: FieldErrors::default(),
        key: ctx.new_id().to_string(),
        shell,
    };
    Ok(html(ui::render(&page)?))
}

/// Makes a draft of everything that was typed, wrong or not, and leads to what is still missing.
pub(super) async fn begin(ctx: Ctx, Path(code): Path<String>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    match begun(&ctx, &tx, &code, &sent).await {
        Ok(url) => {
            once::finish(&ctx, tx, key, &url).await?;
            Ok(see_other(&url))
        }
        Err(error) => {
            tx.rollback().await?;
            Err(error)
        }
    }
}

async fn begun(ctx: &Ctx, tx: &Tx, code: &str, sent: &Form) -> Result<String> {
    let (procedure, mut answers, whom) = fresh(ctx, code, sent.text("cho").parse().ok()).await?;
    let asked = procedure.form.as_ref().ok_or_else(Error::not_found)?;
    let all: Vec<usize> = (0..asked.sections.len()).collect();
    form::read(asked, &all, sent, &mut answers);
    check::drop_hidden(asked, &mut answers);
    let catalogue = catalogue(ctx).await?;
    let id = draft_open(ctx, tx, catalogue.get(code)?, Some(whom.person), answers).await?;
    let draft = draft_find(ctx, tx, id).await?;
    let lacks = lacking(ctx, tx, &draft, &procedure).await?;
    Ok(crate::linked::next(&draft, &procedure, &lacks))
}
