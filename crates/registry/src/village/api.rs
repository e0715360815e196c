//! The villages and what is counted in them, as JSON.

use super::store::{Counts, counts};
use axum::Json;
use platform::http::Problem;
use platform::{Ctx, Result, Uuid};
use utoipa::OpenApi;

/// A village and what is counted in it today.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct Village {
    id: Uuid,
    name: String,
    /// Its word in addresses: `/thon/{slug}`.
    slug: String,
    people: i64,
    households: i64,
    /// Households with fibre.
    fibre: i64,
    /// Households found poor, and near-poor, in the yearly review.
    poor: i64,
    near_poor: i64,
    /// People with a smartphone.
    smartphone: i64,
    /// People whose health insurance has not ended.
    insured: i64,
    cameras: i64,
    loudspeakers: i64,
}

/// All villages of today in Vietnamese order; there are few, so there is one page.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct VillageList {
    items: Vec<Village>,
}

#[derive(OpenApi)]
#[openapi(paths(list))]
struct Paths;

pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

/// The villages with their counts of today.
#[utoipa::path(get, path = "/api/v1/villages", tag = "registry", security(("token" = [])),
    responses((status = 200, body = VillageList), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub async fn list(ctx: Ctx) -> Result<Json<VillageList>> {
    let found = counts(&ctx, None).await?;
    let items =
        units::village_list(&ctx, ctx.today()).await?.into_iter().map(|unit| {
            let Counts {
                people,
                smartphone,
                insured,
                households,
                fibre,
                poor,
                near_poor,
                cameras,
                loudspeakers,
            } = found.get(&unit.id).copied().unwrap_or_default();
            Village {
                id: unit.id,
                name: unit.name,
                slug: unit.slug,
                people,
                households,
                fibre,
                poor,
                near_poor,
                smartphone,
                insured,
                cameras,
                loudspeakers,
            }
        });
    Ok(Json(VillageList { items: items.collect() }))
}
