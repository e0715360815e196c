//! Signatures in PDF files: PAdES baseline B-B (ETSI EN 319 142-1), made with any key ([`Signer`]), and judged.
//!
//! [`sign`] adds a signature without touching a byte of what stands in the file, so that an earlier signature stays
//! good; [`sign_shown`] draws something at its place. [`check`] says of every signature in a file who made it, whether the signed bytes are unchanged, whether
//! something was added afterwards, and whether the certificate leads to an authority that the caller trusts.
//!
//! Not here: time stamps of an authority (B-T) and revocation lists (B-LT). The moment of signing is what the signer's
//! computer says.
//!
//! ```no_run
//! # fn main() -> Result<(), pades::Fault> {
//! # let (pdf, file) = (Vec::new(), Vec::new());
//! let key = pades::Key::from_pkcs12(&file, "secret")?;
//! let at = chrono::Local::now().fixed_offset();
//! let signed = pades::sign(&pdf, &key, &pades::Signing { at, reason: "Ký ban hành", place: "Gia Phú" })?;
//! assert!(pades::check(&signed, &[])?[0].intact);
//! # Ok(())
//! # }
//! ```

mod cert;
mod check;
mod fault;
mod key;
mod message;
mod pdf;
pub mod practice;
mod shown;
mod trust;

pub use cert::Certificate;
pub use check::{Judged, check};
pub use fault::Fault;
pub use key::{Key, KeyKind, Signer, ecdsa_der};
pub use pdf::{Signing, sign, sign_shown};
pub use shown::{Shown, first_page, shown_at};
pub use trust::Anchor;
