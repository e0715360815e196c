//! What the office and the applicant do with a dossier: one transaction each, with its event, letter and record.

use super::clock::DeskRules;
use super::event::{self, Happened, Said};
use super::machine::{self, Act, Standing};
use super::model::{Dossier, Queue, Status};
use super::submit::{found, subject};
use super::{once, paper, store, tell};
use crate::form::check;
use crate::form::model::Answers;
use crate::procedure::model::{Does, Procedure};
use crate::procedure::pinned;
use audit::Entry;
use chrono::{DateTime, Utc};
use platform::files::Prepared;
use platform::{Ctx, Error, Message, Result, Tx, Uuid, search};
use serde_json::json;
use std::collections::BTreeMap;

/// A reason or note, in characters.
const NOTE_MAX: usize = 2_000;

/// What is done, and what is said with it.
#[derive(Debug, Clone, Default)]
pub struct Doing {
    pub note: String,
    /// Fields and papers that are sent back, with the reason of each.
    pub marks: Vec<(String, String)>,
    /// The colleague who gets it.
    pub to: Option<Uuid>,
    /// The promised moment, where no limit is known or a new one is promised.
    pub due: Option<DateTime<Utc>>,
}

struct Work<'c> {
    ctx: &'c Ctx,
    tx: &'c Tx,
    desk: DeskRules,
    procedure: std::sync::Arc<Procedure>,
    dossier: Dossier,
}

/// Does it, if the dossier stands as the reader saw it and the reader's role has the step.
///
/// # Errors
/// `Conflict` when somebody else was first or it is not possible now; `Forbidden` when the role may not; at the field
/// what is missing: a reason, marks, a colleague, a day.
pub async fn act(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, what: Act, doing: Doing) -> Result<Dossier> {
    let mut work = Work::open(ctx, tx, id, revision).await?;
    work.allowed(what)?;
    if doing.note.chars().count() > NOTE_MAX {
        return Err(Error::field("ly-do", Message::new("error-too-long").with("limit", NOTE_MAX)));
    }
    let note = doing.note.as_str();
    let happened = match what {
        Act::Receive => work.receive(doing.due).await?,
        Act::Refuse => work.end(Status::NotReceived, note)?,
        Act::Stop => work.end(Status::Stopped, note)?,
        Act::Ask => work.ask(note, &doing.marks)?,
        Act::Take => work.take()?,
        Act::Give => work.give(doing.to)?,
        Act::Pass => work.pass().await?,
        Act::SendBack => work.send_back(note)?,
        Act::Extend => work.extend(doing.due, note)?,
    };
    if matches!(what, Act::Refuse | Act::Stop) {
        once::release(ctx, tx, id).await?;
    }
    work.close(happened, Said { note, marks: &doing.marks, to: doing.to }).await
}

