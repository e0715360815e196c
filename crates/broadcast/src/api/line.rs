//! The plan for programs.

use super::{RadioDay, RadioStep};
use crate::law::clock;
use crate::plan::{self, Draft, Slot, lines, store};
use crate::programme;
use axum::Json;
use axum::extract::{Path, Query};
use chrono::{DateTime, NaiveDate, Utc};
use platform::once::api::{Begun, begin, id_of, settle};
use platform::{Ctx, Result, Uuid};

/// One airing.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct RadioTurn {
    line_id: Uuid,
    programme_id: Uuid,
    title: String,
    kind: String,
    origin: String,
    begins_at: DateTime<Utc>,
    seconds: i64,
    /// Empty: the whole commune.
    village_ids: Vec<Uuid>,
    priority: bool,
}

/// What is aired on a day: approved programmes that are not taken off it.
#[utoipa::path(get, path = "/api/v1/radio/plan", tag = "radio", params(RadioDay), responses((status = 200, body = Vec<RadioTurn>)))]
pub async fn planned(ctx: Ctx, Query(query): Query<RadioDay>) -> Result<Json<Vec<RadioTurn>>> {
    let day = query.day.unwrap_or(ctx.today());
    let slots = store::between(&ctx, &ctx.app.db, day, day).await?;
    let skips = store::skips(&ctx, &ctx.app.db, &slots, day, day).await?;
    let sounds = |line: &plan::Line| line.off.is_none() && line.slot.state == programme::State::Approved;
    let turn = |line: plan::Line| RadioTurn {
        line_id: line.slot.id,
        programme_id: line.slot.programme_id,
        title: line.slot.title.clone(),
        kind: line.slot.kind.clone(),
        origin: line.slot.origin.clone(),
        begins_at: line.at,
        seconds: line.slot.length,
        village_ids: line.slot.villages().into_iter().collect(),
        priority: line.slot.priority,
    };
    Ok(Json(lines(&slots, &skips, day).into_iter().filter(sounds).map(turn).collect()))
}

/// A line of the plan.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RadioLineNew {
    programme_id: Uuid,
    from_on: NaiveDate,
    /// Left out: until further notice; of no meaning without weekdays.
    to_on: Option<NaiveDate>,
    /// 1 is Monday; nothing: once, on `from_on`.
    #[serde(default)]
    weekdays: Vec<u8>,
    /// `05:30` or `05:30:15`.
    at: String,
    /// A recording's own length if left out.
    minutes: Option<i64>,
    /// Nothing: the whole commune.
    #[serde(default)]
    village_ids: Vec<Uuid>,
    #[serde(default)]
    priority: bool,
}

/// A line that was added.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct RadioLine {
    id: Uuid,
    at: String,
    seconds: i64,
    revision: i64,
}

fn line(slot: &Slot) -> RadioLine {
    RadioLine { id: slot.id, at: clock(slot.starts), seconds: slot.length, revision: slot.revision }
}

const FIELDS: [(&str, &str); 6] = [
    ("chuong-trinh", "programme_id"),
    ("gio", "at"),
    ("so-phut", "minutes"),
    ("tu-ngay", "from_on"),
    ("den-ngay", "to_on"),
    ("thon", "village_ids"),
];

/// Puts a programme into the plan; what meets another or falls into quiet hours is refused with its reason.
#[utoipa::path(post, path = "/api/v1/radio/plan", tag = "radio", security(("token" = [])),
    params(("Idempotency-Key" = Uuid, Header)), request_body = RadioLineNew,
    responses((status = 200, body = RadioLine), (status = 422)))]
pub async fn add(ctx: Ctx, Json(new): Json<RadioLineNew>) -> Result<Json<RadioLine>> {
    let draft = Draft {
        programme: Some(new.programme_id),
        from_on: Some(new.from_on),
        to_on: new.to_on,
        weekdays: new.weekdays,
        starts: new.at,
        minutes: new.minutes,
        villages: new.village_ids,
        priority: new.priority,
    };
    let (key, tx) = match begin(&ctx).await? {
        Begun::Again(url) => return Ok(Json(line(&store::find(&ctx, &ctx.app.db, id_of(&url)?).await?))),
        Begun::First(key, tx) => (key, tx),
    };
    let done = plan::add(&ctx, &tx, &draft).await.map_err(|error| error.renamed(&FIELDS));
    Ok(Json(line(&settle(&ctx, key, tx, done, Slot::path).await?)))
}

/// Takes a line out of the plan; what it has aired stays in the log. Sent twice it is refused, and nothing happens.
#[utoipa::path(post, path = "/api/v1/radio/plan/{id}/remove", tag = "radio", security(("token" = [])), params(("id" = Uuid, Path)),
    request_body = RadioStep, responses((status = 200), (status = 404), (status = 409)))]
pub async fn remove(ctx: Ctx, Path(id): Path<Uuid>, Json(step): Json<RadioStep>) -> Result<Json<()>> {
    let tx = ctx.begin().await?;
    plan::remove(&ctx, &tx, id, step.revision).await?;
    tx.commit().await?;
    Ok(Json(()))
}
