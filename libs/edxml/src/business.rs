use crate::DocumentId;
use chrono::NaiveDateTime;
use serde::Serialize;

/// What a message does, with the spelling of the standard: `Bussiness`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Business {
    /// New, or what happens to an earlier document.
    pub kind: BusinessKind,
    /// The document that is updated.
    pub document: Option<DocumentId>,
    /// Why.
    pub reason: String,
    /// Whether a paper copy follows (0: none; 1 presumably one).
    pub paper: bool,
    /// Who answers questions.
    pub staff: Staff,
    /// What an update changes.
    pub update: Option<Update>,
    /// What a replacement replaces.
    pub replacements: Vec<Replacement>,
}

/// What a message does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BusinessKind {
    /// A new document.
    #[default]
    New,
    /// It is taken back (thu hồi).
    Revocation,
    /// It is changed (cập nhật).
    Update,
    /// Another one stands in its place (thay thế).
    Replacement,
}

impl BusinessKind {
    /// All four.
    pub const ALL: [BusinessKind; 4] =
        [BusinessKind::New, BusinessKind::Revocation, BusinessKind::Update, BusinessKind::Replacement];

    /// The number on the wire. (One kit counts 0 as revocation; the samples of the national axis do not.)
    pub fn number(self) -> u32 {
        self as u32
    }

    /// By the number on the wire.
    pub fn of(number: u32) -> Option<BusinessKind> {
        BusinessKind::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

/// Who answers questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Staff {
    /// Department.
    pub department: String,
    /// Name.
    pub name: String,
    /// Telephone.
    pub mobile: String,
    /// E-mail.
    pub email: String,
}

/// What an update changes. The flags as they stand in samples; their meaning is unverified.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Update {
    /// What is said of the document.
    pub document: bool,
    /// Who receives it.
    pub receivers: bool,
    /// The receivers that are touched.
    pub list: Vec<Receiver>,
}

/// A receiver whom an update touches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Receiver {
    /// Its code.
    pub organ: String,
    /// 0 or 1; the meaning is unverified.
    pub kind: u32,
}

/// A document that is replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Replacement {
    /// Which one.
    pub document: DocumentId,
    /// For whom.
    pub organs: Vec<String>,
}

/// An agency that a message passed through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// Its code.
    pub organ: String,
    /// When, by its own clock.
    pub at: NaiveDateTime,
}
