//! The figures of the registry: every number of it that the commune reports, counted from its rows on any day.

use crate::find::{asset_path, household_path, organisation_path, person_path, team_path};
use crate::views;
use figures::{Base, Figure, FigureSet, Kind, Shown};
use platform::i18n;
use platform::{Ctx, Lang, Result, Tx, Uuid, sql};
use sea_orm::FromQueryResult;
use std::borrow::Cow;

pub const PEOPLE: &str = "registry.person";
pub const HOUSEHOLDS: &str = "registry.household";
pub const ORGANISATIONS: &str = "registry.organisation";
pub const ASSETS: &str = "registry.asset";
pub const TEAMS: &str = "registry.team";
pub const VILLAGES: &str = "registry.village";
pub const ACCOUNTS: &str = "registry.account";

const COMMUNE: &str = "figures-group-commune";
const PEOPLE_GROUP: &str = "figures-group-people";
const ECONOMY: &str = "figures-group-economy";
const DIGITAL: &str = "figures-group-digital";
const OFFICE: &str = "figures-group-office";

/// What was counted from these rows is counted anew once the transaction stands. Every version that is written comes
/// through here.
pub(crate) fn touched(ctx: &Ctx, tx: &Tx, versions: &str) {
    let base = match versions {
        "person_version" | "membership_version" => PEOPLE,
        "household_version" => HOUSEHOLDS,
        "organisation_version" => ORGANISATIONS,
        _ => ASSETS,
    };
    figures::touch(ctx, tx, base);
}

/// The same for boards and teams, which have no versions; a village counts as covered by its team.
pub(crate) fn touched_teams(ctx: &Ctx, tx: &Tx) {
    figures::touch(ctx, tx, TEAMS);
    figures::touch(ctx, tx, VILLAGES);
}

/// What the registry offers to the engine of the figures. Rules that write such rows call
/// [`touched`] or [`touched_teams`].
pub fn set() -> FigureSet {
    i18n::load("registry-figures", Lang::Vi, include_str!("../locales/figures.vi.ftl"));
    i18n::load("registry-figures", Lang::En, include_str!("../locales/figures.en.ftl"));
    let figures = [commune(), people(), economy(), digital(), office()].concat();
    FigureSet { area: "registry", bases: bases(), figures }
}

fn bases() -> Vec<Base> {
    let on = Cow::Borrowed;
    vec![
        Base {
            name: PEOPLE,
            on: on(views::PERSON_ON),
            now: Some(views::PERSON_NOW),
            show: Some(|ctx, ids| Box::pin(show_people(ctx, ids))),
        },
        // Accounts are nobody's list: the number is shown, the rows are not.
        Base { name: ACCOUNTS, on: on(identity::RESIDENTS_ON), now: None, show: None },
        Base {
            name: HOUSEHOLDS,
            on: on(views::HOUSEHOLD_ON),
            now: None,
            show: Some(|ctx, ids| Box::pin(show_households(ctx, ids))),
        },
        Base {
            name: ORGANISATIONS,
            on: on(views::ORGANISATION_ON),
            now: None,
            show: Some(|ctx, ids| Box::pin(show_named(ctx, "organisation", organisation_path, ids))),
        },
        Base {
            name: ASSETS,
            on: on(views::ASSET_ON),
            now: None,
            show: Some(|ctx, ids| Box::pin(show_named(ctx, "asset", asset_path, ids))),
        },
        Base {
            name: TEAMS,
            on: on(views::TEAM_ON),
            now: None,
            show: Some(|ctx, ids| Box::pin(show_named(ctx, "team", team_path, ids))),
        },
        Base {
            name: VILLAGES,
            on: Cow::Owned(villages_with_teams()),
            now: None,
            show: Some(|ctx, ids| Box::pin(show_villages(ctx, ids))),
        },
    ]
}

/// The villages of the units with one column more: has a digital team.
fn villages_with_teams() -> String {
    format!(
        "(SELECT u.id AS id, u.unit_id AS unit_id, u.name AS name, u.fibre_cable AS fibre_cable, \
         u.mobile_broadband AS mobile_broadband, u.smart_village_pilot AS smart_village_pilot, \
         EXISTS (SELECT 1 FROM {} t WHERE t.unit_id = u.id AND t.kind = 'digital_team') AS digital_team FROM {} u)",
        views::TEAM_ON,
        units::views::VILLAGE_ON
    )
}

fn count(key: &'static str, unit: &'static str, base: &'static str, only: &'static str) -> Figure {
    Figure::new(key, unit, Kind::Count { base, only })
}

fn share(key: &'static str, base: &'static str, whole: &'static str, part: &'static str) -> Figure {
    Figure::new(key, "percent", Kind::Share { base, whole, part })
}

fn attribute(key: &'static str, unit: &'static str) -> Figure {
    Figure::new(key, unit, Kind::Attribute { fact: key }).group(COMMUNE)
}

fn commune() -> Vec<Figure> {
    vec![
        attribute("area_km2", "km2"),
        count("villages", "village", VILLAGES, "TRUE").group(COMMUNE).headline(),
        attribute("distance_city_km", "km"),
        // Trunk roads cross the commune; the others belong to a village.
        count("named_trunk_roads", "road", ASSETS, "kind = 'road' AND unit_id IS NULL").group(COMMUNE),
        attribute("ntm_recognised_year", "year"),
        attribute("ntm_advanced_planned_year", "year"),
    ]
}

