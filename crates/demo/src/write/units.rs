//! Province, district, commune, villages, their facts and boundaries.

use super::Ids;
use crate::{Commune, CoverageKind, UnitKey, UnitKind};
use platform::{Ctx, Result, Tx, Uuid};
use std::collections::HashMap;
use units::{Change, FactValue, Kind, NewFact, NewUnit};

/// Words of the head and foot of public pages. Invented, but for the commune's name.
const HEAD: [(&str, &str); 5] = [
    ("office", "Ủy ban nhân dân xã Gia Phú, tỉnh Lào Cai"),
    ("responsible", "Phó Chủ tịch UBND xã (dữ liệu minh hoạ)"),
    ("phone", "0214 000 0000"),
    ("email", "xagiaphu@demo.example"),
    ("address", "Trụ sở UBND xã, trung tâm xã Gia Phú"),
];

pub async fn write(ctx: &Ctx, tx: &Tx, demo: &Commune) -> Result<Ids> {
    let tree = tree(ctx, tx, demo).await?;
    let commune_unit = tree[&UnitKey::Commune];
    let mut villages = HashMap::new();
    for village in &demo.villages {
        let new = NewUnit {
            kind: Kind::Village,
            code: format!("{:02}", village.key.0),
            name: village.name.to_owned(),
            parent_id: Some(commune_unit),
            valid_from: village.from,
            note: String::new(),
            source: village.source.to_owned(),
        };
        villages.insert(village.key, units::insert(ctx, tx, new).await?.id);
    }
    facts(ctx, tx, demo, commune_unit, &villages).await?;
    boundaries(ctx, tx, demo, &villages).await?;
    Ok(Ids { villages })
}

async fn tree(ctx: &Ctx, tx: &Tx, demo: &Commune) -> Result<HashMap<UnitKey, Uuid>> {
    let mut ids: HashMap<UnitKey, Uuid> = HashMap::new();
    let mut revisions = HashMap::new();
    for unit in &demo.units {
        let first = &unit.versions[0];
        let new = NewUnit {
            kind: kind(unit.kind),
            code: first.code.to_owned(),
            name: name(unit.kind, first.name),
            parent_id: first.parent.map(|parent| ids[&parent]),
            valid_from: first.from,
            note: first.note_vi.to_owned(),
            source: first.source.to_owned(),
        };
        let made = units::insert(ctx, tx, new).await?;
        ids.insert(unit.key, made.id);
        revisions.insert(unit.key, made.revision);
    }
    for unit in &demo.units {
        for version in &unit.versions[1..] {
            let change = Change {
                code: Some(version.code.to_owned()),
                name: Some(name(unit.kind, version.name)),
                parent_id: Some(version.parent.map(|parent| ids[&parent])),
                note: Some(version.note_vi.to_owned()),
            };
            let revision = revisions[&unit.key];
            let made = units::change(ctx, tx, ids[&unit.key], revision, change, version.from, version.source)
                .await?;
            revisions.insert(unit.key, made.revision);
        }
    }
    for unit in &demo.units {
        if let Some(end) = unit.versions.last().and_then(|version| version.to) {
            units::end(ctx, tx, ids[&unit.key], end.pred_opt().unwrap_or(end)).await?;
        }
    }
    Ok(ids)
}

async fn facts(
    ctx: &Ctx,
    tx: &Tx,
    demo: &Commune,
    commune: Uuid,
    villages: &HashMap<crate::VillageKey, Uuid>,
) -> Result<()> {
    for fact in &demo.facts {
        let value = match fact.value.parse() {
            Ok(number) => FactValue::Number(number),
            Err(_) => FactValue::Text(fact.value.to_owned()),
        };
        set(ctx, tx, commune, fact.key, value, fact.from, fact.source).await?;
    }
    for (key, text) in HEAD {
        set(ctx, tx, commune, key, FactValue::Text(text.into()), crate::BASELINE, "Dữ liệu minh hoạ").await?;
    }
    for coverage in &demo.coverage {
        let key = match coverage.kind {
            CoverageKind::Fibre => "fibre_cable",
            CoverageKind::MobileBroadband => "mobile_broadband",
        };
        set(
            ctx,
            tx,
            villages[&coverage.village],
            key,
            FactValue::Number(1.0),
            coverage.from,
            "Dữ liệu minh hoạ",
        )
        .await?;
    }
    for village in &demo.villages {
        if let Some(since) = village.smart_pilot_since {
            set(
                ctx,
                tx,
                villages[&village.key],
                "smart_village_pilot",
                FactValue::Number(1.0),
                since,
                village.source,
            )
            .await?;
        }
    }
    Ok(())
}

async fn set(
    ctx: &Ctx,
    tx: &Tx,
    unit_id: Uuid,
    key: &str,
    value: FactValue,
    valid_from: chrono::NaiveDate,
    source: &str,
) -> Result<()> {
    let fact = NewFact { unit_id, key: key.to_owned(), value, valid_from, source: source.to_owned() };
    units::fact_set(ctx, tx, fact).await
}

/// The polygons of the file, by the village's slug.
async fn boundaries(
    ctx: &Ctx,
    tx: &Tx,
    demo: &Commune,
    villages: &HashMap<crate::VillageKey, Uuid>,
) -> Result<()> {
    let file: serde_json::Value =
        serde_json::from_str(include_str!("../../../../data/demo/gia-phu.geojson"))?;
    for feature in file["features"].as_array().into_iter().flatten() {
        let slug = feature["properties"]["slug"].as_str().unwrap_or_default();
        let village = demo.villages.iter().find(|village| village.slug == slug);
        if let Some(village) = village.filter(|_| feature["geometry"]["type"] == "Polygon") {
            units::boundary_set(ctx, tx, villages[&village.key], &feature["geometry"].to_string()).await?;
        }
    }
    Ok(())
}

fn kind(kind: UnitKind) -> Kind {
    match kind {
        UnitKind::Province => Kind::Province,
        UnitKind::District => Kind::District,
        UnitKind::Commune => Kind::Commune,
    }
}

fn name(kind: UnitKind, name: &str) -> String {
    match kind {
        UnitKind::Province => format!("Tỉnh {name}"),
        UnitKind::District => format!("Huyện {name}"),
        UnitKind::Commune => format!("Xã {name}"),
    }
}
