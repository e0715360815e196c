//! What was concluded: written by who takes the minutes, each with a doer and a deadline, handed out as tasks of the chair.

use super::back::{Back, act, again, key};
use super::model::{Conclusion, Meeting, State};
use super::rules::{self, recorded};
use super::{PATH, people, store};
use crate::secrecy;
use crate::task::{self, Assigning, Source};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use chrono::NaiveDate;
use platform::http::{Form, html};
use platform::{Ctx, Error, Result, Tx, Uuid, said};
use serde_json::json;
use ui::{FieldErrors, Shell};

/// It becomes the title of a task.
const WORDS_MAX: usize = 500;
const MANY: usize = 100;

/// What somebody typed of a conclusion.
#[derive(Debug, Default)]
pub struct Concluding {
    pub words: String,
    pub doer: Option<Uuid>,
    pub due: Option<NaiveDate>,
}

fn read(sent: &Form) -> Result<Concluding> {
    Ok(Concluding {
        words: sent.text("ket-luan").to_owned(),
        doer: sent.id("chu-tri")?,
        due: sent.date("han")?,
    })
}

async fn checked(ctx: &Ctx, one: &Meeting, id: Uuid, sent: Concluding) -> Result<Conclusion> {
    let words = said::needed("ket-luan", &sent.words, "office-meeting-conclusion-empty", WORDS_MAX)?;
    secrecy::refuse_marked(ctx, "ket-luan", "", &words)?;
    if let Some(doer) = sent.doer {
        let doer = doer.to_string();
        if task::charged_by(ctx, one.chair_id).await?.iter().all(|(id, _)| *id != doer) {
            return Err(Error::field("chu-tri", "office-task-who-wrong"));
        }
    }
    if sent.due.is_some_and(|day| day < ctx.today()) {
        return Err(Error::field("han", "office-task-due-past"));
    }
    Ok(Conclusion { id, words, doer_id: sent.doer, due_on: sent.due, task_id: None })
}

fn begun(one: Meeting) -> Result<Meeting> {
    let begun = matches!(one.state, State::Open | State::Closed);
    if begun { Ok(one) } else { Err(Error::conflict("office-meeting-not-begun")) }
}

pub async fn add(ctx: &Ctx, tx: &Tx, id: Uuid, sent: Concluding) -> Result<Meeting> {
    let one = begun(rules::run(ctx, tx, id).await?)?;
    if store::conclusions(ctx, tx, id).await?.len() >= MANY {
        return Err(Error::field("ket-luan", "office-meeting-items-many"));
    }
    let fresh = checked(ctx, &one, ctx.new_id(), sent).await?;
    store::insert_conclusion(ctx, tx, id, &fresh).await?;
    recorded(ctx, tx, "meeting.conclude", id, json!({ "conclusion": fresh.id })).await?;
    Ok(one)
}

async fn change(ctx: &Ctx, tx: &Tx, id: Uuid, conclusion: Uuid, sent: Concluding) -> Result<Meeting> {
    let one = begun(rules::run(ctx, tx, id).await?)?;
    find(ctx, tx, id, conclusion).await?;
    let changed = checked(ctx, &one, conclusion, sent).await?;
    if !store::update_conclusion(ctx, tx, &changed).await? {
        return Err(Error::conflict("office-meeting-handed-already"));
    }
    recorded(ctx, tx, "meeting.conclude", id, json!({ "conclusion": conclusion })).await?;
    Ok(one)
}

async fn delete(ctx: &Ctx, tx: &Tx, id: Uuid, conclusion: Uuid) -> Result<Meeting> {
    let one = begun(rules::run(ctx, tx, id).await?)?;
    find(ctx, tx, id, conclusion).await?;
    if !store::delete_conclusion(ctx, tx, conclusion).await? {
        return Err(Error::conflict("office-meeting-handed-already"));
    }
    recorded(ctx, tx, "meeting.conclude", id, json!({ "gone": conclusion })).await?;
    Ok(one)
}

async fn find(ctx: &Ctx, tx: &Tx, id: Uuid, conclusion: Uuid) -> Result<Conclusion> {
    let all = store::conclusions(ctx, tx, id).await?;
    all.into_iter().find(|one| one.id == conclusion).ok_or_else(Error::not_found)
}

/// Makes tasks of conclusions: of one, or of all that name a doer and were not handed out. The chair is who gave them.
///
/// # Errors
/// `Conflict` for one that was handed out, or when there is none to hand out.
pub async fn hand_out(ctx: &Ctx, tx: &Tx, id: Uuid, only: Option<Uuid>) -> Result<Meeting> {
    let one = begun(rules::run(ctx, tx, id).await?)?;
    let mut wanted = match only {
        Some(only) => vec![find(ctx, tx, id, only).await?],
        None => store::conclusions(ctx, tx, id).await?,
    };
    if only.is_none() {
        wanted.retain(|one| one.task_id.is_none() && one.doer_id.is_some());
    }
    if wanted.is_empty() {
        return Err(Error::conflict("office-meeting-nothing-to-hand"));
    }
    for conclusion in wanted {
        if conclusion.task_id.is_some() {
            return Err(Error::conflict("office-meeting-handed-already"));
        }
        let sent = Assigning {
            source: Source::Meeting,
            source_id: Some(id),
            parent_id: None,
            position: 0,
            title: conclusion.words.clone(),
            body: ctx.t().s("office-meeting-task-body", "name", &one.title),
            urgency: 0,
            due: conclusion.due_on,
            main: conclusion.doer_id,
            co: Vec::new(),
            inform: Vec::new(),
        };
        let task = task::assign_for(ctx, tx, one.chair_id, sent).await?;
        if !store::write_task(ctx, tx, conclusion.id, task.id).await? {
            return Err(Error::conflict("office-meeting-handed-already"));
        }
    }
    recorded(ctx, tx, "meeting.hand_out", id, json!({ "conclusion": only })).await?;
    Ok(one)
}

