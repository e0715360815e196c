//! What is sent and what comes back.

use crate::outgoing::model::{Document, Draft, Event, Recipient, Version};
use chrono::{DateTime, Utc};
use platform::{Error, Uuid};

/// The words of a document. Lists have one entry on each line.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutgoingDraft {
    /// Who issues: ubnd or dang-uy.
    pub issuer: String,
    /// quyet-dinh, cong-van, …: as in `office-kinds`.
    pub kind: String,
    pub subject: String,
    #[serde(default)]
    pub to: String,
    #[serde(default)]
    pub grounds: String,
    pub body: String,
    /// What follows on pages of its own, each begun by a line `Phụ lục`, with `(ngang)` on its side.
    #[serde(default)]
    pub appendices: String,
    #[serde(default)]
    pub receivers: String,
    /// The page on its side, for wide tables that are no appendix.
    #[serde(default)]
    pub landscape: bool,
    /// The stamp that says who may read it, as in `office-books`; empty for none.
    #[serde(default)]
    pub circulation: String,
    /// 0 ordinary, 1 urgent, 2 very urgent, 3 express.
    #[serde(default)]
    pub urgency: i64,
    /// The field or unit in the symbol of an official letter.
    #[serde(default)]
    pub field: String,
    /// The drafter's symbol.
    #[serde(default)]
    pub mark: String,
    #[serde(default)]
    pub copies: i64,
    /// The role that signs; empty: as is usual.
    #[serde(default)]
    pub signer: String,
    /// The incoming document that it answers.
    #[serde(default)]
    pub reply_to: Option<Uuid>,
}

impl From<OutgoingDraft> for Draft {
    fn from(sent: OutgoingDraft) -> Draft {
        let OutgoingDraft {
            issuer,
            kind,
            subject,
            to,
            grounds,
            body,
            appendices,
            receivers,
            landscape,
            circulation,
            urgency,
            field,
            mark,
            copies,
            signer,
            reply_to,
        } = sent;
        Draft {
            issuer,
            kind,
            subject,
            to,
            grounds,
            body,
            appendices,
            receivers,
            landscape,
            circulation,
            urgency,
            field,
            mark,
            copies,
            signer,
            reply_to,
        }
    }
}

impl From<Draft> for OutgoingDraft {
    fn from(draft: Draft) -> OutgoingDraft {
        let Draft {
            issuer,
            kind,
            subject,
            to,
            grounds,
            body,
            appendices,
            receivers,
            landscape,
            circulation,
            urgency,
            field,
            mark,
            copies,
            signer,
            reply_to,
        } = draft;
        OutgoingDraft {
            issuer,
            kind,
            subject,
            to,
            grounds,
            body,
            appendices,
            receivers,
            landscape,
            circulation,
            urgency,
            field,
            mark,
            copies,
            signer,
            reply_to,
        }
    }
}

/// A document as it stands.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct OutgoingBody {
    id: Uuid,
    /// drafting, reviewing, returned, approved, numbered, issued, recalled or replaced.
    state: &'static str,
    draft: OutgoingDraft,
    version: i64,
    /// Number and symbol, `15/QĐ-UBND`; empty while it has none.
    number: String,
    drafted_by: Uuid,
    /// Who approved it and signs; empty before.
    signer: String,
    numbered_at: Option<DateTime<Utc>>,
    issued_at: Option<DateTime<Utc>>,
    replaces: Option<Uuid>,
    replaced_by: Option<Uuid>,
    recalled_at: Option<DateTime<Utc>>,
    recall_reason: String,
    /// BLAKE3 of the issued file.
    digest: String,
    /// Send it back with a change.
    revision: i64,
}

impl OutgoingBody {
    pub fn of(one: Document) -> OutgoingBody {
        OutgoingBody {
            id: one.id,
            state: one.state.code(),
            version: one.version,
            number: one.full_number(),
            drafted_by: one.drafted_by,
            signer: one.signer_name,
            numbered_at: one.numbered_at,
            issued_at: one.issued_at,
            replaces: one.replaces,
            replaced_by: one.replaced_by,
            recalled_at: one.recalled_at,
            recall_reason: one.recall_reason,
            digest: one.digest,
            revision: one.revision,
            draft: one.content.into(),
        }
    }
}

/// Something that happened to it.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct OutgoingEvent {
    /// submitted, commented, returned, approved, numbered, issued, recalled, replaced or succeeded.
    happened: &'static str,
    account_id: Option<Uuid>,
    version: i64,
    note: String,
    at: DateTime<Utc>,
}

/// Somebody who gets it.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct OutgoingRecipient {
    name: String,
    /// On the interconnection axis; empty for paper.
    code: String,
    /// waiting, by-hand, handed, sent, arrived, refused, received, assigned, working, done, recalled or failed.
    delivery: &'static str,
    note: String,
    at: DateTime<Utc>,
}

/// A document with what happened to it and who gets it.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct OutgoingCard {
    #[serde(flatten)]
    document: OutgoingBody,
    events: Vec<OutgoingEvent>,
    recipients: Vec<OutgoingRecipient>,
}

impl OutgoingCard {
    pub fn of(one: Document, events: Vec<Event>, recipients: Vec<Recipient>) -> OutgoingCard {
        let event = |event: Event| OutgoingEvent {
            happened: event.happened.code(),
            account_id: event.account_id,
            version: event.version,
            note: event.note,
            at: event.at,
        };
        let recipient = |one: Recipient| OutgoingRecipient {
            name: one.name,
            code: one.code,
            delivery: one.delivery.code(),
            note: one.note,
            at: one.at,
        };
        OutgoingCard {
            document: OutgoingBody::of(one),
            events: events.into_iter().map(event).collect(),
            recipients: recipients.into_iter().map(recipient).collect(),
        }
    }
}

/// A save.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct OutgoingVersion {
    serial: i64,
    draft: OutgoingDraft,
    account_id: Uuid,
    at: DateTime<Utc>,
}

impl OutgoingVersion {
    pub fn of(version: Version) -> OutgoingVersion {
        let Version { serial, content, account_id, at } = version;
        OutgoingVersion { serial, draft: content.into(), account_id, at }
    }
}

/// A line of the register, in the ten columns of Annex IV.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct RegisterLine {
    pub number: String,
    pub day: String,
    pub subject: String,
    pub signer: String,
    pub receivers: String,
    pub keeper: String,
    pub copies: String,
    pub handed: String,
    pub acknowledged: String,
    pub note: String,
}

/// What the pages call the members.
pub fn member(error: Error) -> Error {
    error.renamed(&[
        ("loai", "kind"),
        ("trich-yeu", "subject"),
        ("kinh-gui", "to"),
        ("can-cu", "grounds"),
        ("noi-dung", "body"),
        ("phu-luc", "appendices"),
        ("luu-hanh", "circulation"),
        ("noi-nhan", "receivers"),
        ("muc-khan", "urgency"),
        ("linh-vuc", "field"),
        ("nguoi-soan", "mark"),
        ("so-ban", "copies"),
        ("nguoi-ky", "signer"),
        ("y-kien", "text"),
        ("ly-do", "text"),
        ("ly-do-thu-hoi", "text"),
        (signing::PASSWORD, "password"),
    ])
}
