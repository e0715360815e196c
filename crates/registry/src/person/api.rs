//! People as JSON. Personal fields are masked unless they are asked for by name and with a purpose, which is recorded.

use super::{
    FIELDS, Filter, NewPerson, Person, RawPerson, Residence, Sex, State, get, list as page_of, update,
};
use crate::lists;
use crate::personal::{self, Declaration};
use crate::show::api::{Since, after, in_body};
use axum::Json;
use axum::extract::{Path, Query};
use chrono::{Datelike, NaiveDate};
use platform::area::{get as read, put};
use platform::http::Problem;
use platform::{Ctx, Error, Result, Route, Uuid};
use serde_json::{Map, Value};
use utoipa::OpenApi;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        read("/api/v1/people", "person.list", list),
        read("/api/v1/people/{id}", "person.show", show),
        put("/api/v1/people/{id}", "person.update", change),
    ]
}

/// A person, as far as everybody may read who sees the list.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct PersonBody {
    id: Uuid,
    /// The identity code.
    code: String,
    full_name: String,
    /// male or female.
    sex: &'static str,
    birth_year: i32,
    /// As lists show it; empty when there is none.
    personal_no_masked: String,
    /// A code of the list of ethnic groups.
    ethnic: String,
    household_id: Uuid,
    village_id: Uuid,
    /// A code of the list of relations.
    relation: String,
    /// permanent, temporary or absent.
    residence: &'static str,
    smartphone: bool,
    payment_account: bool,
    insurance_until: Option<NaiveDate>,
    /// present, died, left, merged or erased.
    state: &'static str,
    /// Send it back with a change.
    revision: i64,
}

impl PersonBody {
    fn of(declaration: &Declaration, person: Person) -> PersonBody {
        let (facts, place) = (person.facts, person.place);
        PersonBody {
            id: person.id,
            code: person.code,
            sex: facts.sex.code(),
            birth_year: facts.birth_date.year(),
            personal_no_masked: declaration
                .mask("personal_no", facts.personal_no.as_deref().unwrap_or_default()),
            full_name: facts.full_name,
            ethnic: facts.ethnic,
            household_id: place.household_id,
            village_id: place.village_id,
            relation: place.relation,
            residence: place.residence.code(),
            smartphone: facts.smartphone,
            payment_account: facts.payment_account,
            insurance_until: facts.insurance_until,
            state: person.state.code(),
            revision: person.revision,
        }
    }
}

/// A page of people.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct PersonPage {
    items: Vec<PersonBody>,
    /// Ask again with this as `after`; missing on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

/// Which people.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PersonQuery {
    /// Only this village.
    village: Option<Uuid>,
    /// Only this household.
    household: Option<Uuid>,
    /// male or female.
    sex: Option<String>,
    /// permanent, temporary or absent.
    residence: Option<String>,
    /// Born on this day or later.
    born_from: Option<NaiveDate>,
    /// Born on this day or earlier.
    born_to: Option<NaiveDate>,
    /// present (if left out), died or left.
    state: Option<String>,
    /// The `after` of the page before.
    after: Option<String>,
    /// People on a page, at most 500; 100 if left out.
    limit: Option<i64>,
}

/// What is different about a person. Fields that are left out stay as they are: a caller need not know what is masked.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonChange {
    /// The revision that the change was made from.
    revision: i64,
    since: Since,
    /// Names and texts of the fields as in the form: full_name, sex, birth, personal_no, previous_no, tax_no, ethnic,
    /// religion, phone, smartphone, insurance_no, insurance_until, payment_account, education, occupation, disability,
    /// meritorious, relation, residence.
    #[schema(value_type = Object)]
    fields: Map<String, Value>,
}

#[derive(OpenApi)]
#[openapi(paths(list, show, change))]
struct Paths;

/// This part of the description of the API.
pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

