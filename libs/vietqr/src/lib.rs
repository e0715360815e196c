//! VietQR: the text behind the QR code of a bank transfer in Vietnam (NAPAS, on the merchant-presented mode
//! of EMVCo), written ([`Transfer::encode`]) and read ([`decode`]). No input or output, no drawing, no clock.
//!
//! ```
//! use vietqr::{Banks, Kind, Transfer, decode};
//!
//! // A fictitious account, as every one here.
//! let transfer = Transfer::to_account("970415", "100000000001")
//!     .with_amount(150_000)
//!     .with_purpose("Phí chứng thực");
//! let payload = transfer.encode()?;
//! assert!(payload.starts_with("00020101021238") && payload.ends_with("0814Phi chung thuc6304A0F7"));
//!
//! let Kind::Transfer(read) = decode(&payload)?.kind else { panic!("another kind of code") };
//! assert_eq!((read.amount, read.purpose.as_deref()), (Some(150_000), Some("Phi chung thuc")));
//! assert_eq!(Banks::built_in().find(&read.bin).unwrap().name, "VietinBank");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A payload is a row of fields, each an id of two digits, a length of two digits and the value; some values
//! are rows of fields themselves. Written is printable ASCII only: programs count characters where others
//! count bytes, and there both agree. [`plain`] brings Vietnamese text into that form.
//!
//! The table of banks (`data/banks.csv`) names its source. A program with a newer one reads it with
//! [`Banks::from_csv`].
//!
//! The bank answers for the account: nothing here can tell whether it exists or whose it is.
//!
//! `Debug` of what holds an account prints the masked form, so that logs stay clean.

mod banks;
mod crc;
mod decode;
mod encode;
mod fault;
mod payload;
mod plain;
mod tlv;
mod transfer;

pub use banks::{Bank, Banks, TableProblem};
pub use crc::crc;
pub use decode::decode;
pub use encode::{EncodeProblem, MAX_ACCOUNT, MAX_AMOUNT, SAFE_TEXT, Text};
pub use fault::{DecodeProblem, Fault};
pub use payload::{Field, Kind, Payload};
pub use plain::plain;
pub use transfer::{Mode, Target, Transfer};

/// Who a code belongs to, in field 38 (NAPAS) or 26 (VNPAY).
const NAPAS: &str = "A000000727";
const VNPAY: &str = "A000000775";
