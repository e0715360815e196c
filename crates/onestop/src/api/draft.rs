//! A resident's drafts: begun with what is known, saved with what is wrong, sent when nothing is.

use super::body::{DossierBody, PaperBody, papers};
use super::once::{Begun, begin as once_begin, id_of, settle};
use crate::behalf::{self, Ground};
use crate::dossier::{self, Draft, draft_find, draft_open, draft_save, drafts};
use crate::form::check;
use crate::form::model::{Answers, Form};
use crate::procedure::catalogue;
use crate::resident::{SHOWN, fresh};
use axum::Json;
use axum::extract::Path;
use chrono::{DateTime, Utc};
use http::StatusCode;
use platform::http::Problem;
use platform::{Ctx, Error, FieldError, Kind, Message, Result, Uuid};
use serde_json::Value;

/// No answer is longer.
const LONGEST: usize = 20_000;

/// A draft in a list.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct DraftLine {
    id: Uuid,
    procedure: String,
    /// Its form and papers are told by `/api/v1/procedures/{code}` while this version is in force.
    procedure_digest: String,
    updated_at: DateTime<Utc>,
    /// Send it back when saving.
    revision: i64,
}

/// Something that keeps a draft from being sent.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct Lack {
    /// A field, or a paper as `giay-KEY`.
    field: String,
    message: String,
}

/// A draft whole.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct DraftBody {
    #[serde(flatten)]
    line: DraftLine,
    /// For whom; the own person, or somebody for whom the reader files.
    person_id: Option<Uuid>,
    /// Why the reader may file for them: own, parent, agreed or team. Nothing when they may no longer.
    #[schema(value_type = Option<String>)]
    ground: Option<Ground>,
    #[schema(value_type = Object)]
    answers: Answers,
    papers: Vec<PaperBody>,
    /// Wrong and missing answers and papers; empty when it can be sent.
    lacks: Vec<Lack>,
}

/// A draft to begin.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftNew {
    /// The code of a procedure that can be prepared here.
    procedure: String,
    /// Somebody of the own household (`/api/v1/procedures/{code}/applicants`), or of the own village for whom a member of the
    /// team files; left out for oneself.
    person: Option<Uuid>,
    /// Answers on top of what is known already.
    #[serde(default)]
    #[schema(value_type = Object)]
    answers: Answers,
}

/// All answers of a draft.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftSave {
    /// The revision that the draft had when it was read.
    revision: i64,
    /// In place of all answers of before. Wrong ones are kept too and told in `lacks`.
    #[schema(value_type = Object)]
    answers: Answers,
}

/// What is declared with a dossier.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// Everything is true.
    #[serde(default)]
    declare: bool,
    /// The person for whom somebody else files agreed.
    #[serde(default)]
    consent: bool,
}

fn line(one: &Draft) -> DraftLine {
    DraftLine {
        id: one.id,
        procedure: one.procedure_code.clone(),
        procedure_digest: one.procedure_digest.clone(),
        updated_at: one.updated_at,
        revision: one.revision,
    }
}

async fn body(ctx: &Ctx, id: Uuid) -> Result<Json<DraftBody>> {
    let one = draft_find(ctx, &ctx.app.db, id).await?;
    let procedure = one.procedure(ctx).await?;
    let lacks = dossier::lacking(ctx, &ctx.app.db, &one, &procedure).await?;
    let lack = |one: FieldError| Lack { field: one.field.to_string(), message: one.message.text(ctx.t()) };
    Ok(Json(DraftBody {
        line: line(&one),
        person_id: one.person_id,
        ground: behalf::of_draft(ctx, &one).await?.map(|whom| whom.ground),
        papers: papers(ctx, &dossier::papers(ctx, &ctx.app.db, id).await?).await?,
        lacks: lacks.into_iter().map(lack).collect(),
        answers: one.answers,
    }))
}

