//! The quality index of a month, open to everybody.

use crate::quality::{Report, asked, report};
use axum::Json;
use axum::extract::Query;
use platform::http::Problem;
use platform::{Ctx, Result};

/// Which month.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QualityQuery {
    /// As "2026-03"; this month if left out.
    month: Option<String>,
}

/// One indicator.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct IndicatorBody {
    /// The group that it belongs to.
    group: String,
    name: String,
    /// `part` of `whole` were counted; missing where nothing here knows it.
    part: Option<i64>,
    whole: Option<i64>,
    /// Missing where there was nothing to measure.
    points: Option<f64>,
    most: f64,
    /// Why nothing here can tell.
    why: Option<String>,
}

/// The index of a month, as far as it is measured.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct QualityBody {
    total: f64,
    /// The most that the measured indicators can give.
    measured: f64,
    indicators: Vec<IndicatorBody>,
}

/// The service-quality index of Decision 766 in a month.
#[utoipa::path(get, path = "/api/v1/quality", tag = "onestop", params(QualityQuery),
    responses((status = 200, body = QualityBody), (status = 404, description = "A month to come", body = Problem, content_type = "application/problem+json")))]
pub async fn show(ctx: Ctx, Query(query): Query<QualityQuery>) -> Result<Json<QualityBody>> {
    let Report { parts, total, measured } = report(&ctx, asked(&ctx, query.month.as_deref())?).await?;
    let mut indicators = Vec::new();
    for part in parts {
        indicators.extend(part.lines.into_iter().map(|line| IndicatorBody {
            group: part.code.clone(),
            name: line.name.of(ctx.lang).to_owned(),
            part: line.counted.map(|share| share.part),
            whole: line.counted.map(|share| share.whole),
            points: line.points,
            most: line.most,
            why: line.why.filter(|_| line.counted.is_none()).map(|why| why.of(ctx.lang).to_owned()),
        }));
    }
    Ok(Json(QualityBody { total, measured, indicators }))
}
