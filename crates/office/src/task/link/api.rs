//! Sharing a directive, for programs of whoever gave it. A bound phone has pages only.

use super::super::model::Part;
use super::super::{rules as tasks, store as task_store};
use super::model::{Phone, Standing};
use super::{rules, store};
use axum::Json;
use axum::extract::Path;
use chrono::{DateTime, Utc};
use platform::area::{get, post};
use platform::http::Problem;
use platform::{Ctx, Result, Route, Uuid};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(show, share, renew))]
struct Paths;

pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/tasks/{id}/links", "task.assign", show),
        post("/api/v1/tasks/{id}/links", "task.assign", share),
        post("/api/v1/tasks/{id}/links/renew", "task.assign", renew),
    ]
}

/// A directive in a group.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct LinksBody {
    /// The address for the group; nothing before it was shared.
    group_url: Option<String>,
    /// The words to put into the group.
    text: Option<String>,
    recipients: Vec<LinkBody>,
}

/// What one recipient has of it.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct LinkBody {
    account_id: Uuid,
    seen_at: Option<DateTime<Utc>>,
    /// link or app.
    seen_via: Option<String>,
    asked_at: Option<DateTime<Utc>>,
    /// none, waiting, expired, bound or over.
    state: &'static str,
    /// The personal link while it waits for its phone.
    url: Option<String>,
    device: Option<String>,
    bound_at: Option<DateTime<Utc>>,
}

/// Whose link is renewed.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkRenew {
    account_id: Uuid,
}

fn one(ctx: &Ctx, part: Part, phone: Option<&Phone>) -> Result<LinkBody> {
    let standing = phone.map(|phone| phone.standing(ctx.now));
    let url = match (phone, standing) {
        (Some(phone), Some(Standing::Waits)) => {
            Some(format!("{}{}", ctx.app.config.base_url(), rules::path_of(ctx, phone)?))
        }
        _ => None,
    };
    let bound = phone.filter(|phone| phone.bound_at.is_some());
    Ok(LinkBody {
        account_id: part.account_id,
        seen_at: part.seen_at,
        seen_via: part.seen_via,
        asked_at: part.link_asked_at,
        state: match standing {
            None | Some(Standing::Ended) => "none",
            Some(Standing::Waits) => "waiting",
            Some(Standing::Expired) => "expired",
            Some(Standing::Bound) => "bound",
            Some(Standing::Over) => "over",
        },
        url,
        device: bound.map(|phone| phone.device.clone()),
        bound_at: bound.and_then(|phone| phone.bound_at),
    })
}

async fn body(ctx: &Ctx, id: Uuid) -> Result<LinksBody> {
    let task = tasks::given(ctx, &ctx.app.db, id).await?;
    let share = store::share_of(ctx, &ctx.app.db, id).await?;
    let parts = task_store::parts(ctx, &ctx.app.db, &[id]).await?;
    let accounts: Vec<Uuid> = parts.iter().map(|part| part.account_id).collect();
    let phones = store::of_accounts(ctx, &ctx.app.db, &accounts).await?;
    let mut recipients = Vec::new();
    for part in parts {
        let phone = phones.iter().rfind(|phone| phone.account_id == part.account_id);
        recipients.push(one(ctx, part, phone)?);
    }
    let group_url = share.map(|share| format!("{}{}", ctx.app.config.base_url(), share.path()));
    let text = group_url.as_deref().map(|url| super::share::words(ctx, &task, url));
    Ok(LinksBody { group_url, text, recipients })
}

/// How a directive that the reader gave stands in its group.
#[utoipa::path(get, path = "/api/v1/tasks/{id}/links", tag = "office", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = LinksBody), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<LinksBody>> {
    Ok(Json(body(&ctx, id).await?))
}

/// Makes the address for the group, and personal links for recipients who have none. Sent twice, it is done once.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/links", tag = "office", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = LinksBody), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn share(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<LinksBody>> {
    let tx = ctx.begin().await?;
    rules::share(&ctx, &tx, id).await?;
    tx.commit().await?;
    Ok(Json(body(&ctx, id).await?))
}

/// A new personal link for one recipient; a phone that was bound before is bound no longer.
#[utoipa::path(post, path = "/api/v1/tasks/{id}/links/renew", tag = "office", security(("token" = [])), params(("id" = Uuid, Path)),
    request_body = LinkRenew,
    responses((status = 200, body = LinksBody), (status = 409, body = Problem, content_type = "application/problem+json")))]
pub async fn renew(ctx: Ctx, Path(id): Path<Uuid>, Json(sent): Json<LinkRenew>) -> Result<Json<LinksBody>> {
    let tx = ctx.begin().await?;
    rules::renew(&ctx, &tx, id, sent.account_id).await?;
    tx.commit().await?;
    Ok(Json(body(&ctx, id).await?))
}
