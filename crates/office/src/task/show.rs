//! The page of a task: what is to be done, how far each recipient is, what happened, and what the reader may do now.

use super::model::{Answer, Duty, Part, Source, State, Task};
use super::rules::{self, day_of};
use super::store;
use super::story::{Told, story};
use crate::incoming;
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, html};
use platform::{Ctx, Error, Kind, Result, Uuid};
use std::collections::HashMap;
use ui::{FieldErrors, Html, Shell};

/// One recipient's state.
struct Recipient {
    name: String,
    duty: String,
    badge: Html,
    seen: String,
    acknowledged: String,
    progress: String,
}

/// An extension that waits for the answer of whoever gave the task.
struct Asked {
    url: String,
    who: String,
    until: String,
    reason: String,
    key: String,
}

#[derive(Template)]
#[template(path = "task-show.html")]
struct ShowPage {
    shell: Shell,
    path: String,
    badge: Html,
    code: String,
    body: String,
    facts: Vec<(String, String)>,
    document: Option<(String, String)>,
    papers: Vec<incoming::Paper>,
    /// Where an answer to the document is drafted.
    reply: String,
    card: Option<crate::workfile::Card>,
    /// How many recipients are how far.
    summary: Vec<Html>,
    /// Each of them, for whoever gave the task, does it or follows all tasks.
    recipients: Vec<Recipient>,
    may_acknowledge: bool,
    may_report: bool,
    done_label: String,
    progress: String,
    may_extend: bool,
    extensions: Vec<Asked>,
    /// Where whoever gave it sends it to the group of its recipients; `""` for everybody else.
    share: String,
    may_accept: bool,
    may_return: bool,
    may_cancel: bool,
    story: Vec<Told>,
    keys: [String; 4],
    /// Where the judging form goes instead: to do more, to take back.
    acts: [String; 2],
    typed: String,
    typed_until: String,
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let task = store::find(&ctx, &ctx.app.db, id).await?;
    // That a recipient has seen it is what whoever gave it asks first.
    let unseen = store::own(&ctx, &ctx.app.db, id).await?.is_some_and(|part| part.seen_at.is_none());
    if unseen {
        let tx = ctx.begin().await?;
        rules::see(&ctx, &tx, id).await?;
        tx.commit().await?;
    }
    Ok(html(ui::render(&page(&ctx, task).await?)?))
}

async fn page(ctx: &Ctx, task: Task) -> Result<ShowPage> {
    let t = ctx.t();
    let shell = Shell::of(ctx, &task.title).await?;
    let shell = shell.crumb(t.t("office-task-menu"), "/lam-viec/nhiem-vu").crumb(&task.code, "");
    let parts = store::parts(ctx, &ctx.app.db, &[task.id]).await?;
    let me = ctx.account()?;
    let own = parts.iter().find(|part| part.account_id == me);
    let doing = own.filter(|part| part.open && part.duty != Duty::Inform && task.open());
    let sees_all =
        task.assigned_by == me || ctx.may("task.list") || own.is_some_and(|part| part.duty == Duty::Main);
    let is_main = doing.is_some_and(|part| part.duty == Duty::Main);
    let mine = task.assigned_by == me && ctx.may("task.assign");
    let names = names(ctx, &task, &parts).await?;
    let (status, word) = task.badge(ctx.now);
    let (document, papers, reply) = source(ctx, &task).await?;
    let key = || ctx.new_id().to_string();
    Ok(ShowPage {
        badge: status.badge(&t.t(word)),
        code: task.code.clone(),
        body: task.body.clone(),
        facts: facts(ctx, &task, &names),
        document,
        papers,
        reply,
        card: crate::workfile::card(ctx, "task", task.id).await?,
        summary: summary(ctx, &parts),
        recipients: if sees_all { recipients(ctx, &parts, &names) } else { Vec::new() },
        may_acknowledge: own.is_some_and(|part| part.acknowledged_at.is_none()) && task.open(),
        may_report: doing.is_some(),
        done_label: t.t(if is_main { "office-report-done" } else { "office-report-part-done" }),
        progress: doing.map(|part| part.progress.to_string()).unwrap_or_default(),
        may_extend: doing.is_some() && task.due_at.is_some() && task.state == State::Open,
        extensions: if mine { asked(ctx, &task, &names).await? } else { Vec::new() },
        share: if mine && task.open() { format!("{}/chia-se", task.path()) } else { String::new() },
        may_accept: mine && task.open(),
        may_return: mine && task.state == State::Reported,
        may_cancel: mine && task.open(),
        story: story(ctx, &task, &task.path(), &names, (!sees_all).then_some(me)).await?,
        path: task.path(),
        keys: [key(), key(), key(), key()],
        acts: [format!("{}/lam-lai", task.path()), format!("{}/huy", task.path())],
        typed: String::new(),
        typed_until: String::new(),
        errors: FieldErrors::default(),
        wrong: String::new(),
        shell,
    })
}

pub(super) async fn names(ctx: &Ctx, task: &Task, parts: &[Part]) -> Result<HashMap<Uuid, String>> {
    let mut ids: Vec<Uuid> = parts.iter().map(|part| part.account_id).collect();
    ids.push(task.assigned_by);
    identity::account_names(ctx, &ids).await
}

