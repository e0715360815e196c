//! The leaders' list, and answering.

use super::model::Complaint;
use super::rules::{self, Answering};
use super::{page, store};
use crate::dossier::{self, Given};
use crate::procedure::pinned;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid};
use std::collections::HashMap;
use ui::{FieldErrors, Html, Shell};

const PATH: &str = "/lam-viec/khieu-nai";
const SHOWN: i64 = 200;

struct Line {
    url: String,
    name: String,
    line: String,
    badge: Html,
    late: bool,
}

#[derive(Template)]
#[template(path = "complaints.html")]
struct ListPage {
    shell: Shell,
    tabs: Vec<(String, String)>,
    here: String,
    lines: Vec<Line>,
}

pub(super) async fn list(ctx: Ctx, Query(query): Query<HashMap<String, String>>) -> Result<Response> {
    let t = ctx.t();
    let over = query.get("xem").is_some_and(|word| word == "da-xong");
    let mut lines = Vec::new();
    let all = store::list(&ctx, !over, SHOWN).await?;
    let ids: Vec<Uuid> = all.iter().map(|one| one.dossier_id).collect();
    let found = if ids.is_empty() { Vec::new() } else { dossier::by_ids(&ctx, &ctx.app.db, &ids).await? };
    let codes: HashMap<Uuid, String> = found.into_iter().map(|one| (one.id, one.code)).collect();
    for one in all {
        let (status, word) = one.badge(ctx.now);
        let code = codes.get(&one.dossier_id).cloned().unwrap_or_default();
        lines.push(Line {
            url: one.path(),
            name: format!("{}: {code}", t.t(one.kind.text_key())),
            line: t.s("onestop-complaint-until", "day", &t.moment(one.due_at)),
            badge: status.badge(&t.t(word)),
            late: status == ui::Status::Late,
        });
    }
    let done = format!("{PATH}?xem=da-xong");
    let page = ListPage {
        shell: Shell::of(&ctx, "onestop-complaints").await?,
        here: if over { done.clone() } else { PATH.to_owned() },
        tabs: vec![
            (PATH.to_owned(), t.t("onestop-complaint-state-open")),
            (done, t.t("onestop-complaints-over")),
        ],
        lines,
    };
    Ok(html(ui::render(&page)?))
}

#[derive(Template)]
#[template(path = "complaint-desk.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    kind: String,
    badge: Html,
    facts: Vec<(String, String)>,
    dossier_url: String,
    code: String,
    body: String,
    files: Vec<(String, String)>,
    answer: String,
    apologised: bool,
    open: bool,
    late: bool,
    typed: String,
    sorry: bool,
    key: String,
    revision: i64,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    Ok(html(ui::render(&shown(&ctx, one).await?)?))
}

/// The page shows personal data: the look stands in the record before the answer.
async fn shown(ctx: &Ctx, one: Complaint) -> Result<ShowPage> {
    let t = ctx.t();
    let dossier = dossier::find(&crate::whole(ctx), &ctx.app.db, one.dossier_id).await?;
    crate::desk::opened(ctx, &dossier).await?;
    let procedure = pinned(ctx, &ctx.app.db, &dossier.procedure_digest).await?;
    let shell = Shell::of(ctx, "onestop-complaint").await?;
    let shell = shell.crumb(t.t("onestop-complaints"), PATH).crumb(&dossier.code, "");
    let ids: Vec<Uuid> = [one.about_id, one.answered_by].into_iter().flatten().collect();
    let names = if ids.is_empty() { HashMap::new() } else { identity::account_names(ctx, &ids).await? };
    let name = |id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    let (status, word) = one.badge(ctx.now);
    let late = rules::late(ctx, &dossier);
    let fact = |key: &str, value: String| (t.t(key), value);
    let facts = [
        fact("onestop-procedure", procedure.name.of(ctx.lang).to_owned()),
        fact("onestop-applicant-name", dossier.applicant_name.clone()),
        fact("onestop-applicant-phone", dossier.applicant_phone.clone()),
        fact("onestop-complaint-sent-at", t.moment(one.sent_at)),
        fact("onestop-complaint-answer-by", t.moment(one.due_at)),
        fact("onestop-due-at", dossier.due_at.map(|due| t.moment(due)).unwrap_or_default()),
        fact("onestop-complaint-about", name(one.about_id)),
        fact("onestop-complaint-answered-by", name(one.answered_by)),
        fact(
            "onestop-complaint-rated-as",
            one.rating.map(|rating| t.t(&format!("onestop-rating-{rating}"))).unwrap_or_default(),
        ),
    ];
    Ok(ShowPage {
        files: page::files(ctx, &dossier, &one, &one.path()).await?,
        path: one.path(),
        kind: t.t(one.kind.text_key()),
        badge: status.badge(&t.t(word)),
        facts: facts.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
        dossier_url: if ctx.may("dossier.show") { dossier.path() } else { String::new() },
        code: dossier.code,
        open: one.open(),
        apologised: one.apology,
        late,
        typed: String::new(),
        sorry: late,
        key: ctx.new_id().to_string(),
        revision: one.revision,
        body: one.body,
        answer: one.answer,
        errors: FieldErrors::default(),
        wrong: String::new(),
        shell,
    })
}

pub(super) async fn file(ctx: Ctx, Path((id, paper)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    page::came_with(&ctx, one.dossier_id, &one, paper).await?;
    let dossier = dossier::find(&crate::whole(&ctx), &ctx.app.db, one.dossier_id).await?;
    crate::desk::opened(&ctx, &dossier).await?;
    crate::resident::shown(&ctx, dossier.id, paper, &[Given::Complaint]).await
}

pub(super) async fn answer(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = match sent.revision() {
        Ok(revision) => {
            let apology = sent.ticked("xin-loi");
            let said = Answering { revision, text: sent.text("tra-loi"), apology };
            rules::answer(&ctx, &tx, id, said).await
        }
        Err(error) => Err(error),
    };
    let done = done.map(|_| (PATH.to_owned(), Note::new("onestop-complaint-answer-sent")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict) => {
            again(&ctx, id, &sent, &error).await
        }
        Err(error) => Err(error),
    }
}

async fn again(ctx: &Ctx, id: Uuid, sent: &Form, error: &Error) -> Result<Response> {
    let mut page = shown(ctx, store::find(ctx, &ctx.app.db, id).await?).await?;
    page.errors = FieldErrors::from_error(error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    page.typed = sent.text("tra-loi").to_owned();
    page.sorry = sent.ticked("xin-loi");
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}
