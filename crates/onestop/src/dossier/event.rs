//! What happened to a dossier: rows that are only ever added. The control sheet (form 06) is this list.

use super::model::{Dossier, Status};
use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Run, Tx, Uuid, choice, sql};
use sea_orm::FromQueryResult;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

choice! {
    Happened, "onestop-event", {
        Submitted = "submitted",
        Received = "received",
        NotReceived = "not-received",
        Asked = "asked",
        Answered = "answered",
        Taken = "taken",
        Given = "given",
        Passed = "passed",
        SentBack = "sent-back",
        Extended = "extended",
        Stopped = "stopped",
        Withdrawn = "withdrawn",
        Processed = "processed",
        Returned = "returned",
        Attached = "attached",
        Recorded = "recorded",
        Paid = "paid",
        Rated = "rated",
        /// The commune's own paper was signed.
        Issued = "issued",
        /// It was taken back.
        Revoked = "revoked",
        /// Taken over from the province's system.
        Synced = "synced",
        /// Somebody was asked for an opinion, and what came of it: beside the steps, the dossier does not move.
        Consulted = "consulted",
        Advised = "advised",
        Unadvised = "unadvised",
        Unasked = "unasked",
        /// The applicant complained, and what came of it. What was said stands with the complaint, not here.
        Complained = "complained",
        ComplaintAnswered = "complaint-answered",
        ComplaintWithdrawn = "complaint-withdrawn",
        /// Files and personal answers were destroyed by a decision, whose number is the note.
        Disposed = "disposed",
    }
}

impl Happened {
    /// The applicant is told of it, and programs that listen.
    pub fn public(self) -> bool {
        let inner = matches!(
            self,
            Happened::Taken | Happened::Given | Happened::SentBack | Happened::Attached | Happened::Recorded
        );
        !inner && !self.beside()
    }

    /// It stands in the applicant's story.
    pub fn shown(self) -> bool {
        self.public() || self.complaint()
    }

    fn complaint(self) -> bool {
        matches!(self, Happened::Complained | Happened::ComplaintAnswered | Happened::ComplaintWithdrawn)
    }

    /// The applicant did it, whoever pressed the button.
    pub(crate) fn of_applicant(self) -> bool {
        let own = matches!(
            self,
            Happened::Submitted | Happened::Answered | Happened::Withdrawn | Happened::Rated | Happened::Paid
        );
        own || matches!(self, Happened::Complained | Happened::ComplaintWithdrawn)
    }

    /// It happened beside the steps: the dossier did not move.
    fn beside(self) -> bool {
        let asked =
            matches!(self, Happened::Consulted | Happened::Advised | Happened::Unadvised | Happened::Unasked);
        asked || self.complaint() || self == Happened::Disposed
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub struct Event {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub kind: Happened,
    pub status: Status,
    pub step: String,
    pub account_id: Option<Uuid>,
    pub to_account_id: Option<Uuid>,
    pub due_at: Option<DateTime<Utc>>,
    pub note: String,
    marks: Value,
}

impl Event {
    /// The fields and papers that were sent back, with the reasons.
    pub fn marks(&self) -> Vec<(String, String)> {
        let marks = self.marks.as_object().into_iter().flatten();
        marks.map(|(key, reason)| (key.clone(), reason.as_str().unwrap_or_default().to_owned())).collect()
    }
}

/// All that happened, oldest first. The caller has found the dossier within the reader's scope.
pub async fn events(ctx: &Ctx, on: &impl Run, dossier: Uuid) -> Result<Vec<Event>> {
    sql("SELECT id, at, kind, status, step, account_id, to_account_id, due_at, note, marks FROM dossier_event \
         WHERE commune_id = $1 AND dossier_id = $2 ORDER BY id")
    .bind(ctx.commune)
    .bind(dossier)
    .all(on)
    .await
}

/// What is said with an event.
#[derive(Debug, Clone, Default)]
pub(super) struct Said<'a> {
    pub note: &'a str,
    pub marks: &'a [(String, String)],
    pub to: Option<Uuid>,
    /// Nobody gets a letter.
    pub quiet: bool,
}

/// When somebody here last moved each of these dossiers on.
pub(crate) async fn moved(
    ctx: &Ctx,
    on: &impl Run,
    dossiers: &[Uuid],
) -> Result<HashMap<Uuid, DateTime<Utc>>> {
    #[derive(FromQueryResult)]
    struct Moved {
        dossier_id: Uuid,
        at: DateTime<Utc>,
    }
    let other = [Happened::Paid, Happened::Rated, Happened::Attached, Happened::Recorded, Happened::Synced];
    let beside = Happened::ALL.iter().copied().filter(|what| what.beside()).chain(other);
    let these =
        sql("SELECT dossier_id, MAX(at) AS at FROM dossier_event WHERE commune_id = ").arg(ctx.commune);
    let these = these.push(" AND dossier_id IN (").args(dossiers.iter().copied()).push(") AND kind NOT IN (");
    let found: Vec<Moved> = these.args(beside).push(") GROUP BY dossier_id").all(on).await?;
    Ok(found.into_iter().map(|one| (one.dossier_id, one.at)).collect())
}

pub(super) async fn add(ctx: &Ctx, tx: &Tx, dossier: &Dossier, kind: Happened, said: Said<'_>) -> Result<()> {
    let marks: Map<String, Value> = said.marks.iter().map(|(key, why)| (key.clone(), json!(why))).collect();
    sql("INSERT INTO dossier_event (commune_id, dossier_id, id, at, kind, status, step, account_id, to_account_id, \
         due_at, note, marks) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(ctx.commune)
    .bind(dossier.id)
    .bind(ctx.new_id())
    .bind(ctx.now)
    .bind(kind)
    .bind(dossier.status)
    .bind(dossier.step.as_str())
    .bind(ctx.account_or_none())
    .bind(said.to)
    .bind(dossier.due_at)
    .bind(said.note)
    .bind(Value::Object(marks))
    .run(tx)
    .await?;
    crate::outward::told(ctx, tx, dossier, kind).await?;
    crate::upward::told(ctx, tx, dossier, kind).await
}
