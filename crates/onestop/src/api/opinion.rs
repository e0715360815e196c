//! Opinions that are asked for while a dossier is worked on.

use super::once::{Begun, begin, id_of, settle};
use crate::dossier::{self, DeskRules};
use crate::opinion::{self, Asking, Opinion};
use axum::Json;
use axum::extract::Path;
use chrono::{DateTime, NaiveDate, Utc};
use platform::http::Problem;
use platform::{Ctx, Error, Result, Uuid};

/// An opinion that was asked for.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct OpinionBody {
    id: Uuid,
    dossier_id: Uuid,
    asked_by: Uuid,
    asked_of: Uuid,
    question: String,
    /// waiting, answered, declined or withdrawn.
    state: &'static str,
    /// What was answered, or why not.
    answer: String,
    asked_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
}

impl OpinionBody {
    fn of(one: Opinion) -> OpinionBody {
        OpinionBody {
            id: one.id,
            dossier_id: one.dossier_id,
            asked_by: one.asked_by,
            asked_of: one.asked_of,
            question: one.question,
            state: one.state.code(),
            answer: one.answer,
            asked_at: one.asked_at,
            due_at: one.due_at,
            ended_at: one.ended_at,
        }
    }
}

/// A question to somebody.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpinionNew {
    /// The revision that the dossier had when it was looked at.
    revision: i64,
    /// The account that is asked.
    to: Uuid,
    question: String,
    /// Until the office closes on this day.
    due: NaiveDate,
    /// Keys of the form whose answers the asked person may read.
    #[serde(default)]
    fields: Vec<String>,
    /// Pages that they may see.
    #[serde(default)]
    papers: Vec<Uuid>,
}

/// Words of an answer, or the reason why there is none.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpinionWords {
    text: String,
}

const MOST: i64 = 100;

/// What waits for the reader's opinion, the most urgent first.
#[utoipa::path(get, path = "/api/v1/opinions", tag = "onestop", security(("token" = [])), responses((status = 200, body = Vec<OpinionBody>)))]
pub async fn mine(ctx: Ctx) -> Result<Json<Vec<OpinionBody>>> {
    Ok(Json(opinion::mine(&ctx, true, MOST).await?.into_iter().map(OpinionBody::of).collect()))
}

/// All opinions on a dossier, oldest first. The look is recorded.
#[utoipa::path(get, path = "/api/v1/dossiers/{id}/opinions", tag = "onestop", security(("token" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<OpinionBody>), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn list(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Json<Vec<OpinionBody>>> {
    let one = dossier::find(&ctx, &ctx.app.db, id).await?;
    crate::desk::opened(&ctx, &one).await?;
    let all = opinion::of_dossier(&ctx, &ctx.app.db, id).await?;
    Ok(Json(all.into_iter().map(OpinionBody::of).collect()))
}

/// Asks somebody; the dossier stays in the reader's hand.
#[utoipa::path(post, path = "/api/v1/dossiers/{id}/opinions", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is asked once")),
    request_body = OpinionNew,
    responses((status = 200, body = OpinionBody),
        (status = 409, description = "It moved on, or the reader does not have it", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn ask(ctx: Ctx, Path(id): Path<Uuid>, Json(body): Json<OpinionNew>) -> Result<Json<OpinionBody>> {
    super::once::key(&ctx)?;
    let due = DeskRules::load(&ctx)?.closes_on(body.due);
    let asking = Asking {
        of: Some(body.to),
        question: body.question,
        due: Some(due.ok_or_else(|| Error::field("due", "onestop-due-closed"))?),
        fields: body.fields,
        papers: body.papers,
    };
    let one = match begin(&ctx).await? {
        Begun::First(key, tx) => {
            let done = opinion::ask(&ctx, &tx, id, body.revision, asking).await.map_err(member);
            settle(&ctx, key, tx, done, Opinion::path).await?
        }
        Begun::Again(url) => of(&ctx, id, id_of(&url)?).await?,
    };
    Ok(Json(OpinionBody::of(one)))
}

/// What the pages call the members.
fn member(error: Error) -> Error {
    let words =
        [("cau-hoi", "question"), ("nguoi-hoi", "to"), ("han", "due"), ("y-kien", "text"), ("ly-do", "text")];
    error.renamed(&words)
}

async fn of(ctx: &Ctx, dossier: Uuid, id: Uuid) -> Result<Opinion> {
    let all = opinion::of_dossier(ctx, &ctx.app.db, dossier).await?;
    all.into_iter().find(|one| one.id == id).ok_or_else(Error::not_found)
}

/// Takes a question back.
#[utoipa::path(post, path = "/api/v1/dossiers/{id}/opinions/{opinion}/withdraw", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("opinion" = Uuid, Path), ("Idempotency-Key" = Uuid, Header)),
    responses((status = 200, body = OpinionBody),
        (status = 409, description = "It has ended", body = Problem, content_type = "application/problem+json")))]
pub async fn withdraw(ctx: Ctx, Path((id, opinion)): Path<(Uuid, Uuid)>) -> Result<Json<OpinionBody>> {
    let one = match begin(&ctx).await? {
        Begun::First(key, tx) => {
            let done = opinion::take_back(&ctx, &tx, id, opinion).await;
            settle(&ctx, key, tx, done, Opinion::path).await?
        }
        Begun::Again(url) => of(&ctx, id, id_of(&url)?).await?,
    };
    Ok(Json(OpinionBody::of(one)))
}

/// Answers what the reader was asked. A file goes with it on the page only.
#[utoipa::path(post, path = "/api/v1/opinions/{id}/answer", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is answered once")),
    request_body = OpinionWords,
    responses((status = 200, body = OpinionBody),
        (status = 409, description = "It has ended", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn answer(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(body): Json<OpinionWords>,
) -> Result<Json<OpinionBody>> {
    said(ctx, id, body, true).await
}

/// Says that the reader cannot answer, and why.
#[utoipa::path(post, path = "/api/v1/opinions/{id}/decline", tag = "onestop", security(("token" = [])),
    params(("id" = Uuid, Path), ("Idempotency-Key" = Uuid, Header, description = "Sent twice, it is said once")),
    request_body = OpinionWords,
    responses((status = 200, body = OpinionBody),
        (status = 409, description = "It has ended", body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn decline(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Json(body): Json<OpinionWords>,
) -> Result<Json<OpinionBody>> {
    said(ctx, id, body, false).await
}

async fn said(ctx: Ctx, id: Uuid, body: OpinionWords, answers: bool) -> Result<Json<OpinionBody>> {
    let one = match begin(&ctx).await? {
        Begun::First(key, tx) => {
            let done = if answers {
                opinion::answer(&ctx, &tx, id, &body.text, None).await
            } else {
                opinion::decline(&ctx, &tx, id, &body.text).await
            };
            settle(&ctx, key, tx, done.map_err(member), Opinion::path).await?
        }
        Begun::Again(_) => opinion::own(&ctx, &ctx.app.db, id).await?,
    };
    Ok(Json(OpinionBody::of(one)))
}
