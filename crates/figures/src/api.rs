//! The figures as JSON: the same values as the pages.

use crate::{Value, all, one};
use axum::Json;
use axum::extract::{Path, Query};
use chrono::NaiveDate;
use platform::{Ctx, Error, Result, Uuid};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

#[derive(Debug, Deserialize, IntoParams)]
pub struct AsOf {
    /// yyyy-mm-dd; today if left out.
    as_of: Option<String>,
}

impl AsOf {
    fn day(&self, ctx: &Ctx) -> Result<NaiveDate> {
        match &self.as_of {
            Some(text) => text.parse().map_err(|_| Error::field("as_of", "error-date")),
            None => Ok(ctx.today()),
        }
    }
}

/// A figure on a day. Numbers are texts with a decimal point, exactly as counted; null when nobody knows.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureJson {
    key: &'static str,
    name: String,
    value: Option<String>,
    unit: &'static str,
    numerator: Option<String>,
    denominator: Option<String>,
    as_of: NaiveDate,
    /// `rows`, `attribute` or `declared`.
    basis: &'static str,
    /// By village; only for one figure.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by_unit: Vec<UnitJson>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct UnitJson {
    /// null: of no village.
    unit_id: Option<Uuid>,
    value: Option<String>,
    numerator: Option<String>,
    denominator: Option<String>,
}

fn text(number: Option<crate::Exact>) -> Option<String> {
    number.map(|number| number.to_string())
}

fn json(ctx: &Ctx, value: &Value, units: bool) -> FigureJson {
    let by_unit = value.by_unit.iter().filter(|_| units).map(|unit| UnitJson {
        unit_id: unit.unit_id,
        value: text(unit.value),
        numerator: text(unit.numerator),
        denominator: text(unit.denominator),
    });
    FigureJson {
        key: value.key,
        name: value.name(ctx.t()),
        value: Some(value.plain()).filter(|text| !text.is_empty()),
        unit: value.unit,
        numerator: text(value.numerator),
        denominator: text(value.denominator),
        as_of: value.as_of,
        basis: value.basis.code(),
        by_unit: by_unit.collect(),
    }
}

/// All figures of the commune on a day.
#[utoipa::path(get, path = "/api/v1/figures", tag = "figures", params(AsOf), responses(
    (status = 200, body = Vec<FigureJson>), (status = 422, body = platform::http::Problem)))]
pub async fn list(ctx: Ctx, Query(query): Query<AsOf>) -> Result<Json<Vec<FigureJson>>> {
    let day = query.day(&ctx)?;
    let values = all(&ctx, day).await?;
    Ok(Json(values.iter().map(|value| json(&ctx, value, false)).collect()))
}

/// One figure, with its villages.
#[utoipa::path(get, path = "/api/v1/figures/{key}", tag = "figures", params(("key" = String, Path), AsOf), responses(
    (status = 200, body = FigureJson), (status = 404, body = platform::http::Problem),
    (status = 422, body = platform::http::Problem)))]
pub async fn show(ctx: Ctx, Path(key): Path<String>, Query(query): Query<AsOf>) -> Result<Json<FigureJson>> {
    let day = query.day(&ctx)?;
    Ok(Json(json(&ctx, &one(&ctx, &key, day).await?, true)))
}

#[derive(OpenApi)]
#[openapi(paths(list, show), components(schemas(platform::http::Problem, platform::http::ApiError)))]
struct Document;

pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}
