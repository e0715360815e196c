//! Households as JSON.

use super::{
    FIELDS, Filter, Household, Listed, Poverty, RawHousehold, Residence, get, get_many, list as page_of,
    update,
};
use crate::person;
use crate::show::api::{Since, after, in_body};
use crate::villages::Villages;
use axum::Json;
use axum::extract::{Path, Query};
use chrono::Datelike;
use platform::area::{get as read, put};
use platform::http::Problem;
use platform::{Ctx, Error, Result, Route, Uuid};
use utoipa::OpenApi;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        read("/api/v1/households", "household.list", list),
        read("/api/v1/households/{id}", "household.show", show),
        put("/api/v1/households/{id}", "household.update", change),
    ]
}

/// A household.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct HouseholdBody {
    id: Uuid,
    /// The identity code.
    code: String,
    village_id: Uuid,
    address: String,
    /// The number in the commune's book, empty for none.
    book_no: String,
    head_id: Option<Uuid>,
    head_name: Option<String>,
    /// none, near_poor or poor.
    poverty: &'static str,
    /// permanent or temporary.
    residence: &'static str,
    fibre: bool,
    /// Missing where nobody asked.
    water: Option<bool>,
    electric: Option<bool>,
    /// People who are present.
    size: i64,
    /// active or ended.
    state: &'static str,
    /// Send it back with a change.
    revision: i64,
}

impl HouseholdBody {
    fn of(household: Household, head_name: Option<String>) -> HouseholdBody {
        let facts = household.facts;
        HouseholdBody {
            id: household.id,
            code: household.code,
            village_id: facts.village_id,
            address: facts.address,
            book_no: facts.book_no,
            head_id: facts.head_person_id,
            head_name,
            poverty: facts.poverty.code(),
            residence: facts.residence.code(),
            fibre: facts.fibre,
            water: facts.water,
            electric: facts.electric,
            size: household.size,
            state: household.state.code(),
            revision: household.revision,
        }
    }
}

/// A page of households.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct HouseholdPage {
    items: Vec<HouseholdBody>,
    /// Ask again with this as `after`; missing on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

/// Somebody in a household, as far as a list may tell.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct MemberBody {
    id: Uuid,
    /// The identity code.
    code: String,
    full_name: String,
    /// A word of the relation list; `head` for the head.
    relation: String,
    birth_year: i32,
}

/// A household with its people.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct HouseholdCard {
    #[serde(flatten)]
    household: HouseholdBody,
    members: Vec<MemberBody>,
}

/// Which households.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HouseholdQuery {
    /// Only this village.
    village: Option<Uuid>,
    /// none, near_poor or poor.
    poverty: Option<String>,
    /// permanent or temporary.
    residence: Option<String>,
    fibre: Option<bool>,
    /// True: those that have ended.
    #[serde(default)]
    ended: bool,
    /// The `after` of the page before.
    after: Option<String>,
    /// Households on a page, at most 500; 100 if left out.
    limit: Option<i64>,
}

/// What is different about a household. Members that are left out stay as they are.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HouseholdChange {
    /// The revision that the change was made from.
    revision: i64,
    since: Since,
    village_id: Option<Uuid>,
    address: Option<String>,
    book_no: Option<String>,
    poverty: Option<String>,
    residence: Option<String>,
    fibre: Option<bool>,
    water: Option<bool>,
    electric: Option<bool>,
}

#[derive(OpenApi)]
#[openapi(paths(list, show, change))]
struct Paths;

/// This part of the description of the API.
pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

/// Households in the order of villages and of their heads' names.
#[utoipa::path(get, path = "/api/v1/households", tag = "registry", security(("token" = [])), params(HouseholdQuery),
    responses((status = 200, body = HouseholdPage), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn list(ctx: Ctx, Query(query): Query<HouseholdQuery>) -> Result<Json<HouseholdPage>> {
    let word = |name: &'static str, text: &Option<String>, known: bool| match text {
        Some(_) if !known => Err(Error::field(name, "error-choose")),
        _ => Ok(()),
    };
    let poverty = query.poverty.as_deref().and_then(Poverty::parse);
    let residence = query.residence.as_deref().and_then(Residence::parse);
    word("poverty", &query.poverty, poverty.is_some())?;
    word("residence", &query.residence, residence.is_some())?;
    let filter = Filter {
        villages: query.village.into_iter().collect(),
        poverty,
        residence,
        fibre: query.fibre,
        ended: query.ended,
        ids: None,
    };
    let page =
        page_of(&ctx, &filter, after(query.after.as_deref())?.as_ref(), query.limit.unwrap_or(100)).await?;
    let items =
        page.rows.into_iter().map(|Listed { household, head_name }| HouseholdBody::of(household, head_name));
    Ok(Json(HouseholdPage { items: items.collect(), after: page.next.map(|after| after.text()) }))
}

/// One household with its people.
#[utoipa::path(get, path = "/api/v1/households/{id}", tag = "registry", security(("token" = [])),
    params(("id" = Uuid, Path)),
    responses((status = 200, body = HouseholdCard), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<HouseholdCard>> {
    let found = get_many(&ctx, &[id]).await?.into_iter().next().ok_or_else(Error::not_found)?;
    let members = person::members(&ctx, id).await?.into_iter().map(|member| MemberBody {
        id: member.id,
        code: member.code,
        full_name: member.facts.full_name,
        relation: member.place.relation,
        birth_year: member.facts.birth_date.year(),
    });
    Ok(Json(HouseholdCard {
        household: HouseholdBody::of(found.household, found.head_name),
        members: members.collect(),
    }))
}

/// Changes or corrects a household.
#[utoipa::path(put, path = "/api/v1/households/{id}", tag = "registry", security(("token" = [])),
    params(("id" = Uuid, Path)), request_body = HouseholdChange,
    responses((status = 200, body = HouseholdBody), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Somebody else was first", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn change(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(body): Json<HouseholdChange>,
) -> Result<Json<HouseholdBody>> {
    let old = get(&ctx, id).await?;
    let yes =
        |yes: Option<bool>, old: String| yes.map_or(old, |yes| if yes { "1".into() } else { "0".into() });
    let was = RawHousehold::of(&old.facts);
    let raw = RawHousehold {
        village: body.village_id.map_or(was.village, |id| id.to_string()),
        address: body.address.unwrap_or(was.address),
        book_no: body.book_no.unwrap_or(was.book_no),
        poverty: body.poverty.unwrap_or(was.poverty),
        residence: body.residence.unwrap_or(was.residence),
        fibre: yes(body.fibre, was.fibre),
        water: yes(body.water, was.water),
        electric: yes(body.electric, was.electric),
    };
    let named = |error: Error| in_body(error, &FIELDS);
    let facts = raw.check(&Villages::load(&ctx).await?).map_err(Error::fields).map_err(named)?;
    let tx = ctx.begin().await?;
    let new = update(&ctx, &tx, id, body.revision, facts, &body.since.how()?).await.map_err(named)?;
    tx.commit().await?;
    Ok(Json(HouseholdBody::of(new, None)))
}
