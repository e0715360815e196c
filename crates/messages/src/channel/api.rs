//! Messages to many, for programs.

use super::model::{Bulletin, Channel, Copy, Problem};
use super::rules::{self, Announcing};
use super::{store, target};
use axum::Json;
use axum::extract::{Path, Query};
use chrono::{DateTime, Utc};
use platform::area::{get, post};
use platform::http::Problem as Details;
use platform::once::api::{Begun, begin, id_of, settle};
use platform::{Ctx, Error, Result, Route, Uuid};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(list, show, send))]
struct Paths;

pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/bulletins", "bulletin.list", list),
        post("/api/v1/bulletins", "bulletin.send", send),
        get("/api/v1/bulletins/{id}", "bulletin.list", show),
    ]
}

/// A message to many.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct BulletinBody {
    id: Uuid,
    title: String,
    body: String,
    sent_by: Option<Uuid>,
    sent_at: DateTime<Utc>,
    people: i64,
    /// What each person has of it; not in the list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    copies: Vec<CopyBody>,
}

/// What one person has of it through one channel.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct CopyBody {
    /// Nobody for the post of the page.
    account_id: Option<Uuid>,
    /// app, push, email, zalo or facebook.
    channel: &'static str,
    /// waiting, sent, delivered, read, failed or none.
    state: &'static str,
    problem: String,
    sent_at: Option<DateTime<Utc>>,
    delivered_at: Option<DateTime<Utc>>,
    read_at: Option<DateTime<Utc>>,
}

impl BulletinBody {
    fn of(ctx: &Ctx, one: Bulletin, copies: Vec<Copy>) -> BulletinBody {
        let copy = |copy: Copy| CopyBody {
            account_id: Some(copy.account_id).filter(|id| !id.is_nil()),
            channel: copy.channel.code(),
            state: copy.state.code(),
            problem: if copy.problem.is_empty() {
                String::new()
            } else {
                Problem::words(ctx.t(), &copy.problem)
            },
            sent_at: copy.sent_at,
            delivered_at: copy.delivered_at,
            read_at: copy.read_at,
        };
        BulletinBody {
            id: one.id,
            title: one.title,
            body: one.body,
            sent_by: one.sent_by,
            sent_at: one.sent_at,
            people: one.people,
            copies: copies.into_iter().map(copy).collect(),
        }
    }
}

/// Which page of the list.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BulletinQuery {
    /// The id of the last one of the page before.
    after: Option<Uuid>,
}

/// Messages that were sent to many, the newest first, 50 a page.
#[utoipa::path(get, path = "/api/v1/bulletins", tag = "messages", security(("token" = [])), params(BulletinQuery),
    responses((status = 200, body = Vec<BulletinBody>)))]
pub async fn list(ctx: Ctx, Query(query): Query<BulletinQuery>) -> Result<Json<Vec<BulletinBody>>> {
    let rows = store::list(&ctx, query.after, 50).await?;
    Ok(Json(rows.into_iter().map(|one| BulletinBody::of(&ctx, one, Vec::new())).collect()))
}

/// One message with what each person has of it.
#[utoipa::path(get, path = "/api/v1/bulletins/{id}", tag = "messages", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = BulletinBody), (status = 404, body = Details, content_type = "application/problem+json")))]
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<BulletinBody>> {
    Ok(Json(body(&ctx, id).await?))
}

async fn body(ctx: &Ctx, id: Uuid) -> Result<BulletinBody> {
    let one = store::find(ctx, &ctx.app.db, id).await?;
    Ok(BulletinBody::of(ctx, one, store::copies(ctx, &[id]).await?))
}

/// A new message.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulletinNew {
    title: String,
    body: String,
    /// `role:village_head`, `staff` and so on.
    #[serde(default)]
    groups: Vec<String>,
    #[serde(default)]
    accounts: Vec<Uuid>,
    /// push, email, zalo, facebook; the inbox always has it.
    #[serde(default)]
    channels: Vec<String>,
}

fn member(error: Error) -> Error {
    error.renamed(&[
        ("tieu-de", "title"),
        ("noi-dung", "body"),
        ("nhom", "groups"),
        ("nguoi", "accounts"),
        ("kenh", "channels"),
    ])
}

/// Sends a message to many.
#[utoipa::path(post, path = "/api/v1/bulletins", tag = "messages", security(("token" = [])),
    params(("Idempotency-Key" = Uuid, Header, description = "Sent twice, it goes out once")), request_body = BulletinNew,
    responses((status = 200, body = BulletinBody), (status = 422, body = Details, content_type = "application/problem+json")))]
pub async fn send(ctx: Ctx, Json(new): Json<BulletinNew>) -> Result<Json<BulletinBody>> {
    let groups: Vec<&str> = new.groups.iter().map(String::as_str).collect();
    let to = target::people(&ctx, &groups, &new.accounts).await.map_err(member)?;
    let mut channels = Vec::new();
    for code in &new.channels {
        channels.push(Channel::parse(code).ok_or_else(|| Error::field("channels", "error-choose"))?);
    }
    let (key, tx) = match begin(&ctx).await? {
        Begun::Again(url) => return Ok(Json(body(&ctx, id_of(&url)?).await?)),
        Begun::First(key, tx) => (key, tx),
    };
    let sent = Announcing { title: new.title, body: new.body, to, channels, ..Announcing::default() };
    let done = rules::announce(&ctx, &tx, sent).await.map_err(member);
    let one = settle(&ctx, key, tx, done, Bulletin::path).await?;
    Ok(Json(body(&ctx, one.id).await?))
}
