//! Reading meetings.

use super::body::{MeetingBody, MeetingLine};
use crate::meeting::store;
use axum::Json;
use axum::extract::{Path, Query};
use platform::clock::start_of_day;
use platform::http::Problem;
use platform::{Ctx, Result, Uuid};

const PAGE: i64 = 100;

/// Which meetings.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MeetingQuery {
    /// Those that are past, the latest first; those ahead if left out.
    #[serde(default)]
    past: bool,
    /// The id of the last one of the page before; only with `past`.
    after: Option<Uuid>,
}

/// The meetings of the reader, 100 a page.
#[utoipa::path(get, path = "/api/v1/meetings", tag = "office", security(("token" = [])), params(MeetingQuery),
    responses((status = 200, body = Vec<MeetingLine>)))]
pub async fn list(ctx: Ctx, Query(query): Query<MeetingQuery>) -> Result<Json<Vec<MeetingLine>>> {
    let today = start_of_day(ctx.today());
    let rows = if query.past {
        let after = match query.after {
            Some(after) => Some(store::find(&ctx, &ctx.app.db, after).await?),
            None => None,
        };
        store::list_over(&ctx, today, after.as_ref(), PAGE).await?
    } else {
        store::list_ahead(&ctx, today, PAGE).await?
    };
    Ok(Json(rows.iter().map(MeetingLine::of).collect()))
}

/// One meeting.
#[utoipa::path(get, path = "/api/v1/meetings/{id}", tag = "office", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = MeetingBody), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<MeetingBody>> {
    Ok(Json(MeetingBody::load(&ctx, id).await?))
}