fn people() -> Vec<Figure> {
    let ethnic = Kind::Distinct { base: PEOPLE, column: "ethnic", only: "TRUE" };
    let ratio = |key, unit, over, under| Figure::new(key, unit, Kind::Ratio { over, under });
    let all = vec![
        count("households", "household", HOUSEHOLDS, "TRUE").headline(),
        count("population", "person", PEOPLE, "TRUE").headline(),
        Figure::new("ethnic_groups", "group", ethnic).headline(),
        ratio("derived_density", "person/km2", "population", "area_km2"),
        ratio("derived_household_size", "person/household", "population", "households").places(2),
        ratio("derived_households_per_village", "household/village", "households", "villages"),
    ];
    all.into_iter().map(|figure| figure.group(PEOPLE_GROUP)).collect()
}

fn economy() -> Vec<Figure> {
    vec![
        count("cooperatives", "cooperative", ORGANISATIONS, "kind = 'cooperative'").group(ECONOMY),
        count("household_businesses", "business", ORGANISATIONS, "kind = 'household_business'")
            .group(ECONOMY),
    ]
}

fn digital() -> Vec<Figure> {
    let all = vec![
        share("smartphone_people_pct", PEOPLE, "TRUE", "smartphone"),
        share("fibre_households_pct", HOUSEHOLDS, "TRUE", "fibre"),
        share("mobile_broadband_villages_pct", VILLAGES, "TRUE", "mobile_broadband"),
        share("fibre_villages_pct", VILLAGES, "TRUE", "fibre_cable"),
        share("digital_teams_villages_pct", VILLAGES, "TRUE", "digital_team"),
        count("resident_accounts_in_use", "account", ACCOUNTS, "in_use"),
        count("resident_accounts_passkey", "account", ACCOUNTS, "in_use AND passkey"),
        count("smart_village_pilots", "village", VILLAGES, "smart_village_pilot"),
        count("market40_steering_boards", "board", TEAMS, "kind = 'market_board'"),
        count("derived_fibre_gap_households", "household", HOUSEHOLDS, "NOT fibre"),
        count("derived_fibre_gap_villages", "village", VILLAGES, "NOT fibre_cable"),
    ];
    all.into_iter().map(|figure| figure.group(DIGITAL)).collect()
}

fn office() -> Vec<Figure> {
    let exists = |key, only| Figure::new(key, "boolean", Kind::Exists { base: ASSETS, only });
    let all = vec![
        share("office_computers_broadband_pct", ASSETS, "kind = 'computer'", "connected"),
        exists("office_lan", "kind = 'local_network'"),
        exists("meeting_room_online", "kind = 'meeting_room' AND connected"),
        count("public_cameras", "camera", ASSETS, "kind = 'camera' AND connected"),
        count("relay_stations", "station", ASSETS, "kind = 'relay_station'"),
    ];
    all.into_iter().map(|figure| figure.group(OFFICE)).collect()
}

#[derive(FromQueryResult)]
struct Named {
    id: Uuid,
    title: String,
    subtitle: String,
}

fn shown(mut rows: Vec<Named>, ids: &[Uuid], path: fn(Uuid) -> String) -> Vec<Shown> {
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    rows.into_iter()
        .map(|row| Shown { url: path(row.id), id: row.id, title: row.title, subtitle: row.subtitle })
        .collect()
}

/// Names of people are personal data: the look is recorded before the answer.
async fn show_people(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Shown>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let tx = ctx.begin().await?;
    audit::viewed(ctx, &tx, ids, "registry", &["full_name"]).await?;
    tx.commit().await?;
    let rows =
        sql("SELECT id, full_name AS title, code AS subtitle FROM person WHERE commune_id = $1 AND id IN (")
            .bind(ctx.commune)
            .args(ids.iter().copied())
            .push(")");
    Ok(shown(rows.all(&ctx.app.db).await?, ids, person_path))
}

async fn show_households(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Shown>> {
    let rows = sql(
        "SELECT h.id AS id, COALESCE(p.full_name, h.code) AS title, h.code AS subtitle FROM household h \
         LEFT JOIN person p ON p.commune_id = h.commune_id AND p.id = h.head_person_id \
         WHERE h.commune_id = $1 AND h.id IN (",
    )
    .bind(ctx.commune)
    .args(ids.iter().copied())
    .push(")");
    Ok(shown(rows.all(&ctx.app.db).await?, ids, household_path))
}

async fn show_named(ctx: &Ctx, table: &str, path: fn(Uuid) -> String, ids: &[Uuid]) -> Result<Vec<Shown>> {
    let rows = sql(format!(
        "SELECT id, name AS title, code AS subtitle FROM {table} WHERE commune_id = $1 AND id IN ("
    ))
    .bind(ctx.commune)
    .args(ids.iter().copied())
    .push(")");
    Ok(shown(rows.all(&ctx.app.db).await?, ids, path))
}

async fn show_villages(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<Shown>> {
    let villages = units::get_many(ctx, ids).await?;
    let shown = |unit: units::Unit| Shown {
        id: unit.id,
        title: unit.name,
        subtitle: unit.code,
        url: format!("/thon/{}", unit.slug),
    };
    Ok(villages.into_iter().map(shown).collect())
}
