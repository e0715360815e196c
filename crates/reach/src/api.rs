//! Campaigns for programs: how far each village is, for everybody; households and noting them, for those who do it on the pages.

use crate::campaign::store::Filter;
use crate::campaign::{Campaign, State, store as campaigns};
use crate::roll::model::Noting;
use crate::roll::store::{Which, list as homes_of};
use crate::roll::{Channel, Count, Home, Outcome, counts, rules, share};
use crate::who;
use axum::Json;
use axum::extract::{Path, Query};
use chrono::NaiveDate;
use platform::area::{get, post};
use platform::once::api::{Begun, begin, id_of, settle};
use platform::{Ctx, Error, Result, Route, T, Uuid};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(list, show, households, note))]
struct Paths;

pub fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

pub fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/campaigns", "reach.read", list),
        get("/api/v1/campaigns/{id}", "reach.read", show),
        get("/api/v1/campaigns/{id}/households", "reach.show", households),
        post("/api/v1/campaigns/{id}/notes", "reach.note", note),
    ]
}

const LIST: i64 = 100;
const PAGE: i64 = 500;
const OUT: &[State] = &[State::Running, State::Ended];

/// The share of a village in words; a dash without households.
pub(crate) fn percent_words(t: T, count: &Count) -> String {
    share(count.reached, count.homes)
        .map_or_else(|| "–".to_owned(), |share| format!("{} %", t.decimal(share, 1)))
}

/// A campaign.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct CampaignBody {
    id: Uuid,
    title: String,
    /// What households are to know or to do.
    say: String,
    /// A code of `data/reach`.
    topic: String,
    /// all, no_fibre, no_smartphone or poor.
    audience: &'static str,
    /// running, ended or withdrawn.
    state: &'static str,
    from_on: NaiveDate,
    until_on: NaiveDate,
    /// Per cent of the households.
    goal: i64,
    url: String,
    households: i64,
    reached: i64,
    /// Somebody has spoken to somebody of the household.
    by_person: i64,
    /// Reached by a message alone.
    only_message: i64,
}

/// How far a village is.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct VillageBody {
    village_id: Uuid,
    households: i64,
    reached: i64,
    by_person: i64,
    only_message: i64,
}

/// The same with its villages.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct CampaignWhole {
    #[serde(flatten)]
    campaign: CampaignBody,
    villages: Vec<VillageBody>,
}

/// A household of the roll, without names.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct HomeBody {
    household_id: Uuid,
    village_id: Uuid,
    reached_on: Option<NaiveDate>,
    /// The last day on which nobody was at home.
    tried_on: Option<NaiveDate>,
    by_person: bool,
    by_message: bool,
    /// told, understood, does, help, refused, nobody; empty for none.
    outcome: String,
}

/// Which households.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HomesQuery {
    village_id: Option<Uuid>,
    /// Only those that were reached, or only those that were not.
    reached: Option<bool>,
    /// The last household of the page before; there are 500 to a page.
    after: Option<Uuid>,
}

/// Households to be noted.
#[derive(serde::Deserialize, utoipa::ToSchema)]
pub struct NewNote {
    households: Vec<Uuid>,
    /// visit, meeting, class, desk or other.
    channel: String,
    /// told, understood, does, help, refused or nobody.
    outcome: String,
    /// Today if left out.
    day: Option<NaiveDate>,
    #[serde(default)]
    words: String,
}

/// What became of it.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct NotedBody {
    /// By which it is taken back on the pages.
    batch: Uuid,
}

fn body(one: &Campaign, all: &[Count]) -> CampaignBody {
    let sum = Count::sum(all.iter().filter(|count| count.campaign_id == one.id));
    CampaignBody {
        id: one.id,
        title: one.title.clone(),
        say: one.say.clone(),
        topic: one.topic.clone(),
        audience: one.audience.code(),
        state: one.state.code(),
        from_on: one.from_on,
        until_on: one.until_on,
        goal: one.goal,
        url: one.path(),
        households: sum.homes,
        reached: sum.reached,
        by_person: sum.by_person,
        only_message: sum.only_message,
    }
}

