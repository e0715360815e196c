//! What both sides of the desk see of a dossier.

use crate::dossier::{Dossier, Event, PaperRow};
use chrono::{DateTime, Utc};
use platform::{Ctx, Result, Uuid};

/// A dossier. Numbers of people and answers stand only in the one that is asked for by its id.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct DossierBody {
    id: Uuid,
    code: String,
    procedure: String,
    /// The version of the procedure that it was begun with.
    procedure_digest: String,
    /// national-portal, provincial-system, portal, counter or team.
    channel: &'static str,
    /// The number of the national portal, 1 to 10.
    status: i64,
    /// The step whose turn it is.
    step: String,
    /// Whose turn it is: one-stop-officer, specialist, leader, citizen, nobody.
    queue: &'static str,
    subject: String,
    submitted_at: DateTime<Utc>,
    received_at: Option<DateTime<Utc>>,
    /// The promised moment.
    due_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    returned_at: Option<DateTime<Utc>>,
    /// Send it back with an act.
    revision: i64,
}

impl DossierBody {
    pub(super) fn of(one: &Dossier) -> DossierBody {
        DossierBody {
            id: one.id,
            code: one.code.clone(),
            procedure: one.procedure_code.clone(),
            procedure_digest: one.procedure_digest.clone(),
            channel: one.channel.code(),
            status: one.status.number(),
            step: one.step.clone(),
            queue: one.queue.code(),
            subject: one.subject.clone(),
            submitted_at: one.submitted_at,
            received_at: one.received_at,
            due_at: one.due_at,
            ended_at: one.ended_at,
            returned_at: one.returned_at,
            revision: one.revision,
        }
    }
}

/// A page of dossiers.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct DossierPage {
    pub(super) items: Vec<DossierBody>,
    /// Ask again with this as `after`; missing on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) after: Option<Uuid>,
}

/// Something that happened.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct EventBody {
    at: DateTime<Utc>,
    kind: &'static str,
    status: i64,
    step: String,
    note: String,
    account_id: Option<Uuid>,
}

impl EventBody {
    /// For the applicant, who does not learn accounts of the office.
    pub(super) fn public(event: Event) -> EventBody {
        EventBody { account_id: None, ..EventBody::of(event) }
    }

    pub(super) fn of(event: Event) -> EventBody {
        EventBody {
            at: event.at,
            kind: event.kind.code(),
            status: event.status.number(),
            step: event.step,
            note: event.note,
            account_id: event.account_id,
        }
    }
}

/// A page or document of a dossier or draft; its bytes are asked for by its id.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct PaperBody {
    id: Uuid,
    /// The paper of the procedure; `ket-qua` for a result.
    paper: String,
    name: String,
    media_type: String,
    added_at: DateTime<Utc>,
}

pub(super) async fn papers(ctx: &Ctx, rows: &[PaperRow]) -> Result<Vec<PaperBody>> {
    let mut all = Vec::new();
    for row in rows {
        let file = platform::files::find(ctx, &ctx.app.db, row.file_id).await?;
        all.push(PaperBody {
            id: row.id,
            paper: row.paper_key.clone(),
            name: file.name,
            media_type: file.media_type,
            added_at: row.added_at,
        });
    }
    Ok(all)
}
