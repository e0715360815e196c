//! What a bound phone sees: the person's own directives, one of them, and what they may do with it by the rules of tasks.

use super::super::model::{Duty, Part, Source, Task};
use super::super::rules::day_of;
use super::super::store::{self as task_store, Which};
use super::super::story::{self, Told};
use super::super::{act, rules as tasks, show as usual};
use super::model::Phone;
use super::person::put_cookie;
use super::rules;
use crate::incoming;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use platform::http::{Form, Note, Start, html, settle, start};
use platform::{Ctx, Error, Kind, Result, Uuid};
use ui::{FieldErrors, Html, Shell};

struct Line {
    url: String,
    title: String,
    code: String,
    due: String,
    badge: Html,
}

#[derive(Template)]
#[template(path = "link-list.html")]
struct ListPage {
    shell: Shell,
    name: String,
    open: Vec<Line>,
    over: Vec<Line>,
}

#[derive(Template)]
#[template(path = "link-task.html")]
struct TaskPage {
    shell: Shell,
    name: String,
    path: String,
    code: String,
    badge: Html,
    body: String,
    facts: Vec<(String, String)>,
    document: String,
    papers: Vec<incoming::Paper>,
    may_acknowledge: bool,
    may_report: bool,
    done_label: String,
    /// How far it is: what may be chosen, and what is.
    steps: Vec<(String, String)>,
    step: String,
    story: Vec<Told>,
    keys: [String; 2],
    typed: String,
    errors: FieldErrors,
    wrong: String,
}

/// Steps of progress that one may choose with a thumb.
const STEPS: [(i64, &str); 4] = [
    (10, "office-link-step-begun"),
    (25, "office-link-step-some"),
    (50, "office-link-step-half"),
    (75, "office-link-step-most"),
];

/// Nobody is told more than that this phone opens nothing.
async fn here(ctx: &Ctx) -> Result<(Ctx, Phone)> {
    let none = || Error { message: "office-link-phone-none".into(), ..Error::not_found() };
    rules::here(ctx).await?.ok_or_else(none)
}

/// A directive that was given to the person of this phone, with their part.
async fn own(acting: &Ctx, id: Uuid) -> Result<(Task, Part)> {
    let part = task_store::own(acting, &acting.app.db, id).await?.ok_or_else(Error::not_found)?;
    Ok((task_store::find(acting, &acting.app.db, id).await?, part))
}

fn name(acting: &Ctx) -> String {
    acting.actor.as_ref().map(|actor| actor.name.clone()).unwrap_or_default()
}

pub(super) async fn list(ctx: Ctx) -> Result<Response> {
    let (acting, _) = here(&ctx).await?;
    let t = ctx.t();
    let line = |task: &Task| {
        let (status, word) = task.badge(ctx.now);
        Line {
            url: format!("/g/viec/{}", task.id),
            title: task.title.clone(),
            code: task.code.clone(),
            due: task.due_at.map(|due| t.date(day_of(due))).unwrap_or_default(),
            badge: status.badge(&t.t(word)),
        }
    };
    let open = task_store::list(&acting, Which::Mine, None, 50).await?;
    let over = task_store::list(&acting, Which::MineOver, None, 20).await?;
    let page = ListPage {
        shell: Shell::of(&ctx, "office-link-mine").await?,
        name: name(&acting),
        open: open.iter().map(line).collect(),
        over: over.iter().map(line).collect(),
    };
    Ok(html(ui::render(&page)?))
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let (acting, phone) = here(&ctx).await?;
    let (task, part) = own(&acting, id).await?;
    rules::opened(&acting, &phone, &part).await?;
    Ok(html(ui::render(&page(&ctx, &acting, &task, &part).await?)?))
}

