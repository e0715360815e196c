//! The exchange for programs.

use super::model::{Out, Sent, What};
use super::{receive, store};
use axum::Json;
use axum::extract::Query;
use chrono::{DateTime, Utc};
use platform::{Ctx, Error, Result, Uuid};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(paths(list, receive::package))]
struct Paths;

pub(super) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}

/// Something on its way to another agency, or gone there.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub(super) struct MessageBody {
    id: Uuid,
    /// The agency that gets it.
    to: String,
    /// new, revocation, update, replacement or status.
    what: &'static str,
    /// What the document is called on the axis.
    document_id: String,
    /// waiting, sent or refused.
    state: &'static str,
    tries: i64,
    /// Why it waits or was refused.
    problem: String,
    at: DateTime<Utc>,
    sent_at: Option<DateTime<Utc>>,
    /// What the receiver said became of it.
    standing: Option<&'static str>,
    standing_at: Option<DateTime<Utc>>,
}

impl MessageBody {
    fn of(one: Out) -> MessageBody {
        MessageBody {
            id: one.id,
            to: one.code,
            what: What::code(one.what),
            document_id: one.external_id,
            state: one.state.code(),
            tries: one.tries,
            problem: one.problem,
            at: one.at,
            sent_at: one.sent_at,
            standing: one.standing.map(|standing| standing.code()),
            standing_at: one.standing_at,
        }
    }
}

/// Which messages.
#[derive(serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct MessageQuery {
    /// waiting (if left out), sent or refused.
    state: Option<String>,
}

/// What goes to other agencies, the newest 100 first.
#[utoipa::path(get, path = "/api/v1/exchange/messages", tag = "office", security(("token" = [])), params(MessageQuery),
    responses((status = 200, body = Vec<MessageBody>)))]
pub(super) async fn list(ctx: Ctx, Query(query): Query<MessageQuery>) -> Result<Json<Vec<MessageBody>>> {
    let state = match query.state.as_deref() {
        Some(word) => Sent::parse(word).ok_or_else(|| Error::field("state", "error-choose"))?,
        None => Sent::Waiting,
    };
    let rows = store::out_last(&ctx, &ctx.app.db, state, 100).await?;
    Ok(Json(rows.into_iter().map(MessageBody::of).collect()))
}
