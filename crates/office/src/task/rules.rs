//! Giving a task, having it, doing it, giving it back. Each is one transaction of the caller.

use super::model::{Answer, Duty, Happened, Source, State, Task};
use super::policy::Policy;
use super::related;
use super::store::{self, Line};
use crate::{incoming, secrecy, workfile};
use audit::Entry;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use messages::Letter;
use platform::clock::end_of_day;
use platform::files::{self, Prepared};
use platform::{Ctx, Error, Message, Result, Run, Tx, Uuid, numbers, said};
use std::collections::{HashMap, HashSet};

const TITLE_MAX: usize = 500;
const WORDS_MAX: usize = 5_000;

/// What is to be done, by whom, until when.
#[derive(Debug, Clone)]
pub struct Assigning {
    pub source: Source,
    pub source_id: Option<Uuid>,
    pub parent_id: Option<Uuid>,
    pub position: i64,
    pub title: String,
    pub body: String,
    pub urgency: i64,
    pub due: Option<NaiveDate>,
    pub main: Option<Uuid>,
    pub co: Vec<Uuid>,
    pub inform: Vec<Uuid>,
}

/// Charges people with something. They find it in their list and their inbox.
///
/// # Errors
/// At the field what is missing or wrong.
pub(crate) async fn assign(ctx: &Ctx, tx: &Tx, sent: Assigning) -> Result<Task> {
    assign_for(ctx, tx, ctx.account()?, sent).await
}

/// The same for somebody whose word it is: they look at what comes of it.
pub(crate) async fn assign_for(ctx: &Ctx, tx: &Tx, giver: Uuid, sent: Assigning) -> Result<Task> {
    let policy = Policy::load(ctx)?;
    let title = said::needed("viec", &sent.title, "office-task-title-empty", TITLE_MAX)?;
    said::short("y-kien", &sent.body, WORDS_MAX)?;
    secrecy::refuse_marked(ctx, "y-kien", "", &sent.body)?;
    let (people, keeper) = recipients(ctx, &policy, giver, &sent).await?;
    if sent.due.is_some_and(|day| day < ctx.today()) {
        return Err(Error::field("han", "office-task-due-past"));
    }
    let year = ctx.today().year();
    let number = numbers::next(tx, ctx.commune, "task", &year.to_string()).await?;
    let task = Task {
        id: ctx.new_id(),
        code: format!("NV-{number:02}/{year}"),
        source: sent.source,
        source_id: sent.source_id,
        parent_id: sent.parent_id,
        title,
        body: sent.body.trim().to_owned(),
        urgency: sent.urgency,
        assigned_by: giver,
        assigned_at: ctx.now,
        due_at: sent.due.map(end_of_day),
        state: State::Open,
        ended_at: None,
    };
    store::insert(ctx, tx, &task, sent.position).await?;
    for (account, duty) in &people {
        store::insert_part(ctx, tx, task.id, *account, *duty).await?;
        let key = match duty {
            Duty::Main => "office-told-main",
            Duty::Co => "office-told-co",
            Duty::Inform => "office-told-inform",
        };
        tell(ctx, tx, &task, *account, key).await?;
    }
    happened(ctx, tx, &task, Happened::Assigned, Line { until: task.due_at, ..Line::default() }).await?;
    let siblings = related::siblings(ctx, tx, &task).await?;
    workfile::given(ctx, tx, &task, &siblings, keeper).await?;
    Ok(task)
}

