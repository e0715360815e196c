//! One dossier for its applicant: the whole story, what to do now, the receipt, withdrawing, rating.

use crate::dossier::{self, Status, events};
use crate::form::view::Part;
use crate::linked::Sister;
use crate::procedure::pinned;
use crate::story::{self, FileLine, Told};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Result, Uuid};
use ui::{Html, Shell};

#[derive(Template)]
#[template(path = "own.html")]
struct OwnPage {
    shell: Shell,
    path: String,
    receipt_url: String,
    answer_url: String,
    code: String,
    subject: String,
    /// Who filed it for the applicant.
    behalf: String,
    badge: Html,
    /// What the applicant must do now: the marked fields and papers.
    asked: Vec<(String, String)>,
    asked_note: String,
    due: String,
    received: bool,
    parts: Vec<Part>,
    papers: Vec<FileLine>,
    results: Vec<FileLine>,
    sisters: Vec<Sister>,
    told: Vec<Told>,
    reason: String,
    fees: Vec<(String, String)>,
    pay: Option<crate::pay::PayBox>,
    complaints: Vec<(String, Html)>,
    complain_url: String,
    may_withdraw: bool,
    may_rate: bool,
    rated: String,
    keys: [String; 2],
    revision: i64,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    let procedure = pinned(&ctx, &ctx.app.db, &one.procedure_digest).await?;
    let t = ctx.t();
    let name = procedure.name.of(ctx.lang);
    let shell = Shell::public(&ctx, name).await?;
    let shell = shell.crumb(t.t("onestop-menu-mine"), "/ho-so-cua-toi").crumb(name, "");
    let all = events(&ctx, &ctx.app.db, id).await?;
    let asked = all.iter().rev().find(|event| event.kind == dossier::Happened::Asked);
    let asked = asked.filter(|_| one.status == Status::Supplement);
    let marks = asked.map(dossier::Event::marks).unwrap_or_default();
    let papers = dossier::papers(&ctx, &ctx.app.db, id).await?;
    let results = dossier::results(&ctx, &ctx.app.db, id).await?;
    let open_results = if one.status.ended() { results } else { Vec::new() };
    let path = one.own_path();
    let page = OwnPage {
        receipt_url: format!("{path}/giay-tiep-nhan"),
        answer_url: format!("{path}/bo-sung"),
        complaints: crate::complaint::told_short(&ctx, &one).await?,
        complain_url: format!("{path}/phan-anh"),
        asked: marks.into_iter().map(|(key, why)| (story::label(&ctx, &procedure, &key), why)).collect(),
        asked_note: asked.map(|event| event.note.clone()).unwrap_or_default(),
        due: one.due_at.filter(|_| !one.status.ended()).map(|due| t.moment(due)).unwrap_or_default(),
        received: one.received_at.is_some(),
        parts: story::answers(&ctx, &procedure, &one)?,
        papers: story::file_lines(&ctx, &procedure, &papers, &path).await?,
        results: story::file_lines(&ctx, &procedure, &open_results, &path).await?,
        sisters: crate::linked::sisters(&ctx, &ctx.app.db, &one).await?,
        told: story::told(&ctx, &procedure, &all, true).await?,
        reason: one.reason.clone(),
        fees: crate::fee::lines(&ctx, &procedure, &one.answers),
        pay: if one.status.ended() { None } else { crate::pay::qr(&ctx, &one).await? },
        may_withdraw: !one.status.ended(),
        may_rate: one.status.ended() && one.status != Status::Withdrawn && one.rating.is_none(),
        rated: one.rating.map(|rating| t.t(&format!("onestop-rating-{rating}"))).unwrap_or_default(),
        keys: [ctx.new_id().to_string(), ctx.new_id().to_string()],
        revision: one.revision,
        badge: story::badge(&ctx, &one),
        behalf: crate::behalf::line(&ctx, &one).await?,
        code: one.code,
        subject: one.subject,
        path,
        shell,
    };
    Ok(html(ui::render(&page)?))
}

pub(super) async fn receipt(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    crate::paperwork::receipt(&ctx, &one).await
}

pub(super) async fn withdraw(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = dossier::withdraw(&ctx, &tx, id, sent.revision()?, sent.text("ly-do")).await;
    let done = done.map(|one| (one.own_path(), Note::new("onestop-withdrawn")));
    settle(&ctx, key, tx, done).await?
}

pub(super) async fn rate(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = dossier::rate(&ctx, &tx, id, sent.revision()?, sent.text("muc"), sent.text("y-kien")).await;
    let done = done.map(|one| (one.own_path(), Note::new("onestop-rated")));
    settle(&ctx, key, tx, done).await?
}
