//! Organisations as JSON.

use super::{Kind, list as page_of};
use crate::page::{After, PAGE_MAX};
use crate::thing::Filter;
use axum::Json;
use axum::extract::Query;
use chrono::NaiveDate;
use platform::http::Problem;
use platform::{Ctx, Error, Result, Uuid};
use utoipa::OpenApi;

/// An organisation as the registry has it today.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct ApiOrganisation {
    id: Uuid,
    /// The identity code.
    code: String,
    /// cooperative, household_business, enterprise, school, party_office, state_office, association or other.
    kind: &'static str,
    name: String,
    /// Missing: of the whole commune.
    village_id: Option<Uuid>,
    address: String,
    trade: String,
    tax_no: Option<String>,
    /// E.164.
    phone: Option<String>,
    representative: String,
    licence_no: String,
    founded_on: Option<NaiveDate>,
    revision: i64,
}

/// A page of organisations.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct OrganisationPage {
    items: Vec<ApiOrganisation>,
    /// Ask again with this as `after`; missing on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

/// Which organisations.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OrganisationQuery {
    kind: Option<String>,
    village: Option<Uuid>,
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

/// Organisations by name.
#[utoipa::path(get, path = "/api/v1/organisations", tag = "registry", security(("token" = [])), params(OrganisationQuery),
    responses((status = 200, body = OrganisationPage), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub(super) async fn list(ctx: Ctx, Query(query): Query<OrganisationQuery>) -> Result<Json<OrganisationPage>> {
    let kind = query
        .kind
        .as_deref()
        .map(|code| Kind::parse(code).ok_or_else(|| Error::field("kind", "error-choose")))
        .transpose()?;
    let filter = Filter {
        kind: kind.map(Kind::code),
        villages: query.village.into_iter().collect(),
        ended: query.ended,
        ..Filter::default()
    };
    let after = query.after.as_deref().and_then(After::parse);
    let page = page_of(&ctx, &filter, after.as_ref(), query.limit.unwrap_or(100).min(PAGE_MAX)).await?;
    let items = page.rows.into_iter().map(|found| ApiOrganisation {
        id: found.id,
        code: found.code,
        kind: found.facts.kind.code(),
        name: found.facts.name,
        village_id: found.facts.village_id,
        address: found.facts.address,
        trade: found.facts.trade,
        tax_no: found.facts.tax_no,
        phone: found.facts.phone,
        representative: found.facts.representative,
        licence_no: found.facts.licence_no,
        founded_on: found.facts.founded_on,
        revision: found.revision,
    });
    Ok(Json(OrganisationPage { items: items.collect(), after: page.next.map(|after| after.text()) }))
}
