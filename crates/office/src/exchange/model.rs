//! What is exchanged, and with whom.

use chrono::{DateTime, NaiveDate, Utc};
use platform::{Uuid, choice};
use sea_orm::{DbErr, FromQueryResult, QueryResult, TryGetError, TryGetable};
use serde::{Deserialize, Serialize};

choice! {
    /// How a peer is reached.
    Way, "office-exchange-way", {
        Https = "https",
        Folder = "folder",
    }
}

choice! {
    /// On whose network something goes. Papers of the Party committee go on no other than the Party's.
    Net, "office-exchange-net", {
        State = "state",
        Party = "party",
    }
}

choice! {
    /// What a package is.
    What, "office-exchange-what", {
        New = "new",
        Revocation = "revocation",
        Update = "update",
        Replacement = "replacement",
        Status = "status",
    }
}

choice! {
    /// How far something is on its way out.
    Sent, "office-exchange-sent", {
        Waiting = "waiting",
        Gone = "sent",
        /// It was refused, or cannot be sent: a person looks at it.
        Refused = "refused",
    }
}

choice! {
    /// What the receiver said became of it.
    Standing, "office-exchange-standing", {
        Arrived = "arrived",
        Refused = "refused",
        Received = "received",
        Assigned = "assigned",
        Working = "working",
        Done = "done",
        Recalled = "recalled",
        Replaced = "replaced",
        Updated = "updated",
        /// It was asked to give it back or change it, and declined.
        Declined = "declined",
    }
}

choice! {
    /// What is done with something that came in.
    Taken, "office-exchange-taken", {
        Kept = "taken",
        /// The sender wants it back or changed; somebody answers.
        Asked = "asked",
        Agreed = "agreed",
        Declined = "declined",
        Refused = "refused",
    }
}

choice! {
    /// What became here of a document that came in; the sender is told.
    Step, "office-exchange-step", {
        Refused = "refused",
        Received = "received",
        Assigned = "assigned",
        Working = "working",
        Done = "done",
    }
}

/// A document that is issued and goes to other agencies.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Outgoing {
    /// Our own, for the rows of its recipients.
    pub document: Uuid,
    pub to: Vec<Recipient>,
    pub purpose: Purpose,
    /// `15`
    pub number: String,
    /// `BC-UBND`
    pub notation: String,
    /// `Báo cáo`
    pub kind: String,
    pub subject: String,
    pub place: String,
    pub issued_on: NaiveDate,
    /// `TM. ỦY BAN NHÂN DÂN`
    pub signed_for: String,
    pub signer_position: String,
    pub signer_name: String,
    /// 0 ordinary, 1 to 3 as the stamps of the decree.
    pub urgency: i64,
    pub due_on: Option<NaiveDate>,
    pub to_places: Vec<String>,
    /// A paper of the Party committee.
    #[serde(default)]
    pub party: bool,
    /// Kept files.
    pub files: Vec<Uuid>,
}

/// An agency that gets it, with the number of its row at the document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Recipient {
    pub serial: i64,
    pub name: String,
    pub code: String,
}

/// What the package does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    New,
    /// The document itself is taken back.
    Revocation {
        reason: String,
    },
    /// What is said of it was wrong.
    Update {
        reason: String,
    },
    /// It stands in the place of these, by number with notation and day.
    Replacement {
        reason: String,
        of: Vec<(String, NaiveDate)>,
    },
}

impl Purpose {
    pub(super) fn what(&self) -> What {
        match self {
            Purpose::New => What::New,
            Purpose::Revocation { .. } => What::Revocation,
            Purpose::Update { .. } => What::Update,
            Purpose::Replacement { .. } => What::Replacement,
        }
    }
}

/// All that a package is made of but the files.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Item {
    Document(Box<Outgoing>),
    Status(Reply),
}

/// What became of a document of somebody else.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Reply {
    /// Their id of it.
    pub document: String,
    /// `7816/VPCP-TTĐT`
    pub number: String,
    pub promulgated: Option<NaiveDate>,
    /// Two digits.
    pub status: String,
    pub note: String,
    /// It came over the Party's network.
    #[serde(default)]
    pub party: bool,
}

impl Item {
    pub fn net(&self) -> Net {
        let party = match self {
            Item::Document(document) => document.party,
            Item::Status(reply) => reply.party,
        };
        if party { Net::Party } else { Net::State }
    }
}

impl TryGetable for Item {
    fn try_get_by<I: sea_orm::ColIdx>(row: &QueryResult, at: I) -> Result<Item, TryGetError> {
        let value: serde_json::Value = TryGetable::try_get_by(row, at)?;
        serde_json::from_value(value).map_err(|wrong| DbErr::Json(wrong.to_string()).into())
    }
}

/// Who we are on the axis.
#[derive(Debug, Clone, Default, FromQueryResult)]
pub(super) struct Office {
    pub code: String,
    pub name: String,
    pub in_charge: String,
}

impl Office {
    /// What we are called where this peer stands.
    pub fn on(&self, peer: &Peer) -> Office {
        if peer.own_code.is_empty() {
            return self.clone();
        }
        let name = if peer.own_name.is_empty() { &self.name } else { &peer.own_name };
        Office { code: peer.own_code.clone(), name: name.clone(), in_charge: String::new() }
    }
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Peer {
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub way: Way,
    pub address: String,
    /// Sealed.
    pub secret: String,
    pub made_at: DateTime<Utc>,
    pub net: Net,
    /// What we are called there; empty as everywhere.
    pub own_code: String,
    pub own_name: String,
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Out {
    pub id: Uuid,
    pub peer_id: Option<Uuid>,
    pub code: String,
    pub what: What,
    pub document_id: Option<Uuid>,
    pub serial: i64,
    pub external_id: String,
    pub item: Item,
    pub state: Sent,
    pub tries: i64,
    pub next_at: DateTime<Utc>,
    pub problem: String,
    pub at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    pub standing: Option<Standing>,
    pub standing_at: Option<DateTime<Utc>>,
    pub standing_note: String,
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct In {
    pub id: Uuid,
    pub code: String,
    pub key: String,
    pub what: What,
    pub external_id: String,
    pub number: String,
    pub promulgated: Option<NaiveDate>,
    pub subject: String,
    pub state: Taken,
    pub problem: String,
    pub note: String,
    /// The earlier documents that a request is about.
    pub concerns: serde_json::Value,
    pub at: DateTime<Utc>,
    pub file_id: Uuid,
    pub net: Net,
}