/// Who is charged, each once, the main doer before the others; and who keeps the file: the main doer where that is one of
/// the staff, else whoever gives the task.
async fn recipients(
    ctx: &Ctx,
    policy: &Policy,
    giver: Uuid,
    sent: &Assigning,
) -> Result<(Vec<(Uuid, Duty)>, Uuid)> {
    let main = sent.main.ok_or_else(|| Error::field("chu-tri", "office-task-main-empty"))?;
    let known = policy.candidates_beside(ctx, Some(giver)).await?;
    let known: HashMap<Uuid, bool> = known.into_iter().map(|one| (one.id, one.of_staff)).collect();
    let mut people = vec![(main, Duty::Main)];
    people.extend(sent.co.iter().map(|id| (*id, Duty::Co)));
    people.extend(sent.inform.iter().map(|id| (*id, Duty::Inform)));
    let mut once = HashSet::new();
    people.retain(|(id, _)| once.insert(*id));
    if let Some((_, duty)) = people.iter().find(|(id, _)| !known.contains_key(id)) {
        let field = match duty {
            Duty::Main => "chu-tri",
            Duty::Co => "phoi-hop",
            Duty::Inform => "de-biet",
        };
        return Err(Error::field(field, "office-task-who-wrong"));
    }
    if people.len() > policy.recipients_most {
        let text = Message::new("office-task-too-many").with("limit", policy.recipients_most);
        return Err(Error::field("phoi-hop", text));
    }
    let keeper = if known.get(&main) == Some(&true) { main } else { giver };
    Ok((people, keeper))
}

/// Directs an incoming document to people, who may read it from now on.
pub async fn direct(ctx: &Ctx, tx: &Tx, document: Uuid, sent: Assigning) -> Result<Task> {
    let one = incoming::find(ctx, tx, document).await?;
    let urgency = one.facts.urgency;
    let sent = Assigning { source: Source::Incoming, source_id: Some(document), urgency, ..sent };
    let task = assign(ctx, tx, sent.clone()).await?;
    let readers: Vec<Uuid> = sent.main.into_iter().chain(sent.co).chain(sent.inform).collect();
    incoming::directed(ctx, tx, document, &readers).await?;
    workfile::directed(ctx, tx, task.id, &one).await?;
    Ok(task)
}

/// The reader opened a task that was given to them; true the first time.
pub(crate) async fn see(ctx: &Ctx, tx: &Tx, task: Uuid) -> Result<bool> {
    store::write_seen(ctx, tx, task).await
}

