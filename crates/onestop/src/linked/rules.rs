//! Adding an act to an application, and sending all of them at once.

use super::store::{self, insert, main_of, members};
use crate::dossier::{self, Dossier, Draft, Given, draft_find, draft_open};
use crate::form;
use crate::form::model::Answers;
use crate::procedure::{Procedure, catalogue};
use audit::Entry;
use platform::{Ctx, Error, FieldError, Message, Result, Run, Tx, Uuid, files, sql};
use serde_json::json;
use std::collections::HashSet;

/// What another form of the application answered, under the same keys. The relation to the person is asked anew where the
/// choices are others: the check of the form tells.
pub(crate) fn answers_of(procedure: &Procedure, known: &Answers, answers: &mut Answers) {
    let Some(form) = &procedure.form else { return };
    for field in form.sections.iter().flat_map(|section| &section.fields) {
        if let Some(value) = known.get(&field.key).filter(|value| fits(field, value)) {
            answers.insert(field.key.clone(), value.clone());
        }
    }
}

/// A choice that the other form does not have is not taken over.
fn fits(field: &form::model::Field, value: &serde_json::Value) -> bool {
    let text = value.as_str();
    field.choices.is_empty() || field.choices.iter().any(|choice| Some(choice.value.as_str()) == text)
}

/// Adds a linked act to the application that this draft began; the draft of it. Added twice, it is there once.
///
/// # Errors
/// At `thu-tuc` when the procedure is none that is linked; `Conflict` when the draft itself belongs to another one.
pub(crate) async fn add(ctx: &Ctx, tx: &Tx, main: &Draft, code: &str) -> Result<Uuid> {
    if main_of(ctx, tx, main.id).await?.is_some() {
        return Err(Error::conflict("onestop-linked-inner"));
    }
    let procedure = crate::procedure::pinned(ctx, tx, &main.procedure_digest).await?;
    let unknown = || Error::field("thu-tuc", "error-choose");
    if !procedure.linked.iter().any(|linked| linked == code) {
        return Err(unknown());
    }
    let catalogue = catalogue(ctx).await?;
    let in_force = catalogue.get(code).map_err(|_| unknown())?;
    if !in_force.procedure.by_phone() {
        return Err(unknown());
    }
    for id in members(ctx, tx, main.id).await? {
        let there = draft_find(ctx, tx, id).await?;
        if there.procedure_code == code {
            return Ok(id);
        }
    }
    let mut answers = Answers::new();
    if let (Some(person), Some(form)) = (main.person_id, &in_force.procedure.form)
        && let Some(known) = form::known_of(ctx, person).await?
    {
        known.fill(ctx, form, &mut answers);
    }
    answers_of(&in_force.procedure, &main.answers, &mut answers);
    let id = draft_open(ctx, tx, in_force, main.person_id, answers).await?;
    insert(ctx, tx, id, main.id).await?;
    let detail = json!({ "procedure": code, "main": main.id });
    audit::record(ctx, tx, Entry { action: "draft.link", kind: "draft", id, detail }).await?;
    Ok(id)
}

/// The papers that the main act of the application brings already: they are not asked for twice.
pub(crate) async fn given_by_main(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<HashSet<String>> {
    let Some(main) = main_of(ctx, on, id).await? else { return Ok(HashSet::new()) };
    Ok(dossier::papers(ctx, on, main).await?.into_iter().map(|row| row.paper_key).collect())
}

/// Sends the draft with all acts that were added to it: all or none. The main dossier comes first.
///
/// # Errors
/// As [`dossier::submit`]; at `cung-luc-CODE` when an added act is not filled in; `Conflict` when the draft itself belongs
/// to another application.
pub(crate) async fn submit(ctx: &Ctx, tx: &Tx, draft: Draft) -> Result<Vec<Dossier>> {
    if main_of(ctx, tx, draft.id).await?.is_some() {
        return Err(Error::conflict("onestop-linked-inner"));
    }
    let mut added = Vec::new();
    let mut wrong = Vec::new();
    for id in members(ctx, tx, draft.id).await? {
        let one = draft_find(ctx, tx, id).await?;
        let procedure = crate::procedure::pinned(ctx, tx, &one.procedure_digest).await?;
        if !dossier::lacking(ctx, tx, &one, &procedure).await?.is_empty() {
            let message = Message::new("onestop-linked-lacks").with("name", procedure.name.of(ctx.lang));
            wrong.push(FieldError { field: format!("cung-luc-{}", one.procedure_code).into(), message });
        }
        added.push((one, procedure));
    }
    if !wrong.is_empty() {
        return Err(Error::fields(wrong));
    }
    let mut sent = vec![dossier::submit(ctx, tx, draft).await?];
    for (one, procedure) in added {
        share(ctx, tx, sent[0].id, &one, &procedure).await?;
        sent.push(dossier::submit(ctx, tx, one).await?);
    }
    Ok(sent)
}

/// The pages of the main act stand in the added one as well, where it asks for the same paper and has none of its own.
async fn share(ctx: &Ctx, tx: &Tx, main: Uuid, one: &Draft, procedure: &Procedure) -> Result<()> {
    let own: HashSet<String> =
        dossier::papers(ctx, tx, one.id).await?.into_iter().map(|row| row.paper_key).collect();
    for row in dossier::papers(ctx, tx, main).await? {
        if own.contains(&row.paper_key) || procedure.paper(&row.paper_key).is_none() {
            continue;
        }
        let file = files::share(ctx, tx, row.file_id, "dossier", one.id).await?;
        sql("INSERT INTO dossier_paper (commune_id, dossier_id, id, kind, paper_key, file_id, account_id, added_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(ctx.commune)
        .bind(one.id)
        .bind(ctx.new_id())
        .bind(Given::Paper)
        .bind(row.paper_key.as_str())
        .bind(file)
        .bind(row.account_id)
        .bind(ctx.now)
        .run(tx)
        .await?;
    }
    Ok(())
}

/// Throws a draft away, with everything that was added to it.
pub(crate) async fn throw_away(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<()> {
    for one in members(ctx, tx, id).await? {
        store::drop_of(ctx, tx, one).await?;
        dossier::draft_drop(ctx, tx, one).await?;
    }
    store::drop_of(ctx, tx, id).await?;
    dossier::draft_drop(ctx, tx, id).await
}

/// A dossier taken in at the counter joins the application of another one of the same applicant.
///
/// # Errors
/// At `cung`, when that one is no dossier whose procedure names this one, or somebody else's.
pub(crate) async fn join(ctx: &Ctx, tx: &Tx, one: &Dossier, main: Uuid) -> Result<()> {
    let wrong = || Error::field("cung", "onestop-linked-other");
    let whole = crate::whole(ctx);
    let main = dossier::find(&whole, tx, main).await.map_err(|_| wrong())?;
    let procedure = crate::procedure::pinned(ctx, tx, &main.procedure_digest).await?;
    let named = procedure.linked.contains(&one.procedure_code);
    if !named || main.applicant_number != one.applicant_number || main_of(ctx, tx, main.id).await?.is_some() {
        return Err(wrong());
    }
    insert(ctx, tx, one.id, main.id).await
}
