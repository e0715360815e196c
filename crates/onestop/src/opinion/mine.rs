//! "Chờ ý kiến của tôi": what was asked of the reader, answering, declining.

use super::model::Opinion;
use super::seen::{Seen, seen};
use super::{rules, store};
use crate::dossier::{self, ACCEPT, Given};
use crate::form::view::Part;
use crate::story::FileLine;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::files::{self, Prepared};
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid};
use ui::{FieldErrors, Html, Shell};

const SHOWN: i64 = 100;
const OVER_SHOWN: i64 = 20;

struct Line {
    url: String,
    question: String,
    due: String,
    badge: Html,
    late: bool,
}

#[derive(Template)]
#[template(path = "opinions.html")]
struct ListPage {
    shell: Shell,
    waiting: Vec<Line>,
    over: Vec<Line>,
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    let line = |one: Opinion| {
        let (status, word) = one.badge(ctx.now);
        Line {
            url: one.path(),
            due: ctx.t().moment(one.due_at),
            badge: status.badge(&ctx.t().t(word)),
            late: status == ui::Status::Late,
            question: one.question,
        }
    };
    let page = ListPage {
        shell: Shell::of(&ctx, "onestop-opinion-mine").await?,
        waiting: store::mine(&ctx, true, SHOWN).await?.into_iter().map(line).collect(),
        over: store::mine(&ctx, false, OVER_SHOWN).await?.into_iter().map(line).collect(),
    };
    Ok(html(ui::render(&page)?))
}

#[derive(Template)]
#[template(path = "opinion.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    badge: Html,
    procedure: String,
    code: String,
    subject: String,
    applicant: String,
    asker: String,
    due: String,
    question: String,
    parts: Vec<Part>,
    papers: Vec<FileLine>,
    answer: String,
    waits: bool,
    /// The dossier's page, for those who may see it all.
    whole: String,
    keys: [String; 2],
    typed: String,
    typed_why: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let opinion = store::own(&ctx, &ctx.app.db, id).await?;
    Ok(html(ui::render(&page(&ctx, opinion).await?)?))
}

/// The page shows personal data: the look stands in the record before the answer.
async fn page(ctx: &Ctx, opinion: Opinion) -> Result<ShowPage> {
    let t = ctx.t();
    let seen = seen(ctx, &opinion).await?;
    crate::desk::opened(ctx, &seen.dossier).await?;
    let Seen { dossier: one, procedure, parts, papers } = seen;
    let shell = Shell::of(ctx, "onestop-opinion-give").await?;
    let shell = shell.crumb(t.t("onestop-opinion-mine"), "/lam-viec/y-kien").crumb(&one.code, "");
    let (status, word) = opinion.badge(ctx.now);
    Ok(ShowPage {
        path: opinion.path(),
        badge: status.badge(&t.t(word)),
        procedure: procedure.name.of(ctx.lang).to_owned(),
        asker: identity::account_names(ctx, &[opinion.asked_by])
            .await?
            .remove(&opinion.asked_by)
            .unwrap_or_default(),
        due: t.moment(opinion.due_at),
        waits: opinion.waits(),
        whole: if ctx.may("dossier.show") { one.path() } else { String::new() },
        question: opinion.question,
        answer: opinion.answer,
        keys: [ctx.new_id().to_string(), ctx.new_id().to_string()],
        code: one.code,
        subject: one.subject,
        applicant: one.applicant_name,
        parts,
        papers,
        typed: String::new(),
        typed_why: String::new(),
        errors: FieldErrors::default(),
        wrong: String::new(),
        shell,
    })
}

/// A page that the asker shared. The look is recorded.
pub(super) async fn file(ctx: Ctx, Path((id, paper)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let opinion = store::own(&ctx, &ctx.app.db, id).await?;
    if !opinion.shared.papers.contains(&paper) {
        return Err(Error::not_found());
    }
    let one = dossier::find(&crate::whole(&ctx), &ctx.app.db, opinion.dossier_id).await?;
    crate::desk::opened(&ctx, &one).await?;
    crate::resident::shown(&ctx, one.id, paper, &[Given::Paper]).await
}

/// The file that came with a form, if there is one.
pub(crate) async fn with_file(ctx: &Ctx, sent: &Form) -> Result<Option<Prepared>> {
    let Some(upload) = sent.uploads.first() else { return Ok(None) };
    let file = files::prepare(ctx, upload.name.clone(), upload.bytes.clone(), ACCEPT).await;
    file.map(Some).map_err(|error| Error::field("tep", error.message))
}

pub(super) async fn answer(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let file = match with_file(&ctx, &sent).await {
        Ok(file) => file,
        Err(error) => return again(&ctx, id, &sent, error).await,
    };
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::answer(&ctx, &tx, id, sent.text("y-kien"), file.as_ref()).await;
    let done = done.map(|_| ("/lam-viec/y-kien".to_owned(), Note::new("onestop-opinion-given")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, &sent, error).await,
    }
}

pub(super) async fn decline(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = rules::decline(&ctx, &tx, id, sent.text("ly-do")).await;
    let done = done.map(|_| ("/lam-viec/y-kien".to_owned(), Note::new("onestop-opinion-refused")));
    match settle(&ctx, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, id, &sent, error).await,
    }
}

async fn again(ctx: &Ctx, id: Uuid, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let opinion = store::own(ctx, &ctx.app.db, id).await?;
    let mut page = page(ctx, opinion).await?;
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    page.typed = sent.text("y-kien").to_owned();
    page.typed_why = sent.text("ly-do").to_owned();
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}