impl<'c> Work<'c> {
    async fn open(ctx: &'c Ctx, tx: &'c Tx, id: Uuid, revision: i64) -> Result<Work<'c>> {
        let dossier = store::find(ctx, tx, id).await?;
        if dossier.revision != revision {
            return Err(Error::conflict("onestop-moved-on"));
        }
        let procedure = pinned(ctx, tx, &dossier.procedure_digest).await?;
        Ok(Work { ctx, tx, desk: DeskRules::load(ctx)?, procedure, dossier })
    }

    fn standing(&self) -> Standing<'_> {
        Standing::of(&self.procedure, self.dossier.status, &self.dossier.step, self.dossier.extensions)
    }

    fn allowed(&self, what: Act) -> Result<()> {
        let actor = self.ctx.actor.as_ref().ok_or_else(Error::forbidden)?;
        let limit = self.desk.extensions();
        if !machine::possible(&self.procedure, self.standing(), limit).contains(&what) {
            return Err(Error::conflict("onestop-not-now"));
        }
        let other = self.dossier.holder_id.is_some_and(|holder| holder != actor.account_id);
        if machine::offered(&self.procedure, self.standing(), limit, actor, other).contains(&what) {
            return Ok(());
        }
        if other && self.standing().role().held_by(actor) {
            return Err(Error::conflict("onestop-held-by-other"));
        }
        Err(Error::forbidden())
    }

    /// The first moment of the clock.
    async fn receive(&mut self, due: Option<DateTime<Utc>>) -> Result<Happened> {
        let now = self.ctx.now;
        let due = match self.desk.due(&self.procedure, now) {
            Some(due) => due,
            None => {
                due.filter(|due| *due > now).ok_or_else(|| Error::field("hen-tra", "onestop-due-empty"))?
            }
        };
        once::claim(self.ctx, self.tx, &self.procedure, &self.dossier).await?;
        self.dossier.received_at = Some(now);
        self.dossier.due_at = Some(due);
        self.step_on()?;
        self.dossier.status = Status::Received;
        Ok(Happened::Received)
    }

    /// Over to the next step.
    fn step_on(&mut self) -> Result<()> {
        let next = machine::after(&self.procedure, self.standing());
        let next = next.ok_or_else(|| Error::internal("a step that the procedure does not have"))?;
        self.dossier.status = next.status;
        self.dossier.step = next.step;
        self.dossier.queue = next.queue;
        self.dossier.holder_id = None;
        Ok(())
    }

    fn end(&mut self, status: Status, note: &str) -> Result<Happened> {
        self.dossier.reason = reason(note)?;
        self.dossier.status = status;
        self.dossier.queue = Queue::Nobody;
        self.dossier.holder_id = None;
        self.dossier.ended_at = Some(self.ctx.now);
        Ok(if status == Status::NotReceived { Happened::NotReceived } else { Happened::Stopped })
    }

    /// The applicant's turn; the clock stands, if it went already.
    fn ask(&mut self, note: &str, marks: &[(String, String)]) -> Result<Happened> {
        if marks.is_empty() && note.trim().is_empty() {
            return Err(Error::field("ly-do", "onestop-ask-empty"));
        }
        let form = self.procedure.form.as_ref();
        for (key, why) in marks {
            let paper = key.strip_prefix("giay-").is_some_and(|key| self.procedure.paper(key).is_some());
            if !paper && form.and_then(|form| form.field(key)).is_none() {
                return Err(Error::field(key.clone(), "onestop-wrong-unknown"));
            }
            if why.trim().is_empty() {
                return Err(Error::field(format!("vi-sao-{key}"), "onestop-reason-empty"));
            }
        }
        self.dossier.status = Status::Supplement;
        self.dossier.queue = Queue::Citizen;
        if self.dossier.received_at.is_some() {
            self.dossier.supplements += 1;
            self.dossier.stopped_at = Some(self.ctx.now);
        }
        Ok(Happened::Asked)
    }

    fn take(&mut self) -> Result<Happened> {
        let account = self.ctx.account()?;
        if self.dossier.holder_id == Some(account) {
            return Err(Error::conflict("onestop-not-now"));
        }
        self.dossier.holder_id = Some(account);
        self.begun();
        Ok(Happened::Taken)
    }

    fn give(&mut self, to: Option<Uuid>) -> Result<Happened> {
        let to = to.ok_or_else(|| Error::field("nguoi-nhan", "onestop-colleague-empty"))?;
        self.dossier.holder_id = Some(to);
        self.begun();
        Ok(Happened::Given)
    }

    /// Received becomes processing as soon as somebody has it in hand.
    fn begun(&mut self) {
        if self.dossier.status == Status::Received {
            self.dossier.status = Status::Processing;
        }
    }

    async fn pass(&mut self) -> Result<Happened> {
        let does = self.standing().step.map(|step| step.does);
        if does == Some(Does::Return) && paper::results(self.ctx, self.tx, self.dossier.id).await?.is_empty()
        {
            return Err(Error::field("ket-qua", "onestop-no-result"));
        }
        self.step_on()?;
        match self.dossier.status {
            Status::Processed => {
                self.dossier.ended_at = Some(self.ctx.now);
                Ok(Happened::Processed)
            }
            Status::Returned => {
                self.dossier.ended_at = self.dossier.ended_at.or(Some(self.ctx.now));
                self.dossier.returned_at = Some(self.ctx.now);
                Ok(Happened::Returned)
            }
            _ => Ok(Happened::Passed),
        }
    }

    fn send_back(&mut self, note: &str) -> Result<Happened> {
        reason(note)?;
        let earlier = machine::before(&self.procedure, self.standing());
        let earlier = earlier.ok_or_else(|| Error::conflict("onestop-not-now"))?;
        self.dossier.step = earlier.step;
        self.dossier.queue = earlier.queue;
        self.dossier.status = earlier.status;
        self.dossier.holder_id = None;
        Ok(Happened::SentBack)
    }

    /// An apology comes before the promised day is over, never after.
    fn extend(&mut self, due: Option<DateTime<Utc>>, note: &str) -> Result<Happened> {
        reason(note)?;
        let old = self.dossier.due_at.ok_or_else(|| Error::conflict("onestop-not-now"))?;
        if old < self.ctx.now {
            return Err(Error::field("hen-moi", "onestop-extend-late"));
        }
        let due =
            due.filter(|due| *due > old).ok_or_else(|| Error::field("hen-moi", "onestop-extend-later"))?;
        self.dossier.due_at = Some(due);
        self.dossier.extensions += 1;
        Ok(Happened::Extended)
    }

    /// Writes what was done.
    async fn close(mut self, happened: Happened, said: Said<'_>) -> Result<Dossier> {
        self.dossier.turn_at = turn(&self.desk, &self.dossier);
        if !store::update(self.ctx, self.tx, &self.dossier).await? {
            return Err(Error::conflict("onestop-moved-on"));
        }
        self.dossier.revision += 1;
        event::add(self.ctx, self.tx, &self.dossier, happened, said).await?;
        tell::told(self.ctx, self.tx, &self.dossier, happened).await?;
        touched(self.ctx, self.tx);
        let detail =
            json!({ "what": happened.code(), "status": self.dossier.status, "step": self.dossier.step });
        let entry = Entry { action: "dossier.update", kind: "dossier", id: self.dossier.id, detail };
        audit::record(self.ctx, self.tx, entry).await?;
        Ok(self.dossier)
    }
}