pub(super) fn facts(ctx: &Ctx, task: &Task, names: &HashMap<Uuid, String>) -> Vec<(String, String)> {
    let t = ctx.t();
    let all = [
        ("office-task-giver", names.get(&task.assigned_by).cloned().unwrap_or_default()),
        ("office-task-given-at", t.moment(task.assigned_at)),
        ("office-task-due", task.due_at.map(|due| t.date(day_of(due))).unwrap_or_default()),
        ("office-task-ended-at", task.ended_at.map(|at| t.moment(at)).unwrap_or_default()),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (t.t(key), value)).collect()
}

/// The document's address and name, its files, where an answer is drafted.
pub(super) type Origin = (Option<(String, String)>, Vec<incoming::Paper>, String);

/// What the task came from: a recipient may read the document.
pub(super) async fn source(ctx: &Ctx, task: &Task) -> Result<Origin> {
    if let (Source::Meeting, Some(id)) = (task.source, task.source_id) {
        return Ok((crate::meeting::link(ctx, id).await?, Vec::new(), String::new()));
    }
    let (Source::Incoming, Some(id)) = (task.source, task.source_id) else { return Ok(Origin::default()) };
    let within = Ctx { scope: ctx.scope_of("incoming.show"), ..ctx.clone() };
    match incoming::find(&within, &ctx.app.db, id).await {
        Ok(one) => {
            let name = format!("{} {}", one.facts.symbol(), one.facts.sender_name);
            let papers = incoming::papers(&within, &one).await?;
            Ok((Some((one.path(), name.trim().to_owned())), papers, incoming::reply(ctx, &one)))
        }
        Err(error) if error.kind == Kind::NotFound => Ok(Origin::default()),
        Err(error) => Err(error),
    }
}

/// Whoever has not read it stands first.
fn recipients(ctx: &Ctx, parts: &[Part], names: &HashMap<Uuid, String>) -> Vec<Recipient> {
    let mut parts: Vec<&Part> = parts.iter().collect();
    let far = |part: &Part| (part.seen_at.is_some(), part.acknowledged_at.is_some(), part.done_at.is_some());
    parts.sort_by_key(|part| (part.duty != Duty::Main, far(part)));
    parts.into_iter().map(|part| recipient(ctx, part, names)).collect()
}

fn summary(ctx: &Ctx, parts: &[Part]) -> Vec<Html> {
    let mut counts: Vec<((ui::Status, &'static str), usize)> = Vec::new();
    for badge in parts.iter().map(Part::badge) {
        match counts.iter_mut().find(|(known, _)| *known == badge) {
            Some((_, count)) => *count += 1,
            None => counts.push((badge, 1)),
        }
    }
    counts.sort_by_key(|((_, word), _)| *word == "office-part-done");
    let badge = |((status, word), count): ((ui::Status, &str), usize)| {
        status.badge(&format!("{}: {count}", ctx.t().t(word)))
    };
    counts.into_iter().map(badge).collect()
}

fn recipient(ctx: &Ctx, part: &Part, names: &HashMap<Uuid, String>) -> Recipient {
    let t = ctx.t();
    let (status, word) = part.badge();
    let moment = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| t.moment(at)).unwrap_or_default();
    Recipient {
        name: names.get(&part.account_id).cloned().unwrap_or_default(),
        duty: t.t(part.duty.text_key()),
        badge: status.badge(&t.t(word)),
        seen: match part.seen_at {
            Some(at) if part.seen_by_link() => format!("{} · {}", t.moment(at), t.t("office-link-by")),
            at => moment(at),
        },
        acknowledged: moment(part.acknowledged_at),
        progress: if part.duty == Duty::Inform { String::new() } else { format!("{} %", part.progress) },
    }
}

async fn asked(ctx: &Ctx, task: &Task, names: &HashMap<Uuid, String>) -> Result<Vec<Asked>> {
    let all = store::extensions(ctx, &ctx.app.db, task.id).await?;
    let asked = |one: super::model::Extension| Asked {
        url: format!("{}/gia-han/{}", task.path(), one.id),
        who: names.get(&one.asked_by).cloned().unwrap_or_default(),
        until: ctx.t().date(day_of(one.until)),
        reason: one.reason,
        key: ctx.new_id().to_string(),
    };
    Ok(all.into_iter().filter(|one| one.state == Answer::Waiting).map(asked).collect())
}

/// The page with what was wrong.
pub(super) async fn again(ctx: &Ctx, id: Uuid, sent: &Form, error: Error) -> Result<Response> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict | Kind::TooLarge) {
        return Err(error);
    }
    let mut page = page(ctx, store::find(ctx, &ctx.app.db, id).await?).await?;
    page.errors = FieldErrors::from_error(&error, ctx.t());
    if error.fields.is_empty() {
        page.wrong = error.message.text(ctx.t());
    }
    let typed = ["bao-cao", "ly-do", "loi"].into_iter().find_map(|name| sent.some(name));
    page.typed = typed.unwrap_or_default().to_owned();
    page.typed_until = sent.text("den-ngay").to_owned();
    Ok((error.kind.status(), html(ui::render(&page)?)).into_response())
}
