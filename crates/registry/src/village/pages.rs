//! The public page of a village, and the map of all on the work side.

use super::store::{Counts, InVillage, counts, organisations, public_assets};
use crate::show::panel::of_village;
use crate::work::Query;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Error, Result, Uuid};
use std::collections::{BTreeMap, HashMap};
use ui::{Html, Shell, VillageMap};
use units::Unit;

#[derive(Template)]
#[template(path = "village/show.html")]
struct Show {
    shell: Shell,
    name: String,
    counts: Counts,
    fibre: String,
    insured: String,
    places: Vec<(String, String)>,
    map: Option<VillageMap>,
    /// What other areas tell of the village.
    panels: Vec<Html>,
    /// For those who work here: where the village's lists are.
    work: Vec<(String, String)>,
}

pub async fn show(ctx: Ctx, Path(slug): Path<String>) -> Result<Response> {
    let unit = units::by_slug(&ctx, &slug).await?;
    if unit.kind != units::Kind::Village {
        return Err(Error::not_found());
    }
    let t = ctx.t();
    let shell =
        Shell::public(&ctx, &unit.name).await?.crumb(t.t("registry-village-home"), "/").crumb(&unit.name, "");
    let found = counts(&ctx, Some(unit.id)).await?;
    let of = found.get(&unit.id).copied().unwrap_or_default();
    let mut places = named(&ctx, "registry-asset", public_assets(&ctx, unit.id).await?);
    places.extend(named(&ctx, "registry-organisation", organisations(&ctx, unit.id).await?));
    let all = units::village_list(&ctx, ctx.today()).await?;
    let values = BTreeMap::from([(unit.id.to_string(), number(of.people))]);
    let (title, people) = (t.t("registry-village-where"), t.t("registry-village-people-unit"));
    let map = draw(&ctx, &all, &title, &people, 0, &values, page_of).await?;
    let page = Show {
        name: unit.name.clone(),
        fibre: percent(&ctx, of.fibre, of.households),
        insured: percent(&ctx, of.insured, of.people),
        counts: of,
        places,
        map,
        panels: of_village(&ctx, &unit).await?,
        work: work_links(&ctx, unit.id),
        shell,
    };
    Ok(html(ui::render(&page)?))
}

/// The public page of a village.
fn page_of(unit: &Unit) -> String {
    format!("/thon/{}", unit.slug)
}

fn named(ctx: &Ctx, family: &str, rows: Vec<InVillage>) -> Vec<(String, String)> {
    rows.into_iter().map(|row| (row.name, ctx.t().t(&format!("{family}-{}", row.kind)))).collect()
}

fn work_links(ctx: &Ctx, village: Uuid) -> Vec<(String, String)> {
    let lists = [
        ("household.list", "registry-menu-households", "/lam-viec/ho"),
        ("person.list", "registry-menu-people", "/lam-viec/nguoi"),
        ("organisation.list", "registry-organisation-list", "/lam-viec/to-chuc"),
        ("asset.list", "registry-asset-list", "/lam-viec/tai-san"),
        ("due.list", "registry-menu-due", "/lam-viec/den-han"),
    ];
    let open = lists
        .into_iter()
        .filter(|(action, ..)| ctx.actor.is_some() && ctx.scope_of(action).covers("village", village));
    open.map(|(_, key, url)| (ctx.t().t(key), format!("{url}?thon={village}"))).collect()
}

/// Part of a whole in percent with one decimal; a dash where there is no whole.
fn percent(ctx: &Ctx, part: i64, whole: i64) -> String {
    if whole == 0 { "–".into() } else { format!("{} %", ctx.t().decimal(share(part, whole), 1)) }
}

fn share(part: i64, whole: i64) -> f64 {
    if whole == 0 { f64::NAN } else { number(part) * 100.0 / number(whole) }
}

#[allow(clippy::cast_precision_loss)] // counts of people stay far below 2^52
fn number(count: i64) -> f64 {
    count as f64
}

/// One measure of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    People,
    Households,
    Size,
    Fibre,
    Poor,
    Smartphone,
    Insured,
    Cameras,
    Loudspeakers,
}

impl Measure {
    pub const ALL: [Measure; 9] = [
        Measure::People,
        Measure::Households,
        Measure::Size,
        Measure::Fibre,
        Measure::Poor,
        Measure::Smartphone,
        Measure::Insured,
        Measure::Cameras,
        Measure::Loudspeakers,
    ];