/// The reader says that they have it.
pub async fn acknowledge(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Task> {
    let task = mine(ctx, tx, id).await?;
    if store::write_acknowledged(ctx, tx, id).await? {
        see(ctx, tx, id).await?;
        // The sender hears once that work has begun, however many are charged.
        let parts = store::parts(ctx, tx, &[id]).await?;
        let first = parts.iter().filter(|part| part.acknowledged_at.is_some()).count() == 1;
        if let (true, Source::Incoming, Some(document)) = (first, task.source, task.source_id) {
            incoming::begun(ctx, tx, document).await?;
        }
        happened(ctx, tx, &task, Happened::Acknowledged, Line::default()).await?;
    }
    Ok(task)
}

/// How far it is, in words, with evidence.
#[derive(Debug, Default)]
pub struct Reporting {
    pub words: String,
    /// 0 to 100.
    pub progress: i64,
    pub done: bool,
    pub files: Vec<Prepared>,
}

/// The reader tells how far it is. When the main doer says that it is done, whoever gave it looks.
///
/// # Errors
/// At the field what is missing: done is shown by words, a picture or a voice note.
pub async fn report(ctx: &Ctx, tx: &Tx, id: Uuid, sent: Reporting) -> Result<Task> {
    let task = mine(ctx, tx, id).await?;
    let part = store::own(ctx, tx, id).await?.ok_or_else(Error::not_found)?;
    if !part.open || part.duty == Duty::Inform {
        return Err(Error::conflict("office-not-now"));
    }
    let words = sent.words.trim();
    said::short("bao-cao", words, WORDS_MAX)?;
    if words.is_empty() && sent.files.is_empty() {
        return Err(Error::field("bao-cao", "office-report-empty"));
    }
    if !(0..=100).contains(&sent.progress) {
        return Err(Error::field("tien-do", "office-progress-wrong"));
    }
    let progress = if sent.done { 100 } else { sent.progress };
    store::write_progress(ctx, tx, id, progress, sent.done).await?;
    let what = match (sent.done, part.duty) {
        (true, Duty::Main) => Happened::Reported,
        (true, _) => Happened::PartDone,
        (false, _) => Happened::Progress,
    };
    if what == Happened::Reported && !store::write_state(ctx, tx, id, &[State::Open], State::Reported).await?
    {
        return Err(Error::conflict("office-not-now"));
    }
    let line = Line { words, progress: Some(progress), until: None };
    let event = happened(ctx, tx, &task, what, line).await?;
    for file in &sent.files {
        let kept = files::keep(ctx, tx, file, "task", id).await?;
        store::insert_file(ctx, tx, id, event, kept).await?;
    }
    if sent.done {
        tell(ctx, tx, &task, task.assigned_by, "office-told-reported").await?;
    }
    Ok(task)
}

/// Who has something to do with it, the main doer first.
pub async fn charged(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Vec<Uuid>> {
    let parts = store::parts(ctx, tx, &[id]).await?;
    Ok(parts.into_iter().filter(|part| part.duty != Duty::Inform).map(|part| part.account_id).collect())
}

/// Whoever gave the task finds it done.
pub async fn accept(ctx: &Ctx, tx: &Tx, id: Uuid, words: &str) -> Result<Task> {
    let task = given(ctx, tx, id).await?;
    said::short("loi", words, WORDS_MAX)?;
    if !store::write_state(ctx, tx, id, &[State::Open, State::Reported], State::Done).await? {
        return Err(Error::conflict("office-not-now"));
    }
    store::write_over(ctx, tx, id).await?;
    let line = Line { words: words.trim(), ..Line::default() };
    happened(ctx, tx, &task, Happened::Accepted, line).await?;
    tell_main(ctx, tx, &task, "office-told-accepted").await?;
    if task.source == Source::Incoming
        && let Some(document) = task.source_id
        && !store::others_open(ctx, tx, &task).await?
    {
        incoming::settled(ctx, tx, document, &task.code).await?;
    }
    Ok(task)
}

/// Whoever gave the task finds that something is missing.
pub(crate) async fn send_back(ctx: &Ctx, tx: &Tx, id: Uuid, words: &str) -> Result<Task> {
    let task = given(ctx, tx, id).await?;
    let words = said::needed("loi", words, "office-reason-empty", WORDS_MAX)?;
    if !store::write_state(ctx, tx, id, &[State::Reported], State::Open).await? {
        return Err(Error::conflict("office-not-now"));
    }
    store::write_returned(ctx, tx, id).await?;
    happened(ctx, tx, &task, Happened::Returned, Line { words: &words, ..Line::default() }).await?;
    tell_main(ctx, tx, &task, "office-told-returned").await?;
    Ok(task)
}

/// Whoever gave the task takes it back.
pub(crate) async fn cancel(ctx: &Ctx, tx: &Tx, id: Uuid, words: &str) -> Result<Task> {
    let task = given(ctx, tx, id).await?;
    let words = said::needed("loi", words, "office-reason-empty", WORDS_MAX)?;
    if !store::write_state(ctx, tx, id, &[State::Open, State::Reported], State::Cancelled).await? {
        return Err(Error::conflict("office-not-now"));
    }
    store::write_over(ctx, tx, id).await?;
    happened(ctx, tx, &task, Happened::Cancelled, Line { words: &words, ..Line::default() }).await?;
    for part in store::parts(ctx, tx, &[id]).await? {
        tell(ctx, tx, &task, part.account_id, "office-told-cancelled").await?;
    }
    Ok(task)
}

/// A doer asks for more time.
pub(crate) async fn ask_extension(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    until: Option<NaiveDate>,
    reason: &str,
) -> Result<Task> {
    let task = mine(ctx, tx, id).await?;
    let until = until.ok_or_else(|| Error::field("den-ngay", "error-date"))?;
    let until = end_of_day(until);
    if until <= ctx.now || task.due_at.is_some_and(|due| until <= due) {
        return Err(Error::field("den-ngay", "office-extension-earlier"));
    }
    let reason = said::needed("ly-do", reason, "office-reason-empty", WORDS_MAX)?;
    if task.due_at.is_none() || task.state != State::Open {
        return Err(Error::conflict("office-not-now"));
    }
    let waits = store::extensions(ctx, tx, id).await?.iter().any(|one| one.state == Answer::Waiting);
    if waits {
        return Err(Error::conflict("office-extension-waits"));
    }
    store::insert_extension(ctx, tx, id, until, &reason).await?;
    let line = Line { words: &reason, until: Some(until), progress: None };
    happened(ctx, tx, &task, Happened::ExtensionAsked, line).await?;
    tell(ctx, tx, &task, task.assigned_by, "office-told-extension").await?;
    Ok(task)
}

/// Whoever gave the task gives more time, or does not and says why.
pub(crate) async fn answer_extension(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    extension: Uuid,
    grant: bool,
    words: &str,
) -> Result<Task> {
    let task = given(ctx, tx, id).await?;
    let all = store::extensions(ctx, tx, id).await?;
    let one = all.into_iter().find(|one| one.id == extension).ok_or_else(Error::not_found)?;
    let words = if grant {
        said::short("loi", words, WORDS_MAX)?;
        words.trim().to_owned()
    } else {
        said::needed("loi", words, "office-reason-empty", WORDS_MAX)?
    };
    let answer = if grant { Answer::Granted } else { Answer::Refused };
    if !store::write_answer(ctx, tx, extension, answer, &words).await? {
        return Err(Error::conflict("office-extension-answered"));
    }
    if grant {
        store::write_due(ctx, tx, id, one.until).await?;
    }
    let what = if grant { Happened::Extended } else { Happened::NotExtended };
    happened(ctx, tx, &task, what, Line { words: &words, until: Some(one.until), progress: None }).await?;
    let key = if grant { "office-told-extended" } else { "office-told-not-extended" };
    tell(ctx, tx, &task, one.asked_by, key).await?;
    Ok(task)
}

/// A task that was given to the reader.
async fn mine(ctx: &Ctx, tx: &Tx, id: Uuid) -> Result<Task> {
    let task = store::find(ctx, tx, id).await?;
    store::own(ctx, tx, id).await?.ok_or_else(Error::forbidden)?;
    if task.open() { Ok(task) } else { Err(Error::conflict("office-task-over")) }
}

/// A task that the reader gave.
pub(super) async fn given(ctx: &Ctx, on: &impl Run, id: Uuid) -> Result<Task> {
    let task = store::find(ctx, on, id).await?;
    if task.assigned_by == ctx.account()? { Ok(task) } else { Err(Error::forbidden()) }
}

pub(super) async fn tell(ctx: &Ctx, tx: &Tx, task: &Task, to: Uuid, key: &'static str) -> Result<()> {
    let day = task.due_at.map(|due| ctx.t().date(day_of(due))).unwrap_or_default();
    let text = Message::new(key).with("code", task.code.as_str()).with("day", day);
    messages::send(ctx, tx, Letter { to, text, link: task.path() }).await?;
    Ok(())
}

async fn tell_main(ctx: &Ctx, tx: &Tx, task: &Task, key: &'static str) -> Result<()> {
    let parts = store::parts(ctx, tx, &[task.id]).await?;
    match parts.iter().find(|part| part.duty == Duty::Main) {
        Some(main) => tell(ctx, tx, task, main.account_id, key).await,
        None => Ok(()),
    }
}

/// A line of its story and of the record.
pub(super) async fn happened(
    ctx: &Ctx,
    tx: &Tx,
    task: &Task,
    what: Happened,
    line: Line<'_>,
) -> Result<Uuid> {
    figures::touch(ctx, tx, crate::figures::TASKS);
    let event = store::insert_event(ctx, tx, task.id, what, line).await?;
    let detail = serde_json::json!({ "what": what.code(), "code": task.code });
    audit::record(ctx, tx, Entry { action: "task.move", kind: "task", id: task.id, detail }).await?;
    Ok(event)
}

/// Until when, as the day ends in Vietnam.
pub(crate) fn day_of(due: DateTime<Utc>) -> NaiveDate {
    // A deadline is the first moment of the next day.
    platform::clock::local_date(due - chrono::Duration::microseconds(1))
}