/// The reader's drafts, newest first.
#[utoipa::path(get, path = "/api/v1/drafts", tag = "onestop", security(("token" = [])), responses((status = 200, body = Vec<DraftLine>)))]
pub async fn list(ctx: Ctx) -> Result<Json<Vec<DraftLine>>> {
    Ok(Json(drafts(&ctx).await?.iter().map(line).collect()))
}

/// Begins a draft with what the registry knows.
#[utoipa::path(post, path = "/api/v1/drafts", tag = "onestop", security(("token" = [])),
    params(("Idempotency-Key" = Uuid, Header, description = "The same key leads to the same draft")), request_body = DraftNew,
    responses((status = 200, body = DraftBody), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn begin(ctx: Ctx, Json(sent): Json<DraftNew>) -> Result<Json<DraftBody>> {
    let (key, tx) = match once_begin(&ctx).await? {
        Begun::Again(url) => return body(&ctx, id_of(&url)?).await,
        Begun::First(key, tx) => (key, tx),
    };
    let done = async {
        let catalogue = catalogue(&ctx).await?;
        let in_force =
            catalogue.get(&sent.procedure).map_err(|_| Error::field("procedure", "error-choose"))?;
        if !in_force.procedure.by_phone() || !in_force.procedure.alone() {
            return Err(Error::field("procedure", "error-choose"));
        }
        let known = fresh(&ctx, &sent.procedure, sent.person).await;
        let (procedure, mut answers, whom) = known.map_err(|error| match error.kind {
            Kind::NotFound => Error::field("person", "error-choose"),
            _ => error,
        })?;
        if let Some(form) = &procedure.form {
            answers.extend(cleaned(form, sent.answers)?);
        }
        if !whom.own() {
            audit::viewed(&ctx, &tx, &[whom.person], "procedure", SHOWN).await?;
        }
        draft_open(&ctx, &tx, in_force, Some(whom.person), answers).await
    };
    let done = done.await;
    let id = settle(&ctx, key, tx, done, |id| format!("/api/v1/drafts/{id}")).await?;
    body(&ctx, id).await
}

/// One draft, with what is still lacking.
#[utoipa::path(get, path = "/api/v1/drafts/{id}", tag = "onestop", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = DraftBody), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<DraftBody>> {
    body(&ctx, id).await
}

/// Saves all answers. What depends on another answer and is not asked goes.
#[utoipa::path(put, path = "/api/v1/drafts/{id}", tag = "onestop", security(("token" = [])), params(("id" = Uuid, Path)),
    request_body = DraftSave, responses((status = 200, body = DraftBody),
        (status = 409, description = "It was saved elsewhere meanwhile", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A field that the form does not have", body = Problem, content_type = "application/problem+json")))]
pub async fn save(ctx: Ctx, Path(id): Path<Uuid>, Json(sent): Json<DraftSave>) -> Result<Json<DraftBody>> {
    let tx = ctx.begin().await?;
    let done = async {
        let mut draft = draft_find(&ctx, &tx, id).await?;
        let procedure = crate::procedure::pinned(&ctx, &tx, &draft.procedure_digest).await?;
        let form = procedure.form.as_ref().ok_or_else(Error::not_found)?;
        draft.answers = cleaned(form, sent.answers)?;
        check::drop_hidden(form, &mut draft.answers);
        draft.revision = sent.revision;
        draft_save(&ctx, &tx, &draft).await
    };
    match done.await {
        Ok(()) => tx.commit().await?,
        Err(error) => {
            tx.rollback().await?;
            return Err(error);
        }
    }
    body(&ctx, id).await
}

/// Answers as a page would keep them: known fields, short and clean texts, nothing empty.
///
/// # Errors
/// At fields that the form does not have, and at what is no single value.
fn cleaned(form: &Form, sent: Answers) -> Result<Answers> {
    let mut wrong = Vec::new();
    let mut answers = Answers::new();
    for (key, value) in sent {
        let mut refuse = |message: Message| wrong.push(FieldError { field: key.clone().into(), message });
        match value {
            _ if form.field(&key).is_none() => refuse(Message::new("onestop-wrong-unknown")),
            Value::Array(_) | Value::Object(_) => refuse(Message::new("onestop-wrong-type")),
            Value::String(text) if text.chars().count() > LONGEST => {
                refuse(Message::new("error-too-long").with("limit", LONGEST));
            }
            Value::String(text) => {
                let text = text.lines().map(vntext::clean).collect::<Vec<_>>().join("\n").trim().to_owned();
                if !text.is_empty() {
                    answers.insert(key, text.into());
                }
            }
            Value::Null => {}
            other => drop(answers.insert(key, other)),
        }
    }
    if wrong.is_empty() { Ok(answers) } else { Err(Error::fields(wrong)) }
}

/// Sends the draft with all acts that were added to it: each becomes a dossier. The answer is the first one.
#[utoipa::path(post, path = "/api/v1/drafts/{id}/submit", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "The same key leads to the same dossier")),
    request_body = Declared, responses((status = 200, body = DossierBody),
        (status = 422, description = "What is wrong or missing, at its field or paper", body = Problem, content_type = "application/problem+json")))]