fn reason(note: &str) -> Result<String> {
    let note = note.trim();
    if note.is_empty() { Err(Error::field("ly-do", "onestop-reason-empty")) } else { Ok(note.to_owned()) }
}

/// What orders the work list.
fn turn(desk: &DeskRules, dossier: &Dossier) -> DateTime<Utc> {
    let never = platform::clock::start_of_day(platform::clock::forever());
    match dossier.queue {
        Queue::Citizen | Queue::Nobody => never,
        _ if dossier.received_at.is_none() => desk.receive_until(dossier.submitted_at),
        _ => dossier.due_at.unwrap_or(never),
    }
}

/// Numbers that are counted from dossiers are counted anew.
pub(super) fn touched(ctx: &Ctx, tx: &Tx) {
    figures::touch(ctx, tx, crate::figures::DOSSIERS);
}

/// The applicant's answer to a request: new values of the marked fields, new pages of the marked papers.
///
/// # Errors
/// At each marked field or paper that is still wrong or was not given; `Conflict` when nothing was asked.
pub async fn answer(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    fields: &Answers,
    pages: BTreeMap<String, Vec<Prepared>>,
) -> Result<Dossier> {
    let mut work = Work::open(ctx, tx, id, revision).await?;
    if work.dossier.status != Status::Supplement {
        return Err(Error::conflict("onestop-not-now"));
    }
    let marks = marks_of(ctx, tx, id).await?;
    let mut wrong = Vec::new();
    for (key, _) in &marks {
        let Some(paper_key) = key.strip_prefix("giay-") else {
            match fields.get(key) {
                Some(value) => work.dossier.answers.insert(key.clone(), value.clone()),
                None => work.dossier.answers.remove(key),
            };
            continue;
        };
        let given = pages.get(paper_key).map(Vec::as_slice).unwrap_or_default();
        if given.is_empty() {
            wrong.push(platform::FieldError {
                field: key.clone().into(),
                message: "onestop-paper-again".into(),
            });
            continue;
        }
        paper::drop_all(ctx, tx, id, paper_key).await?;
        for page in given {
            paper::paper_add(ctx, tx, id, paper::Given::Paper, paper_key, page).await?;
        }
    }
    if let Some(form) = work.procedure.form.clone() {
        check::drop_hidden(&form, &mut work.dossier.answers);
        let all = check::problems(&form, &work.dossier.answers)?;
        wrong.extend(all.into_iter().filter(|one| marks.iter().any(|(key, _)| *key == one.field)));
    }
    if !wrong.is_empty() {
        return Err(Error::fields(wrong));
    }
    work.again();
    work.dossier.subject = subject(&work.procedure, &work.dossier.answers);
    search::put(ctx, tx, &[found(ctx, &work.procedure, &work.dossier)]).await?;
    if work.dossier.received_at.is_some() {
        once::release(ctx, tx, id).await?;
        once::claim(ctx, tx, &work.procedure, &work.dossier).await?;
    }
    work.close(Happened::Answered, Said { marks: &marks, ..Said::default() }).await
}

