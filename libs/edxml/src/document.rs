use crate::{Attachment, Business, DocumentId, Signature, Status, Trace};
use chrono::NaiveDate;
use serde::Serialize;

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Package {
    /// A document, or its revocation, update or replacement.
    Document(Box<Document>),
    /// What became of a document.
    Status(Box<Status>),
}

impl From<Document> for Package {
    fn from(document: Document) -> Package {
        Package::Document(Box::new(document))
    }
}

impl From<Status> for Package {
    fn from(status: Status) -> Package {
        Package::Status(Box::new(status))
    }
}

/// A document with its files. Texts that a package leaves out are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Who sends.
    pub from: Organ,
    /// Who receives; one or more.
    pub to: Vec<Organ>,
    /// By what everybody knows it again.
    pub id: DocumentId,
    /// Number and notation.
    pub code: Code,
    /// Where it was issued.
    pub place: String,
    /// When it was issued.
    pub promulgated: Option<NaiveDate>,
    /// The kind of document.
    pub kind: DocumentKind,
    /// What it is about (trích yếu).
    pub subject: String,
    /// More of what it says; often the subject again.
    pub content: String,
    /// Who signed.
    pub signer: Signer,
    /// Until when an answer or the work is due.
    pub due: Option<NaiveDate>,
    /// The lines of "Nơi nhận".
    pub to_places: Vec<String>,
    /// What else is said of it.
    pub other: OtherInfo,
    /// The documents that it answers.
    pub responses: Vec<Response>,
    /// 0: no steering document. 1 was seen; more is not known.
    pub steering: u32,
    /// Codes of the tasks that it answers.
    pub tasks: Vec<String>,
    /// The kind of application, where a system gives one.
    pub application: String,
    /// The agencies that it passed through.
    pub traces: Vec<Trace>,
    /// Whether it is new, or what happens to an earlier one.
    pub business: Business,
    /// The signature over the XML, if there is one.
    pub signature: Option<Signature>,
    /// The files.
    pub attachments: Vec<Attachment>,
}

/// An agency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Organ {
    /// Its code: opaque, as the code lists have changed and change again.
    pub id: String,
    /// The agency above it.
    pub in_charge: String,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub address: String,
    /// E-mail.
    pub email: String,
    /// Telephone.
    pub telephone: String,
    /// Fax.
    pub fax: String,
    /// Website.
    pub website: String,
}

impl Organ {
    /// With code and name only.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Organ {
        Organ { id: id.into(), name: name.into(), ..Organ::default() }
    }
}

/// Number and notation of a document, kept apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Code {
    /// `15`
    pub number: String,
    /// `BC-UBND`
    pub notation: String,
}

/// The kind of a document. Go by the name: systems disagree about the number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DocumentKind {
    /// Whatever the sender's list says.
    pub number: Option<u32>,
    /// Finer, where there is one.
    pub detail: String,
    /// `Công văn`, `Báo cáo`, …
    pub name: String,
}

/// Who signed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Signer {
    /// `TM. …`, `KT. …`, `TL. …`
    pub competence: String,
    /// Office held.
    pub position: String,
    /// Name.
    pub name: String,
}

/// What else is said of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct OtherInfo {
    /// 0 is normal; what is higher is more urgent (1 khẩn, 2 thượng khẩn, 3 hỏa tốc; unverified).
    pub priority: Option<u32>,
    /// Whom it is spread to.
    pub sphere: String,
    /// Initials of who typed it.
    pub typer: String,
    /// Copies.
    pub copies: Option<u32>,
    /// Pages.
    pub pages: Option<u32>,
    /// Whether it directs.
    pub direction: Option<bool>,
    /// What is appended.
    pub appendixes: Vec<String>,
    /// What it replies to, in words.
    pub replies: Vec<String>,
    /// Codes that it refers to.
    pub references: Vec<String>,
}

impl OtherInfo {
    pub(crate) fn is_empty(&self) -> bool {
        self == &OtherInfo::default()
    }
}

/// A document that this message answers or speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Response {
    /// The agency that issued it.
    pub organ: String,
    /// Number with notation: `7816/VPCP-TTĐT`.
    pub code: String,
    /// When it was issued.
    pub promulgated: Option<NaiveDate>,
    /// Its id, where one is given.
    pub id: Option<DocumentId>,
}
