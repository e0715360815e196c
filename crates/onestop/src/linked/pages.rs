//! What is asked for at the same time, on the pages of a draft and of a dossier.

use super::{rules, store};
use crate::dossier::{self, Dossier, Draft, draft_find};
use crate::procedure::model::Kind;
use crate::procedure::{Procedure, catalogue, pinned};
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Error, FieldError, Result, Run, Uuid};
use std::collections::HashMap;
use ui::Html;

/// An act that was added to the application.
pub(crate) struct Added {
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub url: String,
    pub badge: Html,
    pub key: String,
}

/// An act that may be added.
pub(crate) struct Offered {
    pub code: String,
    pub name: String,
    pub summary: String,
    pub key: String,
}

/// The part of the review that is about linked acts.
#[derive(Default)]
pub(crate) struct Panel {
    pub added: Vec<Added>,
    pub offered: Vec<Offered>,
    /// Acts that another office does: name and address of the page that tells how.
    pub guided: Vec<(String, String)>,
    /// Where the application is sent from, when this draft was added to another one.
    pub main_url: String,
}

/// What was added to a draft and what may be.
pub(crate) async fn panel(ctx: &Ctx, draft: &Draft, procedure: &Procedure) -> Result<Panel> {
    let db = &ctx.app.db;
    if let Some(main) = store::main_of(ctx, db, draft.id).await? {
        let main_url = format!("/ho-so-cua-toi/nhap/{main}?phan=xem-lai");
        return Ok(Panel { main_url, ..Panel::default() });
    }
    let mut panel = Panel::default();
    let t = ctx.t();
    for id in store::members(ctx, db, draft.id).await? {
        let one = draft_find(ctx, db, id).await?;
        let procedure = one.procedure(ctx).await?;
        let lacks = dossier::lacking(ctx, db, &one, &procedure).await?;
        let badge = match i64::try_from(lacks.len()).unwrap_or(0) {
            0 => ui::Status::Done.badge(&t.t("onestop-linked-ready")),
            count => ui::Status::Waiting.badge(&t.n("onestop-linked-missing", "count", count)),
        };
        panel.added.push(Added {
            id,
            code: one.procedure_code.clone(),
            name: procedure.name.of(ctx.lang).to_owned(),
            url: next(&one, &procedure, &lacks),
            badge,
            key: ctx.new_id().to_string(),
        });
    }
    let catalogue = catalogue(ctx).await?;
    for one in procedure.linked.iter().filter_map(|code| catalogue.all.get(code)) {
        let (code, name) = (&one.procedure.code, one.procedure.name.of(ctx.lang).to_owned());
        if panel.added.iter().any(|added| added.code == *code) {
            continue;
        }
        if one.procedure.kind == Kind::Guide {
            panel.guided.push((name, format!("/thu-tuc/{code}")));
        } else if one.procedure.by_phone() {
            let summary = one.procedure.summary.of(ctx.lang).to_owned();
            panel.offered.push(Offered { code: code.clone(), name, summary, key: ctx.new_id().to_string() });
        }
    }
    Ok(panel)
}

/// The step at which something is missing first; the review when nothing is.
pub(crate) fn next(one: &Draft, procedure: &Procedure, lacks: &[FieldError]) -> String {
    let form = procedure.form.as_ref();
    let section = lacks.iter().filter_map(|lack| form.and_then(|form| form.section_of(&lack.field))).min();
    let step = match section {
        Some(at) => at.to_string(),
        None if lacks.is_empty() => "xem-lai".to_owned(),
        None => "giay".to_owned(),
    };
    format!("{}?phan={step}", one.path())
}

/// Where an added act is to be filled in further.
pub(crate) fn begun(panel: &Panel, field: &str) -> Option<String> {
    let code = field.strip_prefix("cung-luc-")?;
    panel.added.iter().find(|one| one.code == code).map(|one| one.url.clone())
}

