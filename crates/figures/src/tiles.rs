//! Figures on pages of others: the live numbers of the home page, and those that the public search finds by name.

use crate::{Value, all};
use platform::{Ctx, Result};
use ui::Tile;

/// The figures that stand on the home page.
pub async fn headlines(ctx: &Ctx) -> Result<Vec<Tile>> {
    tiles(ctx, |value| value.headline).await
}

/// Every figure that is known today, for the search by name.
pub async fn named(ctx: &Ctx) -> Result<Vec<Tile>> {
    tiles(ctx, |_| true).await
}

async fn tiles(ctx: &Ctx, wanted: impl Fn(&Value) -> bool) -> Result<Vec<Tile>> {
    let t = ctx.t();
    let values = all(ctx, ctx.today()).await?;
    let known = values.into_iter().filter(|value| value.value.is_some() && wanted(value));
    let tile = |value: Value| Tile {
        value: value.written(t),
        unit: value.unit_word(t),
        name: value.name(t),
        url: format!("/so-lieu/{}", value.key),
    };
    Ok(known.map(tile).collect())
}
