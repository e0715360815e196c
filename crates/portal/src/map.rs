//! The map of the commune for everybody: what the areas offer, in layers that are chosen without a script.

use askama::Template;
use axum::extract::RawQuery;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Result};
use ui::Shell;
use units::MapLayer;
use units::drawing::{Drawing, Pin};
use units::place::Ground;

pub const PATH: &str = "/ban-do";

/// A layer in the choice and, when it is chosen, in the list under the map.
struct Layer {
    key: &'static str,
    name: String,
    chosen: bool,
    pins: Vec<Pin>,
}

#[derive(Template)]
#[template(path = "map.html")]
struct MapPage {
    shell: Shell,
    layers: Vec<Layer>,
    map: Option<Drawing>,
    villages: Vec<(String, String)>,
}

pub async fn show(ctx: Ctx, RawQuery(query): RawQuery) -> Result<Response> {
    let shell = Shell::public(&ctx, "portal-map").await?;
    let query = query.unwrap_or_default();
    let asked: Vec<String> = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, _)| name == "lop")
        .map(|(_, value)| value.into_owned())
        .collect();
    let mut offered: Vec<&MapLayer> = ctx.app.offers::<MapLayer>().collect();
    offered.sort_by_key(|layer| layer.order);
    let mut layers = Vec::new();
    for layer in offered {
        let pins = (layer.pins)(&ctx).await?;
        if pins.is_empty() {
            continue;
        }
        let chosen = if asked.is_empty() { layer.first } else { asked.iter().any(|key| key == layer.key) };
        layers.push(Layer { key: layer.key, name: ctx.t().t(layer.text), chosen, pins });
    }
    let ground = Ground::load(&ctx).await?;
    let map = Drawing::of(ctx.t(), &ground, shell.title.clone()).map(|mut map| {
        let shown = layers.iter().filter(|layer| layer.chosen);
        map.pins = shown.flat_map(|layer| layer.pins.iter().cloned()).collect();
        map
    });
    let villages =
        ground.villages.iter().map(|(unit, _)| (unit.name.clone(), format!("/thon/{}", unit.slug))).collect();
    Ok(html(ui::render(&MapPage { shell, layers, map, villages })?))
}