pub(super) async fn add(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = async {
        let draft = draft_find(&ctx, &tx, id).await?;
        let added = rules::add(&ctx, &tx, &draft, sent.text("thu-tuc")).await?;
        let added = draft_find(&ctx, &tx, added).await?;
        let procedure = pinned(&ctx, &tx, &added.procedure_digest).await?;
        let lacks = dossier::lacking(&ctx, &tx, &added, &procedure).await?;
        Ok((next(&added, &procedure, &lacks), Note::new("onestop-linked-added")))
    };
    let done = done.await;
    settle(&ctx, key, tx, done).await?
}

pub(super) async fn drop(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = async {
        let draft = draft_find(&ctx, &tx, id).await?;
        let one = sent.id("ho-so")?.ok_or_else(Error::not_found)?;
        if store::main_of(&ctx, &tx, one).await? != Some(draft.id) {
            return Err(Error::not_found());
        }
        rules::throw_away(&ctx, &tx, one).await?;
        Ok((format!("{}?phan=xem-lai", draft.path()), Note::new("onestop-linked-dropped")))
    };
    let done = done.await;
    settle(&ctx, key, tx, done).await?
}

/// Another dossier of the same application.
pub(crate) struct Sister {
    pub name: String,
    pub code: String,
    pub badge: Html,
    /// For the office.
    pub path: String,
    /// For the applicant.
    pub own_path: String,
    /// The promised moment; `""` before it is received.
    pub due: String,
}

/// The other dossiers of the application that this one came with. The caller has found this one within the reader's scope.
pub(crate) async fn sisters(ctx: &Ctx, on: &impl Run, one: &Dossier) -> Result<Vec<Sister>> {
    let main = store::main_of(ctx, on, one.id).await?.unwrap_or(one.id);
    let mut ids = store::members(ctx, on, main).await?;
    ids.push(main);
    ids.retain(|id| *id != one.id);
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found: HashMap<Uuid, Dossier> =
        dossier::by_ids(ctx, on, &ids).await?.into_iter().map(|one| (one.id, one)).collect();
    ids.sort_unstable();
    let mut sisters = Vec::new();
    for one in ids.iter().filter_map(|id| found.get(id)) {
        let procedure = pinned(ctx, on, &one.procedure_digest).await?;
        sisters.push(Sister {
            name: procedure.name.of(ctx.lang).to_owned(),
            code: one.code.clone(),
            badge: crate::story::badge(ctx, one),
            path: one.path(),
            own_path: one.own_path(),
            due: one.due_at.map(|due| ctx.t().moment(due)).unwrap_or_default(),
        });
    }
    Ok(sisters)
}

/// What may be taken in along with a dossier at the counter: name and address of the filled form.
pub(crate) async fn together(
    ctx: &Ctx,
    procedure: &Procedure,
    one: &Dossier,
) -> Result<Vec<(String, String)>> {
    let db = &ctx.app.db;
    let open = one.received_at.is_some() && !one.status.ended() && ctx.may("dossier.counter");
    if !open || procedure.linked.is_empty() || store::main_of(ctx, db, one.id).await?.is_some() {
        return Ok(Vec::new());
    }
    let ids = store::members(ctx, db, one.id).await?;
    let there = if ids.is_empty() { Vec::new() } else { dossier::by_ids(ctx, db, &ids).await? };
    let catalogue = catalogue(ctx).await?;
    let known = procedure.linked.iter().filter_map(|code| catalogue.all.get(code));
    let open = known.filter(|linked| {
        linked.procedure.has_dossiers() && there.iter().all(|one| one.procedure_code != linked.procedure.code)
    });
    let person = one.applicant_person_id.map(|person| format!("&cho={person}")).unwrap_or_default();
    let line = |linked: &crate::procedure::InForce| {
        let url = format!("/lam-viec/quay/{}?cung={}{person}", linked.procedure.code, one.id);
        (linked.procedure.name.of(ctx.lang).to_owned(), url)
    };
    Ok(open.map(line).collect())
}
