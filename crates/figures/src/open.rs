//! The figures as open data: of the whole commune, and by village.

use crate::{Exact, Value, all};
use platform::open_data::Dataset;
use platform::{Ctx, Result};
use serde_json::{Value as Json, json};

pub(crate) const COMMUNE: Dataset = Dataset {
    code: "so-lieu",
    title: "figures-open-commune",
    about: "figures-open-commune-about",
    columns: &["key", "name", "value", "unit", "numerator", "denominator", "as_of", "basis"],
    point: None,
    rows: |ctx| Box::pin(commune(ctx)),
};

pub(crate) const VILLAGES: Dataset = Dataset {
    code: "so-lieu-theo-thon",
    title: "figures-open-villages",
    about: "figures-open-villages-about",
    columns: &["key", "name", "village", "value", "unit", "numerator", "denominator", "as_of"],
    point: None,
    rows: |ctx| Box::pin(villages(ctx)),
};

fn part(number: Option<Exact>) -> Json {
    number.map_or(Json::Null, |number| json!(number.to_string()))
}

async fn commune(ctx: &Ctx) -> Result<Vec<Vec<Json>>> {
    let row = |value: Value| {
        vec![
            json!(value.key),
            json!(value.name(ctx.t())),
            json!(value.plain()),
            json!(value.unit),
            part(value.numerator),
            part(value.denominator),
            json!(value.as_of),
            json!(value.basis.code()),
        ]
    };
    Ok(all(ctx, ctx.today()).await?.into_iter().map(row).collect())
}

async fn villages(ctx: &Ctx) -> Result<Vec<Vec<Json>>> {
    let names = units::village_list(ctx, ctx.today()).await?;
    let mut rows = Vec::new();
    for value in all(ctx, ctx.today()).await? {
        for village in &names {
            let Some(one) = value.by_unit.iter().find(|one| one.unit_id == Some(village.id)) else {
                continue;
            };
            rows.push(vec![
                json!(value.key),
                json!(value.name(ctx.t())),
                json!(village.name),
                part(one.value),
                json!(value.unit),
                part(one.numerator),
                part(one.denominator),
                json!(value.as_of),
            ]);
        }
    }
    Ok(rows)
}
