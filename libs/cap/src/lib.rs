//! The Common Alerting Protocol, OASIS CAP 1.2 (ITU-T X.1303bis): the XML in which agencies warn each other and the
//! public. [`Alert::parse`], [`Alert::to_xml`], [`Alert::judge`], and [`sign`] and [`verify`] for the enveloped XML
//! signature of section 3.3.4. Pure: no clock, no network, no files.
//!
//! ```
//! let xml = r#"<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
//!   <identifier>GP-2026-0007</identifier><sender>pctt@giaphu.example</sender>
//!   <sent>2026-11-29T08:00:00+07:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
//!   <info><language>vi-VN</language><category>Met</category><event>Lũ quét</event><urgency>Immediate</urgency>
//!     <severity>Severe</severity><certainty>Likely</certainty><expires>2026-11-29T20:00:00+07:00</expires>
//!     <area><areaDesc>Thôn Nậm Pheng</areaDesc><circle>22.401,104.002 3.5</circle></area></info></alert>"#;
//! let alert = cap::Alert::parse(xml.as_bytes())?;
//! let at = alert.sent.moment().to_utc();
//! assert!(alert.judge(at, &[]).is_live());
//! assert_eq!(cap::Alert::parse(alert.to_xml().as_bytes())?, alert);
//! # Ok::<(), cap::Fault>(())
//! ```
//!
//! # How it reads
//!
//! * By name, never by position, with any prefix or none; the namespace is [`NAMESPACE`], older ones are refused by
//!   name. What the standard does not know is passed over; attributes are too.
//! * An optional element that is there and empty is as if it were not there.
//! * What breaks a rule of the standard is refused whole, with a [`Fault`]: the elements down to it and a [`Reason`]
//!   with a stable [`Reason::code`]. No half of a warning is told.
//! * What is hostile ends early: any DOCTYPE, any entity but the five of XML, more than [`LARGEST`] bytes, elements
//!   nested or counted beyond reason.
//!
//! # What is not here
//!
//! How alerts travel, feeds, translations. Certificates are not asked whether they were revoked. Encryption
//! (section 3.3.4) is not read.

mod alert;
mod area;
mod check;
mod choices;
mod dsig;
mod fault;
mod info;
mod judge;
mod lists;
mod place;
mod read;
mod resource;
mod text;
mod time;
mod write;
mod xml;

pub use alert::{Alert, Reference};
pub use area::Area;
pub use choices::{Category, Certainty, Kind, Response, Scope, Severity, Status, Urgency};
pub use dsig::{
    CertificateFault, Key, KeyKind, PrivateKey, Refused, SignFault, Signer, Trusted, Verified, Vouched, sign,
    verify,
};
pub use fault::{Fault, Place, Reason, Step};
pub use info::Info;
pub use judge::{Judged, Objection, Relation};
pub use place::{Circle, Height, Number, Point, Polygon};
pub use resource::Resource;
pub use text::{Id, Language, Named, Text, Uri, Word};
pub use time::Time;

/// The namespace of every element (section 3.4).
pub const NAMESPACE: &str = "urn:oasis:names:tc:emergency:cap:1.2";

/// Bytes of the largest message that is read: room for a spoken warning inside it (`derefUri`).
pub const LARGEST: usize = 4 << 20;
