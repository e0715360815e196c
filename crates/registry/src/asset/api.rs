//! Assets as JSON.

use super::{Kind, list as page_of};
use crate::page::{After, PAGE_MAX};
use crate::thing::Filter;
use axum::Json;
use axum::extract::Query;
use chrono::NaiveDate;
use platform::http::Problem;
use platform::{Ctx, Error, Result, Uuid};
use utoipa::OpenApi;

/// An asset as the registry has it today.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct ApiAsset {
    id: Uuid,
    /// The identity code.
    code: String,
    /// computer, local_network, internet_line, meeting_room, culture_house, road, camera, loudspeaker, relay_station
    /// or other.
    kind: &'static str,
    name: String,
    /// Missing: of the whole commune.
    village_id: Option<Uuid>,
    organisation_id: Option<Uuid>,
    place: String,
    /// Degrees, WGS 84.
    latitude: Option<f64>,
    longitude: Option<f64>,
    quantity: i64,
    /// good, fair, poor or broken.
    condition: &'static str,
    connected: bool,
    in_use_since: Option<NaiveDate>,
    serial_no: String,
    revision: i64,
}

/// A page of assets.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct AssetPage {
    items: Vec<ApiAsset>,
    /// Ask again with this as `after`; missing on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

/// Which assets.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AssetQuery {
    kind: Option<String>,
    village: Option<Uuid>,
    /// Of this organisation.
    organisation: Option<Uuid>,
    /// Those that have ended.
    #[serde(default)]
    ended: bool,
    after: Option<String>,
    /// At most 500; 100 unless said.
    limit: Option<i64>,
}

#[derive(OpenApi)]
#[openapi(paths(list))]
struct Paths;

pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

/// Assets by name.
#[utoipa::path(get, path = "/api/v1/assets", tag = "registry", security(("token" = [])), params(AssetQuery),
    responses((status = 200, body = AssetPage), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list(ctx: Ctx, Query(query): Query<AssetQuery>) -> Result<Json<AssetPage>> {
    let kind = query
        .kind
        .as_deref()
        .map(|code| Kind::parse(code).ok_or_else(|| Error::field("kind", "error-choose")))
        .transpose()?;
    let villages = query.village.into_iter().collect();
    let filter = Filter {
        kind: kind.map(Kind::code),
        villages,
        organisation: query.organisation,
        ended: query.ended,
        ids: None,
    };
    let after = query.after.as_deref().and_then(After::parse);
    let page = page_of(&ctx, &filter, after.as_ref(), query.limit.unwrap_or(100).min(PAGE_MAX)).await?;
    let items = page.rows.into_iter().map(|found| ApiAsset {
        id: found.id,
        code: found.code,
        kind: found.facts.kind.code(),
        name: found.facts.name,
        village_id: found.facts.village_id,
        organisation_id: found.facts.organisation_id,
        place: found.facts.place,
        latitude: found.facts.latitude,
        longitude: found.facts.longitude,
        quantity: found.facts.quantity,
        condition: found.facts.condition.code(),
        connected: found.facts.connected,
        in_use_since: found.facts.in_use_since,
        serial_no: found.facts.serial_no,
        revision: found.revision,
    });
    Ok(Json(AssetPage { items: items.collect(), after: page.next.map(|after| after.text()) }))
}