impl Work<'_> {
    /// The clock goes on where it stood.
    fn again(&mut self) {
        if let (Some(due), Some(stopped)) = (self.dossier.due_at, self.dossier.stopped_at.take()) {
            self.dossier.due_at = Some(self.desk.moved(due, stopped, self.ctx.now));
        }
        let received = self.dossier.received_at.is_some();
        self.dossier.status = if received { Status::Processing } else { Status::New };
        self.dossier.queue = self.standing().role().into();
    }
}

/// What the last request marked.
pub(crate) async fn marks_of(
    ctx: &Ctx,
    on: &impl platform::Run,
    dossier: Uuid,
) -> Result<Vec<(String, String)>> {
    let all = event::events(ctx, on, dossier).await?;
    let asked = all.iter().rev().find(|event| event.kind == Happened::Asked);
    Ok(asked.map(event::Event::marks).unwrap_or_default())
}

/// The applicant takes the dossier back.
pub async fn withdraw(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, why: &str) -> Result<Dossier> {
    let mut work = Work::open(ctx, tx, id, revision).await?;
    if work.dossier.status.ended() {
        return Err(Error::conflict("onestop-not-now"));
    }
    work.dossier.status = Status::Withdrawn;
    work.dossier.queue = Queue::Nobody;
    work.dossier.holder_id = None;
    work.dossier.ended_at = Some(ctx.now);
    work.dossier.stopped_at = None;
    work.dossier.reason = why.trim().chars().take(NOTE_MAX).collect();
    once::release(ctx, tx, id).await?;
    let note = work.dossier.reason.clone();
    work.close(Happened::Withdrawn, Said { note: &note, ..Said::default() }).await
}

/// Attaches what is returned: the document of the national system, or the commune's own.
pub async fn attach(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, file: &Prepared) -> Result<Dossier> {
    let work = Work::open(ctx, tx, id, revision).await?;
    let running = matches!(work.dossier.status, Status::Received | Status::Processing | Status::Processed);
    if !running {
        return Err(Error::conflict("onestop-not-now"));
    }
    paper::paper_add(ctx, tx, id, paper::Given::Result, "ket-qua", file).await?;
    work.close(Happened::Attached, Said { note: &file.name, ..Said::default() }).await
}

/// The applicant says how it went: 1 unsatisfied, 2 satisfied, 3 very satisfied.
pub async fn rate(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, rating: &str, words: &str) -> Result<Dossier> {
    let mut work = Work::open(ctx, tx, id, revision).await?;
    if !work.dossier.status.ended() || work.dossier.rating.is_some() {
        return Err(Error::conflict("onestop-not-now"));
    }
    let rating: Option<i64> = rating.parse().ok().filter(|rating| (1..=3).contains(rating));
    work.dossier.rating = Some(rating.ok_or_else(|| Error::field("muc", "error-choose"))?);
    let note: String = words.trim().chars().take(NOTE_MAX).collect();
    work.close(Happened::Rated, Said { note: &note, ..Said::default() }).await
}

/// Keeps that the registry has learned what came of it; `note` is the id of the person.
pub async fn recorded(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, note: &str) -> Result<Dossier> {
    let work = Work::open(ctx, tx, id, revision).await?;
    let before = event::events(ctx, tx, id).await?;
    if before.iter().any(|event| event.kind == Happened::Recorded) || work.dossier.received_at.is_none() {
        return Err(Error::conflict("onestop-not-now"));
    }
    work.close(Happened::Recorded, Said { note, ..Said::default() }).await
}