pub async fn submit(ctx: Ctx, Path(id): Path<Uuid>, Json(sent): Json<Declared>) -> Result<Json<DossierBody>> {
    let (key, tx) = match once_begin(&ctx).await? {
        Begun::Again(url) => {
            return Ok(Json(DossierBody::of(&dossier::find(&ctx, &ctx.app.db, id_of(&url)?).await?)));
        }
        Begun::First(key, tx) => (key, tx),
    };
    let done = async {
        let draft = draft_find(&ctx, &tx, id).await?;
        if !sent.declare {
            return Err(Error::field("declare", "onestop-declare-empty"));
        }
        behalf::declared(&ctx, &draft, ("consent", sent.consent)).await?;
        let sent = crate::linked::submit(&ctx, &tx, draft).await?;
        sent.into_iter().next().ok_or_else(|| Error::internal("nothing was sent"))
    };
    let done = done.await;
    let one = settle(&ctx, key, tx, done, dossier::Dossier::own_path).await?;
    Ok(Json(DossierBody::of(&one)))
}

/// Which act is added.
#[derive(serde::Deserialize, utoipa::ToSchema)]
pub struct LinkSent {
    /// A procedure that the draft's own names as linked.
    procedure: String,
}

/// Adds a linked act to the application: a draft of its own, filled with what is answered already. It is sent with the
/// first one.
#[utoipa::path(post, path = "/api/v1/drafts/{id}/linked", tag = "onestop", security(("token" = [])), request_body = LinkSent,
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "The same key leads to the same draft")),
    responses((status = 200, body = DraftBody),
        (status = 409, description = "The draft was added to another one itself", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn link(ctx: Ctx, Path(id): Path<Uuid>, Json(sent): Json<LinkSent>) -> Result<Json<DraftBody>> {
    let (key, tx) = match once_begin(&ctx).await? {
        Begun::Again(url) => return body(&ctx, id_of(&url)?).await,
        Begun::First(key, tx) => (key, tx),
    };
    let done = async {
        let draft = draft_find(&ctx, &tx, id).await?;
        crate::linked::add(&ctx, &tx, &draft, &sent.procedure).await
    };
    let done = done.await.map_err(|error| error.renamed(&[("thu-tuc", "procedure")]));
    let added = settle(&ctx, key, tx, done, |id| format!("/api/v1/drafts/{id}")).await?;
    body(&ctx, added).await
}

/// Throws a draft away, with what was added to it.
#[utoipa::path(delete, path = "/api/v1/drafts/{id}", tag = "onestop", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn throw_away(ctx: Ctx, Path(id): Path<Uuid>) -> Result<StatusCode> {
    let tx = ctx.begin().await?;
    let done = match draft_find(&ctx, &tx, id).await {
        Ok(draft) => crate::linked::throw_away(&ctx, &tx, draft.id).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => tx.commit().await?,
        Err(error) => {
            tx.rollback().await?;
            return Err(error);
        }
    }
    Ok(StatusCode::NO_CONTENT)
}
