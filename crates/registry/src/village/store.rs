//! Counts by village, from the current tables.

use platform::{Ctx, Result, Uuid, sql};
use sea_orm::FromQueryResult;
use std::collections::HashMap;

/// What is counted in a village today.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub people: i64,
    pub smartphone: i64,
    pub insured: i64,
    pub households: i64,
    pub fibre: i64,
    pub poor: i64,
    pub near_poor: i64,
    pub cameras: i64,
    pub loudspeakers: i64,
}

#[derive(FromQueryResult)]
struct PeopleRow {
    village_id: Uuid,
    people: i64,
    smartphone: i64,
    insured: i64,
}

#[derive(FromQueryResult)]
struct HouseholdRow {
    village_id: Uuid,
    households: i64,
    fibre: i64,
    poor: i64,
    near_poor: i64,
}

#[derive(FromQueryResult)]
struct AssetRow {
    village_id: Option<Uuid>,
    kind: String,
    quantity: i64,
}

const PEOPLE: &str = "SELECT p.village_id, COUNT(*) AS people, \
    CAST(SUM(CASE WHEN p.smartphone THEN 1 ELSE 0 END) AS BIGINT) AS smartphone, \
    CAST(SUM(CASE WHEN p.insurance_until >= $2 THEN 1 ELSE 0 END) AS BIGINT) AS insured \
    FROM person p WHERE p.commune_id = $1 AND p.state = 'present'";

const HOUSEHOLDS: &str = "SELECT h.village_id, COUNT(*) AS households, \
    CAST(SUM(CASE WHEN h.fibre THEN 1 ELSE 0 END) AS BIGINT) AS fibre, \
    CAST(SUM(CASE WHEN h.poverty = 'poor' THEN 1 ELSE 0 END) AS BIGINT) AS poor, \
    CAST(SUM(CASE WHEN h.poverty = 'near_poor' THEN 1 ELSE 0 END) AS BIGINT) AS near_poor \
    FROM household h WHERE h.commune_id = $1 AND h.state = 'active'";

const ASSETS: &str = "SELECT a.village_id, a.kind, CAST(SUM(a.quantity) AS BIGINT) AS quantity FROM asset a \
    WHERE a.commune_id = $1 AND a.state = 'active' AND a.kind IN ('camera', 'loudspeaker')";

/// The counts of all villages, or of one, which reads only that one's rows.
pub(crate) async fn counts(ctx: &Ctx, village: Option<Uuid>) -> Result<HashMap<Uuid, Counts>> {
    let (of, all) = if village.is_some() { (true, "") } else { (false, " /* all rows */") };
    let ask = |text: &str, alias: &str, group: &str, day: bool| {
        let mut query = sql(text).bind(ctx.commune);
        if day {
            query = query.bind(ctx.today());
        }
        if of {
            query = query.push(&format!(" AND {alias}.village_id = ")).arg(village);
        }
        query.push(&format!(" GROUP BY {group}{all}"))
    };
    let mut found: HashMap<Uuid, Counts> = HashMap::new();
    let people: Vec<PeopleRow> = ask(PEOPLE, "p", "p.village_id", true).all(&ctx.app.db).await?;
    for row in people {
        let counts = found.entry(row.village_id).or_default();
        (counts.people, counts.smartphone, counts.insured) = (row.people, row.smartphone, row.insured);
    }
    let households: Vec<HouseholdRow> = ask(HOUSEHOLDS, "h", "h.village_id", false).all(&ctx.app.db).await?;
    for row in households {
        let counts = found.entry(row.village_id).or_default();
        (counts.households, counts.fibre, counts.poor, counts.near_poor) =
            (row.households, row.fibre, row.poor, row.near_poor);
    }
    let assets: Vec<AssetRow> = ask(ASSETS, "a", "a.village_id, a.kind", false).all(&ctx.app.db).await?;
    for row in assets {
        let Some(village) = row.village_id else { continue };
        let counts = found.entry(village).or_default();
        let place = if row.kind == "camera" { &mut counts.cameras } else { &mut counts.loudspeakers };
        *place = row.quantity;
    }
    Ok(found)
}

/// What everybody may know to be in a village: cooperatives, enterprises, schools, associations and public buildings.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct InVillage {
    pub kind: String,
    pub name: String,
}

/// Public organisations of a village; household businesses carry people's names and are left out.
pub(crate) async fn organisations(ctx: &Ctx, village: Uuid) -> Result<Vec<InVillage>> {
    sql("SELECT kind, name FROM organisation WHERE commune_id = $1 AND village_id = $2 AND state = 'active' \
         AND kind <> 'household_business' ORDER BY sort_key, id LIMIT 50")
    .bind(ctx.commune)
    .bind(village)
    .all(&ctx.app.db)
    .await
}

pub(crate) async fn public_assets(ctx: &Ctx, village: Uuid) -> Result<Vec<InVillage>> {
    sql("SELECT kind, name FROM asset WHERE commune_id = $1 AND village_id = $2 AND state = 'active' \
         AND kind IN ('culture_house', 'road', 'relay_station') ORDER BY sort_key, id LIMIT 50")
    .bind(ctx.commune)
    .bind(village)
    .all(&ctx.app.db)
    .await
}
