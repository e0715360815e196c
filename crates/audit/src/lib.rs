//! The append-only record. Every writing rule calls [`record`] as the last thing before the commit; the entries of a
//! commune form one chain of hashes, so a row that was changed, taken out or put in later is found by [`verify`].
//!
//! An entry holds ids, field names and [`keyed_hash`]es, never personal text: a person can be erased without breaking
//! the chain. Reading personal data is recorded by [`viewed`], which the person can see ([`views_of`]).

mod chain;
mod entry;
pub mod keys;
mod list;
mod verify;
mod view;

pub use chain::record;
pub use entry::Entry;
pub use list::{Filter, Listed, list};
pub use verify::{Checked, Verified, last_check, verify, verify_all, verify_and_keep};
pub use view::{View, viewed, views_of};

use futures_util::future::BoxFuture;
use platform::{Area, Ctx, Result, Uuid, db::Migration};
use std::collections::HashMap;

pub const MIGRATIONS: &[Migration] =
    &[Migration { version: 30, name: "audit", text: include_str!("../migrations/0030_audit.sql") }];

/// How the record learns the names of accounts, which belong to an area above: that area offers this.
pub struct AccountNames(pub for<'a> fn(&'a Ctx, &'a [Uuid]) -> BoxFuture<'a, Result<HashMap<Uuid, String>>>);

/// A hash that shows whether two values are the same without telling what they are: for personal values in `detail`.
/// The key is a file of this installation, so nobody outside can try all numbers.
pub fn keyed_hash(ctx: &Ctx, value: &str) -> Result<String> {
    let key = keys::load(&ctx.app.config.data, "audit")?;
    Ok(blake3::keyed_hash(&key, value.as_bytes()).to_hex()[..32].to_owned())
}

pub fn area() -> Area {
    Area::new("audit")
        .migrations(MIGRATIONS)
        .locales(include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"))
        .policies(include_str!("access.cedar"))
}
