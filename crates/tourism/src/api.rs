//! Places and festivals for programs.

use crate::dates::Turn;
use crate::law::Tourism;
use crate::place::store::{self, Filter};
use crate::place::{Brief, Kind, Place, State};
use axum::Json;
use axum::extract::{Path, Query};
use chrono::NaiveDate;
use platform::area::get;
use platform::{Ctx, Error, Result, Route, Uuid};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(list, show, festivals))]
struct Paths;

pub fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/tourism/places", "tourism.read", list),
        get("/api/v1/tourism/places/{slug}", "tourism.read", show),
        get("/api/v1/tourism/festivals", "tourism.read", festivals),
    ]
}

const PAGE: i64 = 200;

/// A place or an event.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct PlaceBody {
    id: Uuid,
    slug: String,
    /// festival, sight, craft, stay, food, service or speciality.
    kind: &'static str,
    name: String,
    /// Empty where nobody has translated it.
    name_en: String,
    summary: String,
    summary_en: String,
    village_id: Option<Uuid>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    /// Good months, 1 to 12.
    months: Vec<u8>,
    /// Đồng, as it was told on `price_asked_on`.
    price_from: Option<i64>,
    price_to: Option<i64>,
    price_asked_on: Option<NaiveDate>,
    facilities: Vec<String>,
    capacity: Option<i64>,
    url: String,
}

/// The same with its texts and whom to call.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct PlaceWhole {
    #[serde(flatten)]
    place: PlaceBody,
    /// Markdown.
    body: String,
    body_en: String,
    way: String,
    way_en: String,
    hours: String,
    hours_en: String,
    languages: Vec<String>,
    recognition: String,
    recognition_number: String,
    recognition_by: String,
    recognition_on: Option<NaiveDate>,
    /// Empty where nobody has agreed to be called.
    contact_name: String,
    phone: String,
    email: String,
    web: String,
    pictures: Vec<PictureBody>,
}

#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct PictureBody {
    url: String,
    alt: String,
    alt_en: String,
    credit: String,
}

/// The festival of one year.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct FestivalBody {
    place_id: Uuid,
    name: String,
    from_on: NaiveDate,
    until_on: NaiveDate,
    /// Day and month by the lunar calendar: `8/1`.
    lunar: String,
    /// False when it is not held in this year.
    held: bool,
    url: String,
}

/// Which places.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlaceQuery {
    /// festival, sight, craft, stay, food, service or speciality; all if left out.
    #[serde(default)]
    kind: String,
    village_id: Option<Uuid>,
    /// 1 to 12: good in this month.
    month: Option<u8>,
    #[serde(default)]
    facility: String,
    /// The id of the last one of the page before.
    after: Option<Uuid>,
}

fn body(one: &Brief) -> PlaceBody {
    let content = &one.content;
    PlaceBody {
        id: one.id,
        slug: one.slug.clone(),
        kind: one.kind.code(),
        name: content.name.clone(),
        name_en: content.name_en.clone(),
        summary: content.summary.clone(),
        summary_en: content.summary_en.clone(),
        village_id: content.village,
        latitude: content.lat,
        longitude: content.lon,
        months: content.months.clone(),
        price_from: content.price_from,
        price_to: content.price_to,
        price_asked_on: content.price_on,
        facilities: content.facilities.clone(),
        capacity: content.capacity,
        url: one.path(),
    }
}

/// Published places, 200 a page.
#[utoipa::path(get, path = "/api/v1/tourism/places", tag = "tourism", params(PlaceQuery),
    responses((status = 200, body = Vec<PlaceBody>)))]
pub async fn list(ctx: Ctx, Query(query): Query<PlaceQuery>) -> Result<Json<Vec<PlaceBody>>> {
    let filter = Filter {
        kind: Kind::parse(&query.kind),
        village: query.village_id,
        month: query.month.filter(|month| (1..=12).contains(month)),
        facility: query.facility,
        ..Filter::published()
    };
    let found = store::public(&ctx, &filter, query.after, PAGE).await?;
    Ok(Json(found.iter().map(body).collect()))
}

/// One place.
#[utoipa::path(get, path = "/api/v1/tourism/places/{slug}", tag = "tourism", params(("slug" = String, Path)),
    responses((status = 200, body = PlaceWhole), (status = 404)))]
pub async fn show(ctx: Ctx, Path(slug): Path<String>) -> Result<Json<PlaceWhole>> {
    let found = store::by_slug(&ctx, &slug).await?.filter(|one| one.state == State::Published);
    let Place { id, content, .. } = found.ok_or_else(Error::not_found)?;
    let brief = store::by_ids(&ctx, &[id]).await?.into_iter().next().ok_or_else(Error::not_found)?;
    let contact = store::contact(&ctx, &ctx.app.db, id).await?.unwrap_or_default();
    let pictures = store::pictures(&ctx, &ctx.app.db, id).await?;
    let picture = |one: crate::place::Picture| PictureBody {
        url: one.url("960"),
        alt: one.alt,
        alt_en: one.alt_en,
        credit: one.credit,
    };
    Ok(Json(PlaceWhole {
        place: body(&brief),
        body: content.body,
        body_en: content.body_en,
        way: content.way,
        way_en: content.way_en,
        hours: content.hours,
        hours_en: content.hours_en,
        languages: content.languages,
        recognition: content.honour,
        recognition_number: content.honour_no,
        recognition_by: content.honour_by,
        recognition_on: content.honour_on,
        contact_name: contact.name,
        phone: contact.phone,
        email: contact.email,
        web: contact.web,
        pictures: pictures.into_iter().map(picture).collect(),
    }))
}

/// Festivals of the next years, the nearest first.
#[utoipa::path(get, path = "/api/v1/tourism/festivals", tag = "tourism",
    responses((status = 200, body = Vec<FestivalBody>)))]
pub async fn festivals(ctx: Ctx) -> Result<Json<Vec<FestivalBody>>> {
    let years = Tourism::now(&ctx)?.years_ahead;
    let skips = store::skips(&ctx).await?;
    let mut all = Vec::new();
    let places = store::festivals(&ctx, PAGE).await?;
    for one in places.iter().filter(|one| one.state == State::Published) {
        for turn in one.content.dates.iter().flat_map(|dates| dates.turns(ctx.today(), years)) {
            let Turn { year, from, until } = turn;
            all.push(FestivalBody {
                place_id: one.id,
                name: one.content.name.clone(),
                from_on: from,
                until_on: until,
                lunar: turn.lunar().map(|day| format!("{}/{}", day.day, day.month)).unwrap_or_default(),
                held: skips.iter().all(|skip| skip.place_id != one.id || skip.year != i64::from(year)),
                url: one.path(),
            });
        }
    }
    all.sort_by_key(|one| (one.from_on, one.place_id));
    Ok(Json(all))
}
