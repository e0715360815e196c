//! The asker's side: the form, what was asked so far, taking back.

use super::model::Opinion;
use super::policy::Policy;
use super::rules::{self, Asking};
use super::store;
use crate::desk::end_of;
use crate::dossier::{self, Dossier, Given};
use crate::form::view::Part;
use crate::procedure::pinned;
use crate::story::{self, FileLine};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Tx, Uuid};
use std::collections::HashMap;
use ui::{FieldErrors, Html, Shell};

/// An opinion on the page of its dossier.
pub(crate) struct Line {
    pub who: String,
    pub question: String,
    pub due: String,
    pub badge: Html,
    pub answer: String,
    /// What came with the answer.
    pub files: Vec<(String, String)>,
    /// Where a POST takes it back and the key of its form; `""` when the reader may not.
    pub back: String,
    pub key: String,
}

impl Line {
    pub fn files(&self) -> &[(String, String)] {
        &self.files
    }
}

/// Everybody's opinions on a dossier, the newest first, and whether the reader may ask for another.
pub(crate) async fn lines(ctx: &Ctx, one: &Dossier) -> Result<(Vec<Line>, bool)> {
    let all = store::of_dossier(ctx, &ctx.app.db, one.id).await?;
    let ids: Vec<Uuid> = all.iter().map(|opinion| opinion.asked_of).collect();
    let names = if ids.is_empty() { HashMap::new() } else { identity::account_names(ctx, &ids).await? };
    let given = if all.is_empty() {
        Vec::new()
    } else {
        dossier::given(ctx, &ctx.app.db, one.id, Given::Opinion).await?
    };
    let t = ctx.t();
    let mut lines = Vec::new();
    for opinion in all.into_iter().rev() {
        let mut files = Vec::new();
        for row in given.iter().filter(|row| row.paper_key == opinion.id.to_string()) {
            let file = platform::files::find(ctx, &ctx.app.db, row.file_id).await?;
            files.push((format!("{}/giay/{}", one.path(), row.id), file.name));
        }
        let (status, word) = opinion.badge(ctx.now);
        lines.push(Line {
            who: names.get(&opinion.asked_of).cloned().unwrap_or_default(),
            due: t.moment(opinion.due_at),
            badge: status.badge(&t.t(word)),
            back: back(ctx, one, &opinion),
            key: ctx.new_id().to_string(),
            question: opinion.question,
            answer: opinion.answer,
            files,
        });
    }
    Ok((lines, rules::may_ask(ctx, one)))
}

fn back(ctx: &Ctx, one: &Dossier, opinion: &Opinion) -> String {
    let me = ctx.account_or_none();
    let may = ctx.may("dossier.work") && (me == Some(opinion.asked_by) || me == one.holder_id);
    if may && opinion.waits() { format!("{}/y-kien/{}/rut", one.path(), opinion.id) } else { String::new() }
}

/// What was typed, for the form that comes back.
#[derive(Default)]
struct Typed {
    of: String,
    question: String,
    due: String,
    fields: Vec<String>,
    papers: Vec<String>,
}

#[derive(Template)]
#[template(path = "opinion-ask.html")]
struct AskPage {
    shell: Shell,
    path: String,
    code: String,
    promised: String,
    people: Vec<(String, String)>,
    parts: Vec<Part>,
    papers: Vec<(String, FileLine)>,
    typed: Typed,
    key: String,
    revision: i64,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn form(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    if !rules::may_ask(&ctx, &one) {
        return Err(Error::conflict("onestop-opinion-hold-first"));
    }
    crate::desk::opened(&ctx, &one).await?;
    Ok(html(ui::render(&page(&ctx, one, Typed::default(), None).await?)?))
}

async fn page(ctx: &Ctx, one: Dossier, typed: Typed, error: Option<&Error>) -> Result<AskPage> {
    let t = ctx.t();
    let procedure = pinned(ctx, &ctx.app.db, &one.procedure_digest).await?;
    let shell = Shell::of(ctx, "onestop-opinion-ask").await?;
    let shell = shell.crumb(t.t("onestop-menu-list"), "/lam-viec/mot-cua").crumb(&one.code, &one.path());
    let shell = shell.crumb(t.t("onestop-opinion-ask"), "");
    let candidates = Policy::load(ctx)?.candidates(ctx, &one).await?;
    let people = candidates.into_iter().map(|who| {
        let role = t.t(&identity::role::text_key(&who.role));
        (who.id.to_string(), format!("{} – {role}", who.name))
    });
    let rows = dossier::papers(ctx, &ctx.app.db, one.id).await?;
    let files = story::file_lines(ctx, &procedure, &rows, &one.path()).await?;
    let mut parts = story::answers(ctx, &procedure, &one)?;
    for part in &mut parts {
        part.lines.retain(|line| !line.value.is_empty());
    }
    parts.retain(|part| !part.lines.is_empty());
    let wrong = error.filter(|error| error.fields.is_empty()).map(|error| error.message.text(t));
    Ok(AskPage {
        shell,
        path: one.path(),
        code: one.code,
        promised: one.due_at.map(|due| t.moment(due)).unwrap_or_default(),
        people: people.collect(),
        parts,
        papers: rows.iter().map(|row| row.id.to_string()).zip(files).collect(),
        typed,
        key: ctx.new_id().to_string(),
        revision: one.revision,
        errors: error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t)),
        wrong: wrong.unwrap_or_default(),
    })
}

pub(super) async fn send(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = carry_out(&ctx, &tx, id, &sent).await;
    let done = done.map(|url| (url, Note::new("onestop-opinion-asked")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict) => {
            let one = dossier::find(&ctx, &ctx.app.db, id).await?;
            let all = |name: &str| sent.all(name).map(str::to_owned).collect();
            let typed = Typed {
                of: sent.text("nguoi-hoi").to_owned(),
                question: sent.text("cau-hoi").to_owned(),
                due: sent.text("han").to_owned(),
                fields: all("cho-xem"),
                papers: all("cho-xem-giay"),
            };
            let page = page(&ctx, one, typed, Some(&error)).await?;
            Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn carry_out(ctx: &Ctx, tx: &Tx, id: Uuid, sent: &Form) -> Result<String> {
    let asking = Asking {
        of: sent.id("nguoi-hoi")?,
        question: sent.text("cau-hoi").to_owned(),
        due: end_of(ctx, sent, "han")?,
        fields: sent.all("cho-xem").map(str::to_owned).collect(),
        papers: sent.all("cho-xem-giay").filter_map(|id| id.parse().ok()).collect(),
    };
    let opinion = rules::ask(ctx, tx, id, sent.revision()?, asking).await?;
    Ok(format!("/lam-viec/mot-cua/{}", opinion.dossier_id))
}

pub(super) async fn take_back(
    ctx: Ctx,
    Path((id, opinion)): Path<(Uuid, Uuid)>,
    sent: Form,
) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::take_back(&ctx, &tx, id, opinion).await;
    let done = done.map(|_| (format!("/lam-viec/mot-cua/{id}"), Note::new("onestop-opinion-taken-back")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => crate::desk::again(&ctx, id, error).await,
    }
}
