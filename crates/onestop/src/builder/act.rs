//! What the buttons of the whole do: moving, removing, the form to begin with, taking back, throwing away, into force.

use super::pages;
use super::place::{List, Place, dependents, shift, take};
use super::working::{self, Working};
use super::{check, schema, store, write};
use crate::procedure::{FieldNames, Procedure, file, file_put};
use audit::Entry;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, Message, Result, Tx};
use serde_json::json;

pub(super) async fn act(ctx: Ctx, Path(code): Path<String>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = carry_out(&ctx, &tx, &code, &sent).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => pages::again(&ctx, &code, &sent, error).await,
    }
}

async fn carry_out(ctx: &Ctx, tx: &Tx, code: &str, sent: &Form) -> Result<(String, Note)> {
    let old = working::open(ctx, tx, code, sent.revision()?).await?;
    let mut one = old.procedure.clone();
    let what = sent.text("viec");
    let mut words = what.splitn(3, ':');
    let (verb, list, key) =
        (words.next().unwrap_or(""), words.next().unwrap_or(""), words.next().unwrap_or(""));
    let list = List::parse(list);
    let mut anchor = String::new();
    let (note, done) = match (verb, list) {
        ("len" | "xuong", Some(list)) => {
            anchor = Place::Row(list, key.to_owned()).anchor();
            ("onestop-build-moved", shift(&mut one, list, key, verb == "len"))
        }
        ("xoa", Some(list)) => {
            anchor = list.code().to_owned();
            ("onestop-build-removed", take(&mut one, list, key))
        }
        ("mau-chung", _) => ("onestop-build-kept", begin_form(&mut one)),
        ("bo-bieu-mau", _) => ("onestop-build-removed", drop_form(&mut one)),
        ("hoan-tac", _) if old.may_undo() => {
            one = old.before.clone();
            ("onestop-build-undone", true)
        }
        _ => ("", false),
    };
    if !done {
        return Err(Error::conflict("onestop-build-elsewhere"));
    }
    if verb == "xoa" || verb == "bo-bieu-mau" {
        unneeded(&old.procedure, &one)?;
    }
    one.form.iter_mut().for_each(schema::renew);
    working::keep(ctx, tx, &old, one, what).await?;
    Ok((format!("{}#{anchor}", old.path()).trim_end_matches('#').to_owned(), Note::new(note)))
}

/// The program's own form as the first form of the procedure.
fn begin_form(one: &mut Procedure) -> bool {
    if one.form.is_some() {
        return false;
    }
    let mut form = file::basic();
    form.sections.iter_mut().for_each(|section| "applicant".clone_into(&mut section.key));
    one.form = Some(form);
    true
}

fn drop_form(one: &mut Procedure) -> bool {
    one.unique.clear();
    one.form.take().is_some()
}

/// # Errors
/// When something is asked only because of a field that goes, and stays itself.
fn unneeded(before: &Procedure, after: &Procedure) -> Result<()> {
    let there = |one: &Procedure, key: &str| one.form.as_ref().is_some_and(|form| form.field(key).is_some());
    let orphan = dependents(after).into_iter().find(|(key, _, _)| there(before, key) && !there(after, key));
    match orphan {
        Some((_, _, name)) => Err(Error::invalid(Message::new("onestop-build-needed").with("name", name))),
        None => Ok(()),
    }
}

/// Nothing of it comes into force; what is in force stays so.
pub(super) async fn throw_away(ctx: Ctx, Path(code): Path<String>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = forget(&ctx, &tx, &code, &sent).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => pages::again(&ctx, &code, &sent, error).await,
    }
}

async fn forget(ctx: &Ctx, tx: &Tx, code: &str, sent: &Form) -> Result<(String, Note)> {
    working::open(ctx, tx, code, sent.revision()?).await?;
    store::delete(ctx, tx, code).await?;
    let detail = json!({ "code": code });
    let entry = Entry { action: "procedure.draft.drop", kind: "procedure", id: ctx.commune, detail };
    audit::record(ctx, tx, entry).await?;
    Ok(("/lam-viec/thu-tuc".to_owned(), Note::new("onestop-build-thrown")))
}

pub(super) async fn into_force(ctx: Ctx, Path(code): Path<String>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = enact(&ctx, &tx, &code, &sent).await;
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => pages::again(&ctx, &code, &sent, error).await,
    }
}

async fn enact(ctx: &Ctx, tx: &Tx, code: &str, sent: &Form) -> Result<(String, Note)> {
    let one: Working = working::open(ctx, tx, code, sent.revision()?).await?;
    if one.revision == 0 {
        return Err(Error::invalid("onestop-build-unchanged"));
    }
    let from = sent.date("tu-ngay")?.ok_or_else(|| Error::field("tu-ngay", "error-date"))?;
    if !check::faults(&one.procedure, &FieldNames::load(ctx)?.all()).is_empty() {
        return Err(Error::invalid("onestop-build-not-yet"));
    }
    let text = write::write(&one.procedure).text;
    let procedure = file::parse(&text).map_err(|wrong| Error::internal(format!("{code}: {wrong:?}")))?;
    file_put(ctx, tx, &procedure, &text, from).await?;
    store::delete(ctx, tx, code).await?;
    Ok(("/lam-viec/thu-tuc".to_owned(), Note::new("onestop-file-kept")))
}