/// `ctx` is the visitor, for the frame: the frame of somebody who has signed in has doors that are shut here.
async fn page(ctx: &Ctx, acting: &Ctx, task: &Task, part: &Part) -> Result<TaskPage> {
    let t = ctx.t();
    let path = format!("/g/viec/{}", task.id);
    let shell = Shell::of(ctx, &task.title).await?;
    let names = usual::names(acting, task, std::slice::from_ref(part)).await?;
    let (status, word) = task.badge(ctx.now);
    let (document, mut papers, _) = usual::source(acting, task).await?;
    for paper in &mut papers {
        let file = paper.url.rsplit('/').next().unwrap_or_default();
        paper.url = format!("{path}/van-ban/{file}");
    }
    let doing = part.open && part.duty != Duty::Inform && task.open();
    let done = if part.duty == Duty::Main { "office-report-done" } else { "office-report-part-done" };
    let reached = STEPS.iter().rev().find(|(step, _)| *step <= part.progress).unwrap_or(&STEPS[0]);
    Ok(TaskPage {
        name: name(acting),
        code: task.code.clone(),
        badge: status.badge(&t.t(word)),
        body: task.body.clone(),
        facts: usual::facts(acting, task, &names),
        document: document.map(|(_, name)| name).unwrap_or_default(),
        papers,
        may_acknowledge: part.acknowledged_at.is_none() && task.open(),
        may_report: doing,
        done_label: t.t(done),
        steps: STEPS.iter().map(|(step, key)| (step.to_string(), t.t(key))).collect(),
        step: reached.0.to_string(),
        story: story::story(acting, task, &path, &names, Some(part.account_id)).await?,
        keys: [ctx.new_id().to_string(), ctx.new_id().to_string()],
        typed: String::new(),
        errors: FieldErrors::default(),
        wrong: String::new(),
        path,
        shell,
    })
}

async fn again(ctx: &Ctx, acting: &Ctx, id: Uuid, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict | Kind::TooLarge) {
        return Err(error);
    }
    let (task, part) = own(acting, id).await?;
    let mut page = page(ctx, acting, &task, &part).await?;
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    page.typed = sent.text("bao-cao").to_owned();
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}

pub(super) async fn acknowledge(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (acting, _) = here(&ctx).await?;
    own(&acting, id).await?;
    let (key, tx) = match start(&acting, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = tasks::acknowledge(&acting, &tx, id).await;
    let done = done.map(|_| (format!("/g/viec/{id}"), Note::new("office-acknowledged")));
    match settle(&acting, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, &acting, id, &sent, error).await,
    }
}

pub(super) async fn report(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let (acting, _) = here(&ctx).await?;
    own(&acting, id).await?;
    let reporting = match act::reporting(&acting, &sent).await {
        Ok(reporting) => reporting,
        Err(error) => return again(&ctx, &acting, id, &sent, error).await,
    };
    let (key, tx) = match start(&acting, &sent).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let done = tasks::report(&acting, &tx, id, reporting).await;
    let done = done.map(|_| (format!("/g/viec/{id}"), Note::new("office-report-sent")));
    match settle(&acting, key, tx, done).await? {
        Ok(answer) => Ok(answer),
        Err(error) => again(&ctx, &acting, id, &sent, error).await,
    }
}

/// Evidence: what the person sent, and what came from whoever gave the directive.
pub(super) async fn file(
    ctx: Ctx,
    Path((id, file)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
) -> Result<Response> {
    let (acting, _) = here(&ctx).await?;
    let (task, part) = own(&acting, id).await?;
    let visible = [Some(part.account_id), Some(task.assigned_by), None];
    let events = task_store::events(&acting, &acting.app.db, id).await?;
    let files = task_store::files(&acting, &acting.app.db, id).await?;
    let event = files.iter().find(|one| one.id == file).map(|one| one.event_id);
    let shown = events.iter().any(|one| Some(one.id) == event && visible.contains(&one.by_id));
    if shown { story::send(&acting, &task, file, &headers).await } else { Err(Error::not_found()) }
}

/// A file of the document that the directive came with.
pub(super) async fn paper(ctx: Ctx, Path((id, paper)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let (acting, _) = here(&ctx).await?;
    let (task, _) = own(&acting, id).await?;
    let (Source::Incoming, Some(document)) = (task.source, task.source_id) else {
        return Err(Error::not_found());
    };
    let acting = Ctx { scope: acting.scope_of("incoming.show"), ..acting };
    incoming::paper(acting, Path((document, paper))).await
}

/// The person takes this phone out.
pub(super) async fn end(ctx: Ctx) -> Result<Response> {
    let mut response = Note::new("office-link-phone-ended").see_other("/");
    if let Some((acting, phone)) = rules::here(&ctx).await? {
        let tx = acting.begin().await?;
        rules::end(&acting, &tx, phone.id).await?;
        tx.commit().await?;
    }
    put_cookie(&ctx, &mut response, "")?;
    Ok(response)
}
