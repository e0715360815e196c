//! The due lists as JSON.

use super::ask::{after, ask, cursor};
use super::form;
use super::model::{find, load};
use super::store::list as list_of;
use crate::work::{self, Asked};
use axum::Json;
use axum::extract::{Path, Query};
use chrono::{DateTime, NaiveDate, Utc};
use platform::http::Problem;
use platform::{Ctx, Result, Uuid};
use utoipa::OpenApi;

/// One list.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct DueList {
    /// The code in addresses.
    code: String,
    /// In the language of the request.
    name: String,
    /// Where it is written.
    basis: String,
    /// True while the basis was not compared with the text in force.
    unverified: bool,
    /// Code of the procedure whose form is needed, if one fits; it may not be in force here.
    #[serde(skip_serializing_if = "Option::is_none")]
    procedure: Option<String>,
    /// The first and last day that is looked at unless another window is asked for.
    from: NaiveDate,
    to: NaiveDate,
}

/// All lists.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct DueLists {
    items: Vec<DueList>,
}

/// Somebody who is due.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct DuePerson {
    id: Uuid,
    /// The identity code.
    code: String,
    full_name: String,
    village_id: Uuid,
    due_on: NaiveDate,
    /// When the person was invited; missing if nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    invited_at: Option<DateTime<Utc>>,
    /// The page on which the reader begins the form for the person; missing where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<String>,
}

/// A page of people.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct DuePage {
    items: Vec<DuePerson>,
    /// Ask again with this as `after`; missing on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

/// What part of a list is asked for.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DueQuery {
    /// First and last month, yyyy-mm.
    from: Option<String>,
    to: Option<String>,
    /// For lists by year.
    year: Option<i32>,
    /// Only this village.
    village: Option<Uuid>,
    /// Only those who were not invited.
    #[serde(default)]
    open: bool,
    /// The cursor of the page before.
    after: Option<String>,
}

impl DueQuery {
    fn asked(&self) -> Asked {
        let open = self.open.then(|| "chua".to_owned());
        let village = self.village.map(|id| id.to_string());
        let pairs = [
            ("tu", self.from.clone()),
            ("den", self.to.clone()),
            ("nam", self.year.map(|year| year.to_string())),
            ("thon", village),
            ("moi", open),
        ];
        Asked::of(pairs.into_iter().filter_map(|(name, value)| Some((name, value?))))
    }
}

#[derive(OpenApi)]
#[openapi(paths(lists, list))]
struct Paths;

/// This part of the description of the API.
pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

/// The lists of people who fall due.
#[utoipa::path(get, path = "/api/v1/due-lists", tag = "registry", security(("token" = [])),
    responses((status = 200, body = DueLists), (status = 403, body = Problem, content_type = "application/problem+json")))]
pub async fn lists(ctx: Ctx) -> Result<Json<DueLists>> {
    let items = load(&ctx)?.into_iter().map(|rule| {
        let window = rule.usual(ctx.today());
        let name = rule.words(ctx.lang).name.clone();
        DueList {
            name,
            code: rule.code,
            basis: rule.basis,
            unverified: rule.unverified,
            procedure: rule.procedure,
            from: window.from,
            to: window.to,
        }
    });
    Ok(Json(DueLists { items: items.collect() }))
}

/// Who is due: names and days, so the look is recorded.
#[utoipa::path(get, path = "/api/v1/due-lists/{rule}", tag = "registry", security(("token" = [])),
    params(("rule" = String, Path, description = "Code of the list"), DueQuery),
    responses((status = 200, body = DuePage), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn list(
    ctx: Ctx,
    Path(code): Path<String>,
    Query(query): Query<DueQuery>,
) -> Result<Json<DuePage>> {
    const LIMIT: usize = 200;
    let asked = query.asked();
    let rule = find(&ctx, &code)?;
    let villages = work::villages(&ctx, &ctx.scope).await?;
    let ask = ask(&rule, &asked, &ctx, &ctx.scope, &villages)?;
    let mut people =
        list_of(&ctx, &ask, after(query.after.as_deref().unwrap_or_default()), LIMIT + 1).await?;
    let more = people.len() > LIMIT;
    people.truncate(LIMIT);
    let ids: Vec<Uuid> = people.iter().map(|person| person.id).collect();
    let tx = ctx.begin().await?;
    audit::viewed(&ctx, &tx, &ids, "due-list", &["full_name", "due_on"]).await?;
    tx.commit().await?;
    let next = people.last().filter(|_| more).map(cursor);
    let form = form::of_list(&ctx, &rule).await?;
    let items = people.into_iter().map(|person| DuePerson {
        form: form.as_ref().and_then(|form| form.begin(person.id)),
        id: person.id,
        code: person.code,
        full_name: person.full_name,
        village_id: person.village_id,
        due_on: person.due_on,
        invited_at: person.notice.map(|notice| notice.invited_at),
    });
    Ok(Json(DuePage { items: items.collect(), after: next }))
}