struct Line {
    words: String,
    doer: String,
    doer_id: String,
    due: String,
    path: String,
    /// The task, once it was handed out.
    task: String,
    key: String,
}

#[derive(Template)]
#[template(path = "meeting-conclusions.html")]
struct ConclusionsPage {
    shell: Shell,
    path: String,
    lines: Vec<Line>,
    tasks: Vec<task::Line>,
    people: Vec<(String, String)>,
    may_write: bool,
    may_hand: bool,
    words: String,
    doer: String,
    due: String,
    keys: [String; 2],
    errors: FieldErrors,
    wrong: String,
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    Ok(html(page(&ctx, id, Back::default()).await?))
}

async fn page(ctx: &Ctx, id: Uuid, back: Back) -> Result<String> {
    let t = ctx.t();
    let one = store::find(ctx, &ctx.app.db, id).await?;
    let all = store::conclusions(ctx, &ctx.app.db, id).await?;
    let names = people::names(ctx, all.iter().filter_map(|one| one.doer_id)).await?;
    let may_write = one.runs(ctx.account()?) && matches!(one.state, State::Open | State::Closed);
    let may_hand = may_write && all.iter().any(|one| one.task_id.is_none() && one.doer_id.is_some());
    let line = |conclusion: Conclusion| Line {
        doer: conclusion.doer_id.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
        doer_id: conclusion.doer_id.map(|id| id.to_string()).unwrap_or_default(),
        due: conclusion.due_on.map(vntext::date).unwrap_or_default(),
        path: format!("{}/ket-luan/{}", one.path(), conclusion.id),
        task: conclusion.task_id.map(|id| format!("/lam-viec/nhiem-vu/{id}")).unwrap_or_default(),
        words: conclusion.words,
        key: key(ctx),
    };
    let shell = Shell::of(ctx, "office-meeting-conclusions").await?.crumb(t.t("office-meeting-menu"), PATH);
    ui::render(&ConclusionsPage {
        shell: shell.crumb(&one.title, &one.path()).crumb(t.t("office-meeting-conclusions"), ""),
        lines: all.into_iter().map(line).collect(),
        tasks: task::of_source(ctx, Source::Meeting, id).await?,
        people: task::charged_by(ctx, one.chair_id).await?,
        may_write,
        may_hand,
        path: one.path(),
        words: back.text("ket-luan").to_owned(),
        doer: back.text("chu-tri").to_owned(),
        due: back.text("han").to_owned(),
        keys: std::array::from_fn(|_| key(ctx)),
        errors: back.errors,
        wrong: back.wrong,
    })
}

pub(super) async fn send(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let draw = async |back: Back| page(&ctx, id, back).await;
    let typed = match read(&sent) {
        Ok(typed) => typed,
        Err(error) => return again(&ctx, &sent, error, draw).await,
    };
    let rule = async |tx: &Tx| Ok(add(&ctx, tx, id, typed).await?.path() + "/ket-luan");
    act(&ctx, &sent, "office-meeting-conclusion-kept", rule, draw).await
}

/// Changes one, takes it out, or hands it out.
pub(super) async fn one(
    ctx: Ctx,
    Path((id, conclusion)): Path<(Uuid, Uuid)>,
    sent: Form,
) -> Result<Response> {
    let draw = async |back: Back| page(&ctx, id, back).await;
    let what = sent.text("lam");
    let rule = async |tx: &Tx| {
        let one = match what {
            "xoa" => delete(&ctx, tx, id, conclusion).await?,
            "giao" => hand_out(&ctx, tx, id, Some(conclusion)).await?,
            _ => change(&ctx, tx, id, conclusion, read(&sent)?).await?,
        };
        Ok(one.path() + "/ket-luan")
    };
    let note = match what {
        "xoa" => "office-meeting-conclusion-gone",
        "giao" => "office-meeting-handed",
        _ => "office-meeting-conclusion-kept",
    };
    act(&ctx, &sent, note, rule, draw).await
}

pub(super) async fn hand_out_all(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
    let draw = async |back: Back| page(&ctx, id, back).await;
    let rule = async |tx: &Tx| Ok(hand_out(&ctx, tx, id, None).await?.path() + "/ket-luan");
    act(&ctx, &sent, "office-meeting-handed", rule, draw).await
}
