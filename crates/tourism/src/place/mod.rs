//! A place or an event: what it is, how it is kept, how it goes from hand to hand.

mod check;
mod contact;
mod kind;
mod model;
mod pass;
mod picture;
mod skip;
pub(crate) mod store;
mod write;

pub(crate) use check::{email, phone, phone_shown};
pub use contact::{Contact, Sent as SentContact, forget as contact_forget, set as contact_set};
pub use kind::Kind;
pub(crate) use model::{Brief, Event};
pub use model::{Draft, Happened, Picture, Place, State};
pub(crate) use pass::{May, may, record};
pub use pass::{approve, send_back, submit, take_down, within};
pub use picture::{About, Move, Ready, add as picture_add, describe, ready};
pub(crate) use picture::{drop as picture_drop, img};
pub use skip::skip;
pub use write::{create, save};

use platform::{Ctx, Result, Tx, Uuid};

/// Readers of a published place, all at once: for the demo.
pub async fn views(ctx: &Ctx, tx: &Tx, place: Uuid, count: i64) -> Result<()> {
    store::views_add(ctx, tx, place, count).await
}
