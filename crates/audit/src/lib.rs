//! The append-only record. Every writing rule calls [`record`] as the last thing before the commit; the entries of a
//! commune form one chain of hashes, so a row that was changed, taken out or put in later is found by [`verify`].
//!
//! An entry holds ids, field names and [`keyed_hash`]es, never personal text: a person can be erased without breaking
//! the chain. Reading personal data is recorded by [`viewed`], which the person can see ([`views_of`]).

mod chain;
mod entry;
pub mod keys;
mod list;
mod pages;
mod verify;
mod view;

pub use chain::record;
pub use entry::Entry;
pub use list::{Filter, Listed, list};
pub use verify::{Checked, Verified, last_check, verify, verify_all, verify_and_keep};
pub use view::{View, viewed, views_of};

use futures_util::future::BoxFuture;
use platform::area::{get, post};
use platform::jobs::{Every, Worker};
use platform::{Area, Ctx, Result, Uuid, db::Migration};
use std::collections::HashMap;
use std::time::Duration;

pub const MIGRATIONS: &[Migration] =
    &[Migration { version: 30, name: "audit", text: include_str!("../migrations/0030_audit.sql") }];

/// The chain is read from end to end once a day.
const VERIFY: &str = "audit.verify";
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Names by account id.
pub type NamesAnswer<'a> = BoxFuture<'a, Result<HashMap<Uuid, String>>>;

/// How the record learns the names of accounts, which belong to an area above: that area offers this.
pub struct AccountNames(pub for<'a> fn(&'a Ctx, &'a [Uuid]) -> NamesAnswer<'a>);

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
        .routes(vec![
            get("/lam-viec/nhat-ky", "audit.list", pages::show),
            post("/lam-viec/nhat-ky/kiem-tra", "audit.verify", pages::verify),
            get("/lam-viec/nhat-ky/tai-ve", "audit.export", pages::export),
        ])
        .offer(ui::MenuEntry {
            text: "audit-title",
            url: "/lam-viec/nhat-ky",
            icon: "history",
            action: "audit.list",
            group: "audit-menu-system",
            order: 910,
        })
        .worker(Worker::new(VERIFY, |ctx: Ctx, _| async move {
            Ok(serde_json::json!(verify_and_keep(&ctx).await?))
        }))
        .every(Every { kind: VERIFY, period: DAY })
}