    /// Its word in addresses, the key of its name, the key of its unit, decimals.
    fn facts(self) -> (&'static str, &'static str, &'static str, usize) {
        match self {
            Measure::People => ("dan-so", "registry-measure-people", "registry-village-people-unit", 0),
            Measure::Households => {
                ("ho", "registry-measure-households", "registry-village-household-unit", 0)
            }
            Measure::Size => ("nguoi-moi-ho", "registry-measure-size", "registry-village-people-unit", 1),
            Measure::Fibre => ("cap-quang", "registry-measure-fibre", "registry-percent", 1),
            Measure::Poor => ("ho-ngheo", "registry-measure-poor", "registry-percent", 1),
            Measure::Smartphone => ("dien-thoai", "registry-measure-smartphone", "registry-percent", 1),
            Measure::Insured => ("bao-hiem", "registry-measure-insured", "registry-percent", 1),
            Measure::Cameras => ("camera", "registry-measure-cameras", "registry-measure-things", 0),
            Measure::Loudspeakers => ("loa", "registry-measure-loudspeakers", "registry-measure-things", 0),
        }
    }

    /// `NaN` where there is nothing to divide by: the village stays grey.
    fn of(self, counts: &Counts) -> f64 {
        match self {
            Measure::People => number(counts.people),
            Measure::Households => number(counts.households),
            Measure::Size if counts.households == 0 => f64::NAN,
            Measure::Size => number(counts.people) / number(counts.households),
            Measure::Fibre => share(counts.fibre, counts.households),
            Measure::Poor => share(counts.poor + counts.near_poor, counts.households),
            Measure::Smartphone => share(counts.smartphone, counts.people),
            Measure::Insured => share(counts.insured, counts.people),
            Measure::Cameras => number(counts.cameras),
            Measure::Loudspeakers => number(counts.loudspeakers),
        }
    }
}

#[derive(Template)]
#[template(path = "village/map.html")]
struct MapPage {
    shell: Shell,
    tabs: Vec<(String, String)>,
    here: String,
    map: Option<VillageMap>,
    villages: Vec<(String, String)>,
}

pub async fn map(ctx: Ctx, axum::extract::Query(asked): Query) -> Result<Response> {
    let shell = Shell::of(&ctx, "registry-map-title").await?;
    let t = ctx.t();
    let measure =
        Measure::ALL.into_iter().find(|one| one.facts().0 == asked.text("do")).unwrap_or(Measure::People);
    let (word, name, unit, places) = measure.facts();
    let villages = units::village_list(&ctx, ctx.today()).await?;
    let found = counts(&ctx, None).await?;
    let values = measured(&villages, &found, measure);
    let map = draw(&ctx, &villages, &t.t(name), &t.t(unit), places, &values, page_of).await?;
    let address = |word: &str| format!("/lam-viec/ban-do?do={word}");
    let page = MapPage {
        tabs: Measure::ALL.into_iter().map(|one| (address(one.facts().0), t.t(one.facts().1))).collect(),
        here: address(word),
        villages: villages.iter().map(|unit| (unit.name.clone(), format!("/thon/{}", unit.slug))).collect(),
        map,
        shell,
    };
    Ok(html(ui::render(&page)?))
}

fn measured(villages: &[Unit], found: &HashMap<Uuid, Counts>, measure: Measure) -> BTreeMap<String, f64> {
    let none = Counts::default();
    villages
        .iter()
        .map(|unit| (unit.id.to_string(), measure.of(found.get(&unit.id).unwrap_or(&none))))
        .collect()
}

/// The map of the villages whose boundary is known, each leading to `url`; nothing when there is none.
pub async fn draw(
    ctx: &Ctx,
    villages: &[Unit],
    title: &str,
    unit: &str,
    places: usize,
    values: &BTreeMap<String, f64>,
    url: impl Fn(&Unit) -> String,
) -> Result<Option<VillageMap>> {
    let mut features = Vec::new();
    for village in villages {
        let Some(boundary) = units::boundary(ctx, village.id).await? else { continue };
        let shape: serde_json::Value = serde_json::from_str(&boundary)?;
        let properties = serde_json::json!({ "id": village.id, "name": village.short_name() });
        features.push(serde_json::json!({ "type": "Feature", "properties": properties, "geometry": shape }));
    }
    if features.is_empty() {
        return Ok(None);
    }
    let file = serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string();
    let url = |id: &str| {
        let found = villages.iter().find(|unit| unit.id.to_string() == id);
        found.map_or_else(String::new, &url)
    };
    let mut map = VillageMap::new(ctx.t(), title, unit, &file, values, url)?;
    map.places = places;
    Ok(Some(map))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_do_not_divide_by_nothing() {
        let empty = Counts::default();
        for measure in Measure::ALL {
            let value = measure.of(&empty);
            assert!(value == 0.0 || value.is_nan(), "{measure:?}: {value}");
        }
        let counts =
            Counts { people: 10, households: 4, fibre: 3, poor: 1, near_poor: 1, ..Counts::default() };
        assert_eq!(Measure::Fibre.of(&counts), 75.0);
        assert_eq!(Measure::Poor.of(&counts), 50.0);
        assert_eq!(Measure::Size.of(&counts), 2.5);
    }
}
