//! What everybody may know of the commune's things, on its map: culture houses, and the loudspeakers that wake people.

use crate::{asset, thing};
use platform::{Ctx, Result};
use units::MapLayer;
use units::drawing::Pin;
use units::place::{Ground, Point};

const MOST: i64 = 300;

pub(crate) const CULTURE_HOUSES: MapLayer = MapLayer {
    key: "nha-van-hoa",
    text: "registry-map-culture",
    first: true,
    order: 10,
    pins: |ctx| Box::pin(pins(ctx, asset::Kind::CultureHouse, "house", "landmark")),
};

pub(crate) const LOUDSPEAKERS: MapLayer = MapLayer {
    key: "loa",
    text: "registry-map-speakers",
    first: false,
    order: 40,
    pins: |ctx| Box::pin(pins(ctx, asset::Kind::Loudspeaker, "speaker", "megaphone")),
};

/// Those with a known place; each leads to the page of its village.
async fn pins(ctx: &Ctx, kind: asset::Kind, look: &'static str, sign: &'static str) -> Result<Vec<Pin>> {
    let filter = thing::Filter { kind: Some(kind.code()), ..thing::Filter::default() };
    let ground = Ground::load(ctx).await?;
    let found = asset::list(ctx, &filter, None, MOST).await?;
    let pin = |one: asset::Asset| {
        let at = Point::new(one.facts.latitude?, one.facts.longitude?)?;
        let village = ground.find(one.facts.village_id?)?;
        Some(Pin { at, url: format!("/thon/{}", village.slug), name: one.facts.name, look, sign })
    };
    Ok(found.rows.into_iter().filter_map(pin).collect())
}
