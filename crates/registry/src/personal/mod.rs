//! Personal data: declared, masked, shown one by one on a recorded look, handed out and erased at the person's wish.
//!
//! Law 91/2025/QH15 on personal data; the declaration stands in `data/personal-fields`.

mod consent;
mod declared;
mod erase;
mod export;
pub(crate) mod pages;
mod reveal;

pub use consent::{Basis, Consent, consent_give, consent_list, consent_withdraw, may_use};
pub use declared::{Declaration, Field, Mask, Purpose, load, mask_as};
pub use erase::erase;
pub(crate) use export::stays;
pub use export::{AlsoHeld, Stays, export};
pub use reveal::{Shown, reveal};

pub(crate) use reveal::value;