/// Campaigns that run or have ended, the newest first.
#[utoipa::path(get, path = "/api/v1/campaigns", tag = "reach", responses((status = 200, body = Vec<CampaignBody>)))]
pub async fn list(ctx: Ctx) -> Result<Json<Vec<CampaignBody>>> {
    let whole = who::whole(&ctx);
    let filter = Filter { states: OUT, ..Filter::default() };
    let found = campaigns::list(&ctx, &whole.scope, &filter, LIST).await?;
    let ids: Vec<Uuid> = found.iter().map(|one| one.id).collect();
    let all = counts(&whole, &ids).await?;
    Ok(Json(found.iter().map(|one| body(one, &all)).collect()))
}

async fn found(ctx: &Ctx, id: Uuid) -> Result<Campaign> {
    let one = campaigns::find(ctx, &ctx.app.db, id).await?;
    if one.state == State::Draft { Err(Error::not_found()) } else { Ok(one) }
}

/// One, by village.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}", tag = "reach", params(("id" = Uuid, Path)),
    responses((status = 200, body = CampaignWhole), (status = 404)))]
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<CampaignWhole>> {
    let one = found(&ctx, id).await?;
    let all =
        if one.state == State::Withdrawn { Vec::new() } else { counts(&who::whole(&ctx), &[id]).await? };
    let village = |count: &Count| VillageBody {
        village_id: count.village_id,
        households: count.homes,
        reached: count.reached,
        by_person: count.by_person,
        only_message: count.only_message,
    };
    Ok(Json(CampaignWhole { campaign: body(&one, &all), villages: all.iter().map(village).collect() }))
}

/// Its households in the caller's places.
#[utoipa::path(get, path = "/api/v1/campaigns/{id}/households", tag = "reach", security(("token" = [])),
    params(("id" = Uuid, Path), HomesQuery), responses((status = 200, body = Vec<HomeBody>), (status = 403), (status = 404)))]
pub async fn households(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(query): Query<HomesQuery>,
) -> Result<Json<Vec<HomeBody>>> {
    let one = found(&ctx, id).await?;
    let villages = match query.village_id {
        Some(village) => {
            ctx.scope.require("village", village)?;
            vec![village]
        }
        None if ctx.scope.whole() => Vec::new(),
        None => ctx.scope.ids("village"),
    };
    let which = match query.reached {
        None => Which::All,
        Some(true) => Which::Reached,
        Some(false) => Which::Open,
    };
    let home = |one: Home| HomeBody {
        household_id: one.household_id,
        village_id: one.village_id,
        reached_on: one.reached_on,
        tried_on: one.tried_on,
        by_person: one.by_person,
        by_message: one.by_message,
        outcome: one.outcome,
    };
    let all = homes_of(&ctx, one.id, &villages, which, query.after, PAGE).await?;
    Ok(Json(all.into_iter().map(home).collect()))
}

/// Notes households that somebody has spoken to, or found away.
#[utoipa::path(post, path = "/api/v1/campaigns/{id}/notes", tag = "reach", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = NewNote,
    responses((status = 200, body = NotedBody), (status = 404), (status = 409), (status = 422)))]
pub async fn note(ctx: Ctx, Path(id): Path<Uuid>, Json(new): Json<NewNote>) -> Result<Json<NotedBody>> {
    let channel = Channel::parse(&new.channel).filter(|channel| Channel::BY_HAND.contains(channel));
    let channel = channel.ok_or_else(|| Error::field("channel", "error-choose"))?;
    let outcome = Outcome::parse(&new.outcome).ok_or_else(|| Error::field("outcome", "error-choose"))?;
    if new.households.is_empty() || new.households.len() > PAGE as usize {
        return Err(Error::field("households", "reach-tick-some"));
    }
    let noting = Noting {
        channel,
        outcome,
        words: new.words,
        ..Noting::visit(new.day.unwrap_or_else(|| ctx.today()))
    };
    let (key, tx) = match begin(&ctx).await? {
        Begun::Again(url) => return Ok(Json(NotedBody { batch: id_of(&url)? })),
        Begun::First(key, tx) => (key, tx),
    };
    let done = rules::note(&ctx, &tx, id, &new.households, &noting).await;
    let done = done.map_err(|error| error.renamed(&[("ngay", "day"), ("loi", "words")]));
    let noted =
        settle(&ctx, key, tx, done, |noted| format!("/api/v1/campaigns/{id}/notes/{}", noted.batch)).await?;
    Ok(Json(NotedBody { batch: noted.batch }))
}
