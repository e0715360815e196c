//! The roll of a campaign: its households, and how each was reached. What is noted of a household is one row for each channel and day;
//! the roll says from them who was reached first when.

pub(crate) mod home;
pub(crate) mod model;
pub(crate) mod pages;
pub(crate) mod paper;
pub(crate) mod rules;
pub(crate) mod store;
pub(crate) mod told;
pub(crate) mod ways;

pub(crate) use model::share;
pub use model::{Channel, Count, Home, Noted, Noting, Outcome, Source};
pub(crate) use rules::{fitting, here, join, leave, left};
pub use rules::{hear, note};
pub(crate) use store::Which;
pub(crate) use store::count::counts;

use platform::{Ctx, Result, Tx, Uuid};
use std::collections::HashSet;

/// Households of one village on the roll.
pub async fn homes(ctx: &Ctx, tx: &Tx, campaign: Uuid, village: Uuid) -> Result<Vec<Uuid>> {
    store::of_village(ctx, tx, campaign, village).await
}

pub(crate) async fn ids(ctx: &Ctx, tx: &Tx, campaign: Uuid) -> Result<HashSet<Uuid>> {
    store::ids(ctx, tx, campaign).await
}

pub(crate) async fn forget(ctx: &Ctx, tx: &Tx, before: chrono::NaiveDate) -> Result<u64> {
    store::forget(ctx, tx, before).await
}
