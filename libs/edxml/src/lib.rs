//! edXML, the packages in which Vietnamese agencies exchange documents (QCVN 102:2016/BTTTT): [`read`], [`write`]
//! and [`check`]. Pure: the caller gives what is read from and written to.
//!
//! ```
//! use edxml::{Code, Document, DocumentId, Limits, Organ, Package};
//!
//! let document = Document {
//!     from: Organ::new("000.00.01.H16", "UBND xã Gia Phú"),
//!     to: vec![Organ::new("000.00.00.H16", "UBND tỉnh")],
//!     id: DocumentId::new("000.00.01.H16", "2026/03/02", "15/BC-UBND").unwrap(),
//!     code: Code { number: "15".into(), notation: "BC-UBND".into() },
//!     promulgated: chrono::NaiveDate::from_ymd_opt(2026, 3, 2),
//!     kind: edxml::DocumentKind { name: "Báo cáo".into(), ..Default::default() },
//!     subject: "Về việc trồng chè".into(),
//!     signer: edxml::Signer { name: "Nguyễn Văn A".into(), ..Default::default() },
//!     ..Document::default()
//! };
//! let mut bytes = Vec::new();
//! edxml::write(&Package::from(document.clone()), &mut bytes)?;
//! assert_eq!(edxml::read(&bytes[..], &Limits::default())?, Package::from(document));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How it reads
//!
//! * By name, never by position; with any prefix or none; `Bussiness` (as the standard spells it) and `Business`; the
//!   header of a status also under the name `status`; `cid:` before the id of an attachment or not.
//! * Every element stands in the namespace [`NAMESPACE`]. A SOAP envelope and the older namespaces are refused by name.
//! * Attachments are decoded while they are read, into one `Vec` each. One that is declared `application/zip` and
//!   whose name does not end in `.zip` is unwrapped, as the national kit wraps them; a `.docx` never is.
//! * What is hostile ends early, with a [`Fault`] that has a stable [`Fault::code`], and the line: any DOCTYPE, depth,
//!   number and size of elements ([`Limits`]), cut base64, a zip bomb, names that lead out of a folder.
//!
//! # What is deliberately not here
//!
//! Signatures over the XML are kept as text and not judged: what counts by law is the signature inside the attached PDF.
//! How packages travel. Lists of agencies, and what the number in [`DocumentKind::number`] means: sources disagree.

mod attachment;
mod business;
mod check;
mod document;
mod encoded;
mod fault;
mod header;
mod id;
mod limits;
mod meter;
mod node;
mod out;
mod read;
mod signature;
mod status;
mod unwrap;
mod walk;
mod write;

pub use attachment::Attachment;
pub use business::{Business, BusinessKind, Receiver, Replacement, Staff, Trace, Update};
pub use check::check;
pub use document::{Code, Document, DocumentKind, Organ, OtherInfo, Package, Response, Signer};
pub use fault::{Fault, Problem, WriteProblem};
pub use id::DocumentId;
pub use limits::Limits;
pub use read::read;
pub use signature::Signature;
pub use status::{Status, StatusCode};
pub use write::{write, written};

/// The namespace of every element.
pub const NAMESPACE: &str = "http://www.mic.gov.vn/TBT/QCVN_102_2016";

/// How dates and moments are written.
const DATE: &str = "%Y/%m/%d";
const MOMENT: &str = "%Y/%m/%d %H:%M:%S";