/// People in the order of given names.
#[utoipa::path(get, path = "/api/v1/people", tag = "registry", security(("token" = [])), params(PersonQuery),
    responses((status = 200, body = PersonPage), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn list(ctx: Ctx, Query(query): Query<PersonQuery>) -> Result<Json<PersonPage>> {
    fn word<C>(name: &'static str, text: &Option<String>, parse: fn(&str) -> Option<C>) -> Result<Option<C>> {
        let read = |text: &String| parse(text).ok_or_else(|| Error::field(name, "error-choose"));
        text.as_ref().map(read).transpose()
    }
    let filter = Filter {
        villages: query.village.into_iter().collect(),
        household: query.household,
        sex: word("sex", &query.sex, Sex::parse)?,
        residence: word("residence", &query.residence, Residence::parse)?,
        state: word("state", &query.state, State::parse)?,
        born_from: query.born_from,
        born_to: query.born_to,
        ..Filter::default()
    };
    let page =
        page_of(&ctx, &filter, after(query.after.as_deref())?.as_ref(), query.limit.unwrap_or(100)).await?;
    let declaration = personal::load(&ctx)?;
    let items = page.rows.into_iter().map(|person| PersonBody::of(&declaration, person)).collect();
    Ok(Json(PersonPage { items, after: page.next.map(|after| after.text()) }))
}

/// A personal field that was asked for.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct ShownBody {
    /// The name in the declaration of personal fields.
    field: String,
    value: String,
}

/// A person, with the personal fields that were asked for.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct PersonCard {
    #[serde(flatten)]
    person: PersonBody,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    shown: Vec<ShownBody>,
}

/// Which personal fields to show.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ShowQuery {
    /// Names of fields with commas between: `personal_no,phone`. The look is recorded.
    reveal: Option<String>,
    /// What for: a key of the declared purposes. Needed with `reveal`.
    purpose: Option<String>,
}

/// One person; personal fields only with `reveal` and `purpose`, to whom needs them.
#[utoipa::path(get, path = "/api/v1/people/{id}", tag = "registry", security(("token" = [])), params(("id" = Uuid, Path), ShowQuery),
    responses((status = 200, body = PersonCard), (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(query): Query<ShowQuery>,
) -> Result<Json<PersonCard>> {
    let person = PersonBody::of(&*personal::load(&ctx)?, get(&ctx, id).await?);
    let mut shown = Vec::new();
    if let Some(fields) = query.reveal.as_deref().filter(|fields| !fields.is_empty()) {
        let scope = ctx.scope_of("personal.reveal");
        if !scope.covers("village", person.village_id) {
            return Err(Error::forbidden());
        }
        let names: Vec<&str> = fields.split(',').map(str::trim).collect();
        let ctx = Ctx { scope, action: "personal.reveal", ..ctx };
        let read = personal::reveal(&ctx, id, &names, query.purpose.as_deref().unwrap_or_default()).await?;
        shown = read.into_iter().map(|one| ShownBody { field: one.field, value: one.value }).collect();
    }
    Ok(Json(PersonCard { person, shown }))
}

/// Changes or corrects a person.
#[utoipa::path(put, path = "/api/v1/people/{id}", tag = "registry", security(("token" = [])),
    params(("id" = Uuid, Path)), request_body = PersonChange,
    responses((status = 200, body = PersonBody), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Somebody else was first", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn change(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(body): Json<PersonChange>,
) -> Result<Json<PersonBody>> {
    if let Some(unknown) = body.fields.keys().find(|name| !FIELDS.iter().any(|(known, _)| known == name)) {
        return Err(Error::field(unknown.clone(), "registry-field-unknown"));
    }
    let old = get(&ctx, id).await?;
    let mut fields = RawPerson::of(&old.facts, &old.place).to_map();
    fields.extend(body.fields);
    let named = |error: Error| in_body(error, &FIELDS);
    let new = NewPerson::check(&RawPerson::from_map(fields), &*lists::load(&ctx)?, ctx.today());
    let new = new.map_err(Error::fields).map_err(named)?;
    let tx = ctx.begin().await?;
    let person = update(&ctx, &tx, id, body.revision, new, &body.since.how()?).await.map_err(named)?;
    tx.commit().await?;
    Ok(Json(PersonBody::of(&*personal::load(&ctx)?, person)))
}
