//! Emergency notices for programs: screens and loudspeakers ask what runs; an officer's program asks, sends out, takes back.

use super::model::Emergency;
use super::rules::{self, Asking};
use super::{PATH, store};
use axum::Json;
use axum::extract::Path;
use chrono::{DateTime, Utc};
use platform::area::{get, post};
use platform::once::api::{Begun, begin, id_of, settle};
use platform::{Ctx, Error, Result, Route, Tx, Uuid};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(list, ask, publish, take_back))]
struct Paths;

pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/emergencies", "emergency.read", list),
        post("/api/v1/emergencies", "emergency.ask", ask),
        post("/api/v1/emergencies/{id}/publish", "emergency.ask", publish),
        post("/api/v1/emergencies/{id}/take-back", "emergency.ask", take_back),
    ]
}

/// An emergency notice.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct EmergencyBody {
    id: Uuid,
    /// asked, running, taken-back, over or missed.
    state: &'static str,
    title: String,
    body: String,
    /// Empty where nobody wrote it.
    title_en: String,
    body_en: String,
    published_at: Option<DateTime<Utc>>,
    ends_at: DateTime<Utc>,
    taken_at: Option<DateTime<Utc>>,
    correction: String,
    correction_en: String,
    /// Where the loudspeakers sound; empty is everywhere.
    village_ids: Vec<Uuid>,
    /// An exercise.
    drill: bool,
    revision: i64,
}

impl EmergencyBody {
    fn of(ctx: &Ctx, one: Emergency) -> EmergencyBody {
        EmergencyBody {
            state: one.standing(ctx).code(),
            village_ids: one.villages().into_iter().collect(),
            drill: one.drill,
            id: one.id,
            title: one.title,
            body: one.body,
            title_en: one.title_en,
            body_en: one.body_en,
            published_at: one.published_at,
            ends_at: one.ends_at,
            taken_at: one.taken_at,
            correction: one.correction,
            correction_en: one.correction_en,
            revision: one.revision,
        }
    }
}

/// Those that were sent out, the newest first: the last 30.
#[utoipa::path(get, path = "/api/v1/emergencies", tag = "messages", responses((status = 200, body = Vec<EmergencyBody>)))]
pub async fn list(ctx: Ctx) -> Result<Json<Vec<EmergencyBody>>> {
    let found = store::list(&ctx, true, None, 30).await?;
    Ok(Json(found.into_iter().map(|one| EmergencyBody::of(&ctx, one)).collect()))
}

/// What shall be told to everybody.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEmergency {
    title: String,
    body: String,
    #[serde(default)]
    title_en: String,
    #[serde(default)]
    body_en: String,
    /// It ends after so many hours.
    hours: i64,
    /// Where the loudspeakers sound; left out: everywhere.
    #[serde(default)]
    village_ids: Vec<Uuid>,
    /// An exercise.
    #[serde(default)]
    drill: bool,
    /// Without a siren.
    #[serde(default)]
    quiet: bool,
}

fn member(error: Error) -> Error {
    error.renamed(&[
        ("tieu-de", "title"),
        ("noi-dung", "body"),
        ("tieu-de-en", "title_en"),
        ("noi-dung-en", "body_en"),
        ("gio", "hours"),
        ("thon", "village_ids"),
        ("dinh-chinh", "correction"),
        ("dinh-chinh-en", "correction_en"),
    ])
}

async fn once<R>(ctx: &Ctx, rule: R) -> Result<Json<EmergencyBody>>
where
    R: AsyncFnOnce(&Tx) -> Result<Emergency>,
{
    let id = match begin(ctx).await? {
        Begun::Again(url) => id_of(&url)?,
        Begun::First(key, tx) => {
            let done = rule(&tx).await.map(|one| one.id).map_err(member);
            settle(ctx, key, tx, done, |id| format!("{PATH}/{id}")).await?
        }
    };
    Ok(Json(EmergencyBody::of(ctx, store::find(ctx, &ctx.app.db, id).await?)))
}

/// A leader's goes out at once; another officer's waits for a second pair of eyes.
#[utoipa::path(post, path = "/api/v1/emergencies", tag = "messages", security(("token" = [])), request_body = NewEmergency,
    params(("Idempotency-Key" = Uuid, Header)), responses((status = 200, body = EmergencyBody), (status = 422)))]
pub async fn ask(ctx: Ctx, Json(new): Json<NewEmergency>) -> Result<Json<EmergencyBody>> {
    let rule = async |tx: &Tx| {
        let asking = Asking {
            title: &new.title,
            body: &new.body,
            title_en: &new.title_en,
            body_en: &new.body_en,
            hours: new.hours,
            villages: new.village_ids.clone(),
            drill: new.drill,
            quiet: new.quiet,
        };
        rules::ask(&ctx, tx, asking).await
    };
    once(&ctx, rule).await
}

/// The revision that the program read.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeenEmergency {
    revision: i64,
}

/// The second pair of eyes sends it out.
#[utoipa::path(post, path = "/api/v1/emergencies/{id}/publish", tag = "messages", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = SeenEmergency,
    responses((status = 200, body = EmergencyBody), (status = 403), (status = 404), (status = 409)))]
pub async fn publish(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(seen): Json<SeenEmergency>,
) -> Result<Json<EmergencyBody>> {
    once(&ctx, async |tx: &Tx| rules::publish(&ctx, tx, id, seen.revision).await).await
}

/// Why it is taken back.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    revision: i64,
    correction: String,
    #[serde(default)]
    correction_en: String,
}

/// It is taken back; the correction goes to everybody who heard it.
#[utoipa::path(post, path = "/api/v1/emergencies/{id}/take-back", tag = "messages", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)), request_body = Correction,
    responses((status = 200, body = EmergencyBody), (status = 403), (status = 404), (status = 409), (status = 422)))]
pub async fn take_back(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(one): Json<Correction>,
) -> Result<Json<EmergencyBody>> {
    let rule = async |tx: &Tx| {
        rules::take_back(&ctx, tx, id, one.revision, &one.correction, &one.correction_en).await
    };
    once(&ctx, rule).await
}
