//! What the applicant does: answering a request, withdrawing, rating.

use super::event::{self, Happened, Said};
use super::model::{Dossier, Queue, Status};
use super::rules::{NOTE_MAX, Work};
use super::submit::{found, subject};
use super::{once, paper};
use crate::form::check;
use crate::form::model::Answers;
use platform::files::Prepared;
use platform::{Ctx, Error, Result, Tx, Uuid, search};
use std::collections::BTreeMap;

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
    if let Some(form) = &work.procedure.clone().form {
        check::drop_hidden(form, &mut work.dossier.answers);
        let all = check::problems(form, &work.dossier.answers)?;
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
