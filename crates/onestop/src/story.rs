//! A dossier as it is told: what happened, what comes, in the reader's words.

use crate::dossier::{Dossier, Event, Happened, PaperRow};
use crate::form;
use crate::procedure::Procedure;
use platform::{Ctx, Result, Uuid, files};
use std::collections::HashMap;
use ui::Html;

/// One thing that happened.
pub(crate) struct Told {
    pub at: String,
    pub what: String,
    pub who: String,
    pub note: String,
    pub marks: Vec<(String, String)>,
}

impl Told {
    pub fn marks(&self) -> &[(String, String)] {
        &self.marks
    }
}

/// A page or document with its address.
pub(crate) struct FileLine {
    pub name: String,
    pub what: String,
    pub url: String,
    pub picture: bool,
}

/// What happened, newest first; `public` leaves out what is the office's own affair, and names.
pub(crate) async fn told(
    ctx: &Ctx,
    procedure: &Procedure,
    events: &[Event],
    public: bool,
) -> Result<Vec<Told>> {
    let t = ctx.t();
    let names = if public { HashMap::new() } else { names(ctx, events).await? };
    let name = |id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    let mut told = Vec::new();
    for event in events.iter().rev().filter(|event| !public || event.kind.shown()) {
        let step =
            procedure.step(&event.step).map(|step| step.name.of(ctx.lang).to_owned()).unwrap_or_default();
        let mut what = t.t(event.kind.text_key());
        if matches!(event.kind, Happened::Passed | Happened::SentBack | Happened::Taken) && !step.is_empty() {
            what = format!("{what}: {step}");
        }
        let to = name(event.to_account_id);
        if !to.is_empty() {
            what = format!("{what}: {to}");
        }
        if let (Happened::Received | Happened::Extended, Some(due)) = (event.kind, event.due_at) {
            what = format!("{what}; {}", t.s("onestop-due-on", "day", &t.moment(due)));
        }
        let marks = event.marks();
        let marks = marks.into_iter().map(|(key, why)| (label(ctx, procedure, &key), why)).collect();
        told.push(Told {
            at: t.moment(event.at),
            what,
            who: name(event.account_id),
            // What the registry wrote is named by its id there: for programs, not for readers.
            note: if event.kind == Happened::Recorded { String::new() } else { event.note.clone() },
            marks,
        });
    }
    Ok(told)
}

async fn names(ctx: &Ctx, events: &[Event]) -> Result<HashMap<Uuid, String>> {
    let mut ids: Vec<Uuid> =
        events.iter().flat_map(|one| [one.account_id, one.to_account_id]).flatten().collect();
    ids.sort_unstable();
    ids.dedup();
    identity::account_names(ctx, &ids).await
}

/// The name of a field or paper (`giay-…`) as the applicant knows it.
pub(crate) fn label(ctx: &Ctx, procedure: &Procedure, key: &str) -> String {
    if let Some(paper) = key.strip_prefix("giay-").and_then(|key| procedure.paper(key)) {
        return paper.name.of(ctx.lang).to_owned();
    }
    let field = procedure.form.as_ref().and_then(|form| form.field(key));
    field.map_or_else(|| key.to_owned(), |field| field.label.of(ctx.lang).to_owned())
}

/// The pages of a dossier, each under the paper that it belongs to.
pub(crate) async fn file_lines(
    ctx: &Ctx,
    procedure: &Procedure,
    rows: &[PaperRow],
    path: &str,
) -> Result<Vec<FileLine>> {
    let mut lines = Vec::new();
    for row in rows {
        let file = files::find(ctx, &ctx.app.db, row.file_id).await?;
        let what = match procedure.paper(&row.paper_key) {
            Some(paper) => paper.name.of(ctx.lang).to_owned(),
            None => ctx.t().t("onestop-result"),
        };
        let picture = file.media_type.starts_with("image/");
        lines.push(FileLine { name: file.name, what, url: format!("{path}/giay/{}", row.id), picture });
    }
    Ok(lines)
}

/// The answers, section by section.
pub(crate) fn answers(ctx: &Ctx, procedure: &Procedure, dossier: &Dossier) -> Result<Vec<form::view::Part>> {
    match &procedure.form {
        Some(form) => form::summary(ctx, form, &dossier.answers),
        None => Ok(Vec::new()),
    }
}

/// The status in a badge.
pub(crate) fn badge(ctx: &Ctx, dossier: &Dossier) -> Html {
    dossier.status.badge().badge(&ctx.t().t(dossier.status.text_key()))
}
