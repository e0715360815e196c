//! What the office and the applicant do with a dossier: one transaction each, with its event, letter and record.

use super::clock::DeskRules;
use super::event::{self, Happened, Said};
use super::machine::{self, Act, Standing};
use super::model::{Dossier, Queue, Status};
use super::{once, paper, store, tell};
use crate::procedure::model::{Does, Procedure};
use crate::procedure::pinned;
use audit::Entry;
use chrono::{DateTime, Utc};
use platform::files::Prepared;
use platform::{Ctx, Error, Result, Tx, Uuid, said};
use serde_json::json;

/// A reason or note, in characters.
pub(super) const NOTE_MAX: usize = 2_000;

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

/// A dossier in hand, inside one transaction.
pub(super) struct Work<'c> {
    pub ctx: &'c Ctx,
    tx: &'c Tx,
    pub desk: DeskRules,
    pub procedure: std::sync::Arc<Procedure>,
    pub dossier: Dossier,
}

/// Does it, if the dossier stands as the reader saw it and the reader's role has the step.
///
/// # Errors
/// `Conflict` when somebody else was first or it is not possible now; `Forbidden` when the role may not; at the field
/// what is missing: a reason, marks, a colleague, a day.
pub async fn act(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, what: Act, doing: Doing) -> Result<Dossier> {
    let mut work = Work::open(ctx, tx, id, revision).await?;
    work.allowed(what)?;
    said::short("ly-do", &doing.note, NOTE_MAX)?;
    let note = doing.note.as_str();
    let happened = match what {
        Act::Receive => work.receive(doing.due).await?,
        Act::Refuse => work.end(Status::NotReceived, note)?,
        Act::Stop => work.end(Status::Stopped, note)?,
        Act::Ask => work.ask(note, &doing.marks)?,
        Act::Take => work.take()?,
        Act::Give => work.give(doing.to)?,
        Act::Pass => work.pass().await?,
        Act::SendBack => work.send_back(note).await?,
        Act::Extend => work.extend(doing.due, note)?,
    };
    if matches!(what, Act::Refuse | Act::Stop) {
        once::release(ctx, tx, id).await?;
    }
    work.close(happened, Said { note, marks: &doing.marks, to: doing.to, quiet: false }).await
}

impl<'c> Work<'c> {
    pub async fn open(ctx: &'c Ctx, tx: &'c Tx, id: Uuid, revision: i64) -> Result<Work<'c>> {
        let dossier = store::find(ctx, tx, id).await?;
        if dossier.revision != revision {
            return Err(Error::conflict("onestop-moved-on"));
        }
        let procedure = pinned(ctx, tx, &dossier.procedure_digest).await?;
        Ok(Work { ctx, tx, desk: DeskRules::load(ctx)?, procedure, dossier })
    }

    pub fn standing(&self) -> Standing<'_> {
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
        if does == Some(Does::Sign) && crate::result::unsigned(self.ctx, self.tx, self.dossier.id).await? {
            return Err(Error::conflict("onestop-paper-unsigned"));
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

    async fn send_back(&mut self, note: &str) -> Result<Happened> {
        reason(note)?;
        // A number that was taken is given up first, in the open.
        let paper = crate::result::live(self.ctx, self.tx, self.dossier.id).await?;
        if paper.is_some_and(|paper| paper.state == crate::result::State::Numbered) {
            return Err(Error::conflict("onestop-paper-unsigned"));
        }
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
    pub async fn close(mut self, happened: Happened, said: Said<'_>) -> Result<Dossier> {
        self.dossier.turn_at = turn(&self.desk, &self.dossier);
        if !store::update(self.ctx, self.tx, &self.dossier).await? {
            return Err(Error::conflict("onestop-moved-on"));
        }
        self.dossier.revision += 1;
        let quiet = said.quiet;
        event::add(self.ctx, self.tx, &self.dossier, happened, said).await?;
        if !quiet {
            tell::told(self.ctx, self.tx, &self.dossier, happened).await?;
        }
        if self.dossier.status.ended() {
            crate::opinion::over(self.ctx, self.tx, self.dossier.id).await?;
        }
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
pub(super) fn turn(desk: &DeskRules, dossier: &Dossier) -> DateTime<Utc> {
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

/// Attaches the commune's own paper, signed; `number` stands in the story. Also after the dossier has ended: then it
/// replaces one that was revoked.
pub(crate) async fn issued(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    file: &Prepared,
    number: &str,
) -> Result<(Dossier, Uuid)> {
    let work = Work::open(ctx, tx, id, revision).await?;
    let kept = paper::paper_add(ctx, tx, id, paper::Given::Result, "giay-cua-xa", file).await?;
    Ok((work.close(Happened::Issued, Said { note: number, ..Said::default() }).await?, kept))
}

/// Keeps that the commune took its paper back. One that nobody had signed is the office's own affair.
pub(crate) async fn revoked(
    ctx: &Ctx,
    tx: &Tx,
    id: Uuid,
    revision: i64,
    kept: Option<Uuid>,
    note: &str,
) -> Result<Dossier> {
    let work = Work::open(ctx, tx, id, revision).await?;
    if let Some(kept) = kept {
        paper::paper_drop(ctx, tx, id, kept).await?;
    }
    work.close(Happened::Revoked, Said { note, quiet: kept.is_none(), ..Said::default() }).await
}

/// Keeps that the registry has learned what came of it; `note` is the id of the person or marriage.
pub async fn recorded(ctx: &Ctx, tx: &Tx, id: Uuid, revision: i64, note: &str) -> Result<Dossier> {
    let work = Work::open(ctx, tx, id, revision).await?;
    let before = event::events(ctx, tx, id).await?;
    if before.iter().any(|event| event.kind == Happened::Recorded) || work.dossier.received_at.is_none() {
        return Err(Error::conflict("onestop-not-now"));
    }
    work.close(Happened::Recorded, Said { note, ..Said::default() }).await
}

/// Keeps something that happened beside the steps: the dossier itself does not move.
pub(crate) async fn noted(
    ctx: &Ctx,
    tx: &Tx,
    dossier: &Dossier,
    what: Happened,
    note: &str,
    to: Option<Uuid>,
) -> Result<()> {
    event::add(ctx, tx, dossier, what, Said { note, to, ..Said::default() }).await?;
    let detail = json!({ "what": what.code() });
    audit::record(ctx, tx, Entry { action: "dossier.note", kind: "dossier", id: dossier.id, detail }).await
}

/// Keeps that money came in for it. `revision` is asked of a person at the counter; a bank's statement knows none.
pub(crate) async fn paid(ctx: &Ctx, tx: &Tx, id: Uuid, revision: Option<i64>, dong: i64) -> Result<Dossier> {
    let now = store::find(&crate::whole(ctx), tx, id).await?.revision;
    let work = Work::open(ctx, tx, id, revision.unwrap_or(now)).await?;
    let note = crate::form::view::money(ctx.t(), dong);
    work.close(Happened::Paid, Said { note: &note, ..Said::default() }).await
}
